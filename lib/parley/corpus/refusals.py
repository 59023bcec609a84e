"""What was not taken in, by kind: how many records, and the first of each with its whole reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass
class Refusals:
    """Records of one kind of reason: how many, and the first in full."""

    count: int
    reason: str
    place: str

    @property
    def told(self) -> str:
        """The reason of the first, and where that is.

        >>> Refusals(2, "malformed JSON: Expecting value", "a.jsonl, record 7").told
        'malformed JSON: Expecting value (the first in a.jsonl, record 7)'
        """
        return f"{self.reason} ({'the first in ' if self.count > 1 else ''}{self.place})"


def add_refusals(found: dict[str, Refusals], rejects: Iterable[Mapping[str, Any]]) -> None:
    """Count rows of `rejects` into ``found``, by kind: what a reason says before its colon."""
    for row in rejects:
        kind = str(row["reason"]).partition(":")[0]
        record = f", record {row['record']}" if row["record"] else ""
        first = Refusals(0, str(row["reason"]), f"{row['path']}{record}")
        found.setdefault(kind, first).count += 1


def most_first(found: Mapping[str, Refusals]) -> list[Refusals]:
    """The kinds by how many records are of each."""
    return sorted(found.values(), key=lambda kind: -kind.count)

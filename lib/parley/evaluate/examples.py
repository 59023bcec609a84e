"""The shapes that gold data comes in, whatever file it stood in, and how a bad row is reported."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parley.errors import ParleyError

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Targeted:
    """A sentence with a label toward one span (a target) or from span to span (p, q).

    A pair's span may be None: an actor that the sentence implies and does not name.
    """

    text: str
    spans: tuple[Span | None, ...]
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence and the typed spans in it; ``tokens`` are the units that the scorer counts in."""

    text: str
    tokens: tuple[Span, ...]
    spans: tuple[tuple[int, int, str], ...]
    group: str


@dataclass(frozen=True, slots=True)
class Rated:
    """A sentence with a number, and the kind of text that it comes from."""

    text: str
    value: float
    category: str
    group: str


def bad(path: Path, line: int, what: str) -> ParleyError:
    """The one sentence that a malformed record gets.

    >>> str(bad(Path("train.tsv"), 7, "3 columns where 4 are needed"))
    'train.tsv, line 7: 3 columns where 4 are needed; mend or remove that record'
    """
    return ParleyError(f"{path}, line {line}: {what}; mend or remove that record")


def files(path: str | Path, *endings: str) -> list[Path]:
    """The file itself, or every file of a folder that ends so, in order of name."""
    path = Path(path)
    if path.is_file():
        return [path]
    found = sorted(f for f in path.rglob("*") if f.is_file() and f.name.endswith(endings))
    if not found:
        kinds = " or ".join(endings)
        raise ParleyError(f"{path} is neither a file nor a folder with {kinds} files: name one")
    return found


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a text file that hold anything, numbered from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ParleyError(f"{path} is not UTF-8 text ({error.reason}): convert it") from None
    except OSError as error:
        raise ParleyError(f"{path} cannot be read: {error.strerror}") from None
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def records(path: Path) -> Iterator[tuple[int, dict]]:
    """The objects of a JSON Lines file, numbered by line."""
    for number, line in lines(path):
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise bad(path, number, f"not JSON ({error.msg})") from None
        if not isinstance(record, dict):
            raise bad(path, number, "a JSON object is needed")
        yield number, record


def need(record: dict, key: str, path: Path, line: int):
    """The value of a key that must be there."""
    if record.get(key) is None:
        raise bad(path, line, f"no {key!r}")
    return record[key]


def inside(text: str, start, end, path: Path, line: int) -> Span:
    """The span, if it lies in the text and holds something."""
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise bad(path, line, f"span {start}-{end} lies outside a text of {len(text)} characters")
    return start, end

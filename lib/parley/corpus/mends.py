"""Mends on record: an edit of a text becomes a repair with its span, and can be undone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Repair:
    """One mend: ``was`` stood where ``now`` stands, at ``start:end`` of the mended text."""

    start: int
    end: int
    was: str
    now: str
    rule: str


@dataclass(frozen=True)
class Edit:
    """What is to be put at ``start:end`` of a text, and by which rule."""

    start: int
    end: int
    now: str
    rule: str


def apply(
    text: str, edits: Iterable[Edit], earlier: Sequence[Repair] = ()
) -> tuple[str, list[Repair]]:
    """The text with its edits made, and every repair since it was raw.

    ``earlier`` are the repairs that the text already bears. Of two edits that overlap the one that
    starts first is made; an edit that touches another mend becomes one repair with it.

    >>> apply("an bad apple", [Edit(2, 6, "", "adjective")])
    ('an apple', [Repair(start=2, end=2, was=' bad', now='', rule='adjective')])
    """
    parts: list[str] = []
    repairs: list[Repair] = []
    at = length = 0
    for cluster in _touching([*earlier, *_apart(edits)]):
        start, end, was, now, rule = _as_one(text, cluster)
        parts += [text[at:start], now]
        length += start - at
        repairs.append(Repair(length, length + len(now), was, now, rule))
        length, at = length + len(now), end
    return "".join([*parts, text[at:]]), repairs


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _touching(mends: list[Repair | Edit]) -> list[list[Repair | Edit]]:
    clusters: list[list[Repair | Edit]] = []
    end = -1
    for mend in sorted(mends, key=lambda mend: (mend.start, mend.end)):
        if mend.start > end:
            clusters.append([])
        clusters[-1].append(mend)
        end = max(end, mend.end)
    return clusters


def _as_one(text: str, cluster: list[Repair | Edit]) -> tuple[int, int, str, str, str]:
    """Span in the text, what stood there at first, what is to stand there, and the rules."""
    start, end = min(mend.start for mend in cluster), max(mend.end for mend in cluster)
    was = now = text[start:end]
    for mend in reversed(cluster):
        a, b = mend.start - start, mend.end - start
        if isinstance(mend, Repair):
            was = was[:a] + mend.was + was[b:]
        else:
            now = now[:a] + mend.now + now[b:]
    return start, end, was, now, ", ".join(dict.fromkeys(mend.rule for mend in cluster))


def undo(text: str, repairs: Iterable[Repair]) -> str:
    """The text as it stood before its repairs.

    >>> undo("an apple", [Repair(2, 2, " bad", "", "adjective")])
    'an bad apple'
    """
    for mend in sorted(repairs, key=lambda mend: mend.start, reverse=True):
        text = text[: mend.start] + mend.was + text[mend.end :]
    return text


def difference(was: str, now: str, rule: str, *, offset: int = 0) -> list[Edit]:
    """The least edits that make one text of another, character by character.

    >>> difference("â€œ", "“", "mojibake")
    [Edit(start=0, end=3, now='“', rule='mojibake')]
    """
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    return [
        Edit(offset + a, offset + b, now[c:d], rule)
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]

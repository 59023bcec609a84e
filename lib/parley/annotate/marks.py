"""Quotation marks: which passages of a text stand between them.

Marks are read by where they stand, not by their glyph alone, because machine translation and
scraping turn them around: a mark after a space and before a letter opens, a mark after a letter and
before a space closes, and only where both could be does the glyph decide. A passage never leaves
its paragraph unless the next one opens with a mark of its own, as newspapers set long quotations;
so one lost mark can damage one paragraph, never an article.
"""

from dataclasses import dataclass

DOUBLE = '"“”„‟«»'
SINGLE = "'‘’‚‛‹›"
_OPENS = "“„«‘‚‹"
_CLOSES = "”»’›"
# A passage longer than this is a lost mark, not a quotation; it is cut, and marked as not closed.
LONGEST = 6_000


@dataclass(frozen=True)
class Passage:
    """A quoted passage: ``start:end`` lie inside its marks; ``closed`` is false for a lost mark."""

    start: int
    end: int
    closed: bool
    mark: str = "double"


def passages(text: str) -> list[Passage]:
    """Give the quoted passages of a text in order, nested ones left inside the outer.

    >>> text = 'He said: “We are ready.” The "border “.'
    >>> [text[p.start:p.end] for p in passages(text)]
    ['We are ready.', 'border']
    >>> [p.closed for p in passages('It “never ends.')]
    [False]
    """
    found: list[Passage] = []
    start = 0
    for paragraph in text.split("\n\n"):
        end = start + len(paragraph)
        found += _in_paragraph(text, start, end)
        start = end + 2
    return _bounded(found, text)


def _in_paragraph(text: str, start: int, end: int) -> list[Passage]:
    double = _pairs(text, start, end, DOUBLE)
    if double or not any(mark in text[start:end] for mark in SINGLE):
        return double
    singles = _pairs(text, start, end, SINGLE)
    return [
        Passage(p.start, p.end, p.closed, "single")
        for p in singles
        if p.closed and text[p.start : p.end].count(" ") >= 1
    ]


def _pairs(text: str, start: int, end: int, marks: str) -> list[Passage]:
    found: list[Passage] = []
    opened: int | None = None
    for at in range(start, end):
        if text[at] not in marks:
            continue
        role = _role(text, at, start, end, opened is not None)
        if role == "open":
            if opened is not None:  # the one before was never closed: it ended before this one
                found.append(Passage(opened, _last_stop(text, opened, at), False))
            opened = at + 1
        elif role == "close" and opened is not None:
            found.append(_trimmed(text, opened, at))
            opened = None
    if opened is not None:
        found.append(Passage(opened, end, False))
    return [p for p in found if p.end > p.start]


def _role(text: str, at: int, start: int, end: int, is_open: bool) -> str:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    after_space = before.isspace() or before in "([{—–-/" or before in DOUBLE + SINGLE
    before_space = after.isspace() or after in ".,;:!?)]}—–" or after in DOUBLE + SINGLE
    if text[at] in SINGLE and not after_space and not before_space:
        return "none"  # an apostrophe
    if after_space and not before_space:
        return "open"
    if before_space and not after_space:
        if text[at] in SINGLE and not is_open:
            return "none"  # a plural's apostrophe: the allies' refusal
        return "close"
    if text[at] in _OPENS and not is_open:
        return "open"
    return "close" if is_open else ("open" if text[at] not in _CLOSES else "none")


def _trimmed(text: str, start: int, end: int) -> Passage:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage(start, end, True)


def _last_stop(text: str, start: int, end: int) -> int:
    """Where an unclosed passage ends: after its last sentence's stop, or at ``end``."""
    stop = max(text.rfind(mark, start, end) for mark in ".!?")
    return stop + 1 if stop > start else max(start, end - 1)


def _bounded(found: list[Passage], text: str) -> list[Passage]:
    """Cut what is too long, at a sentence's stop where there is one."""
    return [
        p
        if p.end - p.start <= LONGEST
        else Passage(p.start, _last_stop(text, p.start, p.start + LONGEST), False, p.mark)
        for p in found
    ]

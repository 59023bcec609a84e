"""Quotation marks: which passages of a text stand between them.

Marks are read by where they stand, not by their glyph alone, because machine translation and
scraping turn them around: a mark after a space and before a letter opens, a mark after a letter and
before a space closes, and only where both could be does the glyph decide. A doubled mark, and the
two apostrophes that some agencies write, are one mark. A passage never leaves its paragraph: one
that is still open at its end goes on in the next where that opens with a mark of its own, as
newspapers set long quotations. So one lost mark can damage one paragraph, never an article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.annotate.quotes.lost import end_of_lost

DOUBLE = '"“”„‟«»'
SINGLE = "'‘’‚‛‹›"
_OPENS = "“„«‘‚‹`"
_CLOSES = "”»’›"
MARKS = tuple(DOUBLE + SINGLE + "`")
_DOUBLE_MARK = re.compile(rf"([{DOUBLE}])\1*|''+|``|‘‘|’’")
_SINGLE_MARK = re.compile(rf"[{SINGLE}]")
# A passage longer than this is a lost mark, not a quotation; it is cut, and marked as not closed.
LONGEST = 6_000


@dataclass(frozen=True)
class Passage:
    """A quoted passage: ``start:end`` lie inside its marks; ``closed`` is false for a lost mark.

    ``goes_on`` says that the passage after it, in the next paragraph, is the same quotation.
    """

    start: int
    end: int
    closed: bool
    mark: str = "double"
    goes_on: bool = False


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
        own = _in_paragraph(text, start, end)
        if own and found and _is_next_part(found[-1], own[0], start):
            found[-1] = replace(found[-1], closed=True, goes_on=True)
        found += own
        start = end + 2
    return [_bounded(passage, text) for passage in found]


def _is_next_part(last: Passage, first: Passage, start: int) -> bool:
    """Whether a paragraph opens with a mark, and the one before it was still quoting at its end."""
    return not last.closed and last.end == start - 2 and first.start <= start + 2


def _in_paragraph(text: str, start: int, end: int) -> list[Passage]:
    double = _pairs(text, start, end, _DOUBLE_MARK)
    if double:
        return double
    singles = _pairs(text, start, end, _SINGLE_MARK)
    return [
        Passage(p.start, p.end, p.closed, "single")
        for p in singles
        if p.closed and " " in text[p.start : p.end]
    ]


def _pairs(text: str, start: int, end: int, marks: re.Pattern[str]) -> list[Passage]:
    found: list[Passage] = []
    opened: int | None = None
    within = 0  # marks inside that have still to close
    there = list(marks.finditer(text, start, end))
    for number, mark in enumerate(there):
        role = _role(text, mark, start, end, opened is not None)
        if role == "open" and opened is not None and _is_nested(there[number : number + 3], text):
            within += 1
        elif role == "close" and within:
            within -= 1
        elif role == "open":
            if opened is not None:  # the one before was never closed: it ended before this one
                found.append(Passage(opened, _before_next(text, opened, mark.start()), False))
            opened = mark.end()
        elif role == "close" and opened is not None:
            found.append(_trimmed(text, opened, mark.start(), closed=True))
            opened = None
    if opened is not None:
        found.append(_trimmed(text, opened, end, closed=False))
    return [p for p in found if p.end > p.start]


def _is_nested(marks: Sequence[re.Match[str]], text: str) -> bool:
    """Whether a mark that opens inside an open passage is closed there, and the passage after it:
    “The word “no” was there.” Only marks that can close and not open tell.
    """
    closing = [m for m in marks[1:] if m.group()[0] in _CLOSES]
    return marks[0].group()[0] in _OPENS and len(closing) == 2


def _role(text: str, mark: re.Match[str], start: int, end: int, is_open: bool) -> str:
    glyph, single = mark.group()[0], mark.group() in SINGLE
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    after_space = before.isspace() or before in "([{—–-/" or before in MARKS
    before_space = after.isspace() or after in ".,;:!?)]}—–" or after in MARKS
    if single and not after_space and not before_space:
        return "none"  # an apostrophe
    if after_space and not before_space:
        return "open"
    if before_space and not after_space:
        if single and not is_open:
            return "none"  # a plural's apostrophe: the allies' refusal
        return "close"
    if glyph in _OPENS and not is_open:
        return "open"
    return "close" if is_open else ("open" if glyph not in _CLOSES else "none")


def _trimmed(text: str, start: int, end: int, *, closed: bool) -> Passage:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage(start, end, closed)


def _before_next(text: str, start: int, end: int) -> int:
    """Where an unclosed passage ends before one that opens at ``end``."""
    outside = end_of_lost(text, start, end)
    return outside if outside < end else _last_stop(text, start, end)


def _last_stop(text: str, start: int, end: int) -> int:
    """Where an unclosed passage ends: after its last sentence's stop, or at ``end``."""
    stop = max(text.rfind(mark, start, end) for mark in ".!?")
    return stop + 1 if stop > start else max(start, end - 1)


def _bounded(p: Passage, text: str) -> Passage:
    """Cut what is too long, at a sentence's stop where there is one, and what a lost mark left."""
    if p.end - p.start > LONGEST:
        p = replace(p, end=_last_stop(text, p.start, p.start + LONGEST), closed=False)
    return p if p.closed else replace(p, end=end_of_lost(text, p.start, p.end))

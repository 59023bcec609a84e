"""Units: what in a frame may be a content, quoted or not.

Marks say exactly where words begin and end, so a content that a passage nearly fills is that
passage; one that goes on outside its marks holds the passage, and a passage that goes on a clause
of the outlet's (said *it was* “not aware of it”) takes that clause with it.
"""

import re
from dataclasses import dataclass, replace

from parley.annotate.quotes.article import Article, Part, Sentence
from parley.annotate.quotes.cues import Cue
from parley.annotate.quotes.marks import MARKS, Passage

# The share of a content's letters between marks from which the marks say where it ends.
FILLED = 0.85
BY_MARKS = 0.95  # how probable an attribution is that marks and a known cue show
_OPENING = " “\"„«‘'`"
_BROKEN = re.compile(r"[,;:.–—]|\b(?:told|asked)\b")
_MARKED = 8  # characters before a passage that may be its marks
_CLAUSE_WORDS = 10


@dataclass(frozen=True)
class Unit:
    """What may be a content; ``quoted`` where marks show its ends."""

    start: int
    end: int
    probability: float
    quoted: bool = False


def units(frame: Sentence, article: Article) -> list[Unit]:
    """The contents of a frame, quoted or not, in order and without overlap."""
    passages = article.quoted.within(frame.start, frame.end)
    marked = [p for p in article.parts.within(frame.start, frame.end) if p.role == "content"]
    loose = [unit for part in marked if (unit := _outside(part, article))]
    held = _merged(loose, article)
    quoted = [
        _with_clause(p, frame, article)
        for p in passages
        if not any(u.start < p.end and u.end > p.start for u in held)
    ]
    return sorted([*held, *quoted], key=lambda unit: unit.start)


def _with_clause(passage: Passage, frame: Sentence, article: Article) -> Unit:
    start = _clause_start(passage, frame, article)
    end = passage.end if start == passage.start else _past_mark(passage.end, article.text)
    return Unit(start, end, BY_MARKS, quoted=True)


def _clause_start(passage: Passage, frame: Sentence, article: Article) -> int:
    """Where the clause begins that a passage goes on: said *it was* “not aware of anything”."""
    text, at = article.text, passage.start
    if not _goes_on_clause(passage, text):
        return at
    marked = [p for p in article.parts.within(frame.start, at) if p.end <= at]
    contents = [p.start for p in article.parts.within(at, at + 1) if p.role == "content"]
    if contents and contents[0] < at - 1:
        return contents[0]
    cues_of = [c.end for c in (*marked, *article.open_cues(frame.start, at)) if _is_cue(c)]
    start = max(cues_of, default=frame.start)
    that = text.rfind(" that ", start, at)
    start = that + len(" that ") if that >= 0 else start
    between = text[start:at]
    crossed = article.quoted.within(start, at - 1) or any(p.start >= start for p in marked)
    if crossed or _BROKEN.search(between) or len(between.split()) > _CLAUSE_WORDS:
        return at
    return start + len(between) - len(between.lstrip())


def _is_cue(one: Part | Cue) -> bool:
    return isinstance(one, Cue) or one.role == "cue"


def _goes_on_clause(passage: Passage, text: str) -> bool:
    """Whether a passage begins small and no comma or colon stands before its mark."""
    before = text[max(0, passage.start - _MARKED) : passage.start].rstrip(_OPENING)[-1:]
    return text[passage.start].islower() and before.isalnum()


def _outside(part: Part, article: Article) -> Unit | None:
    """A content that is not just a passage; it holds every passage that it touches."""
    around = article.quoted.within(part.start, part.end)
    between = sum(min(p.end, part.end) - max(p.start, part.start) for p in around)
    if around and between >= FILLED * (part.end - part.start) - 3:
        return None
    start = min([part.start, *(p.start for p in around)])
    end = max([part.end, *(_past_mark(p.end, article.text) for p in around)])
    return Unit(start, end, part.probability)


def _past_mark(end: int, text: str) -> int:
    return end + 1 if text[end : end + 1] in MARKS else end


def _merged(found: list[Unit], article: Article) -> list[Unit]:
    """Contents with no word between them are one."""
    made: list[Unit] = []
    for unit in found:
        between = article.text[made[-1].end : unit.start] if made else ""
        if made and not any(letter.isalnum() for letter in between):
            end = max(made[-1].end, unit.end)
            sure = min(made[-1].probability, unit.probability)
            made[-1] = replace(made[-1], end=end, probability=sure)
        else:
            made.append(unit)
    return made

"""One article as those who look for its attributions see it: spans that are found by place.

Every list is kept in order and searched by halves, so that an article of ten thousand marks costs
ten thousand steps and not their square.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from parley.annotate.quotes import cues
from parley.annotate.quotes.cues import Cue
from parley.annotate.quotes.marks import Passage, passages
from parley.annotate.quotes.sources import Named
from parley.annotate.quotes.speakers import Speaker

# Marks, and a speaker of a few words, that may stand between a quotation and its cue.
_MARKS = re.compile(r"[\s,:]*[“\"„«‘'`]*[\s]?")
_WORDS = r"(?:(?!(?:there|is|are|was|were|that|which|and|but|in|on|to)\b)[\w.’'\-]+\s+){0,5}"
_SPEAKER = re.compile(rf"[”\"’'»]*,?\s+{_WORDS}")
_COMMA_SPEAKER = re.compile(rf"[”\"’'»]*,[”\"’'»]*\s+{_WORDS}")
_BESIDE, _BEHIND = 6, 46  # characters before and after the marks in which such a cue stands
_CLAUSE = 8  # so many words may stand between a cue and the few words that it calls something
_OTHER_CLAUSE = re.compile(r"[,;:.–—]|\b(?:who|which|when|where|after|before|because)\b")
_THE = re.compile(r"(?:\bthe|\bthis|\bthese|\bso-called)\W*$", re.IGNORECASE)
_SMALL = frozenset("of the and a an in on to for with at by from or vs as is".split())
_TITLE = 12  # words of weight in the longest title
# Marks around so few words, without a stop, may quote no one: a title, a nickname, a scare quote.
FEW = 4


@dataclass(frozen=True)
class Part:
    """What the encoder marked in a text: a ``source``, ``cue`` or ``content`` and its span."""

    role: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class Attribution:
    """One content with what introduces it; ``kind`` is one of `terms.QUOTE_KINDS`.

    ``closed`` is false where a mark was lost, or where the quotation was cut for its length.
    """

    start: int
    end: int
    kind: str
    cue: Cue | None
    speaker: Speaker | None
    probability: float
    closed: bool = True


@dataclass(frozen=True)
class Sentence:
    """A sentence's span and part; so is a run of sentences that one quoted passage spans."""

    start: int
    end: int
    part: str


class Spans:
    """Things with a start and an end, in order of their starts."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.items = sorted(items, key=lambda item: item.start)
        self._starts = [item.start for item in self.items]
        self._ends = list(accumulate((item.end for item in self.items), max))

    def within(self, start: int, end: int) -> list:
        """Those that overlap ``start:end``."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return [item for item in self.items[first:last] if item.end > start]

    def before(self, at: int) -> Any | None:
        """The last that starts before ``at``."""
        last = bisect_left(self._starts, at)
        return self.items[last - 1] if last else None


class Article:
    """One article: its text, and where in it sentences, names and the encoder's parts stand."""

    def __init__(
        self, text: str, sentences: list[Sentence], names: list[Named], parts: list[Part]
    ) -> None:
        self.text = text
        self.sentences = Spans(sentences)
        self.names = Spans(names)
        self.parts = Spans(parts)

    @cached_property
    def quoted(self) -> Spans:
        """The passages between marks that quote somebody."""
        return Spans(p for p in passages(self.text) if not self._names_a_thing(p))

    @cached_property
    def verbs(self) -> Spans:
        """The lexicon's cues that are verbs and introduce words, wherever they stand."""
        found = cues.find_cues(self.text)
        return Spans(c for c in found if cues.takes_words(c) and cues.is_verb(c, self.text))

    def open_cues(self, start: int, end: int) -> list[Cue]:
        """Cues of ``start:end`` that stand outside quotation marks."""
        found = self.verbs.within(start, end)
        return [cue for cue in found if not self.quoted.within(cue.start, cue.end)]

    @cached_property
    def frames(self) -> list[Sentence]:
        """The sentences, those that one quoted passage spans taken together."""
        made: list[Sentence] = []
        for sentence in self.sentences.items:
            across = made and self.quoted.within(made[-1].end - 1, sentence.start + 1)
            if any(p.start < made[-1].end - 1 and p.end > sentence.start + 1 for p in across or ()):
                made[-1] = Sentence(made[-1].start, sentence.end, made[-1].part)
            else:
                made.append(sentence)
        return made

    def words(self, start: int, end: int) -> int:
        """How many words stand in ``start:end``; a mark alone is none."""
        return sum(any(map(str.isalnum, word)) for word in self.text[start:end].split())

    def _names_a_thing(self, passage: Passage) -> bool:
        """Whether the marks quote no one: a title, a nickname, a word held at a distance."""
        words = self.text[passage.start : passage.end].split()
        around = self.sentences.within(passage.start, passage.start + 1)
        in_body = not around or around[0].part == "body"
        if _is_title(words) and (in_body or len(words) <= FEW):
            begins = not around or passage.start - around[0].start <= 2
            return not self._is_said(passage, before=begins)
        if len(words) > FEW or words[-1][-1] in ".,!?…":
            return False
        alone = around and passage.end - passage.start >= around[0].end - around[0].start - 3
        if alone and len(words) > 2:  # a sub-head that is nothing but a quotation
            return False
        return not (around and (self._is_marked(passage) or self._is_governed(passage, around[0])))

    def _is_marked(self, passage: Passage) -> bool:
        parts = self.parts.within(passage.start, passage.end)
        return any(part.role == "content" for part in parts)

    def _is_said(self, passage: Passage, *, before: bool = True) -> bool:
        """Whether a cue stands right beside the marks: said “...”; “...,” (``before`` it)."""
        near = self.verbs.within(passage.start - _BESIDE, passage.start)
        after = self.verbs.within(passage.end, passage.end + _BEHIND) if before else []
        return any(is_before(cue, passage, self.text) for cue in near) or any(
            is_after(cue, passage, self.text) for cue in after
        )

    def _is_governed(self, passage: Passage, sentence: Sentence) -> bool:
        """Whether a cue stands beside the marks, or before them in their clause: calls it “...”."""
        if self._is_said(passage):
            return True
        cue = self.verbs.before(passage.start)
        between = self.text[cue.end : passage.start] if cue else ""
        near = cue is not None and cue.start >= sentence.start and len(between.split()) <= _CLAUSE
        return near and not _OTHER_CLAUSE.search(between) and not _THE.search(between)


def is_before(cue: Cue, words: Any, text: str) -> bool:
    """Whether nothing but marks stands between a cue and the words after it."""
    return cue.end <= words.start and bool(_MARKS.fullmatch(text, cue.end, words.start))


def is_after(cue: Cue, words: Any, text: str) -> bool:
    """Whether a cue stands behind words and a comma, with no more than a speaker between."""
    ends = text[words.end - 1 : words.end] in ",?!"
    between = text[words.end : cue.start] if cue.start >= words.end else ""
    return bool((_SPEAKER if ends else _COMMA_SPEAKER).fullmatch(between))


def _is_title(words: list[str]) -> bool:
    """Whether every word of weight begins with a capital: “War and Peace”, “Fat Tony”."""
    if words[-1][-1] not in ",.!?…" and len(words) == 1:
        return words[0][:1].isupper()
    capitals = sum(word.lstrip("([‘'")[:1].isupper() for word in words)
    small = sum(word.lower().rstrip(",:") in _SMALL for word in words[1:])
    return 2 <= capitals <= _TITLE and capitals + small == len(words) and not _shouted(words)


def _shouted(words: list[str]) -> bool:
    return len(words) > FEW and "".join(words).isupper()

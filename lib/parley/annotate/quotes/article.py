"""One article as those who look for its attributions see it: spans that are found by place.

Every list is kept in order and searched by halves, so that an article of ten thousand marks costs
ten thousand steps and not their square.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

from parley.annotate.quotes import cues
from parley.annotate.quotes.cues import Cue
from parley.annotate.quotes.marks import Passage, passages
from parley.annotate.quotes.speakers import Named, Speaker

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
        """The lexicon's cues, as far as they are verbs, wherever they stand."""
        return Spans(cue for cue in cues.find_cues(self.text) if cues.is_verb(cue, self.text))

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
        if len(words) > FEW or words[-1][-1] in ".,!?…":
            return False
        around = self.sentences.within(passage.start, passage.start + 1)
        alone = around and passage.end - passage.start >= around[0].end - around[0].start - 3
        if alone and len(words) > 2:  # a sub-head that is nothing but a quotation
            return False
        if all(word[:1].isupper() or word in ("of", "the", "and") for word in words):
            return True
        return not around or not (
            self.verbs.within(around[0].start, around[0].end)
            or any(p.role == "cue" for p in self.parts.within(around[0].start, around[0].end))
        )

"""One article as the annotators of names read it: tokens, the sentence of each, and the day."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from parley.annotate.registry import Registry
from parley.annotate.registry.matching import Tokens, fold, tokenise
from parley.annotate.registry.name_words import GAME, MODIFIED, SPORT, WON

# "TEHRAN, Iran (AP) —", "Washington (CNN)": where an article was written, and by which agency.
_DATELINE = re.compile(
    r"^(?P<place>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2})(?:,[^\n()–—]{1,30}?)?"
    r"(?: ?\([A-Z][^)\n]{1,30}\)\s*(?:—|–|--|-(?=\s))|\s*(?:—|–|--|-(?=\s))"
    r"|(?P<agency> ?\((?:AP|AFP|CNN|UPI|dpa|Reuters|REUTERS|Bloomberg|Xinhua)[^)\n]{0,20}\)))",
    re.MULTILINE,
)
_SCORE = re.compile(r"(?<![\w.–-])\d{1,2}[-–]\d{1,2}(?![\w–-])")
_VOTE = re.compile(r"\b(?:vote[sd]?|seats|ballots?)\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "over", "the",
          "to", "vs", "with", "is", "s"}  # fmt: skip


class Found(NamedTuple):
    """A mention, by its tokens: ``first`` up to ``last`` (exclusive), and whom it means and why."""

    first: int
    last: int
    actor_id: str | None
    form: str
    kind: str
    probability: float
    why: str = ""


class Sentence(NamedTuple):
    """One sentence of the page; ``style`` is plain, titled (Each Word So) or shouted (ALL SO)."""

    number: int
    start: int
    end: int
    part: str
    style: str


@dataclass(frozen=True)
class Page:
    """An article's text with what the annotators ask of it."""

    text: str
    sentences: tuple[Sentence, ...]
    day: str
    registry: Registry

    @classmethod
    def of(
        cls, text: str, sentences: pd.DataFrame, published: object, registry: Registry
    ) -> "Page":
        """Make a page of an article's text and its rows of `sentences`."""
        columns = (sentences[c] for c in ("sentence", "start", "end", "part"))
        rows = sorted(zip(*columns, strict=True), key=lambda row: row[1])
        made = tuple(
            Sentence(number, start, end, part, _style(text[start:end]))
            for number, start, end, part in rows
        )
        stamp = pd.Timestamp(published) if published is not None else pd.NaT
        return cls(text, made, "" if pd.isna(stamp) else stamp.date().isoformat(), registry)

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of the text."""
        return tokenise(self.text)

    @cached_property
    def keys(self) -> list[str]:
        """The tokens' keys."""
        return self.tokens.keys

    @cached_property
    def lower(self) -> list[str]:
        """The tokens' keys in small letters."""
        return [key.lower() for key in self.tokens.keys]

    @cached_property
    def words(self) -> frozenset[str]:
        """Every token that stands in the text."""
        return frozenset(self.tokens.keys)

    @cached_property
    def sporting(self) -> bool:
        """Whether the article is about sport: six words, and 2 in 100, are of it."""
        count = sum(key in SPORT for key in self.lower)
        return count >= 6 and count >= 0.02 * len(self.keys)

    def plays(self, token: int) -> bool:
        """Say whether the token's sentence is of a game: two words of it, or a score and one."""
        at = self.sentence_at[token]
        return at in self._games

    @cached_property
    def _games(self) -> frozenset[int]:
        games = Counter(at for at, key in zip(self.sentence_at, self.lower, strict=True)
                        if key in GAME)  # fmt: skip
        won = {at for at, key in zip(self.sentence_at, self.lower, strict=True) if key in WON}
        texts = {at: self.text[self.sentences[at].start : self.sentences[at].end]
                 for at in {*games, *won} - {-1}}  # fmt: skip
        told = {at for at, text in texts.items() if _SCORE.search(text)}
        scored = {at for at in told if not _VOTE.search(texts[at])}
        return frozenset(at for at in texts if games[at] > 1 or at in scored)

    @cached_property
    def datelines(self) -> list[tuple[int, int, bool]]:
        """Where datelines stand, and whether the line can be nothing else."""
        return [
            (*found.span(), found["place"].isupper() or ")" in found[0])
            for found in _DATELINE.finditer(self.text)
        ]

    def dateline(self, token: int, *, sure: bool = False) -> bool:
        """Say whether the token stands in a dateline; ``sure`` asks for one beyond doubt."""
        at = self.tokens.starts[token]
        return any(start <= at < end and (one or not sure) for start, end, one in self.datelines)

    @cached_property
    def dateline_states(self) -> tuple[str, ...]:
        """The states whose capital, or whose name, a dateline beyond doubt gives."""
        names = (self.registry.names.matches(tokenise(self.text[start:end]))
                 for start, end, sure in self.datelines if sure)  # fmt: skip
        found = (self.registry.state_of(m.values[0].actor_id) for each in names for m in each)
        return tuple(dict.fromkeys(state for state in found if self.registry.is_place(state)))

    @cached_property
    def sentence_at(self) -> list[int]:
        """The index in ``sentences`` of every token; -1 outside of all."""
        places, at, last = [], 0, len(self.sentences)
        for start in self.tokens.starts:
            while at < last and self.sentences[at].end <= start:
                at += 1
            inside = at < last and self.sentences[at].start <= start
            places.append(at if inside else -1)
        return places

    def opens(self, token: int) -> bool:
        """Say whether the token is the first word of its sentence, quotation marks aside."""
        if token == 0 or self.sentence_at[token] != self.sentence_at[token - 1]:
            return True
        return self.keys[token - 1] in "“\"‘'([:•*" and (
            token == 1
            or self.sentence_at[token] != self.sentence_at[token - 2]
            or self.keys[token - 1] in '“"‘:'
        )

    def style(self, token: int) -> str:
        """Give the style of the token's sentence."""
        at = self.sentence_at[token]
        return self.sentences[at].style if at >= 0 else "plain"

    def beside(self, token: int) -> bool:
        """Say whether nothing but one space parts the token from the one before it."""
        return 0 < token < len(self.keys) and (
            self.text[self.tokens.ends[token - 1] : self.tokens.starts[token]] in (" ", "\xa0")
        )

    def touching(self, token: int) -> bool:
        """Say whether nothing at all parts the token from the one before it."""
        return (
            0 < token < len(self.keys) and self.tokens.ends[token - 1] == self.tokens.starts[token]
        )

    def capital(self, token: int) -> bool:
        """Say whether the token begins with a capital letter."""
        return 0 <= token < len(self.keys) and self.keys[token][0].isupper()

    def has(self, word: str) -> bool:
        """Say whether the word or phrase stands in the text."""
        folded = fold(word)
        if " " not in folded and folded in self.words:
            return True
        if folded.isalnum():
            return False
        return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self.text) is not None

    def modifies(self, found: Found) -> bool:
        """Say whether the name only says which: "the Trump presidency", "the Iran deal"."""
        at = found.last
        if not self.beside(at) or not self.lower[at].isalpha() or self.capital(at):
            return False
        return self.lower[at] in MODIFIED

    def span(self, found: Found) -> tuple[int, int]:
        """Where the mention stands in the text."""
        return self.tokens.starts[found.first], self.tokens.ends[found.last - 1]


def _style(text: str) -> str:
    words = _WORD.findall(text)
    if len(words) < 3:
        return "plain"
    if sum(word.isupper() for word in words) >= 0.8 * len(words):
        return "shouted"
    long = [word for word in words if word.lower() not in _SMALL]
    capitals = sum(word[0].isupper() for word in long)
    return "titled" if len(long) > 3 and capitals >= 0.8 * len(long) else "plain"

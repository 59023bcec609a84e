"""One article as stance and event see it: its sentences, with who and what is in each."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from parley import terms
from parley.annotate.stance.issues import Compiled, compiled, matches
from parley.annotate.stance.lexicon import judgements
from parley.annotate.stance.tokens import Party, Speech, Topic, gives

MOST = 6  # actors of one sentence that are paired
_JOINED = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|as well as\s+)(?:the\s+)?")
_AND = re.compile(r"\b(?:and|as well as)\b")


class Place(NamedTuple):
    """An actor or an issue as it stands in one sentence."""

    name: str
    kind: str
    start: int
    end: int
    opposite: bool = False  # its words name the contrary of the issue


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the actors, issues and quotes in it; offsets are those of ``text``."""

    article_id: str
    number: int
    text: str
    start: int
    end: int
    parties: list[Party]
    topics: list[Topic]
    speeches: list[Speech]

    def voice(self, at: int) -> str:
        """The number of the innermost quote at ``at``, or the outlet's."""
        found = self.speech(at)
        return str(found.number) if found else terms.OUTLET_VOICE

    def speech(self, at: int) -> Speech | None:
        around = [s for s in self.speeches if s.start <= at < s.end]
        return min(around, key=lambda s: s.end - s.start, default=None)

    def speakers(self, speech: Speech | None) -> set[str]:
        """Who says it: the speaker, and who is named with him outside ("France and Spain said")."""
        found = {speech.actor_id} if speech and speech.actor_id else set()
        outside = [p for p in self.parties if found and self.speech(p.start) is not speech]
        lists: list[list[Party]] = [outside[:1]]
        for before, party in pairwise(outside):
            joined = _JOINED.fullmatch(self.text, before.end, party.start)
            lists = [*lists[:-1], [*lists[-1], party]] if joined else [*lists, [party]]
        for named in lists:
            names = {p.actor_id for p in named}
            between = self.text[named[0].end : named[-1].start] if named else ""
            if found & names and _AND.search(between):  # and not "In Malta, NAME said"
                return found | names
        return found

    def places(self) -> list[Place]:
        """Actors, each at its first place in every speech and outside, and issues, each at its
        first; of many actors the first `MOST`."""
        inside = [(t.start, t.end) for t in self.topics if not gives(self.text, t)]
        actors: dict[str, dict[Speech | None, Place]] = {}
        for p in self.parties:
            known = p.actor_id in actors or len(actors) < MOST
            if known and not any(s <= p.start and p.end <= e for s, e in inside):
                place = Place(p.actor_id, "actor", p.start, p.end)
                actors.setdefault(p.actor_id, {}).setdefault(self.speech(p.start), place)
        issues: dict[str, Place] = {}
        for t in self.topics:
            issues.setdefault(t.issue_id, Place(t.issue_id, "issue", *t[:2], t.opposite))
        stand = [place for places in actors.values() for place in places.values()]
        return [*stand, *issues.values()]


def pages(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    issues: pd.DataFrame | None,
) -> Iterator[Sentence]:
    """Every sentence in which a position could be taken: two actors, or a speaker or an actor and
    something to take it on, or somebody or something of which a judgement is said."""
    parties, speeches = _parties(mentions), _speeches(quotes)
    spans = _bucket(sentences, ("sentence", "start", "end"))
    sought = () if issues is None else compiled(issues)
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        here, quoted = parties.get(article_id, []), speeches.get(article_id, [])
        for number, start, end in spans.get(article_id, ()):
            if text.startswith("…", start):
                continue  # what stands after a gap has lost the subject whose position it was
            inner = [p for p in here if p.start < end and p.end > start]
            said = [s for s in quoted if s.start < end and s.end > start]
            sources = {p.actor_id for p in inner} | {s.actor_id for s in said if s.actor_id}
            judges = bool(judgements().search(text, start, end))  # maybe in the outlet's own voice
            about = _topics(text, start, end, sought) if sources or judges else []
            if len(sources) + bool(about) > 1 or (judges and (sources or about)):
                yield Sentence(article_id, number, text, start, end, inner, about, said)


def _topics(text: str, start: int, end: int, issues: tuple[Compiled, ...]) -> list[Topic]:
    """The issues of one sentence: only where somebody could hold a position are they looked for."""
    return [
        Topic(start + m.start, start + m.end, m.issue_id, m.opposite)
        for m in matches(text[start:end], issues)
    ]


def _parties(mentions: pd.DataFrame) -> dict[str, list[Party]]:
    known = mentions[mentions["actor_id"].notna()]
    rows = _bucket(known, ("start", "end", "actor_id", "form"))
    return {article: [Party(*row) for row in sorted(found)] for article, found in rows.items()}


def _speeches(quotes: pd.DataFrame) -> dict[str, list[Speech]]:
    named = quotes.assign(
        speaker=quotes["actor_id"].astype(object).where(quotes["actor_id"].notna(), None)
    )
    rows = _bucket(named, ("start", "end", "quote", "speaker"))
    return {article: [Speech(*row) for row in found] for article, found in rows.items()}


def _bucket(frame: pd.DataFrame, columns: tuple[str, ...]) -> dict[str, list[tuple]]:
    """Rows by article, as plain tuples: thousands of small frames would cost more than the work."""
    made: dict[str, list[tuple]] = defaultdict(list)
    values = [frame[column].tolist() for column in columns]
    for article_id, *row in zip(frame["article_id"].tolist(), *values, strict=True):
        made[article_id].append(tuple(row))
    return made

"""The words of a position: verbs, nouns and judgements of support, opposition, demand and refusal.

`data/lexicons/stance.csv` gives each a class; `polarity` says what a class does to what it governs.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from parley import paths

# How a form of a verb is used: from the order of the forms in the lexicon.
BASE, PRESENT, PAST, ING = "base", "present", "past", "ing"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form may be: ``tag`` is a verb's form, empty for the rest."""

    lemma: str
    pos: str
    cls: str
    tag: str = ""
    event: str = ""  # the PLOVER root that it reports by itself


Senses = tuple[Sense, ...]
GAP = "…"  # where a form's object stands: "hold … responsible"


class Gapped(NamedTuple):
    """A form in two parts, with its object between them."""

    head: tuple[str, ...]
    tail: tuple[str, ...]
    sense: Sense


@cache
def roots(path: Path = paths.LEXICONS / "stance.csv") -> dict[str, str]:
    """Lemma -> the PLOVER root that it reports; a verb's where a noun is spelt like it.

    >>> roots()["condemn"], roots()["rule out"]
    ('ACCUSE', 'REJECT')
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["lemma"], row["event"]) for row in csv.DictReader(file) if row["event"]]
    return dict(reversed(rows))


@cache
def lexicon(path: Path = paths.LEXICONS / "stance.csv") -> dict[str, dict[tuple[str, ...], Senses]]:
    """First word -> whole form (its words) -> senses, a verb's before a noun's.

    >>> [(s.lemma, s.pos, s.cls, s.tag) for s in lexicon()["condemned"][("condemned",)]]
    [('condemn', 'verb', 'condemn', 'past')]
    >>> [s.cls for s in lexicon()["ruled"]["ruled", "out"]]
    ['exclude']
    """
    made: dict[str, dict[tuple[str, ...], Senses]] = {}
    for words, sense in _entries(path):
        entry = made.setdefault(words[0], {})
        if GAP not in words:
            entry[words] = (*entry.get(words, ()), sense)
        elif sense.tag == PAST:  # "was held responsible"
            entry.setdefault(tuple(word for word in words if word != GAP), (sense,))
    return made


@cache
def gapped(path: Path = paths.LEXICONS / "stance.csv") -> dict[str, list[Gapped]]:
    """First word -> the entries whose object stands inside them: "hold … responsible".

    >>> [(g.head, g.tail, g.sense.lemma) for g in gapped()["tears"]]
    [(('tears',), ('up',), 'tear … up')]
    """
    made: dict[str, list[Gapped]] = {}
    for words, sense in _entries(path):
        if GAP in words:
            at = words.index(GAP)
            made.setdefault(words[0], []).append(Gapped(words[:at], words[at + 1 :], sense))
    return made


def _entries(path: Path) -> Iterator[tuple[tuple[str, ...], Sense]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = row["forms"].split("|")
            for at, form in enumerate(forms):
                tag = _tag(at, len(forms)) if row["pos"] == "verb" else ""
                yield (
                    tuple(form.split()),
                    Sense(row["lemma"], row["pos"], row["class"], tag, row["event"]),
                )


@cache
def judgements() -> re.Pattern[str]:
    """What finds "is" with a judgement close after it.

    >>> bool(judgements().search("He was a reckless man.")), judgements().search("It is.")
    (True, None)
    """
    entries = (senses for entry in lexicon().values() for senses in entry.items())
    forms = (" ".join(form) for form, senses in entries if senses[0].pos == "evaluation")
    words = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return re.compile(rf"\b(?:is|are|was|were|be|been)\b.{{0,60}}?\b(?:{words})\b")


def _tag(at: int, n: int) -> str:
    if at == 0:
        return PAST if n == 3 else BASE  # "cut", "put": the past is more frequent in news
    return PRESENT if at == 1 else ING if at == n - 1 else PAST


def longest(words: list[str], at: int) -> tuple[int, Senses]:
    """How many words the longest form that begins at ``at`` has, and its senses; (0, ()) for none.

    >>> longest("they ruled out talks".split(), 1)[0]
    2
    """
    entry = lexicon().get(words[at])
    if not entry:
        return 0, ()
    for n in range(min(_LONGEST, len(words) - at), 0, -1):
        senses = entry.get(tuple(words[at : at + n]))
        if senses:
            return n, senses
    return 0, ()


_LONGEST = 6

"""The words of a position: verbs, nouns and judgements of support, opposition, demand and refusal.

`data/lexicons/stance.csv` gives each a class; `polarity` says what a class does to what it governs.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            forms = row["forms"].split("|")
            for at, form in enumerate(forms):
                words = tuple(form.split())
                tag = _tag(at, len(forms)) if row["pos"] == "verb" else ""
                sense = Sense(row["lemma"], row["pos"], row["class"], tag, row["event"])
                entry = made.setdefault(words[0], {})
                entry[words] = (*entry.get(words, ()), sense)
    return made


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

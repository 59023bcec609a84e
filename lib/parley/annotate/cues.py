"""Cues: the verbs and phrases that introduce what somebody said, and their classes."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parley import paths


@dataclass(frozen=True)
class Cue:
    """A cue in a text: its span, its lemma and its class (`terms.CUE_CLASSES`)."""

    start: int
    end: int
    lemma: str
    cue_class: str


@cache
def lexicon(path: Path = paths.LEXICONS / "cues.csv") -> dict[str, tuple[str, str]]:
    """Form -> (lemma, class) of every cue in the shipped lexicon.

    >>> lexicon()["denied"], lexicon()["according to"]
    (('deny', 'assertive'), ('according to', 'neutral'))
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {form: (row["lemma"], row["class"]) for row in rows for form in row["forms"].split("|")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(lexicon(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def find_cues(text: str, start: int = 0, end: int | None = None) -> list[Cue]:
    """The cues in ``text[start:end]``, in order, their offsets in ``text``.

    >>> [(cue.lemma, cue.cue_class) for cue in find_cues("He claimed that; she said no.")]
    [('claim', 'distancing'), ('say', 'neutral')]
    """
    matches = _pattern().finditer(text, start, len(text) if end is None else end)
    return [Cue(m.start(), m.end(), *lexicon()[m.group().lower()]) for m in matches]


def cue_class(words: str) -> str:
    """The class of a cue as the encoder marked it ("has repeatedly denied"): its last known verb's.

    >>> cue_class("has repeatedly denied"), cue_class("in a statement")
    ('assertive', 'neutral')
    """
    found = find_cues(words)
    return found[-1].cue_class if found else "neutral"

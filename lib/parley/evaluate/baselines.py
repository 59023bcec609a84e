"""The simple systems that a learned one has to beat."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from parley.evaluate.examples import Tagged

QUOTED = re.compile(r"[\"“][^\"“”]{3,}[\"”]")
SAYING = re.compile(r"\b(?:said|says|say|told|added|according to)\b", re.IGNORECASE)


@cache
def _analyzer():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def vader(texts: Sequence[str]) -> np.ndarray:
    """VADER's compound score of each text, from -1 to 1 (Hutto & Gilbert 2014)."""
    known = {text: _analyzer().polarity_scores(text)["compound"] for text in set(texts)}
    return np.array([known[text] for text in texts])


def vader_class(texts: Sequence[str]) -> np.ndarray:
    """0 negative, 1 neutral, 2 positive, cut at the usual -0.05 and 0.05."""
    score = vader(texts)
    return np.where(score <= -0.05, 0, np.where(score >= 0.05, 2, 1))


def capitals(example: Tagged, kind: str) -> list[tuple[int, int, str]]:
    """Every run of capitalised words but the first word, all taken for the commonest kind."""
    found: list[tuple[int, int, str]] = []
    for at, (start, end) in enumerate(example.tokens):
        big = at > 0 and example.text[start].isupper()
        if big and found and found[-1][1] == example.tokens[at - 1][1]:
            found[-1] = (found[-1][0], end, kind)
        elif big:
            found.append((start, end, kind))
    return found


def quotation(example: Tagged) -> list[tuple[int, int, str]]:
    """What stands between quotation marks is content; a verb of saying is a cue."""
    return [
        *((*m.span(), "content") for m in QUOTED.finditer(example.text)),
        *((*m.span(), "cue") for m in SAYING.finditer(example.text)),
    ]

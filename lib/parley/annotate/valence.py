"""How a sentence sounds, between -1 and 1, whoever it is about.

``vader`` is Hutto & Gilbert's rule-based compound score (2014), kept as a column for comparison
with older work.
"""

from functools import cache

import pandas as pd


@cache
def _analyzer():
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def vader(texts: pd.Series) -> pd.Series:
    """Give VADER's compound score (-1..1) of each text; the same text is scored once.

    >>> scores = vader(pd.Series(["A great success.", "A horrible war.", "He sat."]))
    >>> [round(score, 2) for score in scores]
    [0.83, -0.81, 0.0]
    """
    compound = {text: _analyzer().polarity_scores(text)["compound"] for text in set(texts)}
    return texts.map(compound).astype("float64")

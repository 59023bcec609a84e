"""Intervals with a closed form, correction for many tests, and the rule for "too few to say"."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from parley.errors import ParleyError
from parley.measure.options import need

CONFIDENCE = 0.95
LEAST = 5  # stories under which a figure is shown as too few to say

Floats = NDArray[np.float64]


def wilson(
    successes: ArrayLike, trials: ArrayLike, *, confidence: float = CONFIDENCE
) -> tuple[Floats, Floats]:
    """Give the score interval of a share (Wilson 1927, JASA 22: 209-212); nan where no trials.

    >>> low, high = wilson(8, 10)
    >>> round(float(low), 4), round(float(high), 4)
    (0.4902, 0.9433)
    """
    hits, n = np.asarray(successes, float), np.asarray(trials, float)
    if np.any(hits > n) or np.any(hits < 0):
        raise ParleyError("a share needs 0 <= successes <= trials")
    z = stats.norm.isf((1 - confidence) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = hits / n
        centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    low = np.where(hits == 0, np.where(n > 0, 0.0, np.nan), centre - half)
    return low, np.where(hits == n, np.where(n > 0, 1.0, np.nan), centre + half)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Give p adjusted for the false discovery rate (Benjamini & Hochberg 1995); nan stays nan.

    >>> benjamini_hochberg([0.01, 0.04, 0.03, float("nan")]).round(3)
    array([0.03, 0.04, 0.04,  nan])
    """
    raw = np.asarray(p, float)
    adjusted = np.full(raw.shape, np.nan)
    known = ~np.isnan(raw)
    if known.any():
        adjusted[known] = stats.false_discovery_control(raw[known])
    return adjusted


def too_few(frame: pd.DataFrame, *, least: int = LEAST, count: str = "stories") -> pd.DataFrame:
    """Add ``enough``: true where the row rests on ``least`` stories or more and has an interval.

    Needs ``low``, ``high`` and the column that ``count`` names. The rule is one of caution, not a
    test: under five independent stories a bootstrap says next to nothing about the spread.

    >>> few = pd.DataFrame({"low": [0.1, 0.2], "high": [0.3, 0.4], "stories": [4, 40]})
    >>> too_few(few)["enough"].tolist()
    [False, True]
    """
    need(frame, ["low", "high", count], "figures")
    known = frame["low"].notna() & frame["high"].notna()
    return frame.assign(enough=(known & (frame[count] >= least)).astype(bool))

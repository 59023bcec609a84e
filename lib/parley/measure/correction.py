"""Totals corrected for the annotators' errors, beside the naive ones.

A share that a model with errors counts is biased, and no number of articles mends it. A few hundred
units coded by hand do. All three corrections here need a probability sample, such as
``sample_for_coding`` draws.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES, Draws, by_story, percentiles
from parley.measure.intervals import CONFIDENCE, LEAST
from parley.measure.options import need

Floats = NDArray[np.float64]


def rogan_gladen(share: ArrayLike, sensitivity: ArrayLike, specificity: ArrayLike) -> Floats:
    """Give the true share behind an apparent one (Rogan & Gladen 1978, AJE 107: 71-76), in 0..1.

    Nan where the classifier is no better than chance (sensitivity + specificity <= 1).

    >>> float(rogan_gladen(0.3, 0.8, 0.9).round(4))
    0.2857
    """
    p, se, sp = (np.asarray(x, float) for x in (share, sensitivity, specificity))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(se + sp > 1, np.clip((p + sp - 1) / (se + sp - 1), 0, 1), np.nan)


def ppi_mean(
    truth: ArrayLike, predicted: ArrayLike, predicted_rest: ArrayLike
) -> tuple[float, float, float]:
    """Give a mean and its interval by prediction-powered inference.

    Angelopoulos et al. 2023 (Science 382: 669-674): the mean prediction over the units without a
    code, plus the mean error over a simple random sample of coded ones; normal interval, 95 %.

    >>> estimate, low, high = ppi_mean([1, 0, 1, 1], [1, 1, 1, 0], [1, 0, 0, 1, 1, 0])
    >>> round(estimate, 3), round(low, 3), round(high, 3)
    (0.5, -0.3, 1.3)
    """
    y, f, rest = (np.asarray(x, float) for x in (truth, predicted, predicted_rest))
    if len(y) != len(f):
        raise ParleyError("every coded unit needs both a code and a prediction")
    if not len(y) or not len(rest):
        return (float("nan"),) * 3
    estimate = rest.mean() + (y - f).mean()
    half = stats.norm.isf((1 - CONFIDENCE) / 2) * np.sqrt(
        rest.var() / len(rest) + (y - f).var() / len(y)
    )
    return float(estimate), float(estimate - half), float(estimate + half)


def dsl_mean(
    truth: ArrayLike,
    predicted: ArrayLike,
    inclusion: ArrayLike,
    *,
    cluster: ArrayLike | None = None,
) -> tuple[float, float, float]:
    """Give a mean and its interval by design-based supervised learning.

    Egami, Hinck, Stewart & Wei 2023 (NeurIPS 36): every unit's prediction plus, for coded units,
    its error over the known probability of being coded. ``truth`` is nan where not coded. The
    interval is by t, its variance over ``cluster`` (stories), units where that is absent.

    >>> nan = float("nan")
    >>> estimate, low, high = dsl_mean([1, nan, 0, nan], [1, 1, 1, 0], [0.5, 0.5, 0.5, 0.5])
    >>> round(estimate, 3)
    0.25
    """
    y, f, p = (np.asarray(x, float) for x in (truth, predicted, inclusion))
    coded = ~np.isnan(y)
    if (p[coded] <= 0).any() or (p > 1).any():
        raise ParleyError("a coded unit needs a probability of being coded over 0 and at most 1")
    if not coded.any():
        return (float("nan"),) * 3
    pseudo = f + np.where(coded, (np.where(coded, y, 0) - f) / np.where(coded, p, 1), 0)
    number = np.arange(len(y)) if cluster is None else pd.factorize(np.asarray(cluster))[0]
    return _clustered(pseudo, number)


def _clustered(values: Floats, cluster: NDArray[np.int64]) -> tuple[float, float, float]:
    """Give the mean and its t interval with the variance of whole clusters (Liang & Zeger 1986)."""
    mean = values.mean()
    half = _half_width((values - mean) / len(values), cluster)
    return float(mean), float(mean - half), float(mean + half)


def _half_width(influence: Floats, cluster: NDArray[np.int64]) -> float:
    """Give half of the t interval of a sum of influences; nan where all are of one cluster."""
    sums = np.bincount(cluster, influence)
    many = len(sums)
    if many < 2:
        return float("nan")
    error = np.sqrt(many / (many - 1) * (sums**2).sum())
    return float(stats.t.isf((1 - CONFIDENCE) / 2, many - 1) * error)


def corrected_totals(
    units: pd.DataFrame,
    *,
    truth: str = "truth",
    predicted: str = "predicted",
    inclusion: str | None = "inclusion",
    story: str | None = "story_id",
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Give each label's share and total as the model counts it and as it is after correction.

    Needs a row for *every* unit of the corpus: what was predicted, the true code (null where nobody
    coded it) and the probability with which it was drawn for coding (null where not coded; without
    the column, the same for all). Gives [label, method, estimate, low, high, total, total_low,
    total_high, n, coded, enough]: n units, of which ``coded`` have a code.

    Methods: ``naive`` counts predictions; ``rogan-gladen`` (1978) inverts sensitivity and
    specificity; ``ppi`` (Angelopoulos et al. 2023) and ``dsl`` (Egami et al. 2023) add the mean
    error of coded units, weighted by 1 / inclusion: ppi to the predictions of units that were not
    coded (of all units, where chances differ), dsl unit by unit. Intervals: bootstrap over stories
    (naive, rogan-gladen), story-clustered variance (ppi, dsl). Their ends are cut at 0 and 1. The
    naive interval knows nothing of errors: it is shown to be doubted. Corrections are ``enough``
    from 50 coded units on.

    >>> units = pd.DataFrame({"predicted": ["favor"] * 120 + ["against"] * 80,
    ...     "truth": ["favor"] * 50 + ["against"] * 10 + [None] * 60 + ["against"] * 40
    ...     + [None] * 40, "story_id": range(200)})
    >>> found = corrected_totals(units, inclusion=None)
    >>> favor = found[found["label"] == "favor"]
    >>> favor[["method", "estimate"]].round(2).values.tolist()
    [['naive', 0.6], ['rogan-gladen', 0.5], ['ppi', 0.5], ['dsl', 0.5]]
    """
    need(units, [truth, predicted], "units")
    units = units[units[predicted].notna()].reset_index(drop=True)
    coded = units[truth].notna().to_numpy()
    chance = _inclusion(units, inclusion, coded)
    named = story is not None and story in units.columns
    cluster = pd.factorize(units[story], sort=True)[0] if named else np.arange(len(units))
    labels = sorted({*units[predicted], *units.loc[coded, truth]})
    draws = Draws(int(cluster.max(initial=0)) + 1, resamples, seed)
    rows = []
    for label in labels:
        f = (units[predicted] == label).to_numpy(float)
        y = np.where(coded, (units[truth] == label).to_numpy(float, na_value=0.0), np.nan)
        rows += [(label, *row) for row in _corrected(y, f, chance, cluster, draws)]
    frame = pd.DataFrame(rows, columns=["label", "method", "estimate", "low", "high"])
    return _totalled(frame, len(units), int(coded.sum()))


def _inclusion(units: pd.DataFrame, inclusion: str | None, coded: NDArray[np.bool_]) -> Floats:
    """Give each unit's probability of being coded; the share of coded units where it is unknown."""
    share = coded.mean() if len(coded) else float("nan")
    if inclusion is None or inclusion not in units.columns:
        return np.full(len(units), share)
    chance = pd.to_numeric(units[inclusion]).to_numpy(float, na_value=np.nan)
    if coded.any() and np.isnan(chance[coded]).any():
        raise ParleyError(f"a coded unit has no {inclusion!r}: take it from the key of the sample")
    return np.where(np.isnan(chance), 0.0, chance)


def _corrected(y: Floats, f: Floats, chance: Floats, cluster: NDArray, draws: Draws) -> list[tuple]:
    coded = ~np.isnan(y)
    weight = np.where(coded, 1 / np.where(coded, chance, 1), 0.0)
    hit = np.where(coded, np.where(coded, y, 0), 0)
    miss = weight * (1 - hit)  # the weight is 0 where nothing was coded
    parts = np.stack([f, np.ones_like(f), weight * hit * f, weight * hit, miss * (1 - f), miss])
    row = np.repeat(np.arange(6), len(f))
    sums = by_story(row, np.tile(cluster, 6), parts.ravel(), (6, draws.stories))
    once, drawn = parts.sum(axis=1, keepdims=True), draws.sums(sums)
    found = []
    for name, figure in (("naive", _naive), ("rogan-gladen", _inverted)):
        low, high = percentiles(figure(drawn)[None, :], np.array([draws.stories]))
        found.append((name, float(figure(once)[0]), float(low[0]), float(high[0])))
    return [
        *found,
        ("ppi", *_ppi(y, f, weight, cluster)),
        ("dsl", *dsl_mean(y, f, chance, cluster=cluster)),
    ]


def _naive(sums: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return sums[0] / sums[1]


def _inverted(sums: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return rogan_gladen(sums[0] / sums[1], sums[2] / sums[3], sums[4] / sums[5])


def _ppi(y: Floats, f: Floats, weight: Floats, cluster: NDArray) -> tuple[float, float, float]:
    """Mean the predictions of what was not coded, and add the weighted mean error of what was."""
    coded = ~np.isnan(y)
    if not coded.any() or coded.all():
        return (float("nan"),) * 3
    chances_differ = np.ptp(weight[coded]) > 1e-9
    rest = np.ones(len(f), bool) if chances_differ else ~coded
    error = np.where(coded, np.where(coded, y, 0) - f, 0)
    base, gap = f[rest].mean(), (weight * error).sum() / weight.sum()
    influence = np.where(rest, f - base, 0) / rest.sum() + weight * (error - gap) / weight.sum()
    half = _half_width(influence, cluster)
    return float(base + gap), float(base + gap - half), float(base + gap + half)


def _totalled(frame: pd.DataFrame, units: int, coded: int) -> pd.DataFrame:
    frame["low"], frame["high"] = frame["low"].clip(0, 1), frame["high"].clip(0, 1)
    for name, column in (("total", "estimate"), ("total_low", "low"), ("total_high", "high")):
        frame[name] = frame[column] * units
    frame = frame.assign(n=units, coded=coded)
    known = frame["low"].notna() & ((frame["method"] == "naive") | (coded >= 10 * LEAST))
    frame = frame.assign(enough=known.astype(bool))
    if not coded:
        frame.attrs["reason"] = "nothing has been coded: only the naive figures can be given"
    elif frame.empty:
        frame.attrs["reason"] = "there are no units"
    return frame

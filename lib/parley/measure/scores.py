"""How right the annotators are: precision, recall, F1 by class, confusion, calibration."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley.measure.bootstrap import RESAMPLES, Draws, Ratio, by_story, interval, percentiles
from parley.measure.intervals import LEAST, wilson
from parley.measure.options import need

Floats = NDArray[np.float64]
_SCORES = ("precision", "recall", "f1")


def class_scores(
    coded: pd.DataFrame,
    *,
    truth: str = "truth",
    predicted: str = "predicted",
    weight: str | None = None,
    story: str | None = "story_id",
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure precision, recall and F1 of every class, accuracy and macro F1, with intervals.

    Needs a row a unit with the columns that ``truth`` and ``predicted`` name; rows without a truth
    are left out. ``story`` names what is drawn by the bootstrap (units, where None or absent);
    ``weight`` the column that a unit counts by: 1 / inclusion, where the sample was stratified.
    Gives [label, measure, estimate, low, high, n, enough]: n is the number of units below the line.
    A score of 0 or 1 that no draw can move gets Wilson's (1927) bound for n. Accuracy and macro F1
    have the label "(all)".

    >>> coded = pd.DataFrame({"truth": ["for", "for", "against", "none"],
    ...     "predicted": ["for", "against", "against", "none"]})
    >>> scores = class_scores(coded, resamples=50)
    >>> scores[["label", "measure", "estimate"]].head(2).values.tolist()
    [['against', 'precision', 0.5], ['against', 'recall', 1.0]]
    """
    need(coded, [truth, predicted, *([weight] if weight else [])], "coded units")
    rows = coded[coded[truth].notna() & coded[predicted].notna()]
    said, meant = rows[predicted].to_numpy(object), rows[truth].to_numpy(object)
    labels = sorted({*said, *meant})
    heavy = rows[weight].to_numpy(float) if weight else np.ones(len(rows))
    cluster = _clusters(rows, story)
    ratio, n = _ratios(said, meant, labels, heavy, cluster)
    draws = Draws(int(cluster.max(initial=0)) + 1, resamples, seed)
    frame = _scored(ratio, n, labels, draws)
    if rows.empty:
        frame.attrs["reason"] = "no unit has been coded"
    return frame


def _clusters(rows: pd.DataFrame, story: str | None) -> NDArray[np.int64]:
    if story is None or story not in rows.columns:
        return np.arange(len(rows))
    return pd.factorize(rows[story], sort=True)[0].astype(np.int64)


def _ratios(
    said: NDArray, meant: NDArray, labels: list, heavy: Floats, cluster: NDArray[np.int64]
) -> tuple[Ratio, Floats]:
    """Make precision, recall, F1 of each label, and accuracy, as ratios of sums over clusters."""
    over, under = [said == meant], [np.ones(len(said))]
    for label in labels:
        hit, s, m = (said == label) & (meant == label), said == label, meant == label
        over += [hit, hit, 2 * hit]
        under += [s, m, s.astype(int) + m]
    many, size = len(over), int(cluster.max(initial=0)) + 1
    row = np.repeat(np.arange(many), len(said))
    story = np.tile(cluster, many)
    above = by_story(row, story, np.concatenate(over) * np.tile(heavy, many), (many, size))
    below = by_story(row, story, np.concatenate(under) * np.tile(heavy, many), (many, size))
    below.eliminate_zeros()
    n = np.array([(part > 0).sum() for part in under])
    return Ratio(above, below, np.arange(many)), n


def _scored(ratio: Ratio, n: Floats, labels: list, draws: Draws) -> pd.DataFrame:
    estimate = ratio.estimate
    low, high = _with_ends(estimate, n, *interval(ratio, draws))
    names = [("(all)", "accuracy"), *((label, score) for label in labels for score in _SCORES)]
    frame = pd.DataFrame(names, columns=["label", "measure"])
    frame = frame.assign(estimate=estimate, low=low, high=high, n=n)
    macro = _macro(ratio, len(labels), draws)
    frame = pd.concat([frame.iloc[1:], frame.iloc[:1], macro], ignore_index=True)
    known = frame["low"].notna() & (frame["n"] >= LEAST)
    return frame.assign(enough=known.astype(bool))


def _macro(ratio: Ratio, labels: int, draws: Draws) -> pd.DataFrame:
    """Mean the F1s; a class that a draw does not hold is left out of its mean."""
    f1 = np.arange(3, 1 + 3 * labels, 3)
    values = ratio.take(f1).replicates(draws)
    known = ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=0)
    means = np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)
    low, high = percentiles(means[None, :], ratio.stories[:1])
    estimate = ratio.estimate[f1].mean() if labels else np.nan
    n = np.count_nonzero(ratio.under[[0]].toarray()) if labels else 0
    row = {"label": "(all)", "measure": "macro f1", "estimate": estimate, "low": low, "high": high}
    return pd.DataFrame({**row, "n": n})


def _with_ends(estimate: Floats, n: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    least, most = wilson(n, n)[0], wilson(np.zeros_like(n), n)[1]
    return np.where(estimate == 1, least, low), np.where(estimate == 0, most, high)


def confusion(
    coded: pd.DataFrame,
    *,
    truth: str = "truth",
    predicted: str = "predicted",
    evidence: str | None = "evidence",
) -> pd.DataFrame:
    """Count what was taken for what: every pair of true and predicted label.

    Needs the columns that ``truth`` and ``predicted`` name. Gives [truth, predicted, n, estimate,
    low, high, evidence]: ``estimate`` is the share of the true label's units, with Wilson's (1927)
    interval; evidence, where the units have such a column, holds 20 of its keys at most.

    >>> coded = pd.DataFrame({"truth": ["a", "a", "b"], "predicted": ["a", "b", "b"]})
    >>> confusion(coded)[["truth", "predicted", "n", "estimate"]].values.tolist()[:2]
    [['a', 'a', 1, 0.5], ['a', 'b', 1, 0.5]]
    """
    need(coded, [truth, predicted], "coded units")
    rows = coded[coded[truth].notna() & coded[predicted].notna()]
    labels = sorted({*rows[truth], *rows[predicted]})
    cells = pd.MultiIndex.from_product([labels, labels], names=["truth", "predicted"])
    pairs = pd.MultiIndex.from_arrays([rows[truth], rows[predicted]], names=cells.names)
    n = pairs.value_counts().reindex(cells, fill_value=0)
    frame = n.rename("n").reset_index()
    total = frame.groupby("truth")["n"].transform("sum")
    frame["estimate"] = frame["n"] / total.replace(0, np.nan)
    frame["low"], frame["high"] = wilson(frame["n"], total)
    return frame.assign(evidence=_keys(rows, truth, predicted, evidence, frame))


def _keys(
    rows: pd.DataFrame, truth: str, predicted: str, evidence: str | None, frame: pd.DataFrame
) -> pd.Series:
    if evidence is None or evidence not in rows.columns:
        return pd.Series([()] * len(frame), dtype=object)
    held = rows.groupby([truth, predicted])[evidence].agg(lambda keys: tuple(sorted(keys)[:20]))
    found = [held.get(pair, ()) for pair in zip(frame["truth"], frame["predicted"], strict=True)]
    return pd.Series(found, dtype=object)


def calibration(
    coded: pd.DataFrame,
    *,
    truth: str = "truth",
    predicted: str = "predicted",
    probability: str = "probability",
    bins: int = 10,
) -> pd.DataFrame:
    """Compare what the annotators claim with what they reach, in bins of probability.

    Needs the columns that ``truth``, ``predicted`` and ``probability`` name. Gives [from, to,
    probability (mean), estimate (share right), low, high (Wilson 1927), n]; ``attrs["ece"]`` is the
    expected calibration error: the mean gap, weighted by n (Naeini et al. 2015; Guo et al. 2017).

    >>> coded = pd.DataFrame({"truth": list("aabb"), "predicted": list("aaba"),
    ...     "probability": [0.95, 0.95, 0.95, 0.55]})
    >>> round(calibration(coded).attrs["ece"], 3)
    0.175
    """
    need(coded, [truth, predicted, probability], "coded units")
    rows = coded[coded[[truth, predicted, probability]].notna().all(axis=1)]
    p = rows[probability].to_numpy(float)
    right = (rows[truth].to_numpy(object) == rows[predicted].to_numpy(object)).astype(float)
    bin_of = np.clip(np.ceil(p * bins).astype(int) - 1, 0, bins - 1)
    n = np.bincount(bin_of, minlength=bins)
    hits, claimed = np.bincount(bin_of, right, bins), np.bincount(bin_of, p, bins)
    low, high = wilson(hits, n)
    edges = np.arange(bins + 1) / bins
    frame = pd.DataFrame({"from": edges[:-1], "to": edges[1:]})
    held = np.where(n > 0, n, np.nan)
    frame = frame.assign(probability=claimed / held, estimate=hits / held, low=low, high=high, n=n)
    gap = np.abs(hits - claimed).sum() / len(rows) if len(rows) else float("nan")
    frame.attrs["ece"] = float(gap)
    return frame

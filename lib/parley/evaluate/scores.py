"""The field's scorers, in a few lines each, and a bootstrap that draws whole groups."""

from collections.abc import Callable, Sequence

import numpy as np


def macro_f1(gold: np.ndarray, guess: np.ndarray, n_classes: int) -> float:
    """The mean over classes of F1; a class that neither holds counts as nothing.

    >>> round(macro_f1(np.array([0, 0, 1]), np.array([0, 1, 1]), 2), 3)
    0.667
    """
    table = np.zeros((n_classes, n_classes))
    np.add.at(table, (gold, guess), 1)
    return macro_f1_of(table)


def macro_f1_of(table: np.ndarray) -> float:
    """The same from a table of counts, gold by guess."""
    hit, total = np.diag(table), table.sum(0) + table.sum(1)
    met = total > 0
    return float(np.mean(2 * hit[met] / total[met])) if met.any() else float("nan")


def f1(hits: float, guesses: float, golds: float) -> float:
    """F1 from counts.

    >>> round(f1(2, 4, 3), 3)
    0.571
    """
    return 2 * hits / (guesses + golds) if guesses + golds else float("nan")


def span_counts(gold: Sequence, guess: Sequence, kinds: Sequence[str]) -> np.ndarray:
    """Hits, guesses and golds of each kind in one sentence; a hit has the same ends and kind."""
    hits = set(gold) & set(guess)
    return np.array([
        [sum(s[2] == kind for s in group) for kind in kinds]
        for group in (hits, set(guess), set(gold))
    ])  # fmt: skip


def pearson(x: np.ndarray, y: np.ndarray) -> float:
    """Pearson's r; not a number where either side never varies."""
    if len(x) < 2 or x.std() == 0 or y.std() == 0:
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def calibration_error(probabilities: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: the mean gap of confidence and accuracy in bins of equal n."""
    order = np.argsort(probabilities)
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(probabilities[p].mean() - right[p].mean()) * len(p) for p in parts]
    return float(sum(gaps) / len(order)) if len(order) else float("nan")


def bootstrap(
    groups: Sequence[str], score: Callable[[np.ndarray], float], *, draws: int = 500, seed: int = 0
) -> tuple[float, float]:
    """The 95% interval of a score of row numbers when whole groups are drawn anew."""
    names, owner = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    order = np.argsort(owner, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(owner, minlength=len(names)))[:-1])
    rng = np.random.default_rng(seed)
    values = [
        score(np.concatenate([members[i] for i in rng.integers(len(names), size=len(names))]))
        for _ in range(draws)
    ]
    known = [value for value in values if value == value]
    if not known:
        return float("nan"), float("nan")
    low, high = np.percentile(known, [2.5, 97.5])
    return float(low), float(high)

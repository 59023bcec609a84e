"""Do coders agree? Krippendorff's alpha, Cohen's kappa, Gwet's AC1, with intervals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES, Draws, percentiles
from parley.measure.options import choose, need

LEVELS = ("nominal", "ordinal", "interval", "ratio")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Units:
    """How often each unit got each value, and what each coder said of it (-1: nothing)."""

    values: NDArray
    counts: Floats  # units x values
    said: NDArray[np.int64]  # units x coders

    @property
    def sizes(self) -> Floats:
        return self.counts.sum(axis=1)


def _units(matrix: ArrayLike) -> _Units:
    table = pd.DataFrame(np.asarray(matrix, dtype=object))
    flat = table.to_numpy().ravel()
    code, values = pd.factorize(flat, sort=True)
    said = code.reshape(table.shape)
    counts = (said[:, :, None] == np.arange(len(values))).sum(axis=1)
    return _Units(np.asarray(values), counts.astype(float), said)


def krippendorff_alpha(matrix: ArrayLike, *, level: str = "nominal") -> float:
    """Give Krippendorff's alpha of units (rows) by coders (columns); None or nan is no answer.

    Krippendorff 2011, "Computing Krippendorff's alpha-reliability": 1 - observed over expected
    disagreement. ``level``: nominal, ordinal (codes in their sorted order), interval or ratio. Nan
    where all answers are the same or no unit has two.

    >>> round(krippendorff_alpha([[1, 1], [2, 2], [1, 2], [2, 2]]), 4)
    0.5333
    """
    choose(level, LEVELS, "level")
    units = _units(matrix)
    return float(_alpha(_coincidences(units).sum(axis=0)[None, :], units.values, level)[0])


def _coincidences(units: _Units) -> Floats:
    """Give each unit's pairs of values, units x (values * values); one answer makes no pair."""
    counts, many = units.counts, len(units.values)
    paired = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(many)
    weight = np.where(units.sizes > 1, 1 / np.maximum(units.sizes - 1, 1), 0)
    return (paired * weight[:, None, None]).reshape(len(counts), many * many)


def _alpha(coincidences: Floats, values: NDArray, level: str) -> Floats:
    """Give alpha for each row of coincidences (one a draw)."""
    many = len(values)
    o = coincidences.reshape(-1, many, many)
    n_c = o.sum(axis=2)
    n = n_c.sum(axis=1)
    distance = _distance(n_c, values, level)
    seen = (o * distance).sum(axis=(1, 2))
    awaited = (n_c[:, :, None] * n_c[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(awaited > 0, 1 - (n - 1) * seen / awaited, np.nan)


def _distance(n_c: Floats, values: NDArray, level: str) -> Floats:
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(len(values)), (len(n_c), len(values), len(values)))
    if level == "ordinal":
        upto = np.cumsum(n_c, axis=1)
        middle = upto - n_c / 2  # the rank of a value's middle; ranks differ by what lies between
        return (middle[:, :, None] - middle[:, None, :]) ** 2
    numbers = _numbers(values)
    gap = numbers[:, None] - numbers[None, :]
    if level == "ratio":
        total = numbers[:, None] + numbers[None, :]
        gap = np.divide(gap, total, out=np.zeros_like(gap), where=total != 0)
    return np.broadcast_to(gap**2, (len(n_c), len(values), len(values)))


def _numbers(values: NDArray) -> Floats:
    try:
        return np.asarray(values, float)
    except ValueError as problem:
        raise ParleyError(
            f"interval and ratio levels need numbers as codes: {problem}"
        ) from problem


def cohen_kappa(matrix: ArrayLike) -> float:
    """Give Cohen's kappa of two coders (1960), or the mean over pairs of coders (Light 1971).

    >>> round(cohen_kappa([["a", "a"], ["b", "b"], ["a", "b"], ["b", "b"]]), 4)
    0.5
    """
    units = _units(matrix)
    tables = [table.sum(axis=0)[None, :] for table in _tables(units)]
    return float(_kappa(tables, len(units.values))[0])


def _tables(units: _Units) -> list[Floats]:
    """Give for each pair of coders which two values each unit got, units x (values * values)."""
    many, coders = len(units.values), units.said.shape[1]
    tables = []
    for a in range(coders):
        for b in range(a + 1, coders):
            first, second = units.said[:, a], units.said[:, b]
            both = (first >= 0) & (second >= 0)
            table = np.zeros((len(first), many * many))
            table[both, first[both] * many + second[both]] = 1
            tables.append(table)
    return tables


def _kappa(tables: list[Floats], many: int) -> Floats:
    values = []
    for table in tables:
        joint = table.reshape(-1, many, many)
        n = joint.sum(axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            seen = np.trace(joint, axis1=1, axis2=2) / n
            awaited = (joint.sum(axis=2) * joint.sum(axis=1)).sum(axis=1) / n**2
            values.append(np.where(awaited < 1, (seen - awaited) / (1 - awaited), np.nan))
    if not values:
        return np.array([np.nan])
    known = ~np.isnan(values)
    total = np.where(known, values, 0).sum(axis=0)
    return np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan)


def gwet_ac1(matrix: ArrayLike, *, categories: int | None = None) -> float:
    """Give Gwet's AC1 (2008, BJMSP 61: 29-48), steady where one value is far more frequent.

    For any number of coders and with answers missing, as in Gwet (2014). ``categories`` is how many
    values the scale has, if not all of them were used.

    >>> round(gwet_ac1([["a", "a"]] * 9 + [["a", "b"]]), 4)
    0.8895
    """
    units = _units(matrix)
    agreed, shares = (part.sum(axis=0)[None, :] for part in _ac1_parts(units))
    return float(_ac1(agreed, shares, categories or len(units.values))[0])


def _ac1_parts(units: _Units) -> tuple[Floats, Floats]:
    """Give what AC1 sums over units: (agreement, paired) and (shares of values, answered)."""
    size = units.sizes
    paired = (size > 1).astype(float)
    agree = (units.counts * (units.counts - 1)).sum(axis=1) / np.maximum(size * (size - 1), 1)
    shares = units.counts / np.maximum(size, 1)[:, None]
    answered = (size > 0).astype(float)
    return np.column_stack([agree * paired, paired]), np.column_stack([shares, answered])


def _ac1(agreement: Floats, shares: Floats, many: int) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = agreement[:, 0] / agreement[:, 1]
        share = shares[:, :-1] / shares[:, -1:]
        awaited = (share * (1 - share)).sum(axis=1) / max(many - 1, 1)
        return np.where(agreement[:, 1] > 0, (seen - awaited) / (1 - awaited), np.nan)


def agreement(
    codes: pd.DataFrame,
    *,
    unit: str = "unit",
    coder: str = "coder",
    code: str = "code",
    level: str = "nominal",
    cluster: str | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how far coders agree, beyond chance, with an interval from whole units.

    Needs one row a unit and coder, with the columns that ``unit``, ``coder`` and ``code`` name; a
    null code is no answer. ``cluster`` names a column (a story) to draw instead of units. ``level``
    is that of alpha. Gives [measure, estimate, low, high, n, coders]: percent agreement, alpha,
    kappa and AC1; n is the number of units with two answers or more. A measure that cannot be
    computed (all answers the same) is null, and ``attrs["reason"]`` says why.

    >>> codes = pd.DataFrame({"unit": [1, 1, 2, 2, 3, 3], "coder": ["a", "b"] * 3,
    ...     "code": ["favor", "favor", "none", "none", "against", "none"]})
    >>> agreement(codes, resamples=50)[["measure", "estimate", "n"]].round(3).values.tolist()
    [['percent agreement', 0.667, 3], ['alpha', 0.545, 3], ['kappa', 0.5, 3], ['ac1', 0.52, 3]]
    """
    choose(level, LEVELS, "level")
    wide, clusters = _wide(codes, unit, coder, code, cluster)
    units = _units(wide)
    members = sparse.csr_array(
        (np.ones(len(clusters)), (clusters, np.arange(len(clusters)))),
        shape=(int(clusters.max(initial=-1)) + 1, len(clusters)),
    )
    figures = _figures(units, level, np.ones((1, len(clusters))))
    drawn = {name: np.full(resamples, np.nan) for name in figures}
    if members.shape[0]:
        weights = Draws(members.shape[0], resamples, seed).weights.astype(float) @ members
        drawn = _figures(units, level, weights)
    rows = []
    for name, estimate in figures.items():
        low, high = percentiles(drawn[name][None, :], np.array([members.shape[0]]))
        rows.append((name, float(estimate[0]), float(low[0]), float(high[0])))
    frame = pd.DataFrame(rows, columns=["measure", "estimate", "low", "high"])
    frame = frame.assign(n=int((units.sizes > 1).sum()), coders=wide.shape[1])
    return _reasoned(frame, units, level)


def _figures(units: _Units, level: str, weights: Floats) -> dict[str, Floats]:
    """Give every measure for each row of weights over units."""
    many = len(units.values)
    if not many:
        empty = np.full(len(weights), np.nan)
        return dict.fromkeys(("percent agreement", "alpha", "kappa", "ac1"), empty)
    agreed, shares = (weights @ part for part in _ac1_parts(units))
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = agreed[:, 0] / agreed[:, 1]
    return {
        "percent agreement": percent,
        "alpha": _alpha(weights @ _coincidences(units), units.values, level),
        "kappa": _kappa([weights @ table for table in _tables(units)], many),
        "ac1": _ac1(agreed, shares, many),
    }


def _wide(
    codes: pd.DataFrame, unit: str, coder: str, code: str, cluster: str | None
) -> tuple[NDArray, NDArray[np.int64]]:
    need(codes, [unit, coder, code, *([cluster] if cluster else [])], "codes")
    twice = codes.duplicated([unit, coder])
    if twice.any():
        row = codes[twice].iloc[0]
        raise ParleyError(f"coder {row[coder]} has coded unit {row[unit]} twice: keep one row")
    wide = codes.pivot(index=unit, columns=coder, values=code)
    table = wide.astype(object).where(wide.notna(), None).to_numpy()
    if cluster is None:
        return table, np.arange(len(wide))
    first = codes.drop_duplicates(unit).set_index(unit)[cluster].reindex(wide.index)
    return table, pd.factorize(first, sort=True)[0].astype(np.int64)


def _reasoned(frame: pd.DataFrame, units: _Units, level: str) -> pd.DataFrame:
    frame.attrs["level"] = level
    if not (units.sizes > 1).any():
        frame.attrs["reason"] = "no unit has been coded by two coders"
    elif len(units.values) == 1:
        frame.attrs["reason"] = "all codes are the same: agreement beyond chance cannot be told"
    return frame

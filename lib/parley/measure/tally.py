"""Rows counted into cells, and cells written as a table of estimate, interval, n and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES, Draws, Ratio, by_story, interval
from parley.measure.frame import Ground, Ints, distinct, evidence, telling, times
from parley.measure.intervals import too_few, wilson
from parley.measure.pushdown import Counted

FIGURES = ("estimate", "low", "high", "n", "articles", "stories", "enough", "evidence")
_MOST_CELLS = 1_000_000


@dataclass(frozen=True)
class Tally:
    """Cells (their names, and their ratio over stories) and the rows that lie in each."""

    ground: Ground
    rows: pd.DataFrame
    cells: pd.DataFrame
    cell: Ints
    ratio: Ratio
    bounds: tuple[float, float] | None = None  # what the figure cannot leave: a share 0..1
    counted: Counted | None = None  # where the rows were counted on disk

    @property
    def n(self) -> Ints:
        """How many rows lie in each cell."""
        return np.bincount(self.cell, times(self.rows), len(self.cells)).astype(np.int64)

    def evidence(self) -> list[tuple[str, ...]]:
        """Give each cell's keys; where rows were counted, the starts of those few are looked up."""
        cell, rows = self.cell, self.rows
        if self.counted is not None:
            told = telling(cell, rows, self.ground)
            few = rows.loc[told, ["article", "row"]].assign(cell=cell[told])
            starts = self.counted.starts(np.unique(few["row"].to_numpy()))
            rows = few.merge(starts, on="row")
            cell = rows["cell"].to_numpy()
        return evidence(cell, rows, self.ground, len(self.cells))

    def keep(self, cells: NDArray[np.int64]) -> "Tally":
        """Give some of the cells, in the order asked for."""
        position = np.full(len(self.cells), -1)
        position[cells] = np.arange(len(cells))
        cell = position[self.cell]
        return replace(
            self,
            rows=self.rows[cell >= 0],
            cells=self.cells.iloc[cells].reset_index(drop=True),
            cell=cell[cell >= 0],
            ratio=self.ratio.take(cells),
        )


def number(rows: pd.DataFrame, keys: Sequence[str]) -> tuple[Ints, pd.DataFrame]:
    """Number the rows by their keys, in the order of the keys; give the numbers and the keys."""
    if not keys:
        return np.zeros(len(rows), np.int64), pd.DataFrame(index=range(1))
    if len(keys) == 1:
        code, values = pd.factorize(rows[keys[0]].astype(object), sort=True)
        return code.astype(np.int64), pd.DataFrame({keys[0]: values})
    if rows.empty:
        return np.zeros(0, np.int64), rows[list(keys)].reset_index(drop=True)
    code, values = pd.MultiIndex.from_frame(rows[list(keys)].astype(object)).factorize(sort=True)
    return code.astype(np.int64), values.set_names(list(keys)).to_frame(index=False)


def ratios(
    ground: Ground,
    rows: pd.DataFrame,
    keys: Sequence[str],
    over: NDArray,
    under: NDArray,
    *,
    bounds: tuple[float, float] | None = None,
) -> Tally:
    """Count ``over`` by ``under``, summed in every group and key that has a row."""
    code, named = number(rows, keys)
    article = rows["article"].to_numpy()
    pairs, cell = np.unique(ground.group[article] * len(named) + code, return_inverse=True)
    cells = _joined(ground.groups, named, pairs)
    shape = (len(cells), ground.stories)
    above = by_story(cell, ground.story[article], over, shape)
    below = by_story(cell, ground.story[article], under, shape)
    below.eliminate_zeros()
    return Tally(ground, rows, cells, cell, Ratio(above, below, np.arange(len(cells))), bounds)


def means(
    ground: Ground,
    rows: pd.DataFrame,
    keys: Sequence[str],
    value: NDArray,
    *,
    bounds: tuple[float, float] | None = None,
) -> Tally:
    """Count the mean of ``value`` in every group and key that has a row."""
    many = times(rows)
    return ratios(ground, rows, keys, value * many, many, bounds=bounds)


def shares(
    ground: Ground,
    rows: pd.DataFrame,
    keys: Sequence[str],
    under: tuple[Ints, Ints, NDArray],
    *,
    value: NDArray | None = None,
    once: Sequence[str] = (),
    scale: float = 1.0,
    bounded: bool = True,
) -> Tally:
    """Count the rows of every group and key over ``under``; keys without a row count 0.

    ``under`` is group, story and value of whatever is divided by. With ``once`` a key counts once
    for each value of those columns (for example once an article).
    """
    code, named = number(rows, keys)
    groups, many = len(ground.groups), len(named)
    if groups * many > _MOST_CELLS:
        raise ParleyError(
            f"{many:,} rows by {groups:,} groups are too many figures: ask for `top=`, a coarser "
            "level or fewer groups"
        )
    cell = ground.group[rows["article"].to_numpy()] * many + code
    if value is None:
        value = np.ones(len(rows)) if once else times(rows)
    counted = np.asarray(value, float)
    if once:
        counted = np.where(rows.assign(_cell=cell).duplicated(["_cell", *once]), 0.0, counted)
    over = by_story(
        cell, ground.story[rows["article"].to_numpy()], counted, (groups * many, ground.stories)
    )
    below = by_story(under[0], under[1], under[2], (groups, ground.stories))
    cells = _joined(ground.groups, named, np.arange(groups * many))
    ratio = Ratio(over, below, np.repeat(np.arange(groups), many), scale)
    return Tally(ground, rows, cells, cell, ratio, (0.0, 1.0) if bounded else None)


def _joined(groups: pd.DataFrame, named: pd.DataFrame, pairs: Ints) -> pd.DataFrame:
    many = max(len(named), 1)
    left = groups.iloc[pairs // many].reset_index(drop=True)
    return pd.concat([left, named.iloc[pairs % many].reset_index(drop=True)], axis=1)


def top_keys(rows: pd.DataFrame, column: str, top: int | None) -> pd.DataFrame:
    """Keep the rows of the ``top`` most frequent values (ties by name); all without ``top``."""
    if top is None:
        return rows
    if top < 1:
        raise ParleyError(f"top={top} keeps nothing: give 1 or more")
    code, named = number(rows[rows[column].notna()], [column])
    many = times(rows)[rows[column].notna()]
    counts = pd.DataFrame({"key": named[column], "n": np.bincount(code, many, len(named))})
    kept = counts.sort_values(["n", "key"], ascending=[False, True])["key"].head(top)
    return rows[rows[column].isin(kept)]


def written(tally: Tally, *, resamples: int = RESAMPLES, seed: int = 0) -> pd.DataFrame:
    """Write the cells as a table: their names, then the columns of ``FIGURES``."""
    count = len(tally.cells)
    article = tally.rows["article"].to_numpy()
    frame = tally.cells.assign(
        estimate=tally.ratio.estimate,
        low=np.nan,
        high=np.nan,
        n=tally.n,
        articles=distinct(tally.cell, article, count),
        stories=distinct(tally.cell, tally.ground.story[article], count),
    )
    if count and tally.ground.stories:
        draws = Draws(tally.ground.stories, resamples, seed)
        frame["low"], frame["high"] = _ends(tally, frame, *interval(tally.ratio, draws))
    frame = too_few(frame)
    frame["evidence"] = pd.Series(tally.evidence(), index=frame.index, dtype=object)
    return frame


def ranked(frame: pd.DataFrame, by: Sequence[str], figure: str) -> pd.DataFrame:
    """Put the largest ``figure`` first within each group; ties stay in the order of their names."""
    order = frame.sort_values(
        [*by, figure], ascending=[True] * len(by) + [False], kind="stable"
    ).reset_index(drop=True)
    order.attrs = dict(frame.attrs)
    return order


def _ends(tally: Tally, frame: pd.DataFrame, low: NDArray, high: NDArray) -> tuple:
    """Mend what a bootstrap cannot see: where all stories agree every draw is the same."""
    if tally.bounds is not None and tally.bounds[0] < 0:
        return _agreed(tally, frame["estimate"].to_numpy(), low, high)
    if tally.bounds is None and tally.ratio.scale == 1:
        return low, high
    return _zeros(tally, frame["estimate"].to_numpy(), low, high)


def _agreed(tally: Tally, estimate: NDArray, low: NDArray, high: NDArray) -> tuple:
    """Give means on which all stories agree Wilson's bound for as many hits as stories."""
    floor, ceiling = tally.bounds or (-1.0, 1.0)
    stories = tally.ratio.stories
    width = (ceiling - floor) * (1 - wilson(stories, stories)[0])
    same = (stories >= 2) & (low == high)
    return (
        np.where(same, np.maximum(estimate - width, floor), low),
        np.where(same, np.minimum(estimate + width, ceiling), high),
    )


def _zeros(tally: Tally, estimate: NDArray, low: NDArray, high: NDArray) -> tuple:
    """Give counts of 0, and shares of 1, Wilson's bound.

    For 0 of S stories the share of stories is at most Wilson's upper bound; times the mean count of
    a story that has the key at all, over what lies under the group.
    """
    stories, scale = tally.ratio.stories, tally.ratio.scale
    under = np.asarray(tally.ratio.under.sum(axis=1), float)[tally.ratio.group]
    most = wilson(np.zeros(len(stories)), stories)[1] * stories * _mean_count(tally)
    most = most / np.where(under > 0, under, np.nan)
    most = most if tally.bounds is None else np.minimum(most, 1.0)
    high = np.where((estimate == 0) & (stories >= 2), scale * most, high)
    full = (tally.bounds is not None) & (estimate == scale) & (stories >= 2)
    return np.where(full, scale * wilson(stories, stories)[0], low), high


def _mean_count(tally: Tally) -> NDArray[np.float64]:
    """Mean count of a story that has the key, over all groups; 1 where none has it."""
    keys = [name for name in tally.cells.columns if name not in tally.ground.by]
    code = number(tally.cells, keys)[0]
    counts = np.asarray(tally.ratio.over.sum(axis=1), float)
    held = (tally.ratio.over > 0).sum(axis=1)
    total, stories = np.bincount(code, counts), np.bincount(code, np.asarray(held, float))
    return np.where(stories > 0, total / np.maximum(stories, 1), 1.0)[code]

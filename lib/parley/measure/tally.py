"""Rows counted into cells, and cells written as a table of estimate, interval, n and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES, Draws, Ratio, by_story, interval
from parley.measure.frame import Ground, Ints, distinct, evidence
from parley.measure.intervals import too_few, wilson

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
    bounded: bool = False  # a share that cannot leave 0..1

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
    code, values = pd.MultiIndex.from_frame(rows[list(keys)].astype(object)).factorize(sort=True)
    return code.astype(np.int64), values.to_frame(index=False)


def means(
    ground: Ground,
    rows: pd.DataFrame,
    keys: Sequence[str],
    value: NDArray,
    *,
    weight: NDArray | None = None,
    scale: float = 1.0,
) -> Tally:
    """Count the mean of ``value`` in every group and key that has a row."""
    code, named = number(rows, keys)
    group = ground.group[rows["article"].to_numpy()]
    pairs, cell = np.unique(group * len(named) + code, return_inverse=True)
    cells = _joined(ground.groups, named, pairs)
    story = ground.story[rows["article"].to_numpy()]
    shape = (len(cells), ground.stories)
    heavy = np.ones(len(rows)) if weight is None else np.asarray(weight, float)
    over = by_story(cell, story, np.asarray(value, float) * heavy, shape)
    under = by_story(cell, story, heavy, shape)
    return Tally(ground, rows, cells, cell, Ratio(over, under, np.arange(len(cells)), scale))


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
    counted = np.ones(len(rows)) if value is None else np.asarray(value, float)
    if once:
        counted = np.where(rows.assign(_cell=cell).duplicated(["_cell", *once]), 0.0, counted)
    over = by_story(
        cell, ground.story[rows["article"].to_numpy()], counted, (groups * many, ground.stories)
    )
    below = by_story(under[0], under[1], under[2], (groups, ground.stories))
    cells = _joined(ground.groups, named, np.arange(groups * many))
    ratio = Ratio(over, below, np.repeat(np.arange(groups), many), scale)
    return Tally(ground, rows, cells, cell, ratio, bounded)


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
    counts = rows[column].value_counts().rename_axis("key").reset_index(name="n")
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
        n=np.bincount(tally.cell, minlength=count),
        articles=distinct(tally.cell, article, count),
        stories=distinct(tally.cell, tally.ground.story[article], count),
    )
    if count and tally.ground.stories:
        draws = Draws(tally.ground.stories, resamples, seed)
        frame["low"], frame["high"] = _ends(tally, frame, *interval(tally.ratio, draws))
    frame = too_few(frame)
    frame["evidence"] = pd.Series(
        evidence(tally.cell, tally.rows, tally.ground, count), index=frame.index, dtype=object
    )
    return frame


def _ends(tally: Tally, frame: pd.DataFrame, low: NDArray, high: NDArray) -> tuple:
    """Mend what a bootstrap cannot see: counts of 0, and shares of 1, get Wilson's bound.

    For 0 of S stories the share of stories is at most Wilson's upper bound; times the mean count of
    a story that has the key at all, over what lies under the group.
    """
    if not tally.bounded and tally.ratio.scale == 1:
        return low, high
    stories = tally.ratio.stories
    zero = (frame["estimate"] == 0).to_numpy() & (stories >= 2)
    under = np.asarray(tally.ratio.under.sum(axis=1), float)[tally.ratio.group]
    most = wilson(np.zeros(len(frame)), stories)[1] * stories * _mean_count(tally)
    most = most / np.where(under > 0, under, np.nan)
    cap = 1.0 if tally.bounded else np.inf
    high = np.where(zero, tally.ratio.scale * np.minimum(most, cap), high)
    full = tally.bounded & (frame["estimate"] == tally.ratio.scale).to_numpy() & (stories >= 2)
    return np.where(full, tally.ratio.scale * wilson(stories, stories)[0], low), high


def _mean_count(tally: Tally) -> NDArray[np.float64]:
    """Mean count of a story that has the key, over all groups; 1 where none has it."""
    keys = [name for name in tally.cells.columns if name not in tally.ground.by]
    code = number(tally.cells, keys)[0]
    counts = np.asarray(tally.ratio.over.sum(axis=1), float)
    held = (tally.ratio.over > 0).sum(axis=1)
    total, stories = np.bincount(code, counts), np.bincount(code, np.asarray(held, float))
    return np.where(stories > 0, total / np.maximum(stories, 1), 1.0)[code]

"""A tally by period as series: one column of counts an actor, over what lies under each period."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from parley.measure.bootstrap import Draws, Ratio, interval
from parley.measure.frame import distinct, evidence
from parley.measure.intervals import too_few, wilson
from parley.measure.tally import Tally, number

Floats = NDArray[np.float64]
_LENGTH = {
    "day": pd.DateOffset(days=1),
    "week": pd.DateOffset(days=7),
    "month": pd.DateOffset(months=1),
}


@dataclass(frozen=True)
class Series:
    """Counts (periods x actors) and what they are counted over, period by period."""

    first: pd.Series
    last: pd.Series
    actors: list[str]
    counts: Floats
    exposure: Floats
    lumps: Floats  # variance over mean of the counts, since mentions come in stories; 1 or more


def series(tally: Tally, unit: str) -> Series:
    """Read a tally whose only group is a period. Periods without an article do not stand in it."""
    groups = len(tally.ground.groups)
    actors = number(tally.cells, ["actor_id"])[1]["actor_id"].tolist() if len(tally.cells) else []
    counts = np.asarray(tally.ratio.over.sum(axis=1), float).reshape(groups, len(actors))
    first = tally.ground.groups[unit]
    last = first + _LENGTH[unit] - pd.Timedelta(days=1)
    exposure = np.asarray(tally.ratio.under.sum(axis=1), float)
    return Series(first, last, actors, counts, exposure, _lumps(tally, groups, len(actors)))


def _lumps(tally: Tally, groups: int, actors: int) -> Floats:
    """Give the sum of squared counts by the sum of counts, over stories, for each actor."""
    over = tally.ratio.over
    squares = np.asarray(over.multiply(over).sum(axis=1), float).reshape(groups, actors).sum(axis=0)
    sums = np.asarray(over.sum(axis=1), float).reshape(groups, actors).sum(axis=0)
    return np.maximum(squares / np.maximum(sums, 1), 1.0)


def measured(
    stretches: list[tuple[str, int, int]], line: Series, tally: Tally, draws: Draws
) -> pd.DataFrame:
    """Give each stretch (actor, first period, end of periods) its figure, n and evidence."""
    actors = {actor: place for place, actor in enumerate(line.actors)}
    ratio = _pooled([(actors[actor], a, b) for actor, a, b in stretches], line, tally)
    frame = pd.DataFrame(
        {
            "actor_id": pd.Series([one[0] for one in stretches], dtype=object),
            "start": line.first.iloc[[one[1] for one in stretches]].to_numpy(),
            "end": line.last.iloc[[one[2] - 1 for one in stretches]].to_numpy(),
            "estimate": ratio.estimate,
        }
    )
    frame["low"], frame["high"] = interval(ratio, draws) if len(frame) else (np.nan, np.nan)
    if tally.bounds is not None:  # all of the articles: no draw can differ
        full = (frame["estimate"] == 1) & (ratio.stories >= 2)
        frame["low"] = frame["low"].where(~full, wilson(ratio.stories, ratio.stories)[0])
    row, cell = _rows(stretches, actors, len(line.actors), tally)
    held, many = tally.rows.iloc[row], len(stretches)
    frame["n"] = np.bincount(cell, minlength=many)
    frame["articles"] = distinct(cell, held["article"].to_numpy(), many)
    frame["stories"] = distinct(cell, tally.ground.story[held["article"].to_numpy()], many)
    frame["evidence"] = pd.Series(evidence(cell, held, tally.ground, many), dtype=object)
    return too_few(frame)


def _pooled(stretches: list[tuple[int, int, int]], line: Series, tally: Tally) -> Ratio:
    """Add up the periods of each stretch, above and below the line."""
    many, groups = len(line.actors), len(line.first)
    cells = [[period * many + actor for period in range(a, b)] for actor, a, b in stretches]
    periods = [list(range(a, b)) for _, a, b in stretches]

    def table(members: list[list[int]], width: int) -> sparse.csr_array:
        row = np.repeat(np.arange(len(members)), [len(one) for one in members])
        column = np.array([place for one in members for place in one], np.int64)
        return sparse.csr_array((np.ones(len(row)), (row, column)), shape=(len(members), width))

    over = sparse.csr_array(table(cells, groups * many) @ tally.ratio.over)
    under = sparse.csr_array(table(periods, groups) @ tally.ratio.under)
    return Ratio(over, under, np.arange(len(stretches)), tally.ratio.scale)


def _rows(
    stretches: list[tuple[str, int, int]], actors: dict[str, int], many: int, tally: Tally
) -> tuple[NDArray, NDArray]:
    """Say for each row of the tally which stretch it lies in, if any."""
    owner = np.full(max(len(tally.cells), 1), -1)
    for place, (actor, a, b) in enumerate(stretches):
        owner[np.arange(a, b) * many + actors[actor]] = place
    cell = owner[tally.cell]
    row = np.flatnonzero(cell >= 0)
    return row, cell[row]

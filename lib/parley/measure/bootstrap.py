"""A bootstrap over stories: whole stories are drawn with replacement, never single sentences.

Sentences and copies of one story are not independent, so an interval that treats them so is too
narrow (Efron & Tibshirani 1993, ch. 8, on clustered data). All figures of ``parley.measure`` that
are a ratio of two sums over stories come through here: sums by story are a sparse matrix, a draw is
a vector of weights, and a thousand draws are one matrix product.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats

from parley.measure.intervals import CONFIDENCE

RESAMPLES = 1000
_WIDTH = 100  # draws that are held as floats at one time
_CELLS = 10_000_000  # replicates that are held at one time
_WEIGHTS = 20_000_000  # weights of stories that are held as floats at one time
_HELD = 1_000_000_000  # weights of stories that are kept from one matrix to the next

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Draws:
    """``resamples`` draws of ``stories`` stories with replacement, the same for the same seed."""

    stories: int
    resamples: int = RESAMPLES
    seed: int = 0

    @cached_property
    def weights(self) -> NDArray[np.uint8]:
        """How often each story stands in each draw, draws x stories."""
        return np.concatenate([np.empty((0, self.stories), np.uint8), *self._drawn(_WIDTH)])

    def _drawn(self, width: int) -> Iterator[NDArray[np.uint8]]:
        """Draw ``width`` draws at a time, always the same ones."""
        random = np.random.default_rng(self.seed)
        for first in range(0, self.resamples, width):
            weights = np.empty((min(width, self.resamples - first), self.stories), np.uint8)
            for draw in weights:
                drawn = random.integers(self.stories, size=self.stories)
                draw[:] = np.minimum(np.bincount(drawn, minlength=self.stories), 255)
            yield weights

    def sums(self, matrix: sparse.csr_array) -> Floats:
        """Give the rows' sums in every draw, rows x draws.

        The draws of millions of stories are not kept: they are drawn again for each matrix.
        """
        totals = np.empty((matrix.shape[0], self.resamples))
        width = max(1, min(_WIDTH, _WEIGHTS // max(self.stories, 1)))
        held = self.stories * self.resamples <= _HELD
        cut = range(0, self.resamples, width)
        blocks = (self.weights[at : at + width] for at in cut) if held else self._drawn(width)
        for first, some in zip(cut, blocks, strict=True):
            totals[:, first : first + width] = matrix @ some.T.astype(float, order="C")
        return totals


@dataclass(frozen=True)
class Ratio:
    """Cells, each ``scale * over[cell] / under[group[cell]]``, both summed over stories."""

    over: sparse.csr_array
    under: sparse.csr_array
    group: Ints
    scale: float = 1.0

    @property
    def cells(self) -> int:
        return self.over.shape[0]

    @property
    def stories(self) -> Ints:
        """How many stories stand under each cell: the size that its interval answers to."""
        return np.diff(self.under.indptr)[self.group]

    @property
    def estimate(self) -> Floats:
        below = np.asarray(self.under.sum(axis=1), float)[self.group]
        return self.scale * _divide(np.asarray(self.over.sum(axis=1), float), below)

    def take(self, cells: NDArray) -> "Ratio":
        """Give some of the cells, in the order asked for."""
        return Ratio(self.over[cells], self.under, self.group[cells], self.scale)

    def replicates(self, draws: Draws) -> Floats:
        """Give every cell's figure in every draw, cells x draws; nan where nothing lies under."""
        groups, position = np.unique(self.group, return_inverse=True)
        both = draws.sums(sparse.csr_array(sparse.vstack([self.over, self.under[groups]])))
        return self.scale * _divide(both[: self.cells], both[self.cells :][position])


@dataclass(frozen=True)
class Pooled:
    """Sums of a ratio's cells: row by row the ``members`` (rows x cells), above and below."""

    ratio: Ratio
    members: sparse.csr_array
    stories: Ints

    @property
    def estimate(self) -> Floats:
        return self._figures(lambda matrix: np.asarray(matrix.sum(axis=1), float)[:, None])[:, 0]

    def take(self, rows: NDArray) -> "Pooled":
        """Give some of the rows, in the order asked for."""
        return Pooled(self.ratio, self.members[rows], self.stories[rows])

    def replicates(self, draws: Draws) -> Floats:
        """Give every row's figure in every draw."""
        return self._figures(draws.sums)

    def _figures(self, sums: Callable[[sparse.csr_array], Floats]) -> Floats:
        """Sum only what is asked for: the cells that have members, and what lies below these."""
        cells = np.unique(self.members.indices)
        members = self.members[:, cells]
        groups, position = np.unique(self.ratio.group[cells], return_inverse=True)
        below = members @ incidence(position, len(groups))
        below.data[:] = 1  # what lies under several cells of one row counts once
        over, under = sums(self.ratio.over[cells]), sums(self.ratio.under[groups])
        return self.ratio.scale * _divide(members @ over, below @ under)


def incidence(column: Ints, columns: int) -> sparse.csr_array:
    """Give a matrix with one 1 in each row, in the column named."""
    ones = np.ones(len(column))
    return sparse.csr_array((ones, (np.arange(len(column)), column)), shape=(len(column), columns))


def _divide(over: Floats, under: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(under != 0, over / under, np.nan)


def by_story(row: Ints, story: Ints, value: NDArray, shape: tuple[int, int]) -> sparse.csr_array:
    """Sum ``value`` by row and story; zeros that were put in stay as entries."""
    matrix = sparse.coo_array((np.asarray(value, float), (row, story)), shape=shape).tocsr()
    matrix.sum_duplicates()
    return matrix


def blocks(cells: int, resamples: int) -> Iterator[NDArray[np.int64]]:
    """Cut the cells so that the replicates of one block fit in memory."""
    size = max(1, _CELLS // max(resamples, 1))
    for first in range(0, cells, size):
        yield np.arange(first, min(first + size, cells))


def percentiles(replicates: Floats, stories: Ints, *, confidence: float = CONFIDENCE) -> tuple:
    """Give low and high of each row by the expanded percentile interval (Hesterberg 2015).

    The percentile interval is too narrow for few stories by about sqrt((n - 1) / n) and by normal
    in place of t; the levels are widened for both. Nan where fewer than two stories, or where half
    of the draws have no figure.
    """
    n = np.maximum(np.asarray(stories, float), 2)
    z = np.sqrt(n / (n - 1)) * stats.t.isf((1 - confidence) / 2, n - 1)
    tail = stats.norm.sf(z)
    ordered = np.sort(replicates, axis=1)  # nan last
    valid = (~np.isnan(ordered)).sum(axis=1)
    said = (np.asarray(stories) >= 2) & (2 * valid >= replicates.shape[1])
    low, high = _quantile(ordered, valid, tail), _quantile(ordered, valid, 1 - tail)
    return np.where(said, low, np.nan), np.where(said, high, np.nan)


def _quantile(ordered: Floats, valid: Ints, share: Floats) -> Floats:
    place = share * np.maximum(valid - 1, 0)
    below = np.floor(place).astype(int)
    rows = np.arange(len(ordered))
    left = ordered[rows, below]
    right = ordered[rows, np.minimum(below + 1, np.maximum(valid - 1, 0))]
    return left + (right - left) * (place - below)


def interval(ratio: Ratio, draws: Draws, *, confidence: float = CONFIDENCE) -> tuple:
    """Give low and high of every cell."""
    low, high = np.full(ratio.cells, np.nan), np.full(ratio.cells, np.nan)
    for cells in blocks(ratio.cells, draws.resamples):
        part = ratio.take(cells)
        low[cells], high[cells] = percentiles(
            part.replicates(draws), part.stories, confidence=confidence
        )
    return low, high


def contrast(
    study: Ratio, reference: Ratio | Pooled, draws: Draws
) -> tuple[Floats, Floats, Floats]:
    """Give low, high and p of study - reference, cell by cell, within the same draws.

    p is two-sided, of the difference over its bootstrap standard error, by t with as many degrees
    of freedom as the smaller side has stories, less one.
    """
    low, high, p = (np.full(study.cells, np.nan) for _ in range(3))
    shift = study.estimate - reference.estimate
    for cells in blocks(study.cells, draws.resamples):
        a, b = study.take(cells), reference.take(cells)
        difference = a.replicates(draws) - b.replicates(draws)
        stories = np.minimum(a.stories, b.stories)
        low[cells], high[cells] = percentiles(difference, stories)
        p[cells] = p_value(shift[cells], difference, stories)
    return low, high, p


def p_value(shift: Floats, difference: Floats, stories: Ints) -> Floats:
    """Give the two-sided p of each shift over the spread of its replicates, by t."""
    known = ~np.isnan(difference)
    n = known.sum(axis=1)
    mean = _divide(np.where(known, difference, 0).sum(axis=1), n.astype(float))
    spread = np.where(known, (difference - mean[:, None]) ** 2, 0).sum(axis=1)
    error = np.sqrt(_divide(spread, np.maximum(n - 1.0, 0)))
    error = np.where(error > 1e-12, error, np.nan)  # no spread: nothing can be tested
    p = 2 * stats.t.sf(np.abs(shift) / error, np.maximum(stories - 1, 1))
    return np.where(stories >= 2, p, np.nan)

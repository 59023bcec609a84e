"""Actors that are mentioned together: in one sentence, or in one article."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from parley.measure.bootstrap import RESAMPLES, Draws, blocks, by_story, percentiles
from parley.measure.frame import Ground, distinct, evidence, grounds
from parley.measure.intervals import too_few
from parley.measure.options import choose, need
from parley.measure.rollup import names, roll_up
from parley.measure.tally import top_keys

WITHIN = ("sentence", "article")
Floats = NDArray[np.float64]


def npmi(joint: ArrayLike, first: ArrayLike, second: ArrayLike, total: ArrayLike) -> Floats:
    """Give the normalised pointwise mutual information (Bouma 2009): -1 never, 0 chance, 1 always.

    >>> npmi([5, 1, 0], [5, 10, 4], [5, 10, 4], 100).round(3)
    array([ 1.,  0., -1.])
    """
    n, a, b, whole = (np.asarray(x, float) for x in (joint, first, second, total))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(n * whole / (a * b)) / -np.log(n / whole)
    value = np.where((n == whole) & (n > 0), 1.0, value)
    return np.where(n == 0, np.where((a > 0) & (b > 0), -1.0, np.nan), value)


def co_mentions(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    within: str = "sentence",
    level: str = "actor",
    least: int = 5,
    copies: bool = False,
    top: int | None = 50,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure which actors are mentioned together more than chance would have it.

    Needs mentions (article_id, sentence, start, actor_id), articles and actors as ``mention_share``
    does. A unit is a sentence that mentions an actor at all, or an article. The ``top`` most
    mentioned actors are paired; pairs that share fewer than ``least`` units are left out. Gives
    [actor_a, name_a, actor_b, name_b, estimate, low, high, n, articles, stories, enough, evidence,
    n_a, n_b]: ``estimate`` is NPMI (Bouma 2009), n the units that hold both, n_a and n_b those that
    hold each. The strongest come first, those with too few stories last.

    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X", "n_words": 500,
    ...     "published": pd.date_range("2022-01-10", periods=4, tz="UTC"),
    ...     "story_id": list("stuv"), "is_first": True})
    >>> mentions = pd.DataFrame({"article_id": list("ababcd"), "sentence": 0,
    ...     "start": [0, 0, 9, 9, 0, 0], "actor_id": ["nato"] * 2 + ["russia"] * 2 + ["eu"] * 2})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> pairs = co_mentions(mentions, articles, actors, least=2)
    >>> pairs[["name_a", "name_b", "n", "estimate"]].round(2).values.tolist()
    [['NATO', 'Russia', 2, 1.0]]
    """
    choose(within, WITHIN, "within")
    ground = grounds(articles, (), copies=copies)
    rows = _units(mentions, ground, actors, level, within)
    total = by_story(np.zeros(len(rows), int), rows["story"], rows["new"], (1, ground.stories))
    if within == "article":
        ones = np.ones(len(ground.articles))
        total = by_story(np.zeros(len(ones), int), ground.story, ones, (1, ground.stories))
    held = top_keys(rows, "actor_id", top)
    code, ids = pd.factorize(held["actor_id"].astype(object), sort=True)
    pairs = _pairs(held.assign(code=code), least)
    frame = _paired(
        pairs, held.assign(code=code), total, ground, Draws(max(ground.stories, 1), resamples, seed)
    )
    for side in ("a", "b"):
        frame[f"actor_{side}"] = pd.Series(ids, dtype=object).reindex(frame[side]).to_numpy()
        frame[f"name_{side}"] = names(frame[f"actor_{side}"], actors)
    return _co_mentions_table(frame, within, level, copies, least)


def _units(
    mentions: pd.DataFrame, ground: Ground, actors: pd.DataFrame, level: str, within: str
) -> pd.DataFrame:
    """Give one row an actor and unit, with the actor's first start in it; ``new`` once a unit."""
    columns = ["article_id", "sentence", "start", "actor_id"]
    rows = ground.place(need(mentions, columns, "mentions")[columns])
    rows = rows[rows["actor_id"].notna()]
    rows = roll_up(rows, actors, level)
    width = int(rows["sentence"].max()) + 1 if len(rows) else 1
    unit = rows["article"] * width + rows["sentence"] if within == "sentence" else rows["article"]
    rows = rows.assign(unit=unit, story=ground.story[rows["article"].to_numpy()])
    rows = rows.drop_duplicates(["unit", "actor_id"])
    return rows.assign(new=(~rows.duplicated("unit")).astype(float))


def _pairs(rows: pd.DataFrame, least: int) -> list[tuple[int, int, NDArray]]:
    """Give every pair of actors that share ``least`` units, with the rows of the first in them."""
    code, unit = rows["code"].to_numpy(), pd.factorize(rows["unit"])[0]
    many = int(code.max(initial=-1)) + 1
    shape = (int(unit.max(initial=-1)) + 1, many)
    place = sparse.csc_array((np.arange(1, len(rows) + 1), (unit, code)), shape=shape)
    held = sparse.csr_array((np.ones(len(rows)), (unit, code)), shape=shape)
    shared = sparse.triu(held.T @ held, k=1).tocoo()
    found = []
    for a, b in sorted(zip(*(side[shared.data >= least] for side in shared.coords), strict=True)):
        _, at, _ = np.intersect1d(
            *(place.indices[place.indptr[c] : place.indptr[c + 1]] for c in (a, b)),
            return_indices=True,
        )
        first = place.data[place.indptr[a] : place.indptr[a + 1]][at] - 1
        found.append((int(a), int(b), np.sort(first)))
    return found


def _paired(
    pairs: list, rows: pd.DataFrame, total: sparse.csr_array, ground: Ground, draws: Draws
) -> pd.DataFrame:
    a, b = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    cell = np.repeat(np.arange(len(pairs)), [len(pair[2]) for pair in pairs]).astype(np.int64)
    held = rows.iloc[np.concatenate([pair[2] for pair in pairs]) if pairs else []]
    many, story = len(pairs), ground.story[held["article"].to_numpy()]
    joint = by_story(cell, story, np.ones(len(cell)), (many, ground.stories))
    actors = int(rows["code"].max()) + 1 if len(rows) else 0
    single = by_story(rows["code"], rows["story"], np.ones(len(rows)), (actors, ground.stories))
    counts = [np.asarray(one.sum(axis=1)) for one in (joint, single, total)]
    frame = pd.DataFrame({"a": a, "b": b, "n": counts[0].astype(int)})
    frame["n_a"], frame["n_b"] = (counts[1][side].astype(int) for side in (a, b))
    frame["estimate"] = npmi(frame["n"], frame["n_a"], frame["n_b"], counts[2][0] if many else 1)
    frame["articles"] = distinct(cell, held["article"].to_numpy(), many)
    frame["stories"] = distinct(cell, story, many)
    frame["low"], frame["high"] = _bounds(joint, single, total, frame, draws)
    frame["evidence"] = pd.Series(evidence(cell, held, ground, many), dtype=object)
    return frame


def _bounds(
    joint: sparse.csr_array,
    single: sparse.csr_array,
    total: sparse.csr_array,
    frame: pd.DataFrame,
    draws: Draws,
) -> tuple[Floats, Floats]:
    low, high = np.full(len(frame), np.nan), np.full(len(frame), np.nan)
    if frame.empty:
        return low, high
    each, every = draws.sums(single), draws.sums(total)
    for cells in blocks(len(frame), 4 * draws.resamples):
        some = frame.iloc[cells]
        values = npmi(draws.sums(joint[cells]), each[some["a"]], each[some["b"]], every)
        low[cells], high[cells] = percentiles(values, some["stories"].to_numpy())
    return low, high


def _co_mentions_table(
    frame: pd.DataFrame, within: str, level: str, copies: bool, least: int
) -> pd.DataFrame:
    frame = too_few(frame).sort_values(
        ["enough", "estimate", "n", "actor_a", "actor_b"],
        ascending=[False, False, False, True, True],
    )
    sides = ["actor_a", "name_a", "actor_b", "name_b"]
    figures = ["estimate", "low", "high", "n", "articles", "stories", "enough", "evidence"]
    frame = frame[[*sides, *figures, "n_a", "n_b"]].reset_index(drop=True)
    frame.attrs.update(unit=f"NPMI within one {within}", level=level, copies=copies)
    if frame.empty:
        frame.attrs["reason"] = f"no two actors share {least} of these {within}s"
    return frame

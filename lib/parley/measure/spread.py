"""Dispersion: whether an actor is everybody's subject or one outlet's, one week's."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES, Draws, Ratio, blocks, percentiles
from parley.measure.frame import distinct, evidence
from parley.measure.intervals import too_few
from parley.measure.options import need
from parley.measure.rollup import names
from parley.measure.share import mention_tally
from parley.measure.tally import Tally, number

Floats = NDArray[np.float64]


def deviation(counts: ArrayLike, sizes: ArrayLike) -> tuple[float, float]:
    """Give Gries' deviation of proportions, and normed: 0 as even as the parts, 1 all in one.

    Gries 2008 (IJCL 13: 403-437); DPnorm by Lijffijt & Gries 2012 (IJCL 17: 147-149).

    >>> dp, norm = deviation([1, 2, 3, 4, 5], [0.18, 0.2, 0.2, 0.2, 0.22])
    >>> round(dp, 4), round(norm, 4)
    (0.18, 0.2195)
    """
    v, s = np.asarray(counts, float), np.asarray(sizes, float)
    if v.shape != s.shape or (s < 0).any() or (v < 0).any():
        raise ParleyError("dispersion needs a count and a size, neither negative, for every part")
    dp, norm = _deviations(v[:, None], s[:, None])
    return float(dp[0]), float(norm[0])


def _deviations(counts: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """The same for many columns at once; parts without a size are no parts."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share, part = counts / counts.sum(axis=0), sizes / sizes.sum(axis=0)
        dp = np.abs(share - part).sum(axis=0) / 2
        smallest = np.where(part > 0, part, np.inf).min(axis=0, initial=np.inf)
        return dp, np.where(smallest < 1, dp / (1 - smallest), np.nan)


def dispersion(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    over: str = "outlet",
    level: str = "actor",
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how evenly each actor's mentions are spread over outlets, weeks or other parts.

    Needs what ``mention_share`` needs; ``over`` is one of its groups. Parts are as large as their
    words. Gives [actor_id, name, estimate, low, high, dp, range, parts, n, articles, stories,
    enough, evidence]: ``estimate`` is DPnorm, 0 (as even as the parts' sizes) to 1 (all in the
    smallest part); ``dp`` is DP; ``range`` is how many of the ``parts`` mention the actor. The
    interval is a basic bootstrap over stories (reflected, since resampling makes counts lumpier),
    kept within 0..1. With one part there is nothing to be spread over: estimate is null.

    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X", "n_words": 500,
    ...     "published": pd.date_range("2022-01-10", periods=4, tz="UTC"),
    ...     "story_id": list("stuv"), "is_first": True})
    >>> mentions = pd.DataFrame({"article_id": list("abcd"), "sentence": 0, "start": 0,
    ...     "actor_id": ["nato", "nato", "nato", "russia"]})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> spread = dispersion(mentions, articles.assign(outlet=list("XXYY")), actors)
    >>> spread[["name", "estimate", "range", "parts"]].round(2).values.tolist()
    [['NATO', 0.33, 2, 2], ['Russia', 1.0, 1, 2]]
    """
    need(mentions, ["article_id", "start", "actor_id"], "mentions")
    tally, attrs = mention_tally(
        mentions, articles, actors, by=over, level=level, copies=copies, top=top
    )
    if len(tally.ground.by) != 1:
        raise ParleyError("dispersion is over exactly one thing: an outlet, a period or a column")
    draws = Draws(max(tally.ground.stories, 1), resamples, seed)
    frame = _spread(tally, draws)
    frame["name"] = names(frame["actor_id"], actors)
    figures = ["estimate", "low", "high", "dp", "range", "parts", "n", "articles", "stories"]
    frame = too_few(frame)[["actor_id", "name", *figures, "enough", "evidence"]]
    frame.attrs.update(attrs, unit=f"DPnorm over {over}")
    if frame.empty:
        frame.attrs["reason"] = "no mention of an actor at this level in these articles"
    return frame


def _spread(tally: Tally, draws: Draws) -> pd.DataFrame:
    code, named = number(tally.cells, ["actor_id"])
    many, parts = len(named), len(tally.ground.groups)
    ratio = tally.ratio
    sizes = np.asarray(ratio.under.sum(axis=1), float)
    counts = np.asarray(ratio.over.sum(axis=1), float).reshape(parts, many)
    dp, norm = _deviations(counts, np.repeat(sizes[:, None], many, axis=1))
    row = code[tally.cell]
    article = tally.rows["article"].to_numpy()
    frame = named.assign(estimate=norm, dp=dp, range=(counts > 0).sum(axis=0), parts=parts)
    frame["n"] = np.bincount(row, minlength=many)
    frame["articles"] = distinct(row, article, many)
    frame["stories"] = distinct(row, tally.ground.story[article], many)
    frame["low"], frame["high"] = _bounds(ratio, many, frame, draws)
    frame["evidence"] = pd.Series(evidence(row, tally.rows, tally.ground, many), dtype=object)
    return frame


def _bounds(ratio: Ratio, many: int, frame: pd.DataFrame, draws: Draws) -> tuple:
    if not many or ratio.over.shape[0] == many:
        return np.nan, np.nan
    sizes, parts = draws.sums(ratio.under), ratio.under.shape[0]
    values = np.empty((many, draws.resamples))
    for some in blocks(many, parts * draws.resamples):
        cells = np.arange(parts)[:, None] * many + some  # parts x actors
        counts = draws.sums(ratio.over[cells.ravel()]).reshape(parts, len(some), -1)
        for place, actor in enumerate(some):
            values[actor] = _deviations(counts[:, place], sizes)[1]
    low, high = percentiles(values, frame["stories"].to_numpy())
    twice = 2 * frame["estimate"].to_numpy()
    return np.clip(twice - high, 0, 1), np.clip(twice - low, 0, 1)

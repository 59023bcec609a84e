"""When a series turned: change points by PELT with a Poisson cost, bursts by Kleinberg."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES, Draws
from parley.measure.frame import PERIODS
from parley.measure.options import choose, need
from parley.measure.rollup import names
from parley.measure.series import measured, series
from parley.measure.share import mention_tally

Floats = NDArray[np.float64]


def poisson_cost(count: float, exposure: float) -> float:
    """Give twice the negative log-likelihood of a segment at its own rate, but for constants."""
    return 2 * (count - count * np.log(count / exposure)) if count > 0 else 0.0


def segments(
    counts: ArrayLike, exposure: ArrayLike | None = None, *, penalty: float | None = None
) -> list[int]:
    """Cut counts where their rate changes: the end of each segment, the last being the length.

    PELT (Killick, Fearnhead & Eckley 2012) through ``ruptures``, with the cost of a Poisson rate:
    twice the negative log-likelihood, over ``exposure`` (the words or articles of each step).
    ``penalty`` is the price of a cut, by default 3 log n, a little stricter than BIC for the rate
    and the place of a cut.

    >>> segments([2, 1, 3, 2, 9, 8, 11, 9])
    [4, 8]
    """
    import ruptures

    seen = np.asarray(counts, float)
    under = np.ones_like(seen) if exposure is None else np.asarray(exposure, float)
    if seen.shape != under.shape or (seen < 0).any() or (under < 0).any():
        raise ParleyError("change points need a count and an exposure, neither negative, per step")
    if len(seen) < 2:
        return [len(seen)]
    signal = np.column_stack([seen, under])
    price = 3 * np.log(len(seen)) if penalty is None else penalty
    model = ruptures.Pelt(custom_cost=_cost(), min_size=1, jump=1)
    return [int(end) for end in model.fit(signal).predict(pen=price)]


def _cost():
    """Make the cost class here, so that ruptures is imported only when it is used."""
    from ruptures.base import BaseCost

    class Poisson(BaseCost):
        model = "poisson"
        min_size = 1

        def fit(self, signal):
            self.signal = signal
            self.sums = np.vstack([np.zeros(2), signal.cumsum(axis=0)])
            return self

        def error(self, start, end):
            count, exposure = self.sums[end] - self.sums[start]
            return poisson_cost(count, exposure) if exposure > 0 else 0.0

    return Poisson()


def change_points(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    period: str = "day",
    level: str = "actor",
    copies: bool = False,
    penalty: float | None = None,
    top: int | None = 10,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Cut each actor's mentions per 1,000 words into stretches of one rate.

    Needs what ``mention_share`` needs; periods without an article weigh nothing. Gives [actor_id,
    name, start, end, estimate, low, high, n, articles, stories, enough, evidence, ratio]: one row a
    stretch from the day ``start`` to the day ``end`` (inclusive), ``estimate`` its rate, bounded by
    a bootstrap over stories *given the cuts*, ``ratio`` to the stretch before (null for the first).
    Method: see ``segments``. Mentions come in stories and so are lumpier than Poisson: the penalty
    is multiplied by the mean count of a story, weighted by counts (the ratio of variance to mean of
    a compound Poisson), as quasi-likelihood asks.

    >>> articles = pd.DataFrame({"article_id": [*map(str, range(60))], "outlet": "X",
    ...     "published": pd.date_range("2022-01-01", periods=60, tz="UTC"), "n_words": 500,
    ...     "story_id": [*map(str, range(60))], "is_first": True})
    >>> mentions = pd.DataFrame({"article_id": [str(n // 4 + 30) for n in range(120)] + [
    ...     str(n) for n in range(30)], "start": range(150), "actor_id": "nato"})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> cut = change_points(mentions, articles, actors)
    >>> cut[["name", "estimate", "n"]].values.tolist()
    [['NATO', 2.0, 30], ['NATO', 8.0, 120]]
    """
    choose(period, PERIODS, "period")
    need(mentions, ["article_id", "start", "actor_id"], "mentions")
    tally, attrs = mention_tally(
        mentions, articles, actors, by=period, level=level, copies=copies, top=top
    )
    line = series(tally, period)
    price = 3 * np.log(max(len(line.first), 2)) if penalty is None else penalty
    cuts = {
        actor: segments(counts, line.exposure, penalty=price * lumps)
        for actor, counts, lumps in zip(line.actors, line.counts.T, line.lumps, strict=True)
    }
    stretches = [
        (actor, start, end)
        for actor, ends in cuts.items()
        for start, end in zip([0, *ends[:-1]], ends, strict=True)
    ]
    draws = Draws(max(tally.ground.stories, 1), resamples, seed)
    frame = measured(stretches, line, tally, draws)
    before = frame.groupby("actor_id")["estimate"].shift()
    frame = frame.assign(ratio=frame["estimate"] / before.replace(0, np.nan))
    return _finished(frame, actors, "ratio", attrs)


def burst_states(
    counts: ArrayLike, totals: ArrayLike, *, ratio: float = 2.0, gamma: float = 1.0
) -> list[int]:
    """Give 1 for the steps in which a share bursts, 0 for the others.

    Kleinberg 2003 (DMKD 7: 373-397), section 4: two states, the overall share and ``ratio`` times
    it; the states that cost least, going up costing ``gamma`` log n.

    >>> burst_states([1, 1, 9, 8, 1, 1], [20, 20, 20, 20, 20, 20])
    [0, 0, 1, 1, 0, 0]
    """
    r, d = np.asarray(counts, float), np.asarray(totals, float)
    if r.shape != d.shape or (r < 0).any() or (r > d).any():
        raise ParleyError("bursts need a count and a total per step, with 0 <= count <= total")
    if r.sum() == 0 or not len(r):
        return [0] * len(r)
    base = r.sum() / d.sum()
    shares = np.array([base, min(base * ratio, 0.9999)])
    return _cheapest(_fit(r, d, shares), gamma * np.log(max(len(r), 2)))


def _fit(r: Floats, d: Floats, shares: Floats) -> Floats:
    """Give what each step costs in each state: the negative binomial log-likelihood."""
    ways = gammaln(d + 1) - gammaln(r + 1) - gammaln(d - r + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        hit = np.where(r[:, None] > 0, r[:, None] * np.log(shares), 0)
        miss = np.where((d - r)[:, None] > 0, (d - r)[:, None] * np.log1p(-shares), 0)
    return -(ways[:, None] + hit + miss)


def _cheapest(cost: Floats, up: float) -> list[int]:
    """Viterbi over two states, beginning in 0; ties stay low."""
    best, back = np.array([0.0, np.inf]), []
    for step in cost:
        ways = best[:, None] + np.array([[0.0, up], [0.0, 0.0]])
        back.append(ways.argmin(axis=0))
        best = ways.min(axis=0) + step
    state, states = int(best.argmin()), []
    for came in reversed(back):
        states.append(state)
        state = int(came[state])
    return states[::-1]


def bursts(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    period: str = "day",
    level: str = "actor",
    copies: bool = False,
    ratio: float = 2.0,
    gamma: float = 1.0,
    top: int | None = 50,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Find the stretches in which unusually many articles mention an actor.

    Needs what ``mention_share`` needs. Gives [actor_id, name, start, end, estimate, low, high, n,
    articles, stories, enough, evidence, weight]: one row a burst, ``estimate`` the share of
    articles in it, n in articles, ``weight`` how much less it costs to be in the burst than out of
    it (the larger, the clearer). Method, ``ratio`` and ``gamma``: see ``burst_states``.

    >>> articles = pd.DataFrame({"article_id": [*map(str, range(60))], "outlet": "X",
    ...     "published": pd.date_range("2022-01-01", periods=60, freq="8h", tz="UTC"),
    ...     "n_words": 500, "story_id": [*map(str, range(60))], "is_first": True})
    >>> loud = pd.DataFrame({"article_id": [*map(str, range(24, 36))], "start": 0,
    ...     "actor_id": "nato"})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> found = bursts(loud, articles, actors)
    >>> found[["name", "start", "end", "n"]].astype(str).values.tolist()
    [['NATO', '2022-01-09', '2022-01-12', '12']]
    """
    choose(period, PERIODS, "period")
    need(mentions, ["article_id", "start", "actor_id"], "mentions")
    tally, attrs = mention_tally(
        mentions, articles, actors, by=period, level=level, per="articles", copies=copies, top=top
    )
    line = series(tally, period)
    found = []
    for actor, counts in zip(line.actors, line.counts.T, strict=True):
        states = burst_states(counts, line.exposure, ratio=ratio, gamma=gamma)
        edges = np.flatnonzero(np.diff([0, *states, 0]))
        cost = _weights(counts, line.exposure, ratio)
        found += [
            (actor, int(a), int(b), float(cost[a:b].sum()))
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
    draws = Draws(max(tally.ground.stories, 1), resamples, seed)
    frame = measured([one[:3] for one in found], line, tally, draws)
    frame = frame.assign(weight=[one[3] for one in found], n=frame["articles"])
    return _finished(frame, actors, "weight", attrs)


def _weights(counts: Floats, totals: Floats, ratio: float) -> Floats:
    base = counts.sum() / max(totals.sum(), 1)
    if base == 0:
        return np.zeros(len(counts))
    cost = _fit(counts, totals, np.array([base, min(base * ratio, 0.9999)]))
    return cost[:, 0] - cost[:, 1]


def _finished(frame: pd.DataFrame, actors: pd.DataFrame, last: str, attrs: dict) -> pd.DataFrame:
    frame = frame.assign(name=names(frame["actor_id"], actors))
    frame = frame.sort_values(["actor_id", "start"], kind="stable").reset_index(drop=True)
    figures = ["estimate", "low", "high", "n", "articles", "stories", "enough", "evidence", last]
    frame = frame[["actor_id", "name", "start", "end", *figures]]
    frame.attrs.update(attrs)
    if frame.empty:
        frame.attrs["reason"] = "no actor here, or none that stands out in any period"
    return frame

"""Change points against an exhaustive search, bursts against every sequence of states."""

import itertools

import numpy as np
import pandas as pd
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st
from parley.errors import ParleyError
from parley.measure import burst_states, bursts, change_points, segments
from scipy import stats

from tests.measure.conftest import ACTORS, corpus

short = st.lists(st.integers(0, 30), min_size=2, max_size=8)


def price(counts, ends, exposure, penalty):
    """Twice the negative log-likelihood, from scipy's Poisson, and the price of the cuts."""
    total = penalty * (len(ends) - 1)
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        rate = counts[start:end].sum() / exposure[start:end].sum()
        total -= 2 * stats.poisson.logpmf(counts[start:end], rate * exposure[start:end]).sum()
    return total


@settings(max_examples=40)
@given(short, st.floats(0.5, 8))
def test_no_other_cutting_is_cheaper(values, penalty):
    counts, exposure = np.array(values, float), 1.0 + np.arange(len(values)) % 3
    ours = price(counts, segments(counts, exposure, penalty=penalty), exposure, penalty)
    inner = range(1, len(values))
    every = itertools.chain.from_iterable(
        itertools.combinations(inner, k) for k in range(len(values))
    )
    best = min(price(counts, [*cut, len(values)], exposure, penalty) for cut in every)
    assert ours == pytest.approx(best, abs=1e-6)


def test_an_exact_search_of_ruptures_cuts_where_pelt_does():
    from parley.measure.changes import _cost

    random = np.random.default_rng(3)
    counts = np.r_[random.poisson(4, 30), random.poisson(14, 20), random.poisson(6, 30)]
    ends = segments(counts)
    signal = np.column_stack([counts, np.ones(80)])
    exact = ruptures.Dynp(custom_cost=_cost(), min_size=1, jump=1).fit(signal)
    assert ends == exact.predict(n_bkps=len(ends) - 1)
    np.testing.assert_allclose(ends, [30, 50, 80], atol=2)


@settings(max_examples=40)
@given(short, st.floats(1.2, 4), st.floats(0.1, 3))
def test_no_other_sequence_of_states_is_cheaper(values, ratio, gamma):
    counts = np.array(values)
    totals = counts + 10 + np.arange(len(counts))
    base = counts.sum() / totals.sum()
    if base == 0:
        return
    shares = [base, min(base * ratio, 0.9999)]

    def cost(states):
        up = sum(b > a for a, b in itertools.pairwise([0, *states])) * gamma * np.log(len(counts))
        fit = [
            stats.binom.logpmf(r, d, shares[q])
            for r, d, q in zip(counts, totals, states, strict=True)
        ]
        return up - sum(fit)

    best = min(cost(states) for states in itertools.product([0, 1], repeat=len(counts)))
    assert cost(burst_states(counts, totals, ratio=ratio, gamma=gamma)) == pytest.approx(best)


def risen(seed=0):
    """NATO is mentioned three times as often from 17 January on."""
    articles, _, mentions = corpus(seed, stories=400, copies=0)
    late = articles.loc[articles["published"] >= "2022-01-17", "article_id"]
    more = mentions[mentions["article_id"].isin(late) & (mentions["actor_id"] == "nato")]
    copies = [more.assign(start=more["start"] + 10_000 * k) for k in (1, 2)]
    return articles, pd.concat([mentions, *copies])


def test_a_rise_is_found_on_its_day():
    articles, mentions = risen()
    frame = change_points(mentions, articles, ACTORS, resamples=100)
    nato = frame[frame["actor_id"] == "nato"]
    before, after = nato["estimate"]
    assert nato["ratio"].iloc[1] == after / before > 2 and pd.isna(nato["ratio"].iloc[0])
    assert abs(nato["start"].iloc[1] - pd.Timestamp("2022-01-17")) <= pd.Timedelta(days=1)
    assert nato["n"].sum() == (mentions["actor_id"] == "nato").sum()
    assert (nato["low"] < nato["estimate"]).all() and nato["enough"].all()


def test_a_steady_series_is_left_whole_though_its_mentions_are_lumpy():
    cuts = 0
    for seed in range(12):
        articles, _, mentions = corpus(seed, stories=300, copies=0)
        cuts += len(change_points(mentions, articles, ACTORS, resamples=5)) - 3
    assert cuts <= 3  # of 36 series


def test_a_burst_is_found_and_weighed():
    articles, _, mentions = corpus(1, stories=300, copies=0)
    day = articles["published"].dt.strftime("%Y-%m-%d")
    there = articles.loc[day.isin(["2022-01-12", "2022-01-13"]), "article_id"]
    quiet = mentions[mentions["actor_id"] != "russia"]
    some = articles["article_id"].iloc[::12]
    loud = pd.DataFrame({"article_id": [*there, *some], "start": 7, "actor_id": "russia"})
    frame = bursts(pd.concat([quiet, loud]), articles, ACTORS, resamples=50)
    burst = frame[frame["actor_id"] == "russia"].iloc[0]
    assert str(burst["start"].date()) == "2022-01-12" and str(burst["end"].date()) == "2022-01-13"
    assert burst["weight"] > 5 and burst["estimate"] == 1 and 0.5 < burst["low"] < 1


def test_small_and_bad_input(made):
    articles, _, mentions = made
    assert segments([]) == [0] and segments([3]) == [1] and segments([0, 0, 0]) == [3]
    assert burst_states([0, 0], [0, 5]) == [0, 0]
    with pytest.raises(ParleyError, match="neither negative"):
        segments([1, -1])
    with pytest.raises(ParleyError, match="0 <= count <= total"):
        burst_states([3], [2])
    with pytest.raises(ParleyError, match="did you mean 'week'"):
        change_points(mentions, articles, ACTORS, period="weak")
    for frame in (
        change_points(mentions[:0], articles, ACTORS),
        bursts(mentions[:0], articles[:0], ACTORS),
    ):
        assert frame.empty and frame.attrs["reason"]
    one = change_points(mentions, articles[:1], ACTORS, resamples=10)
    assert one["low"].isna().all() and not one["enough"].any()

"""Dispersion: Gries' and Lijffijt's example, plain counting, laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import deviation, dispersion

from tests.measure.conftest import ACTORS


def test_the_published_example():
    dp, norm = deviation([1, 2, 3, 4, 5], [0.18, 0.2, 0.2, 0.2, 0.22])
    assert (round(dp, 4), round(norm, 4)) == (0.18, 0.2195)


sizes = st.lists(st.integers(1, 50), min_size=2, max_size=8)


@given(sizes.flatmap(lambda s: st.tuples(st.just(s), st.permutations(range(len(s))))))
def test_even_is_zero_all_in_the_smallest_is_one_and_order_is_nothing(drawn):
    parts, order = drawn
    assert deviation(parts, parts) == pytest.approx((0, 0))
    one = np.zeros(len(parts))
    one[np.argmin(parts)] = 9
    assert deviation(one, parts)[1] == pytest.approx(1)
    counts = np.arange(1, len(parts) + 1)
    shuffled = deviation(counts[list(order)], np.array(parts)[list(order)])
    assert deviation(counts, parts) == pytest.approx(shuffled)


def test_a_table_is_that_of_plain_counting(made):
    articles, _, mentions = made
    frame = dispersion(mentions, articles, ACTORS, copies=True, resamples=200)
    words = articles.groupby("outlet")["n_words"].sum()
    outlet = mentions["article_id"].map(articles.set_index("article_id")["outlet"])
    for row in frame.itertuples():
        counts = outlet[mentions["actor_id"] == row.actor_id].value_counts().reindex(words.index)
        dp, norm = deviation(counts.fillna(0), words)
        assert (row.dp, row.estimate) == pytest.approx((dp, norm))
        assert row.range == row.parts == 3 and 0 <= row.low <= row.high <= 1
    assert_frame_equal(
        frame, dispersion(mentions[::-1], articles[::-1], ACTORS, copies=True, resamples=200)
    )


def test_an_actor_of_one_outlet_stands_out(made):
    articles, _, mentions = made
    here = articles.loc[articles["outlet"] == "Outlet 1", "article_id"]
    lone = mentions["article_id"].isin(here) | (mentions["actor_id"] != "nato")
    frame = dispersion(mentions[lone], articles, ACTORS, copies=True).set_index("actor_id")
    assert frame.loc["nato", "range"] == 1
    assert frame.loc["nato", "estimate"] > 0.8 > frame.loc["russia", "high"]


def test_one_part_and_bad_input(made):
    articles, _, mentions = made
    frame = dispersion(mentions, articles.assign(outlet="X"), ACTORS)
    assert frame["estimate"].isna().all() and not frame["enough"].any()
    assert dispersion(mentions[:0], articles, ACTORS).attrs["reason"]
    with pytest.raises(ParleyError, match="neither negative"):
        deviation([1, -2], [1, 1])
    with pytest.raises(ParleyError, match="exactly one thing"):
        dispersion(mentions, articles, ACTORS, over=["outlet", "week"])

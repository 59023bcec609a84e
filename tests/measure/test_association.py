"""NPMI and co-mentions against plain counting."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import co_mentions, npmi

from tests.measure.conftest import ACTORS


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 500))
def test_npmi_is_boumas_formula_and_stays_in_its_range(joint, more_a, more_b, rest):
    a, b = joint + more_a, joint + more_b
    total = joint + more_a + more_b + rest
    value = float(npmi(joint, a, b, total))
    assert -1 - 1e-9 <= value <= 1 + 1e-9
    if joint < total:
        p = joint / total
        expected = math.log(p / ((a / total) * (b / total))) / -math.log(p)
        assert value == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_npmi_at_its_ends():
    assert npmi([7, 0, 0], [7, 5, 0], [7, 5, 4], 100)[:2].tolist() == [1.0, -1.0]
    assert np.isnan(npmi(0, 0, 4, 100)) and npmi(9, 9, 9, 9) == 1


@pytest.mark.parametrize("within", ["sentence", "article"])
def test_pairs_are_those_of_a_plain_loop(made, within):
    articles, _, mentions = made
    unknown = mentions.assign(actor_id=None, sentence=mentions["sentence"] + 9)
    every = pd.concat([mentions, unknown])
    frame = co_mentions(every, articles, ACTORS, within=within, copies=True, resamples=100)
    assert frame["estimate"].is_monotonic_decreasing
    keys = ["article_id", "sentence"] if within == "sentence" else ["article_id"]
    units = mentions.groupby(keys)["actor_id"].agg(set)
    total = len(units) if within == "sentence" else len(articles)
    assert len(frame) == 3
    for row in frame.itertuples():
        both = sum({row.actor_a, row.actor_b} <= unit for unit in units)
        a, b = (sum(actor in unit for unit in units) for actor in (row.actor_a, row.actor_b))
        assert (row.n, row.n_a, row.n_b) == (both, a, b)
        assert row.estimate == pytest.approx(float(npmi(both, a, b, total)))
        assert row.low < row.estimate < row.high


def test_order_and_thresholds(made):
    articles, _, mentions = made
    frame = co_mentions(mentions, articles, ACTORS, resamples=40)
    again = co_mentions(mentions[::-1], articles[::-1], ACTORS, resamples=40)
    assert_frame_equal(frame, again)
    none = co_mentions(mentions, articles, ACTORS, least=10_000)
    assert none.empty and "10000" in none.attrs["reason"]
    assert co_mentions(mentions[:0], articles, ACTORS).empty
    assert co_mentions(mentions, articles[:0], ACTORS).empty
    assert len(co_mentions(mentions, articles, ACTORS, top=2, resamples=10)) == 1
    with pytest.raises(ParleyError, match="did you mean 'sentence'"):
        co_mentions(mentions, articles, ACTORS, within="sentences")


def test_evidence_shows_a_place_where_both_stand(made):
    articles, _, mentions = made
    frame = co_mentions(mentions, articles, ACTORS, resamples=10)
    units = mentions.groupby(["article_id", "sentence"])["actor_id"].agg(set)
    place = mentions.assign(key=mentions["article_id"] + ":" + mentions["start"].astype(str))
    place = place.set_index("key")
    for row in frame.itertuples():
        for key in row.evidence:
            at = place.loc[key]
            assert {row.actor_a, row.actor_b} <= units[at["article_id"], at["sentence"]]
    assert isinstance(frame, pd.DataFrame)

"""Outlets and periods against one another and against the rest."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import mention_difference, mention_share, tone, tone_difference
from statsmodels.stats.multitest import multipletests

from tests.measure.conftest import ACTORS, corpus


def test_a_pair_is_the_difference_of_its_shares(made):
    articles, _, mentions = made
    shares = mention_share(mentions, articles, ACTORS, by="outlet", copies=True)
    one = shares.set_index(["outlet", "actor_id"])["estimate"]
    frame = mention_difference(
        mentions, articles, ACTORS, study="Outlet 1", reference="Outlet 2", copies=True
    )
    assert len(frame) == 3
    for row in frame.itertuples():
        expected = one["Outlet 1", row.actor_id] - one["Outlet 2", row.actor_id]
        assert row.estimate == pytest.approx(expected, rel=1e-12)
        assert row.low < row.estimate < row.high and row.enough


def test_the_rest_is_all_other_outlets_pooled(made):
    articles, _, mentions = made
    frame = mention_difference(mentions, articles, ACTORS, copies=True)
    pooled = articles.assign(outlet=articles["outlet"].replace({"Outlet 2": "Outlet 1"}))
    rest = mention_share(mentions, pooled, ACTORS, by="outlet", copies=True)
    rest = rest.set_index(["outlet", "actor_id"])["estimate"]
    study = frame[frame["study"] == "Outlet 0"].set_index("actor_id")["reference_estimate"]
    for actor in study.index:
        assert study[actor] == pytest.approx(rest["Outlet 1", actor], rel=1e-12)
    assert set(frame["reference"]) == {"(rest)"} and len(frame) == 9
    outlet = articles.set_index("article_id")["outlet"]
    for row in frame.itertuples():
        shown = {outlet[key.rpartition(":")[0]] for key in row.evidence_reference}
        assert shown == set(outlet) - {row.study}


def test_q_is_benjamini_and_hochbergs(made):
    articles, _, mentions = made
    frame = mention_difference(mentions, articles, ACTORS)
    np.testing.assert_allclose(frame["q"], multipletests(frame["p"], method="fdr_bh")[1])


def test_a_real_difference_is_found_and_none_is_not_invented():
    articles, _, mentions = corpus(5, stories=150, copies=0)
    quiet = articles.loc[articles["outlet"] == "Outlet 0", "article_id"]
    lost = (mentions["article_id"].isin(quiet)) & (mentions["actor_id"] == "nato")
    mentions = mentions[~lost | (np.arange(len(mentions)) % 5 == 0)]
    frame = mention_difference(mentions, articles, ACTORS, study="Outlet 0").set_index("actor_id")
    assert frame.loc["nato", "q"] < 0.001 and frame.loc["nato", "high"] < 0
    assert frame.loc["russia", "low"] < 0 < frame.loc["russia", "high"]


def test_tone_differs_by_its_means_and_row_order_does_not_matter(made):
    articles, sentences, mentions = made
    options = {"study": "2022-01-10", "reference": "2022-01-03", "by": "week", "resamples": 60}
    frame = tone_difference(mentions, sentences, articles, ACTORS, **options)
    means = tone(mentions, sentences, articles, ACTORS, by="week").set_index(["week", "actor_id"])
    for row in frame.itertuples():
        a, b = (means.loc[(week, row.actor_id), "estimate"] for week in (row.study, row.reference))
        assert row.estimate == pytest.approx(a - b)
        assert set(row.evidence).isdisjoint(row.evidence_reference)
    again = tone_difference(mentions[::-1], sentences[::-1], articles[::-1], ACTORS, **options)
    assert_frame_equal(frame, again)


def test_bad_questions_are_one_sentence(made):
    articles, _, mentions = made
    with pytest.raises(ParleyError, match="did you mean 'Outlet 0'"):
        mention_difference(mentions, articles, ACTORS, study="outlet 0")
    with pytest.raises(ParleyError, match="exactly one `by`"):
        mention_difference(mentions, articles, ACTORS, by=["outlet", "week"])
    with pytest.raises(ParleyError, match="needs a study"):
        mention_difference(mentions, articles, ACTORS, reference="Outlet 0")


def test_one_outlet_has_no_rest_and_ties_no_difference(made):
    articles, _, mentions = made
    alone = mention_difference(mentions, articles.assign(outlet="X"), ACTORS)
    assert alone.empty and "both sides" in alone.attrs["reason"]
    assert mention_difference(mentions[:0], articles, ACTORS).empty
    assert mention_difference(mentions, articles[:0], ACTORS).empty
    same = pd.concat([mentions.head(0), pd.DataFrame({"article_id": articles["article_id"]})])
    same = same.assign(start=0, actor_id="nato")
    frame = mention_difference(same, articles, ACTORS, per="articles", copies=True)
    assert (frame["estimate"] == 0).all() and frame["p"].isna().all()

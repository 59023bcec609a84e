"""Share of voice against plain loops, and its laws."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import cue_shares, named_sources, quoted_or_mentioned, share_of_voice

from tests.measure.conftest import ACTORS, quotes


@pytest.fixture
def spoken(made):
    articles, said = quotes(made[0])
    return said, articles, made[2]


@pytest.mark.parametrize("of", ["actor", "person", "state", "sector", "source_class", "kind"])
@pytest.mark.parametrize("per", ["quotes", "words"])
def test_shares_sum_to_one_in_every_outlet(spoken, of, per):
    said, articles, _ = spoken
    frame = share_of_voice(said, articles, ACTORS, by="outlet", of=of, per=per, resamples=50)
    np.testing.assert_allclose(frame.groupby("outlet")["estimate"].sum(), 1)
    assert (frame.groupby("outlet")["estimate"].diff().dropna() <= 0).all()  # the largest first
    assert frame.attrs["unit"] == f"share of {'quotations' if per == 'quotes' else 'quoted words'}"
    shuffled = share_of_voice(
        said[::-1], articles[::-1], ACTORS, by="outlet", of=of, per=per, resamples=50
    )
    assert_frame_equal(frame, shuffled)


def test_words_are_those_between_start_and_end(spoken):
    said, articles, _ = spoken
    text = articles.set_index("article_id")["text"]
    said = said[said["actor_id"].notna()]
    size = [len(text[q.article_id][q.start : q.end].split()) for q in said.itertuples()]
    total = said.assign(size=size).groupby("actor_id")["size"].sum()
    frame = share_of_voice(said, articles, ACTORS, per="words", copies=True)
    for row in frame.itertuples():
        assert row.estimate == pytest.approx(total[row.actor_id] / sum(size))
    with pytest.raises(ParleyError, match="needs the column 'text'"):
        share_of_voice(said, articles.drop(columns="text"), ACTORS, per="words")


def test_sources_are_named_unnamed_unresolved_or_absent(spoken):
    said, articles, _ = spoken
    frame = named_sources(said, articles, copies=True).set_index("naming")
    unnamed = said["source_class"] == "unnamed official"
    named = ~unnamed & (said["actor_id"].notna() | (said["source_class"] == "named official"))
    assert frame.loc["unnamed", "n"] == unnamed.sum() and frame.loc["named", "n"] == named.sum()
    assert frame["estimate"].sum() == pytest.approx(1)
    assert set(frame.index) == {"named", "unnamed", "unresolved", "no speaker"}


def test_who_is_only_talked_about(spoken):
    said, articles, mentions = spoken
    frame = quoted_or_mentioned(said, mentions, articles, ACTORS, copies=True)
    found = frame.set_index("actor_id")
    assert found.loc["russia", "estimate"] == 0 and found.loc["russia", "quotes"] == 0
    assert found.loc["nato", "quotes"] == (said["actor_id"] == "nato").sum()
    assert found.loc["nato", "mentions"] == (mentions["actor_id"] == "nato").sum()
    row = found.loc["nato"]
    assert row["estimate"] == row["quotes"] / row["mentions"] and row["low"] < row["high"]
    assert "sergey-lavrov" not in found.index  # quoted, never mentioned: nothing to divide by


def test_cues_are_a_share_of_the_quotations_with_a_cue(spoken):
    said, articles, _ = spoken
    frame = cue_shares(said, articles, ACTORS, by=(), copies=True)
    held = said[said["cue_class"].notna() & said["actor_id"].notna()]
    expected = (held["cue_class"] == "distancing").groupby(held["actor_id"]).mean()
    for row in frame.itertuples():
        assert row.estimate == pytest.approx(expected[row.actor_id])
    with pytest.raises(ParleyError, match="did you mean 'distancing'"):
        cue_shares(said, articles, ACTORS, cue="distance")


def test_nothing_said_is_an_empty_answer(spoken):
    said, articles, mentions = spoken
    for frame in (
        share_of_voice(said[:0], articles, ACTORS, by="week", per="words"),
        share_of_voice(said[:0], articles, ACTORS, of="sector"),
        named_sources(said[:0], articles),
        quoted_or_mentioned(said[:0], mentions[:0], articles, ACTORS),
        cue_shares(said[:0], articles, ACTORS, of="source_class"),
    ):
        assert frame.empty and "reason" in frame.attrs

"""Tone: by hand, by a plain loop, and by its laws."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import tone

from tests.measure.conftest import ACTORS


def test_valence_is_the_mean_over_sentences_each_once(made):
    articles, sentences, mentions = made
    frame = tone(mentions, sentences, articles, ACTORS, copies=True, resamples=100)
    merged = mentions.drop_duplicates(["article_id", "sentence", "actor_id"]).merge(
        sentences, on=["article_id", "sentence"]
    )
    expected = merged.groupby("actor_id")["valence"].agg(["mean", "size"])
    for row in frame.itertuples():
        assert row.estimate == pytest.approx(expected.loc[row.actor_id, "mean"], rel=1e-9)
        assert row.n == expected.loc[row.actor_id, "size"]
        assert row.low < row.estimate < row.high


def test_sentiment_is_positive_less_negative_over_mentions(made):
    articles, sentences, mentions = made
    mentions.loc[mentions["actor_id"] == "nato", "positive"] = 0.9
    frame = tone(mentions, sentences, articles, ACTORS, measure="sentiment", copies=True)
    found = frame.set_index("actor_id")["estimate"]
    assert found["nato"] == pytest.approx(0.6) and found["russia"] == pytest.approx(-0.1)
    assert frame["n"].sum() == len(mentions)


def test_row_order_does_not_matter(made):
    articles, sentences, mentions = made
    options = {"by": "outlet", "resamples": 50}
    frame = tone(mentions, sentences, articles, ACTORS, **options)
    again = tone(mentions[::-1], sentences[::-1], articles[::-1], ACTORS, **options)
    assert_frame_equal(frame, again)


def test_voices_are_kept_apart(made):
    articles, sentences, mentions = made
    mentions.loc[mentions.index % 3 == 0, "voice"] = "2"
    options = {"measure": "sentiment", "copies": True, "resamples": 50}
    own = tone(mentions, sentences, articles, ACTORS, voice="outlet", **options)["n"].sum()
    said = tone(mentions, sentences, articles, ACTORS, voice="quoted", **options)["n"].sum()
    assert said == (mentions["voice"] == "2").sum() and own + said == len(mentions)


def test_sentences_without_a_value_and_empty_tables(made):
    articles, sentences, mentions = made
    frame = tone(mentions, sentences.assign(vader=None), articles, ACTORS, measure="vader")
    assert frame.empty and "vader" in frame.attrs["reason"]
    assert tone(mentions[:0], sentences, articles, ACTORS).empty
    assert tone(mentions, sentences, articles[:0], ACTORS, by="week").empty


def test_an_unknown_measure_offers_the_nearest(made):
    articles, sentences, mentions = made
    with pytest.raises(ParleyError, match="did you mean 'valence'"):
        tone(mentions, sentences, articles, ACTORS, measure="valance")
    with pytest.raises(ParleyError, match="sentences has no column 'valence'; rename"):
        renamed = sentences.rename(columns={"valence": "Valence"})
        tone(mentions, renamed, articles, ACTORS, by=pd.Index(["outlet"]))

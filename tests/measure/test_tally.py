"""Cells: kept, ranked, bounded; and not too many."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import tally as tallies
from parley.measure.intervals import wilson
from parley.measure.share import mention_tally
from parley.measure.tally import ranked, top_keys, written

from tests.measure.conftest import ACTORS


def test_some_cells_are_written_as_all_are(made):
    articles, _, mentions = made
    tally, _ = mention_tally(mentions, articles, ACTORS, by="outlet")
    some = np.array([4, 1])
    whole = written(tally, resamples=50).iloc[some].reset_index(drop=True)
    assert_frame_equal(written(tally.keep(some), resamples=50), whole)


def test_top_takes_the_most_frequent_and_ties_by_name():
    rows = pd.DataFrame({"key": list("bbaacccd")})
    assert set(top_keys(rows, "key", 2)["key"]) == {"c", "a"}
    assert len(top_keys(rows, "key", None)) == 8


def test_ranked_is_by_size_within_its_group():
    frame = pd.DataFrame({"g": [2, 1, 1], "n": [9, 1, 5]})
    frame.attrs["unit"] = "x"
    assert ranked(frame, ["g"], "n")["n"].tolist() == [5, 1, 9]
    assert ranked(frame, ["g"], "n").attrs == {"unit": "x"}


def test_a_share_of_all_is_bounded_by_wilson_over_stories(made):
    articles, _, _ = made
    every = pd.DataFrame({"article_id": articles["article_id"], "start": 0, "actor_id": "nato"})
    tally, _ = mention_tally(every, articles, ACTORS, per="articles", copies=True)
    row = written(tally, resamples=50).iloc[0]
    stories = articles["story_id"].nunique()
    assert (row["estimate"], row["high"]) == (1, 1)
    assert row["low"] == pytest.approx(float(wilson(stories, stories)[0]))


def test_a_count_of_none_is_bounded_by_what_one_story_would_add():
    ids = [f"{outlet}{number}" for outlet in "xy" for number in range(10)]
    articles = pd.DataFrame({"article_id": ids, "story_id": ids, "is_first": True, "n_words": 100})
    articles = articles.assign(outlet=articles["article_id"].str[0], published=pd.NaT)
    mentions = pd.DataFrame({"article_id": ["x0"] * 4 + ["x1"] * 2, "start": range(6)})
    tally, _ = mention_tally(mentions.assign(actor_id="nato"), articles, ACTORS, by="outlet")
    none = written(tally, resamples=50).set_index("outlet").loc["y"]
    most = float(wilson(0, 10)[1])  # of the ten stories, each with three mentions
    assert (none["estimate"], none["low"]) == (0, 0)
    assert none["high"] == pytest.approx(1000 * most * 10 * 3 / 1000)


def test_a_figure_too_many_is_refused_with_a_way_out(made, monkeypatch):
    articles, _, mentions = made
    monkeypatch.setattr(tallies, "_MOST_CELLS", 8)
    with pytest.raises(ParleyError, match="ask for `top=`, a coarser level or fewer groups"):
        mention_tally(mentions, articles, ACTORS, by="outlet")

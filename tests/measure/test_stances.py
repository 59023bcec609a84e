"""Positions: the matrix, what is too little to say, and what moved."""

import pytest
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import position_shift, stance_matrix
from parley.measure.intervals import wilson

from tests.measure.conftest import ACTORS, corpus, stances


def test_a_cell_is_favor_less_against_over_all(made):
    articles = made[0]
    rows = stances(articles)
    frame = stance_matrix(rows, articles, ACTORS, copies=True)
    assert frame["n"].sum() == len(rows)
    for cell in frame.itertuples():
        held = rows[(rows["holder_id"] == cell.holder_id) & (rows["target_id"] == cell.target_id)]
        count = held["stance"].value_counts()
        assert cell.favor == count["favor"] and cell.against == count["against"]
        assert cell.estimate == pytest.approx((cell.favor - cell.against) / len(held))
        assert -1 <= cell.low <= cell.estimate <= cell.high <= 1


def test_states_take_their_people_in_and_issues_stay(made):
    articles = made[0]
    rows = stances(articles)
    frame = stance_matrix(rows, articles, ACTORS, level="state", copies=True)
    assert set(frame["holder"]) == {"Russia", "Poland"}
    assert set(frame["target_id"]) == {"nato", "sanctions"}  # neither has a state
    blocs = stance_matrix(rows, articles, ACTORS, level="bloc", copies=True)
    assert ("nato", "nato") not in set(zip(blocs["holder_id"], blocs["target_id"], strict=True))


def test_where_all_agree_the_interval_is_still_as_wide_as_wilsons():
    articles, _, _ = corpus(0, stories=10, copies=0)
    rows = stances(articles, rows=60, favor=0.0, against=1.0)
    frame = stance_matrix(rows, articles, ACTORS)
    for cell in frame.itertuples():
        worst = wilson(cell.stories, cell.stories)[0]
        assert (cell.estimate, cell.low) == (-1, -1)
        assert cell.high == pytest.approx(-1 + 2 * (1 - worst))


def test_too_few_stories_are_said():
    articles, _, _ = corpus(0, stories=4, copies=0)
    assert not stance_matrix(stances(articles, rows=30), articles, ACTORS)["enough"].any()


def test_a_shift_is_found(made):
    articles = made[0]
    rows = stances(articles, rows=900)
    late = set(articles.loc[articles["published"] >= "2022-01-17", "article_id"])
    turned = rows["article_id"].isin(late) & (rows["holder_id"] == "poland")
    rows.loc[turned, "stance"] = "favor"
    articles = articles.assign(window="before")
    articles.loc[articles["article_id"].isin(late), "window"] = "after"
    options = {"by": "window", "study": "after", "reference": "before", "copies": True}
    frame = position_shift(rows, articles, ACTORS, **options)
    found = frame.set_index(["holder_id", "target_id"])
    assert found.loc[("poland", "nato"), "low"] > 0.5 and found.loc[("poland", "nato"), "q"] < 0.01
    assert found.loc[("russia", "nato"), "q"] > 0.01
    shuffled = position_shift(rows[::-1], articles[::-1], ACTORS, **options)
    assert_frame_equal(frame, shuffled)


def test_voices_bad_labels_and_nothing(made):
    articles = made[0]
    rows = stances(articles)
    own = stance_matrix(rows, articles, ACTORS, voice="outlet", copies=True)["n"].sum()
    assert own == (rows["voice"] == "outlet").sum()
    with pytest.raises(ParleyError, match="'favour' is unknown: did you mean 'favor'"):
        stance_matrix(rows.replace({"favor": "favour"}), articles, ACTORS)
    empty = stance_matrix(rows[:0], articles, ACTORS, by="outlet")
    assert empty.empty and "no holder" in empty.attrs["reason"]
    assert position_shift(rows[:0], articles, ACTORS).empty

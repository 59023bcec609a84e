"""Events: counted, balanced, rolled up."""

import pandas as pd
import pytest
from parley.errors import ParleyError
from parley.measure import event_balance, event_table, wilson

from tests.measure.conftest import ACTORS, events


def test_counts_are_those_of_pandas(made):
    articles = made[0]
    rows = events(articles)
    frame = event_table(rows, articles, ACTORS, copies=True)
    assert frame["n"].sum() == len(rows)
    assert set(frame["target_id"]) == {"russia", "poland"}  # Rau's are Poland's
    week = pd.to_datetime(rows["article_id"].map(articles.set_index("article_id")["published"]))
    week = week.dt.tz_localize(None).dt.to_period("W").dt.start_time
    expected = rows.groupby([week, "source_id", "quad"]).size()
    for row in frame.itertuples():
        assert row.n == expected.get((row.week, row.source_id, row.quad), 0)
    assert frame.loc[frame["n"] == 0, "high"].gt(0).all()


def test_balance_lies_between_conflict_and_cooperation(made):
    articles = made[0]
    rows = events(articles)
    frame = event_balance(rows, articles, ACTORS, by="month", copies=True)
    for row in frame.itertuples():
        plus = row.verbal_cooperation + row.material_cooperation
        minus = row.verbal_conflict + row.material_conflict
        assert plus + minus == row.n and row.estimate == pytest.approx((plus - minus) / row.n)
        assert -1 <= row.low < row.estimate < row.high <= 1
    verbal = event_balance(rows, articles, ACTORS, by=(), deeds="verbal", copies=True)
    assert verbal["material_conflict"].sum() == verbal["material_cooperation"].sum() == 0


def test_events_that_all_agree_are_bounded_by_wilson_over_stories(made):
    articles = made[0].drop_duplicates("story_id").head(8)
    rows = events(articles).query("source_id == 'russia' and quad == 'material conflict'")
    row = event_balance(rows, articles, ACTORS, by=()).iloc[0]
    width = 2 * (1 - float(wilson(row["stories"], row["stories"])[0]))
    assert (row["estimate"], row["low"]) == (-1, -1)
    assert row["high"] == pytest.approx(-1 + width)


def test_bad_and_empty_input(made):
    articles = made[0]
    rows = events(articles)
    with pytest.raises(ParleyError, match="did you mean 'verbal conflict'"):
        event_table(rows.replace({"verbal conflict": "verbal conflct"}), articles, ACTORS)
    for frame in (
        event_table(rows[:0], articles, ACTORS),
        event_balance(rows[:0], articles, ACTORS, deeds="material"),
    ):
        assert frame.empty and "no event" in frame.attrs["reason"]

"""The ground: periods, copies, groups, evidence."""

import datetime

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from parley.measure.frame import distinct, evidence, grounds, period, two_sides, without_copies

from tests.measure.conftest import texts

times = st.datetimes(datetime.datetime(1995, 1, 1), datetime.datetime(2040, 1, 1))


@given(times)
def test_periods_are_those_of_the_calendar(at):
    one = pd.Series([pd.Timestamp(at, tz="UTC")])
    day = at.date()
    assert period(one, "day")[0].date() == day
    assert period(one, "week")[0].date() == day - datetime.timedelta(days=day.weekday())
    assert period(one, "month")[0].date() == day.replace(day=1)


def test_a_time_of_another_zone_falls_on_its_utc_day():
    late = pd.Series(pd.to_datetime(["2022-01-13T23:30-05:00"]))
    assert str(period(late, "day")[0].date()) == "2022-01-14"


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=20), st.randoms())
def test_each_story_keeps_one_article_and_the_first_where_it_is_there(drawn, random):
    articles = pd.DataFrame(drawn, columns=["story_id", "is_first"])
    articles["article_id"] = [f"{n:02d}" for n in range(len(drawn))]
    articles["published"] = pd.NaT
    kept = without_copies(articles)
    assert sorted(kept["story_id"]) == sorted(set(articles["story_id"]))
    first = articles.groupby("story_id")["is_first"].any()
    assert kept.set_index("story_id")["is_first"].to_dict() == first.to_dict()
    order = list(range(len(drawn)))
    random.shuffle(order)
    again = without_copies(articles.iloc[order])
    assert set(again["article_id"]) == set(kept["article_id"])


def test_an_unknown_outlet_is_a_group_and_any_column_can_group():
    articles = texts(1, articles=4).assign(outlet=["X", None, "Y", pd.NA], desk=list("aabb"))
    assert grounds(articles, "outlet").groups["outlet"].tolist() == ["(unknown)", "X", "Y"]
    ground = grounds(articles, ["desk", "outlet"])
    assert len(ground.groups) == 4 and sorted(ground.group) == [0, 1, 2, 3]


def test_an_article_of_both_sides_is_the_studys():
    both = texts(1, articles=5)
    sides = two_sides(both[:3], both, copies=True)
    assert sides["side"].tolist() == ["study"] * 3 + ["reference"] * 2


cells = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(0, 50)), max_size=120)


@given(cells)
def test_evidence_takes_every_story_before_it_takes_one_again(drawn):
    articles = texts(1, articles=10).assign(story_id=[f"s{n // 2}" for n in range(10)])
    ground = grounds(articles, (), copies=True)
    rows = pd.DataFrame(drawn, columns=["cell", "article", "start"], dtype=np.int64)
    rows = rows.drop_duplicates()
    cell = rows["cell"].to_numpy(np.int64)
    found = evidence(cell, rows, ground, 5, most=4)
    story = dict(zip(ground.articles["article_id"], ground.story, strict=True))
    for place, keys in enumerate(found):
        mine = rows[rows["cell"] == place]
        stories = [story[key.split(":")[0]] for key in keys]
        assert len(keys) == len(set(keys)) == min(4, len(mine))
        assert len(set(stories)) == min(4, len({ground.story[a] for a in mine["article"]}))


@given(cells)
def test_distinct_is_pandas_nunique(drawn):
    rows = pd.DataFrame(drawn, columns=["cell", "unit", "x"])
    expected = rows.groupby("cell")["unit"].nunique().reindex(range(5), fill_value=0)
    found = distinct(rows["cell"].to_numpy(np.int64), rows["unit"].to_numpy(np.int64), 5)
    assert found.tolist() == expected.tolist()

"""Choosing and arranging rows."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from parley import explore
from parley.errors import ParleyError

SHARES = pd.DataFrame(
    {"actor_id": ["poland", "russia", "nato"], "name": ["Poland", "Russia", "NATO"],
     "estimate": [1.0, 9.0, 5.0], "low": 0.0, "high": 10.0, "n": [2, 20, 9],
     "enough": [False, True, True]}
)  # fmt: skip


def test_the_largest_come_first():
    assert explore.pick(SHARES, top=2)["actor_id"].tolist() == ["russia", "nato"]


def test_the_named_ones_and_no_others():
    assert explore.pick(SHARES, ["nato"])["actor_id"].tolist() == ["nato"]


def test_a_name_that_nobody_has_is_refused_with_the_nearest(study):
    with pytest.raises(
        ParleyError, match="no actor 'rusia': the nearest in the registry are russia"
    ):
        explore.pick(SHARES, "rusia", registry=study.actors)


def test_an_actor_of_the_registry_that_is_not_in_the_news_has_no_row(study):
    assert explore.pick(SHARES, "tuvalu", registry=study.actors).empty


def test_beside_hides_what_rests_on_too_few():
    both = explore.beside({"here": SHARES, "there": SHARES.head(1)}, like=SHARES)
    assert both["name"].tolist() == SHARES["name"].tolist()
    assert both["here"].isna().tolist() == [True, False, False]
    assert both["there"].isna().all()


def test_beside_may_show_the_column_that_tells_rows_apart():
    both = explore.beside({"here": SHARES}, like=SHARES, on="name", names="name")
    assert list(both.columns) == ["name", "here", "here_low", "here_high", "here n"]


def test_side_by_side_wants_enough_and_sorts_by_size():
    rows = SHARES.assign(estimate=[50.0, -9.0, 5.0])
    assert explore.side_by_side(rows)["name"].tolist() == ["Russia", "NATO"]


def test_busiest_keeps_the_full_corner():
    cells = pd.DataFrame({"holder": list("aabbc"), "target": list("xyxyz"), "n": [9, 1, 5, 4, 2]})
    kept = explore.busiest(cells, top=2)
    assert kept[["holder", "target"]].values.tolist() == [
        ["a", "x"], ["a", "y"], ["b", "x"], ["b", "y"]
    ]  # fmt: skip


def test_every_sentence_counts_for_the_state_whose_people_it_names(study):
    states = pd.DataFrame({"actor_id": ["russia", "ukraine"], "name": ["Russia", "Ukraine"]})
    alone = explore.each_sentence(study, states)
    together = explore.each_sentence(study, states, level="state")
    for frame in (alone, together):
        assert frame["name"].drop_duplicates().tolist() == ["Russia", "Ukraine"]
        assert not frame.duplicated(["article_id", "sentence", "actor_id"]).any()
    keys = ["article_id", "sentence", "actor_id"]
    assert len(together) > len(alone)
    assert len(together.merge(alone, on=keys)) == len(alone)


def test_stacked_keeps_the_order_of_the_other_table():
    rows = explore.stacked({"own": SHARES, "quoted": SHARES}, into="voice", like=SHARES)
    assert rows["actor_id"].tolist() == list(np.repeat(["poland", "russia", "nato"], 2))


def test_quotations_of_an_actor_are_those_of_all_who_count_for_it(study):
    assert explore.quotes_by(study, None) is study.quotes
    alone = explore.quotes_by(study, ["russia"])
    assert len(alone) and set(alone["actor_id"]) == {"russia"}
    state = explore.quotes_by(study, ["russia"], level="state")
    assert {"russia", "dmitry-peskov"} <= set(state["actor_id"])
    assert "antony-blinken" not in set(state["actor_id"])
    assert not state.duplicated(["article_id", "quote"]).any() and len(state) < len(study.quotes)


def test_who_speaks_for_an_actor_is_told_from_others(study):
    assert explore.quotes_for(study, None) is study.quotes
    russia = explore.quotes_for(study, ["russia"])
    assert {"russia", "dmitry-peskov"} <= set(russia["actor_id"])
    assert set(explore.quotes_for(study, ["dmitry-peskov"])["actor_id"]) == {"dmitry-peskov"}
    assert "jens-stoltenberg" in set(explore.quotes_for(study, ["nato"])["actor_id"])


def test_stances_of_an_actor_are_those_that_it_holds_or_is_the_target_of(study):
    assert explore.stances_of(study, None) is study.stances
    sides = explore.stances_of(study, ["nato"])[["holder_id", "target_id"]]
    assert len(sides) and sides.eq("nato").any(axis=1).all()
    state = explore.stances_of(study, ["russia"], level="state")
    assert {"russia", "dmitry-peskov"} <= set(state["holder_id"])
    assert len(state) < len(study.stances) and state.index.is_unique


def test_a_spread_shows_stories_whose_first_stands_elsewhere(study):
    first = study.articles["is_first"] & study.articles.duplicated("story_id", keep=False)
    window = SimpleNamespace(
        articles=study.articles[~first], mentions=study.mentions, actors=study.actors
    )
    states = pd.DataFrame({"actor_id": ["russia"], "name": ["Russia"]})
    shown = set(explore.each_sentence(window, states)["article_id"])
    assert shown & set(study.articles.loc[~study.articles["is_first"], "article_id"])

"""Roll-up as of the article's date."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.annotate.registry import load_registry
from parley.errors import ParleyError
from parley.measure.rollup import Ladder, memberships, roll_up

from tests.measure.conftest import ACTORS

OFFICES = {
    # the second is made up: a post at an alliance
    "zbigniew-rau": "poland@2020-08-26/2023-11-27|csto@2024-01-01/",
    "sergey-lavrov": "russian-mfa@2004-03-09/",
}
HOLDERS = ACTORS.assign(offices=ACTORS["actor_id"].map(OFFICES))


def reached(actor, day, level):
    return Ladder(HOLDERS).reach(actor, np.datetime64(day), level)


@pytest.mark.parametrize(
    ("day", "states", "blocs", "organisations"),
    [
        ("2022-01-13", ("poland",), ("nato", "eu"), ()),
        ("2023-11-26", ("poland",), ("nato", "eu"), ()),
        ("2023-12-15", ("poland",), ("nato", "eu"), ()),  # no office: his own state
        ("2024-01-01", (), ("csto",), ("csto",)),  # an alliance's man stands for no state
    ],
)
def test_a_person_counts_for_what_it_holds_office_of(day, states, blocs, organisations):
    assert reached("zbigniew-rau", day, "state") == states
    assert reached("zbigniew-rau", day, "bloc") == blocs
    assert reached("zbigniew-rau", day, "organisation") == organisations


def test_a_minister_counts_for_the_ministry_and_its_state():
    assert reached("sergey-lavrov", "2022-01-13", "organisation") == ("russian-mfa",)
    assert reached("sergey-lavrov", "2022-01-13", "state") == ("russia",)
    assert reached("sergey-lavrov", "2022-01-13", "bloc") == ("csto",)


def test_who_is_only_known_for_an_international_office_has_no_state():
    person = ("x", "X", "person", "poland", None, "international")
    actors = pd.concat([ACTORS, pd.DataFrame([person], columns=ACTORS.columns)])
    assert Ladder(actors).reach("x", np.datetime64("2022-01-01"), "state") == ()


def test_the_shipped_registry_knows_when_rutte_left_for_nato():
    days = pd.to_datetime(["2022-01-13", "2025-03-01"])
    rows = pd.DataFrame({"actor_id": "mark-rutte", "day": days})
    actors = load_registry().actors
    assert roll_up(rows, actors, "state")["actor_id"].tolist() == ["netherlands"]
    blocs = roll_up(rows, actors, "bloc")
    assert "eu" in set(blocs.loc[blocs["day"] == days[0], "actor_id"])
    assert set(blocs.loc[blocs["day"] == days[1], "actor_id"]) == {"nato"}


def test_an_office_that_a_user_lays_over_the_registry_counts(tmp_path):
    """Made up: whom the shipped registry knows for Poland takes a post at NATO."""
    office = "actor_id,office,of,from,to\nzbigniew-rau,envoy,nato,2030-01-01,\n"
    (tmp_path / "offices.csv").write_text(office, encoding="utf-8")
    rows = pd.DataFrame({"actor_id": "zbigniew-rau", "day": pd.to_datetime(["2030-01-02"])})
    own = load_registry(overlay=tmp_path).actors
    assert roll_up(rows, own, "bloc")["actor_id"].tolist() == ["nato"]
    assert "nato" not in set(roll_up(rows, load_registry().actors, "state")["actor_id"])


@given(
    st.lists(
        st.tuples(st.sampled_from([*ACTORS["actor_id"], "nobody", None]), st.integers(0, 9000))
    )
)
def test_all_at_once_is_one_by_one(drawn):
    days = pd.Timestamp("2004-01-01") + pd.to_timedelta([day for _, day in drawn], "D")
    rows = pd.DataFrame({"actor_id": [one for one, _ in drawn], "day": days})
    rows["place"] = range(len(rows))
    for level in ("person", "organisation", "state", "bloc"):
        ladder = Ladder(HOLDERS)
        expected = [
            (place, to)
            for place, (one, day) in enumerate(zip(rows["actor_id"], rows["day"], strict=True))
            if isinstance(one, str)
            for to in ladder.reach(one, np.datetime64(day, "D"), level)
        ]
        rolled = roll_up(rows, HOLDERS, level)
        assert list(zip(rolled["place"], rolled["actor_id"], strict=True)) == expected


def rolled(level, *ids, day="2022-01-13"):
    rows = pd.DataFrame({"actor_id": ids, "day": pd.Timestamp(day)})
    return roll_up(rows, HOLDERS, level)["actor_id"].tolist()


def test_each_level_keeps_what_belongs_to_it():
    ids = ("nato", "sergey-lavrov", "russian-mfa", "poland", "stranger")
    assert rolled("actor", *ids) == list(ids)
    assert rolled("person", *ids) == ["sergey-lavrov"]
    assert rolled("organisation", *ids) == ["nato", "russian-mfa", "russian-mfa"]
    assert rolled("state", *ids) == ["russia", "russia", "poland"]
    assert rolled("bloc", *ids) == ["nato", "csto", "csto", "nato", "eu"]


@pytest.mark.parametrize(
    ("day", "blocs"),
    [("2023-04-03", ["eu"]), ("2023-04-04", ["nato", "eu"]), ("1994-12-31", [])],
)
def test_membership_holds_from_its_first_day(day, blocs):
    assert rolled("bloc", "finland", day=day) == blocs


@pytest.mark.parametrize(
    ("day", "blocs"), [("2020-01-31", ["nato", "eu"]), ("2020-02-01", ["nato"])]
)
def test_membership_ends_on_the_first_day_without_it(day, blocs):
    assert rolled("bloc", "uk", day=day) == blocs


def test_an_undated_article_counts_by_todays_membership():
    rows = pd.DataFrame({"actor_id": ["uk", "finland"], "day": pd.NaT})
    assert roll_up(rows, ACTORS, "bloc")["actor_id"].tolist() == ["nato", "nato", "eu"]


def test_a_mangled_membership_is_named():
    with pytest.raises(ParleyError, match="'nato@2020' needs its dates as FROM/TO"):
        memberships("nato@2020")
    with pytest.raises(ParleyError, match="no ISO date: 'lately'"):
        memberships("nato@lately/")

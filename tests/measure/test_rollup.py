"""Roll-up as of the article's date."""

import pandas as pd
import pytest
from parley.errors import ParleyError
from parley.measure.rollup import memberships, roll_up

from tests.measure.conftest import ACTORS


def rolled(level, *ids, day="2022-01-13"):
    rows = pd.DataFrame({"actor_id": ids, "day": pd.Timestamp(day)})
    return roll_up(rows, ACTORS, level)["actor_id"].tolist()


def test_each_level_keeps_what_belongs_to_it():
    ids = ("nato", "sergey-lavrov", "russian-mfa", "poland", "stranger")
    assert rolled("actor", *ids) == list(ids)
    assert rolled("person", *ids) == ["sergey-lavrov"]
    assert rolled("organisation", *ids) == ["nato", "russian-mfa"]
    assert rolled("state", *ids) == ["russia", "russia", "poland"]
    assert rolled("bloc", *ids) == ["nato", "csto", "csto", "eu", "nato"]


@pytest.mark.parametrize(
    ("day", "blocs"),
    [("2023-04-03", ["eu"]), ("2023-04-04", ["eu", "nato"]), ("1994-12-31", [])],
)
def test_membership_holds_from_its_first_day(day, blocs):
    assert rolled("bloc", "finland", day=day) == blocs


@pytest.mark.parametrize(
    ("day", "blocs"), [("2020-01-31", ["eu", "nato"]), ("2020-02-01", ["nato"])]
)
def test_membership_holds_to_its_last_day(day, blocs):
    assert rolled("bloc", "uk", day=day) == blocs


def test_an_undated_article_counts_by_todays_membership():
    rows = pd.DataFrame({"actor_id": ["uk", "finland"], "day": pd.NaT})
    assert roll_up(rows, ACTORS, "bloc")["actor_id"].tolist() == ["nato", "eu", "nato"]


def test_a_mangled_membership_is_named():
    with pytest.raises(ParleyError, match="'nato@2020' needs its dates as FROM/TO"):
        memberships("nato@2020")
    with pytest.raises(ParleyError, match="no ISO date: 'lately'"):
        memberships("nato@lately/")

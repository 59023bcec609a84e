"""Reading filled-in sheets back."""

import pandas as pd
import pytest
from parley.errors import ParleyError
from parley.measure import coded_units, read_codes

from tests.measure.conftest import ACTORS

KEY = pd.DataFrame({"unit": ["u1", "u2", "u3"], "inclusion": 0.5, "predicted": "none"})


def filled(*codes, units=("u1", "u2", "u3")):
    return pd.DataFrame({"unit": units[: len(codes)], "code": codes})


def test_most_votes_are_the_truth_and_ties_have_none():
    sheets = {
        "anna": filled("favor", "none", None),
        "ben": filled("favor", "against", ""),
        "cleo": filled("none"),
    }
    codes = read_codes(sheets, KEY, task="stance")
    assert codes.attrs["missing"] == {"anna": 1, "ben": 1, "cleo": 2}
    units = coded_units(codes, KEY)
    assert units["truth"].tolist() == ["favor", None, None] and units.attrs["tied"] == 1
    assert units["coders"].tolist() == [3, 2, 0]
    assert units["agreed"].iloc[0] == pytest.approx(2 / 3)


def test_names_become_actors():
    codes = read_codes(
        {"anna": filled("russia", "European union", "Nobody")}, KEY, task="mentions", actors=ACTORS
    )
    assert codes["code"].tolist() == ["russia", "eu", "nobody"]


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        (
            filled("favour"),
            "coder anna, unit u1: the code 'favour' is unknown: did you mean 'favor'",
        ),
        (filled("none", units=("u9",)), "unit u9 is not in the key"),
        (filled("none", "none", units=("u1", "u1")), "unit u1 stands there twice"),
        (filled("none").rename(columns={"code": "Code"}), "no column 'code'; rename its column"),
    ],
)
def test_a_faulty_sheet_is_one_sentence(sheet, words):
    with pytest.raises(ParleyError, match=words):
        read_codes({"anna": sheet}, KEY, task="stance")


def test_no_sheet_at_all():
    with pytest.raises(ParleyError, match="no coder's sheet"):
        read_codes({}, KEY, task="stance")

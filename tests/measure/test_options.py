"""One clear sentence for what is misspelt or missing."""

import pandas as pd
import pytest
from parley.errors import ParleyError
from parley.measure.options import choose, listed, need


@pytest.mark.parametrize(
    ("asked", "words"), [("wekk", "did you mean 'week'"), ("zzz", "choose one of \\(day, week\\)")]
)
def test_the_nearest_word_or_all_of_them(asked, words):
    with pytest.raises(ParleyError, match=words):
        choose(asked, ["day", "week"], "by")


def test_a_column_that_is_needed_is_never_offered_for_another():
    frame = pd.DataFrame(columns=["coder", "Code"])
    with pytest.raises(ParleyError, match="no column 'code'; rename its column 'Code'"):
        need(frame, ["coder", "code"], "codes")
    with pytest.raises(ParleyError, match=r"no column 'text'$"):
        need(frame, ["text"], "articles")


def test_one_several_or_none():
    assert listed("week") == ("week",) and listed(iter("ab")) == ("a", "b") and listed(None) == ()

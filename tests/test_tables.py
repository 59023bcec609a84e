"""The tables' contract: what conforms is taken, what does not is one sentence."""

import pandas as pd
import pytest
from parley import tables
from parley.errors import ParleyError

from tests.spans import check_spans

SENTENCE = {"article_id": "a", "sentence": 0, "start": 0, "end": 4, "part": "body"}


@pytest.mark.parametrize("table", tables.TABLES.values(), ids=str)
def test_an_empty_table_is_sound(table):
    assert list(tables.check(tables.empty(table), table).columns) == list(table.columns)


@pytest.mark.parametrize("table", tables.TABLES.values(), ids=str)
def test_a_key_is_of_columns_that_are_never_null(table):
    assert all(not table.columns[name].null for name in table.key)


def test_what_may_be_null_is_added_and_what_is_strange_is_dropped():
    checked = tables.check(pd.DataFrame([{**SENTENCE, "mood": "fine"}]), tables.SENTENCES)
    assert "mood" not in checked
    assert checked["valence"].isna().all()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"part": "footnote"}, "part"),
        ({"start": -1}, "start"),
        ({"start": 5}, "start <= end"),
        ({"vader": 1.5}, "vader"),
        ({"sentence": "first"}, "sentence"),
    ],
)
def test_a_row_that_breaks_the_table_names_the_column(change, says):
    with pytest.raises(ParleyError, match=says) as caught:
        tables.check(pd.DataFrame([SENTENCE | change]), tables.SENTENCES)
    assert "\n" not in str(caught.value)


def test_a_missing_column_is_named():
    with pytest.raises(ParleyError, match="lacks the column 'end'"):
        tables.check(pd.DataFrame([SENTENCE]).drop(columns="end"), tables.SENTENCES)


def test_a_key_that_comes_twice_is_refused():
    with pytest.raises(ParleyError, match="sentences"):
        tables.check(pd.DataFrame([SENTENCE, SENTENCE]), tables.SENTENCES)


def test_a_span_that_is_not_what_it_says_is_found():
    articles = pd.DataFrame({"article_id": ["a"], "text": ["NATO met."]})
    mentions = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [4], "surface": ["NATO"]})
    check_spans(mentions, articles, surface="surface")
    for wrong in ({"surface": "NAT"}, {"end": 40}):
        with pytest.raises(AssertionError, match="article a"):
            check_spans(mentions.assign(**wrong), articles, surface="surface")

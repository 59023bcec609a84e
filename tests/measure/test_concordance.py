"""Key word in context."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.errors import ParleyError
from parley.measure import kwic

ARTICLES = pd.DataFrame(
    {
        "article_id": ["b", "a"],
        "outlet": ["Post", "Herald"],
        "published": pd.to_datetime(["2022-01-10", "2022-01-12"], utc=True),
        "text": [
            "NATO talks began.\n\nAllied NATO troops left. C++ and NATOs stay.",
            "Critics of NATO agreed; NATO did not.",
        ],
    }
)


def shown(**options):
    frame = kwic(ARTICLES, "nato", **options)
    return [(row.pre[-7:], row.keyword, row.post[:6]) for row in frame.itertuples()]


def test_whole_words_by_date():
    expected = [("", "NATO", " talks"), ("Allied ", "NATO", " troop")]
    assert shown()[:2] == expected and len(shown()) == 4
    assert shown(ignore_case=False) == []


def test_sorting_by_the_words_beside():
    assert [post for _, _, post in shown(sort="right")] == [" agree", " did n", " talks", " troop"]
    assert [pre for pre, _, _ in shown(sort="left")] == ["", "greed; ", "Allied ", "ics of "]
    assert kwic(ARTICLES, "nato", sort="outlet")["outlet"].tolist() == ["Herald"] * 2 + ["Post"] * 2


@given(st.integers(0, 80), st.sampled_from("aeno"))
def test_a_span_is_its_text_and_the_context_is_what_stands_beside(width, letter):
    text = ARTICLES.set_index("article_id")["text"]
    for row in kwic(ARTICLES, letter, regex=True, width=width).itertuples():
        assert text[row.article_id][row.start : row.end] == row.keyword
        whole = text[row.article_id].replace("\n", " ")
        assert (
            whole[max(0, row.start - width) : row.end + width] == row.pre + row.keyword + row.post
        )
        assert row.evidence == f"{row.article_id}:{row.start}"


def test_spans_symbols_and_bad_input():
    spans = pd.DataFrame({"article_id": ["a", "gone"], "start": [11, 0], "end": [15, 3]})
    assert kwic(ARTICLES, spans=spans)["keyword"].tolist() == ["NATO"]
    assert kwic(ARTICLES, "C++")["keyword"].tolist() == ["C++"]
    assert kwic(ARTICLES[:0], "x").empty and kwic(ARTICLES, "absent").empty
    with pytest.raises(ParleyError, match="no regular expression"):
        kwic(ARTICLES, "(", regex=True)
    with pytest.raises(ParleyError, match="not both"):
        kwic(ARTICLES)
    with pytest.raises(ParleyError, match="did you mean 'right'"):
        kwic(ARTICLES, "x", sort="rigth")

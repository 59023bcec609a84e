"""Sentences: where each begins and ends, and whether it is title, sub-head or body."""

import json
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley import paths, tables
from parley.annotate.sentences import sentence_spans, split_sentences

from tests.spans import check_spans


def split(paragraph):
    return [paragraph[start:end] for start, end in sentence_spans(paragraph)]


def parts(text, title=None):
    articles = pd.DataFrame({"article_id": ["a"], "title": [title], "text": [text]})
    rows = split_sentences(articles)
    return [(r.part, text[r.start : r.end]) for r in rows.itertuples()]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Sen. Jones met Gov. Smith.", "He left."],
        ["The U.S. and the U.K. agreed.", "Moscow did not."],
        ["Talks begin on Jan. 10 in Geneva.", "They end on Feb. 3."],
        ["J. D. Vance and George W. Bush spoke.", "So did Mr. Biden."],
        ["It cost $3.5 billion, 2.1 percent more.", "Nobody paid."],
        ["“We are ready.”", "He sat down."],
        ["He said: “The risk is high.”", "“It will rise.”", "Nobody moved."],
        ["“Why?” he asked.", "“Because!” she said."],
        ["“We met Sen. Jones.”", "He left."],
        ["‘We have nowhere to retreat.’", "Ryabkov meant it."],
        ["Is it war?", "It is not!", "So they say."],
    ],
)
def test_a_paragraph_falls_into_its_sentences(sentences):
    assert split(" ".join(sentences)) == sentences


def test_title_subhead_and_body_are_told_apart():
    text = "Talks end\n\nThey met. They left.\n\nWhere the others stand\n\nNobody knows."
    assert parts(text, "Talks end") == [
        ("title", "Talks end"),
        ("body", "They met."),
        ("body", "They left."),
        ("subhead", "Where the others stand"),
        ("body", "Nobody knows."),
    ]


def test_a_quotation_may_be_a_subhead():
    text = "It was said.\n\nUSA: “We are prepared”\n\nIt was said again."
    assert [part for part, _ in parts(text)] == ["body", "subhead", "body"]


def test_a_first_or_last_line_is_no_subhead():
    assert [part for part, _ in parts("No stop here\n\nBody.\n\nNor here")] == ["body"] * 3


@given(st.text(alphabet="aB .?!“”\"'\n)…U.S ", max_size=80))
def test_sentences_lie_in_order_and_lose_nothing_but_spaces(paragraph):
    spans = sentence_spans(paragraph)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join(paragraph[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(paragraph.split())


def test_the_rows_are_of_the_table_and_obey_the_law():
    texts = ["One. Two.\n\nThree.", "", "Only one"]
    articles = pd.DataFrame({"article_id": list("abc"), "title": [None] * 3, "text": texts})
    rows = tables.check(split_sentences(articles), tables.SENTENCES)
    check_spans(rows, articles)
    assert list(rows["article_id"]) == ["a", "a", "a", "c"]
    assert rows["valence"].isna().all()


def test_what_is_shipped_are_words_and_numbers_not_text():
    shipped = json.loads(paths.PUNKT.read_text(encoding="utf-8"))
    assert paths.PUNKT.stat().st_size < 1_000_000
    assert {"sen", "u.s", "mr", "jan"} <= set(shipped["abbrev_types"])
    assert all(" " not in word for words in shipped.values() for word in words)

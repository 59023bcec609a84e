"""Who is named where: the traps of names, one by one, and the laws that every row obeys."""

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parley import tables
from parley.annotate.mentions import find_mentions

from tests.annotate.conftest import REGISTRY, found, frames
from tests.spans import check_spans

GOLD = Path(__file__).parents[1] / "gold" / "mentions.jsonl"
CASES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_hand_coded_case(case):
    """Each case lists every mention that should be there; a null actor is an unresolved one."""
    expected = [tuple(pair) for pair in case["mentions"]]
    pronouns = case.get("pronouns", False)
    assert found(case["text"], case.get("day", "2022-01-14"), pronouns=pronouns) == expected


def test_rows_are_a_mentions_table_and_obey_the_law_of_spans():
    articles, sentences = frames("Russia’s Élysée guest\nRyabkov met Sergei Ryabkov's U.S. hosts.")
    rows = find_mentions(articles, sentences, registry=REGISTRY)
    check_spans(tables.check(rows, tables.MENTIONS), articles, surface="surface")
    assert len(rows) and set(rows["voice"]) == {"outlet"}


def test_no_articles_give_an_empty_table():
    articles, sentences = frames("Russia")
    rows = find_mentions(articles.iloc[:0], sentences.iloc[:0], registry=REGISTRY)
    assert len(tables.check(rows, tables.MENTIONS)) == 0


def test_each_article_is_read_by_itself():
    """A surname means nobody in one article for being named in full in another."""
    one, its = frames("Zbigniew Rau spoke.", article_id="one")
    two, theirs = frames("Then Rau left.", article_id="two")
    rows = find_mentions(pd.concat([two, one]), pd.concat([theirs, its]), registry=REGISTRY)
    assert rows.set_index("article_id")["actor_id"].to_dict().get("one") == "zbigniew-rau"


def test_what_the_model_names_is_kept_without_an_actor():
    articles, sentences = frames("The Flurble Group met Russia.")
    named = {"a": [(4, 17, "organisation", 0.7), (22, 28, "location", 0.9)]}
    rows = find_mentions(articles, sentences, registry=REGISTRY, encoder_mentions=named)
    assert list(rows["surface"]) == ["Flurble Group", "Russia"]
    assert rows["actor_id"].isna().tolist() == [True, False]
    assert rows["probability"].iloc[0] == 0.7


PIECES = ["Russia", "’s", " ", "\n", "US", "U.S.", "“", "”", "-", "Jordan", " the ", "New York",
          "é", "NATO", "Vladimir Putin", "Putin", "he", ".", "Bank of America", "(", "\u200b",
          "N'Djamena", "foreign minister", "of", "Polish", "😀", "I", "İ", "ﬁ"]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40))
def test_any_text_gives_spans_that_lie_in_it_and_do_not_overlap(pieces):
    articles, sentences = frames("".join(pieces))
    rows = find_mentions(articles, sentences, registry=REGISTRY)
    check_spans(rows, articles, surface="surface")
    assert (rows["start"].iloc[1:].to_numpy() >= rows["end"].iloc[:-1].to_numpy()).all()

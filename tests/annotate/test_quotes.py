"""Who says what, through every annotator: hand-written cases, and the laws that every row obeys."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from parley import tables
from parley.annotate import annotate
from parley.annotate.mentions import find_mentions
from parley.annotate.quotes import find_quotes, with_voice
from parley.annotate.sentences import split_sentences

from tests.annotate.conftest import REGISTRY
from tests.spans import check_spans

GOLD = Path(__file__).parents[1] / "gold" / "quotes.jsonl"
CASES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
DAY = pd.Timestamp("2022-02-14", tz="UTC")
ACTORS = tables.empty(tables.ACTORS)


def articles_of(*texts: str) -> pd.DataFrame:
    ids = [f"a{number}" for number in range(len(texts))]
    frame = pd.DataFrame({"article_id": ids, "text": texts, "published": DAY})
    return frame.assign(title=pd.Series([None] * len(texts), dtype="string"))


def quotes_of(*texts: str, named: bool = False) -> pd.DataFrame:
    """What marks and patterns alone find, without the encoder; ``named`` with the registry."""
    articles = articles_of(*texts)
    sentences = split_sentences(articles)
    if not named:
        return find_quotes(articles, sentences, tables.empty(tables.MENTIONS), ACTORS)
    mentions = find_mentions(articles, sentences, registry=REGISTRY)
    return find_quotes(articles, sentences, mentions, REGISTRY.actors)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def told(row, text: str) -> dict:
    """A row of the table in the terms of a case."""
    named = not pd.isna(row.speaker_start)
    return {
        "kind": row.kind,
        "content": text[row.start : row.end],
        "speaker": text[int(row.speaker_start) : int(row.speaker_end)] if named else None,
        "actor": None if pd.isna(row.actor_id) else row.actor_id,
    }


def same(expected: dict, found: dict) -> bool:
    """Kind and words of the content are the same, and one names the speaker as the other does."""
    if expected["kind"] != found["kind"] or words(expected["content"]) != words(found["content"]):
        return False
    if "actor" in expected and expected["actor"] != found["actor"]:
        return False
    ours, theirs = set(words(expected["speaker"])), set(words(found["speaker"] or ""))
    return bool(theirs) and (ours <= theirs or theirs <= ours)


def right(case: dict, found: list[dict]) -> bool:
    expected = case["quotes"]
    matched = [any(same(one, other) for other in found) for one in expected]
    return all(matched) and len(found) == len(expected)


@pytest.fixture(scope="module")
def annotated() -> dict[str, pd.DataFrame]:
    return annotate(articles_of(*(case["text"] for case in CASES)))


def test_nine_in_ten_hand_written_cases_are_right(annotated):
    by_article = dict(tuple(annotated["quotes"].groupby("article_id")))
    wrong = []
    for number, case in enumerate(CASES):
        rows = by_article.get(f"a{number}")
        rows = [] if rows is None else rows.itertuples()
        found = [told(row, case["text"]) for row in rows]
        if not right(case, found):
            wrong.append((case["note"], case["quotes"], found))
    assert len(wrong) <= 0.1 * len(CASES), "\n".join(map(str, wrong))


def test_rows_are_a_quotes_table_and_every_span_lies_in_its_text(annotated):
    articles = articles_of(*(case["text"] for case in CASES))
    quotes = annotated["quotes"]
    check_spans(tables.check(quotes, tables.QUOTES), articles)
    for part in ("cue", "speaker"):
        spans = quotes[["article_id", f"{part}_start", f"{part}_end"]].dropna()
        check_spans(spans.set_axis(["article_id", "start", "end"], axis=1), articles)


def test_a_mention_has_the_voice_of_the_quote_around_it(annotated):
    number = next(n for n, c in enumerate(CASES) if c["note"] == "indirect with that")
    mine = annotated["mentions"].query(f"article_id == 'a{number}'").set_index("surface")
    assert mine.loc["Peskov", "voice"] == "outlet"
    assert mine.loc["Moscow", "voice"] == "0"


def test_the_voice_is_that_of_the_innermost_quote():
    quotes = pd.DataFrame(
        {"article_id": "a", "quote": [0, 1], "start": [0, 10], "end": [50, 20]},
    )
    rows = pd.DataFrame({"article_id": "a", "start": [12, 30, 60], "end": [15, 35, 65]})
    assert list(with_voice(rows, quotes)["voice"]) == ["1", "0", "outlet"]


def test_no_articles_give_an_empty_table():
    articles = articles_of()
    quotes = find_quotes(
        articles, tables.empty(tables.SENTENCES), tables.empty(tables.MENTIONS), ACTORS
    )
    assert len(tables.check(quotes, tables.QUOTES)) == 0


def test_marks_alone_give_the_words_and_no_speaker():
    (row,) = quotes_of("It ended so. “Nobody was there to help them.”").itertuples()
    assert (row.kind, pd.isna(row.speaker_start)) == ("direct", True)

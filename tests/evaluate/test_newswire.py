"""Coded sentences of news: found in their articles, and held against what the tables show."""

import gzip
import json
from pathlib import Path

import pytest
from parley import terms
from parley.annotate.encoder import load_encoder
from parley.annotate.registry import load_registry
from parley.errors import ParleyError
from parley.evaluate import newswire
from parley.evaluate.newswire import CODED, coded, evaluate, held

FIRST, SECOND = "The talks lasted for hours.", "Poland condemned Russia on Monday."
TEXT = f"{FIRST} {SECOND}"
START = TEXT.index(SECOND)


def span(name: str) -> list[int]:
    at = TEXT.index(name)
    return [at, at + len(name)]


def code(**changes) -> dict:
    row = {
        "corpus": "news", "article": "a1", "start": START, "end": len(TEXT), "sample": "random",
        "places": [["poland", "actor", *span("Poland")], ["russia", "actor", *span("Russia")]],
        "stances": [[0, 1, "against"]], "events": [[0, 1, "ACCUSE"]],
        "tones": [[1, "negative"]], "wrong": [],
    }  # fmt: skip
    return {**row, **changes}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    article = {"id": "a1", "published": "2022-01-10", "text": TEXT}
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(article) + "\n")
    return tmp_path


def codes(folder: Path, *rows: dict) -> Path:
    file = folder / "codes.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def scores(sentences: list) -> dict[str, float]:
    rows, _, _ = evaluate(sentences, load_encoder(threads=1))
    return {row["metric"]: row["estimate"] for row in rows if row["system"] == "parley"}


def test_a_sentence_is_found_in_its_article_and_scored(corpora):
    (one,) = coded(corpora, codes(corpora, code()))
    assert one.text == SECOND
    found = scores([one])
    assert found["positions shown that are right"] == found["positions found"] == 1
    assert found["events shown that are right"] == found["events found"] == 1
    assert found["positions shown that are reversed"] == 0


def test_what_is_shown_and_not_coded_is_wrong_and_its_mirror_reversed(corpora):
    nothing = code(stances=[], events=[])
    assert scores(coded(corpora, codes(corpora, nothing)))["positions shown that are right"] == 0
    mirror = code(stances=[[1, 0, "against"]])
    found = scores(coded(corpora, codes(corpora, mirror)))
    assert found["positions shown that are reversed"] == 1
    assert found["positions found"] == 0


def test_places_taken_for_another_are_not_counted(corpora):
    found = scores(coded(corpora, codes(corpora, code(wrong=[1]))))
    assert "positions shown that are right" not in found
    assert found["actors that are who they were taken for"] == 0.5


def test_what_is_missing_is_named(corpora):
    with pytest.raises(ParleyError, match="line 1: news holds no such article as b2"):
        coded(corpora, codes(corpora, code(article="b2")))
    with pytest.raises(ParleyError, match=r"other\.jsonl\.gz does not exist"):
        coded(corpora, codes(corpora, code(corpus="other")))


def test_the_codes_that_ship_are_sound():
    registry = load_registry()
    known = {*registry.by_id, *registry.issues["issue_id"]}
    for line in CODED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        size = len(row["places"])
        for name, kind, start, end in row["places"]:
            assert name in known
            assert kind in ("actor", "issue", "speaker")
            assert start < end
        for holder, target, label in row["stances"]:
            assert holder != target
            assert max(holder, target) < size
            assert label in ("favor", "against")
        assert all(event in terms.EVENTS for *_, event in row["events"])
        assert all(tone in newswire.TONES for _, tone in row["tones"])


def test_what_is_held_is_a_part_of_the_articles_and_of_the_random_sample_alone():
    rows = [json.loads(line) for line in CODED.read_text(encoding="utf-8").splitlines()]
    parts = {held(row["article"]) for row in rows}
    assert parts == {True, False}
    assert {row["sample"] for row in rows if held(row["article"])} == {"random"}

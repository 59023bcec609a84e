"""The ledger: from a cell of the matrix to the sentences behind it."""

import json
from pathlib import Path

import pandas as pd
import pytest
from parley import corpus, pipeline
from parley.annotate.registry import load_registry
from parley.errors import ParleyError
from parley.explore.evidence import COLUMNS, evidence_of

ARTICLES = [
    ("Lamp", "2022-01-10", "Russia opposes NATO enlargement. Poland supports NATO enlargement."),
    (
        "Lamp",
        "2022-01-11",
        "Sergei Lavrov condemned the sanctions. Germany welcomed the sanctions.",
    ),
    ("Wick", "2022-01-12", "Olaf Scholz met Emmanuel Macron. Israel bombed Syria on Monday."),
]
ISSUES = load_registry().issues


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of three short articles, ingested and annotated."""
    folder = tmp_path_factory.mktemp("ledger")
    lines = [
        json.dumps({"outlet": outlet, "published": day, "title": f"Of {day}", "text": text})
        for outlet, day, text in ARTICLES
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    corpus.ingest([folder / "articles.jsonl"], folder / "corpus")
    pipeline.annotate_corpus(folder / "corpus")
    return folder / "corpus"


@pytest.fixture
def study(folder: Path) -> corpus.Study:
    return corpus.open_study(folder)


def test_a_cell_lists_its_sentences(study: corpus.Study) -> None:
    found = evidence_of(study, holder="russia", target="nato-enlargement")
    assert list(found.columns) == COLUMNS
    row = found.iloc[0]
    assert row["text"] == "Russia opposes NATO enlargement."
    assert (row["label"], row["outlet"], row["how"]) == ("against", "Lamp", "rule:oppose")
    assert row["text"][row["mark_start"] : row["mark_end"]] == "NATO enlargement"
    assert row["text"][row["cue_start"] : row["cue_end"]] == "opposes"


def test_an_evidence_key_points_at_the_target(study: corpus.Study) -> None:
    row = evidence_of(study, holder="poland", target="nato-enlargement").iloc[0]
    article_id, start = row["evidence"].split(":")
    text = study.articles.set_index("article_id").loc[article_id, "text"]
    assert text[int(start) :].startswith("NATO enlargement")


def test_names_do_as_well_as_ids(study: corpus.Study) -> None:
    by_id = evidence_of(study, holder="russia", target="nato-enlargement")
    by_name = evidence_of(study, holder="Russia", target="NATO enlargement", issues=ISSUES)
    assert by_name["evidence"].tolist() == by_id["evidence"].tolist()
    assert by_name["target"].iloc[0] == "NATO enlargement"


def test_a_state_counts_its_officials(study: corpus.Study) -> None:
    assert evidence_of(study, holder="russia", target="sanctions").empty
    found = evidence_of(study, holder="russia", target="sanctions", level="state")
    assert found["holder"].tolist() == ["Sergei Lavrov"]


def test_either_of_the_two(study: corpus.Study) -> None:
    found = evidence_of(study, actor="germany")
    assert found[["holder_id", "target_id", "label"]].values.tolist() == [
        ["germany", "sanctions", "favor"]
    ]


def test_none_is_listed_when_asked_for(study: corpus.Study) -> None:
    found = evidence_of(study, holder="olaf-scholz", stance="none")
    assert "emmanuel-macron" in set(found["target_id"])
    assert evidence_of(study, holder="olaf-scholz").empty


def test_the_ledger_of_events(study: corpus.Study) -> None:
    found = evidence_of(study, holder="israel", event="ASSAULT")
    assert found[["holder_id", "target_id", "label"]].values.tolist() == [
        ["israel", "syria", "ASSAULT"]
    ]
    assert len(evidence_of(study, event="any")) >= len(found)


def test_the_least_probable_can_be_left_out(study: corpus.Study) -> None:
    every = evidence_of(study)
    assert every["probability"].is_monotonic_decreasing
    assert len(evidence_of(study, least=0.9)) == (every["probability"] >= 0.9).sum()


@pytest.mark.parametrize(
    ("asked", "offered"), [("rusia", "russia"), ("nato-enlargment", "nato-enlargement")]
)
def test_who_is_not_known_is_told_the_nearest(
    study: corpus.Study, asked: str, offered: str
) -> None:
    with pytest.raises(ParleyError, match=f"nobody here knows '{asked}': did you mean .*{offered}"):
        evidence_of(study, target=asked)


def test_labels_and_levels_are_closed(study: corpus.Study) -> None:
    with pytest.raises(ParleyError, match="no stance 'con': choose one of favor, against, none"):
        evidence_of(study, stance="con")
    with pytest.raises(ParleyError, match="no event 'WAR': choose one of any, AGREE"):
        evidence_of(study, event="WAR")
    with pytest.raises(ParleyError, match="no level 'bloc' in the ledger"):
        evidence_of(study, holder="russia", level="bloc")


def test_old_and_new_annotations_are_not_mixed(folder: Path) -> None:
    study = corpus.open_study(folder)
    old = study.annotated.copy()
    old.loc[old.index[0], "annotator"] = "0.0.0+old"
    study.__dict__["annotated"] = old
    with pytest.raises(ParleyError, match=r"different versions: run `parley annotate"):
        evidence_of(study)


def test_nothing_found_is_an_empty_ledger(study: corpus.Study) -> None:
    found = evidence_of(study, holder="germany", target="nato-enlargement")
    assert isinstance(found, pd.DataFrame)
    assert list(found.columns) == COLUMNS
    assert found.empty

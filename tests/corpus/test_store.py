"""One corpus is one folder: reads push the window down, writes are commits."""

import pandas as pd
import pytest
from parley import tables
from parley.corpus.store import Store
from parley.corpus.study import open_study
from parley.errors import ParleyError

TIME = pd.Timestamp("2022-01-12", tz="UTC")


def article(month="2022-01", day=12, digest="a", **changes):
    published = pd.Timestamp(f"{month}-{day:02}", tz="UTC") if month != "undated" else pd.NaT
    article_id = f"{month.replace('-', '')}-{digest}"
    return {
        "article_id": article_id,
        "outlet": "Post",
        "published": published,
        "title": None,
        "url": None,
        "language": "en",
        "text": "Some text.",
        "n_words": 2,
        "story_id": article_id,
        "is_first": True,
        "collected": TIME,
    } | changes


def annotated(*ids):
    sentences = pd.DataFrame(
        [{"article_id": i, "sentence": 0, "start": 0, "end": 4, "part": "body"} for i in ids]
    )
    marks = pd.DataFrame({"article_id": list(ids), "failed": pd.array([None] * len(ids), "string")})
    return {"sentences": sentences, "annotated": marks}


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "c", create=True)
    rows = [article(digest="a"), article("2022-02", 3, "b"), article("undated", digest="c")]
    made.append(tables.ARTICLES, pd.DataFrame(rows))
    return made


def test_what_is_written_is_read_back_with_its_types(store):
    frame = store.read(tables.ARTICLES)
    assert len(frame) == 3
    assert str(frame["published"].dtype) == "datetime64[us, UTC]"
    assert frame["published"].isna().sum() == 1


def test_a_window_is_closed_at_its_start_and_open_at_its_end(store):
    def ids(start, end):
        window = {"start": pd.Timestamp(start, tz="UTC"), "end": pd.Timestamp(end, tz="UTC")}
        return list(store.read_window(tables.ARTICLES, **window)["article_id"])

    assert ids("2022-01-12", "2022-02-03") == ["202201-a"]
    assert ids("2022-01-13", "2022-02-04") == ["202202-b"]
    assert ids("2022-01-12", "2022-01-12T00:00:01") == ["202201-a"]


def test_a_corpus_made_before_a_column_was_is_read_and_written_to(store):
    said = {"article_id": "202201-a", "quote": 0, "start": 0, "end": 4, "kind": "direct",
            "probability": 0.9}  # fmt: skip
    frame = tables.conform(pd.DataFrame([said]), tables.QUOTES)
    store._write("quotes", store._arrow(frame.drop(columns="closed"), tables.QUOTES), mode="append")
    assert store.read(tables.QUOTES)["closed"].isna().all()
    store.append(tables.QUOTES, frame.assign(article_id="202202-b", closed=False))
    found = store.read(tables.QUOTES).set_index("article_id")["closed"]
    assert found.isna()["202201-a"] and not found["202202-b"]


def test_a_row_that_breaks_the_table_is_not_written(store):
    before = store.version()
    with pytest.raises(ParleyError, match="n_words"):
        store.append(tables.ARTICLES, pd.DataFrame([article(digest="d", n_words=-1)]))
    assert store.version() == before


def test_an_article_is_annotated_once_per_version(store):
    assert store.count_unannotated("v1") == 3
    (batch,) = store.unannotated("v1")
    store.write_annotations(annotated(*batch["article_id"][:2]), "v1")
    assert store.count_unannotated("v1") == 1
    assert store.count_unannotated("v2") == 3


def test_annotating_again_replaces_and_never_doubles(store):
    for version in ("v1", "v2", "v2"):
        store.write_annotations(annotated("202201-a"), version)
    assert len(store.read(tables.SENTENCES)) == 1
    assert list(store.read(tables.ANNOTATED)["annotator"]) == ["v2"]


def test_what_failed_is_tried_again(store):
    made = annotated("202201-a")
    made["annotated"]["failed"] = "too hard"
    store.write_annotations(made, "v1")
    assert store.count_unannotated("v1") == 3


def test_a_folder_that_is_no_corpus_is_one_sentence(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    for open_it in (lambda: Store(tmp_path), lambda: Store(tmp_path, create=True)):
        with pytest.raises(ParleyError, match="not a corpus"):
            open_it()


def test_optimizing_keeps_every_row(store):
    for digest in "defg":
        store.append(tables.ARTICLES, pd.DataFrame([article(digest=digest)]))
    before = sorted(store.read(tables.ARTICLES)["article_id"])
    assert store.optimize()["articles"]["compacted"] > 0
    assert sorted(store.read(tables.ARTICLES)["article_id"]) == before


def test_of_two_writers_the_second_is_refused_and_no_row_is_doubled(store):
    store.write_annotations(annotated("202201-a"), "v1")
    marks = store.read(tables.ANNOTATED).assign(article_id="undated-c")
    first, second = store._delta("annotated"), store._delta("annotated")
    store.append(tables.ANNOTATED, marks, seen=first)
    with pytest.raises(ParleyError, match="another process is writing"):
        store.append(tables.ANNOTATED, marks, seen=second)
    assert store.read(tables.ANNOTATED)["article_id"].is_unique


def test_annotations_of_two_versions_are_not_shown_together(store):
    store.write_annotations(annotated("202201-a"), "v1")
    store.write_annotations(annotated("202202-b"), "v2")
    with pytest.raises(ParleyError, match="different versions: run `parley annotate"):
        _ = open_study(store.folder).sentences
    assert len(open_study(store.folder, end="2022-02-01").sentences) == 1


def test_actors_written_by_a_release_without_their_offices_are_read_and_replaced(store):
    actors = tables.conform(
        pd.DataFrame({"actor_id": ["a"], "name": ["A"], "kind": ["person"]}), tables.ACTORS
    )
    old = store._arrow(actors, tables.ACTORS).drop_columns(["offices"])
    store._write("actors", old, mode="overwrite")
    assert store.read(tables.ACTORS)["offices"].isna().tolist() == [True]
    store.write_actors(actors.assign(offices="b@2020-01-01/"))
    assert store.read(tables.ACTORS)["offices"].tolist() == ["b@2020-01-01/"]

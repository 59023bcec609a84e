"""One corpus is one folder: reads push the window down, writes are commits."""

import pandas as pd
import pytest
from parley import tables
from parley.corpus import delta
from parley.corpus.store import Store
from parley.errors import ParleyError

from .conftest import article


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
    older = delta.to_arrow(frame.drop(columns="closed"), tables.QUOTES)
    delta.write(store.uri("quotes"), older)
    assert store.read(tables.QUOTES)["closed"].isna().all()
    store.append(tables.QUOTES, frame.assign(article_id="202202-b", closed=False))
    found = store.read(tables.QUOTES).set_index("article_id")["closed"]
    assert found.isna()["202201-a"] and not found["202202-b"]


def test_a_row_that_breaks_the_table_is_not_written(store):
    before = store.version()
    with pytest.raises(ParleyError, match="n_words"):
        store.append(tables.ARTICLES, pd.DataFrame([article(digest="d", n_words=-1)]))
    assert store.version() == before


def test_a_folder_that_is_no_corpus_is_one_sentence(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    for open_it in (lambda: Store(tmp_path), lambda: Store(tmp_path, create=True)):
        with pytest.raises(ParleyError, match="not a corpus"):
            open_it()


def test_optimizing_keeps_every_row(store):
    for digest in "defg":
        store.append(tables.ARTICLES, pd.DataFrame([article(digest=digest)]))
    before = sorted(store.read(tables.ARTICLES)["article_id"])
    assert store.optimize().startswith("5 small files joined")
    assert len(store.opened("articles").file_uris()) == 3  # one a month
    assert sorted(store.read(tables.ARTICLES)["article_id"]) == before


def test_actors_written_by_a_release_without_their_offices_are_read_and_replaced(store):
    actors = tables.conform(
        pd.DataFrame({"actor_id": ["a"], "name": ["A"], "kind": ["person"]}), tables.ACTORS
    )
    old = delta.to_arrow(actors, tables.ACTORS).drop_columns(["offices"])
    delta.write(store.uri("actors"), old)
    assert store.read(tables.ACTORS)["offices"].isna().tolist() == [True]
    store.write_actors(actors.assign(offices="b@2020-01-01/"))
    assert store.read(tables.ACTORS)["offices"].tolist() == ["b@2020-01-01/"]

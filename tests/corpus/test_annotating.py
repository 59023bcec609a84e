"""A batch is committed whole, once, and by one run: whatever else goes on, or goes wrong."""

import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from parley import tables
from parley.corpus.annotating import Annotating
from parley.corpus.store import Store
from parley.corpus.study import open_study
from parley.errors import ParleyError

from .conftest import annotated, article


def ids_of(batch):
    return batch["article_id"].to_pylist()


def annotate(store, version, *, batch=2, stop_after=99):
    """Annotate what is to be done; give the ids, batch by batch."""
    seen = []
    with Annotating(store, version) as run:
        for articles in run.batches(batch):
            run.write(annotated(*ids_of(articles)))
            seen.append(ids_of(articles))
            if len(seen) == stop_after:
                break
    return seen


def done(store):
    marks = store.read(tables.ANNOTATED)
    assert marks["article_id"].is_unique
    sentences = store.read(tables.SENTENCES)
    assert not sentences.duplicated(["article_id", "sentence"]).any()
    assert set(marks["article_id"]) == set(sentences["article_id"])
    return dict(zip(marks["article_id"], marks["annotator"], strict=True))


def test_an_article_is_annotated_once_per_version(store):
    assert annotate(store, "v1", stop_after=1) == [["202201-a", "202202-b"]]
    assert Annotating(store, "v1").total == 1
    assert annotate(store, "v1") == [["undated-c"]]
    assert Annotating(store, "v1").total == 0
    assert Annotating(store, "v2").total == 3


def test_batches_are_of_one_size_over_files_and_months(store):
    for digest in "defg":  # each a file of its own
        store.append(tables.ARTICLES, pd.DataFrame([article(digest=digest)]))
    with Annotating(store, "v1") as run:
        sizes = [len(batch) for batch in run.batches(3)]
        ids = [name for batch in run.batches(3) for name in ids_of(batch)]
    assert (run.total, sizes) == (7, [3, 3, 1])
    assert sorted(ids) == sorted(store.read(tables.ARTICLES)["article_id"])


def test_annotating_again_replaces_and_never_doubles(store):
    for version in ("v1", "v2"):
        annotate(store, version)
        assert done(store) == dict.fromkeys(("202201-a", "202202-b", "undated-c"), version)


def test_annotations_of_two_versions_are_not_shown_together(store):
    annotate(store, "v1")
    annotate(store, "v2", batch=1, stop_after=1)
    with pytest.raises(ParleyError, match="different versions: run `parley annotate"):
        _ = open_study(store.folder).sentences
    assert len(open_study(store.folder, end="2022-02-01").sentences) == 1


def test_one_more_article_in_a_month_leaves_the_others_alone(store):
    annotate(store, "v1")
    store.append(tables.ARTICLES, pd.DataFrame([article(digest="d")]))
    assert annotate(store, "v1") == [["202201-d"]]
    assert len(done(store)) == 4


def test_what_failed_is_tried_again_and_nothing_else(store):
    store.append(tables.ARTICLES, pd.DataFrame([article(digest="d")]))
    with Annotating(store, "v1") as run:
        for batch in run.batches(9):
            made = annotated(*ids_of(batch))
            hard = made["annotated"]["article_id"] == "202201-d"
            made["annotated"].loc[hard, "failed"] = "too hard"
            run.write(made)
    assert Annotating(store, "v1").total == 1
    assert annotate(store, "v1") == [["202201-d"]]
    assert len(done(store)) == 4


KILLED = """
import os, signal, sys
from parley.corpus import delta
from parley.corpus.annotating import Annotating
from parley.corpus.store import Store
from tests.corpus.conftest import annotated

write, left = delta.write, [int(sys.argv[2])]
def counted(*given, **options):
    write(*given, **options)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
with Annotating(Store(sys.argv[1]), "v1") as run:
    delta.write = counted
    for batch in run.batches(1):
        run.write(annotated(*batch["article_id"].to_pylist()))
"""


@pytest.mark.parametrize("commits", [4, 5])  # a batch is three: a claim, its sentences, its mark
def test_killed_between_two_commits_a_batch_is_done_again_whole(store, commits):
    run = [sys.executable, "-c", KILLED, str(store.folder), str(commits)]
    killed = subprocess.run(run, cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    marks = store.read(tables.ANNOTATED).set_index("article_id")["failed"]
    assert marks["202202-b"] == tables.UNFINISHED and pd.isna(marks["202201-a"])
    assert "2 of 3 articles are not annotated" in open_study(store.folder).missing
    assert annotate(store, "v1", batch=1) == [["202202-b"], ["undated-c"]]
    assert len(done(store)) == 3


def test_a_second_run_in_a_folder_is_refused(store):
    with Annotating(store, "v1") as first:
        with (
            pytest.raises(ParleyError, match="another process is annotating"),
            Annotating(Store(store.folder), "v1"),
        ):
            pass
        for batch in first.batches(9):
            first.write(annotated(*ids_of(batch)))
    assert len(done(store)) == 3


def test_without_a_lock_the_run_that_began_later_goes_on_alone(store):
    with Annotating(store, "v1") as first:
        first._lock.release()  # as in an object store, where there is none
        one, *_ = first.batches(1)
        first.write(annotated(*ids_of(one)))
        second = Annotating(Store(store.folder), "v1")
        with second:
            before = store.version()
            with pytest.raises(ParleyError, match=r"another process is writing to .*/c: ") as said:
                first.write(annotated("202202-b"))
            assert "\n" not in str(said.value)
            assert store.version() == before
            for batch in second.batches(9):
                second.write(annotated(*ids_of(batch)))
    assert len(done(store)) == 3


def test_a_batch_that_breaks_a_table_leaves_no_claim(store):
    made = annotated("202201-a")
    made["sentences"]["start"] = -1
    with Annotating(store, "v1") as run, pytest.raises(ParleyError, match="start"):
        run.write(made)
    assert store.read(tables.ANNOTATED).empty


def test_small_files_are_joined_on_the_way(store, monkeypatch):
    monkeypatch.setattr("parley.corpus.annotating.COMPACT_EVERY", 4)
    for digest in "defghijk":
        store.append(tables.ARTICLES, pd.DataFrame([article(digest=digest)]))
    annotate(store, "v1", batch=1)
    assert len(done(store)) == 11
    assert len(store.opened("sentences").file_uris()) < 8


def test_a_large_file_is_read_a_few_articles_at_a_time(store):
    for part in "xy":  # of two files the joined one has no more rows in a group than a reader holds
        rows = [article(digest=f"{part}{number}") for number in range(1500)]
        store.append(tables.ARTICLES, pd.DataFrame(rows))
    store.compact()
    groups = [
        fragment.metadata.num_row_groups
        for fragment in store.opened("articles").to_pyarrow_dataset().get_fragments()
        if fragment.count_rows() > 2000
    ]
    assert groups == [2]
    with Annotating(store, "v1") as run:
        assert sum(map(len, run.batches(700))) == run.total == 3003

"""One pipeline: in one process, in several, on a cluster; the tables are the same."""

import os
import signal
import socket
import subprocess
import sys
import time

import pandas as pd
import pytest
from parley import corpus, paths, pipeline, tables
from parley.errors import ParleyError

FEW = [
    ("2022-01-10", "NATO met Russia in Brussels. Jens Stoltenberg said the talks were not easy."),
    ("2022-01-11", "Ukraine welcomed the decision. “We are ready,” said Dmytro Kuleba."),
    (
        "2022-01-12",
        "Sergei Ryabkov warned that Russia would not wait. The US dismissed the threat.",
    ),
    ("2022-01-13", "Poland called on Russia to end the build-up near Ukraine."),
]


@pytest.fixture
def few(tmp_path):
    """A corpus of four short articles, not yet annotated."""
    for number, (day, text) in enumerate(FEW):
        (tmp_path / f"{day}_post_{number}.txt").write_text(text)
    corpus.ingest([*tmp_path.glob("*.txt")], tmp_path / "c")
    return tmp_path / "c"


def annotations(folder):
    """Every annotation table of a corpus in one order, to be compared."""
    store = corpus.Store(folder)
    return {
        table.name: store.read(table).sort_values([*table.key], ignore_index=True)
        for table in tables.ANNOTATIONS
    }


def assert_same(one, other):
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name], obj=name, rtol=1e-4, atol=1e-4)


def test_what_is_annotated_is_not_annotated_again(few):
    first = pipeline.annotate_corpus(few, batch=3)
    assert (first.annotated, first.remaining) == (4, 0)
    version = corpus.Store(few).version()
    assert pipeline.annotate_corpus(few).annotated == 0
    assert corpus.Store(few).version() == version


def test_progress_is_told_batch_by_batch(few):
    told = []
    pipeline.annotate_corpus(few, batch=3, progress=lambda *at: told.append(at))
    assert told == [(3, 4), (4, 4)]


def test_ctrl_c_keeps_what_was_done_and_the_next_run_goes_on(few):
    def stop(done, total):
        raise KeyboardInterrupt

    outcome = pipeline.annotate_corpus(few, batch=1, progress=stop)
    assert (outcome.interrupted, outcome.annotated, outcome.remaining) == (True, 1, 3)
    assert pipeline.annotate_corpus(few).annotated == 3


def test_an_article_that_fails_is_marked_and_takes_no_other_along(few, monkeypatch):
    whole = pipeline.annotate.annotate

    def hard(articles, **options):
        if articles["text"].str.contains("Kuleba").any():
            raise ValueError("too hard")
        return whole(articles, **options)

    monkeypatch.setattr(pipeline.annotate, "annotate", hard, raising=False)
    outcome = pipeline.annotate_corpus(few)
    assert (outcome.annotated, outcome.failed) == (4, 1)
    marks = corpus.Store(few).read(tables.ANNOTATED)
    assert marks["failed"].dropna().tolist() == ["ValueError: too hard"]
    assert corpus.Store(few).read(tables.SENTENCES)["article_id"].nunique() == 3


def test_several_processes_give_the_same_tables(few, tmp_path):
    pipeline.annotate_corpus(few)
    alone = annotations(few)
    other = tmp_path / "other"
    corpus.ingest([*tmp_path.glob("*.txt")], other)
    pipeline.annotate_corpus(other, workers=2, batch=1)
    assert_same(alone, annotations(other))


def test_a_scheduler_that_is_not_there_is_one_sentence(few):
    with pytest.raises(ParleyError, match="no Dask scheduler answers at tcp:"):
        pipeline.annotate_corpus(few, scheduler="tcp://127.0.0.1:9")


@pytest.fixture
def cluster():
    """A scheduler and two workers as processes of their own."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    run = [sys.executable, "-m", "distributed.cli"]
    scheduler = [*run[:2], "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    worker = [*run[:2], "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen([*scheduler, "--port", str(port), "--no-dashboard"], **quiet)]
    processes += [subprocess.Popen([*worker, "--no-dashboard"], **quiet) for _ in range(2)]
    try:
        with Client(address, timeout="120s") as client:
            client.wait_for_workers(2, timeout=120)
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_worker_that_is_killed_has_its_part_done_elsewhere(few, tmp_path, cluster):
    address, workers = cluster
    other = tmp_path / "other"
    corpus.ingest([*tmp_path.glob("*.txt")], other)

    def kill_one(done, total):
        if workers[0].poll() is None:
            os.kill(workers[0].pid, signal.SIGKILL)
            time.sleep(0.5)

    outcome = pipeline.annotate_corpus(other, scheduler=address, batch=1, progress=kill_one)
    assert (outcome.annotated, outcome.remaining) == (4, 0)
    marks = corpus.Store(other).read(tables.ANNOTATED)
    assert marks["article_id"].is_unique
    pipeline.annotate_corpus(few)
    assert_same(annotations(few), annotations(other))


def test_the_sample_is_annotated_without_a_failure(sample_corpus):
    marks = corpus.Store(sample_corpus).read(tables.ANNOTATED)
    assert len(marks) == 137
    assert marks["failed"].isna().all()
    assert paths.SAMPLE_ARTICLES.is_dir()


@pytest.mark.parametrize(("pattern", "fault"), [(".*", "match every"), ("(?!)", "match no text")])
def test_an_issue_that_cannot_be_used_is_said_before_any_article(tmp_path, pattern, fault):
    rows = f'issue_id,name,description,patterns\nmine,Mine,Any,"{pattern}"\n'
    (tmp_path / "issues.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(ParleyError, match=f"issue 'mine': its patterns {fault}"):
        pipeline._registry(str(tmp_path))

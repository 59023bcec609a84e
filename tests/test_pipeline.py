"""One pipeline: in one process, in several, on a cluster; the tables are the same."""

import os
import shutil
import signal
import socket
import subprocess
import sys

import pandas as pd
import pytest
from parley import annotate, corpus, paths, pipeline, tables
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


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_finishes_what_is_under_way_and_the_next_run_goes_on(few, workers):
    pressed = []

    def ctrl_c_once(done, total):
        if not pressed:
            os.kill(os.getpid(), signal.SIGINT)

    outcome = pipeline.annotate_corpus(
        few,
        batch=1,
        workers=workers,
        progress=ctrl_c_once,
        on_interrupt=lambda: pressed.append("told"),
    )
    assert outcome.interrupted and pressed == ["told"]
    assert 1 <= outcome.annotated == 4 - outcome.remaining
    assert corpus.Store(few).count(tables.ANNOTATED) == outcome.annotated
    assert pipeline.annotate_corpus(few).annotated == outcome.remaining


@pytest.fixture
def heard():
    """Ctrl-C as in a terminal: who is started in the background may be told to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_a_second_ctrl_c_drops_what_is_under_way(few):
    def ctrl_c(*_):
        os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        pipeline.annotate_corpus(few, batch=1, progress=ctrl_c, on_interrupt=ctrl_c)
    assert corpus.Store(few).count(tables.ANNOTATED) == 1
    assert pipeline.annotate_corpus(few).annotated == 3


def test_an_article_that_fails_is_marked_and_takes_no_other_along(few, monkeypatch):
    whole = annotate.annotate

    def hard(articles, **options):
        if articles["text"].str.contains("Kuleba").any():
            raise ValueError("too hard")
        return whole(articles, **options)

    monkeypatch.setattr(annotate, "annotate", hard, raising=False)
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


# ---- on a cluster ----


def test_a_scheduler_that_is_not_there_is_one_sentence(few):
    with pytest.raises(ParleyError, match="no Dask scheduler answers at tcp:"):
        pipeline.annotate_corpus(few, scheduler="tcp://127.0.0.1:9")


@pytest.fixture
def cluster():
    """A scheduler and workers as processes of their own; give its address and all processes."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    started = []

    def start(program, *options, **environment):
        run = [sys.executable, "-m", f"distributed.cli.{program}", *options, "--no-dashboard"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(run, env=os.environ | environment, **quiet))

    def begin(workers, **environment):
        start("dask_scheduler", "--host", "127.0.0.1", "--port", str(port))
        for _ in range(workers):
            start("dask_worker", address, "--nthreads", "1", "--no-nanny", **environment)
        with Client(address, timeout="120s") as client:
            if workers:
                client.wait_for_workers(workers, timeout=120)
        return address, started

    try:
        yield begin
    finally:
        for process in started:
            process.kill()
            process.wait()


def test_a_worker_that_is_killed_has_its_part_done_elsewhere(few, tmp_path, cluster):
    address, (_, doomed, _) = cluster(workers=2)
    other = tmp_path / "other"
    corpus.ingest([*tmp_path.glob("*.txt")], other)

    def kill_one(done, total):
        if doomed.poll() is None:
            doomed.send_signal(signal.SIGKILL)
            doomed.wait()

    outcome = pipeline.annotate_corpus(other, scheduler=address, batch=1, progress=kill_one)
    assert doomed.returncode == -signal.SIGKILL
    assert (outcome.annotated, outcome.remaining) == (4, 0)
    marks = corpus.Store(other).read(tables.ANNOTATED)
    assert marks["article_id"].is_unique
    pipeline.annotate_corpus(few)
    assert_same(annotations(few), annotations(other))


def test_a_scheduler_without_workers_is_one_sentence(few, cluster):
    address, _ = cluster(workers=0)
    with pytest.raises(ParleyError, match="has no workers: start some with `dask worker tcp:"):
        pipeline.annotate_corpus(few, scheduler=address)
    assert corpus.Store(few).read(tables.ANNOTATED).empty


def test_a_scheduler_that_is_lost_is_one_sentence_and_what_was_done_is_kept(few, cluster):
    address, (scheduler, _) = cluster(workers=1)

    def lose(done, total):
        scheduler.kill()
        scheduler.wait()

    with pytest.raises(ParleyError, match=r"the scheduler was lost after \d of 4 articles"):
        pipeline.annotate_corpus(few, scheduler=address, batch=1, progress=lose)
    done = corpus.Store(few).count(tables.ANNOTATED)
    assert 1 <= done < 4
    assert pipeline.annotate_corpus(few).annotated == 4 - done


def test_a_worker_of_another_version_is_one_sentence(few, tmp_path, cluster):
    home = tmp_path / "home"
    shutil.copytree(paths.ACTORS, home / "data" / "actors")
    for part in ("models", "lexicons"):
        (home / "data" / part).symlink_to(paths.DATA / part)
    with (home / "data" / "actors" / "actors.csv").open("a", encoding="utf-8") as rows:
        rows.write("jan-novak,Jan Novak,person,,,,\n")
    address, _ = cluster(workers=1, PARLEY_HOME=str(home))
    with pytest.raises(
        ParleyError, match=r"the worker at tcp:\S+ annotates as .* install the same"
    ):
        pipeline.annotate_corpus(few, scheduler=address)
    assert corpus.Store(few).read(tables.ANNOTATED).empty


def test_the_sample_is_annotated_without_a_failure(sample_corpus):
    marks = corpus.Store(sample_corpus).read(tables.ANNOTATED)
    assert len(marks) == 137
    assert marks["failed"].isna().all()
    assert paths.SAMPLE_ARTICLES.is_dir()


@pytest.mark.parametrize(("pattern", "fault"), [(".*", "match every"), ("(?!)", "match no text")])
def test_an_issue_that_cannot_be_used_is_said_before_any_article(few, pattern, fault):
    rows = f'issue_id,name,description,patterns\nmine,Mine,Any,"{pattern}"\n'
    (few / "issues.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(ParleyError, match=f"issue 'mine': its patterns {fault}"):
        pipeline.annotate_corpus(few)
    assert corpus.Store(few).read(tables.ANNOTATED).empty


def test_an_actor_in_a_file_beside_the_corpus_is_found_by_every_worker(few):
    (few / "actors.csv").write_text("actor_id,name,kind\ntalks,Talks,organisation\n", "utf-8")
    (few / "aliases.csv").write_text("actor_id,alias,form\ntalks,the talks,name\n", "utf-8")
    pipeline.annotate_corpus(few, workers=2, batch=2)
    assert "talks" in set(corpus.Store(few).read(tables.MENTIONS)["actor_id"])
    assert pipeline.annotate_corpus(few).annotated == 0

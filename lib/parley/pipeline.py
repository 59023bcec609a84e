"""Corpus, annotate and store put together: in this process, on this machine, or on a cluster.

Batches of articles go out to annotators and come back as tables; this process alone commits them,
each batch at once, as soon as it is back. A kill at any moment loses at most the batches under way.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd

from parley import annotate, corpus
from parley.errors import ParleyError

# Articles in a batch: large enough that a commit costs little beside it, small enough that two
# batches under way fit into a laptop's memory and an interruption loses seconds.
BATCH = 200

Progress = Callable[[int, int], None]
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """What one run of ``annotate_corpus`` did: counts of articles and words, and seconds."""

    annotated: int
    failed: int
    remaining: int
    words: int
    seconds: float
    interrupted: bool = False

    def __str__(self) -> str:
        if not self.annotated and not self.remaining:
            return "nothing to annotate: every article is up to date"
        rate = self.words / max(self.seconds, 0.001)
        left = f", {self.remaining:,} remain" if self.remaining else ""
        failed = f", {self.failed:,} failed and are marked" if self.failed else ""
        return (
            f"{self.annotated:,} articles annotated in {self.seconds:,.0f} s "
            f"({rate:,.0f} words a second){failed}{left}"
        )


def annotate_corpus(
    corpus_dir: str | Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> Outcome:
    """Annotate what is new, or annotated by an older version, and commit it batch by batch.

    ``progress(done, total)`` is called after each batch. Ctrl-C stops after the batches that are
    already back; the next call goes on from there.
    """
    store = corpus.Store(corpus_dir)
    overlay = store.overlay()
    version = annotate.version(_registry(overlay))
    total = store.count_unannotated(version)
    if not total:
        return Outcome(0, 0, 0, 0, 0.0)
    store.write_actors(_registry(overlay).actors)
    started, done, failed, words, interrupted = time.monotonic(), 0, 0, 0, False
    try:
        with _executor(workers, scheduler) as executor:
            batches = store.unannotated(version, batch=batch)
            for tables, count in _annotated(batches, executor, overlay, ahead=2 * workers):
                store.write_annotations(tables, version)
                done += len(tables["annotated"])
                failed += int(tables["annotated"]["failed"].notna().sum())
                words += count
                if progress:
                    progress(done, total)
    except KeyboardInterrupt:
        interrupted = True
    except BrokenProcessPool as problem:
        raise ParleyError(
            f"a worker was killed after {done} of {total} articles (out of memory?): what was "
            "done is kept; run the same command again, with fewer --workers if need be",
            exit_code=1,
        ) from problem
    seconds = time.monotonic() - started
    return Outcome(done, failed, total - done, words, seconds, interrupted)


@lru_cache(maxsize=2)
def _registry(overlay: str | None) -> annotate.Registry:
    """Load the registry once per process: a worker annotates many batches with it."""
    from parley.annotate.stance.issues import compiled  # late: the marks alone need no grammar

    registry = annotate.load_registry(overlay=overlay)
    compiled(registry.issues)  # an issue that cannot be used is said now, not of every article
    return registry


def _annotate_batch(articles: pd.DataFrame, overlay: str | None) -> tuple[Tables, int]:
    """Annotate one batch, wherever that is; an article that fails is marked, never fatal."""
    registry = _registry(overlay)
    words = int(articles["n_words"].sum())
    try:
        return _marked(annotate.annotate(articles, registry=registry), articles), words
    except Exception:  # one hard article must not take its batch along: find which it is
        return _one_by_one(articles, registry), words


def _one_by_one(articles: pd.DataFrame, registry: annotate.Registry) -> Tables:
    parts = []
    for number in range(len(articles)):
        one = articles.iloc[[number]]
        try:
            parts.append(_marked(annotate.annotate(one, registry=registry), one))
        except Exception as problem:
            reason = f"{type(problem).__name__}: {problem}"[:300]
            nothing = annotate.annotate(one.iloc[:0], registry=registry)
            parts.append(_marked(nothing, one, failed=reason))
    return {name: pd.concat([part[name] for part in parts]) for name in parts[0]}


def _marked(tables: Tables, articles: pd.DataFrame, failed: str | None = None) -> Tables:
    marks = pd.DataFrame({"article_id": articles["article_id"], "failed": failed})
    return {**tables, "annotated": marks.astype("string").reset_index(drop=True)}


def _annotated(
    batches: Iterable[pd.DataFrame], executor: Executor | None, overlay: str | None, *, ahead: int
) -> Iterator[tuple[Tables, int]]:
    """Yield results as they come back; at most ``ahead`` batches are out, so memory is bounded."""
    if executor is None:
        yield from (_annotate_batch(articles, overlay) for articles in batches)
        return
    waiting: set[Future] = set()
    for articles in batches:
        waiting.add(executor.submit(_annotate_batch, articles, overlay))
        if len(waiting) >= ahead:
            back, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in back)
    while waiting:
        back, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in back)


@contextmanager
def _executor(workers: int, scheduler: str | None) -> Iterator[Executor | None]:
    if scheduler:
        with _cluster(scheduler) as executor:
            yield executor
    elif workers > 1:
        with ProcessPoolExecutor(workers, initializer=annotate.one_thread) as pool:
            yield pool
    else:
        yield None


@contextmanager
def _cluster(scheduler: str) -> Iterator[Executor]:
    """An executor on an existing Dask cluster whose workers run this version of Parley."""
    try:
        from distributed import Client
    except ImportError as problem:
        raise ParleyError(
            "--scheduler needs the extra `cluster`: pip install 'parley[cluster]'"
        ) from problem
    try:
        client = Client(scheduler, timeout="10s")
    except (OSError, TimeoutError, ValueError) as problem:
        raise ParleyError(
            f"no Dask scheduler answers at {scheduler}: start one with `dask scheduler`, "
            "or leave out --scheduler to annotate on this machine"
        ) from problem
    with client:
        _same_version(client)
        yield client.get_executor()


def _same_version(client) -> None:
    for address, theirs in client.run(_version).items():
        if theirs != _version():
            raise ParleyError(
                f"the worker at {address} annotates as {theirs} and this process as {_version()}: "
                "install the same Parley, registry and model on both"
            )


def _version() -> str:
    return annotate.version(_registry(None))

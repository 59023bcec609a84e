"""Corpus, annotate and store put together: in this process, on this machine, or on a cluster.

Batches of articles go out to annotators as Arrow and come back as tables; this process alone
commits them, each batch whole and as soon as it is back, whichever was sent first. A kill at any
moment loses at most the batches under way.
"""

import signal
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, current_thread, main_thread

import pyarrow as pa

from parley import corpus
from parley.annotate.registry.files import COLUMNS
from parley.pipeline.batch import (
    Overlay,
    Tables,
    annotate_batch,
    annotate_elsewhere,
    check_issues,
    registry_of,
    unpacked,
    version_of,
)
from parley.pipeline.workers import lost, workers_of

__all__ = ["BATCH", "Outcome", "annotate_corpus"]

# Articles in a batch: large enough that a commit costs little beside it, small enough that those
# under way fit into a laptop's memory and an interruption loses a minute's work.
BATCH = 100

Progress = Callable[[int, int], None]


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
    on_interrupt: Callable[[], None] = lambda: None,
) -> Outcome:
    """Annotate what is new, or annotated by an older version, and commit it batch by batch.

    ``progress(done, total)`` is called after each batch. At Ctrl-C ``on_interrupt`` is called, the
    batches under way are finished, and the next call goes on from there; at a second one they are
    lost. Raises ParleyError where the corpus cannot be written to, another process is annotating
    it, or the workers are not there, are lost, or are of another version.
    """
    store = corpus.Store(corpus_dir)
    overlay = tuple(store.beside(COLUMNS).items())
    run = corpus.Annotating(store, version_of(overlay))
    if not run.total:
        return Outcome(0, 0, 0, 0, 0.0)
    check_issues(overlay)
    started, done, failed, words, stop = time.monotonic(), 0, 0, 0, Event()
    with workers_of(workers, scheduler, overlay) as (executor, ahead), run:
        store.write_actors(registry_of(overlay).actors)
        with _finishing(stop, on_interrupt), lost(lambda: f"after {done} of {run.total} articles"):
            batches = _until(stop, run.batches(batch))
            for made, count in _annotated(batches, executor, overlay, ahead=ahead):
                run.write(made)
                done += len(made["annotated"])
                failed += int(made["annotated"]["failed"].notna().sum())
                words += count
                if progress:
                    progress(done, run.total)
        if done > 10 * batch:  # as a bulk load leaves many small files
            run.compact()
    seconds = time.monotonic() - started
    return Outcome(done, failed, run.total - done, words, seconds, stop.is_set())


def _annotated(
    batches: Iterable[pa.Table], executor: Executor | None, overlay: Overlay, *, ahead: int
) -> Iterator[tuple[Tables, int]]:
    """Yield results as they come back; at most ``ahead`` batches are out, so memory is bounded."""
    if executor is None:
        yield from (unpacked(annotate_batch(articles, overlay)) for articles in batches)
        return
    version = version_of(overlay)
    waiting: set[Future] = set()
    for articles in batches:
        waiting.add(executor.submit(annotate_elsewhere, articles, overlay, version))
        if len(waiting) >= ahead:
            back, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (unpacked(future.result()) for future in back)
    while waiting:
        back, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        yield from (unpacked(future.result()) for future in back)


def _until(stop: Event, batches: Iterable[pa.Table]) -> Iterator[pa.Table]:
    for articles in batches:
        if stop.is_set():
            return
        yield articles


@contextmanager
def _finishing(stop: Event, on_interrupt: Callable[[], None]) -> Iterator[None]:
    """Within, the first Ctrl-C sets ``stop``; the second is what Ctrl-C always is."""
    if current_thread() is not main_thread():  # signals are the main thread's
        yield
        return

    def first(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)
        on_interrupt()

    before = signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

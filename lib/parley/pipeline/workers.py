"""Who annotates: this process, several of this machine, or the workers of a Dask cluster."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from parley.errors import ParleyError
from parley.pipeline.batch import Overlay, other_version, version_of


@contextmanager
def workers_of(
    workers: int, scheduler: str | None, overlay: Overlay
) -> Iterator[tuple[Executor | None, int]]:
    """Who annotates, and how many batches to have out: somewhat more than there are workers."""
    if scheduler:
        with _cluster(scheduler, overlay) as client:
            # Not pure: two batches are never one task, whatever Dask makes of their contents.
            yield client.get_executor(pure=False), _ahead(sum(client.nthreads().values()))
    elif workers > 1:
        with ProcessPoolExecutor(workers, initializer=_deaf) as pool:
            yield pool, _ahead(workers)
    else:
        yield None, 1


def _ahead(workers: int) -> int:
    return workers + 1 + workers // 4  # so that nobody waits while a batch is committed


def _deaf() -> None:
    """Finish the batch all the same: a terminal's Ctrl-C reaches every process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def lost(when: Callable[[], str]) -> Iterator[None]:
    """Say in one sentence that workers, or the scheduler with all of them, are gone."""
    kept = "what was done is kept; run the same command again"
    try:
        yield
    except BrokenProcessPool as problem:
        raise ParleyError(
            f"a worker was killed {when()} (out of memory?): {kept}, with fewer --workers if need "
            "be",
            exit_code=1,
        ) from problem
    except CancelledError as problem:
        raise ParleyError(f"the scheduler was lost {when()}: {kept}", exit_code=1) from problem
    except Exception as problem:
        if type(problem).__name__ != "KilledWorker":  # of distributed, which may not be installed
            raise
        raise ParleyError(
            f"one batch has killed several workers {when()} (out of memory?): {kept}, with more "
            "memory for each",
            exit_code=1,
        ) from problem


@contextmanager
def _cluster(scheduler: str, overlay: Overlay) -> Iterator:
    """A client of an existing Dask cluster whose workers run this version of Parley."""
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
        _check_workers(client, scheduler, overlay)
        yield client


def _check_workers(client, scheduler: str, overlay: Overlay) -> None:
    if not client.nthreads():
        raise ParleyError(
            f"the scheduler at {scheduler} has no workers: start some with `dask worker "
            f"{scheduler} --nthreads 1`"
        )
    try:
        versions = client.run(version_of, overlay)
    except Exception as problem:
        raise ParleyError(
            f"the workers of {scheduler} cannot annotate ({type(problem).__name__}: {problem}): "
            "install the same Parley on all of them"
        ) from problem
    for address, theirs in versions.items():
        if theirs != version_of(overlay):
            raise ParleyError(
                other_version(f"the worker at {address}", theirs, version_of(overlay))
            )

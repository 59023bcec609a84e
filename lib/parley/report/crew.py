"""The process that runs notebooks, each in a forked worker, so that nothing loads twice.

``python -m parley.report.crew JOBS.json EVENTS`` loads papermill and what the notebooks import,
once. For each notebook it forks a worker (papermill), and that forks the kernel. Where forking is
not safe (macOS, Windows) a worker is a fresh process with a kernel as Jupyter starts it.

Events go to the file descriptor EVENTS, a JSON object a line. When its parent dies,
the crew, its workers and their kernels die with it.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parley.report.worker import MENDABLE

FORKS = sys.platform == "linux" and not os.environ.get("PARLEY_FRESH_KERNELS")
_TICK = 0.05
_GRACE = 3.0


def die_with_parent(parent: int) -> None:
    """Have this process killed when its parent dies, however it dies (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)


def preload(names: list[str]) -> None:
    """Import modules, and touch what is taken from them; what fails will fail in its notebook."""
    for name in sorted(names):
        module, _, attribute = name.partition(":")
        with contextlib.suppress(BaseException):
            loaded = importlib.import_module(module)
            if attribute:
                getattr(loaded, attribute)


@dataclass
class Worker:
    """A running worker: its job, its process, when it began."""

    job: dict[str, Any]
    pid: int
    began: float
    poll: Callable[[], int | None]

    def kill(self) -> None:
        """Kill the worker and all that it started."""
        for group in (_kernel_group(self.job), self.pid):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if group:
                    os.killpg(group, signal.SIGKILL)


def _kernel_group(job: dict[str, Any]) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return int(Path(job["pid_file"]).read_text())
    return None


def _fork(job: dict[str, Any]) -> Worker:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.setsid()
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            die_with_parent(parent)
            from parley.report import worker

            code = worker.main(job, forked=True)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return Worker(job, pid, time.monotonic(), _poller(pid))


def _poller(pid: int) -> Callable[[], int | None]:
    ended: int | None = None

    def poll() -> int | None:
        nonlocal ended
        if ended is None:
            done, status = os.waitpid(pid, os.WNOHANG)
            ended = os.waitstatus_to_exitcode(status) if done else None
        return ended

    return poll


def _spawn(job: dict[str, Any]) -> Worker:
    command = [sys.executable, "-m", "parley.report.worker", json.dumps(job)]
    process = subprocess.Popen(command, start_new_session=True)
    return Worker(job, process.pid, time.monotonic(), process.poll)


def _finish(workers: list[Worker]) -> None:
    for each in workers:
        each.kill()
    until = time.monotonic() + _GRACE
    while any(each.poll() is None for each in workers) and time.monotonic() < until:
        time.sleep(_TICK)


def run(plan: dict[str, Any], tell: Callable[[dict[str, Any]], None]) -> None:
    """Run all jobs, ``parallel`` at a time, until done or until the run's time is over.

    What one notebook says the user has to mend the rest would say again: none is started after it.
    """
    waiting = list(plan["jobs"])
    running: list[Worker] = []
    began, start = time.monotonic(), _fork if FORKS else _spawn
    parent = os.getppid()
    try:
        while waiting or running:
            while waiting and len(running) < plan["parallel"]:
                job = waiting.pop(0)
                tell({"event": "started", "id": job["id"]})
                running.append(start(job))
            for each in [each for each in running if each.poll() is not None]:
                running.remove(each)
                each.kill()  # a kernel that outlived its worker
                seconds = round(time.monotonic() - each.began, 2)
                tell({"event": "ended", "id": each.job["id"], "code": each.poll(),
                      "seconds": seconds})  # fmt: skip
                if each.poll() == MENDABLE:
                    tell({"event": "dropped", "ids": [job["id"] for job in waiting]})
                    waiting.clear()
            if time.monotonic() - began > plan["run_seconds"]:
                tell({"event": "late", "ids": [each.job["id"] for each in running]})
                return
            if os.getppid() != parent:
                return
            time.sleep(_TICK)
    finally:
        _finish(running)


def main(plan_file: str, events: str) -> int:
    """Run the plan in a file; what the notebooks' processes print goes to standard error."""
    plan = json.loads(Path(plan_file).read_text(encoding="utf-8"))
    channel = os.fdopen(int(events), "w", buffering=1)
    os.set_inheritable(channel.fileno(), False)

    def tell(event: dict[str, Any]) -> None:
        with contextlib.suppress(BrokenPipeError):
            channel.write(json.dumps(event) + "\n")

    def stop(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    die_with_parent(plan["parent"])
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
    if FORKS:
        from parley.report import worker

        worker.warm()
        preload(plan["preload"])
        gc.freeze()  # what is loaded stays shared with the workers
    run(plan, tell)
    return 0


if __name__ == "__main__":
    code = main(*sys.argv[1:3])
    sys.stderr.flush()
    os._exit(code)  # nothing is left to tidy, and tidying a forked interpreter takes a second

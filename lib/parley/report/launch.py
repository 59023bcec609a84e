"""The crew seen from outside: started, watched on the screen, stopped when the run is."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parley.report import notebooks
from parley.report.definition import Limits
from parley.report.worker import MENDABLE

_SLACK = 15.0


@dataclass
class Job:
    """One notebook to be run with its parameters."""

    id: str
    stem: str
    source: Path
    parameters: dict[str, Any]
    folder: Path
    about: str | None = None  # the value of a sweep
    seconds: float | None = None
    code: int | None = None
    late: bool = False
    dropped: bool = False

    @property
    def output(self) -> Path:
        """Where the executed notebook stands."""
        return self.folder / "notebooks" / f"{self.id}.ipynb"

    @property
    def mendable(self) -> bool:
        """Whether it ended in a sentence to the user, who has to mend what it names."""
        return self.code == MENDABLE

    @property
    def error(self) -> Path:
        """Where the worker says why it gave up."""
        return self.folder / f".{self.id}.error"

    def plan(self, limits: Limits) -> dict[str, Any]:
        """Give the job as the crew takes it."""
        return {
            "id": self.id,
            "input": str(self.source),
            "output": str(self.output),
            "parameters": self.parameters,
            "cwd": str(self.source.parent),
            "cell_seconds": limits.cell_seconds,
            "memory_gb": limits.memory_gb,
            "pid_file": str(self.folder / f".{self.id}.pid"),
            "error_file": str(self.error),
        }

    def fault(self, limits: Limits) -> str | None:
        """Say in a sentence why this notebook is not to be believed, or give None."""
        if self.late:
            return f"was stopped: the run took longer than {limits.run_seconds:g} seconds"
        if self.dropped:
            return "was not run: another notebook says what to mend first"
        said = self.error.read_text("utf-8") if self.error.exists() else ""
        if "CellTimeoutError" in said:
            return f"was stopped: a cell took longer than {limits.cell_seconds:g} seconds"
        found = notebooks.fault(self.output) if self.output.exists() else None
        if "DeadKernelError" in said:
            return f"its kernel died{'; ' + found if found else ''}"
        if found or self.code == 0:
            return found or (None if self.output.exists() else "left no notebook")
        last = said.strip().splitlines()[-1:] or [f"its process ended with {self.code}"]
        return f"papermill gave up: {last[0][:300]}"


@dataclass
class Screen:
    """Progress on standard error: live on a terminal, else a line when something happens."""

    title: str
    jobs: list[Job]
    states: dict[str, str] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    @contextlib.contextmanager
    def live(self) -> Iterator[None]:
        """Show the table while a run lasts."""
        from rich.console import Console
        from rich.live import Live

        console = Console(stderr=True)
        if not console.is_terminal:
            yield
            return
        with Live(self, console=console, refresh_per_second=4, transient=False):
            yield

    def __rich__(self) -> Any:
        from rich.table import Table

        table = Table.grid(padding=(0, 2))
        table.title = f"{self.title} · {time.monotonic() - self.began:.0f} s"
        table.title_justify = "left"
        for job in self.jobs:
            state = self.states.get(job.id, "waiting")
            table.add_row(_DOT.get(state.split()[0], "[dim]·[/]"), job.id, f"[dim]{state}[/]")
        return table

    def say(self, job: Job, state: str) -> None:
        """Note a job's new state."""
        self.states[job.id] = state
        if not sys.stderr.isatty():
            print(f"{self.title}: {job.id} {state}", file=sys.stderr, flush=True)


_DOT = {"running": "[yellow]●[/]", "done": "[green]✓[/]", "failed": "[red]✗[/]"}


def _start(plan_file: Path, log: Path) -> tuple[subprocess.Popen, int]:
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "parley.report.crew", str(plan_file), str(writing)]
    with log.open("ab") as file:
        process = subprocess.Popen(
            command, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=file, stderr=file,
            start_new_session=True, env=os.environ | {"MPLBACKEND": "agg"},
        )  # fmt: skip
    os.close(writing)
    return process, reading


def _stop(process: subprocess.Popen) -> None:
    """Stop the crew, which stops its workers and their kernels; insist after a while."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=6)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _note(event: dict[str, Any], jobs: dict[str, Job], screen: Screen) -> None:
    if event["event"] == "late":
        for name in event["ids"]:
            jobs[name].late = True
            screen.say(jobs[name], "failed (too late)")
        return
    if event["event"] == "dropped":
        for name in event["ids"]:
            jobs[name].dropped = True
            screen.say(jobs[name], "not run")
        return
    job = jobs[event["id"]]
    if event["event"] == "started":
        screen.say(job, "running")
        return
    job.code, job.seconds = event["code"], event["seconds"]
    screen.say(job, f"{'done' if job.code == 0 else 'failed'} in {job.seconds:.1f} s")


def run(
    jobs: list[Job],
    limits: Limits,
    folder: Path,
    *,
    title: str,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Run the jobs; each is told how it ended. ``meanwhile`` is called once while they run."""
    named, screen = {job.id: job for job in jobs}, Screen(title, jobs)
    loads = set().union(*(notebooks.imports(notebooks.read(job.source)) for job in jobs))
    plan = {
        "jobs": [job.plan(limits) for job in jobs],
        "parallel": min(limits.parallel, len(jobs)),
        "run_seconds": limits.run_seconds,
        "parent": os.getpid(),
        "preload": sorted(loads),
    }
    plan_file = folder / ".plan.json"
    plan_file.write_text(json.dumps(plan), encoding="utf-8")
    process, reading = _start(plan_file, folder / "log.txt")
    try:
        with screen.live(), os.fdopen(reading, encoding="utf-8") as events:
            meanwhile()
            for line in events:
                _note(json.loads(line), named, screen)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_SLACK)
    finally:
        if process.poll() is None:
            _stop(process)

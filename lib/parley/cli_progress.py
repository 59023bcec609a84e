"""Progress on standard error: a bar on a terminal, elsewhere a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 15.0  # seconds between two lines where there is no terminal


@contextmanager
def bar(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Give the function that is told how many of how many are done; it shows rate and time left."""
    if sys.stderr.isatty():
        with _drawn(what, unit) as update:
            yield update
    else:
        yield _Lines(what, unit)


@contextmanager
def _drawn(what: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    from rich import progress as rich  # late: only a terminal sees it
    from rich.console import Console

    done_of = (rich.TextColumn("{task.description}"), rich.BarColumn(), rich.MofNCompleteColumn())
    pace = (
        rich.TextColumn("{task.fields[pace]}"),
        rich.TimeRemainingColumn(elapsed_when_finished=True),
    )
    began = time.monotonic()
    with rich.Progress(*done_of, *pace, console=Console(stderr=True)) as shown:
        task = shown.add_task(what, total=None, pace="")

        def update(done: int, total: int) -> None:
            rate = done / max(time.monotonic() - began, 1e-3)
            shown.update(task, completed=done, total=total, pace=f"{rate:,.1f} {unit} a second,")

        yield update


class _Lines:
    """A line every few seconds, and one at the end."""

    def __init__(self, what: str, unit: str) -> None:
        self.what, self.unit = what, unit
        self.began = self.said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - self.said < _EVERY:
            return
        self.said = now
        rate = done / max(now - self.began, 1e-3)
        left = f", {span((total - done) / rate)} left" if 0 < done < total else ""
        print(
            f"{self.what}: {done:,} of {total:,}, {rate:,.1f} {self.unit} a second{left}",
            file=sys.stderr,
        )


def span(seconds: float) -> str:
    """A stretch of time in the two units that matter.

    >>> span(42), span(130), span(9000)
    ('42 s', '2 min 10 s', '2 h 30 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"

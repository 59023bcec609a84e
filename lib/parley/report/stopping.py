"""Signals that ask for the end, as an exception that unwinds what is under way."""

import contextlib
import signal
from collections.abc import Iterator


class Stopped(BaseException):
    """Somebody asked for the end by a signal."""


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM unwind, so that the crew is stopped and nothing half is left."""

    def stop(number: int, _frame: object) -> None:
        raise Stopped(number)

    before = {}
    with contextlib.suppress(ValueError):  # not in the main thread: whoever is there decides
        for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

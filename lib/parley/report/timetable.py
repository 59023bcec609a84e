"""When reports run: what is due, what was missed, and the timer that asks.

A slot is a time of a report's cron line in its timezone. What has run stands in the history in the
reports folder, so that a timer need only call ``parley due`` now and then, from wherever.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cronsim import CronSim

from parley import paths
from parley.errors import ParleyError
from parley.report import runner
from parley.report.definition import Schedule, definitions, load
from parley.report.shelf import Shelf

if TYPE_CHECKING:
    import pandas as pd

_MOST_MISSED = 500


def moment(now: str | datetime | None) -> datetime:
    """Read a time; one without a timezone is UTC.

    >>> moment("2022-01-17T06:00").isoformat()
    '2022-01-17T06:00:00+00:00'
    """
    if now is None:
        return datetime.now(UTC)
    try:
        when = now if isinstance(now, datetime) else datetime.fromisoformat(now)
    except ValueError as problem:
        raise ParleyError(f"{now!r} is no time: write, say, 2022-01-17T06:00+00:00") from problem
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def latest_slot(schedule: Schedule, now: datetime) -> datetime:
    """Give the last slot at or before a time, in UTC.

    >>> latest_slot(Schedule(cron="0 6 * * 1"), moment("2022-01-19T12:00")).isoformat()
    '2022-01-17T06:00:00+00:00'
    """
    local = (now + timedelta(minutes=1)).astimezone(ZoneInfo(schedule.timezone))
    backwards = (s.astimezone(UTC) for s in CronSim(schedule.cron, local, reverse=True))
    slot = next((slot for slot in backwards if slot <= now), None)
    if slot is None:
        raise ParleyError(f"the cron line {schedule.cron!r} has no slot before {now.isoformat()}")
    for later in _after(schedule, slot):  # backwards, an hour that the clock shows twice is one
        if later > now:
            break
        slot = later
    return slot


def next_slot(schedule: Schedule, now: datetime) -> datetime:
    """Give the first slot after a time, in UTC."""
    return next(_after(schedule, now))


def _after(schedule: Schedule, when: datetime) -> Iterator[datetime]:
    for slot in CronSim(schedule.cron, when.astimezone(ZoneInfo(schedule.timezone))):
        if slot.astimezone(UTC) > when:
            yield slot.astimezone(UTC)


def last_run(shelf: Shelf) -> datetime | None:
    """Give the latest slot for which a run was made, however it ended."""
    made = [moment(run["scheduled"]) for run in shelf.history() if run.get("by_schedule")]
    return max(made, default=None)


def due_slots(schedule: Schedule, last: datetime | None, now: datetime) -> list[datetime]:
    """Give the slots to be run now: the latest that was missed, or all since the last that ran.

    A report that never ran is due for its latest slot alone.
    """
    newest = latest_slot(schedule, now)
    if last is not None and newest <= last:
        return []
    if last is None or schedule.missed == "latest":
        return [newest]
    slots: list[datetime] = []
    for slot in _after(schedule, last):
        if slot > now or len(slots) == _MOST_MISSED:
            break
        slots.append(slot)
    return slots


def _run_due(name: str, at: datetime, corpus: str | Path, **places: Any) -> int:
    definition = load(name, places.get("definitions"))
    if definition.schedule is None:
        return runner.PUBLISHED
    shelf = Shelf((places.get("out") or paths.PUBLISHED).resolve(), name)
    codes = [
        runner.run(name, corpus=corpus, at=slot, scheduled=True, **places)
        for slot in due_slots(definition.schedule, last_run(shelf), at)
    ]
    return max(codes, default=runner.PUBLISHED)


def due(
    *,
    now: str | datetime | None = None,
    corpus: str | Path = "sample",
    out: Path | None = None,
    definitions: Path | None = None,
    folder: Path | None = None,
) -> int:
    """Run every report that is due or was missed; give the worst exit code.

    One report that cannot run does not keep the others from running.
    """
    codes = [runner.PUBLISHED]
    try:
        at = moment(now)
    except ParleyError as problem:
        print(f"parley: {problem}", file=sys.stderr)
        return problem.exit_code
    for name in _names(definitions):
        try:
            codes.append(
                _run_due(name, at, corpus, out=out, definitions=definitions, folder=folder)
            )
        except ParleyError as problem:
            print(f"parley: {problem}", file=sys.stderr)
            codes.append(problem.exit_code)
    if len(codes) == 1 or not any(codes):
        print("parley: nothing else is due", file=sys.stderr)
    return max(codes)


def _names(folder: Path | None) -> list[str]:
    return definitions(folder)


def _line(name: str, now: datetime, out: Path, folder: Path | None) -> dict[str, Any]:
    plan, shelf = load(name, folder).schedule, Shelf(out, name)
    runs = shelf.history()
    line: dict[str, Any] = {"report": name, "cron": None, "timezone": None, "next": None}
    if plan is not None:
        due_now = bool(due_slots(plan, last_run(shelf), now))
        slot = now if due_now else next_slot(plan, now)
        local = slot.astimezone(ZoneInfo(plan.timezone)).isoformat(timespec="minutes")
        line |= {"cron": plan.cron, "timezone": plan.timezone, "next": "now" if due_now else local}
    last = runs[-1] if runs else {}
    return line | {"last": last.get("finished"), "status": last.get("status", "never ran")}


def schedule(
    *,
    now: str | datetime | None = None,
    out: Path | None = None,
    definitions: Path | None = None,
) -> "pd.DataFrame":
    """Give, for each report, its cron line, when it runs next, and how it last ran."""
    import pandas as pd

    at, folder = moment(now), (out or paths.PUBLISHED).resolve()
    return pd.DataFrame([_line(name, at, folder, definitions) for name in _names(definitions)])

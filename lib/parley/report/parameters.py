"""Values for a report's parameters: only declared keys, each of its type, before anything runs."""

import csv
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from parley import paths
from parley.errors import ParleyError
from parley.report.definition import Definition, Parameter

_LONGEST = 300
_LAST = re.compile(r"last (\d{1,4}) days?")
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})")
WINDOWS = "all, yesterday, last 7 days, last week, last month, or 2022-01-10/2022-01-17"


def _refuse(key: str, value: object, wanted: str) -> ParleyError:
    shown = str(value)[:60]
    return ParleyError(f"{key}={shown!r}: {wanted}")


def parse_date(key: str, value: object) -> str:
    """Give an ISO date, or refuse.

    >>> parse_date("start", "2022-01-10")
    '2022-01-10'
    """
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value), re.ASCII):
            raise ValueError(value)
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as problem:
        raise _refuse(key, value, "is no date: write it as 2022-01-10") from problem


def window(key: str, value: object, at: datetime) -> tuple[str | None, str | None]:
    """Give a window as start and end (exclusive), seen from the day of ``at``.

    >>> window("window", "last 7 days", datetime(2022, 1, 17, 6))
    ('2022-01-10', '2022-01-17')
    """
    said, today = " ".join(str(value).lower().split()), at.date()
    if said == "all":
        return None, None
    if span := _SPAN.fullmatch(said):
        return parse_date(key, span[1]), parse_date(key, span[2])
    if last := _LAST.fullmatch(said):
        return _days(today - timedelta(days=int(last[1])), today)
    if said == "yesterday":
        return _days(today - timedelta(days=1), today)
    if said == "last week":
        monday = today - timedelta(days=today.weekday())
        return _days(monday - timedelta(days=7), monday)
    if said == "last month":
        first = today.replace(day=1)
        return _days((first - timedelta(days=1)).replace(day=1), first)
    raise _refuse(key, value, f"is no window: write {WINDOWS}")


def _days(start: date, end: date) -> tuple[str, str]:
    return start.isoformat(), end.isoformat()


def _text(key: str, value: object) -> str:
    text = str(value)
    if len(text) > _LONGEST or not text.isprintable():
        raise _refuse(key, value, f"must be one printable line of at most {_LONGEST} characters")
    return text


def _number(key: str, value: object, rule: Parameter) -> float | int:
    try:
        number = int(str(value)) if rule.type == "integer" else float(str(value))
        if number != number or number in (float("inf"), float("-inf")):
            raise ValueError(value)
    except ValueError as problem:
        raise _refuse(key, value, f"is no {rule.type}") from problem
    low, high = rule.low, rule.high
    if (low is not None and number < low) or (high is not None and number > high):
        sides = (("at least", low), ("at most", high))
        asked = " and ".join(f"{words} {bound:g}" for words, bound in sides if bound is not None)
        raise _refuse(key, value, f"must be {asked}")
    return number


def _items(key: str, value: object) -> list[str]:
    items = value if isinstance(value, (list, tuple)) else _text(key, value).split(",")
    listed = [_text(key, item).strip() for item in items]
    return [item for item in listed if item]


def actor_names() -> dict[str, str]:
    """Give the name of every actor of the registry that ships, by id."""
    try:
        with (paths.ACTORS / "actors.csv").open(encoding="utf-8", newline="") as file:
            return {row["actor_id"]: row["name"] for row in csv.DictReader(file)}
    except OSError as problem:
        raise ParleyError(f"the registry cannot be read: {problem}") from problem


def _actors(key: str, value: object) -> list[str]:
    """Give actor ids that the registry knows; a name in it is taken for its id."""
    items, registry = _items(key, value), actor_names()
    ids = {name.lower(): actor for actor, name in registry.items()}
    found = [item if item in registry else ids.get(item.lower(), "") for item in items]
    for item, actor in zip(items, found, strict=True):
        if not actor:
            near = get_close_matches(item.lower(), [*registry, *ids], n=1, cutoff=0.6)
            hint = f"did you mean {ids.get(near[0], near[0])}?" if near else "see `parley actors`"
            raise _refuse(key, item, f"is no actor of the registry: {hint}")
    return found


def typed(key: str, value: object, rule: Parameter) -> Any:
    """Give the value as its type has it, or raise ParleyError saying what would do."""
    if value is None or value == "":
        return None
    match rule.type:
        case "date":
            return parse_date(key, value)
        case "number" | "integer":
            return _number(key, value, rule)
        case "actors":
            return _actors(key, value)
        case "list":
            return _items(key, value)
        case "choice":
            if str(value) not in rule.choices:
                raise _refuse(key, value, f"is none of {', '.join(rule.choices)}")
    return _text(key, value)


def pairs(given: Mapping[str, object] | list[str]) -> dict[str, object]:
    """Read ``KEY=VALUE`` words, or take a mapping as it is."""
    if isinstance(given, Mapping):
        return dict(given)
    for item in given:
        if "=" not in item:
            raise ParleyError(f"{item[:60]!r} is not KEY=VALUE: write, say, start=2022-01-10")
    keys = [item.partition("=")[0] for item in given]
    if repeated := [key for key in keys if keys.count(key) > 1]:
        raise ParleyError(f"the parameter {repeated[0][:60]!r} is given twice")
    return dict(item.partition("=")[::2] for item in given)


def parse(
    definition: Definition,
    given: Mapping[str, object] | list[str],
    *,
    at: datetime,
    scheduled: bool = False,
) -> dict[str, Any]:
    """Give every parameter its value: what is given, else what the schedule says, else the default.

    A window becomes ``start`` and ``end``, seen from ``at`` in the schedule's timezone. Raises
    ParleyError for a key that is not declared (offering the nearest) or a value not of its type.
    """
    given, declared = pairs(given), definition.parameters
    for key in given:
        if key not in declared:
            near = get_close_matches(key, declared, n=1, cutoff=0.5)
            known = ", ".join(sorted(declared)) or "none"
            hint = f"did you mean {near[0]}?" if near else f"it takes {known}"
            raise ParleyError(f"{definition.name} takes no parameter {key[:60]!r}: {hint}")
    plan = definition.schedule.parameters if scheduled and definition.schedule else {}
    values = {key: rule.default for key, rule in declared.items()} | dict(plan) | given
    parsed = {key: typed(key, values[key], rule) for key, rule in declared.items()}
    return _with_window(definition, parsed, given, at)


def _with_window(
    definition: Definition, parsed: dict[str, Any], given: Mapping[str, object], at: datetime
) -> dict[str, Any]:
    zone = ZoneInfo(definition.schedule.timezone) if definition.schedule else None
    local = at.astimezone(zone) if zone else at
    by_days = [key for key in ("start", "end") if given.get(key)]
    for key, rule in definition.parameters.items():
        if rule.type != "window":
            continue
        if key in given and by_days:
            raise ParleyError(f"give {key} or {by_days[0]}, not both")
        if parsed[key] and not by_days:
            parsed["start"], parsed["end"] = window(key, parsed[key], local)
    parsed = {key: value for key, value in parsed.items() if not _is_window(definition, key)}
    start, end = parsed.get("start"), parsed.get("end")
    if start and end and start >= end:
        raise ParleyError(f"start={start} must lie before end={end} (the end is not included)")
    return parsed


def _is_window(definition: Definition, key: str) -> bool:
    rule = definition.parameters.get(key)
    return rule is not None and rule.type == "window"

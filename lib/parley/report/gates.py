"""What must hold for a report to be published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from parley.report import values
from parley.report.definition import Gates


@dataclass(frozen=True)
class Gate:
    """One gate: whether it holds, and what it found, in words."""

    name: str
    holds: bool
    words: str


def _utc(value: object) -> datetime | None:
    when = values.moment(value)
    return when.replace(tzinfo=UTC) if when and when.tzinfo is None else when


def _newest(context: Mapping[str, Any], days: float, at: datetime) -> Gate:
    newest, end = _utc(context.get("newest")), _utc(context.get("end"))
    until = min(end, at) if end else at
    wanted = f"newest article at most {days:g} days before the window's end"
    if newest is None:
        return Gate("newest_within_days", False, f"{wanted}: there is none")
    age = max((until - newest).total_seconds() / 86400, 0.0)
    return Gate("newest_within_days", age <= days, f"{wanted}: {age:.1f} days")


def check(gates: Gates, context: Mapping[str, Any], at: datetime | None = None) -> list[Gate]:
    """Hold what the notebooks said of their data against the gates."""
    at, found = at or datetime.now(UTC), []
    if gates.least_articles is not None:
        n = context.get("articles") or 0
        words = f"at least {gates.least_articles:,} articles: {n:,}"
        found.append(Gate("least_articles", n >= gates.least_articles, words))
    if gates.newest_within_days is not None:
        found.append(_newest(context, gates.newest_within_days, at))
    if gates.most_unresolved is not None and context.get("unresolved_share") is not None:
        share = float(context["unresolved_share"])
        words = f"at most {gates.most_unresolved:.0%} of mentions unresolved: {share:.0%}"
        found.append(Gate("most_unresolved", share <= gates.most_unresolved, words))
    return found

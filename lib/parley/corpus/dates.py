"""Dates as sources write them become times in UTC, or null where they are in doubt.

A wrong date is worse than none: it puts an article into the wrong week. So a year before 1900, a
time more than two days ahead of now, a missing day or year and an order that cannot be told
(03/04/2022) give null, with the reason.
"""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from dateutil import parser, tz

_EARLIEST = 1900
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|^\d{8}")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_NUMERIC = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})")
_HOUR = 3600
# A line that is a date and nothing else, or a dateline: WARSAW, Oct. 14, 2025 (Reuters) -
_DAY = (
    r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?,? \d{4}"
    r"|\d{4}-\d{2}-\d{2})"
)
_CLOCK = r"(?:,? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?)?"
_DATE_LINE = re.compile(
    rf"(?:(?:first )?(?:published|updated|posted)(?: on)?:? )?(?:[a-z]+day,? )?({_DAY}{_CLOCK})\.?",
    re.IGNORECASE,
)
_DATELINE = re.compile(rf"[A-Z][A-Z .'/-]+(?:, [A-Z][\w .]+)?, ({_DAY}) ?[(/—–-]")
_HEAD = 6  # lines: a headline, a subhead, a by-line, and then the date at the latest
_OFFSETS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
            "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "GMT": 0, "UTC": 0,
            "Z": 0}  # fmt: skip
# An abbreviation that stands for winter and summer time alike.
_PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "PT": "America/Los_Angeles"}


def parse_date(written: str | None, *, now: datetime | None = None) -> tuple[datetime | None, str]:
    """The time that a source wrote, in UTC, and why it is null where it is.

    A time without a zone is taken as UTC, a day without a time as its midnight.

    >>> parse_date("2022-01-12T20:30:00-05:00")[0].isoformat()
    '2022-01-13T01:30:00+00:00'
    >>> parse_date("03/04/2022"), parse_date("0001-01-01")[1]
    ((None, 'day and month cannot be told apart'), 'year 1')
    """
    text = (written or "").strip()
    if not text:
        return None, "no date"
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text) == 13 else 1)
        return _believable(datetime.fromtimestamp(seconds, UTC), now)
    if reason := _doubt(text):
        return None, reason
    try:
        parsed = _parsed(text)
    except (ValueError, OverflowError, TypeError, AttributeError, ArithmeticError, IndexError):
        return None, "not a date"
    if parsed is None:
        return None, "no day"
    zoned = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    try:
        return _believable(zoned.astimezone(UTC), now)
    except (OverflowError, ValueError):
        return None, f"year {parsed.year}"


def written_date(text: str) -> str | None:
    """The date that an article's first lines give: a line of its own, or the dateline.

    >>> written_date("Talks begin\\n\\nBy A. Writer\\nMarch 3, 2025\\n\\nThe sides met on 2 May.")
    'March 3, 2025'
    >>> written_date("OSLO, Oct. 14, 2025 (Wire) - Talks began in May 2024.")
    'Oct. 14, 2025'
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_HEAD]
    for line in lines:
        if match := _DATE_LINE.fullmatch(line) or _DATELINE.match(line):
            return match[1]
    return None


def _parsed(text: str) -> datetime | None:
    """The time by dateutil; None where the text leaves the day open, which it would fill in."""
    with suppress(ValueError):  # dateutil reads no seconds in an offset
        return datetime.fromisoformat(text)
    match = _NUMERIC.match(text)
    day_first = bool(match) and int(match[1]) > 12  # type: ignore[index]
    filled = [
        parser.parse(text, dayfirst=day_first, tzinfos=_zones(), default=datetime(4, month, day))
        for month, day in ((1, 1), (2, 2))
    ]
    return filled[0] if filled[0].date() == filled[1].date() else None


@cache
def _zones() -> dict[str, Any]:
    return {name: hours * _HOUR for name, hours in _OFFSETS.items()} | {
        name: tz.gettz(place) for name, place in _PLACES.items()
    }


def _doubt(text: str) -> str:
    if match := _NUMERIC.match(text):
        first, second = int(match[1]), int(match[2])
        if first <= 12 and second <= 12 and first != second:
            return "day and month cannot be told apart"
    return "" if _YEAR.search(text) else "no year"


def _believable(time: datetime, now: datetime | None) -> tuple[datetime | None, str]:
    latest = (now or datetime.now(UTC)) + timedelta(days=2)
    if time.year < _EARLIEST or time > latest:
        return None, f"year {time.year}"
    return time, ""

"""Dates as sources write them become times in UTC, or null where they are in doubt.

A wrong date is worse than none: it puts an article into the wrong week. So a year before 1900, a
time more than two days ahead of now, a missing year and an order that cannot be told (03/04/2022)
give null, with the reason.
"""

import re
from datetime import UTC, datetime, timedelta

from dateutil import parser

_EARLIEST = 1900
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|^\d{8}")
_NUMERIC = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})")
_ZONES = {"EST": -18000, "EDT": -14400, "CST": -21600, "CDT": -18000, "MST": -25200, "MDT": -21600,
          "PST": -28800, "PDT": -25200, "BST": 3600, "CET": 3600, "CEST": 7200, "MSK": 10800,
          "GMT": 0, "UTC": 0, "Z": 0, "ET": -18000}  # fmt: skip


def parse_date(written: str | None, *, now: datetime | None = None) -> tuple[datetime | None, str]:
    """The time that a source wrote, in UTC, and why it is null where it is.

    A time without a zone is taken as UTC, a day without a time as its midnight.

    >>> parse_date("2022-01-12T20:30:00-05:00")[0].isoformat()
    '2022-01-13T01:30:00+00:00'
    >>> parse_date("03/04/2022"), parse_date("0001-01-01")[1]
    ((None, 'day and month cannot be told apart'), 'year 1')
    """
    if not written or not written.strip():
        return None, "no date"
    text = written.strip()
    if re.fullmatch(r"\d{10}(\.\d+)?|\d{13}", text):
        seconds = float(text) / (1000 if len(text) == 13 else 1)
        return _believable(datetime.fromtimestamp(seconds, UTC), now)
    if reason := _doubt(text):
        return None, reason
    try:
        match = _NUMERIC.match(text)
        day_first = match is not None and int(match[1]) > 12
        parsed = parser.parse(text, dayfirst=day_first, tzinfos=_ZONES, default=datetime(1, 1, 1))
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None, "not a date"
    zoned = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    try:
        return _believable(zoned.astimezone(UTC), now)
    except OverflowError:
        return None, f"year {parsed.year}"


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

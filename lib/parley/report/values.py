"""Values as a reader sees them, and as JSON and CSV may hold them.

Knows pandas and numpy by what their values do, without loading them: a run draws pages with this.
"""

import math
from collections.abc import Mapping
from datetime import date as Day
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

MISSING = "–"
TOO_FEW = "too few to say"
_DEFUSED = ("=", "+", "-", "@", "\t", "\r")


def is_missing(value: Any) -> bool:
    """Say whether the value is a null of any kind (a list is not).

    >>> [is_missing(value) for value in (None, float("nan"), 0, "", [])]
    [True, True, False, False, False]
    """
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and math.isnan(value)


def jsonable(value: Any) -> Any:
    """Give the value as JSON can hold it: nulls for NaN, ISO for times, lists for tuples.

    >>> jsonable((1, float("nan"), datetime(2022, 1, 10)))
    [1, None, '2022-01-10T00:00:00']
    """
    if hasattr(value, "tolist"):  # numpy's and pandas' own
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [jsonable(item) for item in value]
    if is_missing(value) or (isinstance(value, float) and math.isinf(value)):
        return None
    if isinstance(value, (bool, int, float, str)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _minus(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text


def number_spec(values: "pd.Series") -> str:
    """Give the format that shows a column's numbers with about three digits.

    >>> import pandas as pd
    >>> number_spec(pd.Series([12.3456, 4.2])), number_spec(pd.Series([1200, 3]))
    ('.1f', ',d')
    """
    if values.dtype.kind in "iu":
        return ",d"
    known = values.dropna().abs()
    largest = float(known.max()) if len(known) else 0.0
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2
    return f",.{decimals}f" if largest >= 1000 else f".{decimals}f"


def number(value: Any, spec: str) -> str:
    """Give a number by a format spec, with a true minus sign.

    >>> number(-0.256, ".2f")
    '−0.26'
    """
    if is_missing(value):
        return MISSING
    shown = format(float(value) if not spec.endswith("d") else int(value), spec)
    nought = shown.startswith("-") and not any(digit in shown for digit in "123456789")
    return shown[1:] if nought else _minus(shown)


def interval(estimate: Any, low: Any, high: Any, spec: str) -> str:
    """Give an estimate with its interval.

    >>> interval(12.34, 10.1, 14.83, ".1f"), interval(-0.1, -0.25, 0.04, ".2f")
    ('12.3 (10.1 to 14.8)', '−0.10 (−0.25 to 0.04)')
    """
    if is_missing(estimate):
        return TOO_FEW
    if is_missing(low) or is_missing(high):
        return number(estimate, spec)
    return f"{number(estimate, spec)} ({number(low, spec)} to {number(high, spec)})"


def moment(value: Any) -> datetime | None:
    """Read a time or a day; None where it is neither."""
    if is_missing(value):
        return None
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def date(value: Any) -> str:
    """Give a time as a reader writes it; midnight is a day.

    >>> date("2022-01-10"), date("2022-01-10T14:05:00Z")
    ('10 Jan 2022', '10 Jan 2022 14:05')
    """
    when = moment(value)
    if when is None:
        return "" if is_missing(value) else str(value)
    day = f"{when.day} {when:%b %Y}"
    return day if when.time() == time() else f"{day} {when:%H:%M}"


def cell(value: Any) -> str:
    """Give any value as text for a table's cell."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if is_missing(value):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return date(value) if isinstance(value, Day) else str(value)


def defused(value: Any) -> Any:
    """Give a CSV cell that no spreadsheet runs as a formula; numbers stay as they are.

    >>> defused("=HYPERLINK(1)"), defused(-1.5)
    ("'=HYPERLINK(1)", -1.5)
    """
    if isinstance(value, (list, tuple)):
        value = " ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_DEFUSED) else value


_ONE = {"articles": "article", "stories": "story", "outlets": "outlet"}


def context_line(payload: Mapping[str, Any]) -> str:
    """Give window and counts in one line of words."""
    counted = [
        f"{payload[what]:,} {what if payload[what] != 1 else _ONE[what]}"
        for what in _ONE
        if payload.get(what) is not None
    ]
    if payload.get("undone"):
        counted.append(f"{payload['undone']:,} not annotated yet")
    return " · ".join([window_line(payload.get("start"), payload.get("end")), *counted])


def window_line(start: Any, end: Any) -> str:
    """Give a half-open window ``[start, end)`` as its first and last day.

    >>> window_line("2022-01-10", "2022-01-17"), window_line(None, None)
    ('10 Jan 2022 to 16 Jan 2022', 'all dates')
    """
    stop = moment(end)
    last = date((stop - timedelta(microseconds=1)).date().isoformat()) if stop else ""
    first = date(start) if start else ""
    if not first and not last:
        return "all dates"
    if first == last:
        return first
    return f"{first} to {last}" if first and last else f"from {first}" if first else f"to {last}"

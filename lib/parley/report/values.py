"""Values as a reader sees them, and as JSON and CSV may hold them."""

import math
from typing import Any

import numpy as np
import pandas as pd

MISSING = "–"
TOO_FEW = "too few to say"
_DEFUSED = ("=", "+", "-", "@", "\t", "\r")


def is_missing(value: object) -> bool:
    """Say whether the value is a null of any kind (a list is not)."""
    return (
        value is None
        or (np.isscalar(value) and bool(pd.isna(value)))
        or value is pd.NA
        or (value is pd.NaT)
    )


def jsonable(value: Any) -> Any:
    """Give the value as JSON can hold it: nulls for NaN, ISO for times, lists for tuples.

    >>> jsonable((1, float("nan"), pd.Timestamp("2022-01-10", tz="UTC")))
    [1, None, '2022-01-10T00:00:00+00:00']
    """
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset, np.ndarray, pd.Series, pd.Index)):
        return [jsonable(item) for item in value]
    if is_missing(value):
        return None
    if isinstance(value, np.generic):
        return jsonable(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (bool, int, str)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _minus(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text


def number_spec(values: pd.Series) -> str:
    """Give the format that shows a column's numbers with about three digits.

    >>> number_spec(pd.Series([12.3456, 4.2])), number_spec(pd.Series([1200, 3]))
    ('.1f', ',d')
    """
    known = pd.to_numeric(values, errors="coerce").dropna()
    if pd.api.types.is_integer_dtype(values):
        return ",d"
    largest = float(known.abs().max()) if len(known) else 0.0
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
    ('12.3 (10.1–14.8)', '−0.10 (−0.25 to 0.04)')
    """
    if is_missing(estimate):
        return TOO_FEW
    if is_missing(low) or is_missing(high):
        return number(estimate, spec)
    joint = " to " if float(low) < 0 else "–"
    return f"{number(estimate, spec)} ({number(low, spec)}{joint}{number(high, spec)})"


def date(value: Any) -> str:
    """Give a time as a reader writes it; midnight is a day.

    >>> date("2022-01-10"), date("2022-01-10T14:05:00Z")
    ('10 Jan 2022', '10 Jan 2022 14:05')
    """
    when = pd.to_datetime(value, errors="coerce")
    if is_missing(when):
        return "" if is_missing(value) else str(value)
    day = f"{when.day} {when:%b %Y}"
    return day if when == when.normalize() else f"{day} {when:%H:%M}"


def cell(value: Any) -> str:
    """Give any value as text for a table's cell."""
    if is_missing(value):
        return MISSING
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return date(value) if hasattr(value, "isoformat") else str(value)


def defused(value: Any) -> Any:
    """Give a CSV cell that no spreadsheet runs as a formula; numbers stay as they are.

    >>> defused("=HYPERLINK(1)"), defused(-1.5)
    ("'=HYPERLINK(1)", -1.5)
    """
    if isinstance(value, (list, tuple)):
        value = " ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_DEFUSED) else value

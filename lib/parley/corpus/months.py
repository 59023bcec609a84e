"""Months: by them the tables are partitioned, and every article's id begins with its own.

So each row about an article says which files hold it, and a week out of ten years costs a month.
"""

from datetime import datetime, timedelta

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

UNDATED = "undated"


def article_key(published: datetime | None, digest: str) -> str:
    """An article's id: its month and a hash.

    >>> article_key(datetime(2022, 1, 12), "5f1c"), article_key(None, "5f1c")
    ('202201-5f1c', 'undated-5f1c')
    """
    return f"{published:%Y%m}-{digest}" if published else f"{UNDATED}-{digest}"


def month_of_id(article_id: str) -> str:
    """The month partition that an article lies in.

    >>> month_of_id("202201-5f1c"), month_of_id("undated-5f1c")
    ('2022-01', 'undated')
    """
    head = article_id.partition("-")[0]
    return f"{head[:4]}-{head[4:]}" if head.isdigit() and len(head) == 6 else UNDATED


def months_of_ids(ids: pd.Series) -> pd.Series:
    """The month of each id."""
    return ids.map({article_id: month_of_id(article_id) for article_id in ids.unique()}).astype(str)


def in_months_of(ids: list[str]) -> ds.Expression:
    """A filter for the months that hold these articles."""
    return ds.field("month").isin(sorted({month_of_id(article_id) for article_id in ids}))


def number_of(month: str) -> int | None:
    """A month's place in the row of months; None for what is undated."""
    return None if month == UNDATED else int(month[:4]) * 12 + int(month[5:]) - 1


def beside(month: str) -> list[str]:
    """A month with those next to it and what is undated.

    >>> beside("2021-12")
    ['2021-11', '2021-12', '2022-01', 'undated']
    """
    number = number_of(month)
    near = () if number is None else range(number - 1, number + 2)
    return [*(f"{n // 12:04}-{n % 12 + 1:02}" for n in near), UNDATED]


def window_filter(
    start: datetime | None, end: datetime | None, *, exact: bool
) -> ds.Expression | None:
    """A filter for ``[start, end)``: its months and, where ``exact``, the time of publication."""
    if start is None and end is None:
        return None
    low = f"{start:%Y-%m}" if start else "0000-00"
    high = f"{end - timedelta(microseconds=1):%Y-%m}" if end else "9999-99"
    found = (ds.field("month") >= low) & (ds.field("month") <= high)
    if exact and start:
        found &= ds.field("published") >= _time(start)
    if exact and end:
        found &= ds.field("published") < _time(end)
    return found


def _time(when: datetime) -> pa.Scalar:
    return pa.scalar(when, pa.timestamp("us", "UTC"))

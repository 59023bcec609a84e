"""Numbers and alt text in words: how a figure writes a number, and what describes the figure."""

import math

import pandas as pd


def number(value: float, *, percent: bool = False, signed: bool = False) -> str:
    """Write a number for people: three figures, a comma in thousands, a real minus.

    >>> [number(v) for v in (0.01234, 12.345, 1234.5, -0.5, 3.0, 120.0)]
    ['0.0123', '12.3', '1,234', '−0.5', '3', '120']
    >>> number(0.4213, percent=True), number(0.25, signed=True)
    ('42%', '+0.25')
    """
    if value is None or math.isnan(value):
        return "not known"
    if percent:
        points = f"{abs(value) * 100:.{0 if abs(value) >= 0.0995 else 1}f}"
        body = (points.removesuffix(".0")) + "%"
    elif abs(value) >= 1000:
        body = f"{abs(value):,.0f}"
    else:
        body = f"{abs(value):.3g}"
    plain = body.strip("0.%") == ""
    sign = "" if plain else "−" if value < 0 else "+" if signed else ""
    return sign + body


def count(amount: float, one: str, many: str | None = None) -> str:
    """Write an amount and its noun.

    >>> count(1, "row"), count(1200, "article"), count(2, "story", "stories")
    ('1 row', '1,200 articles', '2 stories')
    """
    noun = one if amount == 1 else many or f"{one}s"
    return f"{int(amount):,} {noun}"


def day(moment: object) -> str:
    """Write a date as people do; anything else as it is.

    >>> day(pd.Timestamp("2022-01-09")), day("week 3")
    ('9 January 2022', 'week 3')
    """
    if isinstance(moment, pd.Period):
        return str(moment)
    if not hasattr(moment, "strftime"):
        return str(moment)
    stamp = pd.Timestamp(moment)
    return f"{stamp.day} {stamp:%B %Y}"


def with_interval(
    value: float, low: float | None = None, high: float | None = None, n: float | None = None, **how
) -> str:
    """Write an estimate with whatever is known of its interval and its n.

    >>> with_interval(0.5, 0.25, 0.75, 12)
    '0.5 (0.25 to 0.75, n = 12)'
    """
    inside = []
    if low is not None and high is not None and not (math.isnan(low) or math.isnan(high)):
        inside.append(f"{number(low, **how)} to {number(high, **how)}")
    if n is not None and not math.isnan(n):
        inside.append(f"n = {int(n):,}")
    return number(value, **how) + (f" ({', '.join(inside)})" if inside else "")


def extremes(rows: pd.DataFrame, *, value: str, phrase) -> str:
    """Name the largest and the smallest row, by ``phrase(row)``; '' where there is no number."""
    known = rows.dropna(subset=[value])
    if known.empty:
        return "No row has enough behind it for a number."
    largest = phrase(known.loc[known[value].idxmax()])
    if len(known) == 1:
        return f"The only value: {largest}."
    smallest = phrase(known.loc[known[value].idxmin()])
    return f"Largest: {largest}. Smallest: {smallest}."


def alt(*sentences: str) -> str:
    """Join the sentences of a description, leaving out the empty ones."""
    return " ".join(sentence.strip() for sentence in sentences if sentence and sentence.strip())

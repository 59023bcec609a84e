"""What a caller may ask for, and one clear sentence when it is misspelt or a column is missing."""

import difflib
from collections.abc import Iterable

import pandas as pd

from parley.errors import ParleyError


def choose(value: str, choices: Iterable[str], what: str) -> str:
    """Give ``value`` back, or raise ParleyError that offers the nearest of ``choices``.

    >>> choose("stat", ["actor", "state"], "level")
    Traceback (most recent call last):
    parley.errors.ParleyError: level 'stat' is unknown: did you mean 'state'? (actor, state)
    """
    known = [str(choice) for choice in choices]
    if value in known:
        return value
    near = difflib.get_close_matches(str(value), known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}? " if near else "choose one of "
    raise ParleyError(f"{what} {value!r} is unknown: {hint}({', '.join(known)})")


def need(frame: pd.DataFrame, columns: Iterable[str], table: str) -> pd.DataFrame:
    """Give the frame back, or raise ParleyError naming the first column that it lacks."""
    if not isinstance(frame, pd.DataFrame):
        raise ParleyError(
            f"this measure reads the rows of {table}, and the study is lazy: open it without "
            "`lazy=True`, or in a shorter window"
        )
    needed = list(columns)
    for column in needed:
        if column not in frame.columns:
            other = {str(one).lower(): one for one in frame.columns if one not in needed}
            near = difflib.get_close_matches(column, other, n=1)
            hint = f"; rename its column {other[near[0]]!r}" if near else ""
            raise ParleyError(f"the table of {table} has no column {column!r}{hint}")
    return frame


def listed(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Read one name, several or none as a tuple.

    >>> listed("outlet"), listed(["outlet", "week"]), listed(None)
    (('outlet',), ('outlet', 'week'), ())
    """
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)

"""What a figure asks of the table that it is given, and what it says where that is lacking."""

from difflib import get_close_matches

import pandas as pd

from parley.errors import ParleyError


def need(frame: pd.DataFrame, *names: str | None, drawing: str) -> pd.DataFrame:
    """Give the frame back if it has these columns; a name of None is one that was not asked for.

    Raises ParleyError naming the first column that is missing and the nearest right spelling.

    >>> need(pd.DataFrame({"estimate": [1.0]}), "estmate", drawing="bars")
    Traceback (most recent call last):
    parley.errors.ParleyError: bars: there is no column 'estmate': did you mean 'estimate'? ...
    """
    for name in names:
        if name is not None and name not in frame.columns:
            raise ParleyError(f"{drawing}: there is no column {name!r}: {_hint(name, frame)}")
    return frame


def _hint(name: str, frame: pd.DataFrame) -> str:
    has = [str(column) for column in frame.columns]
    near = get_close_matches(name, has, n=1, cutoff=0.55)
    guess = f"did you mean {near[0]!r}? It" if near else "name another; the table"
    return f"{guess} has {', '.join(has) or 'none'}"


def need_numbers(frame: pd.DataFrame, *names: str | None, drawing: str) -> pd.DataFrame:
    """Give a copy of the frame with these columns as floats (a null as NaN) and rows from 0.

    Raises ParleyError where a column is missing or holds something that is not a number.
    """
    need(frame, *names, drawing=drawing)
    wanted = [name for name in names if name is not None]
    try:
        numbers = {name: pd.to_numeric(frame[name]).astype("Float64") for name in wanted}
    except (TypeError, ValueError) as problem:
        raise ParleyError(f"{drawing}: a column that should hold numbers: {problem}") from problem
    floats = {name: column.astype("float64") for name, column in numbers.items()}
    return frame.assign(**floats).reset_index(drop=True)


def one_row_each(frame: pd.DataFrame, *names: str | None, drawing: str) -> None:
    """Raise ParleyError unless these columns together tell every row apart."""
    key = [name for name in names if name is not None]
    twice = frame[frame.duplicated(key)]
    if len(twice):
        first = ", ".join(f"{name} {twice.iloc[0][name]!r}" for name in key)
        raise ParleyError(
            f"{drawing}: two rows for {first}; give one row for each {' and '.join(key)}"
        )


def has_all(frame: pd.DataFrame, *names: str | None) -> bool:
    """Whether every one of the columns was asked for and is there."""
    return all(name is not None and name in frame.columns for name in names)

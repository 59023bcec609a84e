"""A ranking: one dot with its interval for each row, or one for each row and group."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from parley.figure import columns, labels, theme, wording
from parley.figure.axis import number_axis
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed

_ROW, _LANE = 0.31, 0.175  # inches for a row; for each of the dots that share one


@themed
def interval_dots(
    frame: pd.DataFrame,
    *,
    x: str = "estimate",
    y: str = "name",
    color: str | None = None,
    low: str = "low",
    high: str = "high",
    n: str | None = "n",
    enough: str = "enough",
    xlabel: str | None = None,
    title: str | None = None,
    percent: bool = False,
    reference: float | None = None,
    what: str = "values",
) -> Picture:
    """Draw each row as a dot with its interval, in the order of the frame, its n beside it.

    Needs the columns named by ``x``, ``low``, ``high`` and ``y``; ``n`` is drawn where it is there.
    ``color`` names the column that tells groups apart (seven at most keep a colour of their own).
    Where ``enough`` is there and false, the dot is hollow and grey: too few to say. A null estimate
    has no dot. ``reference`` draws a line to compare with; ``xlabel`` says the unit; ``what`` names
    the values in the alt text. Raises ParleyError for a missing column or two dots in one place.

    >>> shares = pd.DataFrame({"name": ["Russia", "NATO"], "estimate": [12.0, 8.5],
    ...                        "low": [10.0, 6.0], "high": [14.0, 11.0], "n": [60, 42]})
    >>> interval_dots(shares, what="mentions per 1,000 words").alt_text
    'Dots with 95% intervals: mentions per 1,000 words, 2 rows. Largest: Russia 12 (10 to 14...
    """
    rows = columns.need_numbers(frame, x, low, high, drawing="interval_dots")
    columns.need(frame, y, color, drawing="interval_dots")
    if rows.empty:
        return nothing("there are no rows to draw.", title=title)
    columns.one_row_each(rows, y, color, drawing="interval_dots")
    n = n if n in rows.columns else None
    rows = _lanes(rows, y, color, enough)
    colours = theme.colours(list(pd.unique(rows["_group"]))) if color else {}
    lanes = max(len(colours), 1)
    step = _ROW if lanes == 1 else _LANE * lanes + 0.13
    figure, ax = axes(step * rows["_row"].nunique() + 0.55 + 0.25 * bool(colours), title=title)
    _draw(ax, rows, x, low, high, colours, step=step, lanes=lanes)
    _dress(ax, rows, y, xlabel, percent, reference)
    if n:
        _write_n(ax, rows, n, step=step, lanes=lanes)
    labels.key(figure, ax, {str(name): colour for name, colour in colours.items()})
    settle(figure)
    figure.alt_text = _alt(rows, what, x, y, color, low, high, n, percent)
    return figure


def _lanes(rows: pd.DataFrame, y: str, color: str | None, enough: str) -> pd.DataFrame:
    """Number the rows from the top, and the lane of each dot in its row."""
    group = rows[color].astype(str) if color else pd.Series("", index=rows.index)
    return rows.assign(
        _row=pd.factorize(rows[y].astype(str))[0],
        _group=group,
        _lane=pd.factorize(group)[0],
        _sure=rows[enough].fillna(False).astype(bool) if enough in rows.columns else True,
    )


def _heights(rows: pd.DataFrame, *, step: float, lanes: int) -> np.ndarray:
    offset = (rows["_lane"].to_numpy() - (lanes - 1) / 2) * (_LANE / step if lanes > 1 else 0)
    return rows["_row"].to_numpy() + offset


def _draw(ax: Axes, rows, x, low, high, colours, *, step: float, lanes: int) -> None:
    """Draw a whisker and a dot for every row; hollow grey where there is too little behind it."""
    for row, height in zip(
        rows.to_dict("records"), _heights(rows, step=step, lanes=lanes), strict=True
    ):
        colour = colours.get(row["_group"], theme.BLUE) if row["_sure"] else theme.REST
        ax.plot([row[low], row[high]], [height] * 2, color=colour, lw=2, zorder=2, alpha=0.55)
        face = colour if row["_sure"] else theme.PAPER
        ax.plot(
            row[x],
            height,
            "o",
            ms=6.5 if lanes == 1 else 5.5,
            mfc=face,
            mec=colour,
            mew=1.3,
            zorder=3,
            gid="estimate",
        )


def _dress(ax: Axes, rows, y, xlabel, percent, reference) -> None:
    names = rows.drop_duplicates("_row").sort_values("_row")[y]
    ax.set_yticks(range(len(names)), [short(name) for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.grid(axis="x")
    if rows["_lane"].nunique() > 1:
        ax.hlines(
            np.arange(0.5, len(names) - 1),
            0,
            1,
            color=theme.GRID,
            lw=0.8,
            transform=ax.get_yaxis_transform(),
        )
    number_axis(ax, "x", percent=percent)
    if reference is not None:
        ax.axvline(reference, color=theme.MUTED, lw=1, zorder=1)
    ax.set_xlabel(xlabel or "")


def _write_n(ax: Axes, rows, n, *, step: float, lanes: int) -> None:
    size = theme.SMALL if lanes == 1 else theme.SMALL - 1
    for row, height in zip(
        rows.to_dict("records"), _heights(rows, step=step, lanes=lanes), strict=True
    ):
        words = f"n = {int(row[n]):,}" if pd.notna(row[n]) else ""
        few = "" if row["_sure"] else ", too few"
        labels.at_right(ax, height, words + few, fontsize=size, color=theme.MUTED, gid="n")


def _alt(rows, what, x, y, color, low, high, n, percent) -> str:
    def phrase(row: pd.Series) -> str:
        who = f"{row[y]} in {row['_group']}" if color else str(row[y])
        amount = row[n] if n else None
        return (
            f"{who} {wording.with_interval(row[x], row[low], row[high], amount, percent=percent)}"
        )

    few = int((~rows["_sure"]).sum())
    return wording.alt(
        f"Dots with 95% intervals: {what}, {wording.count(len(rows), 'row')}.",
        wording.extremes(rows[rows["_sure"]], value=x, phrase=phrase),
        f"{wording.count(few, 'row rests', 'rows rest')} on too few to say." if few else "",
    )

"""A trend: a line for each group with its interval as a band, named where the line ends."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from parley.figure import columns, labels, theme, wording
from parley.figure.axis import date_axis, number_axis, places
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed


@themed
def interval_lines(
    frame: pd.DataFrame,
    *,
    x: str = "week",
    y: str = "estimate",
    color: str | None = "name",
    low: str = "low",
    high: str = "high",
    n: str | None = "n",
    enough: str = "enough",
    ylabel: str | None = None,
    title: str | None = None,
    percent: bool = False,
    reference: float | None = None,
    what: str = "values",
    height: float = 3.4,
) -> Picture:
    """Draw each group as a line through its estimates, its interval as a band behind it.

    Needs the columns named by ``x`` (dates, or labels in order), ``y``, ``low`` and ``high``;
    ``color`` names the column of the groups (None: one line). A null estimate is a gap in the line.
    Where ``enough`` is there and false, the point is hollow, and neither line nor band leads to it:
    too few to say. Lines are named at their right end, in their colour. Raises ParleyError for a
    missing column or two values in one place.

    >>> course = pd.DataFrame({"week": pd.to_datetime(["2022-01-10", "2022-01-17"]),
    ...     "name": "NATO", "estimate": [4.0, 6.0], "low": [3.0, 5.0], "high": [5.0, 7.0]})
    >>> interval_lines(course, x="week", what="mentions per 1,000 words").alt_text
    'Lines with 95% bands: mentions per 1,000 words, 1 line, 10 January 2022 to 17 ...
    """
    rows = columns.need_numbers(frame, y, low, high, drawing="interval_lines")
    columns.need(frame, x, color, drawing="interval_lines")
    if rows[y].notna().sum() == 0:
        return nothing("there are no values to draw.", title=title)
    columns.one_row_each(rows, x, color, drawing="interval_lines")
    rows = rows.assign(_group=rows[color].astype(str) if color else "", _x=places(rows[x]))
    sure = rows[enough].fillna(False).astype(bool) if enough in rows.columns else True
    rows = rows.assign(_sure=sure)
    colours = theme.colours(list(pd.unique(rows["_group"])))
    figure, ax = axes(height, title=title)
    for name, colour in colours.items():
        _one_line(ax, rows[rows["_group"] == name].sort_values("_x"), y, low, high, colour)
    _dress(ax, rows, x, ylabel, percent, reference)
    ends = _name_ends(ax, rows, y, colours) if color else []
    settle(figure)
    labels.apart(figure, ax, ends)
    figure.alt_text = _alt(rows, what, x, y, color, low, high, n, percent)
    return figure


def _one_line(ax: Axes, rows: pd.DataFrame, y, low, high, colour) -> None:
    x, few = rows["_x"].to_numpy(), rows[~rows["_sure"]]
    sure = rows[[y, low, high]].where(rows["_sure"])
    known = sure[[low, high]].notna().all(axis=1)
    if known.any():
        ax.fill_between(x, sure[low], sure[high], color=colour, alpha=0.14, lw=0, zorder=1)
        near = known.shift(fill_value=False) | known.shift(-1, fill_value=False)
        alone = (known & ~near).to_numpy()  # between two gaps there is no band: a bar instead
        bars = sure[alone]
        ax.vlines(x[alone], bars[low], bars[high], color=colour, alpha=0.3, lw=3, zorder=1)
    ax.plot(
        x, sure[y], "-o", color=colour, ms=3.6, mec=theme.PAPER, mew=0.6, zorder=3, gid="estimate"
    )
    ax.plot(
        few["_x"], few[y], "o", ms=3.6, mfc=theme.PAPER, mec=colour, mew=0.8, zorder=2, gid="few"
    )


def _dress(ax: Axes, rows, x, ylabel, percent, reference) -> None:
    ax.grid(axis="y")
    if pd.api.types.is_datetime64_any_dtype(rows["_x"]):
        if rows["_x"].nunique() == 1:  # matplotlib would show four years around one week
            week = pd.Timedelta(days=7)
            ax.set_xlim(rows["_x"].iloc[0] - week, rows["_x"].iloc[0] + week)
        date_axis(ax)
    elif not pd.api.types.is_numeric_dtype(rows[x]):
        names = rows.drop_duplicates("_x").sort_values("_x")
        ax.set_xticks(names["_x"], [short(name, width=16) for name in names[x]])
    number_axis(ax, "y", percent=percent)
    if reference is not None:
        ax.axhline(reference, color=theme.MUTED, lw=1, zorder=1)
    ax.set_title(ylabel or "", fontsize=theme.BODY, color=theme.MUTED, weight="normal", pad=8)


def _name_ends(ax: Axes, rows: pd.DataFrame, y: str, colours: dict) -> list:
    """Name each line beside its last value; every name stands in the margin, clear of the lines."""
    last = rows.dropna(subset=[y]).sort_values("_x").groupby("_group")[y].last()
    return [
        labels.at_right(ax, last[name], short(name, width=24), color=colour, gid="line name")
        for name, colour in colours.items()
        if name in last.index
    ]


def _alt(rows, what, x, y, color, low, high, n, percent) -> str:
    n = n if n in rows.columns else None

    def phrase(row: pd.Series) -> str:
        who = f"{row['_group']}, {wording.day(row[x])}," if color else wording.day(row[x])
        amount = row[n] if n else None
        return (
            f"{who} {wording.with_interval(row[y], row[low], row[high], amount, percent=percent)}"
        )

    ordered = rows.sort_values("_x")
    span = f"{wording.day(ordered[x].iloc[0])} to {wording.day(ordered[x].iloc[-1])}"
    gaps = int(np.isnan(rows[y]).sum())
    few = int((~rows["_sure"] & rows[y].notna()).sum())
    return wording.alt(
        f"Lines with 95% bands: {what}, {wording.count(rows['_group'].nunique(), 'line')}, {span}.",
        wording.extremes(rows[rows["_sure"]], value=y, phrase=phrase),
        f"{wording.count(few, 'point rests', 'points rest')} on too few to say." if few else "",
        f"{wording.count(gaps, 'value is', 'values are')} missing." if gaps else "",
    )

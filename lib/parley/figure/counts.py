"""Counts as bars: how much each outlet gives, and how much there is of each day or week."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from parley.figure import columns, labels, theme, wording
from parley.figure.axis import date_axis, number_axis
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed


@themed
def bars(
    frame: pd.DataFrame,
    *,
    x: str = "articles",
    y: str = "outlet",
    part: str | None = None,
    part_label: str = "of them copies",
    xlabel: str | None = None,
    title: str | None = None,
    what: str = "articles",
) -> Picture:
    """Draw a bar for each row with its number at the end, in the order of the frame.

    Needs the columns named by ``x`` and ``y``. ``part`` names a column that is drawn as the paler
    part at the end of the bar, with its share in words (``part_label``).

    >>> outlets = pd.DataFrame({"outlet": ["The Post", "Wire"], "articles": [20, 11]})
    >>> bars(outlets).alt_text
    'Bars of articles: 2 rows, 31 in all. Largest: The Post 20. Smallest: Wire 11.'
    """
    rows = columns.need_numbers(frame, x, part, drawing="bars")
    columns.need(frame, y, drawing="bars")
    if rows.empty:
        return nothing("there are no rows to draw.", title=title)
    figure, ax = axes(0.32 * len(rows) + 0.35, title=title)
    heights = np.arange(len(rows))
    whole = rows[x] - (rows[part].fillna(0) if part else 0)
    ax.barh(heights, whole, height=0.66, color=theme.BLUE, gid="estimate")
    if part:
        ax.barh(heights, rows[part], left=whole, height=0.66, color="#a6cbe3", gid="part")
    for height, row in enumerate(rows.to_dict("records")):
        extra = f" ({int(row[part]):,} {part_label})" if part and row[part] > 0 else ""
        ax.annotate(
            f"{wording.number(row[x])}{extra}",
            (row[x], height),
            (5, 0),
            va="center",
            textcoords="offset points",
            color=theme.MUTED,
            gid="n",
        )
    _dress_bars(ax, rows, y, xlabel)
    settle(figure)
    total = wording.number(rows[x].sum())
    figure.alt_text = wording.alt(
        f"Bars of {what}: {wording.count(len(rows), 'row')}, {total} in all.",
        wording.extremes(rows, value=x, phrase=lambda row: f"{row[y]} {wording.number(row[x])}"),
        f"{wording.number(rows[part].sum())} {part_label}." if part else "",
    )
    return figure


def _dress_bars(ax: Axes, rows: pd.DataFrame, y: str, xlabel: str | None) -> None:
    ax.set_yticks(range(len(rows)), [short(name) for name in rows[y]])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(left=0)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel(xlabel or "", loc="left")


@themed
def timeline(
    frame: pd.DataFrame,
    *,
    x: str = "week",
    y: str = "articles",
    color: str | None = None,
    ylabel: str | None = None,
    title: str | None = None,
    what: str = "articles",
    height: float = 2.4,
) -> Picture:
    """Draw how much there is of each day or week; a period that has no row stays visibly empty.

    Needs the columns named by ``x`` (dates; rows without one are left out) and ``y``. ``color``
    names a column whose groups are stacked, named in their colours above the axes.

    >>> days = pd.DataFrame({"day": pd.to_datetime(["2022-01-10", "2022-01-11"]),
    ...     "articles": [5, 3]})
    >>> timeline(days, x="day").alt_text
    'Timeline of articles, 10 January 2022 to 11 January 2022: 8 in all. Largest: 10 ...
    """
    rows = columns.need_numbers(frame, y, drawing="timeline")
    columns.need(frame, x, color, drawing="timeline")
    rows = rows.dropna(subset=[x]).reset_index(drop=True)
    if rows.empty:
        return nothing("no article here has a date.", title=title)
    rows = rows.assign(_x=pd.to_datetime(rows[x]), _group=rows[color].astype(str) if color else "")
    table = rows.pivot_table(index="_x", columns="_group", values=y, aggfunc="sum", fill_value=0)
    table = table[list(pd.unique(rows["_group"]))]
    step = _step(table.index)
    colours = theme.colours(list(table.columns))
    figure, ax = axes(height + 0.25 * bool(color), title=title)
    floor = np.zeros(len(table))
    for name, amounts in table.items():
        ax.bar(
            table.index,
            amounts,
            bottom=floor,
            width=step * 0.86,
            color=colours[name],
            align="edge",
            gid="estimate",
            edgecolor=theme.PAPER,
            linewidth=0.5,
        )
        floor += amounts.to_numpy()
    _dress_time(ax, table.index, step, ylabel)
    labels.key(figure, ax, {str(k): v for k, v in colours.items()} if color else {}, mark="■")
    settle(figure)
    figure.alt_text = _time_alt(pd.Series(floor, table.index), what)
    return figure


def _step(index: pd.DatetimeIndex) -> pd.Timedelta:
    """The width of one period: the shortest distance between two, a day where there is one."""
    steps = pd.Series(index).diff().dropna()
    return steps.min() if len(steps) else pd.Timedelta(days=1)


def _dress_time(ax: Axes, index: pd.DatetimeIndex, step: pd.Timedelta, ylabel: str | None) -> None:
    date_axis(ax)
    ax.set_xlim(index.min() - step * 0.1, index.max() + step * 1.1)
    ax.grid(axis="y")
    number_axis(ax, "y", whole=True)
    ax.set_ylabel(ylabel or "")


def _time_alt(totals: pd.Series, what: str) -> str:
    frame = totals.rename("amount").rename_axis("when").reset_index()
    ends = f"{wording.day(frame['when'].iloc[0])} to {wording.day(frame['when'].iloc[-1])}"
    return wording.alt(
        f"Timeline of {what}, {ends}: {wording.number(totals.sum())} in all.",
        wording.extremes(
            frame,
            value="amount",
            phrase=lambda row: f"{wording.day(row['when'])} with {wording.number(row['amount'])}",
        ),
    )

"""Two periods side by side: a line from what was to what is, for each row."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from parley.figure import columns, labels, theme, wording
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed


@themed
def slopes(
    frame: pd.DataFrame,
    *,
    y: str = "name",
    before: str = "reference_estimate",
    after: str = "study_estimate",
    low: str = "low",
    high: str = "high",
    sure: str | None = None,
    periods: tuple[str, str] = ("before", "now"),
    ylabel: str | None = None,
    title: str | None = None,
    percent: bool = False,
    what: str = "values",
) -> Picture:
    """Draw a line from ``before`` to ``after`` for each row, coloured where the change is sure.

    Needs the columns named by ``y``, ``before`` and ``after``. Where ``low`` and ``high`` (of the
    difference after - before) are there, a line is blue if both lie above 0, vermilion if both lie
    below, and grey otherwise: no change that the data can show. ``sure`` names a column that has to
    be true as well, where many changes were tested. Rows without both values are left out.

    >>> shifts = pd.DataFrame({"name": ["NATO"], "reference_estimate": [4.0],
    ...     "study_estimate": [6.0], "low": [1.0], "high": [3.0]})
    >>> slopes(shifts, what="mentions per 1,000 words").alt_text
    'Slopes from before to now: mentions per 1,000 words, 1 row. The only value: NATO ...
    """
    rows = columns.need_numbers(frame, before, after, drawing="slopes")
    columns.need(frame, y, sure, drawing="slopes")
    rows = rows.dropna(subset=[before, after]).reset_index(drop=True)
    if rows.empty:
        return nothing("no row has a value in both periods.", title=title)
    columns.one_row_each(rows, y, drawing="slopes")
    rows = rows.assign(_sign=_signs(rows, low, high, sure))
    figure, ax = axes(max(2.6, 0.3 * len(rows) + 1.4), title=title)
    lefts, rights = _draw(ax, rows, y, before, after, percent)
    _dress(ax, periods, ylabel)
    settle(figure)
    labels.apart(figure, ax, lefts)
    labels.apart(figure, ax, rights)
    figure.alt_text = _alt(rows, what, y, before, after, periods, percent)
    return figure


def _signs(rows: pd.DataFrame, low: str, high: str, sure: str | None) -> pd.Series:
    """+1 where the whole interval of the difference lies above 0, -1 where below, else 0."""
    if not columns.has_all(rows, low, high):
        return pd.Series(0, index=rows.index)
    floors, ceilings = pd.to_numeric(rows[low]), pd.to_numeric(rows[high])
    signs = (floors > 0).fillna(False).astype(int) - (ceilings < 0).fillna(False).astype(int)
    return signs * rows[sure].fillna(False).astype(int) if sure else signs


def _draw(ax: Axes, rows: pd.DataFrame, y, before, after, percent) -> tuple[list, list]:
    lefts, rights = [], []
    for row in rows.sort_values("_sign", key=abs).to_dict("records"):
        colour = theme.sign_colour(row["_sign"]) if row["_sign"] else theme.REST
        ink = colour if row["_sign"] else theme.MUTED
        ax.plot(
            [0, 1],
            [row[before], row[after]],
            "-o",
            color=colour,
            ms=5,
            gid="estimate",
            lw=2.2 if row["_sign"] else 1.3,
            zorder=3 if row["_sign"] else 2,
        )
        was, now = (wording.number(row[side], percent=percent) for side in (before, after))
        style: dict[str, Any] = {"color": ink, "va": "center", "clip_on": False}
        name = short(row[y], width=30)  # on both sides: labels that were moved apart lie off a line
        lefts.append(
            ax.text(-0.04, row[before], f"{name}  {was}", ha="right", fontsize=theme.SMALL, **style)
        )
        weight = "bold" if row["_sign"] else "normal"
        rights.append(
            ax.text(1.04, row[after], f"{now}  {name}", fontsize=theme.BODY, weight=weight, **style)
        )
    return lefts, rights


def _dress(ax: Axes, periods: tuple[str, str], ylabel: str | None) -> None:
    ax.set_xlim(-0.05, 1.05)
    ax.set_xticks([0, 1], periods)
    ax.tick_params(axis="x", length=0, labelcolor=theme.INK, labelsize=theme.BODY)
    ax.set_yticks([])
    ax.spines["bottom"].set_visible(False)
    ax.vlines([0, 1], *ax.get_ylim(), color=theme.GRID, lw=1, zorder=0)
    ax.set_title(ylabel or "", fontsize=theme.BODY, color=theme.MUTED, weight="normal", pad=8)


def _alt(rows, what, y, before, after, periods, percent) -> str:
    def phrase(row: pd.Series) -> str:
        was, now = (wording.number(row[side], percent=percent) for side in (before, after))
        return f"{row[y]} from {was} to {now}"

    change = rows.assign(_change=rows[after] - rows[before])
    sure = wording.count(int((rows["_sign"] != 0).sum()), "row")
    return wording.alt(
        f"Slopes from {periods[0]} to {periods[1]}: {what}, {wording.count(len(rows), 'row')}.",
        wording.extremes(change, value="_change", phrase=phrase)
        .replace("Largest", "Largest rise")
        .replace("Smallest", "Smallest rise or largest fall"),
        f"The change is sure for {sure}.",
    )

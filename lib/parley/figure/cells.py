"""A matrix: who towards whom, a colour and a number in each cell, and how many stand behind it."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize
from matplotlib.patches import Rectangle

from parley.figure import columns, theme, wording
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed


@themed
def matrix(
    frame: pd.DataFrame,
    *,
    row: str = "holder",
    column: str = "target",
    value: str = "estimate",
    n: str | None = "n",
    enough: str = "enough",
    limits: tuple[float, float] | None = (-1.0, 1.0),
    signed: bool | None = None,
    percent: bool = False,
    digits: str = "+.1f",
    title: str | None = None,
    ends: tuple[str, str] | None = ("against", "in favor"),
    what: str = "values",
    joined: str = "on",
) -> Picture:
    """Draw one cell for each row and column of the frame, in their order there, with its n.

    Needs the columns named by ``row``, ``column`` and ``value``; ``n`` stands small in the cell
    where it is there. Where ``enough`` is there and false, or the value is null, the cell is
    hatched and says "too few"; a pair that is not in the frame is left white. ``limits`` are the
    ends of the colours (None: those of the data); colours diverge where the limits lie on both
    sides of 0, or as ``signed`` says. ``joined`` stands between row and column in the alt text.
    ``digits`` is the format of the values (or ``percent``).

    >>> cells = pd.DataFrame({"holder": ["Russia", "EU"], "target": "Sanctions",
    ...     "estimate": [-0.9, 0.8], "n": [20, 11]})
    >>> matrix(cells, what="positions").alt_text
    'Matrix of positions: 2 rows by 1 column. Largest: EU on Sanctions +0.8 (n = 11). ...
    """
    cells = columns.need_numbers(frame, value, drawing="matrix")
    columns.need(frame, row, column, drawing="matrix")
    if cells.empty:
        return nothing("there are no cells to draw.", title=title)
    columns.one_row_each(cells, row, column, drawing="matrix")
    cells = _placed(cells, row, column, value, enough)
    rows, wide = int(cells["_r"].max()) + 1, int(cells["_c"].max()) + 1
    norm, colours = _colours(cells, value, limits, signed)
    figure, ax = axes(0.46 * rows + 1.15 + 0.35 * bool(ends), title=title)
    n = n if n in cells.columns else None
    for cell in cells.to_dict("records"):
        _cell(ax, cell, value, n, norm, colours, ".0%" if percent else digits)
    _dress(ax, cells, row, column, rows, wide)
    if ends:
        _scale(ax, norm, colours, ends)
    settle(figure)
    figure.alt_text = _alt(cells, what, row, f" {joined} ", column, value, n, percent)
    return figure


def _placed(cells: pd.DataFrame, row: str, column: str, value: str, enough: str) -> pd.DataFrame:
    sure = cells[value].notna()
    if enough in cells.columns:
        sure &= cells[enough].fillna(False).astype(bool)
    places = {"_r": pd.factorize(cells[row])[0], "_c": pd.factorize(cells[column])[0]}
    return cells.assign(**places, _sure=sure)


def _colours(cells, value, limits, signed) -> tuple[Normalize, Colormap]:
    low, high = limits or (float(cells[value].min()), float(cells[value].max()))
    signed = low < 0 < high if signed is None else signed
    if signed:
        low, high = -max(-low, high), max(-low, high)
    elif limits is None:
        low = min(low, 0.0)
    return Normalize(low, high if high > low else low + 1, clip=True), (
        theme.DIVERGING if signed else theme.SEQUENTIAL
    )


def _cell(ax: Axes, cell: dict, value: str, n: str | None, norm, colours, digits: str) -> None:
    x, y, sure = cell["_c"], cell["_r"], cell["_sure"]
    face = colours(norm(cell[value])) if sure else theme.FAINT
    style: dict[str, Any] = (
        {} if sure else {"hatch": "////", "edgecolor": "#d5d8db", "linewidth": 0}
    )
    ax.add_patch(Rectangle((x - 0.48, y - 0.46), 0.96, 0.92, facecolor=face, gid="cell", **style))
    ink = _ink(face) if sure else theme.MUTED
    few = {"bbox": {"facecolor": theme.PAPER, "edgecolor": "none", "pad": 1}} if not sure else {}
    words = _written(cell[value], digits) if sure else "too few"
    behind = f"n = {int(cell[n]):,}" if n and pd.notna(cell[n]) else ""
    size = theme.BODY if sure else theme.SMALL - 1
    ax.text(
        x,
        y - (0.13 if behind else 0),
        words,
        ha="center",
        va="center",
        color=ink,
        fontsize=size,
        gid="value",
        **few,
    )
    if behind:
        ax.text(
            x,
            y + 0.24,
            behind,
            ha="center",
            va="center",
            fontsize=theme.SMALL - 1.5,
            color=ink,
            gid="n",
            **few,
        )


def _written(value: float, digits: str) -> str:
    """Write a value with a real minus, and without a sign where it rounds to nothing."""
    words = format(value, digits)
    return words.replace("-", "−") if words.strip("+-0.%") else words.lstrip("+-")


def _ink(face: Any) -> str:
    """Dark words on a light cell, white on a dark one."""
    red, green, blue = face[:3]
    return theme.PAPER if 0.299 * red + 0.587 * green + 0.114 * blue < 0.5 else theme.INK


def _dress(ax: Axes, cells, row: str, column: str, rows: int, wide: int) -> None:
    ax.set_xlim(-0.5, wide - 0.5)
    ax.set_ylim(rows - 0.5, -0.5)
    width = max(int(70 / wide), 9)
    across = cells.drop_duplicates("_c").sort_values("_c")[column]
    down = cells.drop_duplicates("_r").sort_values("_r")[row]
    crowded = any(len(str(name)) > width for name in across)
    ax.set_xticks(
        range(wide),
        [short(name, width=24) for name in across],
        rotation=38 if crowded else 0,
        ha="left" if crowded else "center",
        rotation_mode="anchor" if crowded else "default",
    )
    ax.set_yticks(range(rows), [short(name, width=28) for name in down])
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0, labelcolor=theme.INK, labelsize=theme.BODY - 0.5)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _scale(ax: Axes, norm: Normalize, colours: Colormap, ends: tuple[str, str]) -> None:
    """A narrow bar of the colours under the matrix, its ends in words."""
    steps, height = 40, 0.14
    low, high = norm.vmin or 0.0, norm.vmax or 0.0
    rows = ax.get_ylim()[0] + 0.5
    left = ax.get_xlim()[0]
    unit = (ax.get_xlim()[1] - left) / 100
    for step in range(steps):
        value = low + (high - low) * (step + 0.5) / steps
        ax.add_patch(
            Rectangle(
                (left + unit * (30 + step), rows - 0.5 + 0.28),
                unit * 1.02,
                height,
                facecolor=colours(norm(value)),
                clip_on=False,
                gid="scale",
            )
        )
    middle = rows - 0.5 + 0.28 + height / 2
    for at, words, side in ((29, ends[0], "right"), (71, ends[1], "left")):
        ax.text(
            left + unit * at,
            middle,
            words,
            ha=side,
            va="center",
            fontsize=theme.SMALL,
            color=theme.MUTED,
        )


def _alt(cells, what, row, joined, column, value, n, percent) -> str:
    sure = cells[cells["_sure"]]

    def phrase(cell: pd.Series) -> str:
        amount = cell[n] if n else None
        number = wording.with_interval(cell[value], n=amount, percent=percent, signed=not percent)
        return f"{cell[row]}{joined}{cell[column]} {number}"

    few = len(cells) - len(sure)
    return wording.alt(
        f"Matrix of {what}: {wording.count(np.unique(cells['_r']).size, 'row')} by "
        f"{wording.count(np.unique(cells['_c']).size, 'column')}.",
        wording.extremes(sure, value=value, phrase=phrase),
        f"{wording.count(few, 'cell has', 'cells have')} too few to say." if few else "",
    )

"""Words and where they stand: what sets two sets of articles apart, and how even a word is."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from parley.figure import columns, labels, theme, wording
from parley.figure.axis import date_axis, number_axis, places
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed


@themed
def word_shift_bars(
    frame: pd.DataFrame,
    *,
    word: str = "word",
    value: str = "log_odds",
    low: str = "low",
    high: str = "high",
    study: str = "study",
    reference: str = "reference",
    xlabel: str | None = None,
    title: str | None = None,
    what: str = "words",
) -> Picture:
    """Draw a bar for each word, to the right where the study has more of it, else to the left.

    Needs the columns named by ``word`` and ``value`` (signed); ``low`` and ``high`` are drawn as a
    whisker where they are there. ``study`` and ``reference`` name the two sides over the axes.
    Words are drawn in the order of the frame.

    >>> words = pd.DataFrame({"word": ["sanctions", "talks"], "log_odds": [2.1, -1.4]})
    >>> word_shift_bars(words, study="now", reference="then").alt_text
    'Bars of 2 words that set now apart from then. Most marked in now: sanctions (+2.1). ...
    """
    rows = columns.need_numbers(frame, value, drawing="word_shift_bars")
    columns.need(frame, word, drawing="word_shift_bars")
    rows = rows.dropna(subset=[value]).reset_index(drop=True)
    if rows.empty:
        return nothing("no word sets the two apart.", title=title)
    figure, ax = axes(0.24 * len(rows) + 0.95, title=title)
    heights = np.arange(len(rows))
    tints = [theme.sign_colour(amount) for amount in rows[value]]
    ax.barh(heights, rows[value], height=0.7, color=tints, alpha=0.8, gid="estimate")
    if columns.has_all(rows, low, high):
        ax.hlines(heights, rows[low], rows[high], color=theme.INK, lw=1)
    texts = _name_bars(ax, rows, word, value, low, high)
    _dress_shift(ax, rows, xlabel, study, reference)
    _make_room(figure, ax, texts)
    settle(figure)
    figure.alt_text = _shift_alt(rows, what, word, value, study, reference)
    return figure


def _name_bars(ax: Axes, rows, word, value, low, high) -> list:
    """Write each word beyond the tip of its bar, or of its whisker."""
    texts = []
    whiskers = columns.has_all(rows, low, high)
    for height, row in enumerate(rows.to_dict("records")):
        right = row[value] >= 0
        tips = [row[value], row[high if right else low]] if whiskers else [row[value]]
        tip = max(tips) if right else min(tips)
        texts.append(
            ax.annotate(
                short(row[word], width=28),
                (tip, height),
                (5 if right else -5, 0),
                textcoords="offset points",
                va="center",
                ha="left" if right else "right",
                fontsize=theme.BODY,
                gid="word",
            )
        )
    return texts


def _make_room(figure: Picture, ax: Axes, texts: list) -> None:
    """Widen the axes until every word stands inside them."""
    for _ in range(4):
        figure.draw_without_rendering()
        frame, (low, high) = ax.get_window_extent(), ax.get_xlim()
        boxes = [text.get_window_extent() for text in texts]
        over_left = max(frame.x0 - min(box.x0 for box in boxes), 0)
        over_right = max(max(box.x1 for box in boxes) - frame.x1, 0)
        if over_left + over_right < 1:
            return
        unit = (high - low) / max(frame.width - over_left - over_right, frame.width / 4)
        ax.set_xlim(low - unit * over_left, high + unit * over_right)


def _dress_shift(ax: Axes, rows, xlabel, study, reference) -> None:
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks([])
    ax.axvline(0, color=theme.MUTED, lw=1)
    ax.grid(axis="x")
    ax.set_xlabel(xlabel or "")
    number_axis(ax, "x")
    style: dict[str, Any] = {
        "xycoords": ("data", "axes fraction"),
        "va": "bottom",
        "weight": "bold",
        "textcoords": "offset points",
        "fontsize": theme.BODY,
    }
    ax.annotate(f"more in {study} →", (0, 1), (6, 4), color=theme.FAVOR, ha="left", **style)
    ax.annotate(f"← more in {reference}", (0, 1), (-6, 4), color=theme.AGAINST, ha="right", **style)


def _shift_alt(rows, what, word, value, study, reference) -> str:
    def some(part: pd.DataFrame) -> str:
        pairs = zip(part[word], part[value], strict=True)
        return ", ".join(
            f"{name} ({wording.number(amount, signed=True)})" for name, amount in pairs
        )

    more = rows[rows[value] > 0].nlargest(3, value)
    less = rows[rows[value] < 0].nsmallest(3, value)
    return wording.alt(
        f"Bars of {wording.count(len(rows), 'word')} that set {study} apart from {reference}.",
        f"Most marked in {study}: {some(more)}." if len(more) else "",
        f"Most marked in {reference}: {some(less)}." if len(less) else "",
    )


@themed
def dispersion_plot(
    frame: pd.DataFrame,
    *,
    x: str = "position",
    y: str = "name",
    scores: dict[str, float] | None = None,
    xlabel: str | None = None,
    title: str | None = None,
    what: str = "mentions",
) -> Picture:
    """Draw a stroke wherever a word or actor stands, one lane for each, with its n at the right.

    Needs the columns named by ``x`` (a place from 0 to 1, a number or a date) and ``y``; one row is
    one occurrence. ``scores`` gives a measure of dispersion (DP: 0 even, 1 in one place) to write
    beside the n.

    >>> places = pd.DataFrame({"name": ["NATO", "NATO", "Russia"], "place": [0.1, 0.4, 0.9]})
    >>> dispersion_plot(places, x="place", y="name").alt_text
    'Strokes where mentions stand, 2 lanes: NATO (n = 2); Russia (n = 1).'
    """
    columns.need(frame, x, y, drawing="dispersion_plot")
    rows = frame.dropna(subset=[x, y]).reset_index(drop=True)
    if rows.empty:
        return nothing("nothing stands anywhere in these articles.", title=title)
    lane, names = pd.factorize(rows[y].astype(str))
    figure, ax = axes(0.36 * len(names) + 0.6, title=title)
    ax.vlines(
        places(rows[x]), lane - 0.34, lane + 0.34, color=theme.BLUE, lw=0.9, alpha=0.7, gid="places"
    )
    _dress_lanes(ax, names, xlabel)
    if pd.api.types.is_datetime64_any_dtype(rows[x]):
        date_axis(ax)
    amounts = np.bincount(lane)
    for height, (name, amount) in enumerate(zip(names, amounts, strict=True)):
        score = f", DP {scores[name]:.2f}" if scores and name in scores else ""
        labels.at_right(
            ax, height, f"n = {amount:,}{score}", fontsize=theme.SMALL, color=theme.MUTED, gid="n"
        )
    settle(figure)
    lines = zip(names, amounts, strict=True)
    each = "; ".join(f"{name} {_amount(amount, name, scores)}" for name, amount in lines)
    figure.alt_text = f"Strokes where {what} stand, {wording.count(len(names), 'lane')}: {each}."
    return figure


def _amount(amount: int, name: str, scores: dict[str, float] | None) -> str:
    score = f", DP {scores[name]:.2f}" if scores and name in scores else ""
    return f"(n = {amount:,}{score})"


def _dress_lanes(ax: Axes, names, xlabel: str | None) -> None:
    ax.set_yticks(range(len(names)), [short(name) for name in names])
    ax.set_ylim(len(names) - 0.45, -0.55)
    ax.hlines(
        np.arange(len(names)),
        0,
        1,
        color=theme.GRID,
        lw=0.8,
        zorder=0,
        transform=ax.get_yaxis_transform(),
    )
    ax.set_xlabel(xlabel or "")

"""Labels set beside what they name, and moved apart until none covers another."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text

from parley.figure import theme
from parley.figure.canvas import Picture

_LINE = 12.5  # points from one line of a key to the next


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> np.ndarray:
    """Give places near the wanted ones, in their order, at least ``gap`` apart, in low..high.

    Where there is not room for all, they are spaced evenly over the room there is.

    >>> spread([1.0, 1.1, 5.0], 1.0, 0.0, 10.0).round(2).tolist()
    [0.55, 1.55, 5.0]
    """
    order = np.argsort(np.asarray(wanted, float), kind="stable")
    places = np.asarray(wanted, float)[order]
    if not len(places):
        return places
    if len(places) > 1 and gap * (len(places) - 1) > high - low:
        gap = (high - low) / (len(places) - 1)
    blocks = _merged(places, gap)
    settled = np.concatenate([start + gap * np.arange(size) for start, size in blocks])
    settled = _within(settled, gap, low, high)
    result = np.empty(len(places))
    result[order] = settled
    return result


def _merged(places: np.ndarray, gap: float) -> list[tuple[float, int]]:
    """Merge neighbours that would touch into blocks centred on what their members wanted."""
    blocks: list[tuple[float, int, float]] = []  # where it starts, how many, sum of wanted starts
    for place in places:
        start, size, total = place, 1, place
        while blocks and blocks[-1][0] + gap * blocks[-1][1] > start:
            _, before, sum_before = blocks.pop()
            total = sum_before + total - size * gap * before
            size += before
            start = total / size
        blocks.append((start, size, total))
    return [(start, size) for start, size, _ in blocks]


def _within(places: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Push what runs over an edge back in, and its neighbours before it."""
    steps = gap * np.arange(len(places))
    inside = np.maximum.accumulate(np.maximum(places, low) - steps) + steps
    ceiling = high - gap * np.arange(len(places) - 1, -1, -1.0)
    return np.minimum(inside, ceiling)


def apart(figure: Picture, ax: Axes, texts: Sequence[Text], *, pad: float = 1.5) -> None:
    """Move texts up and down, by as little as may be, until none covers another. Wants a settled
    figure; ``pad`` is the white between two lines, in pixels."""
    if not texts:
        return
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [text.get_window_extent(renderer) for text in texts]
    frame = ax.get_window_extent(renderer)
    gap = max(box.height for box in boxes) + pad
    middles = [(box.y0 + box.y1) / 2 for box in boxes]
    placed = spread(middles, gap, frame.y0 - gap / 2, frame.y1 + gap)
    for text, old, new in zip(texts, middles, placed, strict=True):
        x, y = text.get_transform().transform(text.get_position())
        text.set_position(tuple(text.get_transform().inverted().transform((x, y + new - old))))


def at_right(ax: Axes, y: float, words: str, *, gap: float = 0.012, **style) -> Text:
    """Write words just right of the axes at height y (in data)."""
    style = {"va": "center", "ha": "left", "fontsize": theme.BODY, **style}
    return ax.text(1 + gap, y, words, transform=ax.get_yaxis_transform(), clip_on=False, **style)


def key(figure: Picture, ax: Axes, colours: dict[str, str], *, mark: str = "●") -> list[Text]:
    """Write the names in their own colours on lines above the axes: a legend that is only text."""
    texts: list[Text] = []
    x, line, points = 6.0, 0, 72 / figure.dpi
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    for name, colour in colours.items():
        text = ax.annotate(
            f"{mark} {name}",
            (0, 1),
            (x, 0),
            xycoords=("figure points", "axes fraction"),
            textcoords="offset points",
            color=colour,
            va="bottom",
            gid="key",
        )
        width = text.get_window_extent(renderer).width * points
        if texts and x + width > figure.get_figwidth() * 72 - 6:
            x, line = 6.0, line + 1
        text.set_position((x, -line * _LINE))
        texts.append(text)
        x += width + 10
    for label in texts:  # the last line stands just above the axes
        across, down = label.get_position()
        label.set_position((across, down + 5 + line * _LINE))
    return texts

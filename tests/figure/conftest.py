"""Hand-made frames with the columns that measures give, and ways to look at what was drawn."""

import itertools

import numpy as np
import pandas as pd
import pytest

ACTORS = [
    "Russia",
    "United States",
    "NATO",
    "Ukraine",
    "Vladimir Putin",
    "European Union",
    "Poland",
]


@pytest.fixture
def ranking() -> pd.DataFrame:
    estimate = np.array([15.8, 12.5, 8.7, 8.6, 6.9, 4.4, 3.5])
    return pd.DataFrame(
        {
            "name": ACTORS,
            "estimate": estimate,
            "low": estimate * 0.8,
            "high": estimate * 1.25,
            "n": [490, 388, 270, 267, 213, 138, 12],
            "enough": [True] * 6 + [False],
        }
    )


@pytest.fixture
def trend(ranking) -> pd.DataFrame:
    """Five lines that end within a hair of one another: their labels must still not touch."""
    weeks = pd.date_range("2021-12-06", periods=8, freq="7D")
    parts = [
        pd.DataFrame(
            {"week": weeks, "name": name, "estimate": 5 + place * 0.05 + np.arange(8) * 0.1}
        )
        for place, name in enumerate(ACTORS[:5])
    ]
    frame = pd.concat(parts)
    return frame.assign(low=frame["estimate"] - 1, high=frame["estimate"] + 1, n=20)


def drawn(figure, gid: str) -> list:
    """Every artist of the first axes with that gid."""
    return figure.axes[0].findobj(lambda artist: artist.get_gid() == gid)


def words(figure) -> list[str]:
    """Every text that stands in the figure."""
    from matplotlib.text import Text

    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def overlaps(texts: list) -> list[tuple[str, str]]:
    """Pairs of texts of which one covers the other."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    return [
        (one, other)
        for (one, box), (other, second) in itertools.combinations(boxes, 2)
        if box.x0 < second.x1 - 0.5
        and second.x0 < box.x1 - 0.5
        and box.y0 < second.y1 - 0.5
        and second.y0 < box.y1 - 0.5
    ]


def outside(figure, texts: list) -> list[str]:
    """Texts that run over the edge of the figure."""
    width, height = figure.bbox.width, figure.bbox.height
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    return [
        word
        for word, box in boxes
        if box.x0 < -1 or box.x1 > width + 1 or box.y0 < -1 or box.y1 > height + 1
    ]

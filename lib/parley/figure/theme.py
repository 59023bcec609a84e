"""The one look of every figure: sizes for a 720-pixel column, colours that all can tell apart.

The colours are those of Okabe and Ito, "Color Universal Design" (2008), without the yellow, which
does not show on white. Signs keep their colours everywhere: against is vermilion, favor is blue.
The typeface is DejaVu Sans, since it ships with matplotlib and so looks the same on every machine.
"""

from functools import wraps
from typing import Any

import matplotlib
from matplotlib.colors import LinearSegmentedColormap

INK = "#222222"
MUTED = "#5f6368"  # 6:1 on white, so that small print can be read
GRID = "#e4e6e8"
PAPER = "#ffffff"
FAINT = "#f3f4f5"  # a cell about which there is too little to say

BLUE = "#0072b2"
VERMILION = "#d55e00"
GREEN = "#009e73"
PURPLE = "#aa3377"  # a darker form of their reddish purple, for thin lines
ORANGE = "#b87500"  # likewise, of their orange
SKY = "#3c9bd0"
CYCLE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, "#000000")
REST = "#9aa0a6"  # whatever comes after the colours run out

FAVOR, AGAINST, NEITHER = BLUE, VERMILION, "#c3c7cb"
DIVERGING = LinearSegmentedColormap.from_list(
    "against-favor", ["#b04a00", "#ec9a5e", "#f7f7f5", "#6aaed6", "#005a92"]
)
SEQUENTIAL = LinearSegmentedColormap.from_list("little-much", ["#f3f7fa", "#6aaed6", "#004b7a"])

WIDTH = 7.2  # inches; at DPI pixels an inch, the report's column
DPI = 100
SMALL = 8.0
BODY = 9.5

RC: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": BODY,
    "text.color": INK,
    "text.parse_math": False,  # a "$" in a headline is a dollar
    "axes.edgecolor": MUTED,
    "axes.facecolor": "none",
    "axes.labelcolor": MUTED,
    "axes.labelsize": BODY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.linewidth": 0.8,
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "figure.facecolor": PAPER,
    "figure.dpi": DPI,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "hatch.color": "#d5d8db",
    "hatch.linewidth": 0.6,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL + 0.5,
    "ytick.labelsize": BODY,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "savefig.dpi": 2 * DPI,
    "svg.fonttype": "path",
    "svg.hashsalt": "parley",  # the same figure gives the same file
}


def themed(draw):
    """Make a drawing function run under this theme; matplotlib's settings stay as they were."""

    @wraps(draw)
    def drawn(*args, **options):
        with matplotlib.rc_context(RC):
            return draw(*args, **options)

    return drawn


def colours(names: list) -> dict:
    """Give each name a colour, in order; after the seventh they are all grey.

    >>> colours(["Russia", "Ukraine"])["Russia"] == BLUE
    True
    """
    return {name: CYCLE[i] if i < len(CYCLE) else REST for i, name in enumerate(names)}


def sign_colour(value: float) -> str:
    """Give the colour of a signed value: favor, against, or neither."""
    return FAVOR if value > 0 else AGAINST if value < 0 else NEITHER

"""A figure that carries its own description, and shows itself in a notebook without pyplot."""

from io import BytesIO

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from parley.figure import theme


class Picture(Figure):
    """A matplotlib Figure with ``alt_text``: what it shows, in words made from its numbers."""

    alt_text: str = ""

    def savefig(self, fname, **options):
        """Save under the theme; an SVG is the same, byte for byte, whenever it is drawn."""
        if str(options.get("format") or fname).endswith("svg"):
            options["metadata"] = {"Date": None, "Title": self.alt_text}
            options.setdefault("facecolor", "none")  # a page has a paper of its own
        with matplotlib.rc_context(theme.RC):
            return super().savefig(fname, **options)

    def to_bytes(self, kind: str = "png") -> bytes:
        """Give the figure as the bytes of a file of that kind: png, svg or pdf."""
        buffer = BytesIO()
        self.savefig(buffer, format=kind)
        return buffer.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Show in a notebook as a picture with its description; nothing stays open behind it."""
        width, height = (int(inches * theme.DPI) for inches in self.get_size_inches())
        size = {"width": width, "height": height, "alt": self.alt_text}
        bundle = {"image/png": self.to_bytes("png"), "text/plain": self.alt_text}
        return bundle, {"image/png": size}


def blank(height: float, *, width: float = theme.WIDTH) -> Picture:
    """Give an empty figure of that height in inches, drawn by Agg and known to no pyplot."""
    figure = Picture(figsize=(width, height), dpi=theme.DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def axes(height: float, *, title: str | None = None) -> tuple[Picture, Axes]:
    """Give a figure of that height with one pair of axes."""
    figure = blank(height + (0.3 if title else 0.0))
    if title:
        # Over the whole figure, not the axes, so that long names beside the axes do not indent it.
        figure.suptitle(title, x=0.01, ha="left", weight="bold", size=11, color=theme.INK)
    return figure, figure.subplots()


def nothing(why: str, *, title: str | None = None) -> Picture:
    """Give a figure that says in words why there is nothing to draw."""
    figure, ax = axes(1.0, title=title)
    ax.set_axis_off()
    ax.text(0.5, 0.5, why, ha="center", va="center", color=theme.MUTED, transform=ax.transAxes)
    figure.alt_text = f"An empty figure: {why}"
    return figure


def settle(figure: Picture) -> None:
    """Lay the figure out now and keep it so; after this, pixels are where they will be drawn."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")


def short(text: object, *, width: int = 34) -> str:
    """Give a label of at most that many characters, cut at a word.

    >>> short("Organization for Security and Co-operation in Europe")
    'Organization for Security and…'
    """
    words = str(text)
    if len(words) <= width:
        return words
    whole = words[:width].rpartition(" ")[0]
    return (whole if len(whole) > width // 3 else words[: width - 1]).rstrip(" ,;:-") + "…"

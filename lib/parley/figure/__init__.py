"""Numbers become figures; nothing is computed here.

Every function takes a table and gives a matplotlib Figure with ``alt_text``: what it shows, in
words made from its numbers. A column that is missing, or that holds no numbers where it should,
raises ParleyError. matplotlib is loaded when the first of them is asked for.
"""

from parley import lazy

_WHERE = {
    "Picture": "canvas",
    "bars": "counts",
    "dispersion_plot": "words",
    "distribution": "spreads",
    "interval_dots": "dots",
    "interval_lines": "lines",
    "matrix": "cells",
    "signed_network": "network",
    "slopes": "slopegraph",
    "timeline": "counts",
    "word_shift_bars": "words",
}
__all__ = sorted(_WHERE)
__getattr__, __dir__ = lazy.names(__name__, _WHERE)

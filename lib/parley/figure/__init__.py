"""Numbers become figures; nothing is computed here.

Every function takes a table and gives a matplotlib Figure with ``alt_text``: what it shows, in
words made from its numbers. matplotlib is loaded when the first of them is asked for.
"""

import importlib

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


def __getattr__(name: str):
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})

"""Notebooks become verified, published reports.

In a notebook: ``show``, ``finding``, ``sentences``, ``figure`` and ``context``. On the command's
side: ``run``, ``due``, ``definitions`` and what stands around them. Nothing is loaded until asked.
"""

from parley import lazy

_HOMES = {
    "show": "display",
    "finding": "display",
    "sentences": "display",
    "figure": "display",
    "context": "display",
    "run": "runner",
    "due": "timetable",
    "schedule": "timetable",
    "install": "installer",
    "rebuild": "site",
    "definitions": "definition",
    "load": "definition",
}

__all__ = sorted(_HOMES)
__getattr__, __dir__ = lazy.names(__name__, _HOMES)

"""Notebooks become verified, published reports.

In a notebook: ``show``, ``finding``, ``sentences``, ``figure`` and ``context``. On the command's
side: ``run``, ``due``, ``definitions`` and what stands around them. Nothing is loaded until asked.
"""

from importlib import import_module

_HOME = {
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

__all__ = [
    "context",
    "definitions",
    "due",
    "figure",
    "finding",
    "install",
    "load",
    "rebuild",
    "run",
    "schedule",
    "sentences",
    "show",
]


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module 'parley.report' has no attribute {name!r}")
    return getattr(import_module(f"parley.report.{_HOME[name]}"), name)

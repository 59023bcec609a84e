"""Scores put side by side: ours, simple baselines, each with an interval."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from parley.evaluate.scores import bootstrap, calibration_error, macro_f1_of

COLUMNS = ["system", "metric", "estimate", "low", "high", "n"]


@dataclass(frozen=True)
class Result:
    """What one evaluation found. ``frame`` has a row for each system and metric."""

    task: str
    path: str
    model: str
    frame: pd.DataFrame
    notes: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """A table as wide as it needs to be, with scores in points, and the notes below it."""
        points = self.frame.assign(
            **{c: self.frame[c].map(points_of) for c in ("estimate", "low", "high")}
        )
        head = f"{self.task}: {self.path} (model {self.model})"
        return "\n".join([head, points.to_string(index=False), *self.notes])

    def to_json(self) -> str:
        """The same for a program: estimates and bounds as fractions of one."""
        rows = self.frame.to_dict("records")
        facts = {"task": self.task, "path": self.path, "model": self.model, "scores": rows,
                 "notes": list(self.notes), "details": self.details}  # fmt: skip
        clean = json.loads(json.dumps(facts), parse_constant=lambda _: None)
        return json.dumps(clean, indent=2) + "\n"

    def write(self, path: str | Path) -> None:
        """Write the JSON."""
        Path(path).write_text(self.to_json(), encoding="utf-8")


def points_of(value: float) -> str:
    """A fraction of one as points.

    >>> points_of(0.8314), points_of(float("nan"))
    ('83.1', '-')
    """
    return "-" if value != value else f"{100 * value:.1f}"


def measured(
    system: str, metric: str, score: Callable[[np.ndarray], float], groups: Sequence[str]
) -> dict[str, Any]:
    """One row: the score of all rows, with its bootstrap interval over groups."""
    everything = np.arange(len(groups))
    low, high = bootstrap(groups, score)
    return {"system": system, "metric": metric, "estimate": score(everything),
            "low": low, "high": high, "n": len(groups)}  # fmt: skip


def class_rows(
    system: str, gold: np.ndarray, guess: np.ndarray, names: Sequence[str], groups: Sequence[str]
) -> list[dict[str, Any]]:
    """Macro-F1 over the classes and accuracy of one system."""
    size = len(names)

    def macro(rows: np.ndarray) -> float:
        cells = np.bincount(gold[rows] * size + guess[rows], minlength=size * size)
        return macro_f1_of(cells.reshape(size, size).astype(float))

    return [
        measured(system, f"macro-F1 over {size}", macro, groups),
        measured(system, "accuracy", lambda rows: float((gold == guess)[rows].mean()), groups),
    ]


def per_class(gold: np.ndarray, guess: np.ndarray, names: Sequence[str]) -> dict[str, dict]:
    """F1 and n of each class, and what it was taken for."""
    found = {}
    for at, name in enumerate(names):
        hit = int(((gold == at) & (guess == at)).sum())
        total = int((gold == at).sum() + (guess == at).sum())
        taken = {other: int(((gold == at) & (guess == i)).sum()) for i, other in enumerate(names)}
        found[name] = {"f1": 2 * hit / total if total else None, "n": int((gold == at).sum()),
                       "taken_for": {k: v for k, v in taken.items() if v}}  # fmt: skip
    return found


def calibration_row(
    probabilities: np.ndarray, gold: np.ndarray, groups: Sequence[str]
) -> dict[str, Any]:
    """Expected calibration error of our own probabilities."""
    sure, right = probabilities.max(1), (probabilities.argmax(1) == gold).astype(float)
    return measured(
        "parley", "calibration error", lambda rows: calibration_error(sure[rows], right[rows]),
        groups,
    )  # fmt: skip


def majority(gold: np.ndarray) -> np.ndarray:
    """The commonest class, every time."""
    return np.full_like(gold, np.bincount(gold).argmax())

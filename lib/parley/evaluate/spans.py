"""Spans against gold spans: exact ends and kind, counted per sentence, in the set's own tokens."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from parley.evaluate.examples import Tagged
from parley.evaluate.report import measured
from parley.evaluate.scores import f1, span_counts

Spans = Sequence[tuple[int, int, str]]


def snapped(example: Tagged, spans: Spans) -> list[tuple[int, int, str]]:
    """Spans of characters widened to the tokens that they touch.

    >>> example = Tagged("the U.S. said", ((0, 3), (4, 8), (9, 13)), (), "a")
    >>> snapped(example, [(4, 7, "location")])
    [(1, 2, 'location')]
    """
    starts, ends = (np.array(side) for side in zip(*example.tokens, strict=True))
    found = []
    for start, end, kind in spans:
        hit = np.flatnonzero((starts < end) & (ends > start))
        if len(hit):
            found.append((int(hit[0]), int(hit[-1]) + 1, kind))
    return found


def span_rows(
    system: str,
    examples: Sequence[Tagged],
    guesses: Sequence[Spans],
    kinds: Sequence[str],
) -> list[dict[str, Any]]:
    """F1 over all kinds together and of each kind."""
    counts = np.stack([
        span_counts(snapped(e, e.spans), snapped(e, guess), kinds)
        for e, guess in zip(examples, guesses, strict=True)
    ])  # fmt: skip
    groups = [example.group for example in examples]
    rows = [measured(system, "F1", _scorer(counts.sum(2)), groups)]
    for at, kind in enumerate(kinds):
        rows.append(measured(system, f"F1 {kind}", _scorer(counts[:, :, at]), groups))
        rows[-1]["n"] = int(counts[:, 2, at].sum())
    rows[0]["n"] = int(counts[:, 2].sum())
    return rows


def _scorer(counts: np.ndarray) -> Callable[[np.ndarray], float]:
    return lambda rows: f1(*counts[rows].sum(0))

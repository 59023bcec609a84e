"""Temperatures: what a head's scores are divided by so that 0.8 means right four times in five."""

import numpy as np
from tokenizers import Tokenizer

from parley.annotate.encoder import labels
from parley.annotate.encoder.decode import Chain, marginals, to_tags
from parley.train.batches import TAGS
from parley.train.held import chain_of, outputs
from parley.train.model import Reader
from parley.train.parts import choosing
from parley.train.rows import Task

GRID = np.exp(np.linspace(np.log(0.5), np.log(3.0), 37))
CHAIN_GRID = np.exp(np.linspace(np.log(0.7), np.log(2.5), 14))


def temperatures(model: Reader, tasks: list[Task], tokenizer: Tokenizer) -> dict[str, float]:
    """The best temperature of each head on the half of its held rows that choices are made on."""
    found = {}
    for task in tasks:
        rows = [row for row in task.held if choosing(row.group)]
        if not rows or task.head in ("valence", "pair", *found):
            continue
        scored = outputs(model, rows, tokenizer, task.head)
        if task.head in TAGS:
            found[task.head] = _of_chain(scored[::3], chain_of(model, task.head), TAGS[task.head])
        else:
            scores = np.stack([s for _, s, _ in scored])
            if task.head == "event":
                scores = scores[:, : labels.EVENTS.index("NONE")]
            found[task.head] = best(scores, np.array([row.label for row, _, _ in scored]))
    return found


def best(scores: np.ndarray, gold: np.ndarray) -> float:
    """The temperature at which the gold labels are likeliest.

    >>> round(best(np.array([[4.0, 0.0]] * 3 + [[0.0, 4.0]]), np.array([0, 0, 0, 0])), 1) > 1.5
    True
    """
    return float(min(GRID, key=lambda t: _surprise(scores / t, gold)))


def _surprise(scores: np.ndarray, gold: np.ndarray) -> float:
    top = scores.max(1, keepdims=True)
    total = top[:, 0] + np.log(np.exp(scores - top).sum(1))
    return float((total - scores[np.arange(len(gold)), gold]).mean())


def _of_chain(scored: list, chain: Chain, tags: tuple[str, ...]) -> float:
    def surprise(t: float) -> float:
        total = n = 0.0
        for row, scores, pieces in scored:
            if not len(scores):
                continue
            gold = to_tags(pieces.units, row.spans, tags)
            one = np.array([max(len(gold), 1)])
            soft = marginals(scores[None].astype(float) / t, one, chain.cooled(t))[0]
            total -= np.log(np.clip(soft[np.arange(len(gold)), gold], 1e-6, 1)).sum()
            n += len(gold)
        return total / max(n, 1)

    return float(min(CHAIN_GRID, key=surprise))

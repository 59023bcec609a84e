"""Scores of the network in training on the parts that it is never trained on."""

import numpy as np
import torch

from parley.annotate.encoder import labels
from parley.annotate.encoder.decode import Chain, decode, spans, to_tags
from parley.evaluate.scores import f1, macro_f1, pearson, span_counts
from parley.train.batches import TAGS, Batch, collate, held_batches
from parley.train.model import Reader
from parley.train.rows import READ, Row, Task

SCORED = {"mentions": labels.MENTIONS[:4], "attributions": labels.ATTRIBUTIONS}


def chain_of(model: Reader, head: str) -> Chain:
    """The learned transitions of a token head, in numpy."""
    learned = {"mentions": model.mention_chain, "attributions": model.attribution_chain}[head]
    parts = (p.detach().float().cpu() for p in (learned.between, learned.first, learned.last))
    return Chain(TAGS[head], *(p.numpy().astype(float) for p in parts)).allowed()


@torch.no_grad()
def outputs(model: Reader, rows: list[Row], tokenizer, head: str) -> list[tuple[Row, np.ndarray]]:
    """Every row with its head's scores (a token head: one row of scores a unit)."""
    device = next(model.parameters()).device
    model.eval()
    found = []
    for group in held_batches(rows):
        batch = collate(group, tokenizer, head, longest=256)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            scores = _scores(model, batch.to(device), head)
        found += [(batch, i, s) for i, s in enumerate(scores.float().cpu().numpy())]
    model.train()
    return [(b.rows[i], _units(s, b, i) if head in TAGS else s, b.pieces[i]) for b, i, s in found]


def _scores(model: Reader, batch: Batch, head: str) -> torch.Tensor:
    below = model.below(batch.ids, batch.types, batch.mask)
    if head in READ:
        return dict(zip(READ,
                        model.read(below, batch.mask), strict=True))[head]  # fmt: skip
    judged = model.judge(model.mark(below, batch.mask, batch.roles))
    named = dict(zip(labels.MARKED, judged, strict=True))
    return named["stance" if head == "pair" else head]


def _units(scores: np.ndarray, batch: Batch, i: int) -> np.ndarray:
    return scores[batch.pieces[i].heads]


def score(model: Reader, task: Task, tokenizer, limit: int | None = None) -> dict[str, float]:
    """The task's scores on its held part."""
    rows = task.held[:: max(1, len(task.held) // limit)] if limit else task.held
    if not rows:
        return {}
    found = outputs(model, rows, tokenizer, task.head)
    if task.head in TAGS:
        return _span_scores(found, task.head, chain_of(model, task.head))
    if task.head == "valence":
        return {"r": pearson(np.array([s for _, s, _ in found]),
                             np.array([r.value for r, _, _ in found]))}  # fmt: skip
    gold = np.array([row.label for row, _, _ in found])
    scores = np.stack([s for _, s, _ in found])
    if task.head == "event":
        scores = scores[:, : labels.EVENTS.index("NONE")]
    guess = scores.argmax(1)
    return {"f1": macro_f1(gold, guess, scores.shape[1]), "acc": float((gold == guess).mean())}


def _span_scores(found: list, head: str, chain: Chain) -> dict[str, float]:
    guesses = decode([scores for _, scores, _ in found], chain)
    total = np.zeros((3, len(SCORED[head])))
    for (row, _, pieces), guess in zip(found, guesses, strict=True):
        gold = spans(to_tags(pieces.units, row.spans, TAGS[head]), TAGS[head])
        total += span_counts(gold, [span[:3] for span in guess], SCORED[head])
    named = {kind: f1(*total[:, i]) for i, kind in enumerate(SCORED[head])}
    return {"f1": f1(*total.sum(1)), **named}

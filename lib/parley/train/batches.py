"""Rows into batches: sorted by length, padded to their own longest, cut to a budget of pieces."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from parley.annotate.encoder import labels
from parley.annotate.encoder.decode import to_tags
from parley.annotate.encoder.text import Pieces, from_encoding, windows
from parley.train.rows import UNKNOWN, Row, Task, cut, mirrored

LONGEST = 160
TAGS = {"mentions": labels.tags(labels.MENTIONS), "attributions": labels.tags(labels.ATTRIBUTIONS)}


@dataclass
class Batch:
    """What one step sees. Only the fields that the task's head needs are filled."""

    rows: list[Row]
    pieces: list[Pieces]
    ids: Tensor
    types: Tensor
    mask: Tensor
    roles: Tensor
    heads: Tensor
    lengths: Tensor
    tags: Tensor
    labels: Tensor
    events: Tensor
    values: Tensor
    soft: dict[str, Tensor]  # what teachers say, where they were asked of all rows

    def to(self, device: torch.device) -> "Batch":
        """The same with its tensors on a device."""
        moved = {f.name: getattr(self, f.name) for f in fields(self)}
        tensors = {k: v.to(device) for k, v in moved.items() if isinstance(v, Tensor)}
        return replace(self, **tensors, soft={k: v.to(device) for k, v in self.soft.items()})


def collate(rows: list[Row], tokenizer: Tokenizer, head: str, longest: int = LONGEST) -> Batch:
    """Tokenise rows and pad them to the longest among them."""
    encoded = tokenizer.encode_batch([row.text for row in rows])
    made = [_fit(from_encoding(e, r.text), r, longest) for e, r in zip(encoded, rows, strict=True)]
    words = [p.heads for p in made]
    tags = [to_tags(p.units, r.spans, TAGS[head]) if head in TAGS else np.zeros(len(p.heads))
            for p, r in zip(made, rows, strict=True)]  # fmt: skip
    return Batch(
        rows, made,
        ids=_pad([p.ids for p in made]),
        types=_pad([p.types for p in made]),
        mask=_pad([np.ones(len(p)) for p in made]).float(),
        roles=_pad([p.roles(r.roles) for p, r in zip(made, rows, strict=True)]),
        heads=_pad(words),
        lengths=torch.tensor([max(len(w), 1) for w in words]),
        tags=_pad(tags),
        labels=torch.tensor([r.label for r in rows]),
        events=torch.tensor([r.events[0] if r.events else UNKNOWN for r in rows]),
        values=torch.tensor([r.value for r in rows], dtype=torch.float32),
        soft={name: _soft(rows, name) for name in rows[0].soft},
    )  # fmt: skip


def _fit(made: Pieces, row: Row, longest: int) -> Pieces:
    """The first window, or the one with most of the marked words."""
    if len(made) <= longest:
        return made
    cuts = [window for _, window in windows(made, size=longest, overlap=longest // 3)]
    if row.roles:
        return max(cuts, key=lambda w: len(np.unique(w.roles(row.roles))))
    return cuts[0]


def _soft(rows: list[Row], name: str) -> Tensor:
    """Probabilities a row; of an event, those of what p does to q."""
    found = torch.from_numpy(np.stack([row.soft[name] for row in rows])).float()
    return found[:, 0] if name == "event" and found.ndim == 3 else found


def _pad(arrays: list[np.ndarray]) -> Tensor:
    width = max(1, *(len(a) for a in arrays))
    out = torch.zeros(len(arrays), width, dtype=torch.long)
    for row, array in zip(out, arrays, strict=True):
        row[: len(array)] = torch.from_numpy(np.asarray(array)).long()
    return out


def held_batches(rows: list[Row], size: int = 32) -> Iterator[list[Row]]:
    """Every row once, in order of length."""
    order = sorted(rows, key=lambda row: len(row.text))
    for at in range(0, len(order), size):
        yield order[at : at + size]


def endless(task: Task, rng: np.random.Generator, *, size: int, budget: int) -> Iterator[list[Row]]:
    """Batches of a task for ever: each round shuffled anew, of rows that are about as long."""
    while True:
        rows = [_varied(row, task, rng) for row in task.train]
        keys = np.array([len(row.text) for row in rows]) * rng.uniform(0.85, 1.15, len(rows))
        order = np.argsort(keys)
        batches, current = [], []
        for at in order:
            pieces = len(rows[at].text) / 4 + 4
            if current and (len(current) == size or pieces * (len(current) + 1) > budget):
                batches.append(current)
                current = []
            current.append(rows[at])
        batches.append(current)
        for number in rng.permutation(len(batches)):
            yield batches[number]


def _varied(row: Row, task: Task, rng: np.random.Generator) -> Row:
    if task.head in ("stance", "pair") and rng.random() < 0.5:
        return mirrored(row)
    if task.head in TAGS and rng.random() < (0.35 if task.head == "attributions" else 0.6):
        return cut(row, rng)
    return row

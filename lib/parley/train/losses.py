"""What each head is asked for."""

from collections import Counter

import torch
from torch import Tensor, nn

from parley.annotate.encoder import labels
from parley.train.batches import Batch
from parley.train.model import Reader
from parley.train.rows import NONE, READ, UNKNOWN, Task

CODES = 0.4  # what a code weighs beside the teachers' answer to the same row


def class_weights(tasks: list[Task], size: int, head: str, power: float) -> Tensor:
    """Rare classes count more: n ** -power, with a mean over rows of one."""
    counts = Counter(row.label for task in tasks if task.head == head for row in task.train)
    n = torch.tensor([float(max(counts.get(label, 0), 1)) for label in range(size)])
    weight = n**-power
    return weight * n.sum() / (n * weight).sum()


class Losses:
    """One loss a head, with class weights from the training rows."""

    def __init__(
        self, tasks: list[Task], device: torch.device | None = None, *, codes: float = CODES
    ) -> None:
        """``codes`` is what a code weighs beside the teachers' answer to the same row."""
        self.codes = codes
        self.sentiment = nn.CrossEntropyLoss(label_smoothing=0.08)
        stance = class_weights(tasks, len(labels.STANCES), "stance", 0.35)
        mirrored = stance.clone()  # half of the rows are seen with p and q in each other's place
        for one, other in ((1, 2), (3, 4)):
            mirrored[[one, other]] = (stance[one] + stance[other]) / 2
        self.stance = nn.CrossEntropyLoss(mirrored.to(device), label_smoothing=0.05)
        event = class_weights(tasks, len(labels.EVENTS), "event", 0.3)
        event[NONE] = 1.0
        self.event = nn.CrossEntropyLoss(event.to(device), label_smoothing=0.08)
        self.valence = nn.SmoothL1Loss()

    def __call__(self, model: Reader, batch: Batch, head: str) -> Tensor:
        """The loss of one batch for one head."""
        with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
            below = model.below(batch.ids, batch.types, batch.mask)
            if head in READ:
                return self._reading(model, batch, head, below)
            pooled = model.mark(below, batch.mask, batch.roles)
            scores = [scores.float() for scores in model.judge(pooled)]
        if not batch.soft:
            return self._coded(*scores, batch, head)
        told = self._told(dict(zip(labels.MARKED, scores, strict=True)), batch)
        if (batch.labels == UNKNOWN).all():
            return told
        return self.codes * self._coded(*scores, batch, head) + (1 - self.codes) * told

    def _told(self, scores: dict[str, Tensor], batch: Batch) -> Tensor:
        """How far the answers are from the teachers'."""
        return sum(
            nn.functional.cross_entropy(scores[name], soft) for name, soft in batch.soft.items()
        )

    def _coded(self, sentiment, picked, stance, event, batch: Batch, head: str) -> Tensor:
        if head == "sentiment":
            return self.sentiment(sentiment, batch.labels)
        if head == "picked":
            # The other head too: with open terms alone it has nothing else to learn from.
            beside = 0.25 * self.sentiment(sentiment, batch.labels)
            return self.sentiment(picked, batch.labels) + beside
        if head == "event":
            return self.event(event, batch.labels)
        if head == "pair":
            return self.stance(stance, batch.labels) + self._known(event, batch)
        return self.stance(stance, batch.labels) + self._nothing(event, batch)

    def _reading(self, model: Reader, batch: Batch, head: str, below: Tensor) -> Tensor:
        mentions, attributions, valence = model.read(below, batch.mask)
        if head == "valence":
            return 2.5 * self.valence(valence.float(), batch.values)  # else the others drown it
        scores, chain = {
            "mentions": (mentions, model.mention_chain),
            "attributions": (attributions, model.attribution_chain),
        }[head]
        at = batch.heads[..., None].expand(-1, -1, scores.shape[-1])
        with torch.autocast(scores.device.type, enabled=False):
            return chain.loss(scores.gather(1, at), batch.tags, batch.lengths)

    def _known(self, event: Tensor, batch: Batch) -> Tensor:
        """The event of the pairs that it was coded of."""
        known = batch.events != UNKNOWN
        return self.event(event[known], batch.events[known]) if known.any() else event.new_zeros(())

    def _nothing(self, event: Tensor, batch: Batch) -> Tensor:
        """A pair between which nothing is felt mostly does nothing to each other either."""
        neutral = batch.labels == 0
        if not neutral.any():
            return event.new_zeros(())
        none = torch.full((int(neutral.sum()),), NONE, device=event.device)
        return 0.1 * self.event(event[neutral], none)

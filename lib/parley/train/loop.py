"""The run: steps of mixed batches, a clock that sets the learning rate, checkpoints that resume."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from parley.annotate.encoder import labels
from parley.train.batches import Batch, collate, endless
from parley.train.held import score
from parley.train.losses import CODES, Losses
from parley.train.model import Reader
from parley.train.rows import ASKED, Row, Task


@dataclass(frozen=True)
class Plan:
    """How long and how fast. Ends after ``steps``, or earlier when ``minutes`` are over."""

    steps: int = 9000
    minutes: float = float("inf")
    rate: float = 8e-5
    head_rate: float = 5e-4
    decay: float = 0.88
    warm: float = 0.06
    rows: int = 16
    pieces: int = 1200
    parts: int = 2
    seed: int = 1
    average_from: float = 0.5
    average: float = 0.996
    recall: float = 0.0  # of the loss, what the answers of the weights begun with are
    kept: float = 0.0  # of the weights that are saved, the share of those begun with
    save_minutes: float = 8.0
    score_minutes: float = 20.0


def groups(model: Reader, plan: Plan) -> list[dict]:
    """Parameters by depth, each with its own rate; the word vectors stay as they came."""
    model.embeddings.word_embeddings.weight.requires_grad_(False)
    model.embeddings.position_embeddings.weight.requires_grad_(False)
    depth = len(model.lower) + len(model.reading)
    stacks = [(layer, at) for at, layer in enumerate(model.lower)]
    for stack in (model.reading, model.marked):
        stacks += [(layer, len(model.lower) + at) for at, layer in enumerate(stack)]
    named = [(model.embeddings, plan.rate * plan.decay**depth)]
    named += [(layer, plan.rate * plan.decay ** (depth - 1 - at)) for layer, at in stacks]
    taken = {id(p) for module, _ in named for p in module.parameters()}
    rest = [p for p in model.parameters() if id(p) not in taken and p.requires_grad]
    found = [{"params": [p for p in m.parameters() if p.requires_grad], "peak": r}
             for m, r in named]  # fmt: skip
    return [*filter(lambda group: group["params"], found), {"params": rest, "peak": plan.head_rate}]


class Run:
    """A training run and all of its state."""

    def __init__(
        self, model: Reader, tasks: list[Task], tokenizer, plan: Plan, out: Path, **about
    ) -> None:
        """``about`` is saved beside the weights: their base, and how many layers are shared."""
        self.model, self.tasks, self.tokenizer, self.plan, self.out, self.about = (
            model, tasks, tokenizer, plan, out, about)  # fmt: skip
        self.device = next(model.parameters()).device
        self.losses = Losses(tasks, self.device, codes=1 - plan.recall if plan.recall else CODES)
        self.before = deepcopy(model).eval() if plan.recall or plan.kept else None
        self.optimiser = torch.optim.AdamW(
            groups(model, plan), lr=0.0, weight_decay=0.01, fused=True, betas=(0.9, 0.98)
        )
        self.step, self.elapsed, self.average = 0, 0.0, None
        self.seen: dict[str, list[float]] = {}
        # On a processor parts run side by side; an accelerator is kept busy by one at a time.
        side_by_side = torch.get_num_threads() if self.device.type == "cpu" else 1
        self.pool = ThreadPoolExecutor(side_by_side)
        out.mkdir(parents=True, exist_ok=True)

    def go(self) -> None:
        """Train until the plan is done."""
        rng = np.random.default_rng(self.plan.seed + self.step)
        torch.manual_seed(self.plan.seed + self.step)
        streams = {t.name: endless(t, rng, size=self.plan.rows, budget=self.plan.pieces)
                   for t in self.tasks}  # fmt: skip
        share = np.array([task.weight * len(task.train) ** 0.75 for task in self.tasks])
        share /= share.sum()
        saved = scored = self.elapsed
        clock = time.time() - self.elapsed
        self.model.train()
        while (done := self._progress()) < 1:
            self._one(rng, streams, share, done)
            self.elapsed = time.time() - clock
            if self.step % 100 == 0:
                self._report(done)
            if self.elapsed - saved > 60 * self.plan.save_minutes:
                self.save()
                saved = self.elapsed
            if self.elapsed - scored > 60 * self.plan.score_minutes:
                self.say(self.scores(limit=400))
                scored = self.elapsed
        self.save()
        self.say(self.scores())
        self.use_average()
        weights = {name: value.cpu() for name, value in self.model.state_dict().items()}
        torch.save({"model": weights, "about": self.about}, self.out / "average.pt")
        self.say({"average": True, **self.scores()})

    def _progress(self) -> float:
        return max(self.step / self.plan.steps, self.elapsed / 60 / self.plan.minutes)

    def _one(self, rng, streams: dict[str, Iterator], share: np.ndarray, done: float) -> None:
        warm = min(1.0, done / self.plan.warm) if self.plan.warm else 1.0
        factor = warm * (1 - done) / (1 - self.plan.warm) if done > self.plan.warm else warm
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * min(1.0, factor)
        chosen = rng.choice(len(self.tasks), size=self.plan.parts, replace=False, p=share)
        tasks = [self.tasks[number] for number in chosen]
        work = [(task, next(streams[task.name])) for task in tasks]
        for task, loss in zip(
            tasks, self.pool.map(lambda job: self._part(*job), work), strict=True
        ):
            self.seen.setdefault(task.name, []).append(loss)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        if done >= self.plan.average_from and self.step % 4 == 0:
            self._fold()

    def _part(self, task: Task, rows: list[Row]) -> float:
        """One task's batch, forward and back. Parts run side by side, each on one core."""
        torch.set_num_threads(1)
        batch = collate(rows, self.tokenizer, task.head).to(self.device)
        if self.plan.recall and task.taught and task.head in ASKED:
            batch = replace(batch, soft=self._recalled(batch, task.head))
        loss = self.losses(self.model, batch, task.head)
        (loss / self.plan.parts).backward()  # adding to a gradient is guarded by autograd itself
        return loss.item()

    @torch.no_grad()
    def _recalled(self, batch: Batch, head: str) -> dict[str, torch.Tensor]:
        """What the weights begun with say of a batch."""
        assert self.before is not None
        below = self.before.below(batch.ids, batch.types, batch.mask)
        scores = self.before.judge(self.before.mark(below, batch.mask, batch.roles))
        named = dict(zip(labels.MARKED, scores, strict=True))
        return {name: named[name].float().softmax(-1) for name in ASKED[head]}

    @torch.no_grad()
    def _fold(self) -> None:
        state = {k: v for k, v in self.model.named_parameters() if v.requires_grad}
        if self.average is None:
            self.average = {k: v.detach().clone() for k, v in state.items()}
            return
        keep = self.plan.average**4
        for name, value in state.items():
            self.average[name].lerp_(value, 1 - keep)

    @torch.no_grad()
    def use_average(self) -> None:
        """Put the running average of the weights in place of the last ones, and some of the first.

        Weights between the two forget less of what was known before (Wortsman et al. 2022).
        """
        begun = dict(self.before.named_parameters()) if self.before else {}
        for name, value in self.model.named_parameters():
            if self.average and name in self.average:
                value.copy_(self.average[name])
            if begun:
                value.lerp_(begun[name], self.plan.kept)

    def scores(self, limit: int | None = None) -> dict:
        """Every task's scores on its held part."""
        return {t.name: {k: round(100 * v, 1) for k, v in
                         score(self.model, t, self.tokenizer, limit).items()}
                for t in self.tasks if t.held}  # fmt: skip

    def _report(self, done: float) -> None:
        means = {name: round(float(np.mean(v)), 3) for name, v in sorted(self.seen.items())}
        self.seen = {}
        self.say({"done": round(done, 3), "loss": means})

    def say(self, what: dict) -> None:
        """One line of the log."""
        line = json.dumps({"step": self.step, "minutes": round(self.elapsed / 60, 1), **what})
        print(line, flush=True)
        with (self.out / "log.jsonl").open("a") as log:
            log.write(line + "\n")

    def save(self) -> None:
        """Everything that a resumed run needs, replaced whole."""
        state = {
            "model": self.model.state_dict(), "optimiser": self.optimiser.state_dict(),
            "step": self.step, "elapsed": self.elapsed, "average": self.average,
            "plan": asdict(self.plan),
        }  # fmt: skip
        torch.save(state, self.out / "last.tmp")
        (self.out / "last.tmp").replace(self.out / "last.pt")

    def resume(self) -> None:
        """Go on from the last checkpoint, if there is one."""
        if not (self.out / "last.pt").exists():
            return
        state = torch.load(self.out / "last.pt", weights_only=False, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.elapsed, self.average = (state[k] for k in ("step", "elapsed", "average"))

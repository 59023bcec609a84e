"""What larger networks say of the rows, coded or not: the encoder that ships learns from it too.

A teacher is a network that was trained on the same sets with a larger base and read every target
with a pass of its own (``parley train --base BASE --shared 0``). Its probabilities say more of a
row than the one code does, and it has an opinion on sentences that nobody coded.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from parley.annotate.encoder import Encoder, labels
from parley.annotate.encoder.decode import decode
from parley.annotate.encoder.text import load_tokenizer
from parley.annotate.sentences import sentence_spans
from parley.evaluate.newswire import held
from parley.train.batches import TAGS
from parley.train.export import load
from parley.train.held import chain_of, outputs
from parley.train.model import Reader, base_folder
from parley.train.rows import ASKED, UNKNOWN, Row, Task, mirrored

NAMED = ("person", "organisation", "location", "norp")
LENGTHS = range(30, 420)  # characters of a sentence worth asking about
AT_MOST = 6  # mentions of a sentence that are paired
WEIGHT = {"pair": 1.0, "picked": 0.65, "mentions": 0.35, "attributions": 0.35, "valence": 0.35}


class Teacher(NamedTuple):
    """A trained network and the tokenizer of its base."""

    model: Reader
    tokenizer: object


def teacher(state: str | Path) -> Teacher:
    """The network of a run's ``average.pt``, on an accelerator where there is one."""
    model = load(state)
    base = torch.load(state, weights_only=False, map_location="cpu")["about"]["base"]
    tokens = load_tokenizer(str(Path(base_folder(base)) / "tokenizer.json"))
    return Teacher(model.cuda() if torch.cuda.is_available() else model, tokens)


def taught(tasks: Sequence[Task], teachers: Sequence[Teacher]) -> list[Task]:
    """The tasks; beside each coded row of a marked one stands what the teachers say of it."""
    return [
        replace(task, train=answered(task.train, ASKED[task.head], teachers))
        if task.taught and task.head in ASKED else task for task in tasks
    ]  # fmt: skip


def lessons(sentences: Sequence[Row], encoder: Encoder, teachers: Sequence[Teacher]) -> list[Task]:
    """Sentences that nobody coded, as tasks: what the teachers say of them is all there is.

    ``encoder`` finds who and what is named in them; the first teacher reads, and all judge.
    """
    targets, pairs = _marked(sentences, encoder)
    rows = {head: answered(marked, ASKED[head], teachers)
            for head, marked in (("pair", pairs), ("picked", targets))}  # fmt: skip
    rows |= {head: _read(sentences, head, teachers[0]) for head in (*TAGS, "valence")}
    return [Task(f"uncoded {head}", head, made, [], WEIGHT[head]) for head, made in rows.items()]


def uncoded(corpora: str | Path, n: int, *, seed: int = 1) -> list[Row]:
    """Sentences drawn from the articles of a folder of corpora that are not held, at most ``n``."""
    found = [row for corpus in sorted(Path(corpora).glob("*.jsonl.gz")) for row in _rows(corpus)]
    order = np.random.default_rng(seed).permutation(len(found))[:n]
    return [found[at] for at in order]


def _rows(corpus: Path) -> Iterator[Row]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            paragraphs = () if held(article["id"]) else article["text"].split("\n")
            for paragraph in paragraphs:
                for start, end in sentence_spans(paragraph):
                    if end - start in LENGTHS:
                        yield Row(paragraph[start:end], article["id"])


def answered(rows: Sequence[Row], heads: Sequence[str], teachers: Sequence[Teacher]) -> list[Row]:
    """Rows with the teachers' mean probabilities under the names of the heads.

    Of pairs the stance is the mean of both ways round, and the event is there both ways.
    """
    pairs = any("q" in row.roles for row in rows[:1])
    found: dict[str, np.ndarray] = {}
    for head in heads:
        there = np.mean([_judged(t, rows, head) for t in teachers], axis=0)
        if pairs:
            turned = [mirrored(row) for row in rows]
            back = np.mean([_judged(t, turned, head) for t in teachers], axis=0)
            there = (
                (there + back[:, labels.MIRROR]) / 2 if head == "stance"
                else np.stack([there, back], axis=1)
            )  # fmt: skip
        found[head] = there.astype(np.float16)
    return [replace(row, soft={head: found[head][at] for head in heads})
            for at, row in enumerate(rows)]  # fmt: skip


def _judged(teacher: Teacher, rows: Sequence[Row], head: str) -> np.ndarray:
    """Probabilities in the order of the rows."""
    scores = _scores(teacher, rows, head)
    top = np.exp(scores - scores.max(axis=1, keepdims=True))
    return top / top.sum(axis=1, keepdims=True)


def _scores(teacher: Teacher, rows: Sequence[Row], head: str) -> np.ndarray:
    numbered = [replace(row, value=float(at)) for at, row in enumerate(rows)]
    found = outputs(teacher.model, numbered, teacher.tokenizer, head)
    return np.stack([s for _, s, _ in sorted(found, key=lambda one: one[0].value)])


def _read(sentences: Sequence[Row], head: str, teacher: Teacher) -> list[Row]:
    """Rows whose spans, or whose value, are the teacher's."""
    if head == "valence":
        values = _scores(teacher, sentences, head)
        return [replace(row, value=float(v)) for row, v in zip(sentences, values, strict=True)]
    found = outputs(teacher.model, list(sentences), teacher.tokenizer, head)
    paths = decode([scores for _, scores, _ in found], chain_of(teacher.model, head))
    return [
        replace(row, spans=tuple((int(pieces.units[a, 0]), int(pieces.units[b - 1, 1]), kind)
                                 for a, b, kind, _ in path))
        for (row, _, pieces), path in zip(found, paths, strict=True)
    ]  # fmt: skip


def _marked(sentences: Sequence[Row], encoder: Encoder) -> tuple[list[Row], list[Row]]:
    """A row for each mention, and for every two mentions, of a sentence."""
    targets, pairs = [], []
    readings = encoder.read([row.text for row in sentences])
    for row, reading in zip(sentences, readings, strict=True):
        spans = [(m.start, m.end) for m in reading.mentions if m.kind in NAMED][:AT_MOST]
        blank = replace(row, label=UNKNOWN)
        targets += [replace(blank, roles={"target": span}) for span in spans]
        pairs += [replace(blank, roles={"p": p, "q": q}) for p, q in combinations(spans, 2)]
    return targets, pairs

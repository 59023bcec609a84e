"""EmoBank (Buechel & Hahn 2017): how a sentence sounds to its readers."""

from pathlib import Path

import numpy as np

from parley.annotate.encoder import Encoder
from parley.evaluate.baselines import vader
from parley.evaluate.examples import Rated, bad, files, need, records
from parley.evaluate.report import measured
from parley.evaluate.scores import pearson


def read(path: str | Path) -> list[Rated]:
    """Sentences with reader valence 1..5 (3 is neutral) from JSON Lines."""
    return [_rated(r, file, line) for file in files(path, ".jsonl") for line, r in records(file)]


def _rated(record: dict, file: Path, line: int) -> Rated:
    value = need(record, "valence", file, line)
    if not isinstance(value, int | float) or not 1 <= value <= 5:
        raise bad(file, line, f"valence {value!r} is not a number from 1 to 5")
    text = need(record, "text", file, line)
    group = str(record.get("id", text)).split("_")[0]
    return Rated(text, float(value), str(record.get("category", "")), group)


def split(path: str | Path) -> list[str]:
    """The part (train, dev, test) that each sentence of :func:`read` belongs to."""
    return [str(r.get("split", "")) for file in files(path, ".jsonl") for _, r in records(file)]


def evaluate(examples: list[Rated], encoder: Encoder) -> tuple[list, dict, list]:
    """Pearson r with the readers' mean valence, over all and in each kind of text."""
    texts = [e.text for e in examples]
    gold = np.array([e.value for e in examples])
    kinds = np.array([e.category for e in examples])
    systems = {"parley": np.array([r.valence for r in encoder.read(texts)]), "VADER": vader(texts)}
    rows = []
    for name, guess in systems.items():
        rows.append(_r(name, "Pearson r", gold, guess, examples))
        for kind in sorted(set(kinds) - {""}):
            own = np.flatnonzero(kinds == kind)
            if len(own) > 2:
                some = [examples[i] for i in own]
                rows.append(_r(name, f"Pearson r, {kind}", gold[own], guess[own], some))
    return rows, {}, []


def _r(system: str, metric: str, gold: np.ndarray, guess: np.ndarray, rows: list[Rated]) -> dict:
    # By sentence: a kind may come from three documents, too few to draw from.
    keys = [str(at) for at in range(len(rows))]
    return measured(system, metric, lambda picked: pearson(gold[picked], guess[picked]), keys)

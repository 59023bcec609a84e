"""NewsMTSC (Hamborg & Donnay 2021): sentiment of a news sentence toward a person in it."""

from pathlib import Path

import numpy as np

from parley.annotate.encoder import Encoder
from parley.evaluate.baselines import vader_class
from parley.evaluate.examples import Targeted, bad, files, inside, need, records
from parley.evaluate.report import calibration_row, class_rows, majority, per_class

LABELS = ("negative", "neutral", "positive")
POLARITY = {2: "negative", 4: "neutral", 6: "positive", -1: "negative", 0: "neutral", 1: "positive"}


def read(path: str | Path) -> list[Targeted]:
    """One example a target, from the set's JSON Lines."""
    return [
        example
        for file in files(path, ".jsonl")
        for line, record in records(file)
        for example in _targets(record, file, line)
    ]


def _targets(record: dict, file: Path, line: int) -> list[Targeted]:
    text = need(record, "sentence_normalized", file, line)
    group = article(str(record.get("primary_gid", text)))
    found = []
    for target in need(record, "targets", file, line):
        start, end = (need(target, key, file, line) for key in ("from", "to"))
        span = inside(text, start, end, file, line)
        mention = target.get("mention")
        if mention is not None and text[start:end] != mention:
            raise bad(file, line, f"{start}-{end} is {text[start:end]!r}, not {mention!r}")
        polarity = need(target, "polarity", file, line)
        if polarity not in POLARITY:
            raise bad(file, line, f"unknown polarity {polarity!r}, it should be 2, 4 or 6")
        found.append(Targeted(text, (span,), POLARITY[polarity], group))
    return found


def article(gid: str) -> str:
    """The article that a record's id names, so that no article is cut in two.

    >>> article("allsides_1000_401_25_Reality Leigh Winner_0_6")
    'allsides_1000_401'
    """
    return "_".join(gid.split("_")[:3])


def evaluate(examples: list[Targeted], encoder: Encoder) -> tuple[list, dict, list]:
    """Macro-F1 over the three classes, also with the mark taken away from the target."""
    texts = [e.text for e in examples]
    groups = [e.group for e in examples]
    gold = np.array([LABELS.index(e.label) for e in examples])
    sure = encoder.sentiment(texts, [e.spans[0] for e in examples], picked=True)
    blind = encoder.sentiment(texts, [None] * len(examples), picked=True)
    systems = {
        "parley": sure.argmax(1),
        "parley, target hidden": blind.argmax(1),
        "VADER": vader_class(texts),
        "majority": majority(gold),
    }
    rows = [r for name, guess in systems.items()
            for r in class_rows(name, gold, guess, LABELS, groups)]  # fmt: skip
    rows.append(calibration_row(sure, gold, groups))
    return rows, per_class(gold, sure.argmax(1), LABELS), []

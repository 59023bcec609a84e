"""PLV (Hu et al. 2024): the PLOVER event that one actor in a sentence does to another."""

import csv
import re
from pathlib import Path

import numpy as np

from parley import terms
from parley.annotate.encoder import Encoder
from parley.evaluate.baselines import vader
from parley.evaluate.examples import Targeted, bad, files, lines
from parley.evaluate.report import calibration_row, class_rows, majority, measured, per_class

LABELS = tuple(terms.EVENTS)
CONFLICT = LABELS[LABELS.index("REQUEST") :]
TAG = re.compile(r"</?[st]>", re.IGNORECASE)


def read(path: str | Path) -> list[Targeted]:
    """Source and target with their root code, from the set's tab-separated file with a header."""
    return [example for file in files(path, ".tsv") for example in _file(file)]


def _file(file: Path) -> list[Targeted]:
    numbered = list(lines(file))
    if not numbered:
        return []
    rows = csv.reader((line for _, line in numbered), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = [name.strip() for name in next(rows)]
    marked = "marked_sentence" in header or {"sentence", "source", "target"} <= set(header)
    if "gold_root" not in header or not marked:
        missing = "marked_sentence" if "gold_root" in header else "gold_root"
        raise bad(file, 1, f"no column {missing!r} in the header")
    found = []
    for (line, _), cells in zip(numbered[1:], rows, strict=True):
        if len(cells) != len(header):
            raise bad(file, line, f"{len(cells)} columns where the header has {len(header)}")
        found.append(_event(dict(zip(header, cells, strict=True)), file, line))
    return found


def _event(row: dict[str, str], file: Path, line: int) -> Targeted:
    label = row["gold_root"].strip().upper()
    label = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(label, label)  # PLV holds them as one
    if label not in LABELS:
        raise bad(file, line, f"unknown root code {label!r}")
    if row.get("marked_sentence"):
        text, spans = unmark(row["marked_sentence"], file, line)
    else:
        text = row["sentence"]
        spans = tuple(_place(text, row[name].strip()) for name in ("source", "target"))
    return Targeted(text, spans, label, text)


def _place(text: str, name: str) -> tuple[int, int] | None:
    at = text.find(name) if name else -1
    return (at, at + len(name)) if at >= 0 else None


def unmark(marked: str, file: Path, line: int):
    """The sentence without its <s> and <t> tags, and where source and target stand in it.

    >>> unmark("<s>Iran</s> sued <t>the US</t>.", Path("x.tsv"), 2)
    ('Iran sued the US.', ((0, 4), (10, 16)))

    An implied actor ("a recipient") has no tag and no span: None. At least one must be there.
    """
    text, at = "", 0
    place: dict[str, int] = {}
    for tag in TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        place.setdefault(tag.group().lower(), len(text))
    text += marked[at:]
    spans = tuple(_span(place, letter, text) for letter in "st")
    if spans == (None, None):
        raise bad(file, line, "no <s>...</s> or <t>...</t> in marked_sentence")
    return text, spans


def _span(place: dict[str, int], letter: str, text: str) -> tuple[int, int] | None:
    start, end = place.get(f"<{letter}>"), place.get(f"</{letter}>")
    if start is None or end is None or not text[start:end].strip():
        return None
    return start, start + len(text[start:end].rstrip())


def evaluate(examples: list[Targeted], encoder: Encoder) -> tuple[list, dict, list]:
    """Macro-F1 over the codes, and whether cooperation is told from conflict."""
    texts = [e.text for e in examples]
    groups = [e.group for e in examples]
    gold = np.array([LABELS.index(e.label) for e in examples])
    pairs = encoder.pairs(texts, *zip(*(e.spans for e in examples), strict=True))
    known = pairs.event[:, [pairs.events.index(code) for code in LABELS]]
    sure = known / known.sum(1, keepdims=True)  # here something always happens
    systems = {"parley": sure.argmax(1), "majority": majority(gold)}
    rows = [r for name, guess in systems.items()
            for r in class_rows(name, gold, guess, LABELS, groups)]  # fmt: skip
    hostile = np.array([code in CONFLICT for code in LABELS])
    sides = {"parley": hostile[sure.argmax(1)], "VADER": vader(texts) < 0,
             "majority": np.full(len(gold), hostile[gold].mean() >= 0.5)}  # fmt: skip
    for name, guess in sides.items():
        rows.append(_share_right(name, guess == hostile[gold], groups))
    rows.append(calibration_row(sure, gold, groups))
    return rows, per_class(gold, sure.argmax(1), LABELS), []


def _share_right(system: str, right: np.ndarray, groups: list[str]) -> dict:
    metric = "accuracy, cooperation or conflict"
    return measured(system, metric, lambda picked: float(right[picked].mean()), groups)

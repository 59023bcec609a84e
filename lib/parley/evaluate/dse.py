"""DSE (Park, Pan & Joo 2021): who likes, and who is against, whom, between two named entities."""

import re
from pathlib import Path

import numpy as np

from parley.annotate.encoder import Encoder
from parley.evaluate.baselines import vader_class
from parley.evaluate.examples import Targeted, bad, files, lines
from parley.evaluate.report import calibration_row, class_rows, majority, per_class

LABELS = ("neutral", "p likes q", "q likes p", "p against q", "q against p")


def read(path: str | Path) -> list[Targeted]:
    """Pairs from tab-separated rows: sentence with brackets, p, q, label 0-4."""
    return [
        pair(row.split("\t"), file, line)
        for file in files(path, ".tsv")
        for line, row in lines(file)
        if not (line == 1 and row.split("\t")[-1].strip().lower() in ("label", "labels"))
    ]


def pair(cells: list[str], file: Path, line: int) -> Targeted:
    """One row's pair."""
    if len(cells) < 4:
        raise bad(file, line, f"{len(cells)} columns where sentence, p, q and label are needed")
    marked, p, q, label = (_unquoted(cell) for cell in cells[-4:])
    if label.strip() not in ("0", "1", "2", "3", "4"):
        raise bad(file, line, f"unknown label {label!r}, it should be 0 to 4")
    text, spans = unbracket(marked, p, q, file, line)
    return Targeted(text, spans, LABELS[int(label)], text)


def _unquoted(cell: str) -> str:
    """Some cells are quoted as spreadsheets do it, with their quotation marks doubled."""
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if quoted else cell


def unbracket(marked: str, p: str, q: str, file: Path, line: int):
    """The sentence without the four brackets, and where p and q stand in it.

    >>> unbracket("A [Los Angele]s man met [Bo].", "Los Angele", "Bo", Path("x.tsv"), 1)
    ('A Los Angeles man met Bo.', ((2, 12), (22, 24)))
    """
    places: list[tuple[int, int]] = []
    for name in (p, q):
        pattern = r"\[\s*" + re.escape(name.strip()) + r"\s*\]"
        found = [m.span() for m in re.finditer(pattern, marked) if m.span() not in places]
        if not found:
            raise bad(file, line, f"no [{name}] in the sentence")
        places.append(found[0])
    drop = sorted(at for start, end in places for at in (start, end - 1))
    text = "".join(c for at, c in enumerate(marked) if at not in drop)
    return text, tuple(_moved(start, end, drop) for start, end in places)


def _moved(start: int, end: int, drop: list[int]) -> tuple[int, int]:
    moved = start - sum(at < start for at in drop)
    return moved, moved + end - start - 2


def evaluate(examples: list[Targeted], encoder: Encoder) -> tuple[list, dict, list]:
    """Macro-F1 over the five classes, also with the marks taken away from p and q."""
    texts = [e.text for e in examples]
    groups = [e.group for e in examples]
    gold = np.array([LABELS.index(e.label) for e in examples])
    sure = encoder.pairs(texts, *zip(*(e.spans for e in examples), strict=True)).stance
    nobody = [None] * len(examples)
    sound = vader_class(texts)
    systems = {
        "parley": sure.argmax(1),
        "parley, marks hidden": encoder.pairs(texts, nobody, nobody).stance.argmax(1),
        "VADER": np.select([sound == 2, sound == 0], [1, 3], 0),
        "majority": majority(gold),
    }
    rows = [r for name, guess in systems.items()
            for r in class_rows(name, gold, guess, LABELS, groups)]  # fmt: skip
    rows.append(calibration_row(sure, gold, groups))
    return rows, per_class(gold, sure.argmax(1), LABELS), []

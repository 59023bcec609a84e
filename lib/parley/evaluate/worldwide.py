"""Worldwide newswire NER (Shan et al. 2023): named entities in news from outside the West."""

from pathlib import Path

from parley.annotate.encoder import Encoder
from parley.evaluate.baselines import capitals
from parley.evaluate.examples import Tagged, bad, files, lines
from parley.evaluate.spans import span_rows

SCORED = ("person", "organisation", "location", "norp")
KINDS = {
    "person": "person",
    "organization": "organisation",
    "location": "location",
    "norp": "norp",
    "facility": "facility",
    "misc": "other",
    "product": "other",
    "date": None,
    "money": None,
}


def read(path: str | Path) -> list[Tagged]:
    """Paragraphs with outermost entities from token TAB label(s), a file an article."""
    return [example for file in files(path, ".tsv") for example in _file(file)]


def _file(file: Path) -> list[Tagged]:
    blocks: list[list[tuple[str, str]]] = [[]]
    before = 0
    for line, row in lines(file):
        if line > before + 1:
            blocks.append([])
        before = line
        if line == 1 and row.startswith(("http://", "https://")):
            continue
        token, _, labels = row.partition("\t")
        blocks[-1].append((token, _outermost(labels, file, line)))
    return [tagged(block, file.name) for block in blocks if block]


def _outermost(labels: str, file: Path, line: int) -> str:
    label = labels.split("\t")[0].strip()
    if label in ("", "O"):
        return "O"
    mark, _, kind = label.partition("-")
    if mark not in ("B", "I") or kind.lower() not in KINDS:
        raise bad(file, line, f"unknown label {label!r}")
    known = KINDS[kind.lower()]
    return f"{mark}-{known}" if known else "O"


def tagged(block: list[tuple[str, str]], group: str) -> Tagged:
    """A block of (token, BIO label) as a text with spans; tokens are joined by one space.

    >>> tagged([("Ann", "B-person"), ("Lee", "I-person"), ("spoke", "O")], "a").spans
    ((0, 7, 'person'),)
    """
    tokens: list[tuple[int, int]] = []
    spans: list[tuple[int, int, str]] = []
    at = 0
    for token, label in block:
        start, end = at, at + len(token)
        at = end + 1
        tokens.append((start, end))
        mark, _, kind = label.partition("-")
        goes_on = spans and spans[-1][2] == kind and spans[-1][1] == start - 1
        if mark == "I" and goes_on:
            spans[-1] = (spans[-1][0], end, kind)
        elif mark != "O":
            spans.append((start, end, kind))
    return Tagged(" ".join(t for t, _ in block), tuple(tokens), tuple(spans), group)


def evaluate(examples: list[Tagged], encoder: Encoder) -> tuple[list, dict, list]:
    """Entity F1 over person, organisation, location and NORP, outermost spans, exact ends."""
    readings = encoder.read([e.text for e in examples])
    systems = {
        "parley": [[(m.start, m.end, m.kind) for m in r.mentions] for r in readings],
        "capitalised runs": [capitals(e, "location") for e in examples],
    }
    rows = [r for name, guess in systems.items() for r in span_rows(name, examples, guess, SCORED)]
    return rows, {}, ["an entity of another class (facility, misc ...) counts neither way"]

"""PolNeAR (Newell, Margolin & Ruths 2018): who says what: source, cue and content."""

import re
from pathlib import Path

from parley.annotate.encoder import Encoder
from parley.errors import ParleyError
from parley.evaluate.baselines import quotation
from parley.evaluate.examples import Tagged, bad, files, lines, need, records
from parley.evaluate.spans import span_rows
from parley.evaluate.worldwide import tagged

PARTS = ("source", "cue", "content")
LABELS = {"O"} | {f"{mark}-{part}" for mark in "BI" for part in PARTS}
# The sentence cut writes brackets and quotation marks as the Penn Treebank does.
PENN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*(?:\n|\Z)))*")
WORD = re.compile(r"\w+|[^\w\s]")


def read(path: str | Path) -> list[Tagged]:
    """The sentence cut (JSON Lines of tokens and labels), or a folder of brat articles."""
    path = Path(path)
    if path.is_dir() and any(path.rglob("*.ann")):
        return [e for file in files(path, ".ann") for e in _article(file)]
    return [_row(record, file, line) for file in files(path, ".jsonl")
            for line, record in records(file)]  # fmt: skip


def _row(record: dict, file: Path, line: int) -> Tagged:
    tokens, labels = (need(record, key, file, line) for key in ("tokens", "labels"))
    if len(tokens) != len(labels):
        raise bad(file, line, f"{len(tokens)} tokens and {len(labels)} labels")
    unknown = set(labels) - LABELS
    if unknown:
        raise bad(file, line, f"unknown label {min(unknown)!r}")
    block = [(PENN.get(token, token), label) for token, label in zip(tokens, labels, strict=True)]
    return tagged(block, str(record.get("id", line)).rsplit("_", 1)[0])


def _article(file: Path) -> list[Tagged]:
    """A brat article, cut into paragraphs as the sentence cut does."""
    source = file.with_suffix(".txt")
    if not source.is_file():
        raise ParleyError(f"{file} has no text beside it: put {source.name} into that folder")
    text = source.read_bytes().decode("utf-8")  # as it is: offsets count every \r
    found = fragments(file, len(text))
    return [
        _paragraph(match.group(), match.start(), found, file.stem)
        for match in PARAGRAPH.finditer(text)
    ]


def fragments(file: Path, length: int) -> list[tuple[int, int, str]]:
    """Every fragment of every source, cue and content; one that has gaps has several."""
    found = []
    for line, row in lines(file):
        if not row.startswith("T"):
            continue
        cells = row.split("\t")
        kind, _, places = cells[1].partition(" ") if len(cells) > 1 else ("", "", "")
        if kind.lower() not in PARTS:
            continue
        for place in places.split(";"):
            try:
                start, end = map(int, place.split())
            except ValueError:
                raise bad(file, line, f"{place!r} is not a pair of offsets") from None
            if not 0 <= start < end <= length:
                raise bad(file, line, f"span {place} lies outside the text")
            found.append((start, end, kind.lower()))
    return found


def _paragraph(text: str, at: int, found: list[tuple[int, int, str]], group: str) -> Tagged:
    """The fragments inside one paragraph, where two overlap the later one wins."""
    tokens = tuple(match.span() for match in WORD.finditer(text))
    owner = [-1] * len(tokens)
    for number, (start, end, _) in enumerate(found):
        for i, (a, b) in enumerate(tokens):
            if a + at < end and b + at > start:
                owner[i] = number
    spans: list[tuple[int, int, str]] = []
    previous = -1
    for (a, b), number in zip(tokens, owner, strict=True):
        if number >= 0 and number == previous:
            spans[-1] = (spans[-1][0], b, spans[-1][2])
        elif number >= 0:
            spans.append((a, b, found[number][2]))
        previous = number
    return Tagged(text, tokens, tuple(spans), group)


def evaluate(examples: list[Tagged], encoder: Encoder) -> tuple[list, dict, list]:
    """F1 of sources, cues and contents with exact ends, in each sentence."""
    readings = encoder.read([e.text for e in examples])
    systems = {
        "parley": [[(a.start, a.end, a.kind) for a in r.attributions] for r in readings],
        "quotation marks": [quotation(e) for e in examples],
    }
    rows = [r for name, guess in systems.items() for r in span_rows(name, examples, guess, PARTS)]
    return rows, {}, []

"""GUM news (Zeldes 2017): do "he" and "she" go to the person that the coreference chain says?

Asked of every third-person pronoun in a chain that holds a person's name. It is right where the
mention that it is given to, followed back, lies in the same chain. Told twice: with the names that
Parley finds by itself, and with the chain's names given, which is coreference alone.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from parley.annotate.mentions import mentions_of
from parley.annotate.mentions.coreference import PRONOUNS, antecedents
from parley.annotate.mentions.page import Page
from parley.annotate.registry import Registry, load_registry
from parley.annotate.sentences import split_sentences
from parley.evaluate.examples import bad, files, lines
from parley.evaluate.report import measured

ENTITY, CHAIN = re.compile(r"([a-z]+)(?:\[(\d+)\])?"), re.compile(r"(\d+-\d+)\[(\d+)_(\d+)\]")


@dataclass
class Article:
    """One article: its text, and persons' mentions (start, end) by chain."""

    name: str
    text: str
    chains: list[list[tuple[int, int]]] = field(default_factory=list)


def read(path: str | Path) -> list[Article]:
    """Articles from WebAnno TSV 3 files."""
    return [_article(file) for file in files(path, ".tsv")]


def _article(file: Path) -> Article:
    pieces: list[str] = []
    spans: dict[str, tuple[int, int, str]] = {}
    links: list[tuple[str, str]] = []
    at = 0
    for line, row in lines(file):
        cells = row.split("\t")
        if row.startswith("#Text="):
            at = len("".join(pieces))
            pieces.append(row[6:] + "\n\n")
            sentence_start = None
            continue
        if row.startswith("#"):
            continue
        if len(cells) < 9:
            raise bad(file, line, f"{len(cells)} columns where 10 are needed")
        low, high = map(int, cells[1].split("-"))
        sentence_start = low if sentence_start is None else sentence_start
        shift = at - sentence_start
        for kind, number in _entities(cells[3], cells[0]):
            start, _, _ = spans.get(number, (low + shift, 0, kind))
            spans[number] = (start, high + shift, kind)
        links += _links(cells[8], cells[9] if len(cells) > 9 else "_", cells[0])
    text = "".join(pieces)
    return Article(file.stem, text, _chains(spans, links))


def _entities(cell: str, token: str) -> list[tuple[str, str]]:
    """The kinds of the mentions that a token is in, each with a number (its own, if alone)."""
    if cell == "_":
        return []
    made = []
    for part in cell.split("|"):
        found = ENTITY.match(part.replace("\\", ""))
        if found:
            made.append((found[1], found[2] or token))
    return made


def _links(types: str, targets: str, token: str) -> list[tuple[str, str]]:
    """Pairs of mentions that are one and the same, by their numbers."""
    made = []
    for kind, target in zip(types.split("|"), targets.split("|"), strict=False):
        found = re.match(r"(\d+-\d+)(?:\[(\d+)_(\d+)\])?", target)
        if not found or not kind.startswith(("coref", "ana", "appos", "cata", "disc")):
            continue
        to, own = found[2] or "0", found[3] or "0"
        made.append((own if own != "0" else token, to if to != "0" else found[1]))
    return made


def _chains(spans: dict, links: list[tuple[str, str]]) -> list[list[tuple[int, int]]]:
    owner = {number: number for number in spans}

    def root(number: str) -> str:
        while owner[number] != number:
            number = owner[number]
        return number

    for one, other in links:
        if one in owner and other in owner:
            owner[root(one)] = root(other)
    made = defaultdict(list)
    for number, (start, end, kind) in spans.items():
        if kind == "person":
            made[root(number)].append((start, end))
    return [sorted(chain) for chain in made.values()]


def evaluate(examples: list[Article], encoder: object = None) -> tuple[list, dict, list]:
    """Accuracy over pronouns, with Parley's names and with the chains' own."""
    registry = load_registry()
    rows, wrong = [], []
    for system, given in (("parley", False), ("parley, names given", True)):
        right, groups = [], []
        for article in examples:
            for ok, context in _judged(article, registry, given, encoder):
                right.append(ok)
                groups.append(article.name)
                if given and not ok:
                    wrong.append([article.name, context])
        flags = np.array(right, dtype=float)
        score = lambda rows, flags=flags: float(flags[rows].mean())  # noqa: E731
        rows.append(measured(system, "pronoun accuracy", score, groups))
    return rows, {"wrong": wrong}, []


def _judged(
    article: Article, registry: Registry, given: bool, encoder: object
) -> list[tuple[bool, str]]:
    frame = pd.DataFrame(
        {"article_id": [article.name], "title": [None], "text": [article.text]}, dtype="object"
    )
    page = Page.of(article.text, split_sentences(frame), None, registry)
    chains = [chain for chain in article.chains if any(_is_name(article, s) for s in chain)]
    names = [
        (*span, "person", 0.9) for chain in chains for span in chain if _is_name(article, span)
    ]
    own = _read(page, encoder) if encoder else ()
    found = mentions_of(page, names if given else own)
    said: dict[int, Any] = {
        page.tokens.starts[token]: page.tokens.starts[chosen.token]
        for token, chosen, _ in antecedents(page, [o for o in found if o.form != "pronoun"])
    }
    return [
        (_same(said, start, chain), article.text[max(0, start - 70) : start + 30])
        for chain in chains
        for start, end in chain
        if article.text[start:end].lower() in PRONOUNS
    ]


def _read(page: Page, encoder) -> list[tuple[int, int, str, float]]:
    readings = encoder.read([page.text[s.start : s.end] for s in page.sentences])
    return [
        (s.start + m.start, s.start + m.end, m.kind, m.probability)
        for s, reading in zip(page.sentences, readings, strict=True)
        for m in reading.mentions
    ]


def _is_name(article: Article, span: tuple[int, int]) -> bool:
    words = article.text[slice(*span)].split()
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) == len(words) <= 4 and words[0].lower() not in (*PRONOUNS, "i", "the")


def _same(said: dict[int, int], start: int, chain: list[tuple[int, int]]) -> bool:
    """Follow the pronoun back to the first mention of whom it was given to."""
    at = said.get(start)
    return at is not None and any(low <= at < high for low, high in chain)

"""News-Fair (Bast et al. 2023): entities of news articles linked to Wikidata, in ELEVANT's format.

Precision and recall are told over entities that the registry holds (by their Wikidata id), and F1
over all named mentions beside it. A mention is a hit where its ends and its entity are the gold
ones, or where its ends differ only by a title or article that one of the two leaves out.
"""

from pathlib import Path
from typing import Any

import numpy as np

from parley.annotate.registry import Registry, load_registry
from parley.evaluate.examples import bad, need
from parley.evaluate.linked import Link, Linked, mentions, rows_of
from parley.evaluate.report import measured
from parley.evaluate.scores import f1

NOT_ENTITIES = ("QUANTITY", "DATETIME")
PRONOUNS = frozenset(
    """he she it they him her them his hers its their theirs himself herself itself themselves i me
    my mine myself you your yours we us our ours who whom whose""".split()
)


def read(path: str | Path) -> list[Linked]:
    """Articles from JSON Lines: id, title (with its day), text, evaluation_span, labels."""
    return [_article(record, file, line) for file, line, record in rows_of(path)]


def _article(record: dict, file: Path, line: int) -> Linked:
    text = need(record, "text", file, line)
    window = tuple(record.get("evaluation_span") or (0, len(text)))
    links = []
    for label in need(record, "labels", file, line):
        start, end = need(label, "span", file, line)
        if not 0 <= start < end <= len(text):
            raise bad(file, line, f"label {start}:{end} lies outside the text")
        links.append(Link(start, end, need(label, "entity_id", file, line)))
    day = str(record.get("title", ""))[:8]
    day = f"{day[:4]}-{day[4:6]}-{day[6:]}" if day.isdigit() else None
    return Linked(str(need(record, "id", file, line)), text, day, tuple(links), window)


def evaluate(examples: list[Linked], encoder: object = None) -> tuple[list, dict, list]:
    """Precision and recall over held entities; F1 over all named mentions; pronouns apart."""
    registry = load_registry()
    held = {actor.wikidata: actor.actor_id for actor in registry.by_id.values() if actor.wikidata}
    found = mentions(examples, registry)
    counts, details = [], {"misses": [], "wrong": []}
    for article in examples:
        counts.append(_count(article, found[article.article_id], held, registry, details))
    return _rows(examples, np.array(counts, dtype=float)), details, [NOTE]


NOTE = (
    "entities of common nouns are among News-Fair's labels; named mentions are those that begin "
    "with a capital or a digit and are no pronoun"
)


def _count(article: Linked, rows: list, held: dict, registry: Registry, details: dict) -> list[int]:
    """Hits, guesses and golds of held entities; of named mentions; of pronouns."""
    low, high = article.window
    rows = [row for row in rows if row.start >= low and row.end <= high]
    named = [row for row in rows if row.form not in ("pronoun", "nominal")]
    links = [link for link in article.links if link.target not in NOT_ENTITIES]
    names = [link for link in links if _named(article.text[link.start : link.end])]
    known = [link for link in names if link.target in held]
    guessed = [row for row in named if isinstance(row.actor_id, str)]
    # A guess without a Wikidata id cannot be judged by one: it is right if its name is the gold's.
    hits = [link for link in known if any(_hits(row, link, held) for row in guessed)]
    sound = [row for row in guessed if any(_hits(row, link, held) for link in links)]
    judged = [row for row in guessed if registry.by_id[row.actor_id].wikidata]
    for link in known:
        if link not in hits:
            details["misses"].append([article.text[link.start : link.end], held[link.target]])
    for row in judged:
        if row not in sound:
            details["wrong"].append([row.surface, row.actor_id, article.article_id, row.start])
    right = sum(row in sound for row in judged)
    return [right, len(judged), len(hits), len(known), len(sound), len(named), len(names)]


def _named(surface: str) -> bool:
    return surface.lower() not in PRONOUNS and any(c.isupper() or c.isdigit() for c in surface)


def _hits(row: Any, link: Link, held: dict[str, str]) -> bool:
    same = row.start < link.end and row.end > link.start
    return same and held.get(link.target) == row.actor_id


def _rows(examples: list[Linked], counts: np.ndarray) -> list[dict[str, Any]]:
    groups = [article.article_id for article in examples]

    def ratio(top: int, bottom: int):
        return lambda rows: float(counts[rows, top].sum() / max(counts[rows, bottom].sum(), 1))

    def over_all(rows: np.ndarray) -> float:
        sums = counts[rows].sum(0)
        return f1(sums[4], sums[5], sums[6])

    total = counts.sum(0).astype(int)
    rows = [
        {**measured("parley", "precision, held entities", ratio(0, 1), groups), "n": total[1]},
        {**measured("parley", "recall, held entities", ratio(2, 3), groups), "n": total[3]},
        {**measured("parley", "F1, all named mentions", over_all, groups), "n": total[6]},
    ]
    published = (("ReFinED", 0.819), ("link prior", 0.559))
    return rows + [
        {"system": f"{name} (published, v1)", "metric": "F1, all named mentions",
         "estimate": value, "low": None, "high": None, "n": None}
        for name, value in published
    ]  # fmt: skip

"""News-Fair (Bast et al. 2023): entities of news articles linked to Wikidata, in ELEVANT's format.

Precision and recall are told over entities that the registry holds (by their Wikidata id), and F1
over all named mentions with a known entity beside it. A mention is a hit where it overlaps the
label and is of its entity, since one marks "French President Emmanuel Macron" and the other the
name in it; a people ("Britons") is held as its state's. What the published systems are scored by
asks for the same ends, so their F1 stands beside ours for orientation only.
"""

from pathlib import Path
from typing import Any

import numpy as np

from parley.annotate.registry import Registry, load_registry
from parley.evaluate.examples import bad, need
from parley.evaluate.linked import Link, Linked, mentions, rows_of
from parley.evaluate.report import measured
from parley.evaluate.scores import f1

DETERMINERS = ("the", "a", "an", "his", "her", "its", "their", "our", "my")
PEOPLE = "Q33829"  # the type of a human population
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
        people = PEOPLE in str(label.get("type", ""))
        links.append(Link(start, end, need(label, "entity_id", file, line), people))
    first = str(record.get("title", ""))[:8]
    day = f"{first[:4]}-{first[4:6]}-{first[6:]}" if first.isdigit() else None
    return Linked(str(need(record, "id", file, line)), text, day, tuple(links), window)


def evaluate(examples: list[Linked], encoder: object = None) -> tuple[list, dict, list]:
    """Precision and recall over held entities; F1 over all named mentions; pronouns apart."""
    registry = load_registry()
    held = {actor.wikidata: actor.actor_id for actor in registry.by_id.values() if actor.wikidata}
    found = mentions(examples, registry, encoder=encoder)
    counts = []
    details: dict[str, list] = {"misses": [], "wrong": []}
    for article in examples:
        counts.append(_count(article, found[article.article_id], held, registry, details))
    return _rows(examples, np.array(counts, dtype=float)), details, [NOTE, SEEN]


SEEN = (
    "the registry grew while News-Fair's development articles were looked at, and some of their "
    "names were listed for it: on articles never looked at expect a lower recall"
)
NOTE = (
    "entities of common nouns are among News-Fair's labels; named mentions are those that begin "
    "with a capital or a digit and are no pronoun"
)


def _count(article: Linked, rows: list, held: dict, registry: Registry, details: dict) -> list[int]:
    """Right and all guesses; found and all held entities; hits, guesses and golds of all names."""
    low, high = article.window
    rows = [row for row in rows if row.start >= low and row.end <= high]
    guessed = [
        row
        for row in rows
        if isinstance(row.actor_id, str) and row.form not in ("pronoun", "nominal")
    ]
    links = [link for link in article.links if link.target.startswith("Q")]
    names = [link for link in links if _named(article.text[link.start : link.end])]
    known = [link for link in names if link.target in held]
    hits = [link for link in known if any(_hits(row, link, held) for row in guessed)]
    judged = [row for row in guessed if _judged(row, links, registry)]
    sound = [row for row in judged if any(_hits(row, link, held) for link in links)]
    for link in known:
        if link not in hits:
            details["misses"].append([article.text[link.start : link.end], held[link.target]])
    for row in judged:
        if row not in sound:
            details["wrong"].append([row.surface, row.actor_id, article.article_id, row.start])
    counts = [len(sound), len(judged), len(hits), len(known)]
    return [*counts, len(hits), len(guessed), len(names)]


def _judged(row: Any, links: list[Link], registry: Registry) -> bool:
    """Say whether a guess can be right or wrong: the adjective of "French President" is unmarked.

    Nor can an actor without a Wikidata id, unless a label stands on its very words.
    """
    marked = any(row.start == link.start and row.end == link.end for link in links)
    return marked or (row.form != "demonym" and bool(registry.by_id[row.actor_id].wikidata))


def _named(surface: str) -> bool:
    words = surface.split()
    if words[0].lower() in DETERMINERS:
        if words[0][0].islower() or len(words) < 2:
            return False
        words = words[1:]
    return words[0].lower() not in PRONOUNS and (words[0][0].isupper() or words[0][0].isdigit())


def _hits(row: Any, link: Link, held: dict[str, str]) -> bool:
    if link.people:
        return row.form == "demonym" and (row.start, row.end) == (link.start, link.end)
    same = row.start < link.end and row.end > link.start
    return same and held.get(link.target) == row.actor_id


def _rows(examples: list[Linked], counts: np.ndarray) -> list[dict[str, Any]]:
    groups = [article.article_id for article in examples]

    def ratio(top: int, bottom: int):
        return lambda rows: float(counts[rows, top].sum() / max(counts[rows, bottom].sum(), 1))

    def over_all(rows: np.ndarray) -> float:
        sums = counts[rows].sum(0)
        return float(f1(sums[4], sums[5], sums[6]))

    total = [int(count) for count in counts.sum(0)]
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

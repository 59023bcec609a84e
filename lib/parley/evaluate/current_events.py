"""Short items of world news with hand-made Wikipedia links: is each linked actor found, and right?

Only links to a title that the registry holds are asked about, by the actor's name or an alias that
is no one else's. First mentions alone are linked, so precision over all mentions cannot be told
from them: what is told is, of links to a title that the registry holds, the share found (any
mention overlaps the link) and the share found and right.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from parley.annotate.registry import Registry, load_registry
from parley.evaluate.examples import bad, need
from parley.evaluate.linked import Link, Linked, mentions, part_or_whole, rows_of
from parley.evaluate.report import measured


def read(path: str | Path) -> list[Linked]:
    """Items from JSON Lines: id, published, text, links (start, end, title)."""
    return [_item(record, file, line) for file, line, record in rows_of(path)]


def _item(record: dict, file: Path, line: int) -> Linked:
    text = need(record, "text", file, line)
    links = []
    for link in need(record, "links", file, line):
        start, end, title = (need(link, key, file, line) for key in ("start", "end", "title"))
        if not 0 <= start < end <= len(text):
            raise bad(file, line, f"link {start}:{end} lies outside the text")
        links.append(Link(start, end, title))
    key = str(need(record, "id", file, line))
    return Linked(key, text, record.get("published"), tuple(links), (0, len(text)))


def titles(registry: Registry) -> dict[str, str]:
    """Give the actor that a title of an encyclopedia means, where it can mean only one."""
    meant: dict[str, set[str]] = defaultdict(set)
    for actor in registry.by_id.values():
        meant[actor.name].add(actor.actor_id)
    for alias in registry.alias_rows:
        plain = alias.form in ("name", "alias") or alias.alias.endswith("s")
        if plain and not alias.needs and alias.form not in ("nominal", "metonym", "office"):
            meant[alias.alias].add(alias.actor_id)
    return {title: ids.pop() for title, ids in meant.items() if len(ids) == 1 and "-" not in ids}


def actor_of(title: str, known: dict[str, str]) -> str | None:
    """Give the actor of a title, without what stands in brackets to tell it from others."""
    if title in known:
        return known[title]
    bare = re.sub(r" \((?:country|militant group|politician|armed group|company)\)$", "", title)
    return known.get(bare) or known.get(bare.replace("_", " "))


def evaluate(examples: list[Linked], encoder: object = None) -> tuple[list, dict, list]:
    """The shares found, right, and right counting a state for its part."""
    registry = load_registry()
    known = titles(registry)
    found = mentions(examples, registry, encoder=encoder)
    asked, misses = [], []
    for item in examples:
        for link in item.links:
            gold = actor_of(link.target, known)
            if gold:
                row = _judged(item, link, gold, found[item.article_id], registry)
                asked.append((item.article_id, *row[:3]))
                if not row[2]:
                    misses.append((link.target, item.text[link.start : link.end], gold, row[3]))
    return _rows(asked), _details(misses), [NOTE, SEEN]


SEEN = "aliases and rules were developed on these items; only held titles are asked after"
NOTE = "a state and a part of it (its army, its government) count as one in 'state or its part'"


def _judged(item: Linked, link: Link, gold: str, rows: list, registry: Registry):
    over = [row for row in rows if row.start < link.end and row.end > link.start]
    guesses = [row.actor_id for row in over if isinstance(row.actor_id, str)]
    strict = gold in guesses
    loose = any(part_or_whole(guess, gold, registry) for guess in guesses)
    return bool(over), strict, loose, guesses


def _rows(asked: list[tuple[str, bool, bool, bool]]) -> list[dict[str, Any]]:
    groups = [row[0] for row in asked]
    flags = np.array([row[1:] for row in asked], dtype=float).reshape(-1, 3)
    names = ("links found", "links found and right", "links found and right, state or its part")
    return [_share(name, flags[:, at], groups) for at, name in enumerate(names)]


def _share(name: str, flags: np.ndarray, groups: list[str]) -> dict[str, Any]:
    return measured("parley", name, lambda rows: float(flags[rows].mean()), groups)


def _details(misses: list[tuple]) -> dict[str, Any]:
    common = Counter((title, surface, str(guess)) for title, surface, _, guess in misses)
    return {"commonest misses": [[*key, count] for key, count in common.most_common(60)]}

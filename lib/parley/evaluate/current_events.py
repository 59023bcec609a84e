"""Short items of world news with hand-made Wikipedia links: is each linked actor found, and right?

Only links to a title that the registry holds are asked about, by the actor's name or an alias that
is no one else's. First mentions alone are linked, so precision over all mentions cannot be told
from them: what is told is, of links to a title that the registry holds, the share found (any
mention overlaps the link), the share found and right, and the share right as far as the words say.
Aliases grew with all the items in sight; the newer rules and the probabilities were fitted on the
earlier half by date, and the later half stands beside the whole.
"""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from parley.annotate.registry import Registry, load_registry
from parley.evaluate.examples import bad, need
from parley.evaluate.linked import Link, Linked, as_far, mentions, rows_of
from parley.evaluate.report import measured
from parley.evaluate.scores import calibration_error


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
    """The shares found and right, of all and of the later half; how well probabilities hold."""
    registry = load_registry()
    known = titles(registry)
    found = mentions(examples, registry, encoder=encoder)
    asked: list[Asked] = []
    for item in sorted(examples, key=lambda each: each.published or ""):
        for link in item.links:
            gold = actor_of(link.target, known)
            if gold:
                asked.append(_asked(item, link, gold, found[item.article_id], registry))
    later = [each for each in asked if each.day >= asked[len(asked) // 2].day]
    rows = [*_rows(asked, ""), *_rows(later, ", later half"), _calibration(later)]
    return rows, _details([each for each in asked if not each.as_far]), [NOTE, SEEN]


SEEN = (
    "aliases grew with all items in sight, the newer rules and the probabilities with the earlier "
    "half; only held titles are asked after"
)
NOTE = (
    "right as far as the words say: a state counts for its army where the link is on the state's "
    "name alone, and a longer mention ('Kenyan police') for the state inside it"
)


class Asked(NamedTuple):
    """One link that was asked after: what was found on it, and whether that is right."""

    article_id: str
    day: str
    target: str
    surface: str
    guesses: tuple[str, ...]
    found: bool
    right: bool
    as_far: bool
    sure: tuple[tuple[float, bool], ...]


def _asked(item: Linked, link: Link, gold: str, rows: list, registry: Registry) -> Asked:
    over = [row for row in rows if row.start < link.end and row.end > link.start]
    resolved = [row for row in over if isinstance(row.actor_id, str)]
    sound = [as_far(row, link, gold, registry) for row in resolved]
    guesses = tuple(row.actor_id for row in resolved)
    return Asked(
        item.article_id,
        (item.published or "")[:10],
        link.target,
        item.text[link.start : link.end],
        guesses,
        bool(over),
        gold in guesses,
        any(sound),
        tuple((row.probability, ok) for row, ok in zip(resolved, sound, strict=True)),
    )


def _rows(asked: list[Asked], part: str) -> list[dict[str, Any]]:
    groups = [each.article_id for each in asked]
    flags = np.array([(a.found, a.right, a.as_far) for a in asked], dtype=float).reshape(-1, 3)
    names = ("links found", "links found and right", "links right as far as the words say")
    return [_share(name + part, flags[:, at], groups) for at, name in enumerate(names)]


def _share(name: str, flags: np.ndarray, groups: list[str]) -> dict[str, Any]:
    return measured("parley", name, lambda rows: float(flags[rows].mean()), groups)


def _calibration(asked: list[Asked]) -> dict[str, Any]:
    """How far probabilities are from the shares that are right, over what was found on links."""
    pairs = [(each.article_id, *one) for each in asked for one in each.sure]
    sure, sound = np.array([pair[1:] for pair in pairs], dtype=float).reshape(-1, 2).T
    return measured(
        "parley",
        "calibration error, later half",
        lambda rows: calibration_error(sure[rows], sound[rows]),
        [pair[0] for pair in pairs],
    )


def _details(misses: list[Asked]) -> dict[str, Any]:
    common = Counter((each.target, each.surface, str(list(each.guesses))) for each in misses)
    return {"commonest misses": [[*key, count] for key, count in common.most_common(60)]}

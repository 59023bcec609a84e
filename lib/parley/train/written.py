"""The sentences that were written to learn from, as rows of pairs.

What news seldom has often: several actors in one sentence, some of whom hold nothing, and
positions that hang on no single verb. Who stands in them is found as in any article, and every
pair that the judges of stance would look at is a row.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from parley import paths, terms
from parley.annotate.document import annotate
from parley.annotate.encoder import labels, load_encoder
from parley.annotate.registry import load_registry
from parley.annotate.stance import Pair, find_pairs, question
from parley.evaluate import cases
from parley.evaluate.cases import Case
from parley.train.rows import NONE, UNKNOWN, Row, both_ways, stance_label

WRITTEN = paths.DATA / "coded" / "written.jsonl"

Doubted = set[tuple[str, str]]


def pairs(path: Path = WRITTEN) -> list[Row]:
    """A row of every pair in the sentences whose position is beyond doubt."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    doubted = [{(s, t) for s, t, _ in record.get("may_events", ())} for record in records]
    written = cases.read(path)
    names = load_registry().actors.set_index("actor_id")["name"].to_dict()
    found = (_row(pair, written, doubted, names) for pair in _pairs(written))
    return [row for row in found if row.label != UNKNOWN]


def _pairs(written: list[Case]) -> Iterator[Pair]:
    """Each pair of a sentence once, whichever of the two is the holder."""
    articles = cases.articles_of(written)
    made, registry = annotate(articles, encoder=load_encoder()), load_registry()
    tables = (made[name] for name in ("sentences", "mentions", "quotes"))
    met = set()
    for pair in find_pairs(articles, *tables, registry.actors, registry.issues):
        sides = frozenset((pair.holder, pair.target.name))
        key = pair.sentence.article_id, pair.sentence.number, sides
        if key not in met:
            met.add(key)
            yield pair


def _row(pair: Pair, written: list[Case], doubted: list[Doubted], names: dict[str, str]) -> Row:
    number = int(pair.sentence.article_id)
    text, holder, target = question(pair, names)
    both_act = pair.target.kind == "actor" and pair.source is not None
    return Row(
        text, f"written {number}", roles={"p": holder, "q": target},
        label=_label(pair, written[number]),
        events=_events(pair, written[number], doubted[number]) if both_act else None,
    )  # fmt: skip


def _label(pair: Pair, case: Case) -> int:
    there = case.frames.get((pair.holder, pair.target.name))
    back = case.frames.get((pair.target.name, pair.holder))
    if there or back:
        turned = pair.target.opposite and there
        return stance_label(terms.OPPOSITE[there] if turned else there, back)
    sides = {pair.holder, pair.target.name}
    return UNKNOWN if any({*one} == sides for one in case.may) else 0


def _events(pair: Pair, case: Case, doubted: Doubted) -> tuple[int, int]:
    """What each does to the other; what may be something is left open."""
    done = {(s, t): labels.EVENTS.index(codes[0]) for s, t, codes in case.events or ()}
    ways = (pair.holder, pair.target.name), (pair.target.name, pair.holder)
    there, back = (UNKNOWN if way in doubted else done.get(way, NONE) for way in ways)
    return both_ways(there, back)

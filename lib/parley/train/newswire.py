"""The coded sentences of ordinary news as rows: positions, events and tones.

What makes them worth their number: their pairs were not picked because something is said of them.
Most are nothing, as most pairs of running news are, and the direction of an event is there both
ways. Every two actors of a sentence are a pair; so are an actor, or a speaker outside the sentence,
and an issue or actor in it. Sets of pairs have no text of their own: see `evaluate.newswire`.
"""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from zlib import crc32

from parley.annotate.encoder import labels
from parley.annotate.registry import load_registry
from parley.evaluate import newswire
from parley.evaluate.newswire import Coded, Place
from parley.train.rows import NONE, Row, both_ways, stance_label


def pairs(corpora: Path) -> tuple[list[Row], list[Row]]:
    """Rows of pairs: those to train on, and those that are held."""
    names = load_registry().by_id
    return _split((row, one) for one in newswire.coded(corpora) for row in _pairs(one, names))


def tones(corpora: Path) -> tuple[list[Row], list[Row]]:
    """Rows of targets with a tone, and as many without as make the three classes alike."""
    return _split((row, one) for one in newswire.coded(corpora) for row in _tones(one))


def _split(found: Iterator[tuple[Row, Coded]]) -> tuple[list[Row], list[Row]]:
    rows: tuple[list[Row], list[Row]] = [], []
    for row, one in found:
        rows[newswire.held(one.group)].append(row)
    return rows


def _pairs(one: Coded, names: dict) -> Iterator[Row]:
    sound = [at for at in range(len(one.places)) if at not in one.wrong]
    for a, b in combinations(sound, 2):
        p, q = (a, b) if one.places[b].kind == "issue" else (b, a)
        if one.places[q].kind == "speaker":
            p, q = q, p
        kinds = one.places[p].kind, one.places[q].kind
        if kinds[0] == "issue" or kinds[1] == "speaker" or one.places[p].name == one.places[q].name:
            continue
        text, spans = _text(one, one.places[p], one.places[q], names)
        if min(spans[1]) >= 0 and spans[1][1] <= len(text):
            label = stance_label(one.stances.get((p, q)), one.stances.get((q, p)))
            events = _events(one, p, q) if kinds == ("actor", "actor") else None
            yield Row(text, one.group, roles=dict(zip("pq", spans, strict=True)), label=label,
                      events=events)  # fmt: skip


def _text(one: Coded, p: Place, q: Place, names: dict) -> tuple[str, list[tuple[int, int]]]:
    """The sentence and both spans; before the words of one outside it stands who says them."""
    if p.kind != "speaker":
        return one.text, [(x.start - one.start, x.end - one.start) for x in (p, q)]
    name = names[p.name].name if p.name in names else p.name
    lead = f"{name} said: "
    shift = len(lead) - p.start
    return lead + one.article["text"][p.start : p.end], [
        (0, len(name)), (q.start + shift, q.end + shift)]  # fmt: skip


def _events(one: Coded, p: int, q: int) -> tuple[int, int]:
    found = {pair: labels.EVENTS.index(code) for pair, code in one.events.items()}
    return both_ways(found.get((p, q), NONE), found.get((q, p), NONE))


def _tones(one: Coded) -> Iterator[Row]:
    for at, place in enumerate(one.places):
        tone = one.tones.get(at, "neutral")
        kept = tone != "neutral" or crc32(f"{one.group} {place}".encode()) % 100 < 25
        if place.kind == "actor" and at not in one.wrong and kept:
            span = place.start - one.start, place.end - one.start
            yield Row(one.text, one.group, roles={"target": span},
                      label=newswire.TONES.index(tone))  # fmt: skip

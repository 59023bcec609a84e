"""Sentences with their positions and events, coded by hand, through the whole pipeline.

A record has a text and its frames: [holder, target, favor or against]; ``may`` lists what a reader
could take it for as well. Where ``events`` is there, [source, target, codes that would do], these
are scored too; ``published`` dates the sentence, since offices are dated.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from parley import terms
from parley.annotate.document import annotate
from parley.annotate.encoder import Encoder
from parley.evaluate.examples import bad, files, need, records
from parley.evaluate.report import measured

_PUBLISHED = "2022-02-01"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence and what it says; ``events`` is None where nobody coded them."""

    text: str
    published: str
    frames: dict[Pair, str]
    may: dict[Pair, str]
    events: list[tuple[str, str, list[str]]] | None
    either_way: bool


def read(path: str | Path) -> list[Case]:
    """The cases of a JSON Lines file, or of a folder of them."""
    return [
        _case(record, file, line)
        for file in files(path, ".jsonl")
        for line, record in records(file)
    ]


def _case(record: dict, file: Path, line: int) -> Case:
    text = need(record, "text", file, line)
    frames, may = (_frames(record.get(key, []), file, line) for key in ("frames", "may"))
    events = record.get("events")
    coded = None if events is None else [(s, t, list(codes)) for s, t, codes in events]
    published = record.get("published", _PUBLISHED)
    return Case(text, published, frames, may, coded, bool(record.get("either_way")))


def _frames(found: list, file: Path, line: int) -> dict[Pair, str]:
    for frame in found:
        if len(frame) != 3 or frame[2] not in terms.STANCES:
            raise bad(file, line, f"{frame!r} is not [holder, target, favor or against]")
    return {(holder, target): stance for holder, target, stance in found}


def articles_of(cases: list[Case]) -> pd.DataFrame:
    """Each case as an article of its own; its id is its number."""
    return pd.DataFrame({
        "article_id": [f"{number:06d}" for number in range(len(cases))], "title": None,
        "text": [case.text for case in cases],
        "published": pd.to_datetime([case.published for case in cases], utc=True),
    })  # fmt: skip


def evaluate(cases: list[Case], encoder: Encoder) -> tuple[list, dict, list]:
    """Cases right in every frame; positions shown that are right, are found, and are reversed."""
    stances, events = annotated(cases, encoder)
    shown = [_shown(rows) for rows in stances]
    groups = [str(number) for number in range(len(cases))]
    faulty = [faults(case, said) for case, said in zip(cases, shown, strict=True)]
    rows = [_mean("cases right in all positions", [not bad for bad in faulty], groups)]
    rows += _positions(cases, shown, groups)
    coded = [at for at, case in enumerate(cases) if case.events is not None]
    if coded:
        right = [events_right(cases[at], events[at]) for at in coded]
        rows.append(_mean("cases right in all events", right, [groups[at] for at in coded]))
    wrong = {case.text: bad for case, bad in zip(cases, faulty, strict=True) if bad}
    wrong_events = {cases[at].text: events[at] for at in coded
                    if not events_right(cases[at], events[at])}  # fmt: skip
    return rows, {"wrong": wrong, "wrong events": wrong_events}, []


def annotated(cases: list[Case], encoder: Encoder) -> tuple[list, list]:
    """What the pipeline says of each case: its stances, and (source, target, event) of its events.

    Each case is an article of its own.
    """
    articles = articles_of(cases)
    ids = articles["article_id"]
    made = annotate(articles, encoder=encoder)
    stances, events = made["stances"], made["events"]
    told = events[["article_id", "source_id", "target_id", "event"]]
    return (
        [stances[stances["article_id"] == one] for one in ids],
        [told[told["article_id"] == one].iloc[:, 1:].values.tolist() for one in ids],
    )


def _shown(rows: pd.DataFrame) -> dict[Pair, str]:
    """What is said of each pair; of two sentences the surer."""
    said = rows[rows["stance"] != "none"].sort_values("probability")
    return {(r.holder_id, r.target_id): r.stance for r in said.itertuples()}


def faults(case: Case, said: dict[Pair, str]) -> list[str]:
    """What is missing in a case, or is there without being in it: empty for one that is right."""
    missed = [f"{pair} {label}, not {said.get(pair, 'none')}"
              for pair, label in case.frames.items() if said.get(pair) != label]  # fmt: skip
    extra = [f"{pair} {label}" for pair, label in said.items()
             if pair not in case.frames and case.may.get(pair) != label]  # fmt: skip
    return missed + extra


def _positions(
    cases: list[Case], shown: list[dict[Pair, str]], groups: list[str]
) -> list[dict[str, Any]]:
    """Of the positions shown: how many are right, how many reversed; of those coded: found."""
    told = list(zip(cases, shown, groups, strict=True))
    rows = [
        (case, pair, label, group) for case, said, group in told for pair, label in said.items()
    ]
    coded = [(said.get(pair) == label, group)
             for case, said, group in told for pair, label in case.frames.items()]  # fmt: skip
    owners = [group for *_, group in rows]
    measures = {
        "positions shown that are right": (
            [label in (c.frames.get(pair), c.may.get(pair)) for c, pair, label, _ in rows], owners),
        "positions shown that are reversed": (
            [is_reversed(case, pair, label) for case, pair, label, _ in rows], owners),
        "positions found": ([hit for hit, _ in coded], [group for _, group in coded]),
    }  # fmt: skip
    return [_mean(metric, *counted) for metric, counted in measures.items() if counted[0]]


def is_reversed(case: Case, pair: Pair, label: str) -> bool:
    """Whether the opposite was coded, or the same of the target toward the holder alone."""
    coded = {**case.may, **case.frames}
    if pair in coded:
        return coded[pair] == terms.OPPOSITE[label]
    return coded.get(pair[::-1]) == label


def _mean(metric: str, hits: list[bool], groups: list[str]) -> dict[str, Any]:
    values = np.array(hits, dtype=float)
    return measured("parley", metric, lambda rows: float(values[rows].mean()), groups)


def events_right(case: Case, told: list[list[str]]) -> bool:
    """Whether the events are those of the case, each with one of the codes that would do."""
    if case.events is None or len(told) != len(case.events):
        return False
    return all(
        any((a, b) in _directions(source, target, case) and event in codes for a, b, event in told)
        for source, target, codes in case.events
    )


def _directions(source: str, target: str, case: Case) -> set[Pair]:
    return {(source, target)} | ({(target, source)} if case.either_way else set())

"""Ordinary news, sentence by sentence: are the positions, events and tones that the tables show so?

`data/coded/newswire.jsonl` says where in two corpora of news each coded sentence stands, who and
what is in it and what was coded of them; the texts are read from the corpora. Articles go through
the whole pipeline, and their tables are held against the codes. Three in ten articles are held:
never trained on, nor read when rules are written; on half of them floors are chosen.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd

from parley import paths, terms
from parley.annotate.document import annotate
from parley.annotate.encoder import Encoder
from parley.annotate.registry import Registry, load_registry
from parley.annotate.stance.issues import find_issues
from parley.errors import ParleyError
from parley.evaluate.examples import bad, need, records
from parley.evaluate.report import class_rows, measured

CODED = paths.DATA / "coded" / "newswire.jsonl"
TONES = ("negative", "neutral", "positive")
MUTUAL = ("AGREE", "CONSULT", "COOPERATE")  # whoever is named first
_AT_ONCE = 60  # articles

Pair = tuple[str, str]


class Place(NamedTuple):
    """An actor, an issue, or a speaker who stands outside; then the span is that of his words."""

    name: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Coded:
    """One coded sentence of an article; offsets are the article's, numbers those of places."""

    article: dict[str, Any]
    start: int
    end: int
    places: tuple[Place, ...]
    stances: dict[tuple[int, int], str]
    events: dict[tuple[int, int], str]
    tones: dict[int, str]
    wrong: frozenset[int]  # places that are not who or what they were taken for

    @property
    def group(self) -> str:
        """The article's key."""
        return str(self.article["id"])

    @property
    def text(self) -> str:
        """The sentence."""
        return self.article["text"][self.start : self.end]


def held(article: str) -> bool:
    """Whether an article is one that nothing was learned from."""
    return crc32(f"newswire {article}".encode()) % 10_000 < 3_000


def choosing(article: str) -> bool:
    """Whether a held article is of the half that floors may be chosen on."""
    return crc32(f"choose newswire {article}".encode()) % 2 == 0


def read(path: str | Path) -> list[Coded]:
    """The held sentences; ``path`` is the folder of the corpora."""
    return [sentence for sentence in coded(path) if held(sentence.group)]


def coded(corpora: str | Path, codes: Path = CODED) -> list[Coded]:
    """Every coded sentence with its article. Raises ParleyError for one that its corpus lacks."""
    rows = list(records(codes))
    wanted: dict[str, set[str]] = {}
    for line, row in rows:
        wanted.setdefault(need(row, "corpus", codes, line), set()).add(row["article"])
    articles = {name: _articles(Path(corpora) / f"{name}.jsonl.gz", ids)
                for name, ids in wanted.items()}  # fmt: skip
    return [_sentence(row, articles[row["corpus"]], codes, line) for line, row in rows]


def _articles(file: Path, ids: set[str]) -> dict[str, dict]:
    if not file.is_file():
        raise ParleyError(f"{file} does not exist: name the folder of the corpora")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return {r["id"]: r for r in map(json.loads, lines) if r["id"] in ids}


def _sentence(row: dict, articles: dict[str, dict], file: Path, line: int) -> Coded:
    article = articles.get(row["article"])
    if article is None or len(article["text"]) < row["end"]:
        raise bad(file, line, f"{row['corpus']} holds no such article as {row['article']}")
    return Coded(
        article, row["start"], row["end"], tuple(Place(*place) for place in row["places"]),
        stances={(a, b): label for a, b, label in row["stances"]},
        events={(a, b): code for a, b, code in row["events"]},
        tones=dict(row["tones"]), wrong=frozenset(row["wrong"]),
    )  # fmt: skip


def evaluate(sentences: list[Coded], encoder: Encoder) -> tuple[list, dict, list]:
    """Positions and events shown that are right, and those coded that are found; tone; links."""
    told = [_Told(one, *said) for one, said in zip(sentences, said_of(sentences, encoder),
                                                   strict=True)]  # fmt: skip
    half = [one for one in told if not choosing(one.coded.group)]
    rows = [*_rows("parley", told), *_rows("parley, report half", half)]
    wrong = {one.coded.text: one.faults() for one in told if one.faults()}
    return rows, {"wrong": wrong}, []


def said_of(
    sentences: list[Coded], encoder: Encoder
) -> Iterator[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    """The rows of stances, events and mentions that the pipeline gives each sentence."""
    articles = {one.group: one.article for one in sentences}
    keys = list(articles)
    tables: dict[str, dict[str, pd.DataFrame]] = {}
    for at in range(0, len(keys), _AT_ONCE):
        made = annotate(_frame([articles[key] for key in keys[at : at + _AT_ONCE]]),
                        encoder=encoder)  # fmt: skip
        for name in ("stances", "events", "mentions"):
            tables.setdefault(name, {}).update(tuple(made[name].groupby("article_id")))
            tables[name].setdefault("", made[name].iloc[:0])
    for one in sentences:
        yield tuple(_within(tables[name].get(one.group, tables[name][""]), one)
                    for name in ("stances", "events", "mentions"))  # fmt: skip


def _frame(articles: list[dict]) -> pd.DataFrame:
    days = pd.Series([str(article["published"])[:10] for article in articles])
    return pd.DataFrame({
        "article_id": [article["id"] for article in articles], "title": None,
        "text": [article["text"] for article in articles],
        "published": pd.to_datetime(days, utc=True, errors="coerce"),
    })  # fmt: skip


def _within(rows: pd.DataFrame, one: Coded) -> pd.DataFrame:
    return rows[(rows["start"] >= one.start) & (rows["start"] < one.end)]


class _Told:
    """A sentence's codes beside what the tables show, between the places that are what they seem.

    What is shown of others (the outlet as holder, a name that is found no longer) was not coded.
    """

    def __init__(self, one: Coded, stances: pd.DataFrame, events: pd.DataFrame,
                 mentions: pd.DataFrame) -> None:  # fmt: skip
        self.coded, self.mentions = one, mentions
        sound = [at for at in range(len(one.places)) if at not in one.wrong]
        self.names = {one.places[at].name for at in sound}
        turned = _contraries(one)
        self.positions = {
            self._pair(a, b): terms.OPPOSITE[label] if b in turned else label
            for (a, b), label in one.stances.items() if {a, b} <= {*sound}
        }  # fmt: skip
        self.events = {
            self._event(self._pair(a, b), code)
            for (a, b), code in one.events.items() if {a, b} <= {*sound}
        }  # fmt: skip
        said = stances[stances["stance"] != "none"].sort_values("probability")
        self.shown = {
            (r.holder_id, r.target_id): r.stance for r in said.itertuples()
            if {r.holder_id, r.target_id} <= self.names
        }  # fmt: skip
        self.done = {
            self._event((r.source_id, r.target_id), r.event) for r in events.itertuples()
            if {r.source_id, r.target_id} <= self.names
        }  # fmt: skip

    def _pair(self, a: int, b: int) -> Pair:
        return self.coded.places[a].name, self.coded.places[b].name

    @staticmethod
    def _event(pair: Pair, code: str) -> tuple[str, str, str]:
        first, second = sorted(pair) if code in MUTUAL else pair
        return first, second, code

    def reversed(self, pair: Pair) -> bool:
        """Whether what is shown of a pair is the opposite, or belongs the other way round."""
        label = self.shown[pair]
        if pair in self.positions:
            return self.positions[pair] != label
        return self.positions.get(pair[::-1]) == label

    def tones(self) -> Iterator[tuple[int, int]]:
        """The tone coded and the tone shown of each actor that has one."""
        for at, place in enumerate(self.coded.places):
            rows = self.mentions[(self.mentions["actor_id"] == place.name)
                                 & self.mentions["neutral"].notna()]  # fmt: skip
            if place.kind == "actor" and at not in self.coded.wrong and len(rows):
                shown = int(rows.iloc[0][list(TONES)].astype(float).to_numpy().argmax())
                yield TONES.index(self.coded.tones.get(at, "neutral")), shown

    def faults(self) -> list[str]:
        """What is missing and what is too much."""
        pairs = sorted({*self.positions, *self.shown})
        return [
            f"{pair} {self.shown.get(pair, 'none')}, coded {self.positions.get(pair, 'none')}"
            for pair in pairs if self.shown.get(pair) != self.positions.get(pair)
        ] + [f"{event} shown, not coded" for event in sorted(self.done - self.events)] + [
            f"{event} coded, not shown" for event in sorted(self.events - self.done)
        ]  # fmt: skip


@cache
def _registry() -> Registry:
    return load_registry()


def _contraries(one: Coded) -> set[int]:
    """The places whose words name the contrary of their issue: they were coded as they stand."""
    opposed = {one.start + m.start for m in find_issues(one.text, _registry().issues) if m.opposite}
    return {at for at, place in enumerate(one.places)
            if place.kind == "issue" and place.start in opposed}  # fmt: skip


def _rows(system: str, told: list[_Told]) -> list[dict[str, Any]]:
    pairs = [(one, pair) for one in told for pair in one.shown]
    counted = {
        "positions shown that are right": [
            (one.positions.get(pair) == one.shown[pair], one) for one, pair in pairs],
        "positions shown that are reversed": [(one.reversed(pair), one) for one, pair in pairs],
        "positions found": [(one.shown.get(pair) == label, one)
                            for one in told for pair, label in one.positions.items()],
        "events shown that are right": [
            (event in one.events, one) for one in told for event in one.done],
        "events shown with the right quad": [
            (any(_quad(event) == _quad(other) for other in one.events), one)
            for one in told for event in one.done],
        "events found": [(event in one.done, one) for one in told for event in one.events],
        "actors that are who they were taken for": [
            (at not in one.coded.wrong, one) for one in told
            for at, place in enumerate(one.coded.places) if place.kind == "actor"],
    }  # fmt: skip
    rows = [_mean(system, metric, hits) for metric, hits in counted.items() if hits]
    toned = [(*tone, one.coded.group) for one in told for tone in one.tones()]
    if toned:
        gold, shown, groups = zip(*toned, strict=True)
        rows += class_rows(f"{system}: tone", np.array(gold), np.array(shown), TONES, groups)
    return rows


def _quad(event: tuple[str, str, str]) -> tuple:
    return {*event[:2]}, terms.EVENTS[event[2]]


def _mean(system: str, metric: str, hits: list[tuple[bool, _Told]]) -> dict[str, Any]:
    values = np.array([hit for hit, _ in hits], dtype=float)
    groups = [one.coded.group for _, one in hits]
    return measured(system, metric, lambda rows: float(values[rows].mean()), groups)

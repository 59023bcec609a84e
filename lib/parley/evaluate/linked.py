"""Mentions of whole articles, as the evaluations of linking need them, and how a hit is judged."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from parley.annotate.mentions import find_mentions
from parley.annotate.registry import Registry
from parley.annotate.sentences import split_sentences
from parley.evaluate.examples import bad, files, records


@dataclass(frozen=True, slots=True)
class Link:
    """A span that somebody linked by hand, and to what (a title, or a Wikidata id)."""

    start: int
    end: int
    target: str
    people: bool = False  # it is a people ("Americans"), which the registry has under its state


@dataclass(frozen=True, slots=True)
class Linked:
    """An article with its links; only those inside ``window`` were all marked."""

    article_id: str
    text: str
    published: str | None
    links: tuple[Link, ...]
    window: tuple[int, int]


def rows_of(path: str | Path) -> Iterator[tuple[Path, int, dict]]:
    """Yield the objects of JSON Lines files, packed or not, with the file and line of each."""
    for file in files(path, ".jsonl", ".jsonl.gz"):
        if file.suffix != ".gz":
            yield from ((file, line, record) for line, record in records(file))
            continue
        with gzip.open(file, "rt", encoding="utf-8") as packed:
            for line, text in enumerate(packed, start=1):
                try:
                    yield file, line, json.loads(text)
                except json.JSONDecodeError as problem:
                    raise bad(file, line, f"not JSON ({problem.msg})") from None


def mentions(
    articles: Sequence[Linked], registry: Registry, *, encoder: object = None
) -> dict[str, list]:
    """Find the mentions of every article: by its id, rows of the `mentions` table."""
    frame = pd.DataFrame(
        {
            "article_id": [article.article_id for article in articles],
            "text": [article.text for article in articles],
            "title": pd.Series([None] * len(articles), dtype="string"),
            "published": pd.to_datetime(
                pd.Series([article.published for article in articles]), utc=True, errors="coerce"
            ),
        }
    )
    sentences = split_sentences(frame)
    named = _read_names(frame, sentences, encoder) if encoder else None
    rows = find_mentions(frame, sentences, registry=registry, encoder_mentions=named)
    found: dict[str, list] = {article.article_id: [] for article in articles}
    for row in rows.itertuples(index=False):
        found[row.article_id].append(row)
    return found


def _read_names(articles: pd.DataFrame, sentences: pd.DataFrame, encoder) -> dict[str, list]:
    """What the encoder takes for names, by article."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    keys = list(zip(sentences["article_id"], sentences["start"], sentences["end"], strict=True))
    readings = encoder.read([texts[key][start:end] for key, start, end in keys])
    found: dict[str, list] = {key: [] for key in texts}
    for (key, start, _), reading in zip(keys, readings, strict=True):
        found[key] += [
            (start + m.start, start + m.end, m.kind, m.probability) for m in reading.mentions
        ]
    return found


def as_far(row: Any, link: Link, gold: str, registry: Registry) -> bool:
    """Say whether a mention on a link is right as far as its words say.

    Right is also the state for its part, where the link is on the state's name alone and a reader
    linked "Israeli" (airstrikes) to the army; and the part or the officer for the state, where the
    link is on "Kenyan" and the mention is all of "Kenyan police" or "the president of Kenya".
    """
    if row.actor_id == gold:
        return True
    if not (row.start <= link.start and link.end <= row.end):
        return False
    if registry.by_id[gold].kind == "body" and row.actor_id == registry.state_of(gold):
        return True
    longer = row.end - row.start > link.end - link.start
    return longer and registry.state_of(row.actor_id) == gold

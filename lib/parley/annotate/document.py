"""All annotators, one after another, over a batch of articles.

sentences -> what the encoder reads in each -> mentions -> quotes and voices -> sentiment -> stances
and events. Each step needs only the tables of those before it.
"""

import os

import pandas as pd

from parley import tables
from parley.annotate import sentiment
from parley.annotate.encoder import Encoder, Reading, load_encoder
from parley.annotate.events import events_of
from parley.annotate.mentions import find_mentions
from parley.annotate.quotes import Part, find_quotes, with_voice
from parley.annotate.registry import Registry, load_registry
from parley.annotate.sentences import split_sentences
from parley.annotate.stance import judge, stances_of
from parley.annotate.valence import vader


def annotate(
    articles: pd.DataFrame, *, registry: Registry | None = None, encoder: Encoder | None = None
) -> dict[str, pd.DataFrame]:
    """Give every annotation table, by name, of the articles.

    Needs article_id, title, published and text in ``articles``; the tables' columns are those of
    `parley.tables`. Articles of other languages than English should not be among them.
    """
    registry = registry or load_registry()
    encoder = encoder or load_encoder(threads=_threads())
    sentences = split_sentences(articles)
    spoken = spans_of(sentences, articles)
    readings = encoder.read(list(spoken))
    sentences = sentences.assign(vader=vader(spoken), valence=[r.valence for r in readings])
    named = {key: [*_named(start, r)] for key, start, r in _placed(sentences, readings)}
    mentions = find_mentions(
        articles, sentences, registry=registry, encoder_mentions=_by_article(sentences, named)
    )
    parts = {key: [*_parts(start, r)] for key, start, r in _placed(sentences, readings)}
    quotes = find_quotes(
        articles, sentences, mentions, registry.actors, parts=_by_article(sentences, parts)
    )
    mentions = sentiment.toward(with_voice(mentions, quotes), sentences, spoken, encoder=encoder)
    pairs = judge(
        articles, sentences, mentions, quotes, registry.actors, registry.issues, encoder=encoder
    )
    made = {"sentences": sentences, "mentions": mentions, "quotes": quotes}
    made |= {"stances": stances_of(pairs), "events": events_of(pairs)}
    return {
        table.name: tables.check(made.get(table.name, tables.empty(table)), table)
        for table in tables.ANNOTATIONS
    }


def spans_of(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """The text of each row's span, on the rows' index."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    keys = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    return pd.Series([texts[a][s:e] for a, s, e in keys], index=rows.index, dtype="object")


def _placed(sentences: pd.DataFrame, readings: list[Reading]) -> zip:
    """Each reading with the key of its sentence and where that begins in the article."""
    keys = zip(sentences["article_id"], sentences["sentence"], strict=True)
    return zip(keys, sentences["start"], readings, strict=True)


def _named(start: int, reading: Reading) -> list[tuple[int, int, str, float]]:
    return [(start + m.start, start + m.end, m.kind, m.probability) for m in reading.mentions]


def _parts(start: int, reading: Reading) -> list[Part]:
    found = reading.attributions
    return [Part(a.kind, start + a.start, start + a.end, a.probability) for a in found]


def _by_article(sentences: pd.DataFrame, found: dict[tuple, list]) -> dict[str, list]:
    articles: dict[str, list] = {article_id: [] for article_id in sentences["article_id"]}
    for (article_id, _), items in found.items():
        articles[article_id] += items
    return articles


def one_thread() -> None:
    """Keep a worker of a pool to one core, so that two workers do not fight over both."""
    os.environ["PARLEY_THREADS"] = "1"


def _threads() -> int | None:
    return int(os.environ["PARLEY_THREADS"]) if os.environ.get("PARLEY_THREADS") else None

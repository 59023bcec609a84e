"""All annotators, one after another, over a batch of articles.

sentences -> what the encoder reads in each -> mentions -> quotes -> stances and events.
"""

import hashlib
import os
from functools import cache

import pandas as pd

from parley import __version__, paths, tables
from parley.annotate.mentions import find_mentions
from parley.annotate.registry import Registry, load_registry
from parley.annotate.sentences import split_sentences
from parley.annotate.valence import vader


def annotate(
    articles: pd.DataFrame, *, registry: Registry | None = None
) -> dict[str, pd.DataFrame]:
    """Give every annotation table, by name, of the articles.

    Needs article_id, title, published and text in ``articles``; the tables' columns are those of
    `parley.tables`. An article of another language than English should not be among them.
    """
    registry = registry or load_registry()
    sentences = split_sentences(articles)
    spoken = _spans(sentences, articles)
    sentences = sentences.assign(vader=vader(spoken), valence=vader(spoken))
    mentions = find_mentions(articles, sentences, registry=registry)
    made = {"sentences": sentences, "mentions": mentions}
    return {
        table.name: tables.check(made.get(table.name, tables.empty(table)), table)
        for table in tables.ANNOTATIONS
    }


def _spans(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """The text of each row's span."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    keys = zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    return pd.Series([texts[a][s:e] for a, s, e in keys], index=rows.index, dtype="object")


def version(registry: Registry | None = None) -> str:
    """Name the annotators in one short word: what they are changes it, and so calls for a re-run.

    It covers the release, the registry (with a user's own laid over it) and the model.
    """
    registry = registry or load_registry()
    return f"{__version__}+{registry.digest}.{_models_digest()}"


@cache
def _models_digest() -> str:
    files = sorted(path for path in paths.MODELS.rglob("*") if path.suffix in (".onnx", ".json"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def one_thread() -> None:
    """Keep a worker of a pool to one core, so that two workers do not fight over both."""
    os.environ["PARLEY_THREADS"] = "1"

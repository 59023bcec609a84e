"""Corpora of any size, made of the sample's words: no two articles alike, ids as ingesting gives.

They are put straight into the store, in commits of 500 as ingesting would, so that a benchmark of
annotation does not wait for the search for copies.
"""

import hashlib
import random
from pathlib import Path

import pandas as pd
from parley import corpus, paths, tables
from parley.corpus.store import Store

COMMIT = 500


def sample(folder: Path) -> pd.DataFrame:
    """The dated articles of the sample."""
    place = folder / "sample"
    if not place.exists():
        corpus.ingest([paths.SAMPLE_ARTICLES], place)
    return corpus.open_study(place).articles.dropna(subset=["published"]).reset_index(drop=True)


def repeated(articles: pd.DataFrame, count: int, *, first: int = 0, seed: int = 1) -> pd.DataFrame:
    """``count`` articles as long as the sample's, each with words of its own at the end."""
    words = sorted({word for text in articles["text"] for word in text.split() if word.isalpha()})
    draw = random.Random(seed + first)
    rows = articles.iloc[[n % len(articles) for n in range(first, first + count)]]
    own = [" ".join(draw.choices(words, k=12)) for _ in range(count)]
    texts = [f"{text}\n\nNotice {o}." for text, o in zip(rows["text"], own, strict=True)]
    return _rows(rows, texts)


def short(articles: pd.DataFrame, count: int, *, seed: int = 1) -> pd.DataFrame:
    """``count`` articles of one sentence, of about ten words."""
    names = ("Russia", "Ukraine", "NATO", "Poland", "France", "Germany", "Turkey", "China")
    words = sorted({word for text in articles["text"] for word in text.split() if word.islower()})
    draw = random.Random(seed)
    texts = []
    for number in range(count):
        said = " ".join(draw.choices(words, k=4))
        texts.append(f"Note {number} says of {draw.choice(names)}: {said}.")
    return _rows(articles.iloc[[n % len(articles) for n in range(count)]], texts)


def long(articles: pd.DataFrame, count: int, *, words: int = 900, seed: int = 1) -> pd.DataFrame:
    """``count`` articles of so many words, as newswire has; not for reading."""
    all_words = sorted({word for text in articles["text"] for word in text.split()})
    draw = random.Random(seed)
    texts = [" ".join(draw.choices(all_words, k=words)) for _ in range(count)]
    return _rows(articles.iloc[[n % len(articles) for n in range(count)]], texts)


def _rows(like: pd.DataFrame, texts: list[str]) -> pd.DataFrame:
    keys = [hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in texts]
    months = like["published"].dt.strftime("%Y%m")
    ids = [f"{month}-{key}" for month, key in zip(months, keys, strict=True)]
    n_words = [len(text.split()) for text in texts]
    return like.reset_index(drop=True).assign(
        article_id=ids, story_id=ids, is_first=True, text=texts, title=None, n_words=n_words
    )


def stored(rows: pd.DataFrame, place: Path) -> Path:
    """A corpus that holds these articles, in addition to those there."""
    store = Store(place, create=True)
    for at in range(0, len(rows), COMMIT):
        store.append(tables.ARTICLES, rows[at : at + COMMIT])
    return place


def files(rows: pd.DataFrame, file: Path) -> Path:
    """The same articles as a file to be ingested."""
    rows[["outlet", "published", "text"]].astype(str).to_json(file, orient="records", lines=True)
    return file

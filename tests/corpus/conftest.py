"""Rows to fill a corpus with, without reading files or running the model."""

import pandas as pd
import pytest
from parley import tables
from parley.corpus.store import Store

TIME = pd.Timestamp("2022-01-12", tz="UTC")


def article(month="2022-01", day=12, digest="a", **changes):
    """One row of `articles`."""
    published = pd.Timestamp(f"{month}-{day:02}", tz="UTC") if month != "undated" else pd.NaT
    article_id = f"{month.replace('-', '')}-{digest}"
    return {
        "article_id": article_id,
        "outlet": "Post",
        "published": published,
        "title": None,
        "url": None,
        "language": "en",
        "text": "Some text.",
        "n_words": 2,
        "story_id": article_id,
        "is_first": True,
        "collected": TIME,
    } | changes


def annotated(*ids):
    """What annotating these articles makes: a sentence each."""
    sentences = pd.DataFrame(
        [{"article_id": i, "sentence": 0, "start": 0, "end": 4, "part": "body"} for i in ids]
    )
    marks = pd.DataFrame({"article_id": list(ids), "failed": pd.array([None] * len(ids), "string")})
    return {"sentences": sentences, "annotated": marks}


@pytest.fixture
def store(tmp_path):
    """A corpus of three articles: one in January, one in February, one undated."""
    made = Store(tmp_path / "c", create=True)
    rows = [article(digest="a"), article("2022-02", 3, "b"), article("undated", digest="c")]
    made.append(tables.ARTICLES, pd.DataFrame(rows))
    return made

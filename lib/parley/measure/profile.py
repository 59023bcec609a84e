"""What is in the corpus: articles, words, stories and copies, and what has no date."""

from collections.abc import Iterable

import pandas as pd

from parley.measure.frame import UNKNOWN, grounds
from parley.measure.options import need


def corpus_profile(
    articles: pd.DataFrame, *, by: str | Iterable[str] = ("outlet", "week")
) -> pd.DataFrame:
    """Count what each outlet and week (or other ``by``) holds; articles without a date stay in.

    Needs articles (article_id, outlet, published, story_id, is_first, n_words). Gives [by...,
    articles, words, stories, copies, copy_share, undated, first, last]: ``copies`` are articles
    that are not the first of their story, ``undated`` those without a date (their period is NaT).

    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["X", "X", "Y"],
    ...     "published": pd.to_datetime(["2022-01-10", None, "2022-01-12"], utc=True),
    ...     "story_id": ["s", "t", "s"], "is_first": [True, True, False], "n_words": 100})
    >>> profile = corpus_profile(articles, by="outlet")
    >>> profile[["outlet", "articles", "copies", "undated"]].values.tolist()
    [['X', 2, 0, 1], ['Y', 1, 1, 0]]
    """
    need(articles, ["n_words"], "articles")
    dated = grounds(articles, by, copies=True)
    lost = articles[~articles["article_id"].isin(dated.articles["article_id"])]
    held = pd.concat([dated.articles, _nameless(lost, dated.by)], ignore_index=True)
    frame = held.assign(
        copy=~held["is_first"].astype(bool), undated=held["published"].isna(), all=UNKNOWN
    )
    grouped = frame.groupby(list(dated.by) or "all", dropna=False, sort=True)
    profile = grouped.agg(
        articles=("article_id", "nunique"),
        words=("n_words", "sum"),
        stories=("story_id", "nunique"),
        copies=("copy", "sum"),
        undated=("undated", "sum"),
        first=("published", "min"),
        last=("published", "max"),
    )
    profile.insert(4, "copy_share", profile["copies"] / profile["articles"])
    profile = profile.reset_index(drop=not dated.by)
    profile.attrs["undated"] = int(frame["undated"].sum())
    return profile


def _nameless(lost: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Articles without a date keep their outlet; their period is unknown."""
    periods = {name: pd.NaT for name in by if name not in lost.columns}
    return lost.drop_duplicates("article_id").assign(**periods)

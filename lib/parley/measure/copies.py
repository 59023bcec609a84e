"""Syndicated copies: the same figure with and without them, and whether the ranking holds."""

from collections.abc import Iterable

import pandas as pd

from parley.measure.bootstrap import RESAMPLES
from parley.measure.options import listed
from parley.measure.pushdown import Rows
from parley.measure.share import mention_share

_SHOWN = ("estimate", "low", "high", "n", "rank")


def compare_copies(
    mentions: Rows,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    per: str = "words",
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Set ``mention_share`` without copies beside the one with them.

    Needs what ``mention_share`` needs. Gives [by..., actor_id, name, and for each of first and
    copies: estimate_, low_, high_, n_, rank_; moved, differs, enough, evidence]. ``moved`` is how
    many ranks an actor gains when copies count (within its group); ``differs`` says whether it
    moves at all, ``attrs["ranks_differ"]`` whether any does. Evidence is that of the first copies.

    >>> articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": "The Post",
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11", "2022-01-12"], utc=True),
    ...     "story_id": ["s", "t", "t"], "is_first": [True, True, False], "n_words": 500})
    >>> mentions = pd.DataFrame({"article_id": ["a", "a", "b", "c"], "start": [0, 9, 4, 4],
    ...     "actor_id": ["nato", "nato", "russia", "russia"]})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> both = compare_copies(mentions, articles, actors)
    >>> both[["name", "rank_first", "rank_copies"]].values.tolist()
    [['NATO', 1, 1], ['Russia', 2, 1]]
    """
    keys = [*listed(by), "actor_id"]
    both = {}
    for label, copies in (("first", False), ("copies", True)):
        frame = mention_share(
            mentions,
            articles,
            actors,
            by=by,
            level=level,
            per=per,
            copies=copies,
            resamples=resamples,
            seed=seed,
        )
        both[label] = _ranked(frame, listed(by))
    merged = both["first"].merge(
        both["copies"][[*keys, *_SHOWN]], on=keys, how="outer", suffixes=("_first", "_copies")
    )
    return _compared(merged, keys, both["first"].attrs, top)


def _ranked(frame: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Rank the larger first; ties share the better rank."""
    grouped = frame.groupby(list(by))["estimate"] if by else frame["estimate"]
    rank = grouped.rank(ascending=False, method="min")
    ranked = frame.assign(rank=rank.astype("Int64"))
    ranked.attrs = dict(frame.attrs)
    return ranked


def _compared(merged: pd.DataFrame, keys: list[str], attrs: dict, top: int | None) -> pd.DataFrame:
    moved = (merged["rank_first"] - merged["rank_copies"]).astype("Int64")
    frame = merged.assign(moved=moved, differs=(moved.fillna(1) != 0).astype(bool))
    if top is not None:
        frame = frame[frame[["rank_first", "rank_copies"]].min(axis=1) <= top]
    frame = frame.sort_values([*keys[:-1], "rank_first", "actor_id"], kind="stable")
    pairs = [f"{name}_{label}" for label in ("first", "copies") for name in _SHOWN]
    frame = frame[[*keys, "name", *pairs, "moved", "differs", "enough", "evidence"]]
    frame = frame.reset_index(drop=True)
    frame.attrs = {**attrs, "copies": None, "ranks_differ": bool(frame["differs"].any())}
    return frame

"""What an actor does in the news: named, quoted, acting, acted upon."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from parley.measure.frame import Ground, evidence, grounds
from parley.measure.options import need
from parley.measure.rollup import names, roll_up
from parley.measure.tally import number, top_keys

ROLES = ("mentions", "quoted", "acting", "acted_upon")


def actor_counts(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
    by: str | Iterable[str] = (),
    level: str = "actor",
    copies: bool = False,
    top: int | None = None,
) -> pd.DataFrame:
    """Count how often each actor is named, quoted, acting and acted upon, and in how much.

    Needs mentions (article_id, start, actor_id), quotes (the same), events (article_id, start,
    source_id, target_id), articles and actors as ``mention_share`` does; a table that is not given
    counts nothing. Gives [by..., actor_id, name, mentions, quoted, acting, acted_upon, articles,
    stories, evidence], the most mentioned first; articles, stories and evidence are those in which
    the actor stands in any of these roles. Plain counts: for figures with intervals see
    ``mention_share``, ``share_of_voice`` and ``event_table``.

    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": "X", "story_id": "s",
    ...     "published": pd.to_datetime(["2022-01-10"], utc=True), "is_first": True})
    >>> mentions = pd.DataFrame({"article_id": "a", "start": [0, 9], "actor_id": ["usa", "russia"]})
    >>> events = pd.DataFrame({"article_id": ["a"], "start": 0, "source_id": "usa",
    ...     "target_id": "russia"})
    >>> actors = pd.DataFrame({"actor_id": ["usa", "russia"], "name": ["USA", "Russia"],
    ...     "kind": "state", "state": ["usa", "russia"], "blocs": None})
    >>> counts = actor_counts(mentions, articles, actors, events=events)
    >>> counts[["name", "mentions", "quoted", "acting", "acted_upon"]].values.tolist()
    [['Russia', 1, 0, 0, 1], ['USA', 1, 0, 1, 0]]
    """
    ground = grounds(articles, by, copies=copies)
    given = [
        (mentions, "mentions", "actor_id"),
        (quotes, "quoted", "actor_id"),
        (events, "acting", "source_id"),
        (events, "acted_upon", "target_id"),
    ]
    parts = [_part(*one, ground) for one in given if one[0] is not None]
    rows = pd.concat(parts, ignore_index=True)
    rows = top_keys(roll_up(rows, actors, level), "actor_id", top)
    frame = _counted(rows, ground).assign(name=lambda made: names(made["actor_id"], actors))
    frame = frame.sort_values(
        [*ground.by, "mentions", "actor_id"], ascending=[True] * len(ground.by) + [False, True]
    )
    frame = frame[[*ground.by, "actor_id", "name", *ROLES, "articles", "stories", "evidence"]]
    frame = frame.reset_index(drop=True)
    frame.attrs.update(unit="counts", level=level, copies=copies, undated=ground.undated)
    if frame.empty:
        frame.attrs["reason"] = "no actor at this level stands in these articles"
    return frame


def _part(table: pd.DataFrame, role: str, column: str, ground: Ground) -> pd.DataFrame:
    columns = ["article_id", "start", column]
    kept = need(table, columns, role)[columns].dropna(subset=column)
    placed = ground.place(kept).rename(columns={column: "actor_id"}).assign(role=role)
    return placed.astype({"actor_id": object})


def _counted(rows: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    """Count the rows of every group and actor by role; a place that has two roles is shown once."""
    rows = rows.assign(_group=ground.group[rows["article"].to_numpy()])
    cell, cells = number(rows, ["_group", "actor_id"])
    many, article = len(cells), rows["article"].to_numpy()
    groups = ground.groups.iloc[cells["_group"].to_numpy(np.int64)].reset_index(drop=True)
    frame = pd.concat([groups, cells[["actor_id"]]], axis=1)
    for role in ROLES:
        frame[role] = np.bincount(cell[(rows["role"] == role).to_numpy()], minlength=many)
    shown = ~pd.DataFrame({"c": cell, "a": article, "s": rows["start"].to_numpy()}).duplicated()
    first, cell = rows[shown.to_numpy()], cell[shown.to_numpy()]
    units = pd.DataFrame({"c": cell, "a": first["article"].to_numpy()}).drop_duplicates()
    stories = units.assign(a=ground.story[units["a"].to_numpy()]).drop_duplicates()
    frame["articles"] = np.bincount(units["c"], minlength=many)
    frame["stories"] = np.bincount(stories["c"], minlength=many)
    frame["evidence"] = pd.Series(evidence(cell, first, ground, many), dtype=object)
    return frame

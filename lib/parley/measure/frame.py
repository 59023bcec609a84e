"""Articles as the ground of every count: copies set aside, stories numbered, groups to count in."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley.measure.options import choose, listed, need

PERIODS = ("day", "week", "month")
UNKNOWN = "(unknown)"
EVIDENCE = 20  # keys that a row shows at most

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Ground:
    """The articles counted over, by article_id, with each one's story and group as numbers."""

    articles: pd.DataFrame
    by: tuple[str, ...]
    groups: pd.DataFrame
    group: Ints
    story: Ints
    stories: int
    undated: int

    def sums(self, values: NDArray) -> tuple[Ints, Ints, NDArray]:
        """Give group, story and value of every article, ready for ``by_story``."""
        return self.group, self.story, values

    @cached_property
    def day(self) -> NDArray[np.datetime64]:
        """The UTC day of every article."""
        return dates(self.articles["published"]).to_numpy()

    def place(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Give the rows of these articles, by article and start.

        Adds ``article``, its number here, and ``day``, that it was published on.
        """
        article = pd.Index(self.articles["article_id"]).get_indexer(rows["article_id"])
        order = np.lexsort((rows["start"].to_numpy(), article))
        order = order[article[order] >= 0]
        at = article[order]
        return rows.iloc[order].assign(article=at, day=self.day[at])


def times(rows: pd.DataFrame) -> Ints:
    """Give how many rows each stands for: more than one where a table was counted on disk."""
    return rows["times"].to_numpy(np.int64) if "times" in rows else np.ones(len(rows), np.int64)


def dates(published: pd.Series) -> pd.Series:
    """Give the UTC calendar day of each time, without a timezone; unknown stays NaT."""
    return pd.to_datetime(published, utc=True).dt.tz_localize(None).dt.normalize()


def period(published: pd.Series, unit: str) -> pd.Series:
    """Give the first day of the day, week (Monday) or month that each time falls in, UTC.

    >>> times = pd.Series(pd.to_datetime(["2022-01-13T23:30Z", "2022-02-01T00:00Z"]))
    >>> period(times, "week").dt.strftime("%a %d %b").tolist()
    ['Mon 10 Jan', 'Mon 31 Jan']
    """
    day = dates(published)
    if unit == "week":
        return day - pd.to_timedelta(day.dt.weekday, "D")
    return day - pd.to_timedelta(day.dt.day - 1, "D") if unit == "month" else day


def without_copies(articles: pd.DataFrame) -> pd.DataFrame:
    """Give one article of each story: the one marked ``is_first``, else the earliest here.

    A window may hold a story's copy and not its first; the earliest in the window then stands in.
    Needs article_id, story_id, is_first, published.
    """
    need(articles, ["article_id", "story_id", "is_first", "published"], "articles")
    last = ~articles["is_first"].astype(bool)
    order = pd.DataFrame(
        {"last": last, "at": articles["published"], "id": articles["article_id"]}
    ).sort_values(["last", "at", "id"], na_position="last", kind="stable")
    first = articles.loc[order.index].drop_duplicates("story_id").index
    return articles.loc[articles.index.isin(first)]


def two_sides(
    study: pd.DataFrame, reference: pd.DataFrame, *, copies: bool = False
) -> pd.DataFrame:
    """Put two sets of articles together, with a column ``side``: study or reference.

    Without copies each side keeps one article of each story. An article of both is the study's.
    """
    sides = []
    for articles, side in ((study, "study"), (reference, "reference")):
        need(articles, ["article_id", "story_id", "is_first", "published"], "articles")
        if side == "reference":
            articles = articles[~articles["article_id"].isin(study["article_id"])]
        held = articles.reset_index(drop=True)
        sides.append((held if copies else without_copies(held)).assign(side=side))
    return pd.concat([side for side in sides if len(side)] or sides[:1], ignore_index=True)


def grounds(
    articles: pd.DataFrame, by: str | Iterable[str] | None = (), *, copies: bool = False
) -> Ground:
    """Lay the ground of a count: which articles, in which groups, of which stories.

    ``by`` names outlet, day, week, month or any other column of ``articles``. Articles without a
    date are left out (and counted) where a period is asked for; an unknown outlet is a group.
    """
    names = listed(by)
    need(articles, ["article_id", "outlet", "published", "story_id", "is_first"], "articles")
    held = articles.reset_index(drop=True)
    kept = held if copies else without_copies(held)
    kept = kept.sort_values("article_id", kind="stable").drop_duplicates("article_id")
    kept, undated = _with_groups(kept, names)
    kept = kept.reset_index(drop=True)
    group, groups = _number(kept, names)
    story = pd.factorize(kept["story_id"], sort=True)[0]
    return Ground(kept, names, groups, group, story, int(story.max(initial=-1)) + 1, undated)


def _with_groups(articles: pd.DataFrame, names: tuple[str, ...]) -> tuple[pd.DataFrame, int]:
    kept = articles
    for name in names:
        choose(name, dict.fromkeys(["outlet", *PERIODS, *map(str, articles.columns)]), "by")
        if name in PERIODS and name not in articles.columns:
            kept = kept.assign(**{name: period(kept["published"], name)})
        elif kept[name].isna().any():
            kept = kept.assign(**{name: kept[name].astype(object).fillna(UNKNOWN)})
    undated = kept[[name for name in names if name in PERIODS]].isna().any(axis=1)
    return kept[~undated], int(undated.sum())


def _number(articles: pd.DataFrame, names: tuple[str, ...]) -> tuple[Ints, pd.DataFrame]:
    """Number the groups in the order of their names; without names all articles are one group."""
    if not names:
        return np.zeros(len(articles), np.int64), pd.DataFrame(index=range(1))
    keys = articles[list(names)]
    groups = keys.drop_duplicates().sort_values(list(names)).reset_index(drop=True)
    code = groups.assign(_group=range(len(groups))).set_index(list(names))["_group"]
    wanted = pd.MultiIndex.from_frame(keys) if len(names) > 1 else pd.Index(keys[names[0]])
    return code.index.get_indexer(wanted).astype(np.int64), groups


def evidence(
    cell: Ints, rows: pd.DataFrame, ground: Ground, cells: int, *, most: int = EVIDENCE
) -> list[tuple[str, ...]]:
    """Give each cell's keys "ARTICLE_ID:START": one of every story first, then a second, ...

    ``rows`` come from ``ground.place``. At most ``most`` keys a cell, the same for the same rows
    whatever their order.
    """
    article, start = rows["article"].to_numpy(), rows["start"].to_numpy()
    story = ground.story[article]
    order = np.lexsort((start, article, story, cell))
    turn = _turn(cell[order], story[order])
    order, turn = order[turn < most], turn[turn < most]
    order = order[np.lexsort((start[order], article[order], turn, cell[order]))]
    order = order[_turn(cell[order], np.zeros_like(order)) < most]
    ids = ground.articles["article_id"].to_numpy()[article[order]]
    keys = [f"{one}:{at}" for one, at in zip(ids, start[order], strict=True)]
    bounds = np.searchsorted(cell[order], np.arange(cells + 1))
    return [tuple(keys[a:b]) for a, b in itertools.pairwise(bounds)]


def telling(
    cell: Ints, rows: pd.DataFrame, ground: Ground, *, most: int = EVIDENCE
) -> NDArray[np.bool_]:
    """Mark the rows that ``evidence`` may come from, where each stands for several.

    A row's turn is at least the number of rows that its cell has in earlier articles of the story;
    the ``most`` articles of a cell that come first by that bound hold all that can be shown.
    """
    article = rows["article"].to_numpy()
    story = ground.story[article]
    order = np.lexsort((article, story, cell))
    c, s, a, n = cell[order], story[order], article[order], times(rows)[order]
    first = np.flatnonzero(_turn(_pair(c, s), a) == 0)  # of each cell, story and article
    size = np.add.reduceat(n, first) if len(first) else n
    c, s, a = c[first], s[first], a[first]
    above = np.cumsum(size) - size
    start = np.flatnonzero(_turn(c, s) == 0)
    bound = above - np.repeat(above[start], np.diff(np.r_[start, len(first)]))
    ranked = np.lexsort((a, bound, c))
    chosen = np.zeros(len(first), bool)
    chosen[ranked[_turn(c[ranked], np.zeros_like(ranked)) < most]] = True
    told = np.zeros(len(rows), bool)
    told[order] = np.repeat(chosen, np.diff(np.r_[first, len(rows)]))
    return told


def _pair(first: Ints, second: Ints) -> Ints:
    """Number the runs of equal (first, second)."""
    return np.cumsum(_turn(first, second) == 0)


def _turn(first: Ints, second: Ints) -> Ints:
    """Number rows 0, 1, 2 ... within each run of equal (first, second)."""
    if not len(first):
        return np.zeros(0, np.int64)
    new = np.r_[True, (first[1:] != first[:-1]) | (second[1:] != second[:-1])]
    starts = np.flatnonzero(new)
    return np.arange(len(first)) - np.repeat(starts, np.diff(np.r_[starts, len(first)]))


def distinct(cell: Ints, unit: Ints, cells: int) -> Ints:
    """Count the different units (articles, stories) of each cell."""
    if not len(cell):
        return np.zeros(cells, np.int64)
    width = int(unit.max()) + 1
    pairs = np.sort(cell * width + unit)
    first = np.r_[True, pairs[1:] != pairs[:-1]]
    return np.bincount(pairs[first] // width, minlength=cells)

"""Who is in the news: mentions per 1,000 words, share of articles, share of mentions."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from parley import terms
from parley.measure.bootstrap import RESAMPLES
from parley.measure.frame import Ground, grounds, times
from parley.measure.intervals import wilson
from parley.measure.options import choose, listed, need
from parley.measure.pushdown import Rows, asked, keep, placed
from parley.measure.rollup import names, roll_up
from parley.measure.tally import FIGURES, Tally, shares, top_keys, written

_UNITS = {
    "words": "mentions per 1,000 words",
    "articles": "share of articles",
    "mentions": "share of mentions",
}


def mention_share(
    mentions: Rows,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    per: str = "words",
    copies: bool = False,
    forms: str | Iterable[str] | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
    top: int | None = None,
) -> pd.DataFrame:
    """Measure how much of the news each actor takes, with an interval from whole stories.

    Needs mentions (article_id, start, actor_id; form where ``forms`` is given), articles
    (article_id, outlet, published, story_id, is_first, n_words) and actors (actor_id, name, kind,
    state, blocs). Gives [by..., actor_id, name, estimate, low, high, n, articles, stories, enough,
    evidence]; with ``per="articles"`` also wilson_low, wilson_high.

    ``estimate`` is mentions per 1,000 words, the share of articles that mention the actor, or the
    share of resolved mentions (at this level). Articles without a mention count below the line; an
    actor that a group never mentions has a row with 0. ``copies=False`` counts each story once.
    ``low`` and ``high`` bound 95 %: expanded percentiles (Hesterberg 2015) of a bootstrap over
    stories; for a count of 0, Wilson's (1927) bound on the share of stories.

    Mentions without an actor are left out; ``attrs["unresolved_share"]`` is their share.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "The Post", "n_words": 500,
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11"], utc=True),
    ...     "story_id": ["s", "t"], "is_first": True})
    >>> mentions = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 9, 4],
    ...     "actor_id": ["nato", "russia", "nato"]})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> mention_share(mentions, articles, actors)[["name", "estimate", "n"]].values.tolist()
    [['NATO', 2.0, 2], ['Russia', 1.0, 1]]
    """
    tally, attrs = mention_tally(
        mentions, articles, actors, by=by, level=level, per=per, copies=copies, forms=forms, top=top
    )
    frame = written(tally, resamples=resamples, seed=seed)
    return _finished(frame, tally, actors, per, attrs)


def mention_tally(
    mentions: Rows,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    per: str = "words",
    copies: bool = False,
    forms: str | Iterable[str] | None = None,
    top: int | None = None,
) -> tuple[Tally, dict]:
    """Count mentions into cells, and say what was left out."""
    choose(per, _UNITS, "per")
    need(articles, ["n_words"], "articles")
    ground = grounds(articles, by, copies=copies)
    rows, counted = placed(ground, _wanted(mentions, forms), ["actor_id"])
    resolved = rows[rows["actor_id"].notna()]
    unresolved = 1 - _sum(resolved) / _sum(rows) if len(rows) else float("nan")
    # each row remembers which mention it came from, since a bloc's roll-up may double it
    rows = roll_up(resolved.assign(mention=np.arange(len(resolved))), actors, level)
    under = _under(ground, rows, per)
    tally = shares(
        ground,
        top_keys(rows, "actor_id", top),
        ["actor_id"],
        under,
        once=("article",) if per == "articles" else (),
        scale=1000.0 if per == "words" else 1.0,
        bounded=per != "words",
    )
    return replace(tally, counted=counted), _attrs(ground, unresolved, level, per, copies)


def _sum(rows: pd.DataFrame) -> int:
    return int(times(rows).sum())


def _wanted(mentions: Rows, forms: str | Iterable[str] | None) -> Rows:
    asked(mentions, ["article_id", "start", "actor_id"], "mentions")
    wanted = listed(forms)
    for form in wanted:
        choose(form, terms.MENTION_FORMS, "form")
    return keep(asked(mentions, ["form"], "mentions"), "form", wanted) if wanted else mentions


def _under(ground: Ground, rows: pd.DataFrame, per: str) -> tuple:
    if per == "words":
        return ground.sums(ground.articles["n_words"].to_numpy())
    if per == "articles":
        return ground.sums(np.ones(len(ground.articles)))
    once = rows.drop_duplicates("mention")
    article = once["article"].to_numpy()
    return ground.sums(np.bincount(article, times(once), len(ground.articles)))


def _attrs(ground: Ground, unresolved: float, level: str, per: str, copies: bool) -> dict:
    return {
        "unit": _UNITS[per],
        "level": level,
        "copies": copies,
        "unresolved_share": unresolved,
        "undated": ground.undated,
        "n_articles": len(ground.articles),
        "n_stories": ground.stories,
    }


def _finished(
    frame: pd.DataFrame, tally: Tally, actors: pd.DataFrame, per: str, attrs: dict
) -> pd.DataFrame:
    by = list(tally.ground.by)
    extra = []
    if per == "articles":
        ground = tally.ground
        articles = np.bincount(ground.group, minlength=len(ground.groups))[tally.ratio.group]
        frame["wilson_low"], frame["wilson_high"] = wilson(frame["articles"], articles)
        extra = ["wilson_low", "wilson_high"]
    frame["name"] = names(frame["actor_id"], actors)
    frame = frame.sort_values(
        [*by, "estimate", "actor_id"], ascending=[True] * len(by) + [False, True], kind="stable"
    )
    frame = frame[[*by, "actor_id", "name", *FIGURES[:3], *extra, *FIGURES[3:]]]
    frame = frame.reset_index(drop=True)
    frame.attrs.update(attrs)
    if frame.empty:
        frame.attrs["reason"] = "no mention of an actor at this level in these articles"
    return frame

"""Who acts on whom: conflict and cooperation by pair and period, words apart from deeds."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from parley import terms
from parley.measure.bootstrap import RESAMPLES
from parley.measure.frame import Ground, grounds
from parley.measure.options import choose, need
from parley.measure.rollup import names
from parley.measure.stances import rolled_pairs
from parley.measure.tally import FIGURES, Tally, means, shares, top_keys, written

OF = ("quad", "event")
_PAIR = ["source_id", "target_id"]
_QUADS = {quad.replace(" ", "_"): quad for quad in terms.QUADS}


def event_table(
    events: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = "week",
    level: str = "state",
    of: str = "quad",
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Count what each actor does to each other: events per 100 articles, by quad class or code.

    Needs events (article_id, start, source_id, target_id, event, quad), articles and actors as
    ``mention_share`` does. Quad classes (verbal and material, cooperation and conflict; Schrodt's
    CAMEO, PLOVER) keep an announcement apart from an act; ``of="event"`` counts PLOVER root codes.
    ``top`` keeps the most frequent pairs. Gives [by..., source_id, source, target_id, target, quad
    (or event), estimate, low, high, n, articles, stories, enough, evidence]; n is the number of
    events. A period without an event of a pair and class has a row with 0.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "X", "story_id": ["s", "t"],
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11"], utc=True), "is_first": True})
    >>> events = pd.DataFrame({"article_id": ["a"], "start": 0, "source_id": "usa",
    ...     "target_id": "russia", "event": "SANCTION", "quad": "material conflict"})
    >>> actors = pd.DataFrame({"actor_id": ["usa", "russia"], "name": ["United States", "Russia"],
    ...     "kind": "state", "state": ["usa", "russia"], "blocs": None})
    >>> table = event_table(events, articles, actors)
    >>> table[["source", "target", "quad", "estimate", "n"]].values.tolist()
    [['United States', 'Russia', 'material conflict', 50.0, 1]]
    """
    choose(of, OF, "of")
    ground = grounds(articles, by, copies=copies)
    rows = _rows(events, ground, actors, level, top)
    ones = np.ones(len(ground.articles))
    tally = shares(ground, rows, [*_PAIR, of], ground.sums(ones), scale=100.0, bounded=False)
    frame = _titled(written(tally, resamples=resamples, seed=seed), actors)
    frame = frame[[*ground.by, *_NAMED, of, *FIGURES]]
    return _described(frame, tally, "events per 100 articles", level, copies)


def event_balance(
    events: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = "week",
    level: str = "state",
    deeds: str | None = None,
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure conflict and cooperation between two: (cooperation - conflict) / n, -1 to 1.

    Needs what ``event_table`` needs. ``deeds="verbal"`` counts words alone, ``"material"`` acts
    alone. Gives [by..., source_id, source, target_id, target, estimate, low, high, n, articles,
    stories, enough, evidence, verbal_cooperation, material_cooperation, verbal_conflict,
    material_conflict], the last four in events. A pair has no row where it has no event.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "X", "story_id": ["s", "t"],
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11"], utc=True), "is_first": True})
    >>> events = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "source_id": "usa",
    ...     "target_id": "russia", "event": ["SANCTION", "CONSULT"],
    ...     "quad": ["material conflict", "verbal cooperation"]})
    >>> actors = pd.DataFrame({"actor_id": ["usa", "russia"], "name": ["United States", "Russia"],
    ...     "kind": "state", "state": ["usa", "russia"], "blocs": None})
    >>> balance = event_balance(events, articles, actors)
    >>> balance[["estimate", "verbal_cooperation", "material_conflict"]].to_dict("records")
    [{'estimate': 0.0, 'verbal_cooperation': 1, 'material_conflict': 1}]
    """
    ground = grounds(articles, by, copies=copies)
    rows = _rows(events, ground, actors, level, None)
    if deeds is not None:
        choose(deeds, ("verbal", "material"), "deeds")
        rows = rows[rows["quad"].str.startswith(deeds)]
    rows = top_keys(rows, "pair", top)
    sign = np.where(rows["quad"].str.endswith("cooperation"), 1.0, -1.0)
    tally = means(ground, rows, _PAIR, sign, bounds=(-1.0, 1.0))
    frame = _titled(written(tally, resamples=resamples, seed=seed), actors)
    counts = {
        column: np.bincount(tally.cell, tally.rows["quad"] == quad, len(frame)).astype(int)
        for column, quad in _QUADS.items()
    }
    frame = frame.assign(**counts)[[*ground.by, *_NAMED, *FIGURES, *_QUADS]]
    return _described(frame, tally, "(cooperation - conflict) / n", level, copies)


def _rows(
    events: pd.DataFrame, ground: Ground, actors: pd.DataFrame, level: str, top: int | None
) -> pd.DataFrame:
    choose(level, terms.LEVELS, "level")
    columns = ["article_id", "start", *_PAIR, "event", "quad"]
    need(events, columns, "events")
    for label in events["quad"].dropna().unique():
        choose(label, terms.QUADS, "quad")
    rows = ground.place(events[columns])
    rows = rolled_pairs(rows, actors, level, "source_id")
    pair = rows["source_id"].astype(object) + ">" + rows["target_id"].astype(object)
    return top_keys(rows.assign(pair=pair), "pair", top)


_NAMED = ["source_id", "source", "target_id", "target"]


def _titled(frame: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    source, target = names(frame["source_id"], actors), names(frame["target_id"], actors)
    return frame.assign(source=source, target=target)


def _described(
    frame: pd.DataFrame, tally: Tally, unit: str, level: str, copies: bool
) -> pd.DataFrame:
    frame.attrs.update(unit=unit, level=level, copies=copies, undated=tally.ground.undated)
    if frame.empty:
        frame.attrs["reason"] = "no event here has both its actors at this level"
    return frame

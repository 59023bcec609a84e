"""Who stands where: the mean position of each holder toward each target, and its shift."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from parley import terms
from parley.measure.bootstrap import RESAMPLES
from parley.measure.contrasts import CONTRASTS, contrasted
from parley.measure.frame import grounds, times
from parley.measure.options import choose, need
from parley.measure.pushdown import Rows, asked, in_voice, placed
from parley.measure.rollup import names, roll_up
from parley.measure.tally import FIGURES, Tally, means, ranked, written

_PAIR = ["holder_id", "target_id", "target_kind"]
_VALUE = {"favor": 1.0, "against": -1.0, "none": 0.0}


def stance_matrix(
    stances: Rows,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    voice: str | None = None,
    copies: bool = False,
    issues: pd.DataFrame | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure each holder's mean position toward each target: (favor - against) / n, -1 to 1.

    Needs stances (article_id, start, holder_id, target_id, target_kind, stance; voice where that is
    asked for), articles and actors as ``mention_share`` does, and ``issues`` (issue_id, name) for
    the names of issues. Holders are rolled up to ``level``; actors as targets too at the levels
    state and bloc (NATO, which has no state, stays NATO), less a holder's position on itself.
    ``voice="outlet"`` keeps what the outlet says in its own words, ``"quoted"`` the quotations.

    Gives [by..., holder_id, holder, target_id, target, target_kind, estimate, low, high, n,
    articles, stories, enough, evidence, favor, against, none]. Where all stances agree, the
    interval is as wide as Wilson's (1927) for that many stories; ``enough`` is false where there
    are too few stories to say.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "X", "n_words": 500,
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11"], utc=True),
    ...     "story_id": ["s", "t"], "is_first": True})
    >>> stances = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 50, 0],
    ...     "holder_id": "russia", "target_id": "nato-enlargement", "target_kind": "issue",
    ...     "stance": ["against", "none", "against"]})
    >>> actors = pd.DataFrame({"actor_id": ["russia"], "name": ["Russia"], "kind": ["state"],
    ...     "state": ["russia"], "blocs": None})
    >>> matrix = stance_matrix(stances, articles, actors)
    >>> matrix[["holder", "target", "estimate", "n", "enough"]].round(2).values.tolist()
    [['Russia', 'nato-enlargement', -0.67, 3, False]]
    """
    tally = stance_tally(stances, articles, actors, by=by, level=level, voice=voice, copies=copies)
    frame = written(tally, resamples=resamples, seed=seed)
    counts = {
        stance: np.bincount(
            tally.cell, (tally.rows["stance"] == stance) * times(tally.rows), len(frame)
        ).astype(int)
        for stance in terms.STANCES
    }
    frame = _titled(frame.assign(**counts), actors, issues)
    frame = ranked(frame, tally.ground.by, "n")
    frame = frame[[*tally.ground.by, *_NAMED, *FIGURES, *terms.STANCES]]
    return _described(frame, tally, level, copies)


def position_shift(
    stances: Rows,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str = "month",
    study: object = None,
    reference: object = None,
    level: str = "actor",
    voice: str | None = None,
    copies: bool = False,
    issues: pd.DataFrame | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how positions moved between two periods (or differ between outlets).

    Needs what ``stance_matrix`` needs. Gives [study, reference, holder_id, holder, target_id,
    target, target_kind, estimate, low, high, p, q, study_estimate, reference_estimate, n, articles,
    stories, enough, evidence, evidence_reference]; ``estimate`` is study - reference, -2 to 2.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "X", "n_words": 500,
    ...     "published": pd.to_datetime(["2022-01-10", "2022-02-11"], utc=True),
    ...     "story_id": ["s", "t"], "is_first": True})
    >>> stances = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "holder_id": "russia",
    ...     "target_id": "talks", "target_kind": "issue", "stance": ["favor", "against"]})
    >>> actors = pd.DataFrame({"actor_id": ["russia"], "name": ["Russia"], "kind": ["state"],
    ...     "state": ["russia"], "blocs": None})
    >>> shift = position_shift(stances, articles, actors, study="2022-02", reference="2022-01")
    >>> shift[["holder", "target", "estimate", "enough"]].values.tolist()
    [['Russia', 'talks', -2.0, False]]
    """
    tally = stance_tally(stances, articles, actors, by=by, level=level, voice=voice, copies=copies)
    frame = contrasted(tally, study=study, reference=reference, resamples=resamples, seed=seed)
    frame = _titled(frame, actors, issues)[["study", "reference", *_NAMED, *CONTRASTS]]
    return _described(frame, tally, level, copies)


def stance_tally(
    stances: Rows,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    voice: str | None = None,
    copies: bool = False,
) -> Tally:
    """Count positions into cells of group, holder and target."""
    choose(level, terms.LEVELS, "level")
    columns = ["article_id", "start", *_PAIR, "stance"]
    asked(stances, columns, "stances")
    ground = grounds(articles, by, copies=copies)
    rows, counted = placed(ground, in_voice(stances, voice, "stances"), [*_PAIR, "stance"])
    for label in rows["stance"].dropna().unique():
        choose(label, terms.STANCES, "stance")
    rows = rolled_pairs(rows, actors, level, "holder_id")
    value = rows["stance"].map(_VALUE).to_numpy(float)
    return replace(means(ground, rows, _PAIR, value, bounds=(-1.0, 1.0)), counted=counted)


def rolled_pairs(rows: pd.DataFrame, actors: pd.DataFrame, level: str, source: str) -> pd.DataFrame:
    """Roll the source up, and at the levels state and bloc the target.

    A target that has no state or bloc (an issue; NATO at the level state) stays as it is.
    """
    if level == "actor":
        return rows
    rows = roll_up(rows, actors, level, column=source).reset_index(drop=True)
    if level in ("state", "bloc"):
        issue = rows["target_kind"] == "issue" if "target_kind" in rows else False
        actor = roll_up(
            rows[~pd.Series(issue, index=rows.index)], actors, level, column="target_id"
        )
        kept = rows[~rows.index.isin(actor.index)]  # an issue, or an actor beyond this level
        rows = pd.concat([part for part in (kept, actor) if len(part)] or [kept])
        rows = rows[rows[source] != rows["target_id"]]
    return rows.sort_values(["article", "start", source, "target_id"], kind="stable")


_NAMED = ["holder_id", "holder", "target_id", "target", "target_kind"]


def _titled(frame: pd.DataFrame, actors: pd.DataFrame, issues: pd.DataFrame | None) -> pd.DataFrame:
    known = actors[["actor_id", "name"]]
    if issues is not None:
        need(issues, ["issue_id", "name"], "issues")
        more = issues[["issue_id", "name"]].rename(columns={"issue_id": "actor_id"})
        known = pd.concat([known, more])
    holder, target = names(frame["holder_id"], known), names(frame["target_id"], known)
    return frame.assign(holder=holder, target=target)


def _described(frame: pd.DataFrame, tally: Tally, level: str, copies: bool) -> pd.DataFrame:
    frame.attrs.update(
        unit="(favor - against) / n", level=level, copies=copies, undated=tally.ground.undated
    )
    if frame.empty:
        frame.attrs["reason"] = "no holder here takes a position that can be placed or compared"
    return frame

"""This window against the one before: what changed, and what the data cannot show to have."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES
from parley.measure.contrasts import contrasted
from parley.measure.differences import mention_difference, tone_difference, voice_difference
from parley.measure.frame import grounds, two_sides
from parley.measure.keywords import keyness
from parley.measure.options import need
from parley.measure.stances import position_shift
from parley.measure.tally import shares
from parley.measure.words import FUNCTION_WORDS

LEVEL = 0.05  # the false discovery rate at which a change counts as shown
NO_CHANGE = "no change shown"
TOO_FEW = "too few to say"
WHATS = ("mentions", "share of quotations", "sentiment", "position", "new name", "new word")
_NO_SENTENCES = pd.DataFrame()  # sentiment stands with the mentions
_NEW_KINDS = ("person", "organisation")
_COLUMNS = [
    *("what", "id", "name", "study_estimate", "reference_estimate", "estimate", "low", "high", "p"),
    *("q", "n", "articles", "stories", "enough", "verdict", "unit", "evidence"),
    *("evidence_reference", "target_kind"),
]


def what_changed(
    study: object,
    reference: object,
    *,
    level: str = "actor",
    copies: bool = False,
    top: int = 20,
    least: int = 5,
    issues: pd.DataFrame | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare two windows of one corpus: actors, voices, sentiment, positions, new names and words.

    ``study`` and ``reference`` each hold the tables articles, mentions, quotes, stances and actors,
    as attributes (what ``corpus.open_study`` gives) or as a dict; absent or empty ones are passed
    over and named in ``attrs["without"]``. An article of both windows counts for the study. Without
    ``copies`` each window keeps one article of each story.

    Gives [what, id, name, study_estimate, reference_estimate, estimate, low, high, p, q, n,
    articles, stories, enough, verdict, unit, evidence, evidence_reference, target_kind (actor or
    issue, of positions)]. ``estimate`` is study - reference in ``unit``; for new words it is the
    binary log ratio of the rates. ``what``: mentions (of the ``top`` most mentioned actors), share
    of quotations and sentiment (of as many), position (every holder and target, id
    "HOLDER>TARGET"), new name (actors and unresolved names of people
    and organisations with ``least`` mentions now and none before), new word (used at least
    ``least`` times, more than before). ``verdict``: up, down or new where q (Benjamini & Hochberg
    1995, within each ``what``) is under 0.05 and the interval leaves 0 out; "no change shown" where
    not; "too few to say" under five stories on either side. Shown changes come first, by p.
    """
    both = _Windows(study, reference, copies)
    options: dict[str, Any] = {
        "by": "side",
        "study": "study",
        "reference": "reference",
        "copies": True,
    }
    options |= {"resamples": resamples, "seed": seed}
    named: dict[str, Any] = {**options, "level": level, "top": top}
    parts: dict[str, Callable[[], pd.DataFrame]] = {
        "mentions": lambda: mention_difference(both["mentions"], *both.ground, **named),
        "share of quotations": lambda: voice_difference(
            both["quotes"], *both.ground, **options, of=level, top=top
        ),
        "sentiment": lambda: tone_difference(
            both["mentions"], _NO_SENTENCES, *both.ground, measure="sentiment", **named
        ),
        "position": lambda: _positions(
            position_shift(both["stances"], *both.ground, **options, level=level, issues=issues)
        ),
        "new name": lambda: _new_names(both, least, resamples, seed),
        "new word": lambda: _new_words(both, least, top, copies, resamples, seed),
    }
    found = [_part(what, parts[what]()) for what in WHATS if both.has(what)]
    return _joined(found, both)


class _Windows:
    """The tables of two windows put together, an article of both being the study's."""

    _NEEDS: Mapping[str, tuple[str, ...]] = {
        "share of quotations": ("quotes",),
        "sentiment": ("mentions",),
        "position": ("stances",),
        "new word": (),
        "mentions": ("mentions",),
        "new name": ("mentions",),
    }

    def __init__(self, study: object, reference: object, copies: bool) -> None:
        self.sides = (study, reference)
        now, before = (
            _articles(side, name)
            for side, name in zip(self.sides, ("study", "reference"), strict=True)
        )
        self.study_ids = now["article_id"]
        self.articles = two_sides(now, before, copies=copies)
        actors = [one for side in self.sides if (one := _table(side, "actors")) is not None]
        if not actors:
            raise ParleyError("what_changed needs the table of actors in the study")
        self.actors = pd.concat(actors).drop_duplicates("actor_id")

    @property
    def ground(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        return self.articles, self.actors

    def __getitem__(self, table: str) -> pd.DataFrame:
        study, reference = (_table(side, table) for side in self.sides)
        parts = [] if study is None else [study]
        if reference is not None:
            parts.append(reference[~reference["article_id"].isin(self.study_ids)])
        return pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)

    def has(self, what: str) -> bool:
        """Say whether both windows hold articles and either the tables that are needed."""
        if self.articles["side"].nunique() < 2:
            return False
        tables = ((_table(side, name) for side in self.sides) for name in self._NEEDS[what])
        return all(any(one is not None and len(one) for one in some) for some in tables)


def _articles(side: object, name: str) -> pd.DataFrame:
    articles = _table(side, "articles")
    if articles is None:
        raise ParleyError(f"the {name} of what_changed has no table of articles")
    return articles


def _table(side: object, name: str) -> pd.DataFrame | None:
    return side.get(name) if isinstance(side, Mapping) else getattr(side, name, None)


def _positions(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(
        actor_id=frame["holder_id"].astype(object) + ">" + frame["target_id"].astype(object),
        name=frame["holder"].astype(object)
        + " \N{RIGHTWARDS ARROW} "
        + frame["target"].astype(object),
    )


def _new_names(both: _Windows, least: int, resamples: int, seed: int) -> pd.DataFrame:
    """Compare the mentions per 1,000 words of names that only the study has."""
    ground = grounds(both.articles, "side", copies=True)
    rows = ground.place(_named_rows(both))
    rows = rows[rows["key"].map(rows["key"].value_counts()) >= least]
    words = ground.sums(ground.articles["n_words"].to_numpy())
    tally = shares(ground, rows, ["key"], words, scale=1000.0, bounded=False)
    frame = contrasted(tally, study="study", reference="reference", resamples=resamples, seed=seed)
    # q stands for all names that were compared; those shown are chosen for what they did
    frame = frame[frame["reference_estimate"] == 0]
    known = both.actors.set_index("actor_id")["name"]
    frame = frame.rename(columns={"key": "actor_id"})
    frame["name"] = frame["actor_id"].map(known).fillna(frame["actor_id"])
    frame.attrs["unit"] = "mentions per 1,000 words"
    return frame


def _named_rows(both: _Windows) -> pd.DataFrame:
    """Give each mention its actor, or its words where these name somebody not resolved."""
    rows = both["mentions"]
    key = rows["actor_id"].astype(object)
    if {"surface", "kind"} <= set(rows.columns):
        unknown = key.isna() & rows["kind"].isin(_NEW_KINDS)
        key = key.where(~unknown, rows["surface"].astype(object))
    rows = need(rows, ["article_id", "start"], "mentions")[["article_id", "start"]].assign(key=key)
    return rows[rows["key"].notna()]


def _new_words(
    both: _Windows, least: int, top: int, copies: bool, resamples: int, seed: int
) -> pd.DataFrame:
    """Take the words whose use rose most; a word that one story made is no change of the news."""
    study, reference = (
        both.articles[both.articles["side"] == side] for side in ("study", "reference")
    )
    if "text" not in both.articles.columns:
        return pd.DataFrame()
    options: dict[str, Any] = {
        "least": least,
        "stop": FUNCTION_WORDS,
        "resamples": resamples,
        "seed": seed,
    }
    frame = keyness(study, reference, copies=True, **options)
    frame = frame[(frame["estimate"] > 0) & (frame["study"] >= least)].head(top)
    frame = frame.rename(columns={"word": "actor_id"}).assign(
        name=frame["word"],
        study_estimate=frame["study_rate"],
        reference_estimate=frame["reference_rate"],
        enough=frame["enough"] & ~frame["one_article"],
        evidence_reference=pd.Series([()] * len(frame), index=frame.index, dtype=object),
    )
    frame.attrs["unit"] = "log2 of the ratio of rates"
    return frame


def _part(what: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Bring one comparison to the common columns, and say what it shows."""
    if frame.empty:
        return pd.DataFrame(columns=_COLUMNS)
    unit = frame.attrs.get("unit")
    frame = frame.rename(columns={"actor_id": "id"}).assign(what=what, unit=unit)
    return frame.assign(verdict=_verdicts(frame, what)).reindex(columns=_COLUMNS)


def _verdicts(frame: pd.DataFrame, what: str) -> np.ndarray:
    shown = (frame["q"] < LEVEL) & ((frame["low"] > 0) | (frame["high"] < 0))
    rise = np.where(frame["estimate"] > 0, "new" if what == "new name" else "up", "down")
    said = np.where(shown, rise, NO_CHANGE)
    return np.where(frame["enough"].astype(bool), said, TOO_FEW)


def _joined(found: list[pd.DataFrame], both: _Windows) -> pd.DataFrame:
    kept = [part for part in found if len(part)]
    frame = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=_COLUMNS)
    order = {what: place for place, what in enumerate(WHATS)}
    rank = frame["verdict"].map({NO_CHANGE: 1, TOO_FEW: 2}).fillna(0)
    frame = frame.assign(_what=frame["what"].map(order), _rank=rank)
    frame = frame.sort_values(["_what", "_rank", "p", "id"], kind="stable")[_COLUMNS]
    frame = frame.reset_index(drop=True)
    frame.attrs["without"] = [what for what in WHATS if not both.has(what)]
    frame.attrs["articles"] = both.articles["side"].value_counts().to_dict()
    if frame.empty:
        frame.attrs["reason"] = "one window holds no articles, or neither holds what can change"
    return frame

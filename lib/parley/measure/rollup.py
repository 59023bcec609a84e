"""Actors rolled up: to persons, organisations, states or blocs, as of the article's date."""

from functools import lru_cache

import numpy as np
import pandas as pd

from parley import terms
from parley.errors import ParleyError
from parley.measure.options import choose, need

ORGANISATIONS = frozenset(
    {"organisation", "bloc", "party", "armed_group", "outlet", "company", "body"}
)
_ALLIANCES = frozenset({"organisation", "bloc"})


@lru_cache(maxsize=4096)
def memberships(blocs: str) -> tuple[tuple[str, pd.Timestamp | None, pd.Timestamp | None], ...]:
    """Read ``nato@2023-04-04/|eu@/2020-01-31``: bloc, first day, last day (both may be open).

    >>> memberships("csto|eu@/2020-01-31")
    (('csto', None, None), ('eu', None, Timestamp('2020-01-31 00:00:00')))
    """
    found = []
    for part in filter(None, (piece.strip() for piece in blocs.split("|"))):
        bloc, _, dates = part.partition("@")
        first, slash, last = dates.partition("/")
        if dates and not slash:
            raise ParleyError(f"bloc membership {part!r} needs its dates as FROM/TO")
        found.append((bloc, _day(first, part), _day(last, part)))
    return tuple(found)


def _day(text: str, part: str) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(text) if text else None
    except ValueError as problem:
        raise ParleyError(f"bloc membership {part!r} has no ISO date: {text!r}") from problem


def roll_up(
    rows: pd.DataFrame, actors: pd.DataFrame, level: str, *, column: str = "actor_id"
) -> pd.DataFrame:
    """Give the rows with ``column`` at the level asked for; rows that reach none are left out.

    Needs ``column`` and, for blocs, ``day`` (the article's day; NaT counts as today's membership).
    ``actor`` changes nothing. ``person`` keeps persons. ``organisation`` keeps organisations,
    parties, ministries and the like. ``state`` takes each actor to its state. ``bloc`` takes each
    to the alliances it or its state belongs to on that day: one row may become several, and a bloc
    named itself counts for itself.
    """
    choose(level, terms.LEVELS, "level")
    need(actors, ["actor_id", "name", "kind", "state", "blocs"], "actors")
    known = actors.drop_duplicates("actor_id").set_index("actor_id")
    if level == "actor":
        return rows
    if level == "bloc":
        return _to_blocs(rows, known, column)
    if level == "state":
        states = known["state"].replace("", pd.NA)
        rolled = rows.assign(**{column: rows[column].map(states)})
        return rolled[rolled[column].notna()]
    kinds = {"person"} if level == "person" else ORGANISATIONS
    return rows[rows[column].isin(known.index[known["kind"].isin(kinds)])]


def _to_blocs(rows: pd.DataFrame, known: pd.DataFrame, column: str) -> pd.DataFrame:
    """Join on (actor, bloc) and keep what holds on the day; a day is asked of each pair once."""
    members = _members(known, set(rows[column].dropna().unique()))
    numbered = pd.DataFrame({"row": np.arange(len(rows)), "actor": rows[column].to_numpy()})
    joined = numbered.merge(members, on="actor")
    day = rows["day"].to_numpy()[joined["row"]] if "day" in rows else np.datetime64("NaT")
    day = pd.Series(day, index=joined.index, dtype="datetime64[ns]").fillna(pd.Timestamp.now())
    holds = ~(joined["first"] > day) & ~(joined["last"] < day)
    joined = joined[holds].drop_duplicates(["row", "bloc"]).sort_values(["row", "bloc"])
    rolled = rows.iloc[joined["row"].to_numpy()]
    return rolled.assign(**{column: joined["bloc"].to_numpy()})


def _members(known: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    blocs = known["blocs"].fillna("").to_dict()
    state, kind = known["state"].fillna("").to_dict(), known["kind"].to_dict()
    found = []
    for actor in sorted(wanted & set(known.index)):
        own = blocs[actor] or blocs.get(state[actor], "")
        found += [(actor, *membership) for membership in memberships(own)]
        if kind[actor] in _ALLIANCES:
            found.append((actor, actor, None, None))
    frame = pd.DataFrame(found, columns=["actor", "bloc", "first", "last"])
    return frame.astype({"first": "datetime64[ns]", "last": "datetime64[ns]"})


def names(ids: pd.Series, actors: pd.DataFrame) -> pd.Series:
    """Give each id's name in the registry, or the id where the registry does not know it."""
    known = actors.drop_duplicates("actor_id").set_index("actor_id")["name"]
    return ids.map(known).astype("string").fillna(ids.astype("string"))

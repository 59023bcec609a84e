"""Actors rolled up: to persons, organisations, states or blocs, as of the article's date."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley import terms
from parley.errors import ParleyError
from parley.measure.options import choose, need

ORGANISATIONS = frozenset(
    {"organisation", "bloc", "party", "armed_group", "outlet", "company", "body"}
)
ALLIANCES = frozenset({"organisation", "bloc"})
Day = np.datetime64
Term = tuple[str, Day | None, Day | None]  # of what, from, to (exclusive; None is open)


@lru_cache(maxsize=8192)
def memberships(blocs: str) -> tuple[Term, ...]:
    """Read ``nato@2023-04-04/|eu@/2020-02-01``: of what, first day, and first day no longer.

    >>> memberships("csto|eu@/2020-02-01")
    (('csto', None, None), ('eu', None, np.datetime64('2020-02-01')))
    """
    found = []
    for part in filter(None, (piece.strip() for piece in blocs.split("|"))):
        bloc, _, dates = part.partition("@")
        first, slash, last = dates.partition("/")
        if dates and not slash:
            raise ParleyError(f"bloc membership {part!r} needs its dates as FROM/TO")
        found.append((bloc, _day(first, part), _day(last, part)))
    return tuple(found)


def _day(text: str, part: str) -> Day | None:
    try:
        return np.datetime64(text, "D") if text else None
    except ValueError as problem:
        raise ParleyError(f"bloc membership {part!r} has no ISO date: {text!r}") from problem


@dataclass(frozen=True)
class Ladder:
    """The registry as steps: which states, organisations and blocs an actor stands for on a day."""

    actors: pd.DataFrame

    @cached_property
    def rows(self) -> dict[str, tuple[str, str, str, str]]:
        """Give kind, state, blocs and sector of every actor."""
        columns = ("kind", "state", "blocs", "sector")
        return dict(zip(self._ids, zip(*map(self._texts, columns), strict=True), strict=True))

    @cached_property
    def offices(self) -> dict[str, tuple[Term, ...]]:
        """Give of what each actor has held office, and when."""
        pairs = zip(self._ids, self._texts("offices"), strict=True)
        return {actor: memberships(offices) for actor, offices in pairs if offices}

    @cached_property
    def _held(self) -> pd.DataFrame:
        return self.actors.drop_duplicates("actor_id")

    @property
    def _ids(self) -> pd.Series:
        return self._held["actor_id"]

    def _texts(self, column: str) -> pd.Series:
        if column not in self._held:
            return pd.Series("", self._held.index)
        return self._held[column].astype(object).where(self._held[column].notna(), "")

    def reach(self, actor: str, day: Day, level: str) -> tuple[str, ...]:
        """Say what an actor counts for at a level on a day."""
        if actor not in self.rows:
            return ()
        return tuple(dict.fromkeys(getattr(self, f"_{level}")(actor, day)))

    def turns(self, actor: str) -> NDArray[np.datetime64]:
        """Give the days on which what the actor counts for may change."""
        terms_held = [*self.offices.get(actor, ()), *self._terms(actor)]
        for of, _, _ in self.offices.get(actor, ()):
            terms_held += self._terms(of)
        firsts = [first for _, first, _ in terms_held if first is not None]
        lasts = [last for _, _, last in terms_held if last is not None]
        return np.unique(np.array([*firsts, *lasts], "datetime64[D]"))

    def _terms(self, actor: str) -> list[Term]:
        """Give the memberships of an actor and of its state."""
        if actor not in self.rows:
            return []
        _, state, blocs, _ = self.rows[actor]
        above = self.rows[state][2] if state in self.rows and state != actor else ""
        return [*memberships(blocs), *memberships(above)]

    def _seats(self, actor: str, day: Day) -> list[str]:
        return _valid(self.offices.get(actor, ()), day)

    def _person(self, actor: str, day: Day) -> list[str]:
        return [actor] if self.rows[actor][0] == "person" else []

    def _organisation(self, actor: str, day: Day) -> list[str]:
        kind, _, blocs, _ = self.rows[actor]
        if kind != "person":
            return [actor] if kind in ORGANISATIONS else []
        stands_for = [*self._seats(actor, day), *_valid(memberships(blocs), day)]
        known = [one for one in stands_for if one in self.rows]
        return [one for one in known if self.rows[one][0] in ORGANISATIONS]

    def _state(self, actor: str, day: Day) -> list[str]:
        """Take a person to the state it holds office of; to its own where it holds none.

        Who holds office of an international body alone, or is only known for one, has no state.
        """
        kind, state, _, sector = self.rows[actor]
        seats = self._seats(actor, day) if kind == "person" else []
        if seats:
            return [self.rows[one][1] for one in seats if one in self.rows and self.rows[one][1]]
        international = kind == "person" and sector == "international"
        return [state] if state and not international else []

    def _bloc(self, actor: str, day: Day) -> list[str]:
        kind, _, blocs, _ = self.rows[actor]
        found = [actor] if kind in ALLIANCES else []
        own = _valid(memberships(blocs), day)
        for seat in self._seats(actor, day) if kind == "person" else []:
            if seat in self.rows and self.rows[seat][0] in ALLIANCES:
                found.append(seat)
            elif seat in self.rows and not self.rows[seat][1]:
                own += _valid(memberships(self.rows[seat][2]), day)
        if own:
            return [*found, *own]
        states = [one for one in self._state(actor, day) if one in self.rows]
        return [*found, *(b for one in states for b in _valid(memberships(self.rows[one][2]), day))]


def _valid(held: tuple[Term, ...], day: Day) -> list[str]:
    return [
        of
        for of, first, last in held
        if (first is None or first <= day) and (last is None or day < last)
    ]


def roll_up(
    rows: pd.DataFrame, actors: pd.DataFrame, level: str, *, column: str = "actor_id"
) -> pd.DataFrame:
    """Give the rows with ``column`` at the level asked for; rows that reach none are left out.

    Needs ``column`` and ``day`` (the article's day; NaT counts as today). ``actor`` changes
    nothing. ``person`` keeps persons. ``organisation`` keeps organisations, parties, ministries and
    the like, and takes a person to those it holds office of. ``state`` takes each actor to its
    state, a person to the state it holds office of: NATO's secretary general counts for none.
    ``bloc`` takes each to the alliances that it, or its state, belongs to on that day. One row may
    become several. ``actors`` may also have offices (``nato@2024-10-01/|netherlands@/2024-07-02``):
    of what an actor held office, and when; without them a person counts for its own state.
    """
    choose(level, terms.LEVELS, "level")
    need(actors, ["actor_id", "name", "kind", "state", "blocs"], "actors")
    if level == "actor":
        return rows
    ladder = Ladder(actors)
    step, reached = _steps(rows, ladder, level, column)
    counts = np.array([len(one) for one in reached], np.int64)[step]
    place = np.repeat(np.arange(len(rows)), counts)
    turn = np.arange(len(place)) - np.repeat(np.cumsum(counts) - counts, counts)
    flat = np.array([to for one in reached for to in one], dtype=object)
    start = np.cumsum([0, *(len(one) for one in reached)])[:-1]
    found = flat[start[step[place]] + turn] if len(place) else flat[:0]
    return rows.iloc[place].assign(**{column: found})


def _steps(
    rows: pd.DataFrame, ladder: Ladder, level: str, column: str
) -> tuple[NDArray[np.int64], list[tuple[str, ...]]]:
    """Give for each row the number of what it reaches: one for each actor and stretch of days."""
    actor, ids = pd.factorize(rows[column].astype(object), sort=True)
    day = rows["day"].to_numpy("datetime64[D]") if "day" in rows else np.array(["NaT"], "M8[D]")
    today = np.datetime64(pd.Timestamp.now(), "D")
    day = np.broadcast_to(np.where(np.isnat(day), today, day), len(rows))
    order = np.argsort(actor, kind="stable")
    bounds = np.searchsorted(actor[order], np.arange(len(ids) + 1))
    step = np.zeros(len(rows), np.int64)
    reached: list[tuple[str, ...]] = []
    for place, one in enumerate(ids):
        mine = order[bounds[place] : bounds[place + 1]]
        turns = ladder.turns(one)
        stretch = np.searchsorted(turns, day[mine], side="right")
        for number in np.unique(stretch):
            step[mine[stretch == number]] = len(reached)
            then = turns[number - 1] if number else day[mine[stretch == 0]][0]
            reached.append(ladder.reach(one, then, level))
    if len(rows) and bounds[0]:  # rows without an actor reach nothing
        step[order[: bounds[0]]] = len(reached)
        reached.append(())
    return step, reached


def names(ids: pd.Series, actors: pd.DataFrame) -> pd.Series:
    """Give each id's name in the registry, or the id where the registry does not know it."""
    known = actors.drop_duplicates("actor_id").set_index("actor_id")["name"]
    return ids.map(known).astype("string").fillna(ids.astype("string"))

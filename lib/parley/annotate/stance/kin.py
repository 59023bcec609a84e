"""Who belongs to whom: officials and parts of a state, and who is under arms."""

from dataclasses import dataclass, replace

import pandas as pd

from parley.annotate.stance.frames import Claim
from parley.annotate.stance.pages import Place
from parley.annotate.stance.polarity import Position

_GOVERNING = ("executive", "military", "intelligence")
_CIVIL = ("person", "party", "outlet", "company", "organisation")
_PLACES = ("state", "territory")
_NEAR = 26  # characters between a title's state and its holder: "Russian President Vladimir Putin"


@dataclass(frozen=True)
class Kin:
    """Who belongs to which state, and who governs it or is a part of who does."""

    states: dict[str, str]
    government: frozenset[str]
    civilians: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    @classmethod
    def of(cls, actors: pd.DataFrame) -> "Kin":
        """Read the registry's actors: actor_id, kind, state, sector."""
        government = actors["kind"].isin(("person", "body")) & actors["sector"].isin(_GOVERNING)
        states = dict(zip(actors["actor_id"], actors["state"].fillna(""), strict=True))
        civil = actors["kind"].isin(_CIVIL)
        return cls(
            states,
            frozenset(actors.loc[government, "actor_id"]),
            frozenset(actors.loc[civil, "actor_id"]),
            frozenset(actors.loc[actors["kind"].isin(_PLACES), "actor_id"]),
        )

    def struck(self, claim: Claim) -> Claim:
        """Drop a blow to the place where it fell, unless it fell from another state."""
        if claim.position.last != "there":
            return claim
        home, there = self.states.get(claim.holder), claim.target.name
        foreign = home and there in self.places and home not in (there, self.states.get(there))
        return claim if foreign else replace(claim, position=Position(0, 0.8, ("in",)))

    def title(self, one: Place, other: Place) -> bool:
        """Say whether one names the office of the other: "Russian President Vladimir Putin"."""
        apart = max(one.start - other.end, other.start - one.end)
        kin = self.states.get(one.name) == other.name or self.states.get(other.name) == one.name
        return kin and apart <= _NEAR

    def own_side(self, holder: str, target: str) -> bool:
        """Say whether one is a state and the other one of its government. Two of a government, and
        a government and a court or a rebel of its state, may well be against one another."""
        return any(
            one in self.government and self.states.get(one) == other and other in self.places
            for one, other in ((holder, target), (target, holder))
        )

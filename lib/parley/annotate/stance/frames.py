"""What the grammar of positions finds, claims, and the frames of governing words they come of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from parley.annotate.stance.polarity import Position
from parley.annotate.stance.tokens import Target, Token


@dataclass(frozen=True, slots=True)
class Claim:
    """A holder's position toward a target, with the span of the words that say so."""

    holder: str
    target: Target
    position: Position
    cue: tuple[int, int]


def claims_of(sides: Iterable[tuple[Target, ...]], position: Position, cue: Token) -> list[Claim]:
    """One position of each holder on each target, by one word."""
    span = cue.start, cue.end
    return [Claim(a.name, b, position, span) for a, b in sides if a.name != b.name]


@dataclass(slots=True)
class Frame:
    """What a governing word opened; ``denied`` and ``asserted`` say whether it is claimed."""

    holders: tuple[str, ...]
    cue: tuple[int, int]
    position: Position = field(default_factory=Position)
    before: Position = field(default_factory=Position)  # its last infinitive
    stance: Position | None = None  # toward what its noun names: a proposal, criticism
    cls: str = ""
    asserted: bool = True
    denied: bool = False
    harm: str = ""
    passive: bool = False
    judging: bool = False
    noun: bool = False  # its last word
    carries: bool = False
    spent: bool = False
    reduced: bool = False  # "sanctions demanded by": a fact even in what is supposed
    aimed: int = 0
    targets: list[Target] = field(default_factory=list)
    addressed: list[str] = field(default_factory=list)
    within: tuple[str, ...] = ()  # who reports it
    deeds: list[tuple[Target, Position]] = field(default_factory=list)  # issues that are its verb

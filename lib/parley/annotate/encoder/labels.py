"""What the encoder's heads can say, in the order of their outputs. Training and use share it."""

from dataclasses import dataclass

FORMAT = 2  # of the model folder; raised when a reader of the old one would misread the new

MENTIONS = ("person", "organisation", "location", "norp", "facility", "other")
ATTRIBUTIONS = ("source", "cue", "content")
SENTIMENTS = ("negative", "neutral", "positive")
STANCES = ("neutral", "p likes q", "q likes p", "p against q", "q against p")
MIRROR = (0, 2, 1, 4, 3)  # of the stances, once p and q have changed places
EVENTS = (
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "NONE",
)
# What is asked of marked words. `picked` is sentiment as in sentences that were picked because they
# feel something, `sentiment` as in running news, where most feel nothing.
MARKED = ("sentiment", "picked", "stance", "event")
VALENCE_SCALE = 0.35  # the head counts in about one standard deviation of EmoBank's 1..5


def tags(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The BIO tags of a set of kinds: O first, then B and I of each.

    >>> tags(("cue",))
    ('O', 'B-cue', 'I-cue')
    """
    return ("O", *(f"{mark}-{kind}" for kind in kinds for mark in "BI"))


@dataclass(frozen=True)
class Heads:
    """How wide each head is."""

    mentions: int = len(tags(MENTIONS))
    attributions: int = len(tags(ATTRIBUTIONS))
    sentiment: int = len(SENTIMENTS)
    picked: int = len(SENTIMENTS)
    stance: int = len(STANCES)
    event: int = len(EVENTS)

"""What an outlet says in its own voice: a judgement that nobody is quoted with.

"The blockade is a disgrace", outside every quotation. An outlet's voice is mostly report, and a
judgement in it often somebody else's that a pronoun or the sentence before ascribes; so one counts
only where the grammar finds its words and a second witness agrees: the encoder's sentiment toward
an actor, or how the sentence sounds for an issue. The holder of such a row is ``outlet``.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

import pandas as pd

from parley import terms
from parley.annotate.stance.pages import Place, Sentence

LEAST = 0.8  # sentiment toward the actor
SOUNDS = 0.2  # valence of the sentence, -1..1


class Judged(Protocol):
    """A pair, as far as this needs one."""

    holder: str
    target: Place
    sentence: Sentence
    rule: tuple[float, float, float] | None


P = TypeVar("P", bound=Judged)


def heard(pairs: Iterable[P], sentences: pd.DataFrame, mentions: pd.DataFrame) -> list[P]:
    """Give the pairs without those of the outlet that no second witness agrees with.

    Uses valence in ``sentences`` and negative, positive in ``mentions``.
    """
    pairs = list(pairs)
    if not any(pair.holder == terms.OUTLET_VOICE for pair in pairs):
        return pairs
    places = ("article_id", "start")
    treated = mentions.set_index([*places])[["positive", "negative"]].to_dict("index")
    sounds = sentences.set_index(["article_id", "sentence"])["valence"].to_dict()
    return [p for p in pairs if p.holder != terms.OUTLET_VOICE or _agrees(p, treated, sounds)]


def _agrees(pair: Judged, treated: dict, sounds: dict) -> bool:
    assert pair.rule is not None
    favor, against, none = pair.rule
    if none >= max(favor, against):
        return False
    here = pair.sentence.article_id
    if pair.target.kind == "actor":
        mention = treated.get((here, pair.target.start), {})
        return bool(mention.get("positive" if favor > against else "negative", 0) >= LEAST)
    valence = sounds.get((here, pair.sentence.number))
    signed = 0.0 if valence is None else valence if favor > against else -valence
    return bool(signed >= SOUNDS)

"""Who acts on whom: the PLOVER root code of what a source does to a target in one sentence.

The codes and their quad classes are PLOVER's, as annotated by Hu et al. 2024 (`terms.EVENTS`).
Saying is kept apart from doing by the quad: to accuse or appeal is verbal, to arrest or attack is
material. The grammar's verbs name a code where one governs the target ("condemned": ACCUSE) and
rule one out where the sentence does not assert it ("if X attacks Y", "denied"); the encoder judges
each ordered pair of actors, and the two are multiplied.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from parley import tables, terms
from parley.annotate.encoder.labels import EVENTS
from parley.annotate.stance import Pair, apart
from parley.annotate.stance.frames import Claim
from parley.annotate.stance.lexicon import roots
from parley.annotate.stance.reactions import REACTS

NONE = "NONE"
# Chosen as in `stance`: what an event's probability must reach, ...
LEAST = 0.4
_NAMED = 15.0  # ... how much more probable a code is that the grammar names
_PLACED = 8.0  # ... how much more probable none is of one who is only the place of it
_CERTAIN = 0.1  # the least that a code has of who reacts to a deed: the encoder reads none there
_UNASKED = 0.75  # the probability of such a code where no encoder is there
_UNSAID = ("if", "unsaid", "said", "aside")
_ENDS = ("lift", "ease", "end", "drop", "remove", "suspend", "cancel", "scrap", "cut", "terminate")
_INTENT = ("will", "vow", "threaten", "promise", "pledge", "plan", "prepared to", "ready to")
_WISHES = frozenset(
    ("need", "want", "want to", "seek", "seek to", "wish to", "hope to", "aspire to", "consider",
     "propose", "recommend", "suggest", "aim to", "press for", "push for", "call for")
)  # fmt: skip
# What a deed is while it is only announced.
_ANNOUNCED = {
    "AID": "SUPPORT",
    "CONSULT": NONE,
    "COOPERATE": "AGREE",
    "YIELD": "AGREE",
    "ASSAULT": "THREATEN",
    "COERCE": "THREATEN",
    "SANCTION": "THREATEN",
    "MOBILIZE": "THREATEN",
}
_IN_WORDS = frozenset(("attack", "attacks", "assault", "offensive", "fight", "take a shot at"))
_SIGNS = {"SUPPORT": 1, "AID": 1, "ACCUSE": -1, "REJECT": -1, "ASSAULT": -1, "COERCE": -1}


class Told(NamedTuple):
    """An event of a pair, NONE included, with its probability and how it was decided."""

    pair: Pair
    event: str
    probability: float
    how: str

    @property
    def ruled(self) -> bool:
        """Whether the grammar's words decided."""
        return self.how.startswith("rule")


def events_of(found: Iterable[Pair]) -> pd.DataFrame:
    """Give the `events` table of judged pairs: one event of a source on a target in a sentence."""
    actors = [pair for pair in found if pair.target.kind == "actor" and pair.source is not None]
    decided = [Told(pair, *decide(pair)) for pair in actors]
    told = [one for one in decided if one.event != NONE]
    between: dict[tuple, list[Told]] = {}
    for one in told:
        between.setdefault((*_both_ways(one.pair), one.event), []).append(one)
    # A rule that rules an event out ("denied arming") speaks for both directions, as one that
    # names it does.
    ruled = sorted((one for one in decided if one.ruled), key=lambda one: one.event != NONE)
    named = {_both_ways(one.pair): one.pair.holder for one in ruled}
    # Where the grammar says who does it to whom, the model's other doers of it in that sentence go.
    codes = {(*_place(one.pair), one.event) for one in told if one.ruled}
    rows = [
        _row(*one)
        for one in told
        if _stands(one, between[(*_both_ways(one.pair), one.event)])
        and (
            one.ruled
            or (
                named.get(_both_ways(one.pair), one.pair.holder) == one.pair.holder
                and (*_place(one.pair), one.event) not in codes
            )
        )
    ]
    frame = pd.DataFrame(rows) if rows else tables.empty(tables.EVENTS)
    frame = tables.conform(frame, tables.EVENTS)
    return frame.drop_duplicates([*tables.EVENTS.key], ignore_index=True)


def _stands(one: Told, between: list[Told]) -> bool:
    """Whether an event stands beside the same in the other direction: the surer does, and both do
    that the same words name ("clashed", "blamed each other")."""
    mutual = len(between) == 2 and one.ruled and between[0].how == between[1].how
    return mutual or one.probability >= max(other.probability for other in between)


def _place(pair: Pair) -> tuple[str, int]:
    return pair.sentence.article_id, pair.sentence.number


def _both_ways(pair: Pair) -> tuple:
    """What the two directions share. Who is attacked is seldom said to attack as well: of one event
    in both directions the surer stands, and where the grammar names one the model's other goes."""
    return (*_place(pair), *sorted((pair.holder, pair.target.name)))


def decide(pair: Pair) -> tuple[str, float, str]:
    """Give the event of a pair, NONE included, its probability and how it was decided."""
    named, words = _named(pair)
    if pair.event is None:
        return (named or NONE), _UNASKED, (f"rule:{words}" if named else "undecided")
    if named == NONE:
        return NONE, _UNASKED, f"rule:{words}"
    shares = pair.event.copy()
    if named:
        least = _CERTAIN if _reacted(pair) else 0.05
        shares[EVENTS.index(named)] = max(shares[EVENTS.index(named)], least) * _NAMED
    elif _placed(pair):
        shares[EVENTS.index(NONE)] *= _PLACED
    shares = shares / shares.sum()
    best = int(np.argmax(shares))
    how = f"rule:{words}" if EVENTS[best] == named else "model"
    # No certainty of the encoder is enough against the order of the words.
    allowed = EVENTS[best] == named or pair.deeds & {EVENTS[best], apart.ANY}
    if EVENTS[best] == NONE or shares[best] < LEAST or not allowed or (pair.own_side and not named):
        return NONE, float(shares[EVENTS.index(NONE)]), how
    return EVENTS[best], float(shares[best]), how


def _placed(pair: Pair) -> bool:
    """Whether the target is only where something is done, or whose officer is meant."""
    return bool(pair.claims) and all(claim.position.words == ("in",) for claim in pair.claims)


def _reacted(pair: Pair) -> bool:
    """Whether the grammar has read how the holder took the target's deed."""
    return any(claim.position.sure >= REACTS and claim.position.sign for claim in pair.claims)


def _named(pair: Pair) -> tuple[str, str]:
    """The code that the grammar names (NONE where it rules one out, "" where it is silent)."""
    if pair.words == "aside":
        return NONE, "aside"
    codes = [(code_of(claim), claim) for claim in pair.claims]
    codes = [(code, claim) for code, claim in codes if code]
    if not codes:
        return "", ""
    code, claim = max(codes, key=lambda item: (item[0] != NONE, item[1].position.sure))
    if code in ("ASSAULT", "THREATEN") and pair.civil and claim.position.last in _IN_WORDS:
        code = "ACCUSE"  # politicians attack one another in words
    return code, "+".join(claim.position.words)


def code_of(claim: Claim) -> str:
    """The PLOVER root of one claim of the grammar, "" where its words name none.

    >>> from parley.annotate.stance.polarity import Position
    >>> from parley.annotate.stance.grammar import Target
    >>> russia = Target("russia", "actor", (0, 6))
    >>> def code(sign, *words):
    ...     return code_of(Claim("nato", russia, Position(sign, 0.9, words), (0, 1)))
    >>> code(-1, "condemn"), code(0, "if", "attack"), code(1, "lift", "sanctions")
    ('ACCUSE', 'NONE', 'YIELD')
    """
    words = [word for word in claim.position.words if word not in ("must", "say")]
    words = [*words[:1], *(word for word in words[1:] if word != "against")]
    if words == ["in"]:
        return ""  # a place, or whose office it is: the words say nothing of a deed
    if not words or words[0] in _UNSAID or {"asked", "may"} & {*words}:
        return NONE
    known = roots()
    codes = [known.get(word, "") for word in words]
    first = next((code for code in codes if code), "")
    penalty = codes[-1] in ("COERCE", "SANCTION")
    if "deny" in words or (penalty and "not" in words):
        return NONE
    if "not" in words:
        return "REJECT" if first in ("SUPPORT", "AID") else NONE
    ended = words[0] in _ENDS and penalty and claim.position.sign == 1
    if first == "YIELD" or ended:
        return "YIELD"
    if penalty and claim.position.sign == 1:
        return NONE  # who opposes a penalty does nothing to whom it would strike
    if words[0] in _WISHES and len(words) > 1:
        return NONE  # what is wanted, considered or proposed is not done
    if first in ("ACCUSE", "THREATEN") and claim.position.sign != -1:
        return NONE  # what is in the words is no deed
    if first == "REJECT" and (claim.position.sign == 1 or codes[-1] == "ACCUSE"):
        return NONE  # "refused to condemn", "refused to back a resolution condemning"
    if words[0] in _INTENT and len(words) > 1:
        deed = next((code for code in codes[1:] if code), "")
        return _ANNOUNCED.get(deed, first)
    if first == "REQUEST" and len(words) > 1:
        return ""  # what is asked for is done by another, if at all
    if _SIGNS.get(first, claim.position.sign) != claim.position.sign:
        return ""  # to criticise the raid on somebody is not to accuse him
    return first


def _row(pair: Pair, event: str, probability: float, how: str) -> dict:
    return {
        "article_id": pair.sentence.article_id,
        "sentence": pair.sentence.number,
        "start": pair.target.start,
        "end": pair.target.end,
        "source_id": pair.holder,
        "target_id": pair.target.name,
        "event": event,
        "quad": terms.EVENTS[event],
        "probability": probability,
        "how": how,
    }

"""What a governing word says of an issue that comes into its reach.

Words name an issue in many places where nobody takes a position on it: to "send a team of experts
on terrorism", to "help with the targeting of airstrikes", to "staff the election office". A deed is
a position on the issue that it is done to, and on no word beside that.
"""

from dataclasses import replace
from typing import Protocol

from parley.annotate.stance import words as small
from parley.annotate.stance.lexicon import roots
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.subjects import owner
from parley.annotate.stance.tokens import Target, Token, Topic


class Governing(Protocol):
    """What governs a target, as far as this needs it."""

    position: Position
    cls: str
    cue: tuple[int, int]


DEEDS = frozenset(("act", "end", "help", "harm", "tolerate", "promise", "light", "report"))
DONE = frozenset(("act", "end", "help"))
_ANNOUNCES = frozenset(("announce", "unveil"))
_WANTS = frozenset(("demand", "want", "support"))
_ABOUT = frozenset(("on", "about", "over"))  # "a push on migration" may be for it or against
_SAYS = frozenset(("say", "tell", "add", "state", "predict"))
_DIRECT = frozenset(("", "of", "by", "against"))
_ALSO_OPPOSE = frozenset(("attack", "retaliate against"))  # blows that may be struck at an issue
_REACH = 6  # tokens between a deed and what it is done to: "imposes a new round of sanctions"


def strikes(cls: str, position: Position, prep: str, target: Target) -> bool:
    """Say whether somebody strikes by a military action: "killed ten in an airstrike"."""
    blow = cls == "harm" and roots().get(position.last) == "ASSAULT"
    return blow and prep in ("in", "with", "during") and target.name == "military-action"


def names_another(tokens: list[Token], end: int) -> bool:
    """Say whether the words that end at ``end`` only describe the noun after them, which is no
    policy: "election officials", "the Refugee Admissions Program", "terrorism experts"."""
    at = next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))
    if at >= len(tokens) or tokens[at].actor or not tokens[at].word.isalpha():
        return False
    word = tokens[at].word
    if word in small.FUNCTION | small.CLOSERS | small.SEQUELS | small.CONDITIONS | small.POLICIES:
        return False
    verb = any(sense.pos == "verb" for sense in tokens[at].senses)
    return not (verb or is_adverb(word) or word.endswith(("ed", "ing")))


def doer(tokens: list[Token], at: int, topic: Topic) -> str | None:
    """Give whose deed an issue at ``at`` is, where its words say that it is done: "Israeli
    airstrikes", "an airstrike by Israel", but not "possible airstrikes"."""
    if topic[2:] not in small.OWN_DEEDS or names_another(tokens, topic.end):
        return None
    mine = owner(tokens, at)
    end = next((i for i, t in enumerate(tokens) if t.start >= topic.end), len(tokens))
    by = [t for t in tokens[end : end + 3] if t.word != "the"]
    if mine is None and len(by) > 1 and by[0].word == "by" and by[1].actor:
        return by[1].actor.actor_id
    first = at if mine is None else mine
    before = {t.word for t in tokens[max(0, first - 2) : at]}
    actor = tokens[mine].actor if mine is not None else None
    return actor.actor_id if actor and not before & small.UNDONE else None


def toward_issue(
    tokens: list[Token], frame: Governing, target: Target, prep: str
) -> Position | None:
    """Give what a frame says of an issue that it reaches over ``prep``; None for nothing."""
    position, cls = frame.position, frame.cls
    if cls == "threaten" and prep == "with":
        return Position(1, 0.7, position.words)
    blow = cls == "harm" and roots().get(position.last) in small.BLOWS
    if blow and prep == "" and target.name in small.PERSONS:
        return position  # "arrested forty migrants"
    if (blow and position.last not in _ALSO_OPPOSE) or names_another(tokens, target.span[1]):
        return None  # "killed thirty in the operation"
    if position.last == "warn" and _threatened(tokens, target):
        return Position(0, 0.7, position.words)  # who warns of sanctions may want them
    if position.words[-2:-1] == ("not",) and cls in DONE and "will" not in position.words:
        return Position(0, 0.7, position.words)  # what one did not do, one may still want
    if _undecided(tokens, position, target) or (cls in _WANTS and prep in _ABOUT):
        return None
    between = [t.word for t in tokens if frame.cue[1] <= t.start < target.span[0]]
    direct = prep in _DIRECT or (between[:1] == [prep] and cls != "harm")  # "a ban on"
    if cls in DEEDS and (not direct or len(between) > _REACH):
        return None
    if position.sign is None and position.last in _ANNOUNCES:
        return _announced(tokens, position, between, target)
    return position.turned("against") if prep == "against" else position


def _undecided(tokens: list[Token], position: Position, target: Target) -> bool:
    """Whether the words leave open what is to become of an issue, or only mention a deed:
    "may support", "said that extending it", "called for the summit to be cancelled"."""
    said = len(position.words) > 1 and position.words[0] in _SAYS
    after = [t.word for t in tokens if t.start >= target.span[1]][:2]
    return (
        position.words[:1] == ("may",) or position.last == "help" or said or after == ["to", "be"]
    )


def _announced(
    tokens: list[Token], position: Position, between: list[str], target: Target
) -> Position | None:
    """Give the position of who announces an issue, and not something that happens to it."""
    after = [t.word for t in tokens if t.start >= target.span[1]][:1]
    told = bool({"that", "of"} & {*between}) or bool(small.BE & {*after})
    return None if told else replace(position, sign=1, sure=0.75)


def _threatened(tokens: list[Token], target: Target) -> bool:
    """Whether a penalty is spoken of that somebody may bring on himself: "of sanctions if"."""
    after = [t.word for t in tokens if t.start >= target.span[1]][:6]
    return target.name in small.PENALTIES and bool({"on", "against", "if", "unless"} & {*after})

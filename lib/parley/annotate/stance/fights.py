"""Who fights or quarrels with whom, each with the other: "clashes between M23 and the army",
"Mr Trump and Mr Kim traded insults", "Brazil and Argentina blame each other"."""

from collections.abc import Iterable
from itertools import permutations

from parley.annotate.stance import words as small
from parley.annotate.stance.frames import Claim, claims_of
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.subjects import DASHES, after_agent, attributive, has_verb, owner
from parley.annotate.stance.tokens import Target, Token, target_at, word_at

Tokens = list[Token]
_ = str.split

_FIRED = frozenset(
    _("clash clashes fighting skirmish skirmishes hostilities firefight firefights gunfight"
      " shootout shootouts combat")
)  # fmt: skip
_FIGHTS = _FIRED | frozenset(_("battle battles war feud standoff"))
_NO_FIGHTS = small.UNDONE | {"trade", "civil"}
_FOUGHT = frozenset(
    _("clash clashed clashing skirmish skirmished feud feuded feuding spar sparred")
)
_TRADE = frozenset(_("exchange exchanged exchanging trade traded trading swap swapped swapping"))
_FIRE = frozenset(_("fire gunfire shots strikes attacks blows"))
_WORDS = frozenset(_("barbs insults accusations blame threats jabs recriminations"))
_HURT = frozenset(_("killed injured wounded died dead captured"))
_DURING = frozenset(_("in during after following amid"))
_WITH = frozenset(("clash with", "exchange fire with", "trade barbs with", "trade insults with"))
SURE = 0.9  # how sure what hangs on no verb is
REACH = 14  # words that the two sides of a fight are named in


def fights(tokens: Tokens) -> list[Claim]:
    """Give who fights or quarrels with whom, each with the other."""
    found = []
    for at, token in enumerate(tokens):
        position = _mutual(tokens, at)
        sides: tuple[Target, ...] = ()
        if position:
            sides = _two_before(tokens, at)
        elif token.word in _FIGHTS and word_at(tokens, at - 1) not in _NO_FIGHTS:
            position = Position(-1, SURE, ("fight" if token.word in _FIRED else token.word,))
            following = word_at(tokens, at + 1)
            sides = _two(tokens, at + 2) if following == "between" else ()
            sides = _with(tokens, at) if following == "with" else sides
        found += claims_of(permutations(sides, 2), position, token) if position else []
    return found


def returned(read: Iterable[Claim], tokens: Tokens) -> list[Claim]:
    """Give what who is clashed with holds: the same."""
    found = []
    for claim in read:
        holder = next((t for t in tokens if t.actor and t.actor.actor_id == claim.holder), None)
        if claim.position.last in _WITH and claim.target.kind == "actor" and holder:
            found.append(Claim(claim.target.name, target_at(holder), claim.position, claim.cue))
    return found


def _heads(tokens: Tokens, places: Iterable[int]) -> list[int]:
    """Give where the actors of a list stand, up to the end of it."""
    ends = small.CLOSERS | {".", ","} | small.PREPOSITIONS - {"of"}
    found = []
    for at in places:
        token = tokens[at]
        if token.actor:
            if not attributive(tokens, at) and _acts(tokens, at):
                found.append(at)
        elif word_at(tokens, at - 1) not in DASHES and (
            token.word in ends or (token.word not in _FIGHTS and has_verb(tokens, at))
        ):
            break
    return found


def _acts(tokens: Tokens, at: int) -> bool:
    """Whether a name is itself a side: "Thai troops" and "Thai and Cambodian troops" are, but not
    "Lebanese clans"."""
    if not tokens[at].owns or after_agent(tokens, at):
        return True
    joined = word_at(tokens, at + 1) == "and" and at + 2 < len(tokens) and tokens[at + 2].actor
    return bool(joined) and not tokens[at + 2].owns


def _two(tokens: Tokens, at: int) -> tuple[Target, ...]:
    """Give the two that are named from ``at`` on, as "A and B"."""
    return _joined(tokens, _heads(tokens, range(at, min(at + REACH, len(tokens))))[:2])


def _two_before(tokens: Tokens, at: int) -> tuple[Target, ...]:
    """Give the two that are the subject of the verb at ``at``."""
    step = at - 1
    while step > 0 and (tokens[step].word in small.HAVE | small.BE or is_adverb(tokens[step].word)):
        step -= 1
    found = _heads(tokens, range(step, max(-1, step - REACH), -1))
    return _joined(tokens, found[::-1]) if len(found) == 2 else ()


def _joined(tokens: Tokens, places: list[int]) -> tuple[Target, ...]:
    if len(places) < 2 or "and" not in {t.word for t in tokens[places[0] : places[1]]}:
        return ()
    return tuple(target_at(tokens[at]) for at in places)


def _with(tokens: Tokens, at: int) -> tuple[Target, ...]:
    """Give the sides of "clashes with B": whose they are, or who was killed in them."""
    other = _heads(tokens, range(at + 2, min(at + REACH, len(tokens))))
    if not other:
        return ()
    mine = owner(tokens, at)
    mine = _hurt_in(tokens, at) if mine is None else mine
    return (target_at(tokens[mine]), target_at(tokens[other[0]])) if mine is not None else ()


def _hurt_in(tokens: Tokens, at: int) -> int | None:
    """Give where they stand who were "killed in clashes", by the place of the noun."""
    lead = next((i for i in range(at - 1, max(-1, at - 4), -1) if tokens[i].word in _DURING), 0)
    hurt = next((i for i in range(lead, max(-1, lead - 9), -1) if tokens[i].word in _HURT), 0)
    return next((i for i in range(hurt - 1, -1, -1) if tokens[i].actor), None)


def _mutual(tokens: Tokens, at: int) -> Position | None:
    """Give what two do to one another by the verb at ``at``: "traded fire", "blame each other"."""
    token, following = tokens[at], word_at(tokens, at + 1)
    ahead = {word_at(tokens, i) for i in range(at + 1, at + 4)}
    if token.word in _FOUGHT and following != "with":
        return Position(-1, SURE, ("fight",))
    if token.word in _TRADE and "with" not in ahead:
        lemma = "fight" if ahead & _FIRE else "trade barbs with" if ahead & _WORDS else ""
        return Position(-1, SURE, (lemma,)) if lemma else None
    after = at + token.length
    if [t.word for t in tokens[after : after + 2]] in (["each", "other"], ["one", "another"]):
        verbs = [s for s in token.senses if s.pos == "verb"]
        return Position().after(verbs[0].lemma, verbs[0].cls) if verbs else None
    return None

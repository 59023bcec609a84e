"""Positions that a noun or an adjective gives, without a verb: whose critic or backer somebody is,
and who fights whom ("Iran-backed Hezbollah", "clashes between M23 rebels and the army").
"""

from collections.abc import Iterable
from itertools import permutations

from parley.annotate.stance import words as small
from parley.annotate.stance.claims import Claim
from parley.annotate.stance.lexicon import PAST, Senses
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.subjects import after_agent, eligible, has_verb, owner
from parley.annotate.stance.tokens import Target, Token, target_at

Tokens = list[Token]
_ = str.split

_AGAINST = frozenset(
    _("critic critics detractor detractors opponent opponents adversary adversaries foe foes"
      " nemesis")
)  # fmt: skip
_FOR = frozenset(
    _("supporter supporters backer backers defender defenders admirer admirers champion champions")
)
_BECOMES = small.BE | frozenset(_("become becomes became remain remains remained"))
_PREDICATES = small.FUNCTION - {","} | frozenset(("one", "counted", "considered", "seen"))
_DASHES = frozenset("-–‑")
# Between two names: who is so described is helped by the first, or is on its side.
_BACKED = frozenset(_("backed supported sponsored funded armed trained"))
_SIDED = frozenset(_("aligned allied"))
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
_SURE = 0.9
_QUOTES = frozenset("\"“”'‘’")
_LIKENS = frozenset(_("compare compares compared comparing liken likens likened likening"))
_TYRANTS = frozenset(
    _("hitler nazi nazis fascist fascists dictator dictators tyrant terrorists apartheid"
      " adolf-hitler joseph-stalin benito-mussolini pol-pot")
)  # fmt: skip
_REACH = 14  # words that the two sides of a fight are named in
_NEAR = 5  # words from "-backed" to who is


def relations(tokens: Tokens, read: Iterable[Claim]) -> list[Claim]:
    """Give every claim that hangs on no verb; ``read`` is what the grammar has read."""
    made = [*critics(tokens), *backers(tokens), *fights(tokens), *likened(tokens)]
    return [*made, *_returned(read, tokens)]


def critics(tokens: Tokens) -> list[Claim]:
    """Give who is called somebody's critic or defender: "NAME, his fiercest critic,"."""
    found = []
    for at, token in enumerate(tokens):
        sign = -1 if token.word in _AGAINST else 1 if token.word in _FOR else 0
        mine = _owner(tokens, at) if sign else None
        subject = _said_of(tokens, mine) if mine is not None else None
        if mine is None or subject is None:
            continue
        turned = {t.word for t in tokens[max(0, mine - 2) : at]} & small.TURNED
        position = Position(0 if turned else sign, 0.88, (token.word,))
        found += _claims([(subject, target_at(tokens[mine]))], position, token)
    return found


def backers(tokens: Tokens) -> list[Claim]:
    """Give who backs whom, and who is on whose side, by an adjective made of a name: "Iran-backed
    Hezbollah", "M23-aligned militias"."""
    found = []
    for at, token in enumerate(tokens):
        kind = _word(tokens, at + 2) if _word(tokens, at + 1) in _DASHES else ""
        whom = _described(tokens, at + 3) if kind in _BACKED | _SIDED and token.actor else None
        if whom is None:
            continue
        named = [target_at(token), *_joined_to(tokens, at)]
        sides = [(one, whom) if kind in _BACKED else (whom, one) for one in named]
        found += _claims(sides, Position(1, _SURE, (kind,)), tokens[at + 2])
    return found


def fights(tokens: Tokens) -> list[Claim]:
    """Give who fights or quarrels with whom, each with the other."""
    found = []
    for at, token in enumerate(tokens):
        position, sides = _mutual(tokens, at), ()
        if position:
            sides = _two_before(tokens, at)
        elif token.word in _FIGHTS and _word(tokens, at - 1) not in _NO_FIGHTS:
            position = Position(-1, _SURE, ("fight" if token.word in _FIRED else token.word,))
            following = _word(tokens, at + 1)
            sides = _two(tokens, at + 2) if following == "between" else ()
            sides = _with(tokens, at) if following == "with" else sides
        found += _claims(permutations(sides, 2), position, token) if position else []
    return found


def fronted(tokens: Tokens) -> list[Claim]:
    """Give what is done to the subject by those who stand before it: "Backed by Mali, Chad won"."""
    first = next((i for i, t in enumerate(tokens) if t.word not in _QUOTES), len(tokens))
    by = first + (tokens[first].length if first < len(tokens) else 0)
    past = [s for s in _senses(tokens, first) if s.pos == "verb" and s.tag == PAST]
    comma = next((i for i in range(by, len(tokens)) if tokens[i].word == ","), len(tokens))
    if not past or _word(tokens, by) != "by" or comma - by > _REACH:
        return []
    agents = [target_at(t) for t in tokens[by:comma] if t.actor and not t.owns]
    subject = next((i for i in range(comma, len(tokens)) if tokens[i].actor), None)
    if subject is None or not eligible(tokens, subject):
        return []
    if any(t.word not in small.JOINING for t in tokens[comma:subject]):
        return []
    position = Position().after(past[0].lemma, past[0].cls)
    whom = target_at(tokens[subject])
    return _claims([(agent, whom) for agent in agents], position, tokens[first])


def likened(tokens: Tokens) -> list[Claim]:
    """Give who is likened to a tyrant, by whom: "compared Mali's leader to Hitler"."""
    found = []
    for at, token in enumerate(tokens):
        ahead = tokens[at + 1 : at + _REACH] if token.word in _LIKENS else []
        to = next((i for i, t in enumerate(ahead) if t.word == "to"), len(ahead))
        after = ahead[to : to + _NEAR]
        bad = any(t.word in _TYRANTS or (t.actor and t.actor.actor_id in _TYRANTS) for t in after)
        whom = [target_at(t) for t in ahead[:to] if t.actor]
        subject = _subject(tokens, at)
        if bad and whom and subject:
            found += _claims([(subject, whom[-1])], Position(-1, _SURE, (token.word,)), token)
    return found


def _senses(tokens: Tokens, at: int) -> Senses:
    return tokens[at].senses if at < len(tokens) else ()


def _returned(read: Iterable[Claim], tokens: Tokens) -> list[Claim]:
    """Give what who is clashed with holds: the same."""
    found = []
    for claim in read:
        holder = next((t for t in tokens if t.actor and t.actor.actor_id == claim.holder), None)
        if claim.position.last in _WITH and claim.target.kind == "actor" and holder:
            found.append(Claim(claim.target.name, target_at(holder), claim.position, claim.cue))
    return found


def _claims(sides: Iterable[tuple[Target, ...]], position: Position, cue: Token) -> list[Claim]:
    return [
        Claim(holder.name, target, position, (cue.start, cue.end))
        for holder, target in sides
        if holder.name != target.name
    ]


def _word(tokens: Tokens, at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _joined_to(tokens: Tokens, at: int) -> list[Target]:
    """Give the other backer in "US- and NATO-backed"."""
    joined = _word(tokens, at - 1) == "and" and _word(tokens, at - 2) in _DASHES
    return [target_at(tokens[at - 3])] if joined and tokens[at - 3].actor else []


def _described(tokens: Tokens, at: int) -> Target | None:
    """Give whom an adjective that ends before ``at`` describes."""
    for step in range(at, min(at + _NEAR, len(tokens))):
        if tokens[step].actor:
            if not _describes(tokens, step):
                return None if tokens[step].in_topic else target_at(tokens[step])
        elif tokens[step].word in small.FUNCTION:
            return None
    return None


def _describes(tokens: Tokens, at: int) -> bool:
    """Whether an actor only describes who follows: "Turkish-backed", "the Syrian Kurds"."""
    if _word(tokens, at + 1) in _DASHES:
        return True
    for token in tokens[at + 1 : at + 5] if tokens[at].owns else ():
        if token.actor:
            return True
        if token.word in small.FUNCTION:
            return False
    return False


def _heads(tokens: Tokens, places: Iterable[int]) -> list[int]:
    """Give where the actors of a list stand, up to the end of it."""
    ends = small.CLOSERS | {".", ","} | small.PREPOSITIONS - {"of"}
    found = []
    for at in places:
        token = tokens[at]
        if token.actor:
            if not _describes(tokens, at) and _acts(tokens, at):
                found.append(at)
        elif _word(tokens, at - 1) not in _DASHES and (
            token.word in ends or (token.word not in _FIGHTS and has_verb(tokens, at))
        ):
            break
    return found


def _acts(tokens: Tokens, at: int) -> bool:
    """Whether a name is itself a side: "Thai troops" and "Thai and Cambodian troops" are, but not
    "Lebanese clans"."""
    if not tokens[at].owns or after_agent(tokens, at):
        return True
    joined = _word(tokens, at + 1) == "and" and at + 2 < len(tokens) and tokens[at + 2].actor
    return bool(joined) and not tokens[at + 2].owns


def _two(tokens: Tokens, at: int) -> tuple[Target, ...]:
    """Give the two that are named from ``at`` on, as "A and B"."""
    return _joined(tokens, _heads(tokens, range(at, min(at + _REACH, len(tokens))))[:2])


def _two_before(tokens: Tokens, at: int) -> tuple[Target, ...]:
    """Give the two that are the subject of the verb at ``at``."""
    step = at - 1
    while step > 0 and (tokens[step].word in small.HAVE | small.BE or is_adverb(tokens[step].word)):
        step -= 1
    found = _heads(tokens, range(step, max(-1, step - _REACH), -1))
    return _joined(tokens, found[::-1]) if len(found) == 2 else ()


def _joined(tokens: Tokens, places: list[int]) -> tuple[Target, ...]:
    if len(places) < 2 or "and" not in {t.word for t in tokens[places[0] : places[1]]}:
        return ()
    return tuple(target_at(tokens[at]) for at in places)


def _with(tokens: Tokens, at: int) -> tuple[Target, ...]:
    """Give the sides of "clashes with B": whose they are, or who was killed in them."""
    other = _heads(tokens, range(at + 2, min(at + _REACH, len(tokens))))
    if not other:
        return ()
    mine = owner(tokens, at)
    if mine is None:
        lead = next((i for i in range(at - 1, max(-1, at - 4), -1) if tokens[i].word in _DURING), 0)
        hurt = next((i for i in range(lead, max(-1, lead - 9), -1) if tokens[i].word in _HURT), 0)
        mine = next((i for i in range(hurt - 1, -1, -1) if tokens[i].actor), None) if hurt else None
    if mine is None:
        return ()
    return target_at(tokens[mine]), target_at(tokens[other[0]])


def _mutual(tokens: Tokens, at: int) -> Position | None:
    """Give what two do to one another by the verb at ``at``: "traded fire", "blame each other"."""
    token, following = tokens[at], _word(tokens, at + 1)
    ahead = {_word(tokens, i) for i in range(at + 1, at + 4)}
    if token.word in _FOUGHT and following != "with":
        return Position(-1, _SURE, ("fight",))
    if token.word in _TRADE and "with" not in ahead:
        lemma = "fight" if ahead & _FIRE else "trade barbs with" if ahead & _WORDS else ""
        return Position(-1, _SURE, (lemma,)) if lemma else None
    after = at + token.length
    if (_word(tokens, after), _word(tokens, after + 1)) in (("each", "other"), ("one", "another")):
        verbs = [s for s in token.senses if s.pos == "verb"]
        return Position().after(verbs[0].lemma, verbs[0].cls) if verbs else None
    return None


def _owner(tokens: Tokens, at: int) -> int | None:
    """Give where the owner of a noun stands, up to three words before it."""
    for step in range(at - 1, max(-1, at - 5), -1):
        if tokens[step].actor:
            return step if tokens[step].owns else None
        if tokens[step].word in small.FUNCTION - small.ADVERBS:
            return None
    return None


def _said_of(tokens: Tokens, mine: int) -> Target | None:
    """Give whom a noun with an owner at ``mine`` is said of: "NAME is now among his critics"."""
    step = mine - 1
    while step > 0 and tokens[step].word in _PREDICATES - _BECOMES:
        step -= 1
    if tokens[step].word in _BECOMES:
        return _subject(tokens, step)
    before = tokens[mine - 2] if mine > 1 and tokens[mine - 1].word == "," else None
    return target_at(before) if before and before.actor else None


def _subject(tokens: Tokens, verb: int) -> Target | None:
    """Give the one actor that may be the subject of the verb at ``verb``."""
    found = [i for i in range(verb) if tokens[i].actor and eligible(tokens, i)]
    names = {t.actor.actor_id for i in found if (t := tokens[i]).actor}
    return target_at(tokens[found[0]]) if len(names) == 1 else None

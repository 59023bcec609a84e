"""Positions that hang on no governing verb: whose critic or backer somebody is ("Iran-backed
Hezbollah"), what stands before the subject, who is likened to whom, and who is to pay for it.
"""

from collections.abc import Iterable
from itertools import chain

from parley.annotate.stance import words as small
from parley.annotate.stance.fights import REACH, SURE, fights, returned
from parley.annotate.stance.frames import Claim, claims_of
from parley.annotate.stance.lexicon import PAST, Senses
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.subjects import DASHES, attributive, eligible, owner
from parley.annotate.stance.tokens import Target, Token, target_at, word_at

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
# Between two names: who is so described is helped by the first, or is on its side.
_BACKED = frozenset(_("backed supported sponsored funded armed trained"))
_SIDED = frozenset(_("aligned allied"))
_PAYS = frozenset(_("pay regret rue face"))
_WRATH = frozenset(_("consequences retaliation reprisals revenge wrath war response hell defeat"))
_PRICE = small.MOVES | frozenset(_("dearly price crime crimes murder death deaths massacre war"))
_MADE = frozenset(_("be made to have"))
_QUOTES = frozenset("\"“”'‘’")
_LIKENS = frozenset(_("compare compares compared comparing liken likens likened likening"))
_TYRANTS = frozenset(
    _("hitler nazi nazis fascist fascists dictator dictators tyrant terrorists apartheid"
      " adolf-hitler joseph-stalin benito-mussolini pol-pot")
)  # fmt: skip
_NEAR = 5  # words from "-backed" to who is


def relations(tokens: Tokens, read: Iterable[Claim]) -> list[Claim]:
    """Give every claim that hangs on no verb; ``read`` is what the grammar has read."""
    made = (kind(tokens) for kind in (critics, backers, fights, likened, threats))
    return [*chain.from_iterable(made), *returned(read, tokens)]


def critics(tokens: Tokens) -> list[Claim]:
    """Give who is called somebody's critic or defender: "NAME, his fiercest critic,"."""
    found = []
    for at, token in enumerate(tokens):
        sign = -1 if token.word in _AGAINST else 1 if token.word in _FOR else 0
        mine = owner(tokens, at) if sign else None
        subject = _said_of(tokens, mine) if mine is not None and tokens[mine].owns else None
        if mine is None or subject is None:
            continue
        turned = {t.word for t in tokens[max(0, mine - 2) : at]} & small.TURNED
        position = Position(0 if turned else sign, 0.88, (token.word,))
        found += claims_of([(subject, target_at(tokens[mine]))], position, token)
    return found


def backers(tokens: Tokens) -> list[Claim]:
    """Give who backs whom, and who is on whose side, by an adjective made of a name: "Iran-backed
    Hezbollah", "M23-aligned militias"."""
    found = []
    for at, token in enumerate(tokens):
        kind = word_at(tokens, at + 2) if word_at(tokens, at + 1) in DASHES else ""
        whom = _described(tokens, at + 3) if kind in _BACKED | _SIDED and token.actor else None
        if whom is None:
            continue
        named = [target_at(token), *_joined_to(tokens, at)]
        sides = [(one, whom) if kind in _BACKED else (whom, one) for one in named]
        found += claims_of(sides, Position(1, SURE, (kind,)), tokens[at + 2])
    return found


def fronted(tokens: Tokens) -> list[Claim]:
    """Give what is done to the subject by those who stand before it: "Backed by Mali, Chad won"."""
    first = next((i for i, t in enumerate(tokens) if t.word not in _QUOTES), len(tokens))
    by = first + (tokens[first].length if first < len(tokens) else 0)
    past = [s for s in _senses(tokens, first) if s.pos == "verb" and s.tag == PAST]
    comma = next((i for i in range(by, len(tokens)) if tokens[i].word == ","), len(tokens))
    if not past or word_at(tokens, by) != "by" or comma - by > REACH:
        return []
    agents = [target_at(t) for t in tokens[by:comma] if t.actor and not t.owns]
    subject = next((i for i in range(comma, len(tokens)) if tokens[i].actor), None)
    if subject is None or not eligible(tokens, subject):
        return []
    if any(t.word not in small.JOINING for t in tokens[comma:subject]):
        return []
    position = Position().after(past[0].lemma, past[0].cls)
    whom = target_at(tokens[subject])
    return claims_of([(agent, whom) for agent in agents], position, tokens[first])


def likened(tokens: Tokens) -> list[Claim]:
    """Give who is likened to a tyrant, by whom: "compared Mali's leader to Hitler"."""
    found = []
    for at, token in enumerate(tokens):
        ahead = tokens[at + 1 : at + REACH] if token.word in _LIKENS else []
        to = next((i for i, t in enumerate(ahead) if t.word == "to"), len(ahead))
        after = ahead[to : to + _NEAR]
        bad = any(t.word in _TYRANTS or (t.actor and t.actor.actor_id in _TYRANTS) for t in after)
        whom = [target_at(t) for t in ahead[:to] if t.actor]
        subject = _subject(tokens, at)
        if bad and whom and subject:
            found += claims_of([(subject, whom[-1])], Position(-1, SURE, (token.word,)), token)
    return found


def threats(tokens: Tokens) -> list[Claim]:
    """Give who says that another will pay for it: "vowed that Israel would pay for the strike"."""
    found = []
    for at, token in enumerate(tokens):
        whom = _owed(tokens, at) if token.word in _PAYS else None
        speaker = token.speech.actor_id if token.speech else None
        if whom and speaker and speaker != whom.name:
            cue = (token.start, token.end)
            found.append(Claim(speaker, whom, Position(-1, SURE, ("threaten", token.word)), cue))
    return found


def _owed(tokens: Tokens, at: int) -> Target | None:
    """Give who "will pay", "would soon regret" or "will be made to pay"."""
    after = {t.word for t in tokens[at + 1 : at + _NEAR]}
    needs = {"pay": _PRICE, "face": _WRATH}.get(tokens[at].word)
    if needs and not after & needs:
        return None  # "Mexico will pay for the wall"
    step = at - 1
    while step > 0 and (tokens[step].word in _MADE or is_adverb(tokens[step].word)):
        step -= 1
    if tokens[step].word not in small.MODAL - small.MAYBE or step < 1:
        return None
    return target_at(tokens[step - 1]) if tokens[step - 1].actor else None


def _senses(tokens: Tokens, at: int) -> Senses:
    return tokens[at].senses if at < len(tokens) else ()


def _joined_to(tokens: Tokens, at: int) -> list[Target]:
    """Give the other backer in "US- and NATO-backed"."""
    joined = word_at(tokens, at - 1) == "and" and word_at(tokens, at - 2) in DASHES
    return [target_at(tokens[at - 3])] if joined and tokens[at - 3].actor else []


def _described(tokens: Tokens, at: int) -> Target | None:
    """Give whom an adjective that ends before ``at`` describes."""
    for step in range(at, min(at + _NEAR, len(tokens))):
        if tokens[step].actor:
            if not attributive(tokens, step):
                return None if tokens[step].in_topic else target_at(tokens[step])
        elif tokens[step].word in small.FUNCTION:
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

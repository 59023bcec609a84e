"""Positions reported beside what a sentence tells: how others took it, and whose critic is who.

In "Hungary blocked the statement, drawing criticism from Poland" and "Israel struck a depot, a move
that Iran condemned" no word governs the target: it is whoever does what the sentence is about.
"""

from dataclasses import replace
from itertools import product

from parley.annotate.stance import words as small
from parley.annotate.stance.claims import Claim
from parley.annotate.stance.lexicon import PAST, PRESENT, Sense
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.subjects import eligible, has_verb, titles_start
from parley.annotate.stance.tokens import Target, Token, target_at

Tokens = list[Token]
_FELT = frozenset(("praise", "condemn", "oppose", "support"))
# What a deed does to those who react to it, or in spite of whom it is done.
_DRAWS = frozenset(
    "draw draws drew drawing drawn prompt prompts prompted prompting provoke provokes provoked"
    " provoking spark sparks sparked sparking trigger triggered triggering earn earns earned"
    " earning win wins won winning attract attracts attracted attracting elicit elicited"
    " eliciting amid despite face faces faced facing met ignoring defying".split()
)
_DESPITE = frozenset(("over", "despite", "ignoring", "defying"))
_MOVES = frozenset(
    "move step decision act action ruling measure remark remarks comment comments gesture policy"
    " law vote strike strikes attack speech statement visit announcement choice".split()
)
_FROM = frozenset(("from", "by"))
_JOINS = frozenset((",", "and", "the", "both", "as", "well"))
_AGAINST = frozenset(
    "critic critics detractor detractors opponent opponents adversary adversaries foe foes"
    " nemesis".split()
)
_FOR = frozenset(
    "supporter supporters backer backers defender defenders admirer admirers champion"
    " champions".split()
)
_BECOMES = small.BE | frozenset("become becomes became remain remains remained".split())
_PREDICATES = small.FUNCTION - {","} | frozenset(("one", "counted", "considered", "seen"))
# Whom a deed moves so is for or against it; the model, who reads no such thing, seldom agrees.
_ANGERED = tuple("anger infuriat enrag irk irritat dismay upset incens alienat outrag".split())
_PLEASED = ("delight", "please", "pleasing", "heartened", "heartening", "reassur")
_SURE = 0.96
_LEAD = 4  # words before "criticism": "drew an unusually sharp rebuke"


def with_others(tokens: Tokens, read: list[Claim]) -> list[Claim]:
    """Add to what the grammar has read who reacted and who is called a critic; the deed told is
    none toward those who react to it."""
    told = reactions(tokens)
    doing = {(c.holder, c.target.span) for c in told if c.position.sign == 0}
    kept = [c for c in read if (c.holder, c.target.span) not in doing]
    return kept + told + relations(tokens)


def reactions(tokens: Tokens) -> list[Claim]:
    """Give who is said to have reacted how to the one whose deed the sentence tells.

    Of those who react, nothing is said in the other direction: the doer has a claim of 0 on each.
    """
    doers = _doers(tokens)
    felt = [(at, Position().after(sense.lemma, sense.cls), _reacting(tokens, at, sense))
            for at, sense in _felt(tokens)] if doers else []  # fmt: skip
    felt += [(at, Position(sign, 0.9, (tokens[at].word,)), _list(tokens, at + 1))
             for at, sign in _moods(tokens)] if doers else []  # fmt: skip
    found: list[Claim] = []
    for at, position, reacting in felt:
        cue = (tokens[at].start, tokens[at].end)
        for actor, doer in product(reacting, doers):
            if doer.name != actor.name and doer.span[1] < actor.span[0]:
                found.append(Claim(actor.name, doer, replace(position, sure=_SURE), cue))
                aside = Position(0, 0.8, ("aside", position.last))
                found.append(Claim(doer.name, actor, aside, cue))
    return found


def _moods(tokens: Tokens) -> list[tuple[int, int]]:
    """Give where a deed is said to have angered or pleased, and which: ", angering NAME"."""
    return [
        (at, 1 if token.word.startswith(_PLEASED) else -1)
        for at, token in enumerate(tokens)
        if token.word.endswith(("ing", "ed")) and token.word.startswith((*_PLEASED, *_ANGERED))
    ]


def relations(tokens: Tokens) -> list[Claim]:
    """Give who is called somebody's critic or defender: "NAME, his fiercest critic,"."""
    found = []
    for at, token in enumerate(tokens):
        sign = -1 if token.word in _AGAINST else 1 if token.word in _FOR else 0
        mine = _owner(tokens, at) if sign else None
        subject = _said_of(tokens, mine) if mine is not None else None
        if mine is None or subject is None:
            continue
        target = target_at(tokens[mine])
        turned = {t.word for t in tokens[max(0, mine - 2) : at]} & small.TURNED
        position = Position(0 if turned else sign, 0.88, (token.word,))
        if subject.name != target.name:
            found.append(Claim(subject.name, target, position, (token.start, token.end)))
    return found


def _doers(tokens: Tokens) -> list[Target]:
    """Give who does what the sentence tells: the first subject, where nobody else can be it."""
    first = next((i for i, t in enumerate(tokens) if t.actor and eligible(tokens, i)), None)
    if first is None:
        return []
    lead = tokens[: titles_start(tokens, first)]
    fronted = max((i + 1 for i, t in enumerate(lead) if t.word == ","), default=0)
    if any(t.word not in small.FUNCTION for t in lead[fronted:]):
        return []
    found, at = [target_at(tokens[first])], first + 1
    while at < len(tokens) and (tokens[at].actor or tokens[at].word in _JOINS):
        if tokens[at].actor:
            found.append(target_at(tokens[at]))
        at += 1
    if tokens[first].owns:
        return found[:1]
    return found if has_verb(tokens, at) or _adverbs(tokens, at) else []


def _adverbs(tokens: Tokens, at: int) -> bool:
    while at < len(tokens) and is_adverb(tokens[at].word):
        at += 1
    return has_verb(tokens, at)


def _felt(tokens: Tokens) -> list[tuple[int, Sense]]:
    return [
        (at, sense)
        for at, token in enumerate(tokens)
        for sense in token.senses
        if sense.cls in _FELT and sense.pos in ("verb", "noun")
    ]


def _reacting(tokens: Tokens, at: int, sense: Sense) -> list[Target]:
    """Give the actors that a word of feeling belongs to, if it is a reaction to the deed told."""
    after = at + tokens[at].length
    follows = tokens[after].word if after < len(tokens) else ""
    if sense.pos == "noun":
        lead = [t.word for t in tokens[max(0, at - _LEAD) : at]]
        against = follows == "of" and sense.cls == "oppose" and _DESPITE & {*lead}
        drawn = bool(against or (follows in _FROM and _DRAWS & {*lead}))
        return _list(tokens, after + 1) if drawn else []
    if sense.tag == PAST and follows == "by":
        return _list(tokens, after + 1) if _moved(tokens, at) else []
    if sense.tag not in (PAST, PRESENT) or follows not in (".", ",", ";", "", "as", "on"):
        return []
    start = at - 1
    while start > 0 and (is_adverb(tokens[start].word) or tokens[start].word in small.HAVE):
        start -= 1
    last = start
    while start > 0 and (tokens[start].actor or tokens[start].word in _JOINS - {","}):
        start -= 1
    if not tokens[last].actor or tokens[start].word not in ("that", "which"):
        return []
    which = tokens[start].word == "which" and tokens[start - 1].word == ","
    return _list(tokens, start + 1) if which or _moved(tokens, start) else []


def _moved(tokens: Tokens, at: int) -> bool:
    """Whether ", a move" stands before: the deed told so far, once more."""
    words = [t.word for t in tokens[max(0, at - _LEAD) : at]]
    return bool(words) and words[-1] in _MOVES and bool({"a", "an"} & {*words}) and "," in words


def _list(tokens: Tokens, at: int) -> list[Target]:
    """Give the actors that stand at ``at``, with their titles: "from Poland and the US"."""
    found: list[Target] = []
    while at < len(tokens):
        token = tokens[at]
        if token.actor and not token.owns:
            found.append(target_at(token))
        elif not (token.actor or token.word in _JOINS | small.AGENTS | small.OFFICE):
            break
        at += 1
    return found


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

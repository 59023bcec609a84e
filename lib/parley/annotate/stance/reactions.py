"""Positions reported beside what a sentence tells: how others took it, and whose critic is who.

In "Hungary blocked the statement, drawing criticism from Poland" and "Israel struck a depot, a move
that Iran condemned" no word governs the target: it is whoever does what the sentence is about.
"""

from dataclasses import replace
from itertools import product

from parley.annotate.stance import words as small
from parley.annotate.stance.frames import Claim
from parley.annotate.stance.lexicon import ING, PAST, PRESENT, Sense
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.relations import fronted, relations
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.subjects import eligible, has_verb, titles_start
from parley.annotate.stance.tokens import Target, Token, target_at

Tokens = list[Token]
_FELT = frozenset(("praise", "condemn", "oppose", "support"))
# What a deed does to those who react to it, or in spite of whom it is done.
_COME = frozenset(("come", "comes", "came"))  # "under fire from"
_DRAWS = _COME | frozenset(
    "draw draws drew drawing drawn prompt prompts prompted prompting provoke provokes provoked"
    " provoking spark sparks sparked sparking trigger triggered triggering earn earns earned"
    " earning win wins won winning attract attracts attracted attracting elicit elicited"
    " eliciting amid despite face faces faced facing met ignoring defying unfazed undeterred"
    " unmoved coming".split()
)
_DESPITE = frozenset(("over", "despite", "ignoring", "defying"))
_AHEAD = frozenset(("despite", "amid", "facing"))  # what is told follows on how others took it
_FROM = frozenset(("from", "by"))
_JOINS = frozenset((",", "and", "the", "both", "as", "well"))
# Whom a deed moves so is for or against it; the model, who reads no such thing, seldom agrees.
_ANGERED = tuple("anger infuriat enrag irk irritat dismay upset incens alienat outrag".split())
_PLEASED = ("delight", "please", "pleasing", "heartened", "heartening", "reassur")
_MOODS = frozenset(
    "dismay fury anger horror annoyance irritation alarm consternation outrage delight relief"
    " satisfaction joy".split()
)
_GLAD = frozenset(("delight", "relief", "satisfaction", "joy"))
_VENGEFUL = frozenset(("revenge", "retaliation", "vengeance", "retaliate"))
_CLAUSES = frozenset(("and", "but", "while", ",", ";"))
REACTS = 0.96  # how sure a reaction is
_REACH = 9  # words from "called" to the judgement
_LEAD = 4  # words before "criticism": "drew an unusually sharp rebuke"


def with_others(tokens: Tokens, read: list[Claim]) -> list[Claim]:
    """Add to what the grammar has read who reacted and who is called a critic; the deed told is
    none toward those who react to it."""
    told = reactions(tokens)
    doing = {(c.holder, c.target.span) for c in told if c.position.sign == 0}
    kept = [c for c in read if (c.holder, c.target.span) not in doing]
    before = fronted(tokens)
    agents = {(c.holder, max(c.cue[0], c.target.span[0])) for c in before}
    kept = [c for c in kept if not any(c.holder == who and c.cue[0] > at for who, at in agents)]
    return kept + told + before + relations(tokens, read) + of_whom(tokens)


def reactions(tokens: Tokens) -> list[Claim]:
    """Give who is said to have reacted how to the one whose deed the sentence tells.

    Of those who react, nothing is said in the other direction: the doer has a claim of 0 on each.
    """
    doers = _doers(tokens)
    if not doers:
        return []
    felt = [(at, Position().after(sense.lemma, sense.cls), _reacting(tokens, at, sense))
            for at, sense in _felt(tokens)]  # fmt: skip
    felt += [(at, position, _taking(tokens, at, after)) for at, position, after in _taken(tokens)]
    felt += [(at, Position(sign, 0.9, (tokens[at].word,)), _list(tokens, after))
             for at, sign, after in _moods(tokens)]  # fmt: skip
    found: list[Claim] = []
    for at, position, reacting in felt:
        cue = (tokens[at].start, tokens[at].end)
        for actor, doer in product(reacting, doers):
            ahead = tokens[0].word in _AHEAD or doer.span[1] < actor.span[0]
            if doer.name != actor.name and ahead:
                found.append(Claim(actor.name, doer, replace(position, sure=REACTS), cue))
                aside = Position(0, 0.8, ("aside", position.last))
                found.append(Claim(doer.name, actor, aside, cue))
    return found


def _moods(tokens: Tokens) -> list[tuple[int, int, int]]:
    """Give where a deed is said to have angered or pleased, which, and where those stand whom:
    ", angering NAME", "to the dismay of NAME"."""
    found = []
    for at, token in enumerate(tokens):
        before = [t.word for t in tokens[max(0, at - 2) : at]]
        sign = 1 if token.word.startswith(_PLEASED) else -1
        moved = token.word.endswith(("ing", "ed")) and token.word.startswith((*_PLEASED, *_ANGERED))
        if moved:
            found.append((at, sign, at + 1))
        elif before == ["to", "the"] and token.word in _MOODS:
            found.append((at, 1 if token.word in _GLAD else -1, at + 2))
    return found


def _taken(tokens: Tokens) -> list[tuple[int, Position, int]]:
    """Give the verbs by which somebody takes up the deed told: "condemned the attack", "called the
    ruling a farce", "vowed revenge"; with the place of their object."""
    found = []
    for at, token in enumerate(tokens):
        after = at + token.length
        for sense in (s for s in token.senses if s.pos == "verb" and s.tag != ING):
            position = None
            if sense.cls in _FELT | {"accuse"}:
                position = Position().after(sense.lemma, sense.cls)
            elif sense.cls == "judge":
                position = _judged(tokens, after, sense)
            elif _VENGEFUL & {t.word for t in tokens[after : after + 2]}:
                position = Position(-1, 0.9, (sense.lemma, "revenge"))
            if position:
                found.append((at, position, after))
    return found


def _judged(tokens: Tokens, after: int, sense: Sense) -> Position | None:
    """Give what a verb such as "call" says by the last judgement in its clause."""
    found = None
    for token in tokens[after : after + _REACH]:
        if token.actor or token.word in small.CLOSERS | {","}:
            break
        found = next((s for s in token.senses if s.pos == "evaluation"), found)
    return Position().after(sense.lemma, "judge").after(found.lemma, found.cls) if found else None


def _taking(tokens: Tokens, at: int, after: int) -> list[Target]:
    """Give who takes up, by the verb at ``at``, the deed told before: it is named again, or left
    out after ", a ruling that"."""
    start = _listed(tokens, at)
    lead = tokens[start].word
    words = [t.word for t in tokens[after : after + _LEAD]]
    again = next((i for i, word in enumerate(words) if word in small.MOVES), 0)
    if words[:1] == ["the"] and again and words[again + 1 : again + 2] not in (["by"], ["of"]):
        return _list(tokens, start + 1) if lead in _CLAUSES else []
    if _VENGEFUL & {*words[:2]}:
        return _list(tokens, start + 1) if lead in _CLAUSES else []
    gap = words[:1] != ["the"] and not tokens[min(after, len(tokens) - 1)].actor
    told = lead == "that" and _moved(tokens, start)
    judge = any(s.cls == "judge" for s in tokens[at].senses)
    return _list(tokens, start + 1) if gap and told and judge else []


def of_whom(tokens: Tokens) -> list[Claim]:
    """Give what is said of an actor whom others judge: "NAME, whom Poland has called a liar"."""
    found = []
    for at, token in enumerate(tokens):
        whose = at - 2 if at > 1 and tokens[at - 1].word == "," else at - 1
        if token.word != "whom" or whose < 0 or not tokens[whose].actor:
            continue
        target = target_at(tokens[whose])
        for verb, position, _ in _taken(tokens):
            if _listed(tokens, verb) != at:
                continue
            cue = (tokens[verb].start, tokens[verb].end)
            for actor in _list(tokens, at + 1):
                found.append(Claim(actor.name, target, replace(position, sure=REACTS), cue))
    return found


def _doers(tokens: Tokens) -> list[Target]:
    """Give who does what the sentence tells: the first subject, where nobody else can be it."""
    first = _first(tokens)
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
    return found if _acts(tokens, at) else []


def _first(tokens: Tokens) -> int | None:
    """Give where the first actor stands who may do what is told, by a deed of his as well."""
    actors = (i for i, t in enumerate(tokens) if t.actor)
    return next((i for i in actors if eligible(tokens, i) or _did(tokens, i)), None)


def _did(tokens: Tokens, at: int) -> bool:
    """Whether an owner's deed is named right after him: "Iran's large-scale attack"."""
    return tokens[at].owns and bool(small.MOVES & {t.word for t in tokens[at + 1 : at + 4]})


def _acts(tokens: Tokens, at: int) -> bool:
    """Whether a verb follows, maybe after adverbs; "came" (under fire) is in no lexicon."""
    while at < len(tokens) and is_adverb(tokens[at].word) and not has_verb(tokens, at):
        at += 1
    return has_verb(tokens, at) or (at < len(tokens) and tokens[at].word in _COME)


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
        told = _moved(tokens, at) or _own_deed(tokens, at)
        return _list(tokens, after + 1) if told else []
    if sense.tag not in (PAST, PRESENT) or follows not in (".", ",", ";", "", "as", "on"):
        return []
    start = _listed(tokens, at)
    if tokens[start].word not in ("that", "which"):
        return []
    which = tokens[start].word == "which" and tokens[start - 1].word == ","
    return _list(tokens, start + 1) if which or _moved(tokens, start) else []


def _moved(tokens: Tokens, at: int) -> bool:
    """Whether ", a move" stands before: the deed told so far, once more."""
    words = [t.word for t in tokens[max(0, at - _LEAD) : at]]
    told = bool(words) and words[-1] in small.MOVES
    return told and bool({"a", "an"} & {*words}) and bool({",", "in"} & {*words})


def _listed(tokens: Tokens, at: int) -> int:
    """Give what stands before the list of actors that the verb at ``at`` has as its subject; the
    verb's own place where there is none."""
    start = at - 1
    while start > 0 and (is_adverb(tokens[start].word) or tokens[start].word in small.HAVE):
        start -= 1
    if start < 1 or not tokens[start].actor or tokens[start].owns:
        return at
    while start > 0 and _lists(tokens, start):
        start -= 1
    return start


def _lists(tokens: Tokens, at: int) -> bool:
    """Whether a list of actors goes on to the left of ``at``."""
    token, before = tokens[at], tokens[at - 1]
    if token.word in (",", "and"):
        return before.actor is not None
    return bool(token.actor) or token.word in small.AGENTS | small.OFFICE | {"the", "both"}


def _own_deed(tokens: Tokens, at: int) -> bool:
    """Whether a passive at ``at`` is said of a deed with an owner: "Iran's latest attack was"."""
    first = _first(tokens)
    noun = next((i for i in range(first or 0, at) if tokens[i].word in small.MOVES), at)
    verb = next((i for i in range(noun + 1, at) if has_verb(tokens, i)), at)
    was = tokens[verb].word in small.BE | small.HAVE and verb >= at - _LEAD
    return first is not None and was and _did(tokens, first)


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

"""Who holds nothing on whom, by how the sentence is built, although both stand in it.

In "A accused B of bullying C" nothing is said of what A holds against C; in "A attacked B, he
mocked" who mocks is no target, and what A does is his word. `deeds` says which events the words
between two actors can report, by the order in which they stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from parley.annotate.stance import words as small
from parley.annotate.stance.frames import Claim
from parley.annotate.stance.lexicon import PAST, PRESENT, roots
from parley.annotate.stance.subjects import after_agent
from parley.annotate.stance.tokens import Token

Tokens = list[Token]
Pairing = tuple[str, str]
ANY = "*"  # stands for an event that no word names, where the order would allow one
MUTUAL = frozenset(("CONSULT", "COOPERATE", "AGREE"))
_PENALTIES = frozenset(("sanctions", "trade-tariffs", "energy-cut-offs"))
_CHARGES = frozenset(("of", "for", "over"))
_NEAR = 6  # tokens between the accused and what he is accused of
_TAIL = 9  # tokens of ", the ministry said on Friday"
_BEFORE_PLACES = frozenset(("the", "a", "an", "eastern", "western", "northern", "southern"))
_LISTING = frozenset((",", "and", "or", "the", "both", "also"))


def _finite(token: Token) -> bool:
    return any(s.pos == "verb" and s.tag in (PAST, PRESENT) for s in token.senses)


def _names(tokens: Iterable[Token]) -> set[str]:
    return {token.actor.actor_id for token in tokens if token.actor}


def alleged(tokens: Tokens, claims: Iterable[Claim]) -> set[Pairing]:
    """Give who accuses, and whom he only names in what he accuses another of."""
    found: set[Pairing] = set()
    for claim in claims:
        position = claim.position
        accuses = position.sign == -1 and roots().get(position.last) == "ACCUSE"
        if not accuses or claim.target.kind != "actor":
            continue
        inside = _content(tokens, claim.target.span[1])
        outside = [t for t in tokens if t not in inside]
        only = _names(inside) - _names(outside)
        found |= {(claim.holder, name) for name in only}
    return found


def spared(tokens: Tokens, claims: Iterable[Claim]) -> set[Pairing]:
    """Give who opposes a penalty, and whom it would strike: "vetoed sanctions on Russia" is no
    penalty on Russia, nor a position against it."""
    found: set[Pairing] = set()
    for claim in claims:
        if claim.target.name not in _PENALTIES or claim.position.sign != -1:
            continue
        after = [t for t in tokens if t.start >= claim.target.span[1]][:_NEAR]
        if after and after[0].word in ("on", "against"):
            found |= {(claim.holder, name) for name in _names(after)}
    return found


def _content(tokens: Tokens, after: int) -> Tokens:
    """What follows "of" or "for" after the accused, to the end of the clause."""
    start = next((i for i, t in enumerate(tokens) if t.start >= after), len(tokens))
    near = range(start, min(start + _NEAR, len(tokens)))
    begin = next((i for i in near if tokens[i].word in _CHARGES), None)
    if begin is None or any(_finite(t) for t in tokens[start:begin]):
        return []
    end = begin
    while end < len(tokens) and not _ends(tokens, end):
        end += 1
    return tokens[begin:end]


def _ends(tokens: Tokens, at: int) -> bool:
    """Whether a clause of the same level begins: ";", "while", "and called on", ", calling"."""
    if tokens[at].word in (";", "while", "whereas"):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and tokens[at].word == "," and following.word.endswith("ing"):
        return True  # ", calling it a farce and accusing"
    if tokens[at].word not in ("and", "but") or following is None:
        return False
    return _finite(following) or following.word in small.SAME


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is named in ", he said" at the end, and whether what he says is only his word."""

    speakers: frozenset[str]
    disputed: bool

    def empties(self, holder: str, target: str) -> bool:
        """Whether a holder holds nothing on a target: on who only says so, or by his word."""
        return target in self.speakers or (self.disputed and holder not in self.speakers)


def attributed(tokens: Tokens) -> Attribution | None:
    """Read ", the ministry said on Friday" at the end of a sentence; None where there is none."""
    words = [t for t in tokens if t.actor or t.word == "," or t.word.isalnum()][-_TAIL:]
    start = max((i + 1 for i, t in enumerate(words) if t.word == ","), default=len(words))
    tail = words[start:]
    verb = next((i for i, t in enumerate(tail) if t.word in small.ATTRIBUTES), 0)
    lead, rest = tail[:verb], tail[verb + 1 :]
    subject = any(t.actor or t.word in small.SAME | small.AGENTS for t in lead)
    apart = small.RELATIVES | {"and", "but"}
    if not subject or any(t.word in apart for t in lead) or any(t.actor or t.senses for t in rest):
        return None
    elsewhere = _names(t for t in tokens if t.start < tail[0].start)
    return Attribution(frozenset(_names(lead) - elsewhere), tail[verb].word in small.DISPUTED)


def sundered(tokens: Tokens, one: str, other: str) -> bool:
    """Whether a semicolon stands between two actors wherever they are named."""
    parts: dict[str, set[int]] = {one: set(), other: set()}
    part = 0
    for token in tokens:
        part += token.word == ";"
        if token.actor and token.actor.actor_id in parts:
            parts[token.actor.actor_id].add(part)
    return not parts[one] & parts[other]


def deeds(tokens: Tokens, source: str, target: str) -> frozenset[str]:
    """Give the events that the words can report, of a source on a target.

    A word between them names one, the source first unless "by" stands before it; where several do
    something with one another the word may stand anywhere.
    """
    places = [(i, t.actor.actor_id) for i, t in enumerate(tokens) if t.actor]
    found = _named(tokens) & MUTUAL
    joined = any(
        t.actor and t.actor.actor_id in (source, target) and lead.word in ("with", "and", "between")
        for lead, t in pairwise(tokens)
    )
    if joined and any(t.word in small.TOGETHER for t in tokens):
        found |= MUTUAL
    for i in (i for i, name in places if name == source):
        for j in (j for j, name in places if name == target):
            between = tokens[min(i, j) + 1 : max(i, j)]
            words = [t.word for t in between if t.word not in _LISTING]
            if ";" in words or not words or ("by" in words[-3:]) == (i < j) or _undone(between):
                continue
            found |= _named(between) | {ANY}
    return frozenset(found)


def _undone(tokens: Tokens) -> bool:
    """Whether what would be a refusal is itself refused: "refused to rule out sending troops"."""
    shut = next((i for i, t in enumerate(tokens) if _has(t, "exclude")), 0)
    before = tokens[max(0, shut - 3) : shut]
    return any(_has(t, "refuse") or t.word in small.NEGATORS for t in before)


def _has(token: Token, cls: str) -> bool:
    return any(sense.pos == "verb" and sense.cls == cls for sense in token.senses)


def _named(tokens: Iterable[Token]) -> set[str]:
    events = {s.event for t in tokens if t.actor is None for s in t.senses if s.event}
    return events | ({"MOBILIZE"} if small.MASSING & {t.word for t in tokens} else set())


def bystanders(tokens: Tokens) -> set[str]:
    """Actors that hold nothing in this sentence: they are only a place in it, or only describe
    others ("protesters in Germany", "critics of Putin", "Germany's newspapers")."""
    aside: dict[str, bool] = {}
    for at, token in enumerate(tokens):
        if token.actor and not token.in_topic:
            name = token.actor.actor_id
            aside[name] = aside.get(name, True) and _aside(tokens, at)
    return {name for name, only in aside.items() if only}


def _aside(tokens: Tokens, at: int) -> bool:
    step = at - 1
    while step > 0 and tokens[step].word in _BEFORE_PLACES:
        step -= 1
    before = tokens[step].word if step >= 0 else ""
    if before in small.PLACES:
        return not after_agent(tokens, at) and tokens[step - 1].word not in small.AGENTS
    if before in ("of", "for", "between") and step:
        return tokens[step - 1].word in small.FOLLOWERS
    if of_office(tokens, at):
        return True
    following = {t.word for t in tokens[at + 1 : at + 3]}
    return tokens[at].owns and bool(following & small.OTHERS)


def of_office(tokens: Tokens, at: int) -> bool:
    """Whether an actor only says whose office somebody named holds: "Hungary's Prime Minister
    NAME", "NATO Secretary General NAME". What NAME then does is his own."""
    step = at + 1
    while step < len(tokens) and not tokens[step].actor:
        beside = tokens[step].word == "," and step > at + 1 and tokens[at].owns
        beside = beside and [t.word for t in tokens[step + 2 : step + 3]] == [","]
        if tokens[step].word not in small.AGENTS | small.OFFICE and not beside:
            return False
        step += 1
    return at + 1 < step < len(tokens)


def alike(tokens: Tokens) -> list[set[str]]:
    """Lists of three actors and more ("Cyprus, Latvia and Poland will close their borders"): what
    is said of them is said of each, and nothing of one toward another."""
    if any(token.word in small.TOGETHER for token in tokens):
        return []
    lists: list[set[str]] = [set()]
    for token in tokens:
        if token.actor:
            lists[-1].add(token.actor.actor_id)
        elif token.word not in (",", "and", "or", "the"):
            lists.append(set())
    return [names for names in lists if len(names) > 2]

"""A sentence as the grammar of positions reads it: words, actors, issues, and lexicon senses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parley.annotate.stance import words as small
from parley.annotate.stance.lexicon import Senses, gapped, longest

_WORD = re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*|[^\w\s]")
_POSSESSIVE = re.compile(r"[’']s?$")
_WITHIN = 6  # words that an object inside an entry may have
_BREAKS = frozenset((",", ";", ":", "that", "who", "which", "to"))
ACTOR = "\0"  # stands for an actor's name, so that no lexicon entry matches it


class Party(NamedTuple):
    """A mention of an actor, as far as the grammar needs it."""

    start: int
    end: int
    actor_id: str
    form: str


class Topic(NamedTuple):
    """A match of an issue."""

    start: int
    end: int
    issue_id: str
    opposite: bool = False  # it names the contrary of the issue


@dataclass(frozen=True, slots=True)
class Target:
    """An actor or an issue at a place."""

    name: str
    kind: str
    span: tuple[int, int]
    owns: bool = False
    opposite: bool = False


def target_of(topic: Topic) -> Target:
    return Target(topic.issue_id, "issue", topic[:2], opposite=topic.opposite)


def gives(text: str, topic: Topic) -> bool:
    """Whether an actor inside an issue is somebody beside it: "supplied Mali with tanks",
    "recognised Palestine as a state"."""
    first = _WORD.search(text, *topic[:2])
    senses = longest([_key(first.group())], 0)[1] if first else ()
    beside = small.HANDS | {"recognise", "recognize"}
    return any(sense.pos == "verb" and sense.lemma in beside for sense in senses)


class Speech(NamedTuple):
    """A quote around a part of the sentence: who speaks in it is its implicit holder."""

    start: int
    end: int
    number: int
    actor_id: str | None


@dataclass(slots=True)
class Token:
    """A word, a mark, or an actor's whole name."""

    word: str
    start: int
    end: int
    actor: Party | None = None
    capital: bool = True
    owns: bool = False  # "Russia's", "Russian": what follows is theirs
    topics: tuple[Topic, ...] = ()  # issues that begin here
    in_topic: bool = False
    senses: Senses = ()
    length: int = 1  # of the lexicon entry, in tokens
    head: int = 0  # where the lexicon entry begins that this is a part of
    speech: Speech | None = None


def word_at(tokens: Sequence[Token], at: int) -> str:
    """The word at a place, empty before the first and after the last."""
    return tokens[at].word if 0 <= at < len(tokens) else ""


def target_at(token: Token) -> Target:
    """The actor that a token names."""
    assert token.actor is not None
    return Target(token.actor.actor_id, "actor", token.actor[:2], token.owns)


def tokens_of(
    text: str,
    start: int,
    end: int,
    parties: Iterable[Party],
    topics: Sequence[Topic],
    speeches: Sequence[Speech],
) -> list[Token]:
    """The tokens of ``text[start:end]``, offsets in ``text``.

    >>> made = tokens_of("Russia ruled out talks.", 0, 23, [Party(0, 6, "russia", "name")], [], [])
    >>> [(t.word, t.actor and t.actor.actor_id, [s.cls for s in t.senses]) for t in made[:3]]
    [('\\x00', 'russia', []), ('ruled', None, ['exclude']), ('out', None, [])]
    """
    made = _without_initials(_actors_and_words(text, start, end, sorted(parties)))
    words = [_pronoun(text[t.start : t.end]) if _is_pronoun(t) else t.word for t in made]
    busy = first = 0
    tails: dict[int, int] = {}  # where the rest of an entry begins that stands in two parts
    for at, token in enumerate(made):
        if topics:
            token.topics = tuple(t for t in topics if token.start <= t.start < token.end)
            over = (t for t in topics if t.start < token.end and token.start < t.end)
            token.in_topic = any(not (token.actor and gives(text, t)) for t in over)
        if at in tails:
            busy = tails[at]
        if at >= busy and token.actor is None:
            token.length, token.senses = longest(words, at)
            parted = _parted(words, at)
            if parted:
                token.length, token.senses, tail = parted
                tails[tail.start] = tail.stop
            token.length = max(1, token.length)
            busy = at + token.length
            first = at
        token.head = first if at < busy else at
        if speeches:
            around = [s for s in speeches if s.start <= token.start and token.end <= s.end]
            token.speech = min(around, key=lambda s: s.end - s.start, default=None)
    return made


def _parted(words: list[str], at: int) -> tuple[int, Senses, range] | None:
    """The length and sense of an entry that begins at ``at`` and has its object inside it, with the
    place of its rest: "held [the mayor of Riga] responsible"."""
    for head, tail, sense in gapped().get(words[at], ()):
        begin = at + len(head)
        if tuple(words[at:begin]) != head:
            continue
        for end in range(begin + 1, min(begin + 1 + _WITHIN, len(words))):
            if tuple(words[end : end + len(tail)]) == tail:
                return len(head), (sense,), range(end, end + len(tail))
            if words[end] in _BREAKS:
                break
    return None


def _is_pronoun(token: Token) -> bool:
    """Whether an actor stands there as a word that an entry may hold: "recall its ambassador"."""
    return token.actor is not None and token.actor.form == "pronoun"


def _pronoun(word: str) -> str:
    """A pronoun as entries have it, where "its" stands for any owner: "threw her weight behind"."""
    return "its" if _key(word) in ("his", "her", "their") else _key(word)


def _actors_and_words(text: str, start: int, end: int, parties: list[Party]) -> list[Token]:
    made: list[Token] = []
    at = start
    for party in (*parties, None):
        stop = party.start if party else end
        made += [
            Token(_key(m.group()), *m.span(), None, m.group()[0].isupper())
            for m in _WORD.finditer(text, at, max(at, stop))
        ]
        if party and party.start >= at:
            at = party.end
            if text[at : at + 2] in ("’s", "'s"):
                at += 2
            elif text[at : at + 1] in ("’", "'") and text[at - 1] == "s":
                at += 1
            owns = at > party.end or _owns(text[party.start : party.end], party.form)
            made.append(Token(ACTOR, party.start, party.end, party, True, owns))
    return made


def _without_initials(tokens: list[Token]) -> list[Token]:
    """The tokens without a second name in brackets of the actor before it: "Nations (ASEAN)"."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        if token.word == ")" and len(kept) > 3 and kept[-3].word == "(":
            first, second = kept[-4].actor, kept[-2].actor
            if first and second and first.actor_id == second.actor_id:
                del kept[-3:]
    return kept


def _owns(surface: str, form: str) -> bool:
    """Whether a name is an owner by itself: "Russian", "his", "the allies'"."""
    if form == "pronoun":
        return surface.lower() in ("his", "her", "their", "its", "our")
    return form == "demonym" or bool(_POSSESSIVE.search(surface))


def _key(word: str) -> str:
    return word.lower().replace("’", "'")

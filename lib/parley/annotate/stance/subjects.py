"""Who may be the subject of a clause, where it has a verb, and who owns a noun."""

from parley.annotate.stance import words as small
from parley.annotate.stance.lexicon import PAST, PRESENT
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.tokens import Token, word_at

Tokens = list[Token]
DASHES = frozenset("-–‑")


def has_verb(tokens: Tokens, at: int) -> bool:
    """Whether a finite verb or an auxiliary stands at ``at``."""
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.word in small.FINITE_AFTER:
        return True
    tags = {s.tag for s in token.senses if s.pos == "verb"}
    unknown = token.actor is None and not token.senses and token.word.endswith("ed")
    after = at + token.length
    following = tokens[after].word if after < len(tokens) else ""
    if PRESENT in tags:
        return following not in small.NOUN_LINKS | {"in"}  # "the group's targets in"
    return (PAST in tags or unknown) and following not in ("by", "of")  # "a man accused of"


def subject_next(tokens: Tokens, at: int) -> bool:
    """Whether the actor at ``at`` is the subject of a finite verb that follows at once."""
    step = at + 1
    if tokens[at].owns:
        step = after_agent(tokens, at)
        if not step:
            return tokens[at].actor is not None and is_people(tokens, at)
    while step < len(tokens) and is_adverb(tokens[step].word):
        step += 1
    return has_verb(tokens, step)


def titles_start(tokens: Tokens, at: int) -> int:
    """Where the name at ``at`` begins with the titles before it: "and Chancellor NAME spoke"."""
    while at > 1 and tokens[at - 1].word in small.AGENTS | small.OFFICE:
        at -= 1
    return at


def apposed(tokens: Tokens, at: int) -> bool:
    """Whether a new subject follows the "and" at ``at``: ", and NAME, the leader of the party,"."""
    named = next((i for i in range(at + 1, min(at + 4, len(tokens))) if tokens[i].actor), None)
    if named is None or titles_start(tokens, named) != at + 1 or tokens[max(0, at - 2)].actor:
        return False  # "condemned Mali, Chad, and Togo"
    return [t.word for t in tokens[named + 1 : named + 3]] in ([",", "the"], [",", "a"])


def after_agent(tokens: Tokens, at: int) -> int:
    """The place after "Russia's foreign ministry"; 0 where what is owned is no agent."""
    last = _last_owner(tokens, at)
    for step in range(last + 1, min(last + 6, len(tokens))):
        token = tokens[step]
        if token.actor or token.word in small.FINITE_AFTER or token.word in small.PREPOSITIONS:
            return 0
        if token.word in small.AGENTS | small.STRIKES:
            following = tokens[step + 1] if step + 1 < len(tokens) else None
            if following is None or following.word not in small.AGENTS | small.STRIKES:
                return 0 if following is not None and following.actor else step + 1
    return 0


def _last_owner(tokens: Tokens, at: int) -> int:
    """The last of a list of nationalities: "French, German and British officials"."""
    step = last = at
    while step < len(tokens) and _nationality(tokens[last]):
        party = tokens[step].actor
        if party and not _nationality(tokens[step]):
            break
        if not party and tokens[step].word not in (",", "and"):
            break
        last = step if party else last
        step += 1
    return last


def _nationality(token: Token) -> bool:
    return token.actor is not None and token.actor.form == "demonym"


def is_people(tokens: Tokens, at: int) -> bool:
    """Whether a demonym is itself a subject: "Russians said"."""
    party = tokens[at].actor
    return bool(party and party.form == "demonym" and has_verb(tokens, at + 1))


def eligible(tokens: Tokens, at: int) -> bool:
    """Whether an actor may be a clause's subject: no place, no bystander, no mere owner."""
    token = tokens[at]
    if token.in_topic or "-" in (
        tokens[at - 1].word if at else "",
        *(t.word for t in tokens[at + 1 : at + 2]),
    ):
        return False  # "anti-American", "Russian-backed"
    if token.owns and (not after_agent(tokens, at) or _holder(tokens, at)):
        return is_people(tokens, at)
    step = at - 1
    while step >= 0 and (
        tokens[step].word in ("the", "a", "an", "both", "and", ",")
        or (tokens[step].actor and tokens[step + 1].word == "and")
        or _inside(tokens, step, at)
    ):
        step -= 1
    before = tokens[step].word if step >= 0 else ""
    if before not in small.NO_SUBJECT:
        return True
    head = tokens[step - 1].word if step else ""
    return before in ("of", "from", "in") and head in small.AGENTS


def _holder(tokens: Tokens, at: int) -> bool:
    """Whether who holds the office is named beside it: "Mali's president, NAME, praised"."""
    words = [t.word for t in tokens]
    comma = after_agent(tokens, at)
    return words[comma : comma + 1] + words[comma + 2 : comma + 3] == [",", ","] and (
        tokens[comma + 1].actor is not None
    )


def _inside(tokens: Tokens, step: int, at: int) -> bool:
    """Whether a name before a comma only says more closely where: "in Dakar, Senegal"."""
    here, actor = tokens[step], tokens[at].actor
    same = here.actor and actor and here.actor.actor_id == actor.actor_id
    place = here.capital and here.actor is None and here.word.isalpha() and step > 0
    enclosed = [t.word for t in (tokens[at - 1], *tokens[at + 1 : at + 2])] == [",", ","]
    return bool(same or place) and enclosed and tokens[step + 1].word == ","


def _verbal(token: Token) -> bool:
    return any(sense.pos == "verb" and sense.tag == PAST for sense in token.senses)


def owner(tokens: Tokens, at: int) -> int | None:
    """The actor that owns the noun at ``at`` ("Russia's sharp criticism", "the US plan")."""
    for step in range(at - 1, max(-1, at - 5), -1):
        token = tokens[step]
        if token.actor:
            return step if token.owns or step == at - 1 else None
        if token.word in small.FUNCTION or _verbal(token):
            return None
    return None


def attributive(tokens: Tokens, at: int) -> bool:
    """Whether an actor only describes who follows: "Turkish-backed", "the Syrian Kurds"."""
    if word_at(tokens, at + 1) in DASHES:
        return True
    for token in tokens[at + 1 : at + 5] if tokens[at].owns else ():
        if token.actor:
            return True
        if token.word in small.FUNCTION:
            return False
    return False

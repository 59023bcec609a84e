"""Whether an actor that a governing word comes upon is its object, or only stands after it.

In "detained two Danish tourists", "approved Mali's plan" and "praised a report that nobody in Chad
had read" nothing is done to Denmark, Mali or Chad.
"""

from parley.annotate.stance import words as small
from parley.annotate.stance.senses import is_adverb
from parley.annotate.stance.tokens import Token

Tokens = list[Token]
_REACH = 5  # words between a governing word and its object
_WRONG = frozenset("illegal unlawful provocative aggressive destabilising destabilizing".split())
_TO_THEM = frozenset(("to", "for", "over", "about", "from", "toward", "towards"))


def index(tokens: Tokens, start: int) -> int:
    """The place of the token that begins at an offset."""
    return next(i for i, t in enumerate(tokens) if t.start == start)


def beyond(tokens: Tokens, lead: int, at: int) -> bool:
    """Whether more stands between ``lead`` and the actor at ``at`` than an object may hold."""
    return len(_other(tokens, lead, at)) > _REACH


def joined(tokens: Tokens, lead: int, at: int) -> bool:
    """Whether only names, offices, commas and "and" stand between: a list, or a name's title."""
    return not _other(tokens, lead, at)


def _other(tokens: Tokens, lead: int, at: int) -> Tokens:
    between = tokens[lead + 1 : at]
    return [t for t in between if not (t.actor or t.capital or t.word in small.JOINING)]


def title(tokens: Tokens, at: int) -> bool:
    """Whether an actor only says whose office somebody holds: "Polish President NAME"."""
    step = at + 1
    while step < at + 3 and step < len(tokens) and _describes(tokens[step]):
        step += 1  # "Polish far-right ministers NAME"
    while step < len(tokens) and not tokens[step].actor:
        if tokens[step].word == "," and tokens[step - 1].word == "counterpart":
            step += 1
            continue
        if tokens[step].word not in small.AGENTS | small.OFFICE:
            named = tokens[step].capital and tokens[step].word not in small.FUNCTION
            return named and tokens[step - 1].word in small.AGENTS
        step += 1
    return at + 1 < step < len(tokens)


def _describes(token: Token) -> bool:
    """Whether a word may only describe the office after it: in lower case, with no meaning here."""
    known = small.FUNCTION | small.AGENTS | small.OFFICE | small.CLOSERS
    plain = token.word.replace("-", "").isalpha() and not token.word.endswith(("ed", "ing", "s"))
    return plain and not (token.actor or token.capital or token.senses or token.word in known)


def private(tokens: Tokens, at: int) -> bool:
    """Whether an actor only says where private people are from: "a Danish tourist"."""
    following = {t.word for t in tokens[at + 1 : at + 3]}
    return tokens[at].owns and bool(following & (small.OTHERS | small.PRIVATE))


def aside(prep: str, lemma: str) -> bool:
    """Whether a preposition leads from a verb's object to another: "praised the plan for Mali"."""
    return prep in _TO_THEM and lemma not in small.GIVES and not lemma.endswith(tuple(_TO_THEM))


def told_to(tokens: Tokens, at: int) -> bool:
    """Whether the actor at ``at`` is asked to do something: "called for Mali to withdraw"."""
    return "to" in [t.word for t in tokens[at + 1 : at + 6]]


def told_to_stop(tokens: Tokens, at: int) -> bool:
    """Whether the actor at ``at`` is told to end what it does: "to stop its illegal drilling"."""
    after = tokens[at + 1 : at + 12]
    words = [t.word for t in after]
    lead = words.index("to") + 1 if "to" in words[:3] else len(words)
    ends = (
        i
        for i in range(lead, min(lead + 2, len(after)))
        if any(s.cls == "end" and s.pos == "verb" for s in after[i].senses)
    )
    end = next(ends, len(after))
    for i in range(end + 1, min(end + 6, len(after))):
        wrong = any(s.cls in ("harm", "threaten") for s in after[i].senses)
        wrong = wrong or words[i] in _WRONG
        own = any(t.owns or t.word in small.OWN for t in after[end + 1 : i])
        if wrong and (own or words[i].endswith("ing")):
            return True
    return False


def helped_to(tokens: Tokens, at: int) -> bool:
    """Whether a word follows the actor at ``at`` that may be what he is helped to do."""
    following = tokens[at + 1].word if at + 1 < len(tokens) else "."
    return following.isalpha() and following not in small.PREPOSITIONS - {"to"} | {"and", "or"}


def of_unknown(tokens: Tokens, at: int) -> bool:
    """Whether the actor at ``at`` only stands after a noun that nobody knows, and "of"."""
    heads = [i for i in range(1, at) if tokens[i].word == "of"]
    noun = tokens[heads[-1] - 1] if heads else None
    return (
        noun is not None
        and not noun.senses
        and noun.word not in small.AGENTS | small.BE | small.RISE
    )


def breaks_away(tokens: Tokens, start: int, at: int) -> bool:
    """Whether a part that left an actor is meant: "recognised the breakaway Ukrainian regions"."""
    around = [t.word for t in tokens if t.start >= start and t.start <= tokens[at].start]
    return bool(small.LEFT & {*around, *(t.word for t in tokens[at + 1 : at + 3])})


def titled(tokens: Tokens, at: int) -> bool:
    """Whether an owner only belongs to who is meant: "urged Panama's president"."""
    return any(t.actor or t.word in small.AGENTS for t in tokens[at + 1 : at + 5])


def menaced(tokens: Tokens, at: int) -> bool:
    """Whether who is warned is threatened: "not to", "of consequences", or bare."""
    after = [t.word for t in tokens[at + 1 : at + 9]]
    bare = not any(word.isalpha() for word in after)  # "warned Iran."
    return bare or bool(small.MENACES & {*after})


def modifies(tokens: Tokens, at: int) -> bool:
    """Whether an actor only says which thing is meant: "the Iraq war", "the Iran deal"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].owns or following is None or following.actor or following.capital:
        return False
    if following.word != "-" and not (at and tokens[at - 1].word in small.ARTICLES):
        return False
    word = following.word
    if word == "-":
        return True  # "the India-based group"
    plain = word.isalpha() and word not in (
        small.FUNCTION | small.AGENTS | small.CLOSERS | small.NUMBERS
    )
    verb = any(sense.pos == "verb" for sense in following.senses)
    return plain and not (verb or is_adverb(word) or word.endswith("ed"))


def prefix(tokens: Tokens, at: int) -> str:
    """What a hyphen ties before an actor: "anti" in "anti-American"."""
    tied = at > 1 and tokens[at - 1].word == "-" and tokens[at - 2].end == tokens[at - 1].start
    return tokens[at - 2].word if tied else ""

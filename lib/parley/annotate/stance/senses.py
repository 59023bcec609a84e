"""What a word is doing in its sentence: verb, noun or judgement; subject, owner or bystander."""

from dataclasses import replace

from parley.annotate.stance import words as small
from parley.annotate.stance.lexicon import BASE, ING, PAST, PRESENT, Sense
from parley.annotate.stance.tokens import Token

Tokens = list[Token]
FINITE, INFINITIVE, GERUND, PASSIVE = "finite", "infinitive", "gerund", "passive"


def choose(
    tokens: Tokens, at: int, *, judging: bool = False, copula: bool = False, free: bool = True
) -> Sense | None:
    """The sense of the lexicon entry at ``at`` in this sentence, if it has one here.

    ``judging`` says that a verb such as "call" or "regard" governs it, ``copula`` that a form of
    "be" does: both call for a judgement. ``free`` says that nothing governs it yet.
    """
    senses = tokens[at].senses
    if not senses or (senses[0].lemma == "ask" and not _asks(tokens, at)):
        return None
    if _means_else(tokens, at):
        return None
    if (at and tokens[at - 1].word == "-") or tokens[at].word in ("regarding", "considering"):
        return None  # "Russian-backed"; "regarding"
    if _in_name(tokens, at) or _describes_noun(tokens, at):
        return None
    by_pos = {sense.pos: sense for sense in senses}
    if "evaluation" in by_pos and (judging or copula or len(by_pos) == 1):
        return by_pos["evaluation"]
    if "adjective" in by_pos and tokens[at].word in small.RELATIONS:
        return by_pos["adjective"] if _is_said_of(tokens, at) else None
    if "adjective" in by_pos:
        return by_pos["adjective"] if _after_be(tokens, at) or tokens[at].length > 1 else None
    verb, noun = by_pos.get("verb"), by_pos.get("noun")
    if verb and _is_deed(tokens, at, verb):
        return replace(verb, pos="noun", tag="")
    if noun and not _complemented(tokens, at):
        noun = None
    if verb and (_is_noun(tokens, at, verb, free=free) or _is_penalty(tokens, at, verb)):
        return noun
    if verb and verb.lemma == "tell" and _orders(tokens, at):
        return replace(verb, lemma="tell to", cls="demand")
    linked = bool(noun) and tokens[min(at + 1, len(tokens) - 1)].word in small.NOUN_LINKS
    if verb and verb.tag == PRESENT and linked and (tokens[at - 1].owns or not free):
        return noun  # "condemned the US strikes on"
    if verb and verb.tag == PRESENT and not (_singular(tokens[at - 1]) or _governs(tokens, at)):
        return noun
    return verb or noun


def _is_deed(tokens: Tokens, at: int, verb: Sense) -> bool:
    """Whether a form in -ing names what was done to somebody: "the storming of"."""
    around = [t.word for t in (tokens[at - 1], *tokens[at + 1 : at + 2])] if at else []
    return verb.tag == ING and verb.cls == "harm" and around == ["the", "of"]


def _in_name(tokens: Tokens, at: int) -> bool:
    """Whether a capital stands between capitals: "the Armed Services Committee", not a headline."""
    around = [t for t in (tokens[at - 1] if at > 1 else None, *tokens[at + 1 : at + 2]) if t]
    if tokens[at].length > 1 or not tokens[at].capital or not at:
        return False
    words = [t for t in tokens if t.word[:1].isalpha()]
    headline = sum(t.capital for t in words) > 0.6 * len(words)
    return not headline and any(t.capital and not t.actor and t.word[:1].isalpha() for t in around)


def _describes_noun(tokens: Tokens, at: int) -> bool:
    """Whether a participle only describes a noun: "the planned tariffs", "increased pressure"."""
    token, after = tokens[at], at + tokens[at].length
    if token.length > 1 or not any(s.pos == "verb" and s.tag == PAST for s in token.senses):
        return False
    before = tokens[at - 1].word if at else ""
    following = tokens[after] if after < len(tokens) else None
    if following is None or following.actor:
        return False
    if before in small.BE and any(s.pos == "evaluation" for s in following.senses):
        return True  # "are sworn enemies"
    if before not in small.ARTICLES:
        return False
    return following.word.isalpha() and following.word not in small.FUNCTION


def _complemented(tokens: Tokens, at: int) -> bool:
    """Whether a noun says of what or on whom it is: "support for", not "support group"."""
    after = at + tokens[at].length
    if tokens[after - 1].word in small.PREPOSITIONS:
        return True  # "rockets at"
    words = [t.word for t in tokens[after : after + 3]]
    direct = bool(words) and (words[0] in small.PREPOSITIONS or words[0] in ("that", "and", "or"))
    return direct or "by" in words  # "accusations made by"


def _means_else(tokens: Tokens, at: int) -> bool:
    """Whether what follows gives a verb another meaning: "recognised that", "got used to"."""
    after = at + tokens[at].length
    following = tokens[after : after + 4]
    lemma = tokens[at].senses[0].lemma
    if lemma in ("call", "calls"):
        return following[:1] != [] and following[0].word in ("with", "to")  # by telephone
    if lemma in small.OR_THAT:
        return following[:1] != [] and following[0].word == "that"
    if lemma == "charge" and following[:1] != [] and following[0].word == "that":
        return True  # who charges that something is so accuses nobody by that
    if tokens[at].word == "targeted" and following[:1] != []:
        return following[0].word in small.STRIKES | small.PENALTIES | {"killings", "measures"}
    if lemma == "use":
        return following[:1] != [] and following[0].word == "to"
    freed = any(t.actor or t.word in small.FREED for t in following)
    return lemma == "release" and not freed  # a video, a statement


def _is_said_of(tokens: Tokens, at: int) -> bool:
    """Whether "critic of" says what somebody is: "X is a fierce critic of", "X, a critic of"."""
    step = at - 1
    while step > 0 and not tokens[step].actor and tokens[step].word.isalpha() and at - step < 5:
        if tokens[step].word in small.BE or tokens[step].word in ("become", "became", "remains"):
            return True
        if tokens[step].word in small.PREPOSITIONS:
            return False
        step -= 1
    return tokens[step].word == "," and step > 0 and tokens[step - 1].actor is not None


def _asks(tokens: Tokens, at: int) -> bool:
    """Whether "ask" asks somebody for something, and not a question."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return bool(following and (following.actor or following.word == "the"))


def _orders(tokens: Tokens, at: int) -> bool:
    """Whether "tell" says what somebody is to do: "told Mali to withdraw"."""
    following = tokens[at + 1 : at + 8]
    last = next((i for i, t in enumerate(following) if t.word == "to"), 0)
    return last > 0 and following[last - 1].actor is not None


def _singular(before: Token) -> bool:
    """Whether the word before a form in -s may be its subject: "Russia calls", not "new calls"."""
    word = before.word
    known = (
        word in small.SAME
        or word in small.RELATIVES
        or word in small.AGENTS
        or word in (",", "and")
    )
    return before.actor is not None or before.capital or known or is_adverb(word)


def _governs(tokens: Tokens, at: int) -> bool:
    """Whether a form in -s stands before what only a verb has: "the group demands Israel"."""
    after = at + tokens[at].length
    return at > 1 and after < len(tokens) and tokens[after].actor is not None


def _after_be(tokens: Tokens, at: int) -> bool:
    words = [t.word for t in tokens[max(0, at - 3) : at]]
    while words and (is_adverb(words[-1]) or words[-1] in small.NEGATORS):
        if words[-1] in small.BE:
            return True
        words.pop()
    return bool(words) and words[-1] in small.BE


def _is_noun(tokens: Tokens, at: int, verb: Sense, *, free: bool) -> bool:
    """Whether what may be a verb ("calls", "support") is a noun here, by what stands before it."""
    if verb.tag == PAST:
        return False
    before = tokens[at - 1] if at else None
    if before is None or not (before.actor or before.word[:1].isalnum() or before.word == ","):
        return verb.tag != ING
    if verb.tag == BASE and {"to", *small.MODAL, *small.DO} & set(_auxiliaries(tokens, at)):
        return False
    after = at + tokens[at].length
    following = tokens[after].word if after < len(tokens) else ""
    linked = following in small.NOUN_LINKS or (verb.lemma == "aid" and following == "to")
    if verb.tag == BASE and tokens[at].length == 1 and linked:
        return True  # "support for", "an attack on"
    if verb.tag == ING:
        return before.owns or before.word in ("the", "a", "an", "its", "their", "his", "her")
    if before.owns or before.word in small.DETERMINERS:
        return True
    governed = any(s.pos == "verb" for s in tokens[before.head].senses)
    if governed or before.word in small.PREPOSITIONS:
        return True
    lead = [t.word for t in tokens[max(0, at - 3) : at - 1] if t.word != "the"]
    plural = before.actor is not None and (
        before.actor.form in ("demonym", "nominal") or lead[-1:] == ["and"]
    )
    subject = plural or before.word in small.SUBJECTS or before.word in (",", "and")
    subject = subject or (free and before.word.endswith("s"))
    return verb.tag == BASE and not subject and not is_adverb(before.word)


def _is_penalty(tokens: Tokens, at: int, verb: Sense) -> bool:
    """Whether "sanctions" names them: "US sanctions on", not "China sanctions two companies"."""
    if verb.tag != PRESENT or all(t.end != tokens[at].end for t in tokens[at].topics):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.actor:
        return following is None
    governed = following.capital or following.word[:1].isdigit()
    return not governed and following.word not in small.ARTICLES - {"of"}


def form(tokens: Tokens, at: int, sense: Sense) -> str:
    """How a verb stands: finite, infinitive, gerund (any participle in -ing) or passive."""
    if sense.pos != "verb":
        return FINITE
    after = at + tokens[at].length
    following = tokens[after].word if after < len(tokens) else ""
    by = following == "by" or (following == "of" and sense.cls == "accuse")  # "accused of"
    words = _auxiliaries(tokens, at)
    if sense.tag == PAST and (by or any(w in small.BE for w in words)):
        return PASSIVE
    if sense.tag == ING:
        return FINITE if any(w in small.BE for w in words) else GERUND
    if sense.tag == BASE and at and "to" in (tokens[at - 1].word, *words[-1:]):
        return INFINITIVE
    if sense.tag == PAST and at and tokens[at - 1].word == "to":
        return INFINITIVE  # "to put pressure on": base and past are spelt alike
    return FINITE


def _auxiliaries(tokens: Tokens, at: int) -> list[str]:
    found: list[str] = []
    step = at - 1
    while step >= 0 and at - step < 6:
        word = tokens[step].word
        if not (
            is_adverb(word) or word in small.FINITE_AFTER or word in small.NEGATORS or word == "to"
        ):
            break
        found.insert(0, word)
        step -= 1
    return found


def mood(tokens: Tokens, at: int) -> str:
    """What keeps a verb from being a fact: "may" or "will" before it, else nothing."""
    words = set(_auxiliaries(tokens, at))
    if words & small.MAYBE:
        return "may"
    return "will" if words & small.FUTURE else ""


def is_adverb(word: str) -> bool:
    return word in small.ADVERBS or (word.endswith("ly") and len(word) > 4 and word != "ally")


def gerund(tokens: Tokens, at: int) -> bool:
    """Whether a form in -ing of a known verb stands at ``at``."""
    senses = tokens[at].senses if at < len(tokens) else ()
    return any(sense.pos == "verb" and sense.tag == ING for sense in senses)


def judged_again(tokens: Tokens, at: int) -> bool:
    """Whether another judgement follows in the same phrase: "his historic visit a mistake"."""
    for token in tokens[at : at + 5]:
        if token.actor or token.word in small.PREPOSITIONS | {",", "and", "but", "or"}:
            return False
        if any(sense.pos == "evaluation" for sense in token.senses):
            return True
    return False

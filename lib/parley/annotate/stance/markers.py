"""What a small word marks where it stands: a condition, a number, a relative clause, a deed."""

from parley.annotate.stance import words as small
from parley.annotate.stance.senses import choose, is_adverb
from parley.annotate.stance.subjects import has_verb
from parley.annotate.stance.tokens import Token

LISTS = frozenset((",", "and", "or", "the"))


def goes_on(tokens: list[Token], at: int) -> bool:
    """Whether a list of names goes on after ``at``, to its "and": "Chad, Mali, Niger and Togo"."""
    rest = tokens[at + 1 :]
    end = next((i for i, t in enumerate(rest) if not t.actor and t.word not in LISTS), len(rest))
    words = [t.word for t in rest[:end] if not t.actor]
    return "and" in words and any(t.actor for t in rest[:end])


def undergoes(tokens: list[Token], at: int) -> bool:
    """Whether an actor is something, or suffers it: "could be next", "was in danger"."""
    return bool(small.BE & {t.word for t in tokens[at + 1 : at + 4]})


def in_case(tokens: list[Token], at: int) -> bool:
    """Whether "event" or "case" at ``at`` ends "in the event"."""
    return "in" in [t.word for t in tokens[max(0, at - 2) : at]]


def counts(tokens: list[Token], at: int, word: str) -> bool:
    """Whether "than" or "over" stands before a number: "more than 200 airstrikes"."""
    following = [t.word for t in tokens[at + 1 : at + 2]]
    return word in ("than", "over") and bool(following) and following[0][:1].isdigit()


def describes(tokens: list[Token], at: int) -> bool:
    """Whether "that" stands for the noun before it: a verb follows, and no subject."""
    step = at + 1
    while step < len(tokens) and is_adverb(tokens[step].word):
        step += 1
    before = choose(tokens, tokens[at - 1].head)
    said = before is not None and before.pos == "verb"
    return bool(at) and not said and has_verb(tokens, step)


def unknown_deed(tokens: list[Token], at: int, word: str) -> bool:
    """Whether what is supported or promised is to do what the lexicon does not know:
    "committed to relaunching"."""
    step = at - 1
    while step > 0 and is_adverb(tokens[step].word):
        step -= 1
    return word.endswith("ing") and tokens[step].word in ("to", "of", "for", "on")

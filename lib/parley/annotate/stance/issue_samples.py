"""Whether a regular expression can match anything: a text is made from it and tried."""

import re
import warnings
from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_BRANCHES = 12  # alternatives of a group that are tried


def compile_quietly(pattern: str) -> re.Pattern[str]:
    """Compile a user's pattern, without Python's warnings about its style."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return re.compile(pattern, re.IGNORECASE)


def matches_nothing(pattern: str) -> bool:
    """Say whether no text can be found for any of the pattern's alternatives.

    A pattern of a kind that no sample can be made for is given the benefit of the doubt.

    >>> matches_nothing(r"\\btariffs?\\b"), matches_nothing("$tariffs"), matches_nothing("(?!)")
    (False, True, True)
    """
    compiled = compile_quietly(pattern)
    tree = parser.parse(pattern, re.IGNORECASE)
    try:
        samples = {_sample(tree, pick, few) for pick in range(_BRANCHES) for few in (True, False)}
    except NotImplementedError:
        return False
    return not any(compiled.search(text) for s in samples for text in (s, f" {s} "))


def _sample(items: Iterable[tuple], pick: int, few: bool) -> str:
    """A text that a sequence of parts may match: of alternatives the one that ``pick`` falls on,
    of what may be repeated as little as possible, or (not ``few``) once where that is allowed."""
    return "".join(_part(kind, value, pick, few) for kind, value in items)


def _part(kind: object, value: Any, pick: int, few: bool) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        low, high, inner = value
        return _sample(inner, pick, few) * (low if few else max(low, min(high, 1)))
    if kind is op.SUBPATTERN:
        return _sample(value[-1], pick, few)
    if kind is op.BRANCH:
        return _sample(value[1][pick % len(value[1])], pick, few)
    if kind is op.IN:
        return _member(value)
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return ""
    if kind is op.ANY:
        return " "
    raise NotImplementedError(kind)


def _member(choices: list[tuple]) -> str:
    """One character of a set."""
    if choices[0][0] is op.NEGATE:
        pattern = "".join(chr(v) for k, v in choices[1:] if k is op.LITERAL)
        return next(c for c in "x1 ,_" if c not in pattern)
    kind, value = choices[0]
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.RANGE:
        return chr(value[0])
    samples = {op.CATEGORY_WORD: "x", op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " "}
    samples |= {op.CATEGORY_NOT_WORD: ",", op.CATEGORY_NOT_DIGIT: "x", op.CATEGORY_NOT_SPACE: "x"}
    if kind is op.CATEGORY and value in samples:
        return samples[value]
    raise NotImplementedError(kind)

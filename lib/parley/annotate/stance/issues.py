"""Issues: what positions are taken on, found by the patterns of `data/actors/issues.csv`.

A user adds an issue as a row: issue_id, name, description and patterns (regular expressions, `|`
between them, small and capital letters alike).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from parley.annotate.stance.issue_samples import compile_quietly, matches_nothing
from parley.errors import ParleyError

# Sentences about nothing in particular: a pattern that is found in most of them says nothing.
_PLAIN = (
    "The train to the coast left a quarter of an hour late.",
    "She bought two loaves of bread and a jar of honey.",
    "It rained in the morning, but the afternoon was dry.",
    "A neighbour has painted the fence in front of his house green.",
    "They played cards until midnight and went home on foot.",
    "The museum opens at ten and is closed on Mondays.",
    "He was born in 1954 as the third child of a teacher.",
    "Nobody knew where the old key to the cellar was.",
)
_MOST = 0.6


@dataclass(frozen=True)
class Match:
    """An issue at ``text[start:end]``."""

    start: int
    end: int
    issue_id: str


def find_issues(text: str, issues: pd.DataFrame) -> list[Match]:
    """Give every match of every issue in a text, in order; needs issue_id and patterns.

    Matches of one issue do not overlap; those of two issues may. Raises ParleyError where a pattern
    cannot be used (see `check_issues`).

    >>> issues = pd.DataFrame({"issue_id": ["tariffs"], "patterns": [r"\\btariffs?\\b"]})
    >>> find_issues("Tariffs help nobody.", issues)
    [Match(start=0, end=7, issue_id='tariffs')]
    """
    found = [
        Match(*match.span(), issue_id)
        for issue_id, pattern in compiled(issues)
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda match: (match.start, match.end, match.issue_id))


def compiled(issues: pd.DataFrame) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give each issue with its pattern, checked and compiled once a process."""
    rows = zip(issues["issue_id"], issues["patterns"], strict=True)
    return _compiled(tuple((str(issue_id), str(patterns)) for issue_id, patterns in rows))


@lru_cache(maxsize=8)
def _compiled(rows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    for issue_id, patterns in rows:
        if fault := _fault(patterns):
            raise ParleyError(f"issues.csv, issue {issue_id!r}: {fault}")
    return tuple((issue_id, compile_quietly(patterns)) for issue_id, patterns in rows)


def check_issues(issues: pd.DataFrame, *, file: str = "issues.csv") -> None:
    """Raise ParleyError for the first issue that cannot be used: file, line, issue and cure.

    >>> check_issues(pd.DataFrame({"issue_id": ["all"], "patterns": [".*"]}))
    Traceback (most recent call last):
    parley.errors.ParleyError: issues.csv, line 2, issue 'all': its patterns match every text; ...
    """
    seen: set[str] = set()
    for at, row in enumerate(issues.itertuples(index=False), start=2):
        where = f"{file}, line {at}, issue {row.issue_id!r}: "
        if row.issue_id in seen:
            raise ParleyError(f"{where}it is there twice; put all its patterns into one row")
        seen.add(row.issue_id)
        if fault := _fault(str(row.patterns)):
            raise ParleyError(where + fault)


def _fault(patterns: str) -> str | None:
    """What is wrong with the patterns, and the cure, or None."""
    if not patterns.strip() or patterns == "nan":
        return "it has no pattern; write one, such as \\btariffs?\\b"
    try:
        pattern = compile_quietly(patterns)
    except re.error as problem:
        return f"its patterns cannot be read ({problem}); mend the expression"
    plain = sum(bool(pattern.search(sentence)) for sentence in _PLAIN) / len(_PLAIN)
    if pattern.search("") or plain >= _MOST:
        return "its patterns match every text; name the words that are peculiar to the issue"
    if matches_nothing(patterns):
        return "its patterns match no text at all; try them on a sentence that they should find"
    return None

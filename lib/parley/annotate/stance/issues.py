"""Issues: what positions are taken on, found by the patterns of `data/actors/issues.csv`.

A user adds an issue as a row: issue_id, name, description and patterns (regular expressions, `|`
between them, small and capital letters alike). What names the contrary of an issue stands in
``opposites``: to condemn an annexation is to be for territorial integrity, not against it.
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
_NEGATION = re.compile(r"\b(?:no|not|never)\b", re.IGNORECASE)  # "accept no more members"


@dataclass(frozen=True)
class Match:
    """An issue at ``text[start:end]``."""

    start: int
    end: int
    issue_id: str
    opposite: bool = False


Compiled = tuple[str, re.Pattern[str], re.Pattern[str] | None]


def find_issues(text: str, issues: pd.DataFrame) -> list[Match]:
    """Give every match of every issue in a text, in order.

    Needs issue_id and patterns, and uses ``opposites`` where it is there.

    Matches of one issue do not overlap; those of two issues may. Raises ParleyError where a pattern
    cannot be used (see `check_issues`).

    >>> issues = pd.DataFrame({"issue_id": ["tariffs"], "patterns": [r"\\btariffs?\\b"]})
    >>> find_issues("Tariffs help nobody.", issues)
    [Match(start=0, end=7, issue_id='tariffs', opposite=False)]
    """
    return matches(text, compiled(issues))


def compiled(issues: pd.DataFrame) -> tuple[Compiled, ...]:
    """Give each issue with its patterns and opposites, checked and compiled once a process."""
    rows = zip(issues["issue_id"], issues["patterns"], _opposites(issues), strict=True)
    return _compiled(tuple((str(one), str(patterns), contrary) for one, patterns, contrary in rows))


def _opposites(issues: pd.DataFrame) -> list[str]:
    if "opposites" not in issues:
        return [""] * len(issues)
    return issues["opposites"].fillna("").astype(str).str.strip().tolist()


def matches(text: str, issues: tuple[Compiled, ...]) -> list[Match]:
    """Do as `find_issues` with issues that were compiled before: for thousands of sentences."""
    found: list[Match] = []
    for issue_id, patterns, opposites in issues:
        contrary = [m.span() for m in opposites.finditer(text)] if opposites else []
        found += [Match(*span, issue_id, True) for span in contrary]
        found += [
            Match(*match.span(), issue_id, bool(_NEGATION.search(match.group())))
            for match in patterns.finditer(text)
            if not any(start < match.end() and match.start() < end for start, end in contrary)
        ]
    return sorted(found, key=lambda match: (match.start, match.end, match.issue_id))


@lru_cache(maxsize=8)
def _compiled(rows: tuple[tuple[str, str, str], ...]) -> tuple[Compiled, ...]:
    for issue_id, patterns, contrary in rows:
        if fault := _fault(patterns) or (contrary and _fault(contrary)):
            raise ParleyError(f"issues.csv, issue {issue_id!r}: {fault}")
    return tuple(
        (issue_id, compile_quietly(patterns), compile_quietly(contrary) if contrary else None)
        for issue_id, patterns, contrary in rows
    )


def check_issues(issues: pd.DataFrame, *, file: str = "issues.csv") -> None:
    """Raise ParleyError for the first issue that cannot be used: file, line, issue and cure.

    >>> check_issues(pd.DataFrame({"issue_id": ["all"], "patterns": [".*"]}))
    Traceback (most recent call last):
    parley.errors.ParleyError: issues.csv, line 2, issue 'all': its patterns match every text; ...
    """
    seen: set[str] = set()
    contraries = _opposites(issues)
    for at, (row, contrary) in enumerate(
        zip(issues.itertuples(index=False), contraries, strict=True), start=2
    ):
        where = f"{file}, line {at}, issue {row.issue_id!r}: "
        if row.issue_id in seen:
            raise ParleyError(f"{where}it is there twice; put all its patterns into one row")
        seen.add(row.issue_id)
        if fault := _fault(str(row.patterns)) or (contrary and _fault(contrary)):
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

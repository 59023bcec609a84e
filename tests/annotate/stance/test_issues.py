"""Issues: found by their patterns, and refused where the patterns say nothing."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.annotate.registry import load_registry
from parley.annotate.stance.issues import check_issues, find_issues
from parley.errors import ParleyError

SHIPPED = load_registry().issues
FOUND = [
    ("Poland backs Ukraine's NATO membership.", "nato-enlargement"),
    ("He urged Moscow to de-escalate.", "withdrawal"),
    ("They withdrew all their troops in May.", "withdrawal"),
    ("Germany will supply Kyiv with modern air defence.", "arms-deliveries"),
    ("A cease-fire began at noon.", "ceasefire"),
    ("The unity and territorial integrity of the country matter.", "territorial-integrity"),
    ("New START expires next year.", "arms-control"),
    ("Nord Stream 2 was stopped.", "energy-cut-offs"),
]


def issues(**patterns: str) -> pd.DataFrame:
    return pd.DataFrame({"issue_id": list(patterns), "patterns": list(patterns.values())})


@pytest.mark.parametrize(("text", "issue_id"), FOUND)
def test_an_issue_is_found_where_it_stands(text: str, issue_id: str) -> None:
    assert issue_id in {match.issue_id for match in find_issues(text, SHIPPED)}


def test_a_match_is_a_span_of_the_text() -> None:
    text = "Sanctions first: no travel bans, no tariffs."
    found = find_issues(text, SHIPPED)
    assert [text[m.start : m.end] for m in found] == ["Sanctions", "travel bans", "tariffs"]


def test_what_is_about_nothing_matches_nothing() -> None:
    assert find_issues("The cat slept on the sofa all day.", SHIPPED) == []


def test_the_shipped_issues_are_sound() -> None:
    check_issues(SHIPPED)


@pytest.mark.parametrize("pattern", [".*", r"\w+", "the|a", "", "x?", "[a-z]"])
def test_a_pattern_that_matches_everything_is_refused(pattern: str) -> None:
    with pytest.raises(ParleyError, match=r"issues\.csv, line 3, issue 'wide': it"):
        check_issues(issues(narrow="tariff", wide=pattern))


@pytest.mark.parametrize("pattern", ["(?!)", "$tariffs", "tariffs^", r"a\bb"])
def test_a_pattern_that_matches_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(ParleyError, match="match no text at all"):
        check_issues(issues(void=pattern))


def test_a_broken_pattern_is_refused_when_it_is_used() -> None:
    with pytest.raises(ParleyError, match=r"issue 'broken': its patterns cannot be read"):
        find_issues("tariffs", issues(broken="(tariffs"))


def test_an_issue_is_there_once() -> None:
    twice = pd.concat([issues(tariffs="tariff"), issues(tariffs="duty")])
    with pytest.raises(ParleyError, match="line 3, issue 'tariffs': it is there twice"):
        check_issues(twice)


@given(st.text(alphabet="abc.*+?|()[]^$\\ ", max_size=12))
def test_any_pattern_is_taken_or_refused_in_one_sentence(pattern: str) -> None:
    try:
        check_issues(issues(any=pattern))
    except ParleyError as problem:
        assert "\n" not in str(problem)


def test_opposites_are_found_as_such_and_win_over_patterns():
    issues = pd.DataFrame(
        {"issue_id": ["vaccines"], "patterns": [r"vaccin\w+"], "opposites": [r"anti-vaccin\w+"]}
    )
    found = find_issues("An anti-vaccine rally near the vaccination centre.", issues)
    assert [(match.start, match.opposite) for match in found] == [(3, True), (31, False)]


def test_an_opposite_that_cannot_be_used_is_a_fault():
    issues = pd.DataFrame({"issue_id": ["x"], "patterns": [r"\bx\b"], "opposites": [".*"]})
    with pytest.raises(ParleyError, match="match every text"):
        check_issues(issues)

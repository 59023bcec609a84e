"""Whose critic or backer somebody is, and what else hangs on no governing verb."""

import pytest
from parley.annotate.stance.relations import backers, critics, fronted, likened, threats
from parley.annotate.stance.tokens import Speech, tokens_of

from tests.annotate.stance.test_reactions import tokens, told


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norway is among Russia's fiercest critics.", {("norway", "russia", -1)}),
        ("Norway has become one of Sweden's defenders.", {("norway", "sweden", 1)}),
        ("Norway, Russia's harshest critic, stayed away.", {("norway", "russia", -1)}),
        ("Norway, once Russia's harshest critic, stayed away.", set()),
        ("Norway met Russia's critics.", set()),
        ("Norway was glad that voters met Russia's critics.", set()),
        ("In Finland, Norway is seen as one of Russia's critics.", {("norway", "russia", -1)}),
    ],
)
def test_whose_critic_somebody_is(text: str, found: set) -> None:
    assert {claim for claim in told(critics(tokens(text))) if claim[2]} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norway-backed Finland marched on the town.", {("norway", "finland", 1)}),
        (
            "Norway- and Sweden-backed rebels of Finland fled.",
            set(),  # whom "of Finland" says more of is not Finland
        ),
        (
            "Norway- and Sweden-backed rebel group Finland fled.",
            {("norway", "finland", 1), ("sweden", "finland", 1)},
        ),
        ("Norway-aligned Finland marched on the town.", {("finland", "norway", 1)}),
        ("Norway-backed militias marched on Finland.", set()),
        ("Norway-based Finland marched on the town.", set()),
    ],
)
def test_who_backs_whom_by_an_adjective(text: str, found: set) -> None:
    assert told(backers(tokens(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Backed by Norway, Russia won.", {("norway", "russia", 1)}),
        ("Accused by Norway and Sweden of theft, Russia left.", {
            ("norway", "russia", -1), ("sweden", "russia", -1)}),
        ("Backed by Norway, the students left Russia.", set()),
        ("Founded by Norway, Russia won.", set()),
    ],
)  # fmt: skip
def test_what_stands_before_the_subject_is_done_to_it(text: str, found: set) -> None:
    assert told(fronted(tokens(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norway compared Russia to a dictator.", {("norway", "russia", -1)}),
        ("Norway compared Russia to Sweden.", set()),
    ],
)
def test_who_is_likened_to_a_tyrant(text: str, found: set) -> None:
    assert told(likened(tokens(text))) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Norway will pay for this crime", {("sweden", "norway", -1)}),
        ("Norway would soon regret it", {("sweden", "norway", -1)}),
        ("Norway will pay for the wall", set()),
        ("Norway may regret it", set()),
    ],
)
def test_who_is_to_pay_for_it_is_threatened_by_who_says_so(words: str, found: set) -> None:
    text = f"Sweden said {words}."
    named = tokens(text)
    parties = [t.actor for t in named if t.actor]
    speech = Speech(len("Sweden said "), len(text) - 1, 0, "sweden")
    assert told(threats(tokens_of(text, 0, len(text), parties, [], [speech]))) == found

"""Whose critic or backer somebody is, and who fights whom, where no verb says so."""

import pytest
from parley.annotate.stance import grammar
from parley.annotate.stance.relations import backers, critics, fights, fronted, likened, relations

from tests.annotate.stance.test_reactions import tokens, told

BOTH = {("norway", "russia", -1), ("russia", "norway", -1)}


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
        ("Clashes between Norway and Russia went on.", BOTH),
        ("Six fled the fighting between Sweden-backed Norway and Russia.", BOTH),
        ("Norway and Russia exchanged fire on Sunday.", BOTH),
        ("Norway and Russia have repeatedly clashed near the border.", BOTH),
        ("Norway and Russia accused each other of cheating.", BOTH),
        ("Norway and Russia were trading insults.", BOTH),
        ("Norway and Russia were trading goods.", set()),
        ("Two soldiers of Norway were killed during clashes with Russia.", BOTH),
        ("Norway's feud with Russia grew.", BOTH),
        ("Sweden warned of a possible war between Norway and Russia.", set()),
        ("A trade war between Norway and Russia loomed.", set()),
        ("Clashes between students and Russia went on.", set()),
        ("Norway met Russia during the fighting.", set()),
    ],
)
def test_who_fights_whom(text: str, found: set) -> None:
    assert told(fights(tokens(text))) == found


def test_two_who_praise_each_other_are_for_one_another() -> None:
    praise = {("norway", "russia", 1), ("russia", "norway", 1)}
    assert told(fights(tokens("Norway and Russia praised each other."))) == praise


def test_who_is_clashed_with_clashes_too() -> None:
    made = tokens("Norway has clashed with Russia over fish.")
    read = grammar.read(made)
    assert {("norway", "russia", -1)} == told(read)
    assert told(relations(made, read)) == {("russia", "norway", -1)}


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

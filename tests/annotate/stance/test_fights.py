"""Who fights or quarrels with whom, where each does with the other."""

import pytest
from parley.annotate.stance import grammar
from parley.annotate.stance.fights import fights, returned

from tests.annotate.stance.test_reactions import tokens, told

BOTH = {("norway", "russia", -1), ("russia", "norway", -1)}


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
    assert told(returned(read, made)) == {("russia", "norway", -1)}

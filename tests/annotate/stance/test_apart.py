"""Pairs of which a sentence says nothing by how it is built, and what its words can report."""

import pytest
from parley.annotate.stance import apart, grammar
from parley.annotate.stance.tokens import Party, Token, tokens_of

NAMES = ("Norway", "Russia", "Finland", "Sweden")


def tokens(text: str) -> list[Token]:
    parties = [
        Party(text.index(name), text.index(name) + len(name), name.lower(), "name")
        for name in NAMES
        if name in text
    ]
    return tokens_of(text, 0, len(text), parties, [], [])


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Norway accused Russia of bullying Finland.", {("norway", "finland")}),
        ("Norway criticised Russia for letting Sweden in.", {("norway", "sweden")}),
        ("Norway accused Russia of lying and called on Sweden to act.", set()),
        ("Norway blamed Russia for it, calling it a farce and accusing Sweden of fraud.", set()),
        ("Norway accused Russia.", set()),
    ],
)
def test_who_stands_in_an_accusation_is_not_accused(text: str, inside: set) -> None:
    made = tokens(text)
    assert apart.alleged(made, grammar.read(made)) == inside


def test_who_is_named_at_the_end_only_says_it() -> None:
    mocked = apart.attributed(tokens("Russia blames Finland for the rain, Norway mocked."))
    said = apart.attributed(tokens("Russia has attacked Finland, Norway said on Friday."))
    assert mocked and mocked.empties("russia", "finland") and mocked.empties("russia", "norway")
    assert said and not said.empties("russia", "finland") and said.empties("russia", "norway")


@pytest.mark.parametrize(
    "text",
    ["Russia attacked Finland.", "Russia rejected the plan, and Norway said nothing to Finland."],
)
def test_a_sentence_that_nobody_is_quoted_for_has_no_attribution(text: str) -> None:
    assert apart.attributed(tokens(text)) is None


def test_a_semicolon_parts_two_actors() -> None:
    assert apart.sundered(tokens("Norway blames Russia; Sweden waits"), "norway", "sweden")
    assert not apart.sundered(tokens("Norway blames Russia; Sweden waits"), "norway", "russia")


@pytest.mark.parametrize(
    ("text", "source", "target", "event", "can"),
    [
        ("Russia rejected Norway's plan.", "russia", "norway", "REJECT", True),
        ("Russia rejected Norway's plan.", "norway", "russia", "REJECT", False),
        ("Norway was accused by Russia.", "russia", "norway", "ACCUSE", True),
        ("Norway was accused by Russia.", "norway", "russia", "ACCUSE", False),
        ("Norway and Russia rejected it.", "norway", "russia", "REJECT", False),
        ("Norway and Russia held talks.", "russia", "norway", "CONSULT", True),
        ("Russia massed troops near Norway.", "russia", "norway", "MOBILIZE", True),
    ],
)
def test_the_order_says_who_can_have_done_it(
    text: str, source: str, target: str, event: str, can: bool
) -> None:
    assert (event in apart.deeds(tokens(text), source, target)) is can

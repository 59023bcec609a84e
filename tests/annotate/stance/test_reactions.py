"""Who is said to have reacted to the deed that a sentence tells."""

import pytest
from parley.annotate.stance import grammar
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.reactions import reactions, with_others
from parley.annotate.stance.tokens import Party, Token, target_at, tokens_of

NAMES = ("Norway", "Russia", "Finland", "Sweden")


def tokens(text: str) -> list[Token]:
    parties = [
        Party(text.index(name), text.index(name) + len(name), name.lower(), "name")
        for name in NAMES
        if name in text
    ]
    return tokens_of(text, 0, len(text), parties, [], [])


def told(claims: list) -> set[tuple[str, str, int]]:
    return {(c.holder, c.target.name, c.position.sign) for c in claims}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norway came under fire from Russia.", {("russia", "norway", -1)}),
        ("Despite praise from Sweden, Norway closed the port.", {("sweden", "norway", 1)}),
        ("Norway closed the port, drawing criticism from Russia.", {("russia", "norway", -1)}),
        ("Norway closed the port amid praise from Sweden.", {("sweden", "norway", 1)}),
        ("Norway closed the port, a move that Russia condemned.", {("russia", "norway", -1)}),
        ("Norway closed the port, a step welcomed by Sweden.", {("sweden", "norway", 1)}),
        ("Norway closed the port, which Russia condemned.", {("russia", "norway", -1)}),
        ("On Monday, Norway and Sweden walked out, despite protests from Russia.",
         {("russia", "norway", -1), ("russia", "sweden", -1)}),
        ("Norway closed the port over the objections of Russia.", {("russia", "norway", -1)}),
        ("Norway closed the port, a ruling that Russia called outrageous.",
         {("russia", "norway", -1)}),
        ("Norway closed the port, and Russia condemned the move.", {("russia", "norway", -1)}),
        ("Norway closed the port and both Russia and Sweden called the move a wise step.",
         {("russia", "norway", 1), ("sweden", "norway", 1)}),
        ("Norway shelled the port and Russia vowed revenge.", {("russia", "norway", -1)}),
        ("Norway's shelling of the port was condemned by Russia, Finland and Sweden.",
         {("russia", "norway", -1), ("finland", "norway", -1), ("sweden", "norway", -1)}),
        ("Norway closed the port, to the dismay of Russia.", {("russia", "norway", -1)}),
        ("Norway closed the port, and Russia condemned the attack by gunmen.", set()),
        ("Norway's airport was praised by Russia.", set()),
        ("Norway closed the port, a claim that Russia denied.", set()),
        ("The port in Norway closed, drawing criticism from Russia.", set()),
        ("Fishermen blocked Norway, drawing criticism from Russia.", set()),
        ("Norway said the port, which Russia had built, was closed.", set()),
        ("Norway repeated its criticism of Russia.", set()),
    ],
)  # fmt: skip
def test_a_reaction_is_toward_the_doer_and_says_nothing_back(text: str, found: set) -> None:
    claims = told(reactions(tokens(text)))
    assert {claim for claim in claims if claim[2]} == found
    assert {claim for claim in claims if not claim[2]} == {(b, a, 0) for a, b, _ in found}


def test_what_the_doer_does_is_not_done_to_those_who_react() -> None:
    made = tokens("Norway blocked the deal, a decision that drew praise from Sweden.")
    sweden = next(target_at(t) for t in made if t.actor and t.actor.actor_id == "sweden")
    misread = grammar.Claim("norway", sweden, Position(-1, 0.8, ("block",)), (7, 14))
    assert told(with_others(made, [misread])) == {
        ("sweden", "norway", 1),
        ("norway", "sweden", 0),
    }


def test_who_stands_in_what_is_fronted_does_nothing_that_follows() -> None:
    made = tokens("Backed by Norway, Russia attacked Finland.")
    assert told(with_others(made, grammar.read(made))) == {
        ("norway", "russia", 1),
        ("russia", "finland", -1),
    }

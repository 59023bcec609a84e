"""A sentence as the grammar of positions reads it."""

import pytest
from parley.annotate.stance.tokens import Party, Token, tokens_of


def tokens(text: str, name: str) -> list[Token]:
    start = text.index(name)
    party = Party(start, start + len(name), "norway", "name")
    return tokens_of(text, 0, len(text), [party], [], [])


@pytest.mark.parametrize(
    "text",
    [
        "Sweden tore the treaty with Norway up.",
        "Sweden held the government of Norway responsible for it.",
        "Sweden took Norway to court.",
    ],
)
def test_an_entry_may_hold_its_object(text: str) -> None:
    made = tokens(text, "Norway")
    assert [s.lemma for t in made for s in t.senses if "…" in s.lemma]
    after = next(i for i, t in enumerate(made) if t.actor)
    assert not any(t.senses for t in made[after:])  # its rest is no word of its own


@pytest.mark.parametrize(
    "text",
    [
        "Sweden held talks, and Norway was responsible.",
        "Sweden took the view that Norway had lost in court.",
        "Sweden held back the ship that Norway called responsible.",
    ],
)
def test_an_entry_ends_with_its_clause(text: str) -> None:
    made = tokens(text, "Norway")
    assert not [s.lemma for t in made for s in t.senses if "…" in s.lemma]

"""Words over a signature."""

import pytest
from parley.annotate.quotes.attribution import attributions
from parley.annotate.quotes.signed import signed

from tests.annotate.quotes.test_attribution import article


def told(text: str) -> list[tuple]:
    return [
        (one.speaker.actor_id, one.kind, text[one.start : one.end]) for one in signed(article(text))
    ]


def test_tweets_are_his_who_signed_them():
    text = (
        "It began.\n\nWe shall see what comes. — Lavrov (@lavrov) May 3, 2019 And so it goes on. "
        "— Olaf Scholz (@scholz) May 4, 2019\n\nIt ended."
    )
    assert told(text) == [
        ("sergei-lavrov", "direct", "We shall see what comes."),
        ("olaf-scholz", "direct", "And so it goes on."),
    ]


@pytest.mark.parametrize("signature", ["— Scholz", "Scholz, of Hamburg", "-- Scholz, 2019"])
def test_an_excerpt_is_his_whose_name_stands_below(signature):
    text = f"Lavrov said no.\n\n“We have waited long, and we act now.”\n\n{signature}\n\nIt rained."
    assert told(text) == [("olaf-scholz", "direct", "We have waited long, and we act now.")]
    assert [one.speaker.actor_id for one in attributions(article(text))][-1] == "olaf-scholz"


@pytest.mark.parametrize(
    "below",
    ["Scholz said so, too.", "Scholz in Paris", "The rain, and the wind", "“So,” he said"],
)
def test_another_line_is_no_signature(below):
    assert told(f"“We have waited long, and we act now.”\n\n{below}\n\nIt rained.") == []


def test_what_the_signer_says_in_it_is_no_quotation_of_its_own():
    text = "It began.\n\nI hope that we shall see it. — Lavrov (@lavrov) May 3, 2019\n\nIt ended."
    parts = "source: I", "cue: hope", "content: that we shall see it"
    found = attributions(article(text, *parts))
    assert [text[one.start : one.end] for one in found] == ["I hope that we shall see it."]

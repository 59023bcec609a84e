"""What a quoted speaker says that others said."""

import pytest
from parley.annotate.quotes.attribution import attributions

from tests.annotate.quotes.test_attribution import article

TEXT = "“He met me on Monday. Scholz said that it was all over, and left,” Lavrov said."
INNER = "source: Scholz", "cue: said", "content: that it was all over"


def told(text: str, *parts: str) -> list[tuple]:
    return [
        (one.kind, one.speaker.actor_id, text[one.start : one.end])
        for one in attributions(article(text, *parts))
    ]


def test_the_inner_words_are_anothers_and_all_are_the_speakers():
    assert told(TEXT, *INNER) == [
        (
            "direct",
            "sergei-lavrov",
            "He met me on Monday. Scholz said that it was all over, and left",
        ),
        ("indirect", "olaf-scholz", "it was all over"),
    ]


@pytest.mark.parametrize("own", ["I", "We", "You"])
def test_what_he_says_of_himself_is_no_other_attribution(own):
    text = TEXT.replace("Scholz", own)
    assert len(told(text, f"source: {own}", *INNER[1:])) == 1


def test_a_thing_that_somebody_wants_is_not_said():
    text = TEXT.replace("said that it", "supported what")
    parts = "source: Scholz", "cue: supported", "content: what was all over"
    assert len(told(text, *parts)) == 1

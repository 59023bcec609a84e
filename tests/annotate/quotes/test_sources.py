"""The class of source that a phrase, a name or its introduction shows."""

import pytest
from parley.annotate.quotes.sources import Named, class_of, class_of_words, introduced


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a senior official", "unnamed official"),
        ("officials at the ministry", "unnamed official"),
        ("the ministry", "institution"),
        ("an analyst at the ministry", "expert"),
        ("a report by officials", "document"),
        ("a newspaper reporter", "media"),
        ("his brother", "other"),
    ],
)
def test_the_class_of_words_is_their_heads(words, expected):
    assert class_of_words(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a group of experts", "expert"),
        ("dozens of residents", "witness"),
        ("a number of officials", "unnamed official"),
        ("social media users", "other"),
        ("the firm", "institution"),
        ("a show's hosts", "media"),
    ],
)
def test_how_many_they_are_is_not_who_they_are(words, expected):
    assert class_of_words(words) == expected


def test_officials_of_a_body_are_officials():
    body = Named(0, 12, "us-congress", "alias", False, "body", "legislature")
    assert class_of(body, "US lawmakers") == "unnamed official"
    assert class_of(body, "the US Congress") == "institution"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met state senator Ann Lee in Oslo.", "named official"),
        ("They met Ann Lee, a professor at the college.", "expert"),
        ("They met Ann Lee, the deputy head of a fund, in Oslo.", "named official"),
        ("They met Ann Lee in Oslo.", "other"),
        ("The report by Ann Lee was read.", "other"),
        ("A minister met Ann Lee.", "other"),
        ("So said Bo Holm, a professor in Oslo. Ann Lee left.", "other"),
    ],
)
def test_a_person_is_of_the_class_as_which_he_is_introduced(text, expected):
    start = text.index("Ann Lee")
    assert introduced(Named(start, start + 7, None, "name", True, "person"), text) == expected

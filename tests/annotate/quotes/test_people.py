"""Whoever is introduced once is of that class throughout."""

import re

from parley.annotate.quotes.article import Article, Attribution
from parley.annotate.quotes.people import of_one_class
from parley.annotate.quotes.sources import Named
from parley.annotate.quotes.speakers import Speaker

TEXT = (
    "They met Ann Lee, a professor in Oslo, and Bo Holm.\n\nLee said it rained.\n\n"
    "She said more.\n\nHolm said no.\n\nHe said nothing."
)


def classes(text: str) -> list[str]:
    names = [Named(*m.span(), None, "name" if " " in m.group() else "alias", True, "person")
             for m in re.finditer("Ann Lee|Bo Holm|Lee|Holm", text)]  # fmt: skip
    said = [
        Attribution(m.end(), m.end() + 5, "indirect", None, Speaker(*m.span(1), None, "other"), 0.9)
        for m in re.finditer(r"(\w+) said", text)
    ]
    return [one.speaker.source_class for one in of_one_class(said, Article(text, [], names, []))]


def test_a_family_name_and_a_pronoun_take_the_class_of_the_introduction():
    assert classes(TEXT) == ["expert", "expert", "other", "other"]


def test_a_pronoun_reaches_no_farther_than_two_paragraphs():
    far = TEXT.replace("\n\nShe", "\n\nIt rained.\n\nIt snowed.\n\nShe")
    assert classes(far) == ["expert", "other", "other", "other"]

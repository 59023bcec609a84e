"""Pronouns and titles: to whom they go, to whom they do not, and with what probability."""

import pytest
from parley.annotate.mentions import mentions_of

from tests.annotate.conftest import found, page

LAVROV, PESKOV, MERKEL = "sergei-lavrov", "dmitry-peskov", "angela-merkel"


def referring(text: str, day: str | None = "2022-01-14"):
    """(surface, actor) of the mentions that are no names."""
    named = found(text, day)
    every = found(text, day, pronouns=True)
    for pair in named:
        every.remove(pair)
    return every


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sergei Lavrov met Angela Merkel.\nHe left.", [("He", LAVROV)]),
        ("Sergei Lavrov met Angela Merkel.\nShe left.", [("She", MERKEL)]),
        ("Dmitry Peskov said that he would wait.", [("he", PESKOV)]),
        ("Sergei Lavrov condemned the plan.\nMoscow waits, he said.", [("he", LAVROV)]),
        ("Shortly after his election, Vladimir Putin left.", [("his", "vladimir-putin")]),
        ("Angela Merkel and her husband came.", [("her", MERKEL)]),
        ("Joe Biden spoke.\nThen the president left.", [("president", "joe-biden")]),
        ("NATO met.\nThe alliance was calm.", [("alliance", "nato")]),
        ("The EU met.\nThe bloc was calm.", [("bloc", "eu")]),
        (
            "The Russian Foreign Ministry spoke.\nThe ministry was calm.",
            [("ministry", "russia-foreign-ministry")],
        ),
        (  # the only army named before, whichever state was spoken of last
            "The Sudanese army left.\nAbu Dhabi was glad.\nThen the army came back.",
            [("army", "sudan-armed-forces")],
        ),
    ],
)
def test_goes_to_whom_the_text_is_about(text, expected):
    assert referring(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A senior official met Vladimir Putin's aide.\n“We wait,” he said.",  # the official
        "John Smith met Bob Brown.\nHe left.",  # nobody that the registry holds
        "He left before anybody was named.",
        "Ukraine and Russia fought.\nHer house burned.",
        "Joe Biden spoke.\nThe president of the club left.",  # another's
        "Angela Merkel spoke.\nHe waited.",  # no man is named
        "The army crossed the river.",  # whose?
    ],
)
def test_goes_to_nobody_where_it_cannot_be_told(text):
    assert referring(text) == []


def test_whom_a_quotation_quotes_does_not_call_himself_he():
    text = "Vladimir Putin left.\nDmitry Peskov said: “He is ill.”"
    assert referring(text) == [("He", "vladimir-putin")]


def test_a_title_follows_the_office_on_the_day():
    text = "Joe Biden met Donald Trump.\nThe president smiled."
    assert referring(text, "2022-01-14") == [("president", "joe-biden")]
    assert referring(text, "2018-01-14") == [("president", "donald-trump")]


def test_whom_somebody_is_recognised_as_is_not_who_holds_the_office():
    made = mentions_of(page("Chile recognised Juan Guaidó as the legitimate president of Peru."))
    assert "office" not in {one.form for one in made}


def test_each_is_counted_apart_and_less_sure_than_a_name():
    made = mentions_of(page("Sergei Lavrov spoke.\nHe left NATO.\nThe alliance waited."))
    by_form = {one.form: one.probability for one in made}
    assert {"name", "pronoun", "nominal"} <= set(by_form)
    assert max(by_form["pronoun"], by_form["nominal"]) < by_form["name"]

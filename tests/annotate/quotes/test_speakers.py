"""Speakers: whom a phrase names, who stands beside a cue, and of which class a source is."""

import re

import pytest
from parley.annotate.quotes.cues import find_cues
from parley.annotate.quotes.sources import Named
from parley.annotate.quotes.speakers import beside, of_span, speaker_of, unnamed_at

# name: actor, whether a person, kind, sector
KNOWN = {
    "Putin": ("vladimir-putin", True, "person", "executive"),
    "Peskov": ("dmitry-peskov", True, "person", "executive"),
    "Ann Lee": (None, True, "person", None),
    "NATO": ("nato", False, "organisation", "international"),
    "US": ("united-states", False, "state", "executive"),
    "Reuters": ("reuters", False, "outlet", "media"),
    "Shell": ("shell", False, "company", "business"),
    "Vienna": (None, False, "location", None),
    "Hezbollah": ("hezbollah", False, "armed_group", "armed_group"),
    "Fed": ("federal-reserve", False, "body", "executive"),
}


def names(text: str) -> list[Named]:
    found = []
    for match in re.finditer("|".join(KNOWN), text):
        actor_id, person, kind, sector = KNOWN[match.group()]
        found.append(Named(*match.span(), actor_id, "name", person, kind, sector))
    return found


def named(text: str) -> tuple[str | None, str]:
    """The actor and class of the speaker that a whole phrase names."""
    speaker = of_span(0, len(text), names(text), text)
    return speaker.actor_id, speaker.source_class


@pytest.mark.parametrize(
    ("phrase", "actor", "source_class"),
    [
        ("Putin", "vladimir-putin", "named official"),
        ("Kremlin spokesman Peskov", "dmitry-peskov", "named official"),
        ("Putin’s spokesman, Peskov", "dmitry-peskov", "named official"),
        ("Peskov, a spokesman for Putin", "dmitry-peskov", "named official"),
        ("Putin’s lawyers", None, "other"),
        ("an aide to Putin", None, "unnamed official"),
        ("Putin supporters", None, "other"),
        ("a senior US official", "united-states", "unnamed official"),
        ("a senior US government official", "united-states", "unnamed official"),
        ("two diplomats from NATO", "nato", "unnamed official"),
        ("experts from NATO", None, "expert"),
        ("NATO", "nato", "institution"),
        ("the US", "united-states", "institution"),
        ("Hezbollah", "hezbollah", "institution"),
        ("the Fed", "federal-reserve", "institution"),
        ("Shell", "shell", "institution"),
        ("Reuters", "reuters", "media"),
        ("Ann Lee, an analyst at NATO", None, "expert"),
        ("Ann Lee, a spokeswoman for the ministry", None, "named official"),
        ("Ann Lee, a resident of Vienna", None, "witness"),
        ("Ann Lee", None, "other"),
        ("residents of Vienna", None, "witness"),
        ("the police", None, "institution"),
        ("two police officers", None, "unnamed official"),
        ("a poll", None, "document"),
        ("local media", None, "media"),
        ("he", None, "other"),
        ("Putin’s", "vladimir-putin", "named official"),
        ("journalists from across the US", "united-states", "media"),
        ("the brief, filed by Sens. Putin and Peskov", None, "document"),
    ],
)
def test_whom_a_phrase_names(phrase, actor, source_class):
    assert named(phrase) == (actor, source_class)


def test_who_means_the_person_before_it():
    text = "Peskov, who spoke in Vienna, left."
    start = text.index("who")
    assert of_span(start, start + 3, names(text), text).actor_id == "dmitry-peskov"


def test_who_is_not_the_person_before_another():
    text = "Peskov quoted an economist who spoke in Vienna."
    start = text.index("who")
    found = of_span(start, start + 3, names(text), text)
    assert (found.actor_id, found.source_class) == (None, "expert")


def test_a_name_with_its_clause_is_the_name():
    text = "Peskov, who lives in Vienna, left."
    found = of_span(text.index("who"), text.index(", left"), names(text), text)
    assert (found.actor_id, text[found.start : found.end]) == ("dmitry-peskov", "Peskov")


def test_the_span_is_the_phrase_without_what_hangs_on_it():
    text = "But Peskov, who"
    speaker = of_span(0, len(text), names(text), text)
    assert text[speaker.start : speaker.end] == "Peskov"


def test_a_span_that_ends_amid_a_name_ends_after_it():
    text = "economist Ann Lee"
    speaker = of_span(0, text.index(" Lee"), names(text), text)
    assert text[speaker.start : speaker.end] == text


def found_beside(text: str, *, inverted: bool = False) -> tuple | None:
    cue = find_cues(text)[0]
    speaker = beside(cue, names(text), text, window=(0, len(text)), inverted=inverted)
    return speaker and (speaker.actor_id, speaker.source_class)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peskov said so.", ("dmitry-peskov", "named official")),
        ("Peskov later said so.", ("dmitry-peskov", "named official")),
        ("Peskov, in Vienna for talks, said so.", ("dmitry-peskov", "named official")),
        ("A US official said so.", ("united-states", "unnamed official")),
        ("An aide to Putin said so.", (None, "unnamed official")),
        ("According to NATO, it rained.", ("nato", "institution")),
        ("It rained in Vienna, said nobody.", None),
    ],
)
def test_who_stands_before_a_cue(text, expected):
    assert found_beside(text) == expected


def test_who_stands_after_an_inverted_cue():
    text = "It rained, said Kremlin spokesman Peskov in Vienna."
    assert found_beside(text, inverted=True) == ("dmitry-peskov", "named official")


def test_with_whom_a_sentence_begins():
    text = "A senior US official was unmoved."
    assert unnamed_at(0, names(text), text).actor_id == "united-states"
    assert unnamed_at(0, [], "Rain fell on the officials.") is None


@pytest.mark.parametrize(
    ("sector", "expected"),
    [
        ("executive", "named official"),
        ("legislature", "named official"),
        ("judiciary", "named official"),
        ("military", "named official"),
        ("intelligence", "named official"),
        ("international", "named official"),
        ("media", "media"),
        ("party", "other"),
        ("business", "other"),
        ("civil_society", "other"),
        ("armed_group", "other"),
    ],
)
def test_the_class_of_a_known_person_is_his_sectors(sector, expected):
    person = Named(0, 5, "somebody", "name", True, "person", sector)
    assert speaker_of(person).source_class == expected

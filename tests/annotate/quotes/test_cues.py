"""Cues: found in a text, told from nouns, and put in their classes."""

import csv

import pytest
from parley import paths, terms
from parley.annotate.quotes.cues import cue_class, find_cues, is_verb, lexicon, says_a_clause


def lemmas(text: str) -> list[str]:
    return [cue.lemma for cue in find_cues(text)]


def test_cues_are_found_in_order_at_their_places():
    text = "He said it, she DENIED it."
    found = find_cues(text)
    assert [text[cue.start : cue.end] for cue in found] == ["said", "DENIED"]
    assert [cue.lemma for cue in found] == ["say", "deny"]


def test_the_longest_phrase_wins():
    assert lemmas("He went on to say so and called for calm.") == ["go on to say", "call for"]


def test_a_phrase_may_be_broken_over_lines():
    assert lemmas("According\nto NATO, it rained.") == ["according to"]


@pytest.mark.parametrize("text", ["essays", "unsaid things", "a retold tale", ""])
def test_a_part_of_a_word_is_no_cue(text):
    assert lemmas(text) == []


def test_a_window_bounds_the_search():
    text = "He said that she said."
    assert [cue.start for cue in find_cues(text, 5)] == [17]
    assert find_cues(text, 0, 6) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The report states that it rained.", ["states"]),
        ("Ministers report that it rained.", ["report"]),
        ("The state of the roads is bad.", []),
        ("In swing states the report of claims was read.", ["read"]),
        ("Putin’s demands were met.", []),
        ("Putin demands an answer.", ["demands"]),
        ("The so-called truce held.", []),
        ("A long-promised law.", []),
    ],
)
def test_verbs_are_told_from_nouns(text, expected):
    assert [text[c.start : c.end] for c in find_cues(text) if is_verb(c, text)] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("said", "neutral"),
        ("insisted", "assertive"),
        ("claimed", "distancing"),
        ("conceded", "admitting"),
        ("demanded", "directive"),
        ("vowed", "commissive"),
        ("has repeatedly denied", "assertive"),
        ("went on to claim", "distancing"),
        ("is demanding guarantees", "directive"),
        ("interpreted demands", "assertive"),
        (":", "neutral"),
    ],
)
def test_the_class_of_a_cue_is_its_last_verbs(words, expected):
    assert cue_class(words) == expected


def test_some_verbs_say_a_clause_and_others_take_a_thing():
    clause = {cue.lemma: says_a_clause(cue) for cue in find_cues("He added, praised, warned.")}
    assert clause == {"add": True, "praise": False, "warn": True}


def test_every_class_of_the_lexicon_is_known_and_no_form_stands_twice():
    with (paths.LEXICONS / "cues.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    forms = [form for row in rows for form in row["forms"].split("|")]
    assert {row["class"] for row in rows} == set(terms.CUE_CLASSES)
    assert {form for form in forms if forms.count(form) > 1} == set()
    assert set(lexicon()) == set(forms)

"""Coded sentences as rows: every pair of a sentence, in the order that its head expects."""

from parley.annotate.encoder import labels
from parley.evaluate.newswire import Coded, Place
from parley.train.newswire import _pairs, _tones

TEXT = "Poland condemned Russia over the war. We are for peace."


def sentence(**changes) -> Coded:
    facts = {
        "article": {"id": "a", "text": TEXT}, "start": 0, "end": 37,
        "places": (Place("poland", "actor", 0, 6), Place("russia", "actor", 17, 23),
                   Place("war", "issue", 33, 36)),
        "stances": {(0, 1): "against", (0, 2): "against"}, "events": {(0, 1): "ACCUSE"},
        "tones": {1: "negative"}, "wrong": frozenset(),
    }  # fmt: skip
    return Coded(**{**facts, **changes})


def said(row) -> tuple[str, str, str]:
    p, q = (row.text[slice(*row.roles[role])] for role in "pq")
    return p, q, labels.STANCES[row.label]


def test_pairs_of_actors_have_events_and_pairs_with_an_issue_have_none():
    rows = {said(row): row.events for row in _pairs(sentence(), {})}
    accuse, none = labels.EVENTS.index("ACCUSE"), labels.EVENTS.index("NONE")
    assert rows == {
        ("Russia", "Poland", "q against p"): (none, accuse),
        ("Poland", "war", "p against q"): None,
        ("Russia", "war", "neutral"): None,
    }


def test_a_speaker_outside_is_named_before_his_words():
    places = (Place("lee", "speaker", 38, 55), Place("peace", "issue", 49, 54))
    one = sentence(start=38, end=55, places=places, stances={(0, 1): "favor"}, events={}, tones={})
    (row,) = _pairs(one, {})
    assert row.text == "lee said: We are for peace."
    assert said(row) == ("lee", "peace", "p likes q")
    assert row.events is None


def test_what_both_do_is_done_both_ways():
    one = sentence(events={(1, 0): "CONSULT"})
    row = next(_pairs(one, {}))
    assert [labels.EVENTS[event] for event in row.events] == ["CONSULT", "CONSULT"]


def test_wrong_places_are_in_no_row():
    assert not list(_pairs(sentence(wrong=frozenset({0, 1})), {}))
    assert all("Russia" not in said(row) for row in _pairs(sentence(wrong=frozenset({1})), {}))


def test_a_tone_is_a_row_of_its_target():
    rows = {row.text[slice(*row.roles["target"])]: row.label for row in _tones(sentence())}
    assert rows["Russia"] == labels.SENTIMENTS.index("negative")

"""Quoted passages, whatever has happened to their marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.annotate.quotes.marks import DOUBLE, LONGEST, SINGLE, passages


def quoted(text):
    return [text[p.start : p.end] for p in passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “We are ready.” She left.", ["We are ready."]),
        ('He said: "We are ready." She left.', ["We are ready."]),
        ("He said: «We are ready.» She left.", ["We are ready."]),
        ("He said: ”We are ready.“ She left.", ["We are ready."]),
        ("aid to Kyiv “if they cross the border “.", ["if they cross the border"]),
        ("“No,” he said, “we will not.”", ["No,", "we will not."]),
        ("The allies’ refusal and Russia’s demand were noted.", []),
        ("He called it ‘a grave mistake’ today.", ["a grave mistake"]),
        ("The 1990s' end wasn't 'it'.", []),
        ('An inch mark: 5" pipe.', []),
        ("", []),
    ],
)
def test_marks_are_read_by_where_they_stand(text, expected):
    assert quoted(text) == expected


def test_a_lost_mark_damages_its_paragraph_alone():
    text = "He said: “We are ready and left.\n\nShe said: “I am not.” It rained."
    assert quoted(text) == ["We are ready and left.", "I am not."]
    assert [p.closed for p in passages(text)] == [False, True]


def test_an_unclosed_quotation_before_another_ends_at_its_own_last_stop():
    text = "He said: “We are ready. Then she said: “I am not.”"
    assert quoted(text) == ["We are ready.", "I am not."]


def test_a_lost_mark_leaves_the_sentences_after_it_to_the_outlet():
    assert quoted("He said: “We are ready. She added that it rained.") == ["We are ready."]
    assert quoted("“We are ready, he said. The rain had begun.") == ["We are ready,"]


def test_a_mark_within_marks_of_the_same_kind_is_a_part_of_the_passage():
    text = "“The word, which translates to “eagle,” is old.” She left. “Yes.”"
    assert quoted(text) == ["The word, which translates to “eagle,” is old.", "Yes."]
    assert all(p.closed for p in passages(text))


def test_a_quotation_without_end_is_bounded_and_flagged():
    (passage,) = passages("“" + "word and more. " * 10_000)
    assert passage.end - passage.start <= LONGEST
    assert not passage.closed


def test_ten_thousand_marks_are_read_once_each():
    assert len(passages("“a b” " * 5_000)) == 5_000


ANY = st.text(alphabet=st.sampled_from(list(DOUBLE + SINGLE + "ab .,\n—(")), max_size=80)


@given(ANY)
def test_passages_lie_in_order_inside_the_text(text):
    ends = [0]
    for passage in passages(text):
        assert ends[-1] <= passage.start < passage.end <= len(text)
        ends.append(passage.end)


@given(ANY, st.integers(0, 3))
def test_damage_in_one_paragraph_leaves_the_others_as_they_were(damaged, at):
    sound = ["He said: “We are ready.”", "She left.", "“No,” said a third, “never.”"]
    paragraphs = [*sound[:at], damaged.replace("\n", " "), *sound[at:]]
    found = quoted("\n\n".join(paragraphs))
    for expected in ("We are ready.", "No,", "never."):
        assert expected in found

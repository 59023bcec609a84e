"""How a hand-coded sentence is held against what the pipeline says of it."""

import pytest
from parley.errors import ParleyError
from parley.evaluate.cases import Case, events_right, faults, is_reversed, read

CASE = Case(
    "Oslo condemned Bonn.", "2022-02-01", {("oslo", "bonn"): "against"},
    {("bonn", "oslo"): "against"}, [("oslo", "bonn", ["ACCUSE", "REJECT"])], either_way=False,
)  # fmt: skip


def test_what_is_missing_and_what_is_too_much_are_faults():
    assert faults(CASE, {("oslo", "bonn"): "against", ("bonn", "oslo"): "against"}) == []
    assert len(faults(CASE, {("bonn", "oslo"): "favor"})) == 2


def test_the_opposite_is_reversed_and_so_is_holder_for_target():
    other = Case("", "", {("oslo", "bonn"): "against"}, {}, None, either_way=False)
    assert is_reversed(other, ("oslo", "bonn"), "favor")
    assert is_reversed(other, ("bonn", "oslo"), "against")
    assert not is_reversed(CASE, ("bonn", "oslo"), "against")  # it may be said
    assert not is_reversed(other, ("oslo", "kyiv"), "favor")


def test_events_count_with_any_code_that_would_do_and_no_other_event():
    assert events_right(CASE, [["oslo", "bonn", "REJECT"]])
    assert not events_right(CASE, [["bonn", "oslo", "REJECT"]])
    assert not events_right(CASE, [["oslo", "bonn", "REJECT"], ["bonn", "oslo", "AID"]])


def test_a_frame_of_another_shape_is_named(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "x", "frames": [["oslo", "bonn", "pro"]]}\n', encoding="utf-8")
    with pytest.raises(ParleyError, match=r"line 1: \['oslo', 'bonn', 'pro'\] is not"):
        read(file)

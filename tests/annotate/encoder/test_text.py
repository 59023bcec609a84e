"""Units, shapes, marks and windows: nothing is lost between the text and the encoder."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parley import paths
from parley.annotate.encoder.batches import around, cut, joined
from parley.annotate.encoder.files import open_folder
from parley.annotate.encoder.text import ROLES, SHAPES, load_tokenizer, pieces, windows


@pytest.fixture(scope="module")
def tokenizer():
    return load_tokenizer(str(paths.ENCODER / "tokenizer.json"))


def test_units_are_words_and_marks_of_the_text(tokenizer):
    text = "Mr. Lavrov’s “no” upset the U.S."
    units = [text[a:b] for a, b in pieces(tokenizer, text).units]
    assert units == [
        *["Mr", ".", "Lavrov", "’", "s", "“", "no", "”", "upset", "the", "U", ".", "S", "."]
    ]


def test_a_long_name_is_one_unit_of_several_pieces(tokenizer):
    made = pieces(tokenizer, "Volodymyr Zelenskyy spoke")
    assert len(made.heads) == 3
    assert len(made) > 5


def test_every_piece_of_a_word_has_the_word_s_shape(tokenizer):
    made = pieces(tokenizer, "ZELENSKYY spoke")
    shapes = [SHAPES[t] for t in made.types[1:-1]]
    assert set(shapes[:-1]) == {"upper"}
    assert shapes[-1] == "lower"


def test_a_mark_covers_whole_words_even_where_the_span_is_cut_short(tokenizer):
    text = "A Los Angeles man"
    made = pieces(tokenizer, text)
    roles = made.roles({"target": (2, 12)})  # "Los Angele"
    assert roles.tolist() == [0, 0, ROLES.index("target"), ROLES.index("target"), 0, 0]


def test_a_span_outside_the_text_marks_nothing(tokenizer):
    assert not pieces(tokenizer, "short").roles({"p": (90, 95)}).any()


@settings(max_examples=60)
@given(text=st.text(max_size=80))
def test_units_lie_in_the_text_in_order_and_do_not_overlap(text):
    made = cut(open_folder(), [text])[0]
    flat = made.units.ravel()
    assert (np.diff(flat) >= 0).all()
    assert len(made.heads) == len(made.units)
    if len(flat):
        assert flat[0] >= 0 and flat[-1] <= len(text)


@settings(max_examples=25)
@given(words=st.lists(st.sampled_from(["a", "Zelenskyy", "antidisestablishmentarianism", "."]),
                      min_size=1, max_size=120),
       size=st.integers(20, 60))  # fmt: skip
def test_windows_together_hold_every_unit_and_none_is_too_long(words, size):
    whole = pieces(load_tokenizer(str(paths.ENCODER / "tokenizer.json")), " ".join(words))
    seen = set()
    for first, window in windows(whole, size=size, overlap=size // 4):
        assert len(window) <= size
        assert (window.units == whole.units[first : first + len(window.units)]).all()
        assert (
            window.ids[window.heads] == whole.ids[whole.heads[first:][: len(window.heads)]]
        ).all()
        seen.update(range(first, first + len(window.units)))
    assert seen == set(range(len(whole.units)))


def test_joined_windows_take_each_unit_from_where_it_has_most_context():
    left = (0, np.full((6, 1), 1.0), np.full((6, 1), 1.0), 0.0)
    right = (4, np.full((6, 1), 2.0), np.full((6, 1), 2.0), 1.0)
    mentions, _, valence = joined([left, right], 10)
    assert mentions[:, 0].tolist() == [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]
    assert valence == 0.5


def test_marks_far_apart_in_a_very_long_text_both_stay_in_sight(tokenizer):
    text = "Ann " + "and so on " * 900 + "Bob"
    whole = pieces(tokenizer, text)
    spans = [(0, 3), (len(text) - 3, len(text))]
    small = around(whole, spans)
    roles = small.roles({"p": spans[0], "q": spans[1]})
    assert len(small) <= 200
    assert {ROLES[r] for r in roles} == {"none", "p", "q"}

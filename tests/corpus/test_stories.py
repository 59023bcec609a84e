"""Copies and light edits share a story; independent reports do not."""

import numpy as np
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st
from parley.corpus.stories import Stories, first_of, signature, similarity

WORDS = [f"word{n}" for n in range(200)]
TEXT = " ".join(WORDS)


def jaccard(one, other):
    """The similarity that MinHash estimates, counted out."""

    def shingles(text):
        words = text.split()
        return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}

    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


@given(st.integers(0, 150))
def test_similarity_estimates_jaccard(cut):
    other = " ".join([*WORDS[cut:], *(f"new{n}" for n in range(cut))])
    found = similarity(signature(TEXT), signature(other))
    assert abs(found - jaccard(TEXT, other)) < 5 * 0.044 + 0.01


def test_an_edited_copy_is_of_the_story_and_another_report_is_not():
    edited = " ".join(["Updated:", *WORDS[:90], "however", *WORDS[95:]])
    stories = Stories()
    assert stories.add("a", signature(TEXT)) == "a"
    assert stories.add("b", signature(edited)) == "a"
    assert stories.add("c", signature(" ".join(reversed(WORDS)))) == "c"


def test_the_first_is_the_earliest_dated():
    from datetime import datetime

    early, late = datetime(2022, 1, 1), datetime(2022, 1, 2)
    assert first_of([("a", None), ("c", late), ("b", early)]) == "b"
    assert first_of([("b", None), ("a", None)]) == "a"


def test_signatures_are_of_the_library_that_made_them():
    assert signature("a b c d e f").dtype == MinHash(num_perm=1, scheme="affine32").hashvalues.dtype
    assert signature("").shape == (128,)
    assert np.array_equal(signature("A, b"), signature("a b"))

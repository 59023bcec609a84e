"""Copies and light edits share a story; independent reports do not."""

import numpy as np
import pandas as pd
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st
from parley.corpus.stories import assign_stories, mark_first, signature, similarity

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


EDITED = " ".join(["Updated:", *WORDS[:90], "however", *WORDS[95:]])
OTHER = " ".join(reversed(WORDS))


def sketches(**texts):
    """Articles by id; what stands before "_" in an id is its month."""
    months = [key.partition("_")[0].replace("m", "2022-") for key in texts]
    signatures = [signature(text).tobytes() for text in texts.values()]
    return pd.DataFrame({"article_id": list(texts), "month": months, "signature": signatures})


NONE = sketches().assign(story_id=[])


def test_an_edited_copy_is_of_the_story_and_another_report_is_not():
    new = sketches(m01_a=TEXT, m01_b=EDITED, m01_c=OTHER)
    assert assign_stories(NONE, new) == ["m01_a", "m01_a", "m01_c"]


def test_batches_make_no_difference():
    new = sketches(m01_a=TEXT, m01_b=OTHER, m02_c=EDITED, undated_d=OTHER)
    at_once = assign_stories(NONE, new)
    known = NONE
    for at in range(len(new)):
        one = new.iloc[[at]]
        known = pd.concat([known, one.assign(story_id=assign_stories(known, one))])
    assert list(known["story_id"]) == at_once == ["m01_a", "m01_b", "m01_a", "m01_b"]


def test_what_comes_months_later_is_another_story():
    assert assign_stories(NONE, sketches(m01_a=TEXT, m03_b=TEXT)) == ["m01_a", "m03_b"]


def test_a_thousand_copies_are_one_story():
    new = sketches(**{f"m01_{n}": TEXT for n in range(1000)})
    assert set(assign_stories(NONE, new)) == {"m01_0"}


def test_the_first_is_the_earliest_dated():
    days = pd.to_datetime([None, "2022-01-02", "2022-01-01", None, None], utc=True)
    rows = {"article_id": list("acbed"), "story_id": list("xxxyy"), "published": days}
    assert list(mark_first(pd.DataFrame(rows))) == [False, False, True, False, True]


def test_signatures_are_of_the_library_that_made_them():
    assert signature("a b c d e f").dtype == MinHash(num_perm=1, scheme="affine32").hashvalues.dtype
    assert signature("").shape == (128,)
    assert np.array_equal(signature("A, b"), signature("a b"))

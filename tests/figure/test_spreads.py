"""Every observation is a dot, every group has its box, and the words give the medians."""

import numpy as np
import pandas as pd
from parley import figure

FRAME = pd.DataFrame(
    {"name": ["Russia"] * 5 + ["NATO"] * 3, "sentiment": [-1, -0.5, 0, 0.2, 0.4, 0.1, 0.3, 0.9]}
)


def test_every_row_is_a_dot_at_its_number():
    picture = figure.distribution(FRAME)
    (ax,) = picture.axes
    dots = [collection.get_offsets() for collection in ax.collections]
    drawn = np.sort(np.concatenate([np.asarray(offsets)[:, 0] for offsets in dots]))
    assert np.allclose(drawn, np.sort(FRAME["sentiment"]))


def test_groups_keep_their_order_and_say_their_n():
    (ax,) = figure.distribution(FRAME).axes
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["Russia  n = 5", "NATO  n = 3"]


def test_the_words_give_the_medians():
    words = figure.distribution(FRAME).alt_text
    assert "8 sentences in 2 groups" in words
    assert "Russia 0" in words
    assert "NATO 0.3" in words


def test_nothing_to_draw_is_said():
    assert "no sentences" in figure.distribution(FRAME.iloc[:0]).alt_text

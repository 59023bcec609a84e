"""A slope runs from what was to what is, and is coloured only where the change is sure."""

import pandas as pd
from parley import figure
from parley.figure import theme

from .conftest import ACTORS, drawn, outside, overlaps


def changes() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ACTORS,
            "reference_estimate": [9.9, 9.05, 9.28, 9.27, 4.93, 3.36, 3.3],
            "study_estimate": [15.8, 12.5, 8.73, 8.62, 4.47, 4.26, 4.2],
            "low": [2, -1, -2, -3, -1, 0.1, None],
            "high": [9, 6, -0.1, 2, 1, 2, None],
        }
    )


def test_slopes_join_before_and_after():
    frame = changes()
    lines = {tuple(line.get_ydata()) for line in drawn(figure.slopes(frame), "estimate")}
    assert lines == set(zip(frame["reference_estimate"], frame["study_estimate"], strict=True))


def test_only_sure_changes_are_coloured():
    lines = drawn(figure.slopes(changes()), "estimate")
    colours = {line.get_ydata()[1]: line.get_color() for line in lines}
    assert colours[15.8] == theme.FAVOR
    assert colours[8.73] == theme.AGAINST
    assert colours[12.5] == colours[4.2] == theme.REST


def test_a_change_must_be_sure_where_many_were_tested():
    frame = changes().assign(sure=[True] + [False] * 6)
    picture = figure.slopes(frame, sure="sure")
    colours = [line.get_color() for line in drawn(picture, "estimate")]
    assert colours.count(theme.REST) == 6
    assert "sure for 1 row" in picture.alt_text


def test_labels_on_both_sides_keep_apart():
    picture = figure.slopes(changes(), periods=("3–9 January", "10–16 January"))
    texts = picture.axes[0].texts
    assert not overlaps(texts) and not outside(picture, texts)
    words = [text.get_text() for text in texts]
    assert "Russia  9.9" in words and "15.8  Russia" in words  # named on both sides


def test_alt_text_says_what_rose_and_what_fell():
    text = figure.slopes(changes(), periods=("then", "now")).alt_text
    assert "from then to now" in text
    assert "Largest rise: Russia from 9.9 to 15.8" in text
    assert "largest fall: Ukraine from 9.27 to 8.62" in text
    assert "sure for 3 rows" in text


def test_no_row_in_both_periods():
    frame = changes().assign(reference_estimate=None)
    assert "no row has a value in both periods" in figure.slopes(frame).alt_text

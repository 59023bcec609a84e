"""Words beside their bars, and strokes where words stand."""

import pandas as pd
import pytest
from parley import figure

from .conftest import drawn, outside, overlaps


@pytest.fixture
def shift() -> pd.DataFrame:
    odds = [2.1, 1.8, 1.3, 0.2, -0.1, -0.8, -2.4]
    words = ["talks", "geneva", "troops", "border", "snow", "extraterritoriality", "deadline"]
    frame = pd.DataFrame({"word": words, "log_odds": odds})
    return frame.assign(low=frame["log_odds"] - 0.4, high=frame["log_odds"] + 0.4)


def test_bars_are_as_long_as_the_numbers(shift):
    bars = drawn(figure.word_shift_bars(shift), "estimate")
    assert [bar.get_width() for bar in bars] == shift["log_odds"].tolist()


def test_words_stand_clear_of_each_other_and_inside(shift):
    picture = figure.word_shift_bars(shift, study="this week", reference="last week")
    names = drawn(picture, "word")
    assert [name.get_text() for name in names] == shift["word"].tolist()
    assert not overlaps(names) and not outside(picture, names)


def test_words_stand_beyond_the_whisker(shift):
    picture = figure.word_shift_bars(shift)
    picture.draw_without_rendering()
    first = drawn(picture, "word")[0].get_window_extent()
    tip = picture.axes[0].transData.transform((shift["high"][0], 0))[0]
    assert first.x0 > tip


def test_alt_text_names_both_sides(shift):
    text = figure.word_shift_bars(shift, study="this week", reference="last week").alt_text
    assert "Most marked in this week: talks (+2.1), geneva (+1.8), troops (+1.3)" in text
    assert "Most marked in last week: deadline (−2.4), extraterritoriality (−0.8)" in text


def test_no_words():
    assert "no word" in figure.word_shift_bars(pd.DataFrame({"word": [], "log_odds": []})).alt_text


def test_strokes_stand_where_the_word_does():
    frame = pd.DataFrame({"name": ["NATO", "Russia", "NATO"], "position": [0.1, 0.5, 0.9]})
    picture = figure.dispersion_plot(frame, scores={"NATO": 0.21})
    segments = drawn(picture, "places")[0].get_segments()
    assert [segment[0][0] for segment in segments] == [0.1, 0.5, 0.9]
    assert "NATO (n = 2, DP 0.21); Russia (n = 1)" in picture.alt_text


def test_strokes_over_time():
    dates = pd.to_datetime(["2022-01-10", "2022-01-12"], utc=True)
    picture = figure.dispersion_plot(pd.DataFrame({"name": "NATO", "position": dates}))
    assert len(drawn(picture, "places")[0].get_segments()) == 2

"""Dots stand where the numbers are."""

import numpy as np
import pandas as pd
import pytest
from parley import figure
from parley.errors import ParleyError

from .conftest import drawn, outside, overlaps, words


def test_every_dot_stands_at_its_estimate(ranking):
    dots = drawn(figure.interval_dots(ranking), "estimate")
    assert [dot.get_xdata()[0] for dot in dots] == ranking["estimate"].tolist()
    assert [dot.get_ydata()[0] for dot in dots] == list(range(len(ranking)))


def test_the_first_row_stands_at_the_top(ranking):
    low, high = figure.interval_dots(ranking).axes[0].get_ylim()
    assert low > high


def test_whiskers_run_from_low_to_high(ranking):
    lines = [x for x in figure.interval_dots(ranking).axes[0].lines if x.get_gid() != "estimate"]
    assert [tuple(x.get_xdata()) for x in lines] == list(
        zip(ranking["low"], ranking["high"], strict=True)
    )


def test_every_row_shows_its_n(ranking):
    written = words(figure.interval_dots(ranking))
    assert "n = 490" in written and "n = 12, too few" in written


def test_too_few_is_hollow_and_left_out_of_the_extremes(ranking):
    picture = figure.interval_dots(ranking)
    assert drawn(picture, "estimate")[-1].get_markerfacecolor() == "#ffffff"
    assert "Smallest: European Union 4.4 (3.52 to 5.5, n = 138)" in picture.alt_text
    assert "1 row rests on too few to say" in picture.alt_text


def test_groups_share_a_row_without_touching(ranking):
    groups = [
        "The Meridian Wire of Records",
        "Potomac Ledger",
        "Vennland Post",
        "Quayside",
        "Zarechye",
    ]
    frame = pd.concat([ranking.assign(outlet=name) for name in groups])
    picture = figure.interval_dots(frame, color="outlet")
    key = drawn(picture, "key")
    assert [text.get_text() for text in key] == [f"● {name}" for name in groups]
    assert not overlaps(key) and not outside(picture, key)
    assert not overlaps(drawn(picture, "n"))
    heights = [dot.get_ydata()[0] for dot in drawn(picture, "estimate")]
    assert len(set(np.round(heights, 6))) == len(frame)


def test_nothing_runs_over_the_edge(ranking):
    long = ranking.assign(
        name=[f"Organization for {name} and Co-operation" for name in ranking.name]
    )
    picture = figure.interval_dots(long, xlabel="mentions per 1,000 words")
    texts = [*drawn(picture, "n"), *picture.axes[0].get_yticklabels()]
    assert not outside(picture, texts) and not overlaps(texts)


def test_a_null_estimate_has_no_dot(ranking):
    frame = ranking.assign(estimate=ranking["estimate"].where(ranking["name"] != "NATO"))
    dots = drawn(figure.interval_dots(frame), "estimate")
    assert np.isnan(dots[2].get_xdata()[0])


def test_alt_text_names_largest_and_smallest_with_n(ranking):
    text = figure.interval_dots(ranking.head(3), what="mentions per 1,000 words").alt_text
    assert "Largest: Russia 15.8 (12.6 to 19.8, n = 490)" in text
    assert "Smallest: NATO 8.7" in text


def test_an_empty_table_says_so():
    empty = pd.DataFrame({"name": [], "estimate": [], "low": [], "high": []})
    assert "no rows" in figure.interval_dots(empty).alt_text


def test_a_missing_column_is_named_with_the_nearest(ranking):
    with pytest.raises(ParleyError, match=r"no column 'actor': name another; the table has name"):
        figure.interval_dots(ranking, y="actor")
    with pytest.raises(ParleyError, match="did you mean 'estimate'"):
        figure.interval_dots(ranking, x="estimates")


def test_two_rows_in_one_place_are_refused(ranking):
    with pytest.raises(ParleyError, match="two rows for name 'Russia'"):
        figure.interval_dots(pd.concat([ranking, ranking.head(1)]))


def test_words_in_a_column_of_numbers_are_refused(ranking):
    with pytest.raises(ParleyError, match="should hold numbers"):
        figure.interval_dots(ranking.assign(estimate="many"))


def test_the_frame_is_left_as_it_was(ranking):
    before = ranking.copy()
    figure.interval_dots(ranking)
    pd.testing.assert_frame_equal(ranking, before)

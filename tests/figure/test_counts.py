"""Bars of counts, and counts over time."""

import pandas as pd
from parley import figure

from .conftest import drawn, outside, words


def outlets() -> pd.DataFrame:
    return pd.DataFrame(
        {"outlet": ["Meridian Wire", "Potomac Ledger"], "articles": [40, 8], "copies": [10, 0]}
    )


def test_bars_are_as_long_as_the_counts():
    bars = drawn(figure.bars(outlets()), "estimate")
    assert [bar.get_width() for bar in bars] == [40, 8]


def test_a_part_ends_where_the_whole_does():
    picture = figure.bars(outlets(), part="copies")
    ends = [part.get_x() + part.get_width() for part in drawn(picture, "part")]
    assert ends == [40, 8]
    assert "40 (10 of them copies)" in words(picture)
    assert not outside(picture, drawn(picture, "n"))


def test_alt_text_of_bars():
    text = figure.bars(outlets(), part="copies").alt_text
    assert "2 rows, 48 in all. Largest: Meridian Wire 40. Smallest: Potomac Ledger 8." in text
    assert "10 of them copies" in text


def weeks() -> pd.DataFrame:
    start = pd.to_datetime(["2022-01-03", "2022-01-10", "2022-01-31", None])
    return pd.DataFrame({"week": start, "outlet": ["A", "B", "A", "A"], "articles": [3, 5, 2, 1]})


def test_a_week_without_articles_stays_empty():
    picture = figure.timeline(weeks())
    bars = drawn(picture, "estimate")
    assert [bar.get_height() for bar in bars] == [3, 5, 2]
    assert bars[2].get_x() - bars[1].get_x() == 21  # days


def test_groups_are_stacked():
    bars = drawn(figure.timeline(weeks(), color="outlet"), "estimate")
    assert sum(bar.get_height() for bar in bars) == 10


def test_alt_text_of_a_timeline():
    text = figure.timeline(weeks()).alt_text
    assert "3 January 2022 to 31 January 2022: 10 in all" in text
    assert "Largest: 10 January 2022 with 5" in text


def test_nothing_has_a_date():
    assert "no article here has a date" in figure.timeline(weeks().tail(1)).alt_text

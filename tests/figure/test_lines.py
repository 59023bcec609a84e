"""Lines go through their numbers, and are named where they end."""

import numpy as np
import pandas as pd
import pytest
from parley import figure
from parley.errors import ParleyError

from .conftest import drawn, outside, overlaps


def test_lines_go_through_the_estimates(trend):
    lines = drawn(figure.interval_lines(trend), "estimate")
    for line, (_, rows) in zip(lines, trend.groupby("name", sort=False), strict=True):
        assert line.get_ydata().tolist() == rows["estimate"].tolist()


def test_names_at_the_ends_do_not_cover_one_another(trend):
    picture = figure.interval_lines(trend)
    names = drawn(picture, "line name")
    assert len(names) == 5
    assert not overlaps(names) and not outside(picture, names)


def test_names_stand_in_the_order_of_the_last_values(trend):
    names = drawn(figure.interval_lines(trend), "line name")
    heights = {text.get_text(): text.get_position()[1] for text in names}
    assert sorted(heights, key=heights.get) == trend["name"].unique().tolist()


def test_a_missing_week_is_a_gap(trend):
    rows = trend.reset_index(drop=True)
    rows.loc[3, ["estimate", "low", "high"]] = np.nan
    picture = figure.interval_lines(rows)
    assert np.isnan(drawn(picture, "estimate")[0].get_ydata()[3])
    assert "1 value is missing" in picture.alt_text


@pytest.mark.parametrize("kind", ["zone", "period", "labels"])
def test_any_order_of_time_will_do(trend, kind):
    week = {
        "zone": trend["week"].dt.tz_localize("UTC"),
        "period": trend["week"].dt.to_period("W"),
        "labels": trend["week"].dt.strftime("%d.%m."),
    }[kind]
    picture = figure.interval_lines(trend.assign(week=week))
    assert len(drawn(picture, "estimate")) == 5


def test_alt_text_says_when(trend):
    text = figure.interval_lines(trend, what="tone").alt_text
    assert "5 lines, 6 December 2021 to 24 January 2022" in text
    assert "Largest: Vladimir Putin, 24 January 2022, 5.9 (4.9 to 6.9, n = 20)" in text


def test_a_point_on_too_few_is_hollow_and_named_in_no_extreme(trend):
    frame = trend.assign(enough=trend["name"] != "Vladimir Putin")
    picture = figure.interval_lines(frame)
    hollow = [x for x in drawn(picture, "few") if len(x.get_xdata())]
    assert len(hollow) == 1 and len(hollow[0].get_xdata()) == 8
    assert "8 points rest on too few" in picture.alt_text
    assert "Largest: Ukraine" in picture.alt_text


def test_no_line_leads_to_a_point_on_too_few(trend):
    russia = trend[trend["name"] == "Russia"].reset_index(drop=True)
    picture = figure.interval_lines(russia.assign(enough=russia.index != 2), color=None)
    (line,), (hollow,) = drawn(picture, "estimate"), drawn(picture, "few")
    assert np.isnan(line.get_ydata()).tolist() == [place == 2 for place in range(8)]
    assert hollow.get_ydata().tolist() == [russia["estimate"][2]]


def test_one_line_needs_no_name(trend):
    one = trend[trend["name"] == "Russia"]
    assert drawn(figure.interval_lines(one, color=None), "line name") == []


def test_two_values_in_one_place_are_refused(trend):
    with pytest.raises(ParleyError, match="two rows for week"):
        figure.interval_lines(trend, color=None)


def test_no_values_at_all():
    frame = pd.DataFrame({"week": [], "name": [], "estimate": [], "low": [], "high": []})
    assert "no values" in figure.interval_lines(frame).alt_text


def test_one_week_alone_is_shown_among_its_days():
    week = pd.DataFrame(
        {"week": pd.to_datetime(["2022-01-10"]), "estimate": [2.0], "low": [1.0], "high": [3.0]}
    )
    (ax,) = figure.interval_lines(week, x="week", color=None).axes
    low, high = ax.get_xlim()
    assert high - low < 30


def test_days_are_never_told_in_hours(trend):
    rows = trend.groupby("name").head(3).copy()
    rows["week"] = pd.to_datetime(
        ["2022-01-13", "2022-01-14", "2022-01-15"] * rows["name"].nunique()
    )
    axis = figure.interval_lines(rows).axes[0].xaxis
    assert [text.get_text() for text in axis.get_ticklabels()] == [
        "13 Jan\n2022",
        "14 Jan",
        "15 Jan",
    ]

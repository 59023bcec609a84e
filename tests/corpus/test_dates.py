"""Times in UTC, or null with the reason: a wrong date is worse than none."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from parley.corpus.dates import parse_date, written_date

NOW = datetime(2022, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-01-12", "2022-01-12T00:00:00+00:00"),
        ("2022-01-12T20:30:00Z", "2022-01-12T20:30:00+00:00"),
        ("2022-01-12T20:30:00-05:00", "2022-01-13T01:30:00+00:00"),
        ("Wed, 12 Jan 2022 20:30:00 +0100", "2022-01-12T19:30:00+00:00"),
        ("12 January 2022 15:30", "2022-01-12T15:30:00+00:00"),
        ("January 12, 2022 8:05 PM EST", "2022-01-13T01:05:00+00:00"),
        ("Jan 12, 2022, 8:00 p.m. ET", "2022-01-13T01:00:00+00:00"),
        ("April 12, 2022 8:00 PM ET", "2022-04-13T00:00:00+00:00"),
        ("13/04/2022", "2022-04-13T00:00:00+00:00"),
        ("4/18/2022", "2022-04-18T00:00:00+00:00"),
        ("5/5/2022", "2022-05-05T00:00:00+00:00"),
        ("20220112", "2022-01-12T00:00:00+00:00"),
        ("1641988800", "2022-01-12T12:00:00+00:00"),
        ("1641988800000", "2022-01-12T12:00:00+00:00"),
    ],
)
def test_a_date_that_can_be_told_is_told(written, expected):
    time, reason = parse_date(written, now=NOW)
    assert time is not None, reason
    assert time.isoformat() == expected


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0001-01-01", "year 1"),
        ("2050-01-01", "year 2050"),
        ("4/18/..", "no year"),
        ("03/04/2022", "day and month cannot be told apart"),
        ("yesterday", "no year"),
        ("January 2022", "no day"),
        ("2022", "no day"),
        ("2022-13-01", "not a date"),
        ("29 February 2021", "not a date"),
        ("the year 2022 or so", "not a date"),
        ("", "no date"),
        (None, "no date"),
    ],
)
def test_a_doubtful_date_is_null_with_its_reason(written, reason):
    assert parse_date(written, now=NOW) == (None, reason)


@given(st.text(max_size=40))
def test_no_text_is_too_odd(written):
    time, reason = parse_date(written, now=NOW)
    assert (time is None) == bool(reason)
    assert time is None or time.tzinfo is not None


@given(st.datetimes(datetime(1950, 1, 1), datetime(2022, 5, 1), timezones=st.timezones()))
@example(datetime(1972, 1, 1, tzinfo=ZoneInfo("Africa/Monrovia")))  # 44 minutes and 30 seconds
def test_an_iso_time_comes_back_as_it_was(moment):
    time, _ = parse_date(moment.isoformat(), now=NOW)
    assert time == moment.astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks begin\nBy A. Writer\nMarch 3, 2025\n\nThe sides met.", "March 3, 2025"),
        ("Published: 3 March 2025, 14:05 GMT\n\nThe sides met.", "3 March 2025, 14:05 GMT"),
        ("Tuesday, Oct 14, 2025\nThe sides met.", "Oct 14, 2025"),
        ("Talks begin\n\nOSLO, Norway, Oct. 14, 2025 (Wire) - They met.", "Oct. 14, 2025"),
        ("Talks begin\n\nOSLO, Oct 14 (Wire) - They met.", None),
        ("On March 3, 2025, the sides met.", None),
        ("a\nb\nc\nd\ne\nf\nMarch 3, 2025\nThe sides met.", None),
    ],
)
def test_a_date_is_taken_from_the_head_of_a_text_only_where_it_stands_alone(text, expected):
    assert written_date(text) == expected

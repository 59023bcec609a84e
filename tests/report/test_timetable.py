"""Slots across a change of clocks, after a missed week, and what a timer's call then does."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from parley import report
from parley.errors import ParleyError
from parley.report.definition import Schedule
from parley.report.timetable import due_slots, latest_slot, moment, next_slot

from tests.report.house import CONTEXT, DECLARED, IMPORTS, House

MONDAYS = Schedule(cron="0 6 * * 1", timezone="Europe/Berlin")
NIGHTLY = Schedule(cron="30 2 * * *", timezone="Europe/Berlin", missed="all")


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_six_in_berlin_is_another_hour_in_summer() -> None:
    assert latest_slot(MONDAYS, _utc(2022, 3, 23)) == _utc(2022, 3, 21, 5)
    assert latest_slot(MONDAYS, _utc(2022, 3, 30)) == _utc(2022, 3, 28, 4)


def test_a_slot_that_the_clock_jumps_over_is_run_once() -> None:
    slots = due_slots(NIGHTLY, _utc(2022, 3, 26, 1, 30), _utc(2022, 3, 28, 12))
    assert slots == [_utc(2022, 3, 27, 1), _utc(2022, 3, 28, 0, 30)]


def test_a_slot_that_the_clock_shows_twice_is_run_once() -> None:
    slots = due_slots(NIGHTLY, _utc(2022, 10, 29, 0, 30), _utc(2022, 10, 31, 12))
    assert slots == [_utc(2022, 10, 30, 0, 30), _utc(2022, 10, 31, 1, 30)]


@pytest.mark.parametrize("minutes", range(0, 240, 7))
def test_no_moment_around_a_change_of_clocks_is_without_its_slot(minutes: int) -> None:
    hourly = Schedule(cron="0 * * * *", timezone="Europe/Berlin")
    for start in (_utc(2022, 3, 26, 23, 0), _utc(2022, 10, 29, 23, 0)):
        now = start + timedelta(minutes=minutes)
        assert latest_slot(hourly, now) == now.replace(minute=0)
        assert next_slot(hourly, now) == now.replace(minute=0) + timedelta(hours=1)


def test_a_missed_month_is_one_report_or_all() -> None:
    last, now = _utc(2022, 1, 3, 5), _utc(2022, 2, 1)
    assert due_slots(MONDAYS, last, now) == [_utc(2022, 1, 31, 5)]
    every = MONDAYS.model_copy(update={"missed": "all"})
    assert [slot.day for slot in due_slots(every, last, now)] == [10, 17, 24, 31]


def test_what_never_ran_is_due_for_its_latest_slot() -> None:
    every = MONDAYS.model_copy(update={"missed": "all"})
    assert due_slots(every, None, _utc(2022, 1, 12)) == [_utc(2022, 1, 10, 5)]


def test_nothing_is_due_twice_or_before_its_minute() -> None:
    slot = _utc(2022, 1, 10, 5)
    assert due_slots(MONDAYS, slot, _utc(2022, 1, 16, 23)) == []
    before = slot - timedelta(seconds=1)
    assert due_slots(MONDAYS, slot - timedelta(days=7), before) == []
    assert due_slots(MONDAYS, slot - timedelta(days=7), slot) == [slot]


def test_a_clock_that_went_back_runs_nothing_again() -> None:
    assert due_slots(MONDAYS, _utc(2022, 1, 17, 5), _utc(2022, 1, 11)) == []


def test_no_time_is_said_so() -> None:
    with pytest.raises(ParleyError, match="is no time"):
        moment("soon")


def test_the_scheduled_time_decides_the_window(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    house.notebook("a", IMPORTS, CONTEXT, "report.finding(f'{START} to {END}')")
    plan = "schedule: {cron: 0 6 * * 1, timezone: Europe/Berlin, parameters: {window: last 7 days}}"
    house.define("week", f"title: Week\nnotebooks: [a]{DECLARED}{plan}")
    house.define("broken", "title: Broken\nnotebooks: [nosuch]\nschedule: {cron: '0 6 * * 1'}")
    (house.root / "corpus").mkdir()
    places = {"out": house.out, "definitions": house.root / "definitions"}
    options = {"corpus": house.root / "corpus", "folder": house.notebooks, **places}

    code = report.due(now="2022-01-19T15:00", **options)

    assert code == 2  # the broken one; the other ran all the same
    run = house.record(house.latest("week"))
    assert run["scheduled"] == "2022-01-17T05:00:00+00:00"
    assert (run["parameters"]["start"], run["parameters"]["end"]) == ("2022-01-10", "2022-01-17")
    lines = (house.out / "week" / "history.jsonl").read_text().splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["published"]
    (house.root / "definitions" / "broken.yml").unlink()
    assert report.due(now="2022-01-20T15:00", **options) == 0
    assert len(house.failed("week")) == 0
    assert len(list((house.out / "week").glob("20*"))) == 1
    shown = report.schedule(now="2022-01-20T15:00", **places).iloc[0]
    assert shown["next"] == "2022-01-24T06:00+01:00"
    assert shown["status"] == "published"


def test_a_jump_of_the_clock_and_a_missed_week_in_real_calls(house: House) -> None:
    house.notebook("a", IMPORTS, CONTEXT, "report.finding(f'{START} to {END}')")
    plan = "schedule: {cron: 30 2 * * *, timezone: Europe/Berlin, parameters: {window: yesterday}}"
    house.define("night", f"title: Night\nnotebooks: [a]{DECLARED}{plan}")

    # On 27 March 2022 the clock went from 2:00 to 3:00: there was no half past two.
    calls = ["2022-03-27T01:59+01:00", "2022-03-27T03:00+02:00", "2022-03-27T03:31+02:00"]
    calls += [
        "2022-04-05T09:00+02:00",
        "2022-04-05T09:05+02:00",
    ]  # after more than a week of nothing
    done = [house.due(call) for call in calls]

    assert [call.returncode for call in done] == [0] * 5, [call.stderr for call in done]
    runs = [(run["scheduled"], run["window"]) for run in house.history("night")]
    assert runs == [
        ("2022-03-26T01:30:00+00:00", ["2022-03-25", "2022-03-26"]),
        ("2022-03-27T01:00:00+00:00", ["2022-03-26", "2022-03-27"]),
        ("2022-04-05T00:30:00+00:00", ["2022-04-04", "2022-04-05"]),
    ]
    assert "nothing else is due" in done[2].stderr + done[4].stderr

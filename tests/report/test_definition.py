"""Definitions: what is wrong is said with its file and line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley import paths
from parley.errors import ParleyError
from parley.report import notebooks
from parley.report.definition import Definition, definitions, load, read
from parley.report.parameters import parse

AT = datetime(2022, 1, 19, 12, tzinfo=UTC)
GOOD = "title: T\nnotebooks: [a]\nparameters:\n  start: {type: date}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: T\nnotebooks: [a]\nnotebook: b\n", ":3: notebook is not a known entry"),
        ("title: T\ntitle: U\nnotebooks: [a]\n", ":2: 'title' stands twice"),
        ("title: T\nnotebooks: []\n", ":2: notebooks"),
        ("title: T\nnotebooks: ['../a']\n", ":2: notebooks.0.notebook"),
        ("title: T\n", ":1: notebooks field required"),
        (GOOD + "  'x; y': {type: text}\n", "is no parameter name"),
        (GOOD + "  level: {type: choice}\n", ":5: parameters.level choices belong"),
        (GOOD + "schedule:\n  cron: every monday\n", ":6: schedule.cron 'every monday' is no cron"),
        (GOOD + "schedule:\n  cron: 0 6 * * 1\n  timezone: Mars\n", ":7: schedule.timezone 'Mars'"),
        (GOOD + "gates: {least_articles: -1}\n", ":5: gates.least_articles"),
        (GOOD + "sweep: start\n", "no declared parameter of type actors or list"),
        (GOOD + "notify: {to: ['mailto://user:secret@x']}\n", ":5: notify.to.0"),
        ("title: [\n", ": "),
        ("- a\n", ":1: a definition is a mapping"),
        ("", ":1: a definition is a mapping"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "weekly.yml"
    path.write_text(text)
    with pytest.raises(ParleyError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_that_is_nearly_one_is_offered() -> None:
    with pytest.raises(ParleyError, match="did you mean weekly-briefing"):
        load("weekly-brefing")


@pytest.mark.parametrize("name", definitions())
def test_each_definition_that_ships_fits_its_notebooks(name: str) -> None:
    definition = load(name)
    listed = [paths.NOTEBOOKS / f"{entry.notebook}.ipynb" for entry in definition.notebooks]
    taken = set().union(*(notebooks.takes(notebooks.read(path)) for path in listed))
    wanted = {key.upper() for key, p in definition.parameters.items() if p.type != "window"}
    assert wanted <= taken
    for entry, path in zip(definition.notebooks, listed, strict=True):
        assert {key.upper() for key in entry.parameters} <= notebooks.takes(notebooks.read(path))


def test_the_weekly_briefing_looks_at_the_week_before_its_time() -> None:
    values = parse(load("weekly-briefing"), {}, at=AT, scheduled=True)
    assert (values["start"], values["end"]) == ("2022-01-12", "2022-01-19")


@pytest.mark.parametrize(
    ("said", "window"),
    [
        ("all", (None, None)),
        ("yesterday", ("2022-01-18", "2022-01-19")),
        ("Last  Week", ("2022-01-10", "2022-01-17")),
        ("last month", ("2021-12-01", "2022-01-01")),
        ("last 1 day", ("2022-01-18", "2022-01-19")),
        ("2022-01-03/2022-01-05", ("2022-01-03", "2022-01-05")),
    ],
)
def test_windows(said: str, window: tuple) -> None:
    values = parse(load("weekly-briefing"), {"window": said}, at=AT)
    assert (values["start"], values["end"]) == window


def test_an_actor_is_one_of_the_registry() -> None:
    values = parse(load("actor-profile"), ["actors=Russia,nato"], at=AT)
    assert values["actors"] == ["russia", "nato"]
    with pytest.raises(ParleyError, match="did you mean russia"):
        parse(load("actor-profile"), ["actors=rusia"], at=AT)


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=30), max_size=3))
def test_whatever_is_given_is_taken_as_declared_or_refused(given_: dict[str, str]) -> None:
    kinds = {"a": {"type": "text"}, "b": {"type": "integer"}, "c": {"type": "list"}}
    shape = {"name": "t", "title": "T", "notebooks": ["n"], "parameters": kinds}
    definition = Definition.model_validate(shape)
    try:
        values = parse(definition, given_, at=AT)
    except ParleyError as refused:
        assert "\n" not in str(refused)
        return
    assert set(given_) <= set(values)
    assert all(isinstance(v, (str, int, list, type(None))) for v in values.values())

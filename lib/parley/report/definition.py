"""What a report is: ``reports/definitions/NAME.yml``, checked, and faulted by file and line."""

import re
from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from parley import paths
from parley.errors import ParleyError

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)
_KEY = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Kind = Literal["date", "window", "number", "integer", "choice", "actors", "list", "text"]


def _key(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"{key!r} is no parameter name: use lower-case letters, digits and _")
    return key


Key = Annotated[str, AfterValidator(_key)]


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise ValueError(f"{name!r} is no timezone: write, say, Europe/Berlin") from problem
    return name


def _cron(expression: str) -> str:
    from datetime import UTC, datetime

    from cronsim import CronSim, CronSimError

    try:
        next(CronSim(expression, datetime(2024, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration) as problem:
        raise ValueError(f"{expression!r} is no cron line ({problem}): e.g. 0 6 * * 1") from problem
    return expression


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Parameter(_Part):
    """One parameter that ``-p KEY=VALUE`` may set."""

    type: Kind
    default: Any = None
    choices: list[str] = []
    help: str = ""
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _has_choices(self) -> "Parameter":
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("choices belong to a parameter of type choice, and it needs them")
        return self


class Notebook(_Part):
    """One notebook of a report, with parameters of its own."""

    notebook: Name
    parameters: dict[Key, Any] = {}


class Schedule(_Part):
    """When a report runs by itself, and with which parameters then."""

    cron: Annotated[str, AfterValidator(_cron)]
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    missed: Literal["latest", "all"] = "latest"
    parameters: dict[Key, Any] = {}


class Gates(_Part):
    """What must hold for a report to be published."""

    least_articles: Annotated[int, Field(ge=0)] | None = None
    newest_within_days: Annotated[float, Field(gt=0)] | None = None
    most_unresolved: Annotated[float, Field(ge=0, le=1)] | None = None


class Retention(_Part):
    """How many runs are kept. The last good one always is."""

    count: Annotated[int, Field(ge=1)] | None = None
    days: Annotated[int, Field(ge=1)] | None = None


class Notify(_Part):
    """Whom to tell: names of environment variables that hold apprise addresses."""

    to: list[Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]] = []
    when: list[Literal["failure", "recovery", "publication"]] = ["failure", "recovery"]


class Limits(_Part):
    """How long and how much a run may take."""

    cell_seconds: Annotated[float, Field(gt=0)] = 600
    run_seconds: Annotated[float, Field(gt=0)] = 3600
    memory_gb: Annotated[float, Field(gt=0)] | None = 8
    parallel: Annotated[int, Field(ge=1, le=64)] = 2

    @property
    def longest(self) -> timedelta:
        """The time after which a run is stopped."""
        return timedelta(seconds=self.run_seconds)


class Definition(_Part):
    """A report, as its file says."""

    name: Name
    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    description: str = ""
    notebooks: Annotated[list[Notebook], Field(min_length=1)]
    front: Name | None = None
    parameters: dict[Key, Parameter] = {}
    sweep: Key | None = None
    schedule: Schedule | None = None
    gates: Gates = Gates()
    retention: Retention = Retention()
    notify: Notify = Notify()
    pdf: bool = False
    limits: Limits = Limits()

    @field_validator("notebooks", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        listed = value if isinstance(value, list) else [value]
        return [{"notebook": item} if isinstance(item, str) else item for item in listed]

    @field_validator("parameters")
    @classmethod
    def _not_reserved(cls, value: dict[str, Parameter]) -> dict[str, Parameter]:
        if "corpus" in value:
            raise ValueError("'corpus' needs no declaration: every report takes --corpus")
        return value

    @model_validator(mode="after")
    def _front_is_listed(self) -> "Definition":
        if self.front and self.front not in [entry.notebook for entry in self.notebooks]:
            raise ValueError(f"front: {self.front!r} is none of the notebooks")
        return self

    @model_validator(mode="after")
    def _sweep_is_a_list(self) -> "Definition":
        swept = self.parameters.get(self.sweep or "")
        if self.sweep and (swept is None or swept.type not in ("actors", "list")):
            raise ValueError(
                f"sweep: {self.sweep!r} is no declared parameter of type actors or list"
            )
        unknown = [k for k in (self.schedule.parameters if self.schedule else ())
                   if k not in self.parameters]  # fmt: skip
        if unknown:
            raise ValueError(f"schedule: {unknown[0]!r} is no declared parameter")
        return self


def _lines(node: yaml.Node, place: tuple = ()) -> Iterator[tuple[tuple, int]]:
    """Give each place in the document with its line."""
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _lines(value, (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*place, index))


def _repeated(node: yaml.Node) -> Iterator[yaml.Node]:
    """Give each key that stands twice in one mapping; YAML would keep the last in silence."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated(value)


def _at(problem: ValidationError, lines: dict[tuple, int]) -> tuple[int, str]:
    first = problem.errors()[0]
    place = tuple(part for part in first["loc"] if part != "[key]")
    while place and place not in lines:
        place = place[:-1]
    said = first["msg"].removeprefix("Value error, ")
    where = ".".join(map(str, first["loc"]))
    if first["type"] == "extra_forbidden":
        said = "is not a known entry"
    return lines.get(place, 1), f"{where} {said[0].lower()}{said[1:]}" if where else said


def read(path: Path) -> Definition:
    """Read one definition. Raises ParleyError naming the file and the line at fault."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as problem:
        raise ParleyError(f"{path}: cannot be read: {problem}") from problem
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(problem, "problem", None) or "is not YAML"
        raise ParleyError(f"{path}:{line}: {said}") from problem
    if root is None or not isinstance(content, dict):
        raise ParleyError(f"{path}:1: a definition is a mapping with title and notebooks")
    for key in _repeated(root):
        raise ParleyError(f"{path}:{key.start_mark.line + 1}: {key.value!r} stands twice")
    try:
        return Definition.model_validate({"name": path.stem} | content)
    except ValidationError as problem:
        line, said = _at(problem, dict(_lines(root)))
        raise ParleyError(f"{path}:{line}: {said}") from problem


def definitions(folder: Path | None = None) -> list[str]:
    """Name the reports that are defined."""
    return sorted(path.stem for path in (folder or paths.DEFINITIONS).glob("*.yml"))


def load(name: str, folder: Path | None = None) -> Definition:
    """Read the definition of that name; where there is none, offer the nearest."""
    folder = folder or paths.DEFINITIONS
    known = definitions(folder)
    if not NAME.fullmatch(name) or name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(known) or 'none'}"
        raise ParleyError(f"no report is called {name!r}: {hint}")
    return read(folder / f"{name}.yml")

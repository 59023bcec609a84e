"""The shipped model against public gold, one module a benchmark.

``run(task, path)`` reads a file or folder in the set's own format, runs the model that ships, and
scores it as the field does, beside simple baselines, with bootstrap intervals over articles.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from parley.errors import ParleyError

if TYPE_CHECKING:
    from parley.evaluate.report import Result

TASKS = (
    "newsmtsc",
    "dse",
    "polnear",
    "polnear-articles",
    "worldwide",
    "emobank",
    "plv",
    "newsfair",
    "current_events",
    "gum",
    "cases",
    "newswire",
)
# The module of a task, where it has another name than the task.
_MODULES = {"polnear-articles": "attributions"}

__all__ = ["TASKS", "run"]


def run(
    task: str,
    path: str | Path,
    *,
    json: str | Path | None = None,
    model: str | Path | None = None,
    found: bool = False,
) -> "Result":
    """Score a model (the shipped one) on a file or folder; write JSON too where asked.

    ``found`` sends the sentences of newsmtsc, dse or plv through the whole pipeline, which has to
    find their targets itself. Raises ParleyError for an unknown task, a missing or empty path, or a
    malformed record.
    """
    from parley.annotate.encoder import load_encoder
    from parley.evaluate.report import COLUMNS, Result

    if task not in TASKS:
        raise ParleyError(f"unknown task {task!r}: choose one of {', '.join(TASKS)}")
    if not Path(path).exists():
        raise ParleyError(f"{path} does not exist: name the benchmark's file or folder")
    import pandas as pd

    benchmark = import_module(f"parley.evaluate.{_MODULES.get(task, task)}")
    examples = benchmark.read(path)
    if not examples:
        raise ParleyError(f"{path} holds no record of {task}: name the benchmark's file or folder")
    if json:  # a folder that cannot be made is told of before the work
        Path(json).parent.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder(model)
    if found:
        whole = import_module("parley.evaluate.found")
        rows, details, notes = whole.evaluate(task, examples, encoder)
    else:
        rows, details, notes = benchmark.evaluate(examples, encoder)
    result = Result(
        task, str(path), encoder.version, pd.DataFrame(rows)[COLUMNS], tuple(notes), details
    )
    if json:
        result.write(json)
    return result

"""A house of one's own for a test: notebooks, definitions, a corpus folder, a place to publish."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from parley.report.shelf import Shelf

IMPORTS = "import pandas as pd\nfrom parley import report"
CONTEXT = (
    "report.context(corpus=CORPUS, version='7', start=START, end=END, articles=ARTICLES, stories=9,"
    " outlets=2, newest='2022-01-16', unresolved_share=0.1)"
)
PARAMETERS = "CORPUS = ''\nSTART = None\nEND = None\nARTICLES = 12\nWORDS = None"
DECLARED = """
parameters:
  window: {type: window, default: all}
  start: {type: date}
  end: {type: date}
  words: {type: text}
  articles: {type: integer}
"""


def notebook(path: Path, *cells: str, parameters: str = PARAMETERS) -> Path:
    """Write a notebook: cells that begin with ``#md`` are text, the rest is code."""
    made = [nbformat.v4.new_markdown_cell("# What is it?")]
    made.append(nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    for cell in cells:
        new = nbformat.v4.new_code_cell
        if cell.startswith("#md"):
            new, cell = nbformat.v4.new_markdown_cell, cell.removeprefix("#md").lstrip()
        made.append(new(cell))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel}), path)
    return path


@dataclass(frozen=True)
class House:
    """The folders of a test, and the command in a process of its own."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "published"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    def notebook(self, name: str, *cells: str, **options: Any) -> Path:
        return notebook(self.notebooks / f"{name}.ipynb", *cells, **options)

    def define(self, name: str, text: str, *, shelf: str = "definitions") -> Path:
        path = self.root / shelf / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def command(self, name: str, *words: str, shelf: str = "definitions", **more: Any) -> list[str]:
        (self.root / "corpus").mkdir(exist_ok=True)
        code = (
            "import sys, json; from pathlib import Path; from parley import report;"
            "a = json.loads(sys.argv[1]); p = a.pop('paths');"
            "sys.exit(report.run(**a, **{k: Path(v) for k, v in p.items()}))"
        )
        places = {
            "out": str(more.pop("out", self.out)),
            "definitions": str(self.root / shelf),
            "folder": str(self.notebooks),
        }
        given = {"name": name, "corpus": str(self.root / "corpus"), "parameters": list(words)}
        return [sys.executable, "-c", code, json.dumps(given | more | {"paths": places})]

    def due(self, now: str) -> subprocess.CompletedProcess:
        """Call what a timer calls, in a process of its own whose clock is Berlin's."""
        code = (
            "import sys; from pathlib import Path; from parley import report;"
            "r = Path(sys.argv[1]); sys.exit(report.due(now=sys.argv[2], corpus=r / 'corpus',"
            "out=r / 'published', definitions=r / 'definitions', folder=r / 'notebooks'))"
        )
        (self.root / "corpus").mkdir(exist_ok=True)
        return subprocess.run(
            [sys.executable, "-c", code, str(self.root), now], capture_output=True, text=True,
            timeout=300, env=os.environ | {"TZ": "Europe/Berlin"},
        )  # fmt: skip

    def run(
        self, name: str, *words: str, environment: dict[str, str] | None = None, **more: Any
    ) -> subprocess.CompletedProcess:
        """Run a report as the command does, in a process of its own."""
        return subprocess.run(
            self.command(name, *words, **more), capture_output=True, text=True, timeout=300,
            env=os.environ | (environment or {}),
        )  # fmt: skip

    def latest(self, name: str) -> Path:
        return (self.out / name / "latest").resolve()

    def failed(self, name: str) -> list[Path]:
        return sorted((self.out / name / "failed").glob("*"))

    def history(self, name: str) -> list[dict[str, Any]]:
        return Shelf(self.out, name).history()

    def record(self, folder: Path) -> dict[str, Any]:
        return json.loads((folder / "run.json").read_text(encoding="utf-8"))

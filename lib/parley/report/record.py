"""What a run leaves beside its pages: ``run.json``, ``metrics.json``, and a CSV of every table."""

import csv
import json
import platform
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from parley import paths
from parley.report import markup, values
from parley.report.notebooks import Content

_PACKAGES = ("parley", "pandas", "numpy", "pyarrow", "deltalake", "nltk", "onnxruntime", "scipy",
             "statsmodels", "matplotlib", "papermill", "nbconvert", "ipykernel")  # fmt: skip


def now() -> datetime:
    """Give the time, in UTC."""
    return datetime.now(UTC)


def write_json(path: Path, content: Any) -> None:
    """Write JSON so that a reader sees all of it or none."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(json.dumps(content, indent=1, ensure_ascii=False, default=str), "utf-8")
    part.replace(path)


def read_json(path: Path) -> Any:
    """Read JSON; None where there is none, or none that can be read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def packages() -> dict[str, str]:
    """Give the versions of what numbers may depend on."""
    return {name: version for name in _PACKAGES if (version := _version(name))}


def git_commit() -> str | None:
    """Give the commit of the checkout, marked where files differ from it."""
    command = ["git", "-C", str(paths.HOME), "describe", "--always", "--dirty", "--abbrev=12",
               "--match="]  # fmt: skip
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def provenance() -> dict[str, Any]:
    """Give where and with what a run was made."""
    return {
        "git_commit": git_commit(),
        "python": platform.python_version(),
        "platform": platform.platform(terse=True),
        "packages": packages(),
    }


def context_of(contents: Iterable[Content]) -> dict[str, Any]:
    """Give what the numbers rest on: the first word on each point, over the notebooks in order."""
    merged: dict[str, Any] = {}
    for content in contents:
        for payload in content.of(markup.CONTEXT):
            merged = {key: v for key, v in payload.items() if v is not None} | merged
    return merged | {"line": values.context_line(merged) if merged else ""}


def table_file(notebook: str, name: object) -> str:
    """Give where a table's CSV stands, relative to the run. No part of it is a free string."""
    return f"tables/{markup.anchor(notebook)}/{markup.anchor(name)}.csv"


def write_tables(content: Content, folder: Path) -> None:
    """Write each table that a notebook shows as CSV that no spreadsheet runs."""
    for payload in content.of(markup.TABLE):
        if not payload.get("records"):
            continue
        path = folder / table_file(content.stem, payload.get("name"))
        path.parent.mkdir(parents=True, exist_ok=True)
        records = payload.get("records") or []
        names = list(dict.fromkeys(key for record in records for key in record))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([values.defused(name) for name in names])
            writer.writerows([values.defused(row.get(name)) for name in names] for row in records)


def _entry(content: Content) -> dict[str, Any]:
    tables = {
        str(payload.get("name")): {
            "caption": payload.get("caption"),
            "by": payload.get("by"),
            "formats": payload.get("formats"),
            "rows": payload.get("records"),
        }
        for payload in content.of(markup.TABLE)
    }
    return {
        "title": content.title,
        "findings": content.of(markup.FINDING),
        "tables": tables,
        "figures": [
            {key: payload.get(key) for key in ("name", "caption", "alt")}
            for payload in content.of(markup.FIGURE)
        ],
        "sentences": {
            str(payload.get("name")): payload.get("sentences")
            for payload in content.of(markup.SENTENCES)
        },
    }


def metrics(contents: Iterable[Content], run: Mapping[str, Any]) -> dict[str, Any]:
    """Give every figure with its interval, n and evidence, for the next run to compare with."""
    return {
        "report": run["report"],
        "run": run["run"],
        "scheduled": run["scheduled"],
        "parameters": run["parameters"],
        "context": run["context"],
        "notebooks": {content.stem: _entry(content) for content in contents},
    }

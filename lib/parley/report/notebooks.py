"""A notebook before and after its run: what it takes and imports, and whether to believe it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from parley.errors import ParleyError
from parley.report import markup


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook, or say in a sentence why not."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError as problem:
        raise ParleyError(f"there is no notebook {path}") from problem
    except Exception as problem:  # nbformat lets through what json and its validator raise
        raise ParleyError(f"{path} is no notebook: {problem}".splitlines()[0]) from problem


def tags(cell: nbformat.NotebookNode) -> list[str]:
    """Give the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def _trees(notebook: nbformat.NotebookNode) -> Iterator[tuple[nbformat.NotebookNode, ast.Module]]:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            plain = re.sub(r"^\s*[%!].*$", "", cell.source, flags=re.MULTILINE)
            try:
                yield cell, ast.parse(plain)
            except SyntaxError:  # the run itself will say so, with the cell shown
                continue


def takes(notebook: nbformat.NotebookNode) -> set[str]:
    """Name the parameters that the cell tagged ``parameters`` assigns."""
    names = set()
    for cell, tree in _trees(notebook):
        if "parameters" not in tags(cell):
            continue
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", 0)]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def imports(notebook: nbformat.NotebookNode) -> set[str]:
    """Name the modules that a notebook imports, and what it takes from them: ``a.b:c``.

    They are loaded once before the notebooks start, instead of once in each.
    """
    found, bound = set(), {}
    for _, tree in _trees(notebook):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found.add(alias.name)
                    bound[alias.asname or alias.name.partition(".")[0]] = alias.name
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    found.add(f"{node.module}:{alias.name}")
                    bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            elif isinstance(node, ast.Attribute) and getattr(node.value, "id", None) in bound:
                found.add(f"{bound[ast.unparse(node.value)]}:{node.attr}")
    return found


def _error(cell: nbformat.NotebookNode) -> str | None:
    """Give the error that a cell ended in, in a line."""
    for output in cell.get("outputs", []):
        if output.output_type == "error":
            return markup.plain(f"{output.ename}: {output.evalue}".strip()).splitlines()[0][:400]
    return None


def fault(path: Path) -> str | None:
    """Say why an executed notebook is not to be believed, or give None.

    papermill marks every cell of a dead kernel completed, and takes ``sys.exit(0)`` for success;
    an execution count is what only a cell that was really run has.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as problem:
        return f"left no readable notebook ({type(problem).__name__})"
    code = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    for number, cell in enumerate(code, 1):
        if error := _error(cell):
            ended = "ended the run by itself: " if error.startswith("SystemExit") else ""
            return f"cell {number} of {len(code)}: {ended}{error}"
    missing = [number for number, cell in enumerate(code, 1) if not cell.execution_count]
    if missing:
        return f"cell {missing[0]} of {len(code)} was never finished: its kernel stopped"
    return None


@dataclass
class Content:
    """What an executed notebook shows, in order."""

    stem: str
    title: str
    cells: list[nbformat.NotebookNode]
    payloads: list[tuple[str, markup.Payload]] = field(default_factory=list)

    def of(self, mime: str) -> list[markup.Payload]:
        """Give the payloads of one MIME type."""
        return [payload for kind, payload in self.payloads if kind == mime]


def payload_of(output: Any) -> tuple[str, markup.Payload] | None:
    """Give the payload that an output carries, if it is one of ours."""
    for mime in markup.DRAW:
        payload = output.get("data", {}).get(mime)
        if isinstance(payload, dict):
            return mime, payload
    return None


def title_of(notebook: nbformat.NotebookNode, otherwise: str) -> str:
    """Give the notebook's first heading."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("# "):
                    return markup.plain(re.sub(r"[*`_]", "", line[2:])).strip()
    return otherwise


def content(path: Path) -> Content:
    """Read what an executed notebook shows."""
    notebook = read(path)
    outputs = [
        o for cell in notebook.cells if cell.cell_type == "code" for o in cell.get("outputs", [])
    ]
    payloads = [found for output in outputs if (found := payload_of(output))]
    title = title_of(notebook, path.stem)
    return Content(path.stem, title, notebook.cells, payloads)

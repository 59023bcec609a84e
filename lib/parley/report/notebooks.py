"""A notebook before and after its run: what it takes and imports, and whether to believe it."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parley.errors import ParleyError
from parley.report import markup


class Node(dict):
    """A part of a notebook, with its entries as attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as problem:
            raise AttributeError(name) from problem


_TO_USER = "ParleyError: "
_JOINED = ("source", "text", "text/plain", "text/html", "image/png", "image/svg+xml")


def _node(pairs: list[tuple[str, Any]]) -> Node:
    """Make a part; text that the file keeps as lines is joined."""
    return Node(
        (key, "".join(map(str, value)) if key in _JOINED and isinstance(value, list) else value)
        for key, value in pairs
    )


def _shaped(notebook: Any) -> bool:
    cells = notebook.get("cells") if isinstance(notebook, Node) else None
    return isinstance(cells, list) and all(
        isinstance(cell, Node) and isinstance(cell.get("source"), str) and "cell_type" in cell
        and isinstance(cell.get("metadata"), dict)
        for cell in cells
    )  # fmt: skip


def read(path: Path) -> Node:
    """Read a notebook (format 4), or say in a sentence why not.

    nbformat would do, but takes longer to load than many a notebook to run.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_node)
    except FileNotFoundError as problem:
        raise ParleyError(f"there is no notebook {path}") from problem
    except (OSError, ValueError) as problem:
        raise ParleyError(f"{path} is no notebook: {problem}".splitlines()[0]) from problem
    if not _shaped(notebook) or notebook.get("nbformat") != 4:
        raise ParleyError(f"{path} is no notebook of format 4: save it from JupyterLab")
    return notebook


def tags(cell: Node) -> list[str]:
    """Give the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def _trees(notebook: Node) -> Iterator[tuple[Node, ast.Module]]:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            plain = re.sub(r"^\s*[%!].*$", "", cell.source, flags=re.MULTILINE)
            try:
                yield cell, ast.parse(plain)
            except SyntaxError:  # the run itself will say so, with the cell shown
                continue


def takes(notebook: Node) -> set[str]:
    """Name the parameters that the cell tagged ``parameters`` assigns."""
    names = set()
    for cell, tree in _trees(notebook):
        if "parameters" not in tags(cell):
            continue
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", 0)]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def imports(notebook: Node) -> set[str]:
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


def _error(cell: Node) -> str | None:
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
        notebook = read(path)
    except ParleyError:
        return "left no readable notebook"
    code = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    code.sort(key=lambda cell: "injected-parameters" in tags(cell))  # no cell of the author's
    for number, cell in enumerate(code, 1):
        if error := _error(cell):
            if error.startswith(_TO_USER):
                return error.removeprefix(_TO_USER)
            ended = "ended the run by itself: " if error.startswith("SystemExit") else ""
            return f"cell {number} of {len(code)}: {ended}{error}"
    missing = [number for number, cell in enumerate(code, 1) if not cell.get("execution_count")]
    if missing:
        return f"cell {missing[0]} of {len(code)} was never finished: its kernel stopped"
    return None


@dataclass
class Content:
    """What an executed notebook shows, in order."""

    stem: str
    title: str
    cells: list[Node]
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


def title_of(notebook: Node, otherwise: str) -> str:
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

"""What a notebook must be before it goes into a report: ``python -m parley.report.lint FILE...``.

Outputs are stripped; one cell is tagged ``parameters``; no ``def``, no ``sys.path``, no absolute
path; text of the corpus goes on show through ``report`` alone, since ``HTML()``, ``Markdown()`` and
Styler do not escape it; and what is made for show stands last in its cell, or it is lost.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from parley.errors import ParleyError
from parley.report import notebooks

_RAW = ("HTML", "Markdown", "SVG", "Javascript", "IFrame", "display_html", "display_markdown",
        "Latex", "Image")  # fmt: skip
_SHOWN = ("show", "finding", "sentences", "figure", "context")
_ABSOLUTE = re.compile(r"(?:/(?:home|root|Users|tmp|work|mnt|var|opt|data)/|~/|[A-Za-z]:[\\/])")
Fault = tuple[int, str]


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _raw(node: ast.AST) -> str | None:
    if isinstance(node, ast.Call) and _called(node) in _RAW:
        return f"{_called(node)}() does not escape what it shows: use report.show or its kin"
    if isinstance(node, ast.Attribute) and node.attr in ("style", "to_html", "_repr_html_"):
        return f".{node.attr} does not escape what it shows: use report.show"
    return None


def _shape(node: ast.AST) -> str | None:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return f"{node.name!r} is defined here: what needs a name belongs in the library"
    if isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.path":
        return "sys.path is not for notebooks: the package is installed"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return f"{node.value!r} is a path of one machine" if _ABSOLUTE.match(node.value) else None
    return None


def _lost(tree: ast.Module) -> Iterator[Fault]:
    """Give each thing made for show that does not stand last in its cell."""
    for statement in tree.body[:-1]:
        value = getattr(statement, "value", None)
        if not (isinstance(statement, ast.Expr) and isinstance(value, ast.Call)):
            continue
        if ast.unparse(value.func) in {f"report.{name}" for name in _SHOWN}:
            said = f"{ast.unparse(value.func)}() is lost here: it must stand last in its cell"
            yield statement.lineno, said


def _in_code(source: str) -> Iterator[Fault]:
    if magic := re.search(r"^\s*[%!]", source, re.MULTILINE):
        yield source[: magic.end()].count("\n") + 1, "magics and shell lines do not go into reports"
        return
    try:
        tree = ast.parse(source)
    except SyntaxError as problem:
        yield problem.lineno or 1, f"is not Python: {problem.msg}"
        return
    for node in ast.walk(tree):
        if said := _raw(node) or _shape(node):
            yield getattr(node, "lineno", 1), said
    yield from _lost(tree)


def _whole(notebook: notebooks.Node) -> Iterator[str]:
    tagged = [cell for cell in notebook.cells if "parameters" in notebooks.tags(cell)]
    if len(tagged) != 1:
        yield f"{len(tagged)} cells are tagged 'parameters'; it takes one"
    names = notebooks.takes(notebook)
    if low := sorted(name for name in names if not name.isupper()):
        yield f"the parameter {low[0]!r} is not in upper case"
    if tagged and "CORPUS" not in names:
        yield "the parameter cell has no CORPUS"
    first = notebook.cells[0] if notebook.cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield "the first cell is not a heading that asks the question (`# Who ...?`)"


def faults(path: Path) -> Iterator[str]:
    """Give what is wrong with a notebook, each as ``FILE: cell N, line M: what``."""
    notebook = notebooks.read(path)
    for said in _whole(notebook):
        yield f"{path}: {said}"
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type != "code":
            continue
        if cell.get("outputs") or cell.get("execution_count"):
            yield f"{path}: cell {number}: has outputs: strip them with `nbstripout {path}`"
        for line, said in _in_code(cell.source):
            yield f"{path}: cell {number}, line {line}: {said}"


def main(files: list[str]) -> int:
    """Print what is wrong with the notebooks; 1 if anything is."""
    wrong = 0
    for name in files:
        try:
            for said in faults(Path(name)):
                print(said)
                wrong += 1
        except ParleyError as problem:
            print(problem)
            wrong += 1
    print(f"{len(files)} notebooks, {wrong} faults", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

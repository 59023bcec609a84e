"""Rows of a CSV or TSV file become records; wrong quoting costs the line it is in, and no other.

A quotation mark that is opened and never closed would swallow the rest of the file. So a row that
does not come out right with the lines it claims is given up at its first line, and reading goes on
with the second.
"""

import csv
import io
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from parley.corpus.lines import LONGEST_LINE, numbered_lines

# A cell of more lines than this is a quotation mark that was never closed.
MOST_LINES = 2_000
csv.field_size_limit(min(sys.maxsize, LONGEST_LINE))

Row = tuple[int, dict[str, str], str, str]


class _Lines:
    """Numbered lines that can be put back."""

    def __init__(self, path: Path) -> None:
        self._source = numbered_lines(path)
        self._back: deque[tuple[int, str | None]] = deque()

    def next(self) -> tuple[int, str | None] | None:
        return self._back.popleft() if self._back else next(self._source, None)

    def put_back(self, lines: list[tuple[int, str | None]]) -> None:
        self._back.extendleft(reversed(lines))


def read_rows(path: Path, usual: str) -> Iterator[Row]:
    """The rows of a table: number of the first line, cells by column, why not, the line.

    ``usual`` is the delimiter that the file's name promises; another is found where it is absent.
    """
    lines = _Lines(path)
    first = lines.next()
    if first is None or first[1] is None:
        yield 1, {}, "no header: the first line is no row of column names", ""
        return
    delimiter = _delimiter(first[1], usual)
    header = [name.strip() for name in _cells(first[1].lstrip("\ufeff"), delimiter) or []]
    while (line := lines.next()) is not None:
        if line[1] is None:
            yield line[0], {}, f"line over {LONGEST_LINE // 10**6} MB", ""
        elif line[1].strip():
            yield _row(line[0], line[1], lines, delimiter, header)


def _delimiter(first: str, usual: str) -> str:
    counts = {mark: first.count(mark) for mark in (usual, ",", ";", "\t", "|")}
    return usual if counts[usual] else max(counts, key=lambda mark: counts[mark])


def _row(number: int, line: str, lines: _Lines, delimiter: str, header: list[str]) -> Row:
    cells = _cells(line, delimiter)
    if cells is None:
        more = _rest(line, lines)
        cells = _cells(line + "".join(text or "" for _, text in more), delimiter)
        if cells is None or len(cells) != len(header):
            lines.put_back(more)
            cells = _lenient(line, delimiter)
    if len(cells) == len(header):
        return number, dict(zip(header, cells, strict=True)), "", ""
    reason = f"row of {len(cells)} cells under a header of {len(header)}: wrong quoting?"
    return number, {}, reason, line


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The cells of one row; None where its quoting is wrong, or goes on in the next line."""
    try:
        source = io.StringIO(text, newline="")
        rows = list(csv.reader(source, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _lenient(line: str, delimiter: str) -> list[str]:
    """The cells of one line whose marks are misplaced: its delimiters may tell them apart."""
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
    except csv.Error:
        return []


def _rest(line: str, lines: _Lines) -> list[tuple[int, str | None]]:
    """The lines up to the one that closes what ``line`` leaves open; none if it leaves nothing."""
    taken: list[tuple[int, str | None]] = []
    quotes, size = line.count('"'), len(line)
    while quotes % 2 and len(taken) < MOST_LINES and size < LONGEST_LINE:
        if (more := lines.next()) is None:
            break
        taken.append(more)
        if more[1] is None:
            break
        quotes, size = quotes + more[1].count('"'), size + len(more[1])
    return taken

"""The registry's files: reading them as people save them, and telling what is wrong with them.

A fault is one sentence with file, line and cure, since whoever reads it has a spreadsheet open.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path, PurePath
from typing import NamedTuple

from parley import paths, terms
from parley.errors import ParleyError

COLUMNS = {
    "actors.csv": ("actor_id", "name", "kind", "state", "blocs", "sector", "wikidata"),
    "aliases.csv": ("actor_id", "alias", "form", "from", "to", "needs", "note"),
    "offices.csv": ("actor_id", "office", "of", "from", "to"),
    "issues.csv": ("issue_id", "name", "description", "patterns", "opposites"),
    "pronouns.csv": ("actor_id", "pronoun"),
}
# What a user may leave out, and what then holds; every other column of the first few is needed.
NEEDED = {
    "actors.csv": ("actor_id", "name", "kind"),
    "aliases.csv": ("actor_id", "alias"),
    "offices.csv": ("actor_id", "office", "of"),
    "issues.csv": ("issue_id", "name", "patterns"),
    "pronouns.csv": ("actor_id", "pronoun"),
}
ALIAS_FORMS = ("name", "alias", "demonym", "metonym", "office", "nominal")
TESTS = ("@agent", "@the")  # a `needs` that names a test of the place, not a word
NOBODY = "-"


class Row(NamedTuple):
    """One row with the line it stands on."""

    line: int
    cells: tuple[str, ...]


class Rows(NamedTuple):
    """One file, read: where it is, its rows, and whether it began with a byte-order mark."""

    path: str
    rows: tuple[Row, ...]
    bom: bool


def read(directory: Path) -> dict[str, Rows]:
    """Read which of the registry's files the folder has. ParleyError where one cannot be read."""
    if not directory.is_dir():
        raise ParleyError(f"{directory} is not a folder: name one that holds actors.csv")
    files = (directory / file for file in COLUMNS)
    return parse({str(file): file.read_bytes() for file in files if file.is_file()})


def parse(contents: Mapping[str, bytes]) -> dict[str, Rows]:
    """Read the registry's files out of their contents, which are given by where they lie."""
    return {PurePath(path).name: _parse(path, raw) for path, raw in contents.items()}


def _parse(path: str, raw: bytes) -> Rows:
    file = PurePath(path).name
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise ParleyError(
            f"{path}, line {line}: not UTF-8; save it as 'CSV UTF-8 (comma delimited)'"
        ) from problem
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as problem:
        raise ParleyError(
            f"{path}, line {reader.line_num}: {problem}; close the quotation mark or double it"
        ) from problem
    head = [cell.strip() for cell in lines[0][1]] if lines else []
    _check_head(path, file, head)
    order = [head.index(c) if c in head else None for c in COLUMNS[file]]
    rows = [_row(path, n, cells, head, order) for n, cells in lines[1:] if any(cells)]
    return Rows(path, tuple(rows), raw.startswith(b"\xef\xbb\xbf"))


def _check_head(path: str, file: str, head: list[str]) -> None:
    if len(head) == 1 and re.search(r"[;\t]", head[0]):
        mark = "semicolons" if ";" in head[0] else "tabs"
        raise ParleyError(
            f"{path}, line 1: separated by {mark}; save it as 'CSV UTF-8 (comma delimited)'"
        )
    missing = [column for column in NEEDED[file] if column not in head]
    if missing:
        raise ParleyError(
            f"{path}, line 1: no column {missing[0]!r}; the first line must read "
            f"{','.join(COLUMNS[file])}"
        )


def _row(path: str, line: int, cells: list[str], head: list[str], order: list) -> Row:
    if len(cells) > len(head):
        raise ParleyError(
            f"{path}, line {line}: {len(cells)} cells under {len(head)} headings; put a cell that "
            "contains a comma in quotation marks"
        )
    cells = [cell.strip() for cell in cells] + [""] * (len(head) - len(cells))
    made = tuple("" if at is None else cells[at] for at in order)
    if PurePath(path).name == "aliases.csv" and not made[2]:
        made = (*made[:2], "alias", *made[3:])
    return Row(line, made)


def check_overlay(own: dict[str, Rows], base: dict[str, Rows]) -> None:
    """Raise ParleyError for the first fault of a user's own files, seen beside the shipped ones."""
    ids = {row.cells[0] for row in base["actors.csv"].rows} if "actors.csv" in base else set()
    for problem in (*_faults(own, known=ids), *_common(own)):
        raise ParleyError(problem)


def problems(files: dict[str, Rows]) -> list[str]:
    """Give every fault of a whole registry."""
    absent = [f"{file} is missing: restore it" for file in COLUMNS if file not in files]
    boms = [
        f"{rows.path}, line 1: begins with a byte-order mark; save it as UTF-8 without one"
        for rows in files.values()
        if rows.bom
    ]
    return [*absent, *boms, *_faults(files, known=set()), *_overlaps(files)]


def _faults(files: dict[str, Rows], *, known: set[str]) -> Iterator[str]:
    actors = files.get("actors.csv")
    mine = {row.cells[0] for row in actors.rows} if actors else set()
    if actors:
        yield from _actors(actors, mine | known)
    if "aliases.csv" in files:
        yield from _aliases(files["aliases.csv"], mine | known | {NOBODY})
    if "offices.csv" in files:
        yield from _offices(files["offices.csv"], mine | known)
    if "pronouns.csv" in files:
        yield from _pronouns(files["pronouns.csv"], mine | known)
    if "issues.csv" in files:
        yield from _issues(files["issues.csv"])


def _actors(file: Rows, ids: set[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for line, (actor_id, name, kind, state, blocs, sector, wikidata) in file.rows:
        where = f"{file.path}, line {line}: "
        if actor_id in seen:
            yield f"{where}{actor_id!r} stands on line {seen[actor_id]} already; remove one"
        seen.setdefault(actor_id, line)
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", actor_id):
            yield f"{where}actor_id {actor_id!r}; use small letters, digits and single hyphens"
        if not name:
            yield f"{where}{actor_id!r} has no name; give it one"
        if kind not in terms.ACTOR_KINDS:
            yield f"{where}kind {kind!r}; it must be one of {', '.join(terms.ACTOR_KINDS)}"
        if sector and sector not in terms.SECTORS:
            yield f"{where}sector {sector!r}; it must be one of {', '.join(terms.SECTORS)}"
        if state and state not in ids:
            yield f"{where}unknown state {state!r}; add it to actors.csv or mend its spelling"
        if wikidata and not re.fullmatch(r"Q[1-9]\d*", wikidata):
            yield f"{where}wikidata {wikidata!r}; write an id such as Q159, or nothing"
        for bloc in filter(None, blocs.split("|")):
            bloc_id, _, span = bloc.partition("@")
            start, _, end = span.partition("/")
            yield from _dates(where, start, end)
            if bloc_id not in ids:
                yield f"{where}unknown bloc {bloc_id!r}; add it to actors.csv or mend its spelling"


def _aliases(file: Rows, ids: set[str]) -> Iterator[str]:
    for line, (actor_id, alias, form, start, end, _, _) in file.rows:
        where = f"{file.path}, line {line}: "
        yield from _dates(where, start, end)
        if actor_id not in ids:
            yield f"{where}no actor {actor_id!r} (orphan); add it to actors.csv or remove this row"
        if not re.search(r"\w", alias):
            yield f"{where}alias {alias!r} has no letter; remove the row"
        if form not in ALIAS_FORMS:
            yield f"{where}form {form!r}; it must be one of {', '.join(ALIAS_FORMS)}"


def _offices(file: Rows, ids: set[str]) -> Iterator[str]:
    for line, (actor_id, office, of, start, end) in file.rows:
        where = f"{file.path}, line {line}: "
        yield from _dates(where, start, end)
        for each in (actor_id, of):
            if each not in ids:
                yield f"{where}no actor {each!r} (orphan); add it to actors.csv or mend it"
        if office != office.lower() or not office:
            yield f"{where}office {office!r}; write it in small letters"


def _pronouns(file: Rows, ids: set[str]) -> Iterator[str]:
    for line, (actor_id, pronoun) in file.rows:
        where = f"{file.path}, line {line}: "
        if actor_id not in ids:
            yield f"{where}no actor {actor_id!r} (orphan); add it to actors.csv or remove this row"
        if pronoun not in ("he", "she", "they"):
            yield f"{where}pronoun {pronoun!r}; it must be he, she or they"


def _issues(file: Rows) -> Iterator[str]:
    for line, (issue_id, _, _, *both) in file.rows:
        for column, patterns in zip(("patterns", "opposites"), both, strict=True):
            try:
                re.compile(patterns)  # `|` separates patterns, as it does inside one
            except re.error as problem:
                yield f"{file.path}, line {line}: {issue_id}: {column}: {problem}; mend them"


def _dates(where: str, start: str, end: str) -> Iterator[str]:
    for day in filter(None, (start, end)):
        try:
            date.fromisoformat(day)
        except ValueError:
            yield f"{where}date {day!r}; write it as 2022-01-31"
            return
    if start and end and start > end:
        yield f"{where}from {start} is after to {end} (reversed); swap them"
    elif start and start == end:
        yield f"{where}from and to are both {start}, which is no day at all; `to` is the day after"


def _overlaps(files: dict[str, Rows]) -> Iterator[str]:
    """One alias, one day, two actors: each must then say what it needs (the `needs` column)."""
    if "aliases.csv" not in files:
        return
    file, groups = files["aliases.csv"], defaultdict(list)
    for row in file.rows:
        if row.cells[2] not in ("nominal", "office"):
            groups[row.cells[1]].append(row)
    for alias, rows in groups.items():
        unsaid = [row for row in rows if not row.cells[5]]
        for one, other in combinations(unsaid, 2):
            if one.cells[0] != other.cells[0] and _meet(one.cells[3:5], other.cells[3:5]):
                yield (
                    f"{file.path}, line {other.line}: {alias!r} is {one.cells[0]!r} on line "
                    f"{one.line} and {other.cells[0]!r} here at the same time; date them, or say "
                    "in `needs` beside which words each is meant"
                )


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return (not one[1] or other[0] < one[1]) and (not other[1] or one[0] < other[1])


def _common(own: dict[str, Rows]) -> Iterator[str]:
    """A user's alias that is a common word would swallow that word in every article."""
    if "aliases.csv" not in own:
        return
    for line, (_, alias, form, _, _, needs, _) in own["aliases.csv"].rows:
        shouted = alias.isupper() and len(alias) > 1
        if form in ("nominal", "office") or shouted or needs:
            continue
        if alias.lower() in word_list("common-words.txt"):
            yield (
                f"{own['aliases.csv'].path}, line {line}: alias {alias!r} is a common word and "
                "would swallow it in every article; write a longer name, or say in `needs` "
                "beside which words it is meant"
            )


@cache
def word_list(file: str) -> frozenset[str]:
    """Read a list of words that stands beside the registry."""
    return frozenset((paths.ACTORS / file).read_text(encoding="utf-8").split())

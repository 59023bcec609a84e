"""Outlet, date and title from the names of files and folders.

A name is read as ``DATE_OUTLET_TITLE.ext`` (2022-01-12_some-outlet_talks-begin.txt) or as
``DATE-TITLE.ext``; the folder that a dated file lies in names the outlet where the name does not.
Another pattern is given with ``{date}``, ``{outlet}`` and ``{title}``: ``{outlet}/{date} {title}``.
"""

import re
from functools import cache
from pathlib import PurePath

from parley.errors import ParleyError

_DATE = r"(?P<date>\d{4}-\d{2}-\d{2}|\d{8})"
_BY_UNDERSCORE = re.compile(rf"{_DATE}_(?P<outlet>[^_]+)(?:_(?P<title>.+))?")
_BY_HYPHEN = re.compile(rf"{_DATE}[-_ ]?(?P<title>.*)")
_PARTS = {"date": _DATE, "outlet": r"(?P<outlet>[^/]+?)", "title": r"(?P<title>[^/]*)"}


def from_name(path: PurePath, *, pattern: str | None = None) -> dict[str, str]:
    """What a file's name says of ``outlet`` and ``published``.

    >>> from_name(PurePath("in/2022-01-12_some-outlet_talks-begin.txt"))
    {'outlet': 'some-outlet', 'published': '2022-01-12'}
    >>> from_name(PurePath("Daily News/2022-01-12-talks.html"))
    {'outlet': 'Daily News', 'published': '2022-01-12'}
    """
    stem = _stem(path)
    if pattern:
        match = _compiled(pattern).search(f"/{path.parent.as_posix()}/{stem}")
        parts = match.groupdict() if match else {}
    elif match := _BY_UNDERSCORE.fullmatch(stem):
        parts = match.groupdict()
    elif match := _BY_HYPHEN.fullmatch(stem):
        parts = {"date": match["date"], "outlet": path.parent.name}
    else:
        parts = {}
    found = {"outlet": parts.get("outlet"), "published": parts.get("date")}
    return {field: value for field, value in found.items() if value}


def check_pattern(pattern: str | None) -> None:
    """Raise ParleyError where a pattern names what is not to be found in names."""
    if pattern:
        _compiled(pattern)


def _stem(path: PurePath) -> str:
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    return name.rsplit(".", 1)[0]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    fields = re.findall(r"\{(.*?)\}", pattern)
    if wrong := [field for field in fields if field not in _PARTS]:
        raise ParleyError(
            f"--pattern {pattern!r}: {{{wrong[0]}}} is not one of {{date}} {{outlet}} {{title}}"
        )
    if not fields:
        raise ParleyError(
            f"--pattern {pattern!r} names no field: put {{date}}, {{outlet}} or {{title}} where "
            "they stand in a file's name"
        )
    escaped = re.escape(pattern).replace(r"\{", "{").replace(r"\}", "}")
    return re.compile("/" + escaped.format(**_PARTS) + "$")

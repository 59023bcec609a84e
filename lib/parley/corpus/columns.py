"""Which field of a record is the outlet, the date, the title, the address and the text."""

from collections.abc import Collection, Mapping
from pathlib import PurePath
from typing import Any

from ftfy.fixes import fix_surrogates
from rapidfuzz import process

from parley.corpus.names import from_name
from parley.errors import ParleyError

# What each field is called in the files that people have, best guess first.
_NAMES = {
    "text": "text body content article fulltext full_text maintext articletext",
    "title": "title headline head heading subject",
    "outlet": (
        "outlet source publisher publication newspaper site sitename site_name domain medium"
    ),
    "published": (
        "published date pub_date pubdate published_at publish_date date_publish published_time "
        "datetime timestamp time created"
    ),
    "url": "url link address uri permalink",
}
GUESSES = {field: tuple(names.split()) for field, names in _NAMES.items()}


def article_fields(
    fields: Mapping[str, Any],
    path: str,
    *,
    mapping: Mapping[str, str] | None = None,
    pattern: str | None = None,
) -> dict[str, str | None]:
    """The five fields of an article out of a record's, with what the file's name says for the rest.

    ``mapping`` names columns outright (``{"outlet": "source"}``); a field that it does not name, or
    whose column this record lacks, is found by the names that people give it.

    >>> found = article_fields({"Headline": "Talks end", "body": ["One.", "Two."]}, "a.json")
    >>> found["title"], found["text"], found["outlet"]
    ('Talks end', 'One.\\n\\nTwo.', None)
    """
    lower = {_plain(key): key for key in fields}
    found = {field: _first(fields, lower, field, mapping or {}) for field in GUESSES}
    for field, value in from_name(PurePath(path), pattern=pattern).items():
        found[field] = found[field] or value
    return found


def check_mapping(mapping: Mapping[str, str], columns: Collection[str], path: str) -> None:
    """Raise ParleyError where ``mapping`` names no field of ours, or a column that is not there."""
    lower = {_plain(column) for column in columns}
    for field, column in mapping.items():
        if field not in GUESSES:
            raise ParleyError(f"--map {field}=...: a field is one of {', '.join(GUESSES)}")
        if columns and _plain(column) not in lower:
            near = process.extractOne(_plain(column), sorted(lower))
            hint = f": the nearest is {near[0]!r}" if near else ""
            raise ParleyError(f"{path} has no column {column!r} for --map {field}{hint}")


def _first(
    fields: Mapping[str, Any], lower: dict[str, str], field: str, mapping: Mapping[str, str]
) -> str | None:
    """The first value that is not empty among the columns that may hold a field."""
    named = [_plain(mapping[field])] if field in mapping else []
    columns = (lower[name] for name in [*named, *GUESSES[field]] if name in lower)
    return next((value for column in columns if (value := _value(fields[column]))), None)


def _plain(column: object) -> str:
    return str(column).strip().casefold()


def _value(value: Any) -> str | None:
    """A cell as text; a list is its paragraphs, an object of a feed its name."""
    if isinstance(value, Mapping):  # {"name": ...}, as feeds have it
        value = value.get("name") or value.get("title") or value.get("value")
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_value, value))) or None
    if value is None or value != value:  # NaN, as parquet gives it
        return None
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return fix_surrogates(text).strip() or None

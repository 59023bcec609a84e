"""Which field of a record is the outlet, the date, the title, the address and the text."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

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
    fields: Mapping[str, Any], path: str, *, mapping: Mapping[str, str] | None, pattern: str | None
) -> dict[str, str | None]:
    """The five fields of an article out of a record's, with what the file's name says for the rest.

    ``mapping`` names columns outright (``{"outlet": "source"}``). Raises ParleyError where it names
    a field of ours that does not exist, or a column that the record does not have.
    """
    named = dict(mapping or {})
    if wrong := set(named) - set(GUESSES):
        raise ParleyError(f"--map {wrong.pop()}=...: a field is one of {', '.join(GUESSES)}")
    lower = {str(key).strip().lower(): key for key in fields}
    columns = {field: _column(field, named, lower, path) for field in GUESSES}
    found = {field: _value(fields.get(key)) if key else None for field, key in columns.items()}
    for field, value in from_name(PurePath(path), pattern=pattern).items():
        found[field] = found[field] or value
    return found


def _column(field: str, named: dict[str, str], lower: dict[str, str], path: str) -> str | None:
    if field in named:
        key = lower.get(named[field].strip().lower())
        if key is None:
            near = process.extractOne(named[field], list(lower))
            hint = f"; the nearest is {near[0]!r}" if near else ""
            raise ParleyError(f"{path} has no column {named[field]!r} for --map {field}{hint}")
        return key
    return next((lower[guess] for guess in GUESSES[field] if guess in lower), None)


def _value(value: Any) -> str | None:
    if value is None or value != value:  # NaN, as parquet gives it
        return None
    if isinstance(value, Mapping):  # {"name": ...}, as feeds have it
        value = value.get("name") or value.get("title") or ""
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return text.strip() or None

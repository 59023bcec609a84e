"""A record becomes an article: its fields found, its text cleaned and mended, its date parsed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from parley import terms
from parley.corpus.clean import clean, clean_name, with_title
from parley.corpus.columns import article_fields
from parley.corpus.dates import parse_date, written_date
from parley.corpus.language import detect_language
from parley.corpus.mends import Repair
from parley.corpus.months import article_key, month_of_id
from parley.corpus.read import Record
from parley.corpus.repair import repair
from parley.corpus.stories import signature

_LEAST_WORDS = 3
_LONGEST_TITLE = 150
_EXCERPT = 120


@dataclass(frozen=True)
class Article:
    """One accepted article: its row, mends and signature, why it has no date, what else to know."""

    row: dict[str, Any]
    repairs: list[Repair]
    sketch: dict[str, Any]
    undated: str
    note: str


class Rejected(Exception):
    """Why a record is no article, and how it begins."""

    def __init__(self, reason: str, excerpt: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.excerpt = excerpt


def article_of(
    record: Record,
    *,
    collected: datetime,
    mapping: Mapping[str, str] | None = None,
    pattern: str | None = None,
) -> Article:
    """The article in a record. Raises Rejected, with the reason, where there is none."""
    if record.reason:
        raise Rejected(record.reason, record.excerpt)
    fields = article_fields(record.fields, record.path, mapping=mapping, pattern=pattern)
    body = clean(fields["text"] or "")
    language = detect_language(body)
    if reason := _objection(body, language):
        raise Rejected(reason, " ".join(body[: 2 * _EXCERPT].split())[:_EXCERPT])
    title = clean_name(fields["title"])
    text, repairs = repair(with_title(body, title))
    published, doubt = parse_date(fields["published"] or written_date(fields["text"] or ""))
    outlet = clean_name(fields["outlet"])
    row = {
        "article_id": _key(text, outlet, published),
        "outlet": outlet,
        "published": published,
        "title": text.split("\n\n", 1)[0] if title else _first_line(text),
        "url": fields["url"],
        "language": language,
        "text": text,
        "n_words": len(text.split()),
        "collected": collected,
    }
    return Article(row, repairs, _sketch(row, body), doubt, record.note)


def _objection(text: str, language: str) -> str:
    if len(text.split()) < _LEAST_WORDS:
        return "no text" if not text else f"fewer than {_LEAST_WORDS} words"
    return "" if language == terms.LANGUAGE else f"language {language}, not {terms.LANGUAGE}"


def _key(text: str, outlet: str | None, published: datetime | None) -> str:
    """The same words by another outlet or on another day are another article, of the same story."""
    day = f"{published:%Y-%m-%d}" if published else ""
    content = "\x1f".join([" ".join(text.casefold().split()), outlet or "", day])
    return article_key(published, hashlib.blake2b(content.encode(), digest_size=8).hexdigest())


def _sketch(row: Mapping[str, Any], body: str) -> dict[str, Any]:
    return {
        "article_id": row["article_id"],
        "signature": signature(body).tobytes(),
        "month": month_of_id(row["article_id"]),
    }


def _first_line(text: str) -> str | None:
    """A title from the text itself: a short first paragraph that is no sentence."""
    first = text.split("\n\n", 1)[0]
    short = len(first) <= _LONGEST_TITLE and first != text
    return first if short and first[-1:] not in '.!?”",:' else None

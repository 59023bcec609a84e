"""A saved RSS or Atom feed becomes the fields of its items (feedparser; nothing is fetched)."""

import io
import re
from collections.abc import Iterator, Mapping
from html.entities import name2codepoint
from typing import Any
from xml.sax import SAXParseException

from parley.corpus.page import text_of_markup

_NAMED = re.compile(rb"&(\w+);")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKUP = ("text/html", "application/xhtml+xml")


def items_of_feed(raw: bytes) -> Iterator[tuple[dict[str, Any], bool]]:
    """The fields of each item, and whether its text is a summary alone: no content is there.

    An item without a source of its own is of the outlet that the feed is named for. Raises
    ValueError, with the reason, where the bytes are no feed.

    >>> raw = b'''<rss version="2.0"><channel><title>The Post</title><item><title>Talks</title>
    ...     <description>They met.</description></item></channel></rss>'''
    >>> fields, summary = next(items_of_feed(raw))
    >>> fields["outlet"], fields["title"], fields["text"], summary
    ('The Post', 'Talks', 'They met.', True)
    """
    import feedparser

    found = feedparser.parse(io.BytesIO(_NAMED.sub(_numbered, raw)))
    problem = found.get("bozo_exception")
    if isinstance(problem, SAXParseException):
        raise ValueError(f"malformed XML ({problem.getMessage()}): save the feed again")
    if not found.version:
        raise ValueError("XML, but no RSS or Atom feed")
    if not found.entries:
        raise ValueError("a feed without items")
    for item in found.entries:
        yield _fields(item, found.feed), not item.get("content")


def _numbered(entity: re.Match[bytes]) -> bytes:
    """HTML's named characters, which XML does not know and feeds have all the same, by number."""
    name = entity[1].decode()
    known = name in name2codepoint and name not in _OF_XML
    return b"&#%d;" % name2codepoint[name] if known else entity[0]


def _fields(item: Mapping[str, Any], feed: Mapping[str, Any]) -> dict[str, Any]:
    parts = item.get("content") or [item.get("summary_detail", {})]
    return {
        "text": "\n\n".join(filter(None, map(_text, parts))),
        "title": _text(item.get("title_detail", {})),
        "outlet": (item.get("source") or {}).get("title") or feed.get("title"),
        "published": item.get("published") or item.get("updated"),
        "url": item.get("link"),
        "author": item.get("author"),
    }


def _text(part: Mapping[str, Any]) -> str:
    value = part.get("value") or ""
    return text_of_markup(value) if part.get("type") in _MARKUP else value

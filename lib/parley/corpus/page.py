"""A web page becomes an article: its text without navigation, its title, outlet and date."""

from typing import Any


def article_of_page(html: str) -> dict[str, Any]:
    """The fields of the article in a page, by trafilatura; empty where it finds none.

    Sub-headings stay as paragraphs of their own.
    """
    import trafilatura

    # trafilatura logs what it cannot parse; that page's reject row says it better.
    found = trafilatura.bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=False, favor_precision=True
    )
    if found is None:
        return {}
    fields = found.as_dict() if hasattr(found, "as_dict") else dict(found)
    return {
        "text": fields.get("raw_text") and fields["text"],
        "title": fields.get("title"),
        "outlet": fields.get("sitename") or fields.get("hostname"),
        "published": _published(html) or fields.get("date"),
        "url": fields.get("url"),
    }


def _published(html: str) -> str | None:
    """The full time in the page's metadata: trafilatura keeps only its day."""
    import re

    tag = re.search(
        r"<meta[^>]+(?:article:published_time|datePublished|pubdate)[^>]*>", html, re.IGNORECASE
    )
    content = tag and re.search(r"content=[\"']([^\"']+)[\"']", tag.group())
    return content.group(1) if content else None

"""A web page becomes an article: its text without navigation, its title, outlet and date."""

import re
from typing import Any

_BLOCKS = frozenset("p div li ul ol h1 h2 h3 h4 h5 h6 blockquote section article td tr".split())
_UNSAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no XML tree may hold


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
    tag = re.search(
        r"<meta[^>]+(?:article:published_time|datePublished|pubdate)[^>]*>", html, re.IGNORECASE
    )
    content = tag and re.search(r"content=[\"']([^\"']+)[\"']", tag.group())
    return content.group(1) if content else None


def text_of_markup(markup: str) -> str:
    """The text of a fragment of HTML, as feeds have it: blocks become paragraphs.

    >>> text_of_markup("<p>Talks <b>end</b>.</p><script>x()</script><p>No result.</p>").split()
    ['Talks', 'end.', 'No', 'result.']
    """
    from lxml import etree, html

    root = html.fragment_fromstring(_UNSAFE.sub("", markup), create_parent="div")
    for element in root.iter(etree.Element):
        if element.tag in ("script", "style"):
            element.text = None
        elif element.tag == "br":
            element.tail = "\n" + (element.tail or "")
        elif element.tag in _BLOCKS:
            element.tail = "\n\n" + (element.tail or "")
    return root.text_content()

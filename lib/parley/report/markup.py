"""The one place where text becomes HTML. What comes in is data; all of it is escaped.

A notebook emits payloads (plain JSON, by MIME type); the notebook's own display and the published
page are both drawn from the payload here, so that no HTML from a notebook is ever trusted.
"""

import base64
import html
import re
from collections.abc import Callable
from typing import Any

TABLE = "application/vnd.parley.table+json"
FINDING = "application/vnd.parley.finding+json"
SENTENCES = "application/vnd.parley.sentences+json"
FIGURE = "application/vnd.parley.figure+json"
CONTEXT = "application/vnd.parley.context+json"

Payload = dict[str, Any]

# Terminal colours, and control and direction characters that could make a line read as another.
_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def plain(text: object) -> str:
    """Give the text without terminal escapes, control characters and direction overrides.

    >>> plain("\\x1b[31mred\\x1b[0m" + chr(0x202E))
    'red'
    """
    return _CONTROL.sub("", _ANSI.sub("", str(text)))


def escape(text: object) -> str:
    """Give the text as HTML that shows it and does nothing else.

    >>> escape('<b onclick="x()">')
    '&lt;b onclick=&quot;x()&quot;&gt;'
    """
    return html.escape(plain(text), quote=True)


def anchor(text: object) -> str:
    """Give a name that is safe as an id in a page.

    >>> anchor("../Who's in the news?")
    'who-s-in-the-news'
    """
    return re.sub(r"[^a-z0-9]+", "-", plain(text).lower()).strip("-") or "x"


def heading(name: str) -> str:
    """Give a name in words: ``mention-share`` is "Mention share"; a letter stays as it is.

    >>> heading("mention-share"), heading("n")
    ('Mention share', 'n')
    """
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:] if len(words) > 1 else words


def caption(payload: Payload) -> str:
    """Give the payload's caption, or its name in words where it has none."""
    return escape(payload.get("caption") or heading(str(payload.get("name", ""))))


def _head(columns: list[Payload]) -> str:
    cells = (
        f'<th scope="col"{_right(column)}>{escape(column.get("label", ""))}</th>'
        for column in columns
    )
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _right(column: Payload) -> str:
    return (
        ' class="number" style="text-align:right"'
        if column.get("numeric")
        else (' style="text-align:left"')
    )


def _row(cells: list[str], columns: list[Payload]) -> str:
    parts = []
    for place, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        header = place == 0 and not column.get("numeric")
        tag, scope = ("th", ' scope="row"') if header else ("td", "")
        parts.append(f"<{tag}{scope}{_right(column)}>{escape(cell)}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"


def table(payload: Payload) -> str:
    """Draw a table payload: caption, headings with scope, numbers to the right."""
    columns, rows = payload.get("columns") or [], payload.get("rows") or []
    body = "".join(_row(row, columns) for row in rows)
    if not rows:
        body = f'<tr><td colspan="{max(len(columns), 1)}">Nothing to show.</td></tr>'
    notes = [escape(note) for note in payload.get("notes") or []]
    foot = f'<p class="note">{" ".join(notes)}</p>' if notes else ""
    return (
        f'<div class="table" role="group" tabindex="0" aria-label="{caption(payload)}"><table>'
        f"<caption>{caption(payload)}</caption>{_head(columns)}"
        f"<tbody>{body}</tbody></table></div>{foot}"
    )


def finding(payload: Payload) -> str:
    """Draw a key finding: one sentence."""
    return f'<p class="finding">{escape(payload.get("text", ""))}</p>'


def marked(text: str, start: object, end: object) -> str:
    """Give the text escaped, with ``start:end`` marked where that is a span of it.

    >>> marked("Kyiv & Moscow", 7, 13)
    'Kyiv &amp; <mark>Moscow</mark>'
    """
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        return escape(text)
    before, span, after = text[:start], text[start:end], text[end:]
    return f"{escape(before)}<mark>{escape(span)}</mark>{escape(after)}"


def _sentence(row: Payload) -> str:
    said = marked(str(row.get("text", "")), row.get("mark_start"), row.get("mark_end"))
    label = f'<span class="label">{escape(row["label"])}</span> ' if row.get("label") else ""
    where = [row.get("outlet"), row.get("published"), row.get("title")]
    source = " · ".join(escape(part) for part in where if part)
    address = f' <span class="url">{escape(row["url"])}</span>' if row.get("url") else ""
    return f"<li>{label}<q>{said}</q> <cite>{source}{address}</cite></li>"


def sentences(payload: Payload) -> str:
    """Draw sentences of the corpus as a folded list: the words, the outlet, the date, the title."""
    rows = payload.get("sentences") or []
    opened = " open" if payload.get("open") else ""
    if not rows:
        return f'<p class="note">{caption(payload)}: no sentence to show.</p>'
    items = "".join(_sentence(row) for row in rows)
    return (
        f'<details class="sentences"{opened}><summary>{caption(payload)} '
        f'<span class="count">({len(rows)})</span></summary><ul>{items}</ul></details>'
    )


def image(payload: Payload) -> str:
    """Give the figure's picture as a ``data:`` address. As an image, an SVG can run nothing."""
    if payload.get("svg"):
        data = base64.b64encode(str(payload["svg"]).encode()).decode()
        return f"data:image/svg+xml;base64,{data}"
    data = re.sub(r"[^A-Za-z0-9+/=]", "", str(payload.get("png", "")))
    return f"data:image/png;base64,{data}"


def figure(payload: Payload) -> str:
    """Draw a figure payload: the picture with its alt text, and its caption."""
    below = f"<figcaption>{caption(payload)}</figcaption>" if payload.get("caption") else ""
    return (
        f'<figure id="figure-{anchor(payload.get("name", ""))}">'
        f'<div class="canvas" role="group" tabindex="0" aria-label="{caption(payload)}">'
        f'<img src="{image(payload)}" alt="{escape(payload.get("alt", ""))}"></div>{below}</figure>'
    )


def context(payload: Payload) -> str:
    """Draw what the numbers rest on, in a line."""
    return f'<p class="context">{escape(payload.get("line", ""))}</p>'


DRAW: dict[str, Callable[[Payload], str]] = {
    TABLE: table,
    FINDING: finding,
    SENTENCES: sentences,
    FIGURE: figure,
    CONTEXT: context,
}

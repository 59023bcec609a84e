"""The one place of the explorers where text becomes HTML: whatever it holds is shown as text."""

import html
import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

# Okabe & Ito's palette, told apart by the colour-blind too; after the eighth it begins anew.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B8860B", "#56B4E9", "#7F3C8D", "#666666")


class Span(NamedTuple):
    """Characters ``start:end`` of a text, the classes that style them and the key they answer."""

    start: int
    end: int
    classes: str
    key: str = ""
    style: str = ""
    title: str = ""


def text(value: object) -> str:
    """Escape a value for HTML; nothing for a null.

    >>> text("<b>R&D</b>"), text(None)
    ('&lt;b&gt;R&amp;D&lt;/b&gt;', '')
    """
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    return html.escape(str(value), quote=True)


def spanned(words: str, spans: Sequence[Span]) -> str:
    """Give the text with its spans marked, which may lie across one another.

    The text is cut wherever a span begins or ends, and each piece carries what covers it: so no
    element ever overlaps another, and without the tags the text is what it was.

    >>> spanned("a<b", [Span(0, 2, "x"), Span(1, 3, "y")])
    '<span class="x">a</span><span class="x y">&lt;</span><span class="y">b</span>'
    """
    cuts = sorted({0, len(words), *(at for s in spans for at in s[:2] if 0 <= at <= len(words))})
    pieces = []
    for low, high in itertools.pairwise(cuts):
        over = [s for s in spans if s.start <= low and high <= s.end]
        pieces.append(_piece(words[low:high], over, low))
    return "".join(pieces)


def _piece(words: str, over: list[Span], at: int) -> str:
    if not over:
        return text(words)
    inner = min(over, key=lambda s: (not s.key, s.end - s.start))  # what a click here means
    classes = " ".join(dict.fromkeys(s.classes for s in over))
    attributes = f'class="{text(classes)}"'
    if inner.key:
        # One stop for the tab key a span, however many pieces it was cut into.
        stop = "0" if at == inner.start else "-1"
        attributes += f' data-key="{text(inner.key)}" role="button" tabindex="{stop}"'
    if style := ";".join(s.style for s in over if s.style):
        attributes += f' style="{text(style)}"'
    if inner.title:
        attributes += f' title="{text(inner.title)}"'
    return f"<span {attributes}>{text(words)}</span>"


def sentence(row: dict) -> str:
    """A row of a ledger: its sentence with what is meant marked, and where it stands."""
    spans = [
        Span(int(row[f"{name}_start"]), int(row[f"{name}_end"]), kind)
        for name, kind in (("mark", "mark"), ("cue", "cue"))
        if pd.notna(row.get(f"{name}_start")) and pd.notna(row.get(f"{name}_end"))
    ]
    shown = spanned(row["text"], spans)
    day = f"{row['published']:%Y-%m-%d}" if pd.notna(row.get("published")) else "undated"
    where = ", ".join(filter(None, (text(row.get("outlet")), day)))
    return (
        f'<div class="sentence">{shown}</div>'
        f'<p class="where">{where} · {text(row.get("title"))}</p>'
    )


def sentences(rows: pd.DataFrame, *, head: str, more: Iterable[str] = ()) -> str:
    """A numbered list of a ledger's sentences under a heading, with ``more`` HTML after each."""
    if rows.empty:
        return f"<h4>{text(head)}</h4><p class='quiet'>No sentence stands behind this.</p>"
    after = list(more) or [""] * len(rows)
    items = "".join(
        f"<li>{sentence(row)}{extra}</li>"
        for row, extra in zip(rows.to_dict("records"), after, strict=True)
    )
    return f"<h4>{text(head)}</h4><ol>{items}</ol>"


def table(frame: pd.DataFrame, titles: dict[str, str]) -> str:
    """The named columns of a frame as a table, figures with two places."""
    heads = "".join(f"<th scope='col'>{text(title)}</th>" for title in titles.values())
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(row[column])}</td>" for column in titles) + "</tr>"
        for row in frame.to_dict("records")
    )
    head = f"<thead><tr>{heads}</tr></thead>"
    return f"<div class='scroll'><table>{head}<tbody>{rows}</tbody></table></div>"


def _cell(value: object) -> str:
    known = isinstance(value, float) and value == value
    return f"{value:.2f}".replace("-", "−") if known else text(value)


def legend(colours: dict[str, str]) -> str:
    """Who or what each colour stands for."""
    items = "".join(
        f"<li><span class='swatch' style='background:{colour}'></span>{text(name)}</li>"
        for name, colour in colours.items()
    )
    return f"<ul class='legend' aria-label='Colours'>{items}</ul>"

"""What a notebook shows, so that a reader sees it and the report can use it.

Each function gives an object to stand last in a cell. It displays as escaped HTML, and carries the
same content as data from which the report draws its page, its CSV files and ``metrics.json``.
"""

import base64
import io
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from parley.errors import ParleyError
from parley.report import markup, values

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_MOST_RECORDS = 5000
_LARGEST_SVG = 1_500_000
_HIDDEN = ("evidence", "article_id", "story_id", "actor_id")


@dataclass(frozen=True)
class Shown:
    """One thing on show: its MIME type, its payload, and how it reads as plain text."""

    mime: str
    payload: markup.Payload
    text: str
    images: Mapping[str, str] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None):
        bundle: dict[str, Any] = {"text/plain": self.text, self.mime: self.payload}
        if self.images:  # a notebook viewer shows an image even where it trusts no HTML
            return bundle | dict(self.images), {"image/png": {"alt": self.payload.get("alt", "")}}
        return bundle | {"text/html": markup.DRAW[self.mime](self.payload)}, {}

    def __repr__(self) -> str:
        return self.text


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ParleyError(
            f"the name {name!r} is not one: use lower-case letters, digits and hyphens"
        )
    return name


def _bounds(frame: pd.DataFrame, column: str) -> tuple[str, str] | None:
    """Name the columns that hold the interval of a column, if it has one."""
    low, high = ("low", "high") if column == "estimate" else (f"{column}_low", f"{column}_high")
    return (low, high) if {low, high} <= set(frame.columns) else None


def _visible(frame: pd.DataFrame, intervals: bool) -> list[str]:
    folded = {bound for column in frame for bound in _bounds(frame, str(column)) or ()}
    hidden = set(_HIDDEN)
    if intervals and folded:
        hidden |= folded | {"enough"}  # said in the place of the estimate
    if "name" in frame.columns:
        hidden.add("actor")
    return [str(column) for column in frame if column not in hidden]


def _is_number(values_: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values_) and not pd.api.types.is_bool_dtype(values_)


def _cells(frame: pd.DataFrame, column: str, spec: str | None, intervals: bool) -> list[str]:
    series = frame[column]
    if not _is_number(series):
        return [values.cell(value) for value in series]
    spec = spec or values.number_spec(series)
    bounds = _bounds(frame, column) if intervals else None
    if bounds is None:
        return [values.number(value, spec) for value in series]
    enough = frame["enough"] if "enough" in frame.columns else [True] * len(frame)
    rows = zip(series, frame[bounds[0]], frame[bounds[1]], enough, strict=True)
    return [
        values.interval(value, low, high, spec) if sound else values.TOO_FEW
        for value, low, high, sound in rows
    ]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [values.jsonable(row) for row in frame.to_dict("records")]


def _as_text(payload: markup.Payload) -> str:
    lines = [[column["label"] for column in payload["columns"]], *payload["rows"]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    pad = lambda line: "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip()  # noqa: E731
    return "\n".join([payload["caption"] or payload["name"], *map(pad, lines)])


def show(
    frame: pd.DataFrame,
    *,
    name: str,
    caption: str | None = None,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    formats: Mapping[str, str] | None = None,
    intervals: bool = True,
    rows: int = 30,
    by: Sequence[str] | None = None,
    note: str | None = None,
) -> Shown:
    """Show a table. All its columns go to ``metrics.json`` and NAME.csv; these are on the page.

    ``columns`` names those on the page, or maps each to its heading. ``formats`` maps a column to
    a format spec (``".1f"``, ``".0%"``). With ``intervals``, ``estimate`` is shown with ``low`` and
    ``high``, and any X with ``X_low`` and ``X_high``; where a column ``enough`` says no, as too few
    to say. ``rows`` is how many are on the page. ``by`` names the columns that tell one row from
    another when two runs are compared (else all text).

    >>> frame = pd.DataFrame({"name": ["Russia"], "estimate": [12.34], "low": [10.1],
    ...                       "high": [14.8], "n": [57]})
    >>> show(frame, name="mention-share", caption="Mentions per 1,000 words")
    Mentions per 1,000 words
    Name    Estimate             n
    Russia  12.3 (10.1 to 14.8)  57
    """
    frame = frame.reset_index(drop=True)
    names = list(columns) if columns is not None else _visible(frame, intervals)
    absent = [column for column in names if column not in frame.columns]
    if absent:
        raise ParleyError(f"table {name!r} has no column {absent[0]!r}: it has {[*frame.columns]}")
    labels = columns if isinstance(columns, Mapping) else {}
    on_page = frame.head(rows)
    cells = [_cells(on_page, c, (formats or {}).get(c), intervals) for c in names]
    keys = list(by) if by is not None else _text_columns(frame)
    rest = f"{len(frame) - rows:,} more rows are in {name}.csv." if len(frame) > rows else ""
    payload = {
        "name": _checked(name),
        "caption": caption or "",
        "columns": [
            {
                "name": column,
                "label": str(labels.get(column, markup.heading(column))),
                "numeric": _is_number(frame[column]),
            }
            for column in names
        ],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "by": keys,
        "formats": dict(formats or {}),
        "records": _records(frame.head(_MOST_RECORDS)),
        "notes": [text for text in (note, rest) if text],
    }
    return Shown(markup.TABLE, payload, _as_text(payload))


def _text_columns(frame: pd.DataFrame) -> list[str]:
    """Name the columns that may tell rows apart: no numbers, and no yes or no that may turn."""
    numbers = pd.api.types.is_numeric_dtype  # which yes and no are to pandas, too
    return [str(c) for c in frame if c != "evidence" and not numbers(frame[c])]


def finding(text: str, /, *, about: str | None = None, **facts: Any) -> Shown:
    """Show a key finding: one sentence computed from the numbers, with the numbers as ``facts``.

    ``about`` names its subject: of several findings about one subject, the front page of a report
    gives the first.

    >>> finding("Russia is named most often.", about="naming", actor="russia", estimate=12.3)
    Russia is named most often.
    """
    payload = {"text": str(text), "about": about, "facts": values.jsonable(facts)}
    return Shown(markup.FINDING, payload, str(text))


def sentences(
    frame: pd.DataFrame, *, name: str, caption: str | None = None, opened: bool = False
) -> Shown:
    """Show sentences of the corpus as a folded list, each with where it stands.

    Needs ``text``; uses ``outlet``, ``published``, ``title``, ``url``, ``label`` (a word or two set
    before the sentence), ``article_id``, and ``mark_start``, ``mark_end`` (offsets into ``text``).

    >>> sentences(pd.DataFrame({"text": ["Talks went on."], "outlet": ["Gazette"]}), name="talks")
    talks
    - Talks went on. (Gazette)
    """
    wanted = [c for c in _SENTENCE if c in frame.columns]
    if "text" not in wanted:
        raise ParleyError(f"sentences {name!r} need a column 'text'; they have {[*frame.columns]}")
    rows = _records(frame[wanted])
    for row in rows:
        row.update({c: int(row[c]) for c in ("mark_start", "mark_end") if row.get(c) is not None})
        row["published"] = values.date(row.get("published"))
    payload = {
        "name": _checked(name),
        "caption": caption or "",
        "sentences": rows,
        "open": bool(opened),
    }
    lines = [f"- {row['text']} ({row.get('outlet') or 'no outlet'})" for row in rows]
    return Shown(markup.SENTENCES, payload, "\n".join([caption or name, *lines]))


_SENTENCE = ("text", "outlet", "published", "title", "url", "label", "article_id", "mark_start",
             "mark_end")  # fmt: skip


def figure(fig: Any, *, name: str, alt: str | None = None, caption: str | None = None) -> Shown:
    """Show a figure (anything with ``savefig``) with words for who cannot see it.

    ``alt`` may be left out where the figure carries ``alt_text``.
    """
    alt = alt or getattr(fig, "alt_text", None)
    if not alt:
        raise ParleyError(f"figure {name!r} needs alt text: say in a sentence what it shows")
    png, svg = _drawn(fig, "png", dpi=144), _drawn(fig, "svg").decode()
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:  # else the notebook would show an open figure a second time
        pyplot.close(fig)
    picture = base64.b64encode(png).decode()
    drawn = {"svg": svg} if len(svg) <= _LARGEST_SVG else {"png": picture}
    payload = {"name": _checked(name), "alt": str(alt), "caption": caption or "", **drawn}
    return Shown(markup.FIGURE, payload, str(alt), {"image/png": picture})


def _drawn(fig: Any, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    metadata = {"metadata": {"Date": None}} if kind == "svg" else {}  # the same run, the same file
    fig.savefig(stream, format=kind, bbox_inches="tight", **metadata, **options)
    return stream.getvalue()


def context(
    *,
    corpus: str | None = None,
    version: str | None = None,
    start: Any = None,
    end: Any = None,
    articles: int | None = None,
    stories: int | None = None,
    outlets: int | None = None,
    newest: Any = None,
    unresolved_share: float | None = None,
    annotator: str | None = None,
    model: str | None = None,
    **more: Any,
) -> Shown:
    """Show what the numbers rest on. The report's banner, gates and provenance are made from it.

    ``end`` is exclusive, as in ``open_study``; the line names the last day inside the window.

    >>> context(start="2022-01-10", end="2022-01-17", articles=58, stories=41, outlets=6)
    10 Jan 2022 to 16 Jan 2022 · 58 articles · 41 stories · 6 outlets
    """
    payload = values.jsonable(
        {
            "corpus": None if corpus is None else str(corpus),
            "version": None if version is None else str(version),
            "start": start,
            "end": end,
            "articles": articles,
            "stories": stories,
            "outlets": outlets,
            "newest": newest,
            "unresolved_share": unresolved_share,
            "annotator": annotator,
            "model": model,
            **more,
        }
    )
    payload["line"] = values.context_line(payload)
    return Shown(markup.CONTEXT, payload, payload["line"])

"""Key word in context: every place a word or a span stands, with what is left and right of it."""

import re

import numpy as np
import pandas as pd

from parley.errors import ParleyError
from parley.measure.options import choose, need

SORTS = ("left", "right", "date", "outlet")
_COLUMNS = [
    *("article_id", "outlet", "published", "start", "end", "pre", "keyword", "post", "evidence"),
]


def kwic(
    articles: pd.DataFrame,
    pattern: str | None = None,
    *,
    spans: pd.DataFrame | None = None,
    width: int = 60,
    sort: str = "date",
    regex: bool = False,
    ignore_case: bool = True,
    top: int | None = None,
) -> pd.DataFrame:
    """Show where a word (or each of ``spans``) stands, with ``width`` characters on each side.

    Needs articles (article_id, outlet, published, text) and a ``pattern``, taken as whole words
    unless ``regex``, or ``spans`` (article_id, start, end: mentions, quotes, stances ...). ``sort``
    is by the words to the ``right``, by those to the ``left`` (nearest first), by ``date`` or by
    ``outlet``. Gives [article_id, outlet, published, start, end, pre, keyword, post, evidence]
    with ``text[start:end] == keyword``; line breaks in pre and post are shown as spaces.

    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": "X", "published": pd.NaT,
    ...     "text": "NATO said so. Russia said NATO would not."})
    >>> kwic(articles, "nato", sort="right", width=8)[["pre", "keyword", "post"]].values.tolist()
    [['', 'NATO', ' said so'], ['ia said ', 'NATO', ' would n']]
    """
    choose(sort, SORTS, "sort")
    need(articles, ["article_id", "outlet", "published", "text"], "articles")
    if (pattern is None) == (spans is None):
        raise ParleyError("a concordance needs either a pattern or spans, and not both")
    if spans is None:
        spans = _found(articles, _compiled(str(pattern), regex, ignore_case))
    rows = _with_context(articles, spans, width)
    return _sorted(rows, sort).head(top if top is not None else len(rows)).reset_index(drop=True)


def _compiled(pattern: str, regex: bool, ignore_case: bool) -> re.Pattern[str]:
    if not pattern:
        raise ParleyError("a concordance of nothing is everything: give a word")
    written = pattern if regex else rf"(?<!\w){re.escape(pattern)}(?!\w)"
    try:
        return re.compile(written, re.IGNORECASE if ignore_case else 0)
    except re.error as problem:
        raise ParleyError(f"{pattern!r} is no regular expression: {problem}") from problem


def _found(articles: pd.DataFrame, pattern: re.Pattern[str]) -> pd.DataFrame:
    found = [
        (article_id, *match.span())
        for article_id, text in zip(articles["article_id"], articles["text"], strict=True)
        for match in pattern.finditer(text)
        if match.group()
    ]
    return pd.DataFrame(found, columns=["article_id", "start", "end"])


def _with_context(articles: pd.DataFrame, spans: pd.DataFrame, width: int) -> pd.DataFrame:
    need(spans, ["article_id", "start", "end"], "spans")
    held = articles.drop_duplicates("article_id").set_index("article_id")
    rows = spans.loc[spans["article_id"].isin(held.index), ["article_id", "start", "end"]]
    texts = held["text"].reindex(rows["article_id"]).tolist()
    cut = [
        (
            _line(text[max(0, start - width) : start]),
            text[start:end],
            _line(text[end : end + width]),
        )
        for text, start, end in zip(texts, rows["start"], rows["end"], strict=True)
    ]
    rows = rows.assign(
        outlet=held["outlet"].reindex(rows["article_id"]).to_numpy(),
        published=held["published"].reindex(rows["article_id"]).array,
        evidence=[f"{one}:{at}" for one, at in zip(rows["article_id"], rows["start"], strict=True)],
    )
    context = pd.DataFrame(cut, columns=["pre", "keyword", "post"], index=rows.index)
    return rows.assign(**context)[_COLUMNS]


def _line(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _sorted(rows: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Sort by what is asked for, then by date, article and place, so that ties are settled."""
    by: list[str] = [sort] if sort == "outlet" else []
    if sort in ("left", "right"):
        side = rows["pre"].map(_reversed) if sort == "left" else rows["post"].map(_words)
        rows, by = rows.assign(_key=np.array(side, dtype=object)), ["_key"]
    keys = [*by, "published", "article_id", "start"]
    return rows.sort_values(keys, na_position="last", kind="stable")[_COLUMNS]


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _reversed(text: str) -> str:
    return " ".join(reversed(re.findall(r"\w+", text.lower())))

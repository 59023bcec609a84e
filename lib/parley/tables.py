"""The tables through which the stages meet: columns, dtypes and keys, and ``check``.

Spans are integer, half-open character offsets into ``articles.text``; the law, tested everywhere,
is ``text[start:end] == the span``. Times are UTC. A table is checked whenever it is written.
"""

from dataclasses import dataclass, field

import pandas as pd

from parley import terms
from parley.errors import ParleyError

# Column types by a short name; "?" allows a null.
_DTYPES = {
    "text": "string",
    "int": "int64",
    "float": "float64",
    "bool": "bool",
    "time": "datetime64[us, UTC]",
}


@dataclass(frozen=True)
class Column:
    """One column: its type, whether it may be null, and what it may hold."""

    dtype: str
    null: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: its name, its columns in order, and the columns that together are its key."""

    name: str
    row: str
    columns: dict[str, Column]
    key: tuple[str, ...]
    spans: bool = field(default=False)

    def __str__(self) -> str:
        return self.name


def _column(short: str, *, choices: tuple[str, ...] = ()) -> Column:
    """Read ``"float? 0..1"``: the type, ``?`` where null is allowed, and a closed range."""
    kind, _, bounds = short.partition(" ")
    low, high = (float(bound) for bound in bounds.split("..")) if bounds else (None, None)
    return Column(_DTYPES[kind.rstrip("?")], kind.endswith("?"), choices, low, high)


def _columns(**short: str | tuple[str, tuple[str, ...]]) -> dict[str, Column]:
    return {
        name: _column(spec) if isinstance(spec, str) else _column(spec[0], choices=spec[1])
        for name, spec in short.items()
    }


_SPAN = {"start": "int 0..inf", "end": "int 0..inf"}

ARTICLES = Table(
    "articles",
    "one article",
    _columns(
        article_id="text",
        outlet="text?",
        published="time?",
        title="text?",
        url="text?",
        language="text",
        text="text",
        n_words="int 0..inf",
        story_id="text",
        is_first="bool",
        collected="time",
    ),
    ("article_id",),
)
REPAIRS = Table(
    "repairs",
    "one mend of the raw text; was stood where now stands at start:end",
    _columns(article_id="text", **_SPAN, was="text", now="text", rule="text"),
    ("article_id", "start", "end", "rule"),
    spans=True,
)
REJECTS = Table(
    "rejects",
    "one record that could not be taken in",
    _columns(path="text", record="int 0..inf", reason="text", excerpt="text"),
    ("path", "record"),
)
SENTENCES = Table(
    "sentences",
    "one sentence",
    _columns(
        article_id="text",
        sentence="int 0..inf",
        **_SPAN,
        part=("text", terms.PARTS),
        valence="float? -1..1",
        vader="float? -1..1",
    ),
    ("article_id", "sentence"),
    spans=True,
)
MENTIONS = Table(
    "mentions",
    "one mention of an actor",
    _columns(
        article_id="text",
        sentence="int 0..inf",
        **_SPAN,
        surface="text",
        kind=("text", terms.MENTION_KINDS),
        actor_id="text?",
        form=("text", terms.MENTION_FORMS),
        probability="float 0..1",
        negative="float? 0..1",
        neutral="float? 0..1",
        positive="float? 0..1",
        voice="text",
    ),
    ("article_id", "start", "end"),
    spans=True,
)
QUOTES = Table(
    "quotes",
    "one attribution: a content with its cue and its speaker",
    _columns(
        article_id="text",
        quote="int 0..inf",
        **_SPAN,
        kind=("text", terms.QUOTE_KINDS),
        cue_start="int? 0..inf",
        cue_end="int? 0..inf",
        cue_class=("text?", terms.CUE_CLASSES),
        speaker_start="int? 0..inf",
        speaker_end="int? 0..inf",
        actor_id="text?",
        source_class=("text?", terms.SOURCE_CLASSES),
        probability="float 0..1",
        closed="bool?",  # false: a mark was lost, or the quotation was cut for its length
    ),
    ("article_id", "quote"),
    spans=True,
)
STANCES = Table(
    "stances",
    "one holder toward one target in one sentence",
    _columns(
        article_id="text",
        sentence="int 0..inf",
        **_SPAN,
        holder_id="text",
        target_id="text",
        target_kind=("text", terms.TARGET_KINDS),
        stance=("text", terms.STANCES),
        probability="float 0..1",
        voice="text",
        cue_start="int? 0..inf",
        cue_end="int? 0..inf",
        how="text?",
    ),
    ("article_id", "sentence", "holder_id", "target_id", "start", "end"),
    spans=True,
)
EVENTS = Table(
    "events",
    "one actor acting on another",
    _columns(
        article_id="text",
        sentence="int 0..inf",
        **_SPAN,
        source_id="text",
        target_id="text",
        event=("text", tuple(terms.EVENTS)),
        quad=("text", terms.QUADS),
        probability="float 0..1",
        how="text?",
    ),
    ("article_id", "sentence", "source_id", "target_id", "start", "end"),
    spans=True,
)
ACTORS = Table(
    "actors",
    "one actor of the registry that the corpus was annotated with",
    _columns(
        actor_id="text",
        name="text",
        kind=("text", terms.ACTOR_KINDS),
        state="text?",
        blocs="text?",
        sector=("text?", terms.SECTORS),
        wikidata="text?",
        offices="text?",
    ),
    ("actor_id",),
)
ANNOTATED = Table(
    "annotated",
    "one article that has been annotated, and by which version of the annotators",
    _columns(article_id="text", annotator="text", at="time", failed="text?"),
    ("article_id",),
)

# In `annotated.failed`: the batch is being written, or its process was killed while it was.
UNFINISHED = "unfinished"

TABLES = {
    table.name: table
    for table in (
        ARTICLES,
        REPAIRS,
        REJECTS,
        SENTENCES,
        MENTIONS,
        QUOTES,
        STANCES,
        EVENTS,
        ACTORS,
        ANNOTATED,
    )
}
# What `annotate` adds to an article, in the order in which it is made.
ANNOTATIONS = (SENTENCES, MENTIONS, QUOTES, STANCES, EVENTS)


# The dtypes that hold a null, of those that do not.
_WITH_NULL = {"int64": "Int64", "bool": "boolean"}


def _dtype(column: Column) -> str:
    return _WITH_NULL.get(column.dtype, column.dtype) if column.null else column.dtype


def empty(table: Table) -> pd.DataFrame:
    """Give a frame with the table's columns and dtypes and no rows.

    >>> list(empty(REJECTS).columns)
    ['path', 'record', 'reason', 'excerpt']
    """
    return pd.DataFrame(
        {name: pd.Series(dtype=_dtype(column)) for name, column in table.columns.items()}
    )


def conform(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give the frame with the table's columns, in order and with its dtypes; others are dropped.

    A column that may be null and is absent is added as null. Raises ParleyError where a needed
    column is missing or a value cannot be of its type.
    """
    absent = [n for n, c in table.columns.items() if n not in frame.columns and not c.null]
    if absent and len(frame.columns):
        raise ParleyError(
            f"table {table} lacks the column {absent[0]!r}: it needs {[*table.columns]}"
        )
    series = {}
    for name, column in table.columns.items():
        values = frame[name] if name in frame.columns else pd.Series(pd.NA, index=frame.index)
        try:
            if column.dtype == "float64" and values.dtype == object:
                values = values.astype("Float64")  # the way from pd.NA to NaN
            series[name] = values.astype(_dtype(column))
        except (TypeError, ValueError) as problem:
            raise ParleyError(f"table {table}, column {name!r}: {problem}") from problem
    return pd.DataFrame(series, columns=list(table.columns))


def _schema(table: Table):  # -> pandera.pandas.DataFrameSchema; imported late, since it is slow
    import pandera.pandas as pa

    def checks(column: Column) -> list:
        bounds = [] if column.low is None else [pa.Check.in_range(column.low, column.high)]
        return bounds + ([pa.Check.isin(column.choices)] if column.choices else [])

    columns = {
        name: pa.Column(_dtype(column), checks(column), nullable=column.null)
        for name, column in table.columns.items()
    }
    law = pa.Check(lambda frame: frame["start"] <= frame["end"], name="start <= end")
    return pa.DataFrameSchema(
        columns,
        checks=[law] if table.spans else [],
        unique=list(table.key),
        strict=True,
        ordered=True,
        name=table.name,
    )


def check(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Give the frame back, conformed, or raise ParleyError naming the first column at fault.

    >>> row = {"path": "a.txt", "record": 0, "reason": "empty", "excerpt": ""}
    >>> len(check(pd.DataFrame([row]), REJECTS))
    1
    """
    import pandera.errors

    conformed = conform(frame, table)
    try:
        return _schema(table).validate(conformed)
    except pandera.errors.SchemaError as problem:
        where = getattr(problem.schema, "name", None) or table.name
        raise ParleyError(f"table {table}, {where!r}: {problem}".splitlines()[0]) from problem

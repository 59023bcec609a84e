"""Tables too large to load: their rows are counted where they lie, by DuckDB over an Arrow dataset.

Intervals rest on sums by story, so all that a frequency or a stance table needs of a hundred
million rows is how many of them each article has for each key. ``placed`` takes a DataFrame or a
dataset and gives the same rows to what follows; only those of a dataset stand for several.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from parley import terms
from parley.measure.frame import Ground, Ints
from parley.measure.options import choose, need

Rows: TypeAlias = pd.DataFrame | ds.Dataset


def asked(rows: Rows, columns: Iterable[str], table: str) -> Rows:
    """Give the rows back, or raise ParleyError naming the first column that they lack."""
    if isinstance(rows, ds.Dataset):
        need(pd.DataFrame(columns=rows.schema.names), columns, table)
        return rows
    return need(rows, columns, table)


def keep(rows: Rows, column: str, values: Iterable[str], *, inside: bool = True) -> Rows:
    """Give the rows whose ``column`` holds one of ``values``, or with ``inside=False`` none."""
    if isinstance(rows, ds.Dataset):
        hit = ds.field(column).isin(list(values))
        return rows.filter(hit if inside else ~hit)
    hit = rows[column].isin(list(values))
    return rows[hit if inside else ~hit]


def in_voice(rows: Rows, voice: str | None, table: str) -> Rows:
    """Give what the outlet says in its own words, or what stands in quotations; all for None."""
    if voice is None:
        return rows
    choose(voice, ("outlet", "quoted"), "voice")
    own = [terms.OUTLET_VOICE]
    return keep(asked(rows, ["voice"], table), "voice", own, inside=voice == "outlet")


@dataclass(frozen=True, eq=False)
class Counted:
    """Rows of a dataset counted by article and keys; where they start is asked for few of them."""

    source: ds.Dataset
    table: pa.Table  # article_id, keys
    keys: tuple[str, ...]

    def starts(self, rows: Ints) -> pd.DataFrame:
        """Give [row, start] of every row of the dataset that these rows stand for."""
        wanted = self.table.take(pa.array(rows)).append_column("row", pa.array(rows))
        same = " AND ".join(
            f"r.{_name(key)} IS NOT DISTINCT FROM w.{_name(key)}"
            for key in ("article_id", *self.keys)
        )
        query = f'SELECT w."row", r."start" FROM rows r JOIN wanted w ON {same}'
        return _asked(query, rows=self.source, wanted=wanted).to_pandas()


def placed(ground: Ground, rows: Rows, keys: Sequence[str]) -> tuple[pd.DataFrame, Counted | None]:
    """Give the rows of these articles as ``Ground.place`` does; those of a dataset counted by keys.

    Needs article_id, start and the keys. Counted rows have also ``times``, how many rows of the
    dataset each stands for, and ``row``, its number in the ``Counted`` that comes with them;
    ``start`` is the first of theirs.
    """
    if not isinstance(rows, ds.Dataset):
        return ground.place(rows[["article_id", "start", *keys]]), None
    ids = pa.array(ground.articles["article_id"], pa.string())
    articles = pa.table({"article_id": ids, "article": range(len(ids))})
    names = ", ".join(f"r.{_name(key)}" for key in keys)
    query = (
        f'SELECT a.article, {names}, count(*) AS times, min(r."start") AS "start" '
        "FROM rows r JOIN articles a ON r.article_id = a.article_id GROUP BY ALL"
    )
    table = _asked(query, rows=rows, articles=articles)
    for place, key in enumerate(keys, start=1):
        table = table.set_column(place, key, table[key].dictionary_encode())
    frame = table.to_pandas()
    if frame.empty:  # categories without a value would be a type of their own
        frame = frame.astype(dict.fromkeys(keys, object))
    article = frame["article"].to_numpy()
    frame = frame.assign(row=range(len(frame)), day=ground.day[article])
    held = table.select(list(keys)).add_column(0, "article_id", ids.take(table["article"]))
    return frame, Counted(rows, held, tuple(keys))


def _asked(query: str, **tables: ds.Dataset | pa.Table) -> pa.Table:
    import duckdb  # late: who measures DataFrames alone does not load it

    with duckdb.connect() as database:
        for name, table in tables.items():
            database.register(name, table)
        return database.sql(query).to_arrow_table()


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'

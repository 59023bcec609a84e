"""Articles into the store, with their mends and signatures, and copies told apart.

Mends and signatures are written before the articles that they belong to, and what a kill in between
left of them is replaced.
"""

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from parley import tables
from parley.corpus import delta
from parley.corpus.months import beside, in_months_of, month_of_id, months_of_ids
from parley.corpus.store import SIGNATURES, Store
from parley.corpus.stories import assign_stories, mark_first


def add_rejects(store: Store, rejects: pd.DataFrame) -> None:
    """Add what could not be taken in, unless its file and record are there already."""
    if rejects.empty:
        return
    paths_of = ds.field("path").isin(list(rejects["path"].unique()))
    there = store.read(tables.REJECTS, columns=["path", "record"], where=paths_of)
    rows = pd.MultiIndex.from_frame(rejects[["path", "record"]].astype(there.dtypes))
    store.append(tables.REJECTS, rejects[~rows.isin(pd.MultiIndex.from_frame(there))])


def add_articles(
    store: Store, articles: pd.DataFrame, repairs: pd.DataFrame, sketches: pd.DataFrame
) -> int:
    """Add new articles with their mends and signatures; give how many of them are copies.

    Needs the columns of `articles` but story_id and is_first, which are found here, and in
    ``sketches`` article_id, month, signature.
    """
    ids = list(articles["article_id"])
    seen = store.opened(tables.ARTICLES.name)
    _forget(store, tables.REPAIRS.name, ids)
    _forget(store, SIGNATURES, ids)
    near = sorted({month for each in sketches["month"].unique() for month in beside(each)})
    told = articles.assign(story_id=assign_stories(_signatures(store, near), sketches))
    kin = _kin(store, told)
    together = pd.concat([kin, told], ignore_index=True) if len(kin) else told
    first = mark_first(together)
    store.append(tables.REPAIRS, repairs)
    sketches = sketches.assign(story_id=told["story_id"].to_numpy())
    delta.write(store.uri(SIGNATURES), pa.Table.from_pandas(sketches, preserve_index=False))
    rows = told.assign(is_first=first.tail(len(told)).to_numpy())
    store.append(tables.ARTICLES, rows, seen=seen)
    _mark_first(store, kin, first.head(len(kin)))
    return int((told["story_id"] != told["article_id"]).sum())


def _forget(store: Store, name: str, ids: list[str]) -> None:
    """Drop the rows of these articles; where there are none, no commit is made."""
    table = store.opened(name)
    if table is None:
        return
    where = in_months_of(ids) & ds.field("article_id").isin(ids)
    found = sorted(set(delta.rows_of(table, ["article_id"], where)["article_id"].to_pylist()))
    if found:
        months = delta.quoted(sorted({month_of_id(article_id) for article_id in found}))
        delta.delete(table, f"month IN ({months}) AND article_id IN ({delta.quoted(found)})")


def _signatures(store: Store, months: list[str]) -> pd.DataFrame:
    names = ["article_id", "story_id", "month", "signature"]
    table = store.opened(SIGNATURES)
    if table is None:
        return pd.DataFrame(columns=names)
    return delta.rows_of(table, names, ds.field("month").isin(months)).to_pandas()


def _kin(store: Store, articles: pd.DataFrame) -> pd.DataFrame:
    """The stored articles of the stories that these continue."""
    stories = set(articles["story_id"]) - set(articles["article_id"])
    if not stories:
        return tables.empty(tables.ARTICLES)
    where = ds.field("story_id").isin(sorted(stories))
    columns = ["article_id", "published", "story_id", "is_first"]
    return store.read(tables.ARTICLES, columns=columns, where=where)


def _mark_first(store: Store, kin: pd.DataFrame, first: pd.Series) -> None:
    """Mend ``is_first`` of stored articles where an earlier copy has come in."""
    moved = kin.assign(is_first=first)[first != kin["is_first"]] if len(kin) else kin
    table = store.opened(tables.ARTICLES.name)
    if table is None or moved.empty:
        return
    changes = moved[["article_id", "is_first"]].assign(month=months_of_ids(moved["article_id"]))
    on = "t.month = s.month AND t.article_id = s.article_id"
    source = pa.Table.from_pandas(changes, preserve_index=False)
    with delta.told(store.uri(tables.ARTICLES.name), "written to"):
        merger = table.merge(source, predicate=on, source_alias="s", target_alias="t")
        merger.when_matched_update({"is_first": "s.is_first"}).execute()

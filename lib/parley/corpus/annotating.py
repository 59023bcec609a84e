"""One run of annotation over a corpus: what is to be done, and each batch committed whole.

An article that is not yet annotated has no row in any table of annotations. So nothing has to be
looked for before a batch is written, and it costs the same in a corpus of any size.
A batch is first claimed in `annotated`, then written, then marked as done. What a kill leaves is a
claim; the next run drops the rows of the claimed articles and annotates them again.

One run at a time: in a folder a lock refuses the second. Everywhere, a run begins with an empty
commit to each table, after which the commits of a run that began before it are refused.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable
from filelock import FileLock, Timeout

from parley import tables
from parley.corpus import delta
from parley.corpus.store import Store
from parley.errors import ParleyError

LOCK = ".annotating.lock"
# After so many batches small files are joined, so that no table becomes a heap of them.
COMPACT_EVERY = 200
_IDS_AT_ONCE = 1000
# Read a file as it is needed, not ahead: a large one holds the text of fifty thousand articles.
_STREAMED: dict[str, Any] = {
    "batch_readahead": 0,
    "use_threads": False,
    "fragment_scan_options": ds.ParquetFragmentScanOptions(
        use_buffered_stream=True, buffer_size=2**20, pre_buffer=False
    ),
}
_WRITTEN = (*tables.ANNOTATIONS, tables.ANNOTATED)


class Annotating:
    """What one version of the annotators has yet to do in a corpus.

    ``total`` counts the articles that are new, failed, or annotated by another version. Within
    ``with`` the corpus is this run's: `batches` gives the articles and `write` takes their tables.
    """

    def __init__(self, store: Store, annotator: str) -> None:
        self.store = store
        self.annotator = annotator
        self._written = 0
        self._at = datetime.now(UTC)
        self._tables: dict[str, DeltaTable] = {}
        articles, marks = store.opened(tables.ARTICLES.name), store.opened(tables.ANNOTATED.name)
        self.total = sum(
            count
            for month in _months(articles)
            for _, count in _waiting(articles, month, self._marks(marks, month)[0])
        )

    def __enter__(self) -> "Annotating":
        self._lock = self._locked()
        self._tables = {table.name: self._fenced(table) for table in _WRITTEN}
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock:
            self._lock.release()

    def _locked(self) -> FileLock | None:
        folder = self.store.folder
        if not isinstance(folder, Path):
            return None
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as problem:
            raise ParleyError(
                f"another process is annotating {folder}: run the same command again when it is "
                "done",
                exit_code=1,
            ) from problem
        except OSError as problem:
            raise ParleyError(
                f"{folder} cannot be written to ({problem.strerror}): the corpus is as it was at "
                "its last commit",
                exit_code=1,
            ) from problem
        return lock

    def _fenced(self, table: tables.Table) -> DeltaTable:
        """Open a table and commit nothing to it, so that whoever opened it before is refused."""
        uri, nothing = self.store.uri(table.name), delta.to_arrow(tables.empty(table), table)
        found = delta.opened(uri)
        delta.write(found or uri, nothing)
        found = found or delta.opened(uri)
        assert found is not None
        return found

    # ---- what is to be done ----

    def batches(self, size: int) -> Iterator[pa.Table]:
        """The articles to be annotated, so many at a time, month by month, as they are stored."""
        articles = self.store.opened(tables.ARTICLES.name)
        yield from _of_size(self._rows(articles, size), size)

    def _rows(self, articles: DeltaTable | None, size: int) -> Iterator[pa.Table]:
        for month in _months(articles):
            done, outdated = self._marks(self._tables[tables.ANNOTATED.name], month)
            waiting = [*_waiting(articles, month, done)]
            self._drop(month, outdated, all_of_it=not len(done))
            for fragment, _ in waiting:
                where = ~ds.field("article_id").isin(done)
                columns = [
                    c for c in tables.ARTICLES.columns if c in fragment.physical_schema.names
                ]
                with delta.told(self.store.uri(tables.ARTICLES.name), "read"):
                    for rows in fragment.to_batches(
                        columns=columns, filter=where, batch_size=size, **_STREAMED
                    ):
                        yield pa.Table.from_batches([rows])

    def _marks(self, marks: DeltaTable | None, month: str) -> tuple[pa.Array, pa.Array]:
        """Ids of a month: those that are done, and those whose rows have to go."""
        if marks is None:
            return pa.array([], pa.string()), pa.array([], pa.string())
        columns = ["article_id", "annotator", "failed"]
        found = delta.rows_of(marks, columns, ds.field("month") == month)
        ours = pc.equal(found["annotator"], self.annotator)
        # What failed is tried again: the cause may have been the machine's, not the article's.
        done = pc.and_(ours, pc.is_null(found["failed"]))
        ids = found["article_id"]
        return ids.filter(done).combine_chunks(), ids.filter(pc.invert(done)).combine_chunks()

    def _drop(self, month: str, ids: pa.Array, *, all_of_it: bool) -> None:
        """Drop what other versions said of articles; `annotated` last, so that a kill is mended."""
        where = [f"month = '{month}'"]
        if not all_of_it:
            parts = (ids[at : at + _IDS_AT_ONCE] for at in range(0, len(ids), _IDS_AT_ONCE))
            named = [delta.quoted(part.to_pylist()) for part in parts]
            where = [f"month = '{month}' AND article_id IN ({some})" for some in named]
        for table in _WRITTEN if len(ids) else ():
            for predicate in where:
                delta.delete(self._tables[table.name], predicate)

    # ---- what was done ----

    def write(self, made: dict[str, pd.DataFrame]) -> None:
        """Commit the annotations of the articles in ``made["annotated"]``."""
        self._at = max(datetime.now(UTC), self._at + timedelta(microseconds=1))
        marks = made["annotated"].assign(annotator=self.annotator, at=self._at)
        claim = _checked(marks.assign(failed=tables.UNFINISHED), tables.ANNOTATED)
        done = _checked(marks, tables.ANNOTATED)
        rows = {t.name: _checked(made[t.name], t) for t in tables.ANNOTATIONS if t.name in made}
        marked = self._tables[tables.ANNOTATED.name]
        delta.write(marked, claim)
        for name, some in rows.items():
            if len(some):
                delta.write(self._tables[name], some)
        delta.write(marked, done, mode="overwrite", predicate=self._claim(done))
        self._written += 1
        if self._written % COMPACT_EVERY == 0:
            self.compact()

    def _claim(self, done: pa.Table) -> str:
        """The rows of the claim, which the marks replace: one time, which names their file."""
        months = delta.quoted(sorted(set(done["month"].to_pylist())))
        time = f"arrow_cast('{self._at.isoformat()}', 'Timestamp(Microsecond, Some(\"UTC\"))')"
        return f"month IN ({months}) AND at = {time}"

    def compact(self) -> None:
        """Join the small files that the batches leave."""
        for table in self._tables.values():
            delta.compact(table)


def _checked(frame: pd.DataFrame, table: tables.Table) -> pa.Table:
    return delta.to_arrow(tables.check(frame, table), table)


def _months(articles: DeltaTable | None) -> list[str]:
    return sorted({part["month"] for part in articles.partitions()}) if articles else []


def _waiting(
    articles: DeltaTable | None, month: str, done: pa.Array
) -> Iterator[tuple[ds.Fragment, int]]:
    """The files of a month that hold articles not yet done, and how many each."""
    assert articles is not None
    with delta.told(delta.uri_of(articles), "read"):
        there = delta.dataset(articles).get_fragments(ds.field("month") == month)
        for fragment in there:
            count = fragment.count_rows(filter=~ds.field("article_id").isin(done))
            if count:
                yield fragment, count


def _of_size(rows: Iterable[pa.Table], size: int) -> Iterator[pa.Table]:
    """The same rows, ``size`` at a time; the last table is shorter."""
    held: list[pa.Table] = []
    for some in rows:
        held.append(some)
        while sum(map(len, held)) >= size:
            whole = pa.concat_tables(held, promote_options="default")
            yield whole[:size]
            held = [whole[size:]]
    if sum(map(len, held)):
        yield pa.concat_tables(held, promote_options="default")

"""The store: one corpus is one folder of Delta Lake tables.

Each write is one commit: a crash leaves the last commit, and a reader never sees half a write.
Tables about articles are partitioned by the month of publication (a column ``month``, which readers
do not see), so that a week out of ten years costs a month's files.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError

from parley import __version__, paths, tables
from parley.errors import ParleyError
from parley.tables import Table

FORMAT = 1
MARKER = "parley.json"
UNDATED = "undated"
# Versions older than this are dropped when a corpus is optimised; a report cites the one it read.
KEEP_HOURS = 7 * 24
_MONTHLY = (tables.ARTICLES, tables.REPAIRS, *tables.ANNOTATIONS, tables.ANNOTATED)
_ANNOTATED_TABLES = (*tables.ANNOTATIONS, tables.ANNOTATED)


class Store:
    """A corpus on disk.

    ``Store(folder)`` opens one and raises ParleyError where there is none; ``create=True`` makes
    it. The name ``sample`` is the sample's corpus.
    """

    def __init__(self, folder: str | Path, *, create: bool = False) -> None:
        self.folder = paths.SAMPLE_CORPUS if str(folder) == "sample" else Path(folder)
        if create:
            self._create()
        self._check()

    def _create(self) -> None:
        if self.folder.is_dir() and any(self.folder.iterdir()) and not self._marker.exists():
            raise ParleyError(f"{self.folder} is not a corpus and not empty: name a new folder")
        if self.folder.is_file():
            raise ParleyError(f"{self.folder} is a file: name a folder for the corpus")
        if not self._marker.exists():
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._marker.write_text(json.dumps({"format": FORMAT, "parley": __version__}))
            except OSError as problem:
                raise ParleyError(
                    f"{self.folder} cannot be written: {problem.strerror}"
                ) from problem

    def _check(self) -> None:
        if not self._marker.is_file():
            raise ParleyError(
                f"{self.folder} is not a corpus: "
                f"make one with `parley ingest PATH --corpus {self.folder}`"
            )
        found = json.loads(self._marker.read_text()).get("format")
        if found != FORMAT:
            raise ParleyError(
                f"{self.folder} is of format {found}, and this Parley reads {FORMAT}: "
                "ingest it anew"
            )

    @property
    def _marker(self) -> Path:
        return self.folder / MARKER

    def _uri(self, name: str) -> str:
        return str(self.folder / name)

    def _delta(self, name: str) -> DeltaTable | None:
        uri = self._uri(name)
        return DeltaTable(uri) if DeltaTable.is_deltatable(uri) else None

    # ---- reading ----

    def read(
        self,
        table: Table,
        *,
        columns: list[str] | None = None,
        where: ds.Expression | None = None,
    ) -> pd.DataFrame:
        """The rows of a table that ``where`` (a pyarrow expression) lets through."""
        delta = self._delta(table.name)
        wanted = columns or list(table.columns)
        if delta is None:
            return tables.empty(table)[wanted]
        found = delta.to_pyarrow_dataset().to_table(columns=wanted, filter=where)
        frame = found.to_pandas(types_mapper=_nullable)
        shape = Table(table.name, table.row, {c: table.columns[c] for c in wanted}, ())
        return tables.conform(frame, shape)

    def read_window(
        self,
        table: Table,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        ids: Iterable[str] | None = None,
        columns: list[str] | None = None,
    ) -> pd.DataFrame:
        """The rows of the articles published in ``[start, end)``: only those months are read.

        ``articles`` has the time itself; for other tables ``ids`` are the articles' ids.
        """
        where = _months(start, end)
        if table is tables.ARTICLES:
            for bound in _bounds(start, end):
                where = bound if where is None else where & bound
            return self.read(table, columns=columns, where=where)
        frame = self.read(table, columns=columns, where=where)
        return frame if ids is None else frame[frame["article_id"].isin(set(ids))]

    def version(self) -> str:
        """The versions of the tables in one short word, as a report cites it."""
        found = {name: self._delta(name) for name in tables.TABLES}
        numbers = [f"{name[:3]}{delta.version()}" for name, delta in found.items() if delta]
        return ".".join(numbers) or "empty"

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        delta = self._delta(table.name)
        return delta.to_pyarrow_dataset().count_rows() if delta else 0

    # ---- writing ----

    def append(self, table: Table, frame: pd.DataFrame) -> None:
        """Check rows and add them, as one commit."""
        if frame.empty:
            return
        checked = tables.check(frame, table)
        self._write(table.name, self._arrow(checked, table), mode="append")

    def append_raw(self, name: str, frame: pa.Table) -> None:
        """Add rows to a table of the store's own, which no stage reads."""
        self._write(name, frame, mode="append")

    def read_raw(self, name: str, where: ds.Expression | None = None) -> pa.Table | None:
        """A table of the store's own."""
        delta = self._delta(name)
        return delta.to_pyarrow_dataset().to_table(filter=where) if delta else None

    def replace(self, table: Table, frame: pd.DataFrame) -> None:
        """Put a small table in place of the one there."""
        checked = tables.check(frame, table)
        old = self._delta(table.name)
        if old is None or not self.read(table).equals(checked):
            self._write(table.name, self._arrow(checked, table), mode="overwrite")

    def update(self, table: Table, keys: list[str], changes: pd.DataFrame) -> None:
        """Set columns of rows that exist: ``changes`` has the key and the columns to set."""
        delta = self._delta(table.name)
        if delta is None or changes.empty:
            return
        on = " AND ".join(f"t.{key} = s.{key}" for key in keys)
        sets = {column: f"s.{column}" for column in changes.columns if column not in keys}
        source = pa.Table.from_pandas(changes, preserve_index=False)
        merger = delta.merge(source, predicate=on, source_alias="s", target_alias="t")
        merger.when_matched_update(sets).execute()

    def write_annotations(self, made: dict[str, pd.DataFrame], annotator: str) -> None:
        """Replace the annotations of the articles in ``made["annotated"]``, that table last.

        Killed in between, the articles count as not annotated, and are done again.
        """
        marks = made["annotated"].assign(annotator=annotator, at=pd.Timestamp.now(UTC))
        ids = list(marks["article_id"])
        redone = set(self._known(tables.ANNOTATED, ids)) | set(self._known(tables.SENTENCES, ids))
        for table in _ANNOTATED_TABLES:
            frame = (
                marks if table is tables.ANNOTATED else made.get(table.name, tables.empty(table))
            )
            self._forget(table, redone)
            self.append(table, frame.reset_index(drop=True))

    def _known(self, table: Table, ids: list[str]) -> list[str]:
        where = ds.field("article_id").isin(ids)
        return list(self.read(table, columns=["article_id"], where=where)["article_id"].unique())

    def _forget(self, table: Table, ids: set[str]) -> None:
        delta = self._delta(table.name)
        if delta is not None and ids:
            listed = ", ".join(f"'{article_id}'" for article_id in sorted(ids))
            delta.delete(f"article_id IN ({listed})")

    def write_actors(self, actors: pd.DataFrame) -> None:
        """Keep the registry that the corpus is annotated with."""
        self.replace(tables.ACTORS, actors)

    def _write(self, name: str, rows: pa.Table, *, mode: str) -> None:
        by = ["month"] if "month" in rows.column_names else None
        try:
            write_deltalake(self._uri(name), rows, mode=mode, partition_by=by)  # type: ignore[call-overload]
        except (OSError, DeltaError) as problem:
            raise ParleyError(
                f"{self._uri(name)} cannot be written ({problem}): the corpus is as it was at its "
                "last commit",
                exit_code=1,
            ) from problem

    def _arrow(self, frame: pd.DataFrame, table: Table) -> pa.Table:
        if table not in _MONTHLY:
            return pa.Table.from_pandas(frame, preserve_index=False)
        if table is tables.ARTICLES:
            months = _month_names(frame["published"])
        else:
            months = frame["article_id"].map(self._months_of(frame["article_id"])).fillna(UNDATED)
        return pa.Table.from_pandas(frame.assign(month=months.astype(str)), preserve_index=False)

    def _months_of(self, ids: pd.Series) -> dict[str, str]:
        """The month of each article; an id carries it, so that no table has to be read."""
        return {article_id: month_of_id(article_id) for article_id in set(ids)}

    # ---- what is to be annotated ----

    def count_unannotated(self, annotator: str) -> int:
        """How many articles are new, or were annotated by another version."""
        return len(self._pending(annotator))

    def unannotated(self, annotator: str, *, batch: int = 200) -> Iterator[pd.DataFrame]:
        """The articles that are new, or annotated by another version, in batches."""
        pending = self._pending(annotator)
        for at in range(0, len(pending), batch):
            some = pending[at : at + batch]
            months = sorted({month_of_id(article_id) for article_id in some})
            where = ds.field("month").isin(months) & ds.field("article_id").isin(some)
            yield self.read(tables.ARTICLES, where=where)

    def _pending(self, annotator: str) -> list[str]:
        there = self.read(tables.ARTICLES, columns=["article_id"])["article_id"]
        # What failed is tried again: the cause may have been the machine's, not the article's.
        where = (ds.field("annotator") == annotator) & ds.field("failed").is_null()
        done = self.read(tables.ANNOTATED, columns=["article_id"], where=where)["article_id"]
        return sorted(set(there) - set(done), key=lambda i: (month_of_id(i), i))

    def overlay(self) -> str | None:
        """The folder of a user's own registry files beside the corpus, where there is one."""
        return str(self.folder) if (self.folder / "actors.csv").is_file() else None

    # ---- housekeeping ----

    def optimize(self) -> dict[str, Any]:
        """Compact small files and drop what no version of the last week needs."""
        done: dict[str, Any] = {}
        for name in tables.TABLES:
            if (delta := self._delta(name)) is not None:
                metrics = delta.optimize.compact()
                dropped = delta.vacuum(KEEP_HOURS, dry_run=False)
                done[name] = {"compacted": metrics["numFilesRemoved"], "dropped": len(dropped)}
        return done


def article_key(month: str, digest: str) -> str:
    """An article's id: its month and a hash, so that each row says which files hold it.

    >>> month_of_id(article_key("2022-01", "5f1c"))
    '2022-01'
    """
    return f"{month.replace('-', '')}-{digest}"


def month_of_id(article_id: str) -> str:
    """The month partition that an article lies in."""
    head = article_id.partition("-")[0]
    return f"{head[:4]}-{head[4:]}" if head.isdigit() and len(head) == 6 else UNDATED


def _month_names(times: pd.Series) -> pd.Series:
    return times.dt.strftime("%Y-%m").fillna(UNDATED)


def _months(start: datetime | None, end: datetime | None) -> ds.Expression | None:
    if start is None and end is None:
        return None
    low = f"{start:%Y-%m}" if start else "0000-00"
    high = f"{end - timedelta(microseconds=1):%Y-%m}" if end else "9999-99"
    month = ds.field("month")
    return (month >= low) & (month <= high)


def _bounds(start: datetime | None, end: datetime | None) -> list[ds.Expression]:
    published = ds.field("published")
    low = [published >= pa.scalar(start, pa.timestamp("us", "UTC"))] if start else []
    return low + ([published < pa.scalar(end, pa.timestamp("us", "UTC"))] if end else [])


def _nullable(kind: pa.DataType) -> Any:
    """Integers that may be null stay integers."""
    return {pa.int64(): pd.Int64Dtype()}.get(kind)

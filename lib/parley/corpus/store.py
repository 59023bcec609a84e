"""The store: one corpus is one folder of Delta Lake tables.

Each write is one commit: a crash leaves the last commit, and a reader never sees half a write.
Tables about articles are partitioned by the month of publication (a column ``month``, which readers
do not see). What belongs together is written in an order in which the last table says that all of
it is there, and what a kill left half-written is replaced.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

from parley import __version__, tables
from parley.corpus.months import beside, in_months_of, month_of_id, months_of_ids, window_filter
from parley.corpus.place import Address, place_of
from parley.corpus.stories import assign_stories, mark_first
from parley.errors import ParleyError
from parley.tables import Table

FORMAT = 1
MARKER = "parley.json"
# Versions older than this are dropped when a corpus is optimised; a report cites the one it read.
KEEP_HOURS = 7 * 24
_MONTHLY = (tables.ARTICLES, tables.REPAIRS, *tables.ANNOTATIONS, tables.ANNOTATED)
_SIGNATURES = "signatures"  # of articles, to know their copies by; no stage reads it
_ANNOTATED_TABLES = (*tables.ANNOTATIONS, tables.ANNOTATED)


class Store:
    """A corpus on disk.

    ``Store(folder)`` opens one and raises ParleyError where there is none; ``create=True`` makes
    it. The name ``sample`` is the sample's corpus.
    """

    def __init__(self, folder: str | Path, *, create: bool = False) -> None:
        self.folder = place_of(folder)
        if isinstance(self.folder, Address):
            self._find(create)
            return
        if create:
            self._create(self.folder)
        self._check(self.folder / MARKER)

    def _find(self, create: bool) -> None:
        """In an object store a corpus is known by its table of articles."""
        try:
            there = DeltaTable.is_deltatable(self._uri(tables.ARTICLES.name))
        except (OSError, DeltaError) as problem:
            raise ParleyError(
                f"{self.folder} cannot be reached ({_first_line(problem)}): see that the bucket is "
                "there, and AWS_ENDPOINT_URL and the keys in the environment",
                exit_code=1,
            ) from problem
        if not there and not create:
            raise ParleyError(_no_corpus(self.folder))
        if not there:
            rows = self._arrow(tables.empty(tables.ARTICLES), tables.ARTICLES)
            self._write(tables.ARTICLES.name, rows, mode="append")

    def _create(self, folder: Path) -> None:
        marker = folder / MARKER
        if folder.is_file():
            raise ParleyError(f"{folder} is a file: name a folder for the corpus")
        if marker.exists():
            return
        if folder.is_dir() and any(folder.iterdir()):
            raise ParleyError(f"{folder} is not a corpus and not empty: name a new folder")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            marker.write_text(json.dumps({"format": FORMAT, "parley": __version__}))
        except OSError as problem:
            raise ParleyError(f"{folder} cannot be written: {problem.strerror}") from problem

    def _check(self, marker: Path) -> None:
        if not marker.is_file():
            raise ParleyError(_no_corpus(self.folder))
        found = json.loads(marker.read_text()).get("format")
        if found != FORMAT:
            raise ParleyError(
                f"{self.folder} is of format {found}, and this Parley reads {FORMAT}: "
                "ingest it anew"
            )

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
        rows = delta.to_pyarrow_dataset()
        there = [c for c in wanted if c in rows.schema.names]  # an older corpus may lack some
        frame = rows.to_table(columns=there, filter=where).to_pandas(types_mapper=_nullable)
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
        where = window_filter(start, end, exact=table is tables.ARTICLES)
        frame = self.read(table, columns=columns, where=where)
        return frame if ids is None else frame[frame["article_id"].isin(set(ids))]

    def scan(
        self, table: Table, *, start: datetime | None = None, end: datetime | None = None
    ) -> ds.Dataset:
        """A table about articles as a dataset, not read: its rows of the window's months."""
        delta = self._delta(table.name)
        if delta is None:
            return ds.dataset(self._arrow(tables.empty(table), table))
        where = window_filter(start, end, exact=False)
        found = delta.to_pyarrow_dataset()
        return found if where is None else found.filter(where)

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

    def append(self, table: Table, frame: pd.DataFrame, *, seen: DeltaTable | None = None) -> None:
        """Check rows and add them, as one commit: none where another has written since ``seen``."""
        if frame.empty:
            return
        checked = tables.check(frame, table)
        self._write(table.name, self._arrow(checked, table), mode="append", seen=seen)

    def replace(self, table: Table, frame: pd.DataFrame) -> None:
        """Put a small table in place of the one there."""
        checked = tables.check(frame, table)
        old = self._delta(table.name)
        if old is None or not self.read(table).equals(checked):
            self._write(table.name, self._arrow(checked, table), mode="overwrite")

    def add_rejects(self, rejects: pd.DataFrame) -> None:
        """Add what could not be taken in, unless its file and record are there already."""
        if rejects.empty:
            return
        paths_of = ds.field("path").isin(list(rejects["path"].unique()))
        there = self.read(tables.REJECTS, columns=["path", "record"], where=paths_of)
        rows = pd.MultiIndex.from_frame(rejects[["path", "record"]].astype(there.dtypes))
        self.append(tables.REJECTS, rejects[~rows.isin(pd.MultiIndex.from_frame(there))])

    def add_articles(
        self, articles: pd.DataFrame, repairs: pd.DataFrame, sketches: pd.DataFrame
    ) -> int:
        """Add new articles with their mends and signatures; give how many of them are copies.

        Needs the columns of `articles` but story_id and is_first, which are found here, and in
        ``sketches`` article_id, month, signature.
        """
        ids = list(articles["article_id"])
        seen = self._delta(tables.ARTICLES.name)
        self._forget(tables.REPAIRS.name, ids)
        self._forget(_SIGNATURES, ids)
        near = sorted({month for each in sketches["month"].unique() for month in beside(each)})
        known = self._signatures(near)
        told = articles.assign(story_id=assign_stories(known, sketches))
        kin = self._kin(told)
        together = pd.concat([kin, told], ignore_index=True) if len(kin) else told
        first = mark_first(together)
        self.append(tables.REPAIRS, repairs)
        self._write(_SIGNATURES, _sketch_rows(sketches, told["story_id"]), mode="append")
        rows = told.assign(is_first=first.tail(len(told)).to_numpy())
        self.append(tables.ARTICLES, rows, seen=seen)
        self._mark_first(kin, first.head(len(kin)))
        return int((told["story_id"] != told["article_id"]).sum())

    def _signatures(self, months: list[str]) -> pd.DataFrame:
        names = ["article_id", "story_id", "month", "signature"]
        delta = self._delta(_SIGNATURES)
        if delta is None:
            return pd.DataFrame(columns=names)
        found = delta.to_pyarrow_dataset().to_table(names, filter=ds.field("month").isin(months))
        return found.to_pandas()

    def _kin(self, articles: pd.DataFrame) -> pd.DataFrame:
        """The stored articles of the stories that these continue."""
        stories = set(articles["story_id"]) - set(articles["article_id"])
        if not stories:
            return tables.empty(tables.ARTICLES)
        where = ds.field("story_id").isin(sorted(stories))
        columns = ["article_id", "published", "story_id", "is_first"]
        return self.read(tables.ARTICLES, columns=columns, where=where)

    def _mark_first(self, kin: pd.DataFrame, first: pd.Series) -> None:
        """Mend ``is_first`` of stored articles where an earlier copy has come in."""
        moved = kin.assign(is_first=first)[first != kin["is_first"]] if len(kin) else kin
        delta = self._delta(tables.ARTICLES.name)
        if delta is None or moved.empty:
            return
        changes = moved[["article_id", "is_first"]].assign(month=months_of_ids(moved["article_id"]))
        on = "t.month = s.month AND t.article_id = s.article_id"
        source = pa.Table.from_pandas(changes, preserve_index=False)
        merger = delta.merge(source, predicate=on, source_alias="s", target_alias="t")
        merger.when_matched_update({"is_first": "s.is_first"}).execute()

    def write_annotations(self, made: dict[str, pd.DataFrame], annotator: str) -> None:
        """Replace the annotations of the articles in ``made["annotated"]``, that table last.

        Killed in between, the articles count as not annotated, and are done again.
        """
        marks = made["annotated"].assign(annotator=annotator, at=pd.Timestamp.now(UTC))
        for table in _ANNOTATED_TABLES:
            rows = marks if table is tables.ANNOTATED else made.get(table.name)
            seen = self._forget(table.name, list(marks["article_id"]))
            if rows is not None:
                self.append(table, rows.reset_index(drop=True), seen=seen)

    def _forget(self, name: str, ids: list[str]) -> DeltaTable | None:
        """Drop the rows of these articles; where there are none, no commit is made."""
        delta = self._delta(name)
        if delta is None:
            return None
        where = in_months_of(ids) & ds.field("article_id").isin(ids)
        there = delta.to_pyarrow_dataset().to_table(["article_id"], filter=where)
        found = sorted(set(there["article_id"].to_pylist()))
        if found:
            months = sorted({month_of_id(article_id) for article_id in found})
            delta.delete(f"month IN ({_quoted(months)}) AND article_id IN ({_quoted(found)})")
        return delta

    def write_actors(self, actors: pd.DataFrame) -> None:
        """Keep the registry that the corpus is annotated with."""
        self.replace(tables.ACTORS, actors)

    def _write(
        self, name: str, rows: pa.Table, *, mode: str, seen: DeltaTable | None = None
    ) -> None:
        # Of two writers with the same "transaction", Delta refuses whoever commits second.
        once = [Transaction("parley", seen.version())] if seen else None
        props = CommitProperties(app_transactions=once)
        where = seen or self._uri(name)
        by = ["month"] if "month" in rows.column_names else None
        newer = "merge" if mode == "append" else "overwrite"  # a column that is new is added
        try:
            write_deltalake(  # type: ignore[call-overload]
                where, rows, mode=mode, partition_by=by, commit_properties=props, schema_mode=newer
            )
        except CommitFailedError as problem:
            raise ParleyError(
                f"another process is writing to {self.folder}: what it and this one have committed "
                "is kept; run the same command again when the other is done",
                exit_code=1,
            ) from problem
        except (OSError, DeltaError) as problem:
            raise ParleyError(
                f"{self._uri(name)} cannot be written ({_first_line(problem)}): "
                "the corpus is as it was at its last commit",
                exit_code=1,
            ) from problem

    def _arrow(self, frame: pd.DataFrame, table: Table) -> pa.Table:
        if table not in _MONTHLY:
            return pa.Table.from_pandas(frame, preserve_index=False)
        months = months_of_ids(frame["article_id"])
        typed = frame.assign(month=pd.Series(months, dtype="string"))
        return pa.Table.from_pandas(typed, preserve_index=False)

    # ---- what is to be annotated ----

    def count_unannotated(self, annotator: str) -> int:
        """How many articles are new, or were annotated by another version."""
        return len(self._pending(annotator))

    def unannotated(self, annotator: str, *, batch: int = 200) -> Iterator[pd.DataFrame]:
        """The articles that are new, or annotated by another version, in batches."""
        pending = self._pending(annotator)
        for at in range(0, len(pending), batch):
            some = pending[at : at + batch]
            where = in_months_of(some) & ds.field("article_id").isin(some)
            yield self.read(tables.ARTICLES, where=where)

    def _pending(self, annotator: str) -> list[str]:
        there = self.read(tables.ARTICLES, columns=["article_id"])["article_id"]
        # What failed is tried again: the cause may have been the machine's, not the article's.
        where = (ds.field("annotator") == annotator) & ds.field("failed").is_null()
        done = self.read(tables.ANNOTATED, columns=["article_id"], where=where)["article_id"]
        return sorted(set(there) - set(done), key=lambda i: (month_of_id(i), i))

    def overlay(self) -> str | None:
        """The folder of a user's own registry files beside the corpus, where there is one."""
        local = isinstance(self.folder, Path) and (self.folder / "actors.csv").is_file()
        return str(self.folder) if local else None

    # ---- housekeeping ----

    def compact(self) -> dict[str, int]:
        """Join small files, as a bulk load leaves them; give how many were joined, by table."""
        names = [*tables.TABLES, _SIGNATURES]
        found = {name: delta for name in names if (delta := self._delta(name)) is not None}
        return {name: d.optimize.compact()["numFilesRemoved"] for name, d in found.items()}

    def optimize(self) -> dict[str, dict[str, int]]:
        """Compact small files and drop what no version of the last week needs."""
        done = {}
        for name, joined in self.compact().items():
            dropped = DeltaTable(self._uri(name)).vacuum(KEEP_HOURS, dry_run=False)
            done[name] = {"compacted": joined, "dropped": len(dropped)}
        return done


def _sketch_rows(sketches: pd.DataFrame, stories: pd.Series) -> pa.Table:
    rows = sketches.assign(story_id=stories.to_numpy())
    return pa.Table.from_pandas(rows, preserve_index=False)


def _no_corpus(place: object) -> str:
    return f"{place} is not a corpus: make one with `parley ingest PATH --corpus {place}`"


def _first_line(problem: Exception) -> str:
    return str(problem).strip().partition("\n")[0]


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _nullable(kind: pa.DataType) -> Any:
    """Integers that may be null stay integers."""
    return {pa.int64(): pd.Int64Dtype()}.get(kind)

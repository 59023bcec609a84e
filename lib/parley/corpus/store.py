"""The store: one corpus is one folder of Delta Lake tables.

Each write is one commit: a crash leaves the last commit, and a reader never sees half a write.
Tables about articles are partitioned by the month of publication. `adding` says how articles are
put in, `annotating` how their annotations are, and `delta` what a single table can do.
"""

import json
import os
import shlex
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from parley import __version__, tables
from parley.corpus import delta
from parley.corpus.months import window_filter
from parley.corpus.place import Address, place_of
from parley.errors import ParleyError
from parley.tables import Table

FORMAT = 1
MARKER = "parley.json"
# Versions older than this are dropped when a corpus is optimised; a report cites the one it read.
KEEP_HOURS = 7 * 24
SIGNATURES = "signatures"  # of articles, to know their copies by; no stage reads it


class Store:
    """A corpus on disk, or in an object store.

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
            there = DeltaTable.is_deltatable(self.uri(tables.ARTICLES.name))
        except (OSError, DeltaError) as problem:
            raise ParleyError(
                f"{self.folder} cannot be reached ({delta.reason(problem)}): see that the bucket "
                "is there, and AWS_ENDPOINT_URL and the keys in the environment",
                exit_code=1,
            ) from problem
        if not there and not create:
            raise ParleyError(_no_corpus(self.folder))
        if not there:
            rows = delta.to_arrow(tables.empty(tables.ARTICLES), tables.ARTICLES)
            delta.write(self.uri(tables.ARTICLES.name), rows)

    def _create(self, folder: Path) -> None:
        marker = folder / MARKER
        if folder.is_file():
            raise ParleyError(f"{folder} is a file: name a folder for the corpus")
        if marker.exists():
            if not os.access(folder, os.W_OK):
                raise ParleyError(f"{folder} cannot be written to: it may only be read")
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
        try:
            found = json.loads(marker.read_text()).get("format")
        except (ValueError, AttributeError) as problem:
            raise ParleyError(f"{marker} is damaged ({problem}): ingest it anew") from problem
        if found != FORMAT:
            raise ParleyError(
                f"{self.folder} is of format {found}, and this Parley reads {FORMAT}: "
                "ingest it anew"
            )

    def uri(self, name: str) -> str:
        """Where a table lies."""
        return str(self.folder / name)

    def opened(self, name: str) -> DeltaTable | None:
        """A table as it is now; None where nothing has been written to it."""
        return delta.opened(self.uri(name))

    def beside(self, names: Iterable[str]) -> dict[str, bytes]:
        """The files of these names that lie beside the tables, by where they lie.

        So a user's own registry comes along with the corpus, wherever that is.
        """
        found = {str(self.folder / name): self.folder / name for name in names}
        return {place: file.read_bytes() for place, file in found.items() if file.is_file()}

    # ---- reading ----

    def read(
        self,
        table: Table,
        *,
        columns: list[str] | None = None,
        where: ds.Expression | None = None,
    ) -> pd.DataFrame:
        """The rows of a table that ``where`` (a pyarrow expression) lets through."""
        found = self.opened(table.name)
        if found is None:
            return tables.empty(table)[columns or list(table.columns)]
        rows = delta.rows_of(found, columns or list(table.columns), where)
        return delta.to_frame(rows, table, columns)

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
        found = self.opened(table.name)
        if found is None:
            return ds.dataset(delta.to_arrow(tables.empty(table), table))
        where = window_filter(start, end, exact=False)
        rows = delta.dataset(found)
        return rows if where is None else rows.filter(where)

    def version(self) -> str:
        """The versions of the tables in one short word, as a report cites it."""
        found = {name: self.opened(name) for name in tables.TABLES}
        numbers = [f"{name[:3]}{table.version()}" for name, table in found.items() if table]
        return ".".join(numbers) or "empty"

    def count(self, table: Table) -> int:
        """How many rows a table has."""
        found = self.opened(table.name)
        return delta.dataset(found).count_rows() if found else 0

    # ---- writing ----

    def append(self, table: Table, frame: pd.DataFrame, *, seen: DeltaTable | None = None) -> None:
        """Check rows and add them, as one commit: none where another has written since ``seen``."""
        if frame.empty:
            return
        rows = delta.to_arrow(tables.check(frame, table), table)
        delta.write(seen or self.uri(table.name), rows)

    def write_actors(self, actors: pd.DataFrame) -> None:
        """Keep the registry that the corpus is annotated with."""
        checked = tables.check(actors, tables.ACTORS)
        if not self.read(tables.ACTORS).equals(checked):
            rows = delta.to_arrow(checked, tables.ACTORS)
            delta.write(self.uri(tables.ACTORS.name), rows, mode="overwrite")

    # ---- housekeeping ----

    def compact(self) -> dict[str, int]:
        """Join small files, as a bulk load leaves them; give how many were joined, by table."""
        return {name: delta.compact(table) for name, table in self._all().items()}

    def optimize(self) -> str:
        """Compact small files, drop what no version of the last week needs, and say how many."""
        joined = sum(self.compact().values())
        dropped = sum(delta.vacuum(table, hours=KEEP_HOURS) for table in self._all().values())
        return (
            f"{joined:,} small files joined; {dropped:,} files dropped, which only versions more "
            f"than {KEEP_HOURS // 24} days old had needed"
        )

    def _all(self) -> dict[str, DeltaTable]:
        names = [*tables.TABLES, SIGNATURES]
        return {name: table for name in names if (table := self.opened(name)) is not None}


def _no_corpus(place: object) -> str:
    command = shlex.join(["parley", "ingest", "PATH", "--corpus", str(place)])
    return f"{place} is not a corpus: make one with `{command}`"

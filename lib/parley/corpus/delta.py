"""One Delta table, wherever it lies: opened, read, written to; what goes wrong is one sentence.

Every write is one commit. A commit to a table that was opened before says which version it has
seen, and Delta refuses it where another process of ours has committed since: of two writers the
second learns of the first before it has changed anything.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as fs
from deltalake import (
    CommitProperties,
    DeltaTable,
    Transaction,
    WriterProperties,
    write_deltalake,
)
from deltalake.exceptions import CommitFailedError, DeltaError

from parley import tables
from parley.corpus.months import months_of_ids
from parley.errors import ParleyError
from parley.tables import Table

# Tables about articles are partitioned by a column ``month``, which readers do not see.
_MONTHLY = (tables.ARTICLES, tables.REPAIRS, *tables.ANNOTATIONS, tables.ANNOTATED)
# Rows that a reader must hold at once: of articles, some ten megabytes of text.
_GROUPS = WriterProperties(max_row_group_size=2_000)
_LONGEST = 200
_LONG_WORD = re.compile(r"\S{50,}")
_COLOUR = re.compile(r"\x1b\[\d+m|↳")


@contextmanager
def told(uri: str, done: str) -> Iterator[None]:
    """Say in one sentence why a table could not be read, written to, or reached."""
    try:
        yield
    except CommitFailedError as problem:
        raise ParleyError(
            f"another process is writing to {uri.rpartition('/')[0]}: what it and this one have "
            "committed is kept; run the same command again when the other is done",
            exit_code=1,
        ) from problem
    except (OSError, DeltaError, pa.ArrowException) as problem:
        raise ParleyError(
            f"{uri} cannot be {done} ({reason(problem)}): the corpus is as it was at its last "
            "commit",
            exit_code=1,
        ) from problem


def reason(problem: Exception) -> str:
    """What went wrong on one short line, without the paths and the XML."""
    line = _LONG_WORD.sub("...", " ".join(_COLOUR.sub(" ", str(problem)).split()))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()} ..."


def opened(uri: str) -> DeltaTable | None:
    """Open the table there; None where there is none."""
    with told(uri, "read"):
        return DeltaTable(uri) if DeltaTable.is_deltatable(uri) else None


def dataset(table: DeltaTable) -> ds.Dataset:
    """The rows of a table, not read.

    Arrow opens local files itself. What deltalake would give it to open them with is Python, which
    Arrow's threads may still call when the process ends, and it aborts.
    """
    uri = uri_of(table)
    local = None if "://" in uri else fs.SubTreeFileSystem(uri, fs.LocalFileSystem())
    return table.to_pyarrow_dataset(filesystem=local)


def rows_of(
    table: DeltaTable, columns: Sequence[str], where: ds.Expression | None = None
) -> pa.Table:
    """The rows that ``where`` lets through, in those of the columns that the table has."""
    with told(uri_of(table), "read"):
        found = dataset(table)
        there = [c for c in columns if c in found.schema.names]  # an older corpus may lack some
        return found.to_table(columns=there, filter=where)


def write(
    where: str | DeltaTable, rows: pa.Table, *, mode: str = "append", predicate: str | None = None
) -> None:
    """Commit rows: to an address whatever is there, to an open table what nobody has added to.

    With ``mode="overwrite"`` they replace the rows of ``predicate``, or all.
    """
    uri = where if isinstance(where, str) else uri_of(where)
    newer = "overwrite" if mode == "overwrite" and not predicate else "merge"  # new columns
    with told(uri, "written to"):
        write_deltalake(  # type: ignore[call-overload]
            where,
            rows,
            mode=mode,
            predicate=predicate,
            schema_mode=newer,
            partition_by=["month"] if "month" in rows.column_names else None,
            commit_properties=None if isinstance(where, str) else _seen(where),
        )


def delete(table: DeltaTable, predicate: str) -> None:
    """Commit that the rows of an SQL predicate are gone; no commit where there are none."""
    with told(uri_of(table), "written to"):
        table.delete(predicate, commit_properties=_seen(table))


def compact(table: DeltaTable) -> int:
    """Join small files; give how many were joined."""
    with told(uri_of(table), "written to"):
        return table.optimize.compact(writer_properties=_GROUPS)["numFilesRemoved"]


def vacuum(table: DeltaTable, *, hours: int) -> int:
    """Drop the files that no version of the last hours needs; give how many."""
    with told(uri_of(table), "written to"):
        return len(table.vacuum(hours, dry_run=False))


def uri_of(table: DeltaTable) -> str:
    """Where a table lies, as a user wrote it."""
    uri = table.table_uri.rstrip("/")
    return unquote(uri.removeprefix("file://")) if uri.startswith("file:") else uri


def _seen(table: DeltaTable) -> CommitProperties:
    # Of two commits with one "transaction" since the same version, Delta refuses the second.
    return CommitProperties(app_transactions=[Transaction("parley", table.version())])


def to_arrow(frame: pd.DataFrame, table: Table) -> pa.Table:
    """A frame as it is stored: with the month of each article."""
    if table in _MONTHLY:
        months = pd.Series(months_of_ids(frame["article_id"]), dtype="string")
        frame = frame.assign(month=months)
    return pa.Table.from_pandas(frame, preserve_index=False)


def to_frame(rows: pa.Table, table: Table, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Stored rows as a frame of the table's columns, or of some, with their types."""
    wanted = columns or list(table.columns)
    shape = Table(table.name, table.row, {c: table.columns[c] for c in wanted}, ())
    return tables.conform(rows.to_pandas(types_mapper=_nullable), shape)


def _nullable(kind: pa.DataType) -> Any:
    """Integers that may be null stay integers."""
    return {pa.int64(): pd.Int64Dtype()}.get(kind)


def quoted(names: Sequence[str]) -> str:
    """Names for an SQL predicate."""
    return ", ".join(f"'{name}'" for name in names)

"""Files become raw records, one by one: memory holds a record, never a file of many.

Every record comes out, either with its fields or with the reason why it has none, so that what is
accepted and what is rejected add up to what was offered.
"""

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from parley.errors import ParleyError

SUFFIXES = (
    ".txt",
    ".md",
    ".html",
    ".htm",
    ".json",
    ".jsonl",
    ".ndjson",
    ".csv",
    ".tsv",
    ".parquet",
)
# A line, file or cell beyond these is no article; reading it would cost memory for nothing.
LONGEST_LINE = 20_000_000
LARGEST_DOCUMENT = 50_000_000
_EXCERPT = 120
csv.field_size_limit(min(sys.maxsize, LONGEST_LINE))


@dataclass(frozen=True)
class Record:
    """One record: where it came from, and its fields or the reason why it could not be read."""

    path: str
    number: int
    fields: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    excerpt: str = ""


def find_files(sources: Iterable[str | Path]) -> list[Path]:
    """The files to read, folders searched through, in a stable order; hidden ones are passed over.

    Raises ParleyError where a path does not exist or is of no kind that is read.
    """
    found: list[Path] = []
    for source in map(Path, sources):
        if source.is_dir():
            inside = sorted(path for path in source.rglob("*") if path.is_file())
            found += [p for p in inside if _kind(p) and not _hidden(p, source)]
        elif not source.exists():
            raise ParleyError(f"{source} does not exist: give a file or a folder of articles")
        elif not _kind(source):
            raise ParleyError(
                f"{source} is of no kind that is read: use one of {' '.join(SUFFIXES)}"
            )
        else:
            found.append(source)
    if not found:
        named = ", ".join(map(str, sources))
        raise ParleyError(f"{named} holds no file that is read: use one of {' '.join(SUFFIXES)}")
    return list(dict.fromkeys(found))


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.relative_to(root).parts)


def _kind(path: Path) -> str:
    """The suffix that says how to read a file, ``.gz`` aside; empty where it is not read."""
    name = path.name.lower().removesuffix(".gz")
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "")


def read_file(path: Path) -> Iterator[Record]:
    """The records of one file. A file that cannot be opened or parsed is one rejected record."""
    reader = _READERS[_kind(path)]
    try:
        if path.stat().st_size == 0:
            yield Record(str(path), 0, reason="empty file")
            return
        yield from reader(path)
    except (OSError, EOFError, gzip.BadGzipFile, ValueError) as problem:
        yield Record(str(path), 0, reason=f"unreadable file: {problem}")


def _open(path: Path) -> BinaryIO:
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def decode(raw: bytes) -> str:
    """Text of bytes in UTF-8 or, where they are not, in the encoding that fits them best.

    >>> decode("café".encode("cp1252")), decode("café".encode())
    ('café', 'café')
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:  # nearly all English text that is not UTF-8 is Windows'
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(raw[:100_000]).best()
        return raw.decode(best.encoding if best else "latin-1", errors="replace")


def _is_binary(raw: bytes) -> bool:
    head = raw[:4096]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return b"\0" in head or control > 0.05 * max(1, len(head))


def _document(path: Path) -> Record:
    """A file that is one article, as text in the field ``document``."""
    with _open(path) as file:
        raw = file.read(LARGEST_DOCUMENT + 1)
    if len(raw) > LARGEST_DOCUMENT:
        return Record(str(path), 0, reason=f"larger than {LARGEST_DOCUMENT // 10**6} MB")
    if _is_binary(raw):
        return Record(str(path), 0, reason="binary, not text")
    return Record(str(path), 0, {"document": decode(raw)})


def _text(path: Path) -> Iterator[Record]:
    record = _document(path)
    if record.reason:
        yield record
        return
    text = record.fields["document"].replace("\r\n", "\n")
    yield Record(str(path), 0, _front_matter(text) if _kind(path) == ".md" else {"text": text})


def _front_matter(text: str) -> dict[str, Any]:
    """Fields between a pair of ``---`` lines at the head of Markdown, and the rest as text."""
    if not text.startswith("---\n") or "\n---" not in text[4:]:
        return {"text": text}
    head, _, body = text[4:].partition("\n---")
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    fields: dict[str, Any] = {key.strip(): value.strip(" \"'") for key, _, value in pairs}
    return {**fields, "text": body.lstrip("-").lstrip("\n")}


def _html(path: Path) -> Iterator[Record]:
    record = _document(path)
    if record.reason:
        yield record
        return
    from parley.corpus.page import article_of_page

    fields = article_of_page(record.fields["document"])
    reason = "" if fields.get("text") else "no article found in the page"
    yield Record(str(path), 0, fields, reason, _excerpt(record.fields["document"]))


def _jsonl(path: Path) -> Iterator[Record]:
    for number, raw in _lines(path):
        if raw is None:
            yield Record(str(path), number, reason=f"line over {LONGEST_LINE // 10**6} MB")
        elif raw.strip():
            yield _json_record(path, number, decode(raw))


def _lines(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; one that is too long is None, and is skipped without being held."""
    with _open(path) as file:
        number = 0
        while raw := file.readline(LONGEST_LINE):
            number += 1
            whole = raw.endswith(b"\n") or len(raw) < LONGEST_LINE
            yield number, raw if whole else None
            while not whole:
                raw = file.readline(LONGEST_LINE)
                whole = raw.endswith(b"\n") or len(raw) < LONGEST_LINE


def _json_record(path: Path, number: int, line: str) -> Record:
    try:
        fields = json.loads(line)
    except ValueError as problem:
        return Record(str(path), number, {}, f"malformed JSON: {problem}", _excerpt(line))
    if not isinstance(fields, dict):
        return Record(str(path), number, {}, "not a JSON object", _excerpt(line))
    return Record(str(path), number, fields)


def _json(path: Path) -> Iterator[Record]:
    record = _document(path)
    if record.reason:
        yield record
        return
    try:
        content = json.loads(record.fields["document"])
    except ValueError as problem:
        lines = record.fields["document"].splitlines()
        if len(lines) > 1 and lines[0].strip().endswith("}"):  # JSON lines under another name
            yield from _jsonl(path)
        else:
            excerpt = _excerpt(record.fields["document"])
            yield Record(str(path), 0, reason=f"malformed JSON: {problem}", excerpt=excerpt)
        return
    for number, fields in enumerate(_listed(content), start=1):
        sound = isinstance(fields, dict)
        reason = "" if sound else "not a JSON object"
        yield Record(
            str(path),
            number,
            fields if sound else {},
            reason,
            "" if sound else str(fields)[:_EXCERPT],
        )


def _listed(content: Any) -> list:
    """The articles in a JSON document: itself, a list, or the one list of objects in it."""
    if isinstance(content, list):
        return content
    lists = (
        [value for value in content.values() if isinstance(value, list)]
        if isinstance(content, dict)
        else []
    )
    of_records = [
        value for value in lists if value and all(isinstance(item, dict) for item in value)
    ]
    return of_records[0] if len(of_records) == 1 else [content]


def _table(delimiter: str) -> Callable[[Path], Iterator[Record]]:
    def read(path: Path) -> Iterator[Record]:
        with _open(path) as file:
            head = file.read(65_536)
        if _is_binary(head):
            yield Record(str(path), 0, reason="binary, not text")
            return
        encoding = "utf-8-sig" if _is_utf8(head) else "cp1252"
        with _open(path) as file:
            lines = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
            yield from _rows(path, lines, _delimiter(head, delimiter))

    return read


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        return problem.start > len(head) - 4  # only the cut end of the sample
    return True


def _delimiter(head: bytes, usual: str) -> str:
    first = head.splitlines()[0].decode("utf-8", errors="replace")
    counts = {mark: first.count(mark) for mark in (usual, ",", ";", "\t", "|")}
    return usual if counts[usual] else max(counts, key=lambda mark: counts[mark])


def _rows(path: Path, lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    rows = csv.reader(lines, delimiter=delimiter)
    header = next(rows, [])
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as problem:
            yield Record(str(path), line, reason=f"malformed row: {problem}")
            continue
        if not cells:
            continue
        if len(cells) != len(header):
            reason = f"row of {len(cells)} cells under a header of {len(header)}: wrong quoting?"
            yield Record(str(path), line, reason=reason, excerpt=_excerpt(delimiter.join(cells)))
        else:
            yield Record(str(path), line, dict(zip(header, cells, strict=True)))


def _parquet(path: Path) -> Iterator[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        number = 0
        for batch in pq.ParquetFile(path).iter_batches(batch_size=500):
            for fields in batch.to_pylist():
                number += 1
                yield Record(str(path), number, fields)
    except pa.ArrowException as problem:
        yield Record(str(path), 0, reason=f"unreadable file: {problem}")


def _excerpt(text: str) -> str:
    return " ".join(text[: 4 * _EXCERPT].split())[:_EXCERPT]


_READERS: dict[str, Callable[[Path], Iterator[Record]]] = {
    ".txt": _text,
    ".md": _text,
    ".html": _html,
    ".htm": _html,
    ".json": _json,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".csv": _table(","),
    ".tsv": _table("\t"),
    ".parquet": _parquet,
}

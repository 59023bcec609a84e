"""Files become raw records, one by one: memory holds a record, never a file of many.

Every record comes out, either with its fields or with the reason why it has none, so that what is
accepted and what is rejected add up to what was offered.
"""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parley.corpus.lines import LONGEST_LINE, decode, is_binary, numbered_lines, open_file
from parley.corpus.rows import read_rows
from parley.errors import ParleyError

# A file that is one document, beyond this, is no article.
LARGEST_DOCUMENT = 50_000_000
_EXCERPT = 120


@dataclass(frozen=True)
class Record:
    """One record: where it came from, and its fields or the reason why it could not be read."""

    path: str
    number: int
    fields: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    excerpt: str = ""
    note: str = ""  # what a reader of the article should know


Reader = Callable[[Path], Iterator[Record]]


def find_files(sources: Iterable[str | Path]) -> list[Path]:
    """The files to read, folders searched through, in a stable order; hidden ones are passed over.

    Raises ParleyError where a path does not exist or is of no kind that is read.
    """
    given = [Path(source) for source in sources]
    for path in given:
        if not path.exists():
            raise ParleyError(f"{path} does not exist: give a file or a folder of articles")
        if not path.is_dir() and not _kind(path):
            raise ParleyError(f"{path} is of no kind that is read: use one of {' '.join(SUFFIXES)}")
    found = [path for path in _all_files(given) if _kind(path)]
    if not found:
        named = ", ".join(map(str, given))
        raise ParleyError(f"{named} holds no file that is read: use one of {' '.join(SUFFIXES)}")
    return found


def passed_over(sources: Iterable[str | Path]) -> Counter[str]:
    """How many files of the folders are of no kind that is read, by suffix."""
    others = (path for path in _all_files(map(Path, sources)) if not _kind(path))
    return Counter(path.suffix.lower() or path.name for path in others)


def _all_files(sources: Iterable[Path]) -> list[Path]:
    found = (path for source in sources for path in _files_of(source))
    return list(dict.fromkeys(found))


def _files_of(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    inside = sorted(path for path in source.rglob("*") if path.is_file())
    return [path for path in inside if not _hidden(path.relative_to(source))]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~")) for part in path.parts)


def _kind(path: Path) -> str:
    """The suffix that says how to read a file, ``.gz`` aside; empty where it is not read."""
    name = path.name.lower().removesuffix(".gz")
    return next((suffix for suffix in SUFFIXES if name.endswith(suffix)), "")


def read_file(path: Path) -> Iterator[Record]:
    """The records of one file. A file that cannot be opened or parsed is one rejected record."""
    count = 0
    try:
        for record in _READERS[_kind(path)](path):
            count += 1
            yield record
        if not count:
            yield Record(str(path), 0, reason="empty file")
    except (OSError, EOFError, zlib.error, ValueError) as problem:
        yield Record(str(path), 0, reason=f"unreadable file: {problem}")


def _whole(parse: Callable[[Path, str], Iterator[Record]]) -> Reader:
    """A reader of files that are one document each, from what parses its text."""
    return _document(lambda path, raw: parse(path, decode(raw)))


def _document(parse: Callable[[Path, bytes], Iterator[Record]]) -> Reader:
    """A reader of files that are one document each, from what parses its bytes."""

    def read(path: Path) -> Iterator[Record]:
        with open_file(path) as file:
            raw = file.read(LARGEST_DOCUMENT + 1)
        if len(raw) > LARGEST_DOCUMENT:
            yield Record(str(path), 0, reason=f"larger than {LARGEST_DOCUMENT // 10**6} MB")
        elif is_binary(raw):
            yield Record(str(path), 0, reason="binary, not text")
        elif raw:
            yield from parse(path, raw)

    return read


def _by_line(parse: Callable[[Path], Iterator[Record]]) -> Reader:
    """A reader of files of many records, which are never held as a whole."""

    def read(path: Path) -> Iterator[Record]:
        with open_file(path) as file:
            head = file.read(4096)
        if is_binary(head):
            yield Record(str(path), 0, reason="binary, not text")
        elif head:
            yield from parse(path)

    return read


def _text(path: Path, text: str) -> Iterator[Record]:
    yield Record(str(path), 0, {"text": _unix(text)})


def _markdown(path: Path, text: str) -> Iterator[Record]:
    yield Record(str(path), 0, _front_matter(_unix(text)))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _front_matter(text: str) -> dict[str, Any]:
    """Fields between a pair of ``---`` lines at the head of Markdown, and the rest as text."""
    if not text.startswith("---\n") or "\n---" not in text[4:]:
        return {"text": text}
    head, _, body = text[4:].partition("\n---")
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    fields: dict[str, Any] = {key.strip(): value.strip(" \"'") for key, _, value in pairs}
    return {**fields, "text": body.lstrip("-").lstrip("\n")}


def _html(path: Path, text: str) -> Iterator[Record]:
    from parley.corpus.page import article_of_page

    fields = article_of_page(text)
    reason = "" if fields.get("text") else "no article found in the page"
    yield Record(str(path), 0, fields, reason, _excerpt(text))


def _json(path: Path, text: str) -> Iterator[Record]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as problem:
        if text.partition("\n")[0].rstrip().endswith("}"):  # JSON lines under another name
            yield from _jsonl(path)
        else:
            yield Record(str(path), 0, {}, f"malformed JSON: {problem}", _excerpt(text))
        return
    for number, fields in enumerate(_listed(content), start=1):
        yield _json_record(path, number, fields)


def _listed(content: Any) -> list[Any]:
    """The articles in a JSON document: itself, a list, or the one list of objects in it."""
    if isinstance(content, list):
        return content
    values = content.values() if isinstance(content, dict) else ()
    lists = [value for value in values if isinstance(value, list) and value]
    of_objects = [value for value in lists if all(isinstance(item, dict) for item in value)]
    return of_objects[0] if len(of_objects) == 1 else [content]


def _jsonl(path: Path) -> Iterator[Record]:
    for number, line in numbered_lines(path):
        if line is None:
            yield Record(str(path), number, reason=f"line over {LONGEST_LINE // 10**6} MB")
        elif line.strip():
            yield _json_line(path, number, line)


def _json_line(path: Path, number: int, line: str) -> Record:
    try:
        return _json_record(path, number, json.loads(line))
    except (ValueError, RecursionError) as problem:
        return Record(str(path), number, {}, f"malformed JSON: {problem}", _excerpt(line))


def _json_record(path: Path, number: int, content: Any) -> Record:
    if isinstance(content, dict):
        return Record(str(path), number, content)
    return Record(str(path), number, {}, "not a JSON object", _excerpt(str(content)))


def _feed(path: Path, raw: bytes) -> Iterator[Record]:
    from parley.corpus.feed import items_of_feed

    for number, (fields, summary) in enumerate(items_of_feed(raw), start=1):
        note = "of a feed that gives a summary alone" if summary else ""
        yield Record(str(path), number, fields, note=note)


def _table(delimiter: str) -> Reader:
    def read(path: Path) -> Iterator[Record]:
        for number, fields, reason, line in read_rows(path, delimiter):
            yield Record(str(path), number, fields, reason, _excerpt(line))

    return _by_line(read)


def _parquet(path: Path) -> Iterator[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        # What is gzipped cannot be sought in, so it is unpacked first.
        source = pa.py_buffer(open_file(path).read()) if path.suffix.lower() == ".gz" else path
        for batch in pq.ParquetFile(source).iter_batches(batch_size=500):
            for fields in batch.to_pylist():
                number += 1
                yield Record(str(path), number, fields)
    except pa.ArrowException as problem:
        yield Record(str(path), 0, reason=f"unreadable file: {problem}")


def _excerpt(text: str) -> str:
    return " ".join(text[: 4 * _EXCERPT].split())[:_EXCERPT]


_READERS: dict[str, Reader] = {
    ".txt": _whole(_text),
    ".md": _whole(_markdown),
    ".html": _whole(_html),
    ".htm": _whole(_html),
    ".rss": _document(_feed),
    ".atom": _document(_feed),
    ".xml": _document(_feed),
    ".json": _whole(_json),
    ".jsonl": _by_line(_jsonl),
    ".ndjson": _by_line(_jsonl),
    ".csv": _table(","),
    ".tsv": _table("\t"),
    ".parquet": _parquet,
}
SUFFIXES = tuple(_READERS)

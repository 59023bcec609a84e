"""Bytes of a file, gzipped or not, become text: whole, or line by line without holding the file."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import ftfy.bad_codecs  # noqa: F401  (registers the codec sloppy-windows-1252)

# A line beyond this is no article; reading it would cost memory for nothing.
LONGEST_LINE = 20_000_000
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# With more bytes than this outside ASCII, a text is not in Latin letters, and must be guessed at.
_LATIN_SHARE = 0.3


def open_file(path: Path) -> BinaryIO:
    """A file's bytes, unpacked where its name ends in ``.gz``."""
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def decode(raw: bytes) -> str:
    """Text of bytes in UTF-8 or, line by line where they are not, in Windows' Latin encoding.

    What is mostly outside ASCII is guessed at (charset-normalizer). Nothing fails to decode.

    >>> decode("café\\n".encode("cp1252") + "“café”".encode())
    'café\\n“café”'
    """
    if raw[:2] in _UTF16:
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    head = raw[:10_000]
    if len(head) > 200 and sum(byte > 127 for byte in head) > _LATIN_SHARE * len(head):
        return _guessed(raw)
    return "".join(map(_decode_line, raw.splitlines(keepends=True)))


def _decode_line(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:  # a line of both encodings becomes mojibake, which ftfy mends
        return raw.decode("sloppy-windows-1252")


def _guessed(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:100_000]).best()
    return raw.decode(best.encoding if best else "latin-1", errors="replace")


def is_binary(raw: bytes) -> bool:
    """Whether the head of a file is of no text: null bytes, or more than stray control codes.

    >>> is_binary(b"\\x89PNG\\r\\n\\x1a\\n\\x00\\x00"), is_binary(b"Text.\\n")
    (True, False)
    """
    head = raw[:4096]
    if head[:2] in _UTF16:
        return False
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return b"\0" in head or control > 3 + 0.05 * len(head)


def numbered_lines(path: Path) -> Iterator[tuple[int, str | None]]:
    """The lines of a file from 1; one that is too long is None, and is never held as a whole."""
    with open_file(path) as file:
        utf16 = file.read(2) in _UTF16
    with open_file(path) as file:
        lines: Any = io.TextIOWrapper(file, "utf-16", "replace", "\n") if utf16 else file
        number = 0
        while raw := lines.readline(LONGEST_LINE):
            number += 1
            whole = _is_whole(raw)
            yield number, (raw if utf16 else decode(raw)) if whole else None
            while not whole:
                whole = _is_whole(lines.readline(LONGEST_LINE))


def _is_whole(raw: bytes | str) -> bool:
    return len(raw) < LONGEST_LINE or raw[-1:] in ("\n", b"\n")

"""What the encoder is fed: word pieces, the shape of each word, and where the marks go.

A *unit* is a word or a single punctuation mark, as BERT's tokenizer splits them; a unit is one or
more *pieces*. Labels and marks belong to units, so that no span ever ends inside a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from tokenizers import Tokenizer

SHAPES = ("lower", "initial", "title", "upper", "mixed", "digit", "mark", "caseless")
ROLES = ("none", "target", "p", "q")
CLS, SEP = "[CLS]", "[SEP]"


@lru_cache(maxsize=1 << 16)
def shape(word: str) -> int:
    """The class of a word's shape: what an uncased vocabulary forgets.

    >>> [SHAPES[shape(word)] for word in ("us", "US", "Paris", "A", "McCain", "G20", ",", "北京")]
    ['lower', 'upper', 'title', 'initial', 'mixed', 'digit', 'mark', 'caseless']
    """
    if not any(character.isalnum() for character in word):
        return SHAPES.index("mark")
    if any(character.isdigit() for character in word):
        return SHAPES.index("digit")
    if word.lower() == word.upper():
        return SHAPES.index("caseless")
    if word == word.lower():
        return SHAPES.index("lower")
    if len(word) == 1:
        return SHAPES.index("initial")
    if word == word.upper():
        return SHAPES.index("upper")
    return SHAPES.index("title" if word[1:] == word[1:].lower() else "mixed")


@dataclass(frozen=True, eq=False)
class Pieces:
    """One stretch of text, ready for the encoder.

    ``heads`` gives the position of each unit's first piece, ``units`` its (start, end) in the text.
    """

    ids: np.ndarray
    types: np.ndarray
    heads: np.ndarray
    units: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def key(self) -> bytes:
        """The same for all that the encoder cannot tell apart before marks are added."""
        return self.ids.tobytes() + self.types.tobytes()

    def touched(self, start: int, end: int) -> slice:
        """Which units the characters [start, end) touch."""
        first = int(np.searchsorted(self.units[:, 1], start, side="right"))
        return slice(first, max(first, int(np.searchsorted(self.units[:, 0], end))))

    def roles(self, spans: dict[str, tuple[int, int]]) -> np.ndarray:
        """The role of every piece: all pieces of every unit that a marked span touches."""
        found = np.zeros(len(self.ids), dtype=np.int64)
        edges = np.append(self.heads, len(self.ids) - 1)
        for role, (start, end) in spans.items():
            hit = self.touched(start, end)
            if hit.start < hit.stop:
                found[edges[hit.start] : edges[hit.stop]] = ROLES.index(role)
        return found


def load_tokenizer(path: str) -> Tokenizer:
    """The tokenizer as trained, without the truncation and padding that its file may ask for."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    """Cut a text into pieces; see :func:`windows` for one that is too long."""
    return from_encoding(tokenizer.encode(text), text)


def from_encoding(encoding, text: str) -> Pieces:
    """The same from an encoding that the tokenizer has made already (it makes many at once)."""
    words = np.array([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    inside = words >= 0
    first = inside & (words != np.append(-1, words[:-1]))
    heads = np.flatnonzero(first)
    last = np.flatnonzero(inside & (words != np.append(words[1:], -1)))
    units = np.stack([offsets[heads, 0], offsets[last, 1]], axis=1)
    shapes = [shape(text[start:end]) for start, end in units.tolist()]
    types = np.array([0, *shapes])[np.where(inside, np.cumsum(first), 0)]
    return Pieces(np.array(encoding.ids, dtype=np.int64), types, heads, units)


def windows(whole: Pieces, *, size: int, overlap: int) -> Iterator[tuple[int, Pieces]]:
    """Cut what is too long into overlapping windows: pairs of (first unit, window).

    A window starts and ends at a unit; [CLS] and [SEP] stand around each.
    """
    if len(whole) <= size:
        yield 0, whole
        return
    ends = np.append(whole.heads[1:], len(whole) - 1)
    first = 0
    while True:
        room = whole.heads[first] + size - 2
        last = max(int(np.searchsorted(ends, room, side="right")), first + 1)
        yield first, _window(whole, first, last, int(min(ends[last - 1], room)))
        if last >= len(ends):
            return
        back = whole.heads[last] - overlap
        first = max(first + 1, int(np.searchsorted(whole.heads, back)))


def _window(whole: Pieces, first: int, last: int, end: int) -> Pieces:
    begin = whole.heads[first]
    inner = np.arange(begin, end)
    keep = np.concatenate([[0], inner, [len(whole) - 1]])
    heads = whole.heads[first:last] - begin + 1
    return Pieces(whole.ids[keep], whole.types[keep], heads, whole.units[first:last])

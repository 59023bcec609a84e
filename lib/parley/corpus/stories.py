"""Copies and light edits of one another are one story.

Two articles are copies when at least half of their word 5-grams are shared (Jaccard, estimated by
MinHash with 128 permutations: Broder 1997; standard error about 0.04). Independent reports of one
event share under a twentieth, spun copies about two thirds. Only articles within a month of each
other are compared: a later one is an anniversary, and so memory holds a quarter, not a decade.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from datasketch import LeanMinHash, MinHash, MinHashLSH

PERMUTATIONS = 128
THRESHOLD = 0.5
_SHINGLE = 5
_SCHEME = "affine32"  # how the hashes are made; stored signatures hold only as long as it stands
_WORD = re.compile(r"\w+")


def signature(text: str) -> np.ndarray:
    """The MinHash signature of a text's word 5-grams: 128 unsigned integers.

    >>> a, b = signature("one two three four five six"), signature("One, two; three four five SIX!")
    >>> bool((a == b).all())
    True
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    count = max(1, len(words) - _SHINGLE + 1)
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(count)}
    sketch = MinHash(num_perm=PERMUTATIONS, scheme=_SCHEME)
    sketch.update_batch([shingle.encode() for shingle in shingles])
    return sketch.hashvalues


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    """The estimated Jaccard similarity of two texts, from their signatures."""
    return float((one == other).mean())


@dataclass
class Stories:
    """What was published so far, by signature; finds the story that an article belongs to."""

    index: MinHashLSH = field(
        default_factory=lambda: MinHashLSH(threshold=THRESHOLD - 0.1, num_perm=PERMUTATIONS)
    )
    known: dict[str, tuple[np.ndarray, str]] = field(default_factory=dict)

    def add(self, article_id: str, sketch: np.ndarray, story_id: str | None = None) -> str:
        """Take an article in and give its story: that of its most similar copy, or its own."""
        story = story_id or self._nearest(sketch) or article_id
        if article_id not in self.known:
            self.index.insert(article_id, _lean(sketch))
            self.known[article_id] = (sketch, story)
        return story

    def _nearest(self, sketch: np.ndarray) -> str | None:
        near = [self.known[found] for found in self.index.query(_lean(sketch))]
        scored = [(similarity(sketch, other), story) for other, story in near]
        best = max(scored, default=(0.0, ""))
        return best[1] if best[0] >= THRESHOLD else None


def _lean(sketch: np.ndarray) -> LeanMinHash:
    return LeanMinHash(seed=1, hashvalues=sketch, scheme=_SCHEME)


def first_of(members: Iterable[tuple[str, datetime | None]]) -> str:
    """The article_id of a story's first article: the earliest dated, ties by id, undated last."""
    return min(members, key=lambda m: (m[1] is None, m[1] or datetime.max, m[0]))[0]

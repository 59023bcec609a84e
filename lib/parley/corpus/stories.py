"""Copies and light edits of one another are one story.

Two articles are copies when at least half of their word 5-grams are shared (Jaccard, estimated by
MinHash with 128 permutations: Broder 1997; standard error about 0.04). Independent reports of one
event share under a twentieth, spun copies about two thirds. Only articles of the same month or of
months side by side are compared, and undated ones: what comes later is an anniversary, and so
memory holds a quarter, not a decade.
"""

import re

import numpy as np
import pandas as pd

from parley.corpus.months import number_of

PERMUTATIONS = 128
THRESHOLD = 0.5
_SHINGLE = 5
_SCHEME = "affine32"  # how the hashes are made; stored signatures hold only as long as it stands
_WORD = re.compile(r"\w+")
# Bands of three hashes: of copies at the threshold 996 in 1,000 share one, of reports 5 in 1,000.
_ROWS = 3
_BANDS = PERMUTATIONS // _ROWS
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64
)
# Of very many copies of one text, this many are enough to compare the next with.
_ENOUGH = 20


def signature(text: str) -> np.ndarray:
    """The MinHash signature of a text's word 5-grams: 128 unsigned integers.

    >>> a, b = signature("one two three four five six"), signature("One, two; three four five SIX!")
    >>> bool((a == b).all())
    True
    """
    from datasketch import MinHash  # late: it brings all of scipy, and only ingesting needs it

    words = [word.casefold() for word in _WORD.findall(text)]
    count = max(1, len(words) - _SHINGLE + 1)
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(count)}
    sketch = MinHash(num_perm=PERMUTATIONS, scheme=_SCHEME)
    sketch.update_batch([shingle.encode() for shingle in shingles])
    return sketch.hashvalues


def similarity(one: np.ndarray, other: np.ndarray) -> float:
    """The estimated Jaccard similarity of two texts, from their signatures."""
    return float((one == other).mean())


def assign_stories(known: pd.DataFrame, new: pd.DataFrame) -> list[str]:
    """The story of each new article: that of its most similar copy before it, or its own.

    Needs article_id, month, signature (bytes) in both and story_id in ``known``. Those of ``new``
    come in order, so that the first of several copies gives the story its id.
    """
    ids, months = ([*known[name], *new[name]] for name in ("article_id", "month"))
    sketches = _matrix([*known["signature"], *new["signature"]])
    places = [number_of(month) for month in months]
    stories = list(known["story_id"])
    candidates = _candidates(sketches, len(known))
    for at in range(len(known), len(ids)):
        near = [other for other in candidates.get(at, ()) if _may_copy(places[at], places[other])]
        alike = [(similarity(sketches[at], sketches[other]), -other) for other in sorted(near)]
        best, other = max(alike, default=(0.0, 0))
        stories.append(stories[-other] if best >= THRESHOLD else ids[at])
    return stories[len(known) :]


def _may_copy(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= 1


def _matrix(signatures: list[bytes]) -> np.ndarray:
    joined = np.frombuffer(b"".join(signatures), dtype=np.uint32)
    return joined.reshape(-1, PERMUTATIONS)


def _candidates(sketches: np.ndarray, first_new: int) -> dict[int, set[int]]:
    """For each new row, earlier rows that share a band of hashes with it."""
    banded = sketches[:, : _BANDS * _ROWS].reshape(-1, _BANDS, _ROWS).astype(np.uint64)
    # Sums wrap around, as hashes do; the band's number keeps one band's hashes from another's.
    hashes = (banded * _MULTIPLIERS).sum(axis=2) + np.arange(_BANDS, dtype=np.uint64)
    order = np.argsort(hashes.ravel(), kind="stable")
    ordered, rows = hashes.ravel()[order], order // _BANDS
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(rows) else order
    ends = np.r_[starts[1:], len(rows)]
    found: dict[int, set[int]] = {}
    for start, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
        for at in range(max(start + 1, np.searchsorted(rows[start:end], first_new) + start), end):
            found.setdefault(int(rows[at]), set()).update(rows[start : min(at, start + _ENOUGH)])
    return found


def mark_first(articles: pd.DataFrame) -> pd.Series:
    """Whether each article is its story's first: the earliest, ties by id, the undated last.

    Needs article_id, published, story_id of all articles of the stories.
    """
    in_order = articles.sort_values(["published", "article_id"], na_position="last")
    return (~in_order.duplicated("story_id")).reindex(articles.index)

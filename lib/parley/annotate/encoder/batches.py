"""Texts through the graphs: each text once, in batches of like length, windows for long ones."""

from collections.abc import Iterator, Sequence

import numpy as np

from parley.annotate.encoder.files import ModelFolder
from parley.annotate.encoder.text import Pieces, from_encoding, windows

ROWS = 32  # in a batch
CELLS = 4096  # pieces in a batch, padding counted
WINDOW, OVERLAP = 192, 48  # pieces
CHARACTERS = 20_000  # the tokenizer's own input is bounded; longer texts go through in stretches


def batches(lengths: Sequence[int]) -> Iterator[np.ndarray]:
    """Numbers of items in batches of like length.

    >>> [list(map(int, batch)) for batch in batches([4000, 5, 3, 4])]
    [[2, 3, 1], [0]]
    """
    current: list[int] = []
    for at in np.argsort(lengths, kind="stable"):
        if current and (len(current) == ROWS or lengths[at] * (len(current) + 1) > CELLS):
            yield np.array(current)
            current = []
        current.append(int(at))
    if current:
        yield np.array(current)


def cut(model: ModelFolder, texts: Sequence[str]) -> list[Pieces]:
    """The pieces of every text, whole, however long it is."""
    encodings = model.tokenizer.encode_batch([_clean(text) for text in texts])
    return [from_encoding(e, text) for e, text in zip(encodings, texts, strict=True)]


def _clean(text: str) -> str:
    """Lone surrogates cannot be passed on as UTF-8; a mark of the same length can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if any(
        "\ud800" <= c <= "\udfff" for c in text) else text  # fmt: skip


def pad(arrays: Sequence[np.ndarray], kind: type = np.int64) -> np.ndarray:
    """Rows of one length, filled up with zeros."""
    width = max(len(array) for array in arrays)
    out: np.ndarray = np.zeros((len(arrays), width), dtype=kind)
    for row, array in zip(out, arrays, strict=True):
        row[: len(array)] = array
    return out


def below(model: ModelFolder, pieces: Sequence[Pieces]) -> Iterator[tuple[np.ndarray, ...]]:
    """Batch by batch: numbers of the pieces in it, mask, and the lower layers' states."""
    for batch in batches([len(p) for p in pieces]):
        chosen = [pieces[i] for i in batch]
        mask = pad([np.ones(len(p)) for p in chosen], np.float32)
        fed = {"ids": pad([p.ids for p in chosen]), "types": pad([p.types for p in chosen])}
        yield batch, mask, model.graphs["lower"].run(None, {**fed, "mask": mask})[0]


def tag_scores(
    model: ModelFolder, whole: Sequence[Pieces]
) -> list[tuple[np.ndarray, np.ndarray, float]]:
    """For every text: mention scores and attribution scores of each unit, and the valence."""
    owners, firsts, cuts = [], [], []
    for owner, pieces in enumerate(whole):
        for first, window in windows(pieces, size=WINDOW, overlap=OVERLAP):
            owners.append(owner)
            firsts.append(first)
            cuts.append(window)
    read: list = [None] * len(cuts)
    for batch, mask, states in below(model, cuts):
        found = model.graphs["reading"].run(None, {"below": states, "mask": mask})
        for row, at in enumerate(batch):
            heads = cuts[at].heads
            read[at] = (found[0][row][heads], found[1][row][heads], float(found[2][row]))
    parts: list[list] = [[] for _ in whole]
    for owner, first, scores in zip(owners, firsts, read, strict=True):
        parts[owner].append((first, *scores))
    return [joined(part, len(p.heads)) for part, p in zip(parts, whole, strict=True)]


def joined(parts: list[tuple], n_units: int) -> tuple[np.ndarray, np.ndarray, float]:
    """Windows put together: each unit from the window in which it stands farthest from an edge."""
    if len(parts) == 1:
        return parts[0][1:]
    best = np.full(n_units, -1)
    mentions = np.zeros((n_units, parts[0][1].shape[1]), dtype=np.float32)
    attributions = np.zeros((n_units, parts[0][2].shape[1]), dtype=np.float32)
    for first, mention, attribution, _ in parts:
        n = len(mention)
        at = np.arange(first, first + n)
        left = np.arange(n) if first else np.full(n, n)
        right = np.arange(n)[::-1] if first + n < n_units else np.full(n, n)
        depth = np.minimum(left, right)
        better = depth > best[at]
        best[at[better]] = depth[better]
        mentions[at[better]], attributions[at[better]] = mention[better], attribution[better]
    weights = [len(part[1]) for part in parts]
    valence = float(np.average([part[3] for part in parts], weights=weights))
    return mentions, attributions, valence


def around(whole: Pieces, spans: Sequence[tuple[int, int] | None]) -> Pieces:
    """A text that fits one window: all of it, or what stands around the spans."""
    if len(whole) <= WINDOW:
        return whole
    named = [span for span in spans if span] or [(0, 1)]
    room = (WINDOW - 2) // len(named)
    keep = np.zeros(len(whole), dtype=bool)
    for start, end in named:
        hit = np.flatnonzero(whole.touched(start, end))
        middle = int(whole.heads[hit[len(hit) // 2]]) if len(hit) else 1
        low = max(1, min(middle - room // 2, len(whole) - 1 - room))
        keep[low : low + room] = True
    keep[[0, -1]] = True
    units = np.flatnonzero(keep[whole.heads])
    places = np.cumsum(keep) - 1
    return Pieces(
        whole.ids[keep], whole.types[keep], places[whole.heads[units]], whole.units[units]
    )

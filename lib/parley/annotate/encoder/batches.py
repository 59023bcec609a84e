"""Texts through the graphs: each text once, in batches of one length, windows for long ones."""

from collections.abc import Iterator, Sequence

import numpy as np

from parley.annotate.encoder.files import ModelFolder
from parley.annotate.encoder.text import Pieces, from_encoding, windows

CELLS = 2048  # pieces in a batch
WINDOW, OVERLAP = 192, 48  # pieces
KEPT = 80_000  # pieces: 120 MB, some 60 newspaper articles


def batches(lengths: Sequence[int]) -> Iterator[np.ndarray]:
    """Numbers of items in batches of one length: nothing is filled up, and so nothing is masked.

    >>> [list(map(int, batch)) for batch in batches([9, 5, 2000, 5, 2000])]
    [[1, 3], [0], [2], [4]]
    """
    order = np.argsort(lengths, kind="stable")
    edges = np.flatnonzero(np.diff(np.asarray(lengths)[order])) + 1
    for same in np.split(order, edges) if len(order) else ():
        rows = max(1, CELLS // max(1, lengths[same[0]]))
        yield from (same[at : at + rows] for at in range(0, len(same), rows))


def cut(model: ModelFolder, texts: Sequence[str]) -> list[Pieces]:
    """The pieces of every text, whole, however long it is."""
    encodings = model.tokenizer.encode_batch([_clean(text) for text in texts])
    return [from_encoding(e, text) for e, text in zip(encodings, texts, strict=True)]


def _clean(text: str) -> str:
    """Lone surrogates cannot be passed on as UTF-8; a mark of the same length can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


class Lower:
    """Pieces and the lower layers' states; those of the texts last read are kept to set marks on.

    What is kept, the states of at most ``KEPT`` pieces, saves time and changes no answer.
    """

    def __init__(self, model: ModelFolder) -> None:
        self.model = model
        self._pieces: dict[str, Pieces] = {}
        self._states: dict[bytes, np.ndarray] = {}

    def keep(self, texts: Sequence[str]) -> None:
        """Cut these texts, and keep what they are from now on, in the place of all before them."""
        self._pieces, self._states = dict(zip(texts, cut(self.model, texts), strict=True)), {}

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of every text, whole, however long it is."""
        new = list(dict.fromkeys(text for text in texts if text not in self._pieces))
        made = dict(zip(new, cut(self.model, new), strict=True))
        return [self._pieces.get(text) or made[text] for text in texts]

    def states(
        self, pieces: Sequence[Pieces], *, keep: bool = False
    ) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Batch by batch: the numbers of the pieces in it, and their states."""
        kept = sum(len(states) for states in self._states.values())
        for batch in batches([len(p) for p in pieces]):
            known = self._known({pieces[at].key: pieces[at] for at in batch})
            if keep and kept < KEPT:
                self._states |= known
                kept += sum(len(states) for states in known.values())
            yield batch, np.stack([known[pieces[at].key] for at in batch])

    def _known(self, wanted: dict[bytes, Pieces]) -> dict[bytes, np.ndarray]:
        """The states of pieces of one length: those kept, and those that are found now."""
        known = {key: self._states[key] for key in wanted if key in self._states}
        new = [pieces for key, pieces in wanted.items() if key not in known]
        if new:
            fed = {"ids": np.stack([p.ids for p in new]), "types": np.stack([p.types for p in new])}
            known |= zip((p.key for p in new), self.model.run("lower", fed)[0], strict=True)
        return known


def tag_scores(lower: Lower, whole: Sequence[Pieces]) -> list[tuple[np.ndarray, np.ndarray, float]]:
    """For every text: mention scores and attribution scores of each unit, and the valence."""
    owners, firsts, cuts = [], [], []
    for owner, pieces in enumerate(whole):
        for first, window in windows(pieces, size=WINDOW, overlap=OVERLAP):
            owners.append(owner)
            firsts.append(first)
            cuts.append(window)
    read: list = [None] * len(cuts)
    for batch, states in lower.states(cuts, keep=True):
        found = lower.model.run("reading", {"below": states})
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
        hit = range(len(whole.heads))[whole.touched(start, end)]
        middle = int(whole.heads[hit[len(hit) // 2]]) if hit else 1
        low = max(1, min(middle - room // 2, len(whole) - 1 - room))
        keep[low : low + room] = True
    keep[[0, -1]] = True
    units = np.flatnonzero(keep[whole.heads])
    places = np.cumsum(keep) - 1
    return Pieces(
        whole.ids[keep], whole.types[keep], places[whole.heads[units]], whole.units[units]
    )

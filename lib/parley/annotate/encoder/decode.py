"""From scores of tags to spans: the best path through a chain, and the spans along it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

IMPOSSIBLE = -1e4


@dataclass(frozen=True, eq=False)
class Chain:
    """Scores of one tag after another, of the first and of the last, as training learned them."""

    tags: tuple[str, ...]
    between: np.ndarray
    first: np.ndarray
    last: np.ndarray

    def allowed(self) -> "Chain":
        """The same, where an I can only follow the B or I of its own kind."""
        between, first = self.between.copy(), self.first.copy()
        for to, tag in enumerate(self.tags):
            if tag.startswith("I-"):
                first[to] = IMPOSSIBLE
                for frm, before in enumerate(self.tags):
                    if before[1:] != tag[1:]:
                        between[frm, to] = IMPOSSIBLE
        return Chain(self.tags, between, first, self.last)

    def cooled(self, temperature: float) -> "Chain":
        """The same with every score divided by a temperature."""
        parts = (self.between, self.first, self.last)
        return Chain(self.tags, *(part / temperature for part in parts))


def viterbi(scores: np.ndarray, lengths: np.ndarray, chain: Chain) -> np.ndarray:
    """The best tags of a batch of texts: scores (texts, units, tags), padded after each length."""
    texts, units, _ = scores.shape
    state = chain.first + scores[:, 0]
    stay = np.arange(scores.shape[2])
    back = np.empty(scores.shape, dtype=np.int64)
    for at in range(1, units):
        ways = state[:, :, None] + chain.between
        inside = (at < lengths)[:, None]
        back[:, at] = np.where(inside, ways.argmax(axis=1), stay)
        state = np.where(inside, ways.max(axis=1) + scores[:, at], state)
    path = np.empty((texts, units), dtype=np.int64)
    path[:, -1] = (state + chain.last).argmax(axis=1)
    for at in range(units - 1, 0, -1):
        path[:, at - 1] = back[np.arange(texts), at, path[:, at]]
    return path


def marginals(scores: np.ndarray, lengths: np.ndarray, chain: Chain) -> np.ndarray:
    """The probability of every tag at every unit under the chain (forward-backward)."""
    units = scores.shape[1]
    ahead, behind = np.empty(scores.shape), np.empty(scores.shape)
    ahead[:, 0], behind[:, -1] = chain.first + scores[:, 0], chain.last
    for at in range(1, units):
        step = _logsum(ahead[:, at - 1, :, None] + chain.between, 1) + scores[:, at]
        ahead[:, at] = np.where((at < lengths)[:, None], step, ahead[:, at - 1])
    for at in range(units - 2, -1, -1):
        step = _logsum(chain.between + (scores[:, at + 1] + behind[:, at + 1])[:, None], 2)
        behind[:, at] = np.where((at + 1 < lengths)[:, None], step, chain.last)
    both = ahead + behind
    return np.exp(both - _logsum(both, 2)[..., None])


def _logsum(x: np.ndarray, axis: int) -> np.ndarray:
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(x - top).sum(axis=axis))


def best(scores: np.ndarray, chain: Chain) -> np.ndarray:
    """The best tags of one text: scores (units, tags)."""
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    return viterbi(scores[None].astype(float), np.array([len(scores)]), chain)[0]


def decode(
    scores: Sequence[np.ndarray], chain: Chain, *, temperature: float = 1.0
) -> list[list[tuple[int, int, str, float]]]:
    """The spans of each text, (first unit, one past the last, kind, probability).

    A span is as probable as its least probable unit: the first as a beginning, the others as
    going on. Texts are decoded together, those of like length side by side.
    """
    found: list[list[tuple[int, int, str, float]]] = [[] for _ in scores]
    order = [at for at in np.argsort([len(s) for s in scores], kind="stable") if len(scores[at])]
    for some in (order[at : at + 64] for at in range(0, len(order), 64)):
        lengths = np.array([len(scores[at]) for at in some])
        batch = np.zeros((len(some), lengths.max(), len(chain.tags)))
        for row, at in zip(batch, some, strict=True):
            row[: len(scores[at])] = scores[at]
        paths = viterbi(batch, lengths, chain)
        soft = marginals(batch / temperature, lengths, chain.cooled(temperature))
        for at, path, sure, length in zip(some, paths, soft, lengths, strict=True):
            found[at] = [(a, b, kind, confidence(sure[a:b], chain.tags, kind))
                         for a, b, kind in spans(path[:length], chain.tags)]  # fmt: skip
    return found


def confidence(soft: np.ndarray, tags: tuple[str, ...], kind: str) -> float:
    """How probable a span is, from its units' marginals."""
    inside = soft[1:, tags.index(f"I-{kind}")]
    return float(np.clip(min(soft[0, tags.index(f"B-{kind}")], inside.min(initial=1.0)), 0, 1))


def spans(path: np.ndarray, tags: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Runs of units with one kind: (first unit, one past the last, kind).

    >>> spans(np.array([1, 2, 0, 1, 1]), ("O", "B-cue", "I-cue"))
    [(0, 2, 'cue'), (3, 4, 'cue'), (4, 5, 'cue')]
    """
    found: list[tuple[int, int, str]] = []
    for at, number in enumerate(path):
        mark, _, kind = tags[number].partition("-")
        if mark == "I" and found and found[-1][1:] == (at, kind):
            found[-1] = (found[-1][0], at + 1, kind)
        elif mark != "O":
            found.append((at, at + 1, kind))
    return found


def to_tags(units: np.ndarray, found: tuple, tags: tuple[str, ...]) -> np.ndarray:
    """The tag of every unit for gold spans of characters: (start, end, kind) each."""
    path = np.zeros(len(units), dtype=np.int64)
    for start, end, kind in found:
        hit = np.flatnonzero((units[:, 0] < end) & (units[:, 1] > start))
        if len(hit):
            path[hit] = tags.index(f"I-{kind}")
            path[hit[0]] = tags.index(f"B-{kind}")
    return path

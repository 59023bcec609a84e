"""From scores of tags to spans: the best path through a chain, and the spans along it."""

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


def viterbi(scores: np.ndarray, chain: Chain) -> np.ndarray:
    """The best sequence of tags for scores of shape (words, tags)."""
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    state = chain.first + scores[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for at in range(1, len(scores)):
        ways = state[:, None] + chain.between
        back[at] = ways.argmax(axis=0)
        state = ways.max(axis=0) + scores[at]
    path = [int((state + chain.last).argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return np.array(path[::-1], dtype=np.int64)


def marginals(scores: np.ndarray, chain: Chain) -> np.ndarray:
    """The probability of every tag at every word under the chain (forward-backward)."""
    n = len(scores)
    if not n:
        return np.zeros(scores.shape)
    ahead, behind = np.zeros(scores.shape), np.zeros(scores.shape)
    ahead[0], behind[-1] = chain.first + scores[0], chain.last
    for at in range(1, n):
        ahead[at] = _logsum(ahead[at - 1][:, None] + chain.between, 0) + scores[at]
    for at in range(n - 2, -1, -1):
        behind[at] = _logsum(chain.between + (scores[at + 1] + behind[at + 1])[None], 1)
    both = ahead + behind
    return np.exp(both - _logsum(both, 1)[:, None])


def _logsum(x: np.ndarray, axis: int) -> np.ndarray:
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(x - top).sum(axis=axis))


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

"""From scores of tags to spans: how probable each is under a chain of tags, and which to keep.

The field counts a span as found when both its ends are right. The best path through the chain does
not find the most such spans: where several ends are possible it takes one all the same. So each
span's own probability is summed over all paths, and a span is kept if that is high enough, which is
what maximises an expected F1 (a span is worth keeping above half of the F1 that is reached).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

IMPOSSIBLE = -1e4
NEVER = 1e-300  # the least sum of paths that has a logarithm worth having
# Chosen on the half of the held-out articles that choices are made on (see the model card).
SHARP = 0.7  # scores are divided by it first: without, recall falls more than precision gains
LEAST = 0.35


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


def marginals(scores: np.ndarray, lengths: np.ndarray, chain: Chain) -> np.ndarray:
    """The probability of every tag at every unit under the chain (forward-backward).

    Scores are (texts, units, tags), padded after each text's length.
    """
    both = np.add(*_lattice(scores, lengths, chain))
    return np.exp(both - _logsum(both, 2)[..., None])


def _lattice(scores: np.ndarray, lengths: np.ndarray, chain: Chain) -> tuple[np.ndarray, ...]:
    """The log sum of all paths up to each tag of each unit, and of all that go on from there.

    The sums are taken as plain numbers, each unit's scaled by their total: a step is one product of
    matrices then, and only the end result needs logarithms.
    """
    top = scores.max(axis=2, keepdims=True)
    given, step = np.exp(scores - top), np.exp(chain.between)
    ahead, behind = np.empty(scores.shape), np.empty(scores.shape)
    ahead[:, 0], behind[:] = np.exp(chain.first) * given[:, 0], np.exp(chain.last)
    scale = np.zeros((2, *scores.shape[:2]))
    for at in range(1, scores.shape[1]):
        ahead[:, at], scale[0, :, at] = _scaled(ahead[:, at - 1] @ step * given[:, at])
    for at in range(scores.shape[1] - 2, -1, -1):
        on = at + 1 < lengths
        sums, total = _scaled((behind[on, at + 1] * given[on, at + 1]) @ step.T)
        behind[on, at], scale[1, on, at] = sums, total + top[on, at + 1, 0]
    scale[0] = np.cumsum(scale[0] + top[..., 0], axis=1)
    scale[1] = np.cumsum(scale[1, :, ::-1], axis=1)[:, ::-1]
    return _log(ahead) + scale[0, ..., None], _log(behind) + scale[1, ..., None]


def _scaled(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows that add up to one, and the logarithms of what they added up to."""
    total = np.maximum(sums.sum(axis=1), NEVER)
    return sums / total[:, None], np.log(total)


def _log(x: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(x, NEVER))


def _logsum(x: np.ndarray, axis: int) -> np.ndarray:
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.exp(x - top).sum(axis=axis))


def likely(
    scores: np.ndarray, lengths: np.ndarray, chain: Chain, least: float
) -> list[list[tuple[float, int, int, str]]]:
    """Every span likelier than ``least``: (probability, first unit, one past the last, kind).

    The probability is that of exactly this span, summed over all paths in which it stands.
    """
    ahead, behind = _lattice(scores, lengths, chain)
    total = _logsum(ahead[:, 0] + behind[:, 0], 1)
    found: list[list[tuple[float, int, int, str]]] = [[] for _ in scores]
    at = np.arange(scores.shape[1])
    for begin in range(1, len(chain.tags), 2):
        inner, kind = begin + 1, chain.tags[begin][2:]
        opened = ahead[:, :, begin] + behind[:, :, begin] - total[:, None] > np.log(least)
        text, start = np.nonzero(opened & (at < lengths[:, None]))  # no span beats its beginning
        left = _left(scores, behind, lengths, chain, (begin, inner))[text]
        run = np.cumsum(scores[:, :, inner] + chain.between[inner, inner], axis=1)[text]
        turn = chain.between[begin, inner] - chain.between[inner, inner]
        row = np.arange(len(text))
        whole = run - run[row, start][:, None] + turn + left[:, :, 1]
        whole[row, start] = left[row, start, 0]
        whole += (ahead[text, start, begin] - total[text])[:, None]
        ends = (at >= start[:, None]) & (at < lengths[text][:, None]) & (whole > np.log(least))
        for one, end in zip(*np.nonzero(ends), strict=True):
            span = (float(np.exp(whole[one, end])), int(start[one]), int(end) + 1, kind)
            found[text[one]].append(span)
    return found


def _left(
    scores: np.ndarray, behind: np.ndarray, lengths: np.ndarray, chain: Chain, own: tuple[int, int]
) -> np.ndarray:
    """The log sum of all ways to go on after a span's last unit, whether that is its B or an I."""
    texts, units, tags = scores.shape
    left = np.broadcast_to(chain.last[list(own)], (texts, units, 2)).copy()
    others = [tag for tag in range(tags) if tag != own[1]]
    ways = (scores + behind)[:, 1:, others]
    top = ways.max(axis=2, keepdims=True)
    sums = np.exp(ways - top) @ np.exp(chain.between[np.ix_(own, others)]).T
    inside = np.arange(1, units) < lengths[:, None]
    left[:, :-1] = np.where(inside[..., None], _log(sums) + top, left[:, :-1])
    return left


def decode(
    scores: Sequence[np.ndarray], chain: Chain, *, temperature: float = 1.0
) -> list[list[tuple[int, int, str, float]]]:
    """The spans of each text, (first unit, one past the last, kind, probability).

    Not the best path but the spans that are likeliest to have both ends right: of those that
    overlap the likelier, and none below ``LEAST``. The probability given is that of its least
    probable unit: the first as a beginning, the others as going on. Texts are decoded together,
    those of like length side by side.
    """
    found: list[list[tuple[int, int, str, float]]] = [[] for _ in scores]
    order = [at for at in np.argsort([len(s) for s in scores], kind="stable") if len(scores[at])]
    for some in (order[at : at + 64] for at in range(0, len(order), 64)):
        lengths = np.array([len(scores[at]) for at in some])
        batch = np.zeros((len(some), lengths.max(), len(chain.tags)))
        for row, at in zip(batch, some, strict=True):
            row[: len(scores[at])] = scores[at]
        ways = likely(batch / SHARP, lengths, chain.cooled(SHARP), LEAST)
        soft = marginals(batch / temperature, lengths, chain.cooled(temperature))
        for at, way, sure in zip(some, ways, soft, strict=True):
            found[at] = [(a, b, kind, confidence(sure[a:b], chain.tags, kind))
                         for a, b, kind in apart(way)]  # fmt: skip
    return found


def apart(ways: list[tuple[float, int, int, str]]) -> list[tuple[int, int, str]]:
    """The likeliest of spans that overlap, in the order of the text.

    >>> apart([(0.4, 0, 3, "cue"), (0.5, 2, 4, "cue"), (0.4, 5, 6, "source")])
    [(2, 4, 'cue'), (5, 6, 'source')]
    """
    taken: list[tuple[int, int, str]] = []
    for _, start, end, kind in sorted(ways, reverse=True):
        if all(end <= a or start >= b for a, b, _ in taken):
            taken.append((start, end, kind))
    return sorted(taken)


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

"""The chain: probabilities of tags and of spans against every path written out."""

from collections import Counter
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.annotate.encoder.decode import Chain, decode, likely, marginals, spans, to_tags

TAGS = ("O", "B-cue", "I-cue")


def _chain(rng: np.random.Generator) -> Chain:
    return Chain(TAGS, rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3))


def _score(path, scores, chain) -> float:
    steps = sum(chain.between[a, b] for a, b in pairwise(path))
    emitted = sum(scores[at, tag] for at, tag in enumerate(path))
    return chain.first[path[0]] + emitted + steps + chain.last[path[-1]]


def _paths(scores, chain) -> dict[tuple[int, ...], float]:
    """Every path with its probability."""
    paths = list(product(range(len(chain.tags)), repeat=len(scores)))
    weights = np.exp([_score(path, scores, chain) for path in paths])
    return dict(zip(paths, weights / weights.sum(), strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_a_span_is_as_probable_as_all_paths_in_which_it_stands(seed):
    rng = np.random.default_rng(seed)
    chain = _chain(rng).allowed()
    texts = [rng.normal(size=(n, 3)) for n in (5, 3)]
    padded = np.stack([np.pad(t, ((0, 5 - len(t)), (0, 0)), constant_values=7) for t in texts])
    found = likely(padded, np.array([5, 3]), chain, 0.01)
    for text, got in zip(texts, found, strict=True):
        want = Counter()
        for path, probability in _paths(text, chain).items():
            want.update(dict.fromkeys(spans(np.array(path), TAGS), probability))
        want = {span: p for span, p in want.items() if p > 0.01}
        assert {span[1:]: span[0] for span in got} == pytest.approx(want)


def test_of_ends_in_doubt_the_likeliest_is_taken_and_none_where_all_are_unlikely():
    """The best single path opens a span here; no end of it is likely, so none is given."""
    nothing = Chain(TAGS, np.zeros((3, 3)), np.zeros(3), np.zeros(3)).allowed()
    unsure = np.array([[0, 4.0, 0], *[[0, -9.0, 0.1]] * 4])
    assert decode([unsure], nothing) == [[]]
    sure = np.array([[0, 9.0, 0], [0, 0, 9.0], [0, 0, 1.0], [9.0, 0, 0]])
    assert [span[:3] for span in decode([sure], nothing)[0]] == [(0, 3, "cue")]


@pytest.mark.parametrize("seed", range(5))
def test_marginals_are_those_of_all_paths(seed):
    rng = np.random.default_rng(seed)
    chain, scores = _chain(rng), rng.normal(size=(4, 3))
    want = np.zeros((4, 3))
    for path, probability in _paths(scores, chain).items():
        want[np.arange(4), path] += probability
    got = marginals(scores[None], np.array([4]), chain)[0]
    np.testing.assert_allclose(got, want, atol=1e-9)


def test_texts_decoded_together_are_decoded_as_alone():
    rng = np.random.default_rng(3)
    chain = _chain(rng).allowed()
    scores = [3 * rng.normal(size=(n, 3)) for n in (7, 0, 1, 4, 12)]
    together = decode(scores, chain, temperature=1.7)
    for one, found in zip(scores, together, strict=True):
        alone = decode([one], chain, temperature=1.7)[0]
        assert [span[:3] for span in found] == [span[:3] for span in alone]
        assert [span[3] for span in found] == pytest.approx([span[3] for span in alone])


def test_an_inside_tag_never_opens_a_span():
    chain = Chain(TAGS, np.zeros((3, 3)), np.zeros(3), np.zeros(3)).allowed()
    scores = np.array([[0, 0, 9.0], [0, 0, 9.0]])
    assert [span[:3] for span in decode([scores], chain)[0]] == [(0, 2, "cue")]


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=6))
def test_spans_to_tags_and_back(steps):
    at, wanted = 0, []
    for gap, length in steps:
        at += gap
        wanted.append((at, at + length, "cue"))
        at += length
    units = np.array([(2 * i, 2 * i + 1) for i in range(at + 1)])
    gold = tuple((2 * a, 2 * b - 1, kind) for a, b, kind in wanted)
    assert spans(to_tags(units, gold, TAGS), TAGS) == wanted

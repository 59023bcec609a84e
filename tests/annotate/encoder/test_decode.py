"""The chain: its best path and its marginals against every path written out."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.annotate.encoder.decode import Chain, best, decode, marginals, spans, to_tags

TAGS = ("O", "B-cue", "I-cue")


def _chain(rng: np.random.Generator) -> Chain:
    return Chain(TAGS, rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3))


def _score(path, scores, chain) -> float:
    steps = sum(chain.between[a, b] for a, b in pairwise(path))
    emitted = sum(scores[at, tag] for at, tag in enumerate(path))
    return chain.first[path[0]] + emitted + steps + chain.last[path[-1]]


@pytest.mark.parametrize("seed", range(5))
def test_viterbi_finds_the_best_of_all_paths(seed):
    rng = np.random.default_rng(seed)
    chain, scores = _chain(rng), rng.normal(size=(5, 3))
    every = max(product(range(3), repeat=5), key=lambda path: _score(path, scores, chain))
    assert tuple(best(scores, chain)) == every


@pytest.mark.parametrize("seed", range(5))
def test_marginals_are_those_of_all_paths(seed):
    rng = np.random.default_rng(seed)
    chain, scores = _chain(rng), rng.normal(size=(4, 3))
    want = np.zeros((4, 3))
    for path in product(range(3), repeat=4):
        want[np.arange(4), path] += np.exp(_score(path, scores, chain))
    want /= want.sum(1, keepdims=True)
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
    assert [TAGS[t] for t in best(scores, chain)] == ["B-cue", "I-cue"]


def test_nothing_to_tag_gives_no_tags():
    assert not len(best(np.zeros((0, 3)), _chain(np.random.default_rng(0))))


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

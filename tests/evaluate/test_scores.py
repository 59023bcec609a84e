"""Scorers against scikit-learn's or a sum done by hand, and the bootstrap against theory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.evaluate.scores import (
    bootstrap,
    calibration_error,
    f1,
    macro_f1,
    pearson,
    span_counts,
)


def test_macro_f1_by_hand():
    gold, guess = np.array([0, 0, 0, 1, 2]), np.array([0, 0, 1, 1, 1])
    # class 0: P 2/2, R 2/3 -> .8; class 1: P 1/3, R 1/1 -> .5; class 2: 0
    assert macro_f1(gold, guess, 3) == pytest.approx((0.8 + 0.5 + 0) / 3)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40))
def test_macro_f1_of_the_gold_itself_is_one(labels):
    gold = np.array(labels)
    assert macro_f1(gold, gold, 5) == pytest.approx(1)


def test_a_span_counts_only_with_both_ends_and_its_kind():
    gold = [(0, 2, "cue"), (3, 5, "source")]
    guess = [(0, 2, "cue"), (3, 4, "source"), (3, 5, "content")]
    hits, guesses, golds = span_counts(gold, guess, ("source", "cue", "content")).tolist()
    assert (hits, guesses, golds) == ([0, 1, 0], [1, 1, 1], [1, 1, 0])
    assert f1(1, 3, 2) == pytest.approx(0.4)


def test_pearson():
    assert pearson(np.array([1.0, 2, 3]), np.array([2.0, 4, 6])) == pytest.approx(1)
    assert np.isnan(pearson(np.array([1.0, 1]), np.array([1.0, 2])))


def test_calibration_error_is_nought_for_honest_and_large_for_boastful_probabilities():
    rng = np.random.default_rng(0)
    sure = rng.uniform(0.3, 1, 20_000)
    right = (rng.uniform(size=20_000) < sure).astype(float)
    assert calibration_error(sure, right) < 0.02
    assert calibration_error(np.full(100, 0.99), np.zeros(100)) == pytest.approx(0.99)


def test_the_bootstrap_of_a_mean_has_the_width_that_theory_gives():
    rng = np.random.default_rng(1)
    values = rng.normal(size=400)
    groups = [str(at) for at in range(400)]
    low, high = bootstrap(groups, lambda rows: float(values[rows].mean()))
    assert high - low == pytest.approx(2 * 1.96 / 20, rel=0.15)


def test_the_bootstrap_draws_whole_groups():
    values = np.repeat([0.0, 1.0], 50)
    groups = np.repeat(["a", "b"], 50).tolist()
    low, high = bootstrap(groups, lambda rows: float(values[rows].mean()))
    assert (low, high) == (0, 1)

"""The story bootstrap: against a plain loop, and its coverage where stories are clusters."""

import numpy as np
import pytest
from parley.measure.bootstrap import Draws, Ratio, by_story, contrast, interval, percentiles
from scipy import stats


def ratio(over, under):
    """One cell from sums by story."""
    stories = np.arange(len(over))
    zero = np.zeros(len(over), int)
    shape = (1, len(over))
    return Ratio(
        by_story(zero, stories, over, shape),
        by_story(zero, stories, under, shape),
        np.zeros(1, int),
    )


def test_replicates_are_those_of_a_plain_loop_over_the_same_draws():
    random = np.random.default_rng(4)
    over, under = random.poisson(2, 30), random.integers(1, 9, 30)
    draws = Draws(30, 50, seed=7)
    plain = [
        sum(w * o for w, o in zip(weights, over, strict=True))
        / sum(w * u for w, u in zip(weights, under, strict=True))
        for weights in draws.weights.astype(int)
    ]
    np.testing.assert_allclose(ratio(over, under).replicates(draws)[0], plain, rtol=1e-12)


def test_every_draw_holds_as_many_stories_as_there_are():
    weights = Draws(123, 40, seed=1).weights
    assert (weights.sum(axis=1) == 123).all()
    assert abs(weights.astype(float).var() - (1 - 1 / 123)) < 0.1  # multinomial


def test_the_standard_error_is_scipys():
    random = np.random.default_rng(5)
    over, under = random.poisson(3, 200).astype(float), random.integers(1, 9, 200).astype(float)
    spread = ratio(over, under).replicates(Draws(200, 4000)).std()
    theirs = stats.bootstrap(
        (over, under),
        lambda a, b, axis=-1: a.sum(axis) / b.sum(axis),
        paired=True,
        vectorized=True,
        n_resamples=4000,
        method="percentile",
        rng=np.random.default_rng(1),
    )
    assert spread == pytest.approx(theirs.standard_error, rel=0.06)


def test_percentiles_are_numpys_where_stories_abound():
    values = np.random.default_rng(0).normal(size=(3, 999))
    low, high = percentiles(values, np.full(3, 10**9))
    expected = np.quantile(values, [0.025, 0.975], axis=1)
    np.testing.assert_allclose([low, high], expected, atol=1e-6)


def test_one_story_has_no_interval():
    low, high = interval(ratio([3.0], [9.0]), Draws(1, 100))
    assert np.isnan(low).all() and np.isnan(high).all()


def clustered(random, stories):
    """Sums of a story's sentences: sentences of one story sound alike. The true mean is 0.2."""
    sizes = 1 + random.poisson(8, stories)
    tones = 0.2 + random.normal(0, 0.5, stories)
    values = [tone + random.normal(0, 0.5, size) for tone, size in zip(tones, sizes, strict=True)]
    return values, sizes.astype(float)


def test_intervals_cover_the_truth_where_naive_ones_do_not():
    random = np.random.default_rng(11)
    covered, naive, runs = 0, 0, 600
    for run in range(runs):
        values, sizes = clustered(random, 40)
        sums = np.array([value.sum() for value in values])
        low, high = interval(ratio(sums, sizes), Draws(40, 400, seed=run))
        covered += low[0] <= 0.2 <= high[0]
        every = np.concatenate(values)
        error = 1.96 * every.std(ddof=1) / np.sqrt(len(every))
        naive += abs(every.mean() - 0.2) <= error
    assert 0.93 <= covered / runs <= 0.97
    assert naive / runs < 0.75


def test_a_difference_covers_nothing_and_rejects_one_time_in_twenty():
    random = np.random.default_rng(12)
    covered, rejected, runs = 0, 0, 400
    for run in range(runs):
        (a, n), (b, m) = clustered(random, 30), clustered(random, 30)
        zero = np.zeros(30)
        left = ratio(np.r_[[v.sum() for v in a], zero], np.r_[n, zero])
        right = ratio(np.r_[zero, [v.sum() for v in b]], np.r_[zero, m])
        low, high, p = contrast(thin(left), thin(right), Draws(60, 400, seed=run))
        covered += low[0] <= 0 <= high[0]
        rejected += p[0] < 0.05
    assert 0.92 <= covered / runs <= 0.98
    assert 0.02 <= rejected / runs <= 0.08


def thin(one):
    """Without the entries of stories that a side does not hold."""
    for matrix in (one.over, one.under):
        matrix.eliminate_zeros()
    return one

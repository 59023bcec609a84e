"""Keyness against scipy, the published example and a plain reading of Monroe et al."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import g2, keyness, log_odds, log_ratio
from scipy.stats import chi2_contingency

from tests.measure.conftest import texts


def test_the_worked_example():
    assert round(float(g2(120, 60, 10_000, 20_000)), 3) == 83.721


@given(st.integers(0, 500), st.integers(0, 500), st.integers(600, 10**6), st.integers(600, 10**6))
def test_g2_is_scipys_four_cells(a, b, n, m):
    if a + b == 0:
        return
    table = [[a, b], [n - a, m - b]]
    expected = chi2_contingency(table, lambda_="log-likelihood", correction=False).statistic
    assert abs(g2(a, b, n, m)) == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert (g2(a, b, n, m) >= 0) == (a * m >= b * n)


def test_log_ratio_is_in_doublings_and_survives_zero():
    assert log_ratio(40, 10, 1000, 1000) == 2
    assert log_ratio(0, 8, 1000, 1000) == -4


def test_log_odds_are_those_of_a_plain_loop():
    a, b, prior = [30, 5, 0, 65], [10, 9, 3, 78], [4, 1.4, 0.3, 14.3]
    n, m, whole = sum(a), sum(b), sum(prior)
    for index, (ratio, z) in enumerate(zip(*log_odds(a, b, prior), strict=True)):
        y, x, alpha = a[index], b[index], prior[index]
        delta = math.log((y + alpha) / (n + whole - y - alpha))
        delta -= math.log((x + alpha) / (m + whole - x - alpha))
        variance = 1 / (y + alpha) + 1 / (x + alpha)
        assert ratio == pytest.approx(delta, rel=1e-9)
        assert z == pytest.approx(delta / math.sqrt(variance), rel=1e-9)


def often(word, times):
    return lambda random, number: [word] * (times - 1 + 2 * (number % 2))


def test_a_word_of_one_side_comes_first_with_an_interval_above_zero():
    study, reference = texts(1, extra=often("missile", 4)), texts(2, extra=often("missile", 1))
    frame = keyness(study, reference, resamples=200)
    first = frame.iloc[0]
    assert first["word"] == "missile" and first["study"] == 160 and first["reference"] == 40
    assert first["estimate"] == pytest.approx(np.log2((160 / 8160) / (40 / 8040)))
    assert first["study_rate"] == pytest.approx(160 / 8.16)
    assert first["reference_rate"] == pytest.approx(40 / 8.04)
    assert first["low"] > 1.5 and first["q"] < 0.001 and not first["one_article"]
    for key in first["evidence"]:
        article, start = key.split(":")
        pool = study if article.startswith("1-") else reference
        text = pool.set_index("article_id").loc[article, "text"]
        assert text[int(start) :].startswith("missile")


def test_one_articles_doing_is_flagged():
    study = texts(1, extra=lambda random, number: ["yacht"] * 50 if number == 7 else [])
    frame = keyness(study, texts(2), resamples=100).set_index("word")
    assert frame.loc["yacht", "one_article"] and frame.loc["yacht", "g2"] > 20
    assert not frame.loc["yacht", "enough"]


def test_between_two_samples_of_one_language_hardly_a_word_is_key():
    frame = keyness(texts(3), texts(4), resamples=200)
    assert (frame["q"] < 0.05).sum() <= 2 and len(frame) > 200


def test_row_order_and_sides():
    study, reference = texts(1), texts(2)
    frame = keyness(study, reference, resamples=50)
    assert_frame_equal(frame, keyness(study[::-1], reference[::-1], resamples=50))
    swapped = keyness(reference, study, resamples=50).set_index("word")
    merged = frame.set_index("word").join(swapped, rsuffix="_swapped")
    np.testing.assert_allclose(merged["g2"], -merged["g2_swapped"], atol=1e-9)
    np.testing.assert_allclose(merged["z"], -merged["z_swapped"], atol=1e-9)


def test_stop_words_and_small_input():
    study, reference = texts(1, extra=often("the", 9)), texts(2)
    assert "the" not in set(keyness(study, reference, stop=["the"], resamples=20)["word"])
    for a, b in [(study[:0], reference), (study, reference[:0]), (study, study)]:
        frame = keyness(a, b, resamples=20)
        assert frame.empty and "one side holds no articles" in frame.attrs["reason"]
    with pytest.raises(ParleyError, match="no column 'text'"):
        keyness(study.drop(columns="text"), reference.drop(columns="text"))

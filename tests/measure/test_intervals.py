"""Wilson and Benjamini-Hochberg against statsmodels, scipy and published values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.errors import ParleyError
from parley.measure import benjamini_hochberg, too_few, wilson
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint


def test_eight_of_ten_is_the_textbook_interval():
    low, high = wilson(8, 10)
    assert (round(float(low), 4), round(float(high), 4)) == (0.4902, 0.9433)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_that_of_statsmodels(counts):
    expected = proportion_confint(*counts, method="wilson")
    np.testing.assert_allclose([float(end) for end in wilson(*counts)], expected, atol=1e-9)


def test_no_trials_have_no_interval_and_more_hits_than_trials_no_answer():
    assert np.isnan(wilson(0, 0)).all()
    with pytest.raises(ParleyError, match="successes <= trials"):
        wilson(3, 2)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_p_is_that_of_statsmodels_whatever_is_missing(values):
    expected = multipletests(values, method="fdr_bh")[1]
    adjusted = benjamini_hochberg([*values, np.nan])
    np.testing.assert_allclose(adjusted[:-1], expected, atol=1e-12)
    assert np.isnan(adjusted[-1])


def test_enough_wants_five_stories_and_an_interval():
    frame = pd.DataFrame({"low": [0.1, np.nan, 0.1], "high": 0.2, "stories": [5, 50, 4]})
    assert too_few(frame)["enough"].tolist() == [True, False, False]
    assert "enough" not in frame

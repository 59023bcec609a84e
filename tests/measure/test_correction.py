"""Corrections: formulas, and simulation with a known confusion matrix."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.errors import ParleyError
from parley.measure import corrected_totals, dsl_mean, ppi_mean, rogan_gladen
from scipy import stats


@given(st.floats(0, 1), st.floats(0.55, 1), st.floats(0.55, 1))
def test_rogan_and_gladen_undo_the_errors_exactly(truth, sensitivity, specificity):
    seen = truth * sensitivity + (1 - truth) * (1 - specificity)
    assert rogan_gladen(seen, sensitivity, specificity) == pytest.approx(truth, abs=1e-9)


def test_a_coin_cannot_be_corrected():
    assert np.isnan(rogan_gladen(0.4, 0.5, 0.5))
    assert rogan_gladen(0.05, 0.9, 0.9) == 0  # fewer than its false alarms


def test_ppi_is_its_formula():
    random = np.random.default_rng(0)
    f, rest = random.random(80), random.random(900)
    y = f + random.normal(0.1, 0.2, 80)
    estimate, low, high = ppi_mean(y, f, rest)
    # Angelopoulos et al. 2023, algorithm 1, as their own package computes it (ddof 0)
    awaited = rest.mean() - (f - y).mean()
    half = stats.norm.ppf(0.975) * np.sqrt(np.std(f - y) ** 2 / 80 + np.std(rest) ** 2 / 900)
    assert (estimate, low, high) == pytest.approx((awaited, awaited - half, awaited + half))


def test_ppi_is_that_of_the_authors_package():
    y, f = [1, 0, 1, 1, 0, 0, 1, 0], [0.9, 0.2, 0.4, 0.8, 0.1, 0.6, 0.7, 0.3]
    rest = [0.5, 0.1, 0.9, 0.3, 0.8, 0.2, 0.7, 0.6, 0.4, 0.35, 0.15, 0.95]
    # ppi-python 0.2.3: ppi_mean_pointestimate and ppi_mean_ci with lam=1, alpha=0.05
    assert ppi_mean(y, f, rest) == pytest.approx((0.49583333, 0.20378282, 0.78788385), abs=1e-7)


def test_dsl_is_its_formula_and_that_of_statsmodels_clustered_ols():
    import statsmodels.api as sm

    random = np.random.default_rng(1)
    n = 300
    f, p, story = random.random(n), random.uniform(0.2, 0.8, n), random.integers(0, 40, n)
    coded = random.random(n) < p
    y = np.where(coded, f + random.normal(0, 0.3, n), np.nan)
    pseudo = np.where(coded, f + (y - f) / p, f)
    fit = sm.OLS(pseudo, np.ones(n)).fit(
        cov_type="cluster", cov_kwds={"groups": story, "use_correction": False}, use_t=True
    )
    estimate, low, high = dsl_mean(y, f, p, cluster=story)
    assert estimate == pytest.approx(fit.params[0])
    half = stats.t.ppf(0.975, 39) * fit.bse[0] * np.sqrt(40 / 39)
    assert (high - low) / 2 == pytest.approx(half)


def test_ppi_with_unequal_chances_has_the_spread_of_a_jackknife_over_stories():
    units = simulated(2, stratified=True).assign(predicted=lambda made: made["predicted"] == "none")
    units["truth"] = (units["truth"] == "none").where(units["truth"].notna())

    def estimate(some):
        coded = some[some["truth"].notna()]
        weight = 1 / coded["inclusion"]
        gap = (weight * (coded["truth"].astype(float) - coded["predicted"])).sum() / weight.sum()
        return some["predicted"].mean() + gap

    left_out = [estimate(units[units["story_id"] != one]) for one in units["story_id"].unique()]
    many = len(left_out)
    error = np.sqrt((many - 1) / many * ((left_out - np.mean(left_out)) ** 2).sum())
    row = corrected_totals(units, resamples=2).set_index(["label", "method"]).loc[(True, "ppi")]
    assert row["estimate"] == pytest.approx(estimate(units))
    half = stats.t.ppf(0.975, many - 1) * error
    assert (row["high"] - row["low"]) / 2 == pytest.approx(half, rel=0.02)
    alone = corrected_totals(units.assign(story_id="one"), resamples=2)
    assert alone["low"].isna().all() and not alone["enough"].any()


CONFUSION = np.array([[0.70, 0.20, 0.10], [0.10, 0.85, 0.05], [0.15, 0.05, 0.80]])
LABELS = np.array(["against", "none", "favor"])
SHARES = np.array([0.15, 0.7, 0.15])


def simulated(seed, *, stratified, units=3000, coded=300):
    """Units in stories that lean one way, a model with a known confusion, some coded by hand."""
    random = np.random.default_rng(seed)
    story = random.integers(0, 250, units)
    lean = random.dirichlet(4 * SHARES, 250)
    truth = (random.random(units)[:, None] > lean[story].cumsum(axis=1)[:, :2]).sum(axis=1)
    predicted = (random.random(units)[:, None] > CONFUSION.cumsum(axis=1)[truth, :2]).sum(axis=1)
    chance = np.full(units, coded / units)
    if stratified:
        counts = np.bincount(predicted, minlength=3)
        chance = np.minimum(1, coded / 3 / counts[predicted])
    drawn = random.random(units) < chance
    return pd.DataFrame(
        {
            "truth": np.where(drawn, LABELS[truth], None),
            "predicted": LABELS[predicted],
            "inclusion": np.where(drawn, chance, np.nan),
            "story_id": story,
        }
    )


@pytest.mark.parametrize("stratified", [False, True])
def test_corrections_cover_the_truth_and_the_naive_total_does_not(stratified):
    runs, covered, errors = 120, {}, {}
    for seed in range(runs):
        frame = corrected_totals(simulated(seed, stratified=stratified), resamples=200)
        row = frame[frame["label"] == "against"].set_index("method")
        for method in row.index:
            inside = row.loc[method, "low"] <= 0.15 <= row.loc[method, "high"]
            covered[method] = covered.get(method, 0) + inside
            errors.setdefault(method, []).append(row.loc[method, "estimate"] - 0.15)
    assert covered["naive"] / runs < 0.3
    for method in ("rogan-gladen", "ppi", "dsl"):
        assert 0.89 <= covered[method] / runs <= 1, method
        assert abs(np.mean(errors[method])) < 0.01, method


def test_a_table_holds_every_label_and_method_and_totals_are_shares_of_n():
    units = simulated(0, stratified=True)
    frame = corrected_totals(units, resamples=50)
    assert len(frame) == 12 and frame["enough"].all()
    np.testing.assert_allclose(frame["total"], frame["estimate"] * len(units))
    naive = frame[frame["method"] == "naive"].set_index("label")["total"]
    assert naive.to_dict() == pytest.approx(units["predicted"].value_counts().to_dict())
    sums = frame[frame["method"].isin(["naive", "ppi", "dsl"])].groupby("method")["estimate"].sum()
    np.testing.assert_allclose(sums, 1)
    shuffled = corrected_totals(units.sample(frac=1, random_state=1), resamples=50)
    pd.testing.assert_frame_equal(frame, shuffled)


def test_small_and_bad_input():
    units = simulated(0, stratified=True, units=200)
    bare = corrected_totals(units.assign(truth=None), resamples=20)
    assert "nothing has been coded" in bare.attrs["reason"]
    assert bare.loc[bare["method"] != "naive", "estimate"].isna().all()
    assert corrected_totals(units[:0]).empty
    with pytest.raises(ParleyError, match="a coded unit has no 'inclusion'"):
        corrected_totals(units.assign(inclusion=np.nan))
    with pytest.raises(ParleyError, match="over 0 and at most 1"):
        dsl_mean([1.0], [1.0], [0.0])
    with pytest.raises(ParleyError, match="both a code and a prediction"):
        ppi_mean([1.0], [1.0, 0.0], [1.0])

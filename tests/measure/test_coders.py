"""Agreement against krippendorff, nltk and published examples."""

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from parley.errors import ParleyError
from parley.measure import agreement, cohen_kappa, gwet_ac1, krippendorff_alpha

N = None
# Krippendorff 2011, four coders and twelve units, some missing
PUBLISHED = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]


@pytest.mark.parametrize(
    ("level", "alpha"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_the_published_alphas(level, alpha):
    assert round(krippendorff_alpha(np.transpose(PUBLISHED), level=level), 3) == alpha


matrices = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.sampled_from([1, 2, 3, 5, N]), min_size=coders, max_size=coders),
        min_size=2,
        max_size=15,
    )
)


@given(matrices, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_that_of_the_krippendorff_package(matrix, level):
    paired = [[v for v in row if v is not N] for row in matrix]
    paired = [row for row in paired if len(row) > 1]
    assume(len({v for row in paired for v in row}) > 1)
    data = np.array([[np.nan if v is N else v for v in row] for row in matrix], float).T
    expected = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    assert krippendorff_alpha(matrix, level=level) == pytest.approx(expected, abs=1e-6)


full = st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=2, max_size=20)


@given(full)
def test_kappa_is_nltks(matrix):
    for a, b in [(0, 1), (0, 2), (1, 2)]:
        assume(len({row[a] for row in matrix} | {row[b] for row in matrix}) > 1)
    triples = [(c, u, v) for u, row in enumerate(matrix) for c, v in enumerate(row)]
    expected = AnnotationTask(data=triples).kappa()
    assert cohen_kappa(matrix) == pytest.approx(expected, abs=1e-6)


def test_ac1_is_gwets_two_by_two():
    # Gwet 2008's formula for two coders: chance is 2 p (1 - p), p the mean share of one value
    matrix = [["+", "+"]] * 118 + [["+", "-"]] * 5 + [["-", "+"]] * 2
    p = (118 * 2 + 5 + 2) / 250
    seen, chance = 118 / 125, 2 * p * (1 - p)
    assert gwet_ac1(matrix) == pytest.approx((seen - chance) / (1 - chance), abs=1e-9)
    assert gwet_ac1(matrix) > 0.9 > 0 > cohen_kappa(matrix)  # the paradox that it is for


def test_the_published_ac1_of_four_coders():
    # Gwet's irrCAC for R, data cac.raw4raters (the same table): 0.77544, percent agreement 0.81818
    matrix = np.transpose(PUBLISHED)
    assert round(gwet_ac1(matrix), 5) == 0.77544
    percent = agreement(long(matrix), resamples=5).set_index("measure").loc["percent agreement"]
    assert round(percent["estimate"], 5) == 0.81818


def long(matrix):
    rows = [(u, c, v) for u, row in enumerate(matrix) for c, v in enumerate(row) if v is not N]
    return pd.DataFrame(rows, columns=["unit", "coder", "code"])


def test_the_table_holds_the_single_figures_whatever_the_order():
    matrix = np.transpose(PUBLISHED)
    table = agreement(long(matrix), resamples=200)
    found = table.set_index("measure")
    assert found.loc["alpha", "estimate"] == pytest.approx(krippendorff_alpha(matrix))
    assert found.loc["kappa", "estimate"] == pytest.approx(cohen_kappa(matrix))
    assert found.loc["ac1", "estimate"] == pytest.approx(gwet_ac1(matrix))
    assert (table["n"] == 11).all() and (table["coders"] == 4).all()
    assert (table["low"] < table["estimate"]).all() and (table["estimate"] < table["high"]).all()
    shuffled = agreement(long(matrix).sample(frac=1, random_state=1), resamples=200)
    pd.testing.assert_frame_equal(table, shuffled)


def test_draws_are_those_of_a_plain_loop():
    from parley.measure.bootstrap import Draws
    from parley.measure.coders import _figures, _units

    matrix = np.array(np.transpose(PUBLISHED), dtype=object)
    weights = Draws(12, 5, seed=3).weights
    drawn = _figures(_units(matrix), "nominal", weights.astype(float))
    for place, weight in enumerate(weights):
        again = np.repeat(matrix, weight, axis=0)
        assert drawn["alpha"][place] == pytest.approx(krippendorff_alpha(again))
        assert drawn["ac1"][place] == pytest.approx(gwet_ac1(again, categories=5))


def test_clusters_widen_the_interval():
    random = np.random.default_rng(2)
    rows = []
    for story in range(30):
        alike = random.random() < 0.6
        for unit in range(10):
            a = random.choice(["x", "y"])
            b = a if alike else random.choice(["x", "y"])
            rows += [(f"{story}-{unit}", "a", a, story), (f"{story}-{unit}", "b", b, story)]
    codes = pd.DataFrame(rows, columns=["unit", "coder", "code", "story"])
    width = [
        (t["high"] - t["low"]).iloc[1]
        for t in (agreement(codes), agreement(codes, cluster="story"))
    ]
    assert width[1] > 1.4 * width[0]


def test_small_and_bad_input():
    same = agreement(long([["a", "a"], ["a", "a"]]), resamples=20)
    assert same["estimate"].isna().tolist() == [False, True, True, False]
    assert "all codes are the same" in same.attrs["reason"]
    assert "two coders" in agreement(long([["a", N], [N, "b"]]), resamples=20).attrs["reason"]
    assert agreement(long([["a", "b"]])[:0], resamples=20)["estimate"].isna().all()
    twice = pd.concat([long([["a", "b"]])] * 2)
    with pytest.raises(ParleyError, match="has coded unit 0 twice"):
        agreement(twice)
    with pytest.raises(ParleyError, match="codes has no column 'code'; rename its column 'Code'"):
        agreement(twice.rename(columns={"code": "Code"}))
    with pytest.raises(ParleyError, match="need numbers"):
        krippendorff_alpha([["a", "b"], ["b", "b"]], level="interval")

"""Scores by class against nltk and plain counting; calibration."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics import ConfusionMatrix
from parley.errors import ParleyError
from parley.measure import calibration, class_scores, confusion

pairs = st.lists(st.tuples(*[st.sampled_from(["favor", "against", "none"])] * 2), min_size=1)


def units(drawn):
    return pd.DataFrame(drawn, columns=["truth", "predicted"])


@settings(max_examples=50)
@given(pairs)
def test_scores_are_nltks(drawn):
    coded = units(drawn)
    frame = class_scores(coded, resamples=10).set_index(["label", "measure"])["estimate"]
    theirs = ConfusionMatrix([t for t, _ in drawn], [p for _, p in drawn])
    for label in sorted({*coded["truth"], *coded["predicted"]}):
        if (coded["predicted"] == label).any():
            assert frame[label, "precision"] == pytest.approx(theirs.precision(label))
        if (coded["truth"] == label).any():
            assert frame[label, "recall"] == pytest.approx(theirs.recall(label))
        assert frame[label, "f1"] == pytest.approx(theirs.f_measure(label))
    assert frame["(all)", "accuracy"] == pytest.approx((coded.truth == coded.predicted).mean())
    f1 = [frame[label, "f1"] for label in {*coded["truth"], *coded["predicted"]}]
    assert frame["(all)", "macro f1"] == pytest.approx(np.mean(f1))


@given(pairs)
def test_the_matrix_counts_every_unit_once(drawn):
    coded = units(drawn)
    frame = confusion(coded)
    assert frame["n"].sum() == len(coded)
    theirs = ConfusionMatrix([t for t, _ in drawn], [p for _, p in drawn])
    for row in frame.itertuples():
        assert row.n == theirs[row.truth, row.predicted]
    shares = frame.groupby("truth")["estimate"].sum(min_count=1).dropna()
    np.testing.assert_allclose(shares, 1)


def many(seed, size=400, right=0.8):
    random = np.random.default_rng(seed)
    truth = random.choice(["a", "b", "c"], size, p=[0.5, 0.3, 0.2])
    wrong = random.choice(["a", "b", "c"], size)
    predicted = np.where(random.random(size) < right, truth, wrong)
    return units(list(zip(truth, predicted, strict=True))), random


def test_intervals_cover_the_true_recall():
    covered = 0
    for seed in range(150):
        coded, _ = many(seed)
        row = class_scores(coded, resamples=300, seed=seed).set_index(["label", "measure"])
        low, high = row.loc[("b", "recall"), ["low", "high"]]
        covered += low <= 0.8 + 0.2 / 3 <= high
        low, macro, high = row.loc[("(all)", "macro f1"), ["low", "estimate", "high"]]
        assert 0.6 < low < macro < high < 0.95
    assert 0.9 <= covered / 150 <= 0.99


def test_weights_undo_a_stratified_draw():
    coded, random = many(3, size=60_000)
    chance = np.where(coded["predicted"] == "a", 0.02, 0.2)
    some = coded.assign(weight=1 / chance)[random.random(len(coded)) < chance]
    truth = class_scores(coded, resamples=2).set_index(["label", "measure"])["estimate"]
    ours = class_scores(some, weight="weight", resamples=2).set_index(["label", "measure"])
    raw = class_scores(some, resamples=2).set_index(["label", "measure"])
    assert abs(ours.loc[("a", "recall"), "estimate"] - truth["a", "recall"]) < 0.03
    assert abs(raw.loc[("a", "recall"), "estimate"] - truth["a", "recall"]) > 0.1


def test_perfect_scores_are_bounded_and_order_does_not_matter():
    coded = units([("a", "a")] * 8 + [("b", "b")] * 2)
    frame = class_scores(coded, resamples=50)
    scores = frame[frame["measure"] != "macro f1"]
    assert (scores["estimate"] == 1).all() and (scores["low"] < 0.9).all()
    enough = frame.set_index(["label", "measure"])["enough"]
    assert enough["a", "recall"] and not enough["b", "recall"]
    mixed, _ = many(1)
    again = mixed.assign(story_id=range(len(mixed)))
    pd.testing.assert_frame_equal(
        class_scores(again, resamples=30), class_scores(again[::-1], resamples=30)
    )


def test_calibration_of_an_honest_and_a_boastful_model():
    random = np.random.default_rng(0)
    p = random.uniform(0.3, 1, 20_000)
    right = random.random(20_000) < p
    coded = pd.DataFrame({"truth": "a", "predicted": np.where(right, "a", "b"), "probability": p})
    honest = calibration(coded)
    assert honest.attrs["ece"] < 0.015
    boastful = calibration(coded.assign(probability=np.minimum(1, p + 0.2)))
    assert 0.1 < boastful.attrs["ece"] < 0.2
    assert honest["n"].sum() == 20_000 and honest["estimate"].isna().sum() == 3
    gaps = [coded, coded.assign(probability=np.nan), coded.assign(truth=np.nan)]
    assert calibration(pd.concat(gaps)).attrs["ece"] == honest.attrs["ece"]


def test_small_and_bad_input():
    nothing = units([])
    assert "no unit" in class_scores(nothing).attrs["reason"]
    assert confusion(nothing).empty
    gaps = class_scores(units([("a", None), (None, "a"), ("a", "a")]), resamples=5)
    assert confusion(units([("a", None), (None, "a"), ("a", "a")]))["n"].tolist() == [1]
    assert gaps.set_index(["label", "measure"]).loc[("a", "recall"), "n"] == 1
    with pytest.raises(ParleyError, match="coded units has no column 'truth'; rename its"):
        class_scores(nothing.rename(columns={"truth": "Truth"}))

"""Drawing a sample and reading the sheets back."""

import numpy as np
import pandas as pd
import pytest
from parley.errors import ParleyError
from parley.measure import (
    class_scores,
    coded_units,
    corrected_totals,
    every_unit,
    read_codes,
    sample_for_coding,
)

from tests.measure.conftest import ACTORS, corpus, quotes, stances


@pytest.fixture
def held(made):
    articles, rows = quotes(made[0])
    return articles, stances(articles, favor=0.1, against=0.1), rows


def test_the_sheet_is_blind_marked_and_empty(held):
    articles, rows, _ = held
    issues = pd.DataFrame({"issue_id": ["sanctions"], "name": ["Sanctions on Russia"]})
    sheet, key = sample_for_coding(
        rows, articles, ACTORS, task="stance", n=60, copies=True, issues=issues
    )
    assert list(sheet.columns) == ["unit", "task", "text", "holder", "target", "code", "note"]
    assert (sheet["code"] == "").all() and set(sheet["target"]) == {"NATO", "Sanctions on Russia"}
    assert sheet["text"].str.contains(r"\[\[.+\]\]").all()
    assert sheet["unit"].tolist() == key["unit"].tolist() and sheet["unit"].is_unique
    text = articles.set_index("article_id")["text"]
    for marked, unit in zip(sheet["text"], key.itertuples(), strict=True):
        inside = marked.partition("[[")[2].partition("]]")[0]
        assert inside.split() == text[unit.article_id][unit.start : unit.end].split()


def test_strata_are_even_and_chances_add_up_to_the_whole(held):
    articles, rows, _ = held
    _, key = sample_for_coding(rows, articles, task="stance", n=60, copies=True)
    sizes = rows["stance"].value_counts()
    drawn = key["predicted"].value_counts()
    assert drawn["favor"] == drawn["against"] == drawn["none"] == 20
    assert (1 / key["inclusion"]).sum() == pytest.approx(len(rows))
    for label, part in key.groupby("predicted"):
        assert part["inclusion"].eq(drawn[label] / sizes[label]).all()
    everything, _ = sample_for_coding(rows, articles, task="stance", n=10_000, copies=True)
    assert len(everything) == len(rows)


def test_the_same_seed_draws_the_same_whatever_the_order(held):
    articles, rows, _ = held
    one = sample_for_coding(rows, articles, task="stance", n=30, seed=4)
    two = sample_for_coding(rows[::-1], articles[::-1], task="stance", n=30, seed=4)
    for a, b in zip(one, two, strict=True):
        pd.testing.assert_frame_equal(a, b)
    other = sample_for_coding(rows, articles, task="stance", n=30, seed=5)[1]
    assert set(other["evidence"]) != set(one[1]["evidence"])


@pytest.mark.parametrize("task", ["sentiment", "mentions", "quotes"])
def test_every_task_has_its_sheet(held, task):
    articles, _, said = held
    _, _, mentions = corpus()
    rows = said.assign(probability=0.7) if task == "quotes" else mentions
    sheet, key = sample_for_coding(rows, articles, ACTORS, task=task, n=25, by="outlet")
    assert len(sheet) == len(key) == 25
    assert set(key["outlet"]) == {"Outlet 0", "Outlet 1", "Outlet 2"}
    if task == "sentiment":
        assert set(sheet["target"]) <= set(ACTORS["name"])


def test_from_sample_to_corrected_total(held):
    """Coders who know the truth bring the total back, though the model is often wrong."""
    articles, rows, _ = held
    rows = pd.concat([rows.assign(start=rows["start"] + 300 * k) for k in range(6)])
    random = np.random.default_rng(0)
    hidden = rows.assign(truth=rows["stance"])
    noise = random.random(len(rows)) < 0.3
    rows = rows.assign(stance=np.where(noise, "against", rows["stance"]))
    sheet, key = sample_for_coding(rows, articles, task="stance", n=450, copies=True)
    keys = ["article_id", "start", "end"]
    answer = key.merge(hidden, on=keys).set_index("unit")["truth"]
    filled = sheet.assign(code=sheet["unit"].map(answer).str.title())
    codes = read_codes(
        {"anna": filled[["code", "text", "unit"]], "ben": filled}, key, task="stance"
    )
    coded = coded_units(codes, key)
    scores = class_scores(coded, weight="weight").set_index(["label", "measure"])
    assert scores.loc[("none", "precision"), "estimate"] == 1
    units = every_unit(rows, articles, coded, task="stance", copies=True)
    assert len(units) == len(rows) and units["truth"].notna().sum() == 450
    totals = corrected_totals(units).set_index(["label", "method"])
    truth = (hidden["truth"] == "against").mean()
    assert totals.loc[("against", "naive"), "low"] > truth
    for method in ("rogan-gladen", "ppi", "dsl"):
        assert (
            totals.loc[("against", method), "low"] < truth < totals.loc[("against", method), "high"]
        )


def test_nothing_to_draw_and_bad_questions(held):
    articles, rows, _ = held
    sheet, key = sample_for_coding(rows[:0], articles, task="stance")
    assert sheet.empty and key.empty
    with pytest.raises(ParleyError, match="did you mean 'stance'"):
        sample_for_coding(rows, articles, task="stances")
    with pytest.raises(ParleyError, match="draws nothing"):
        sample_for_coding(rows, articles, task="stance", n=0)

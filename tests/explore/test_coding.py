"""What coders filled in, read back and set against the annotators."""

import pandas as pd
import pytest
from parley import explore, measure
from parley.errors import ParleyError


@pytest.fixture
def sheets(study, tmp_path) -> list[str]:
    """Two coders who read a sample: one agrees with the annotators, one doubts each fifth unit."""
    sheet, key = measure.sample_for_coding(
        study.mentions, study.articles, study.actors, task="sentiment", n=60
    )
    predicted = key.set_index("unit")["predicted"]
    key.to_csv(tmp_path / "sample-key.csv", index=False)
    files = []
    for coder, every in (("anna", 0), ("ben", 5)):
        codes = sheet["unit"].map(predicted).astype(object)
        if every:
            codes.iloc[::every] = "neutral"
        file = tmp_path / f"{coder}.csv"
        sheet.assign(code=codes).to_csv(file, index=False, encoding="utf-8-sig", sep=";")
        files.append(str(file))
    return files


def test_without_sheets_every_table_is_empty_and_says_nothing(study):
    coding = explore.open_coding(study)
    for name in ("scores", "confusion", "calibration", "agreement", "totals"):
        table = getattr(coding, name)
        assert table.empty and "estimate" in table.columns, name
    assert explore.coders(coding).empty and coding.wrong()["name"].empty


def test_one_coder_who_agrees_finds_no_fault(study, sheets):
    coding = explore.open_coding(study, sheets[0])
    accuracy = coding.scores[coding.scores["measure"] == "accuracy"].iloc[0]
    assert accuracy["estimate"] == 1
    assert coding.agreement.empty  # one coder cannot agree with anybody
    assert "100%" in explore.say_trust(coding.scores, task="sentiment")


def test_two_coders_have_an_agreement_and_the_rest_follows(study, sheets):
    coding = explore.open_coding(study, sheets)
    assert explore.coders(coding)["coder"].tolist() == ["anna", "ben"]
    assert "alpha" in coding.agreement["measure"].tolist()
    assert not coding.totals.empty and not coding.calibration.empty
    assert coding.confusion["n"].sum() <= 60


def test_wrong_units_lead_to_their_sentences(study, sheets):
    coding = explore.open_coding(study, sheets[1])
    behind = explore.sentences_behind(study, coding.wrong(n=3), n=3)
    assert len(behind) and behind["label"].str.startswith("coded neutral, annotated").all()


def test_a_sheet_that_is_not_there(study, tmp_path):
    with pytest.raises(ParleyError, match="keys stand beside"):
        explore.open_coding(study, [str(tmp_path / "nobody.csv")])
    with pytest.raises(ParleyError, match=r"nobody\.csv cannot be read"):
        explore.open_coding(study, [str(tmp_path / "nobody.csv")], key=str(tmp_path / "k.csv"))


def test_a_task_that_is_none(study):
    with pytest.raises(ParleyError, match="task is one of"):
        explore.open_coding(study, task="mood")


def test_issues_have_names():
    issues = explore.issues()
    assert {"issue_id", "name"} <= set(issues.columns)
    assert isinstance(issues, pd.DataFrame)

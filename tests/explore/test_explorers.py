"""The explorers without a browser: set a control, choose a part, read what is shown."""

import re
import shlex

import pandas as pd
import pytest
from parley import corpus, explore, measure
from parley.errors import ParleyError
from parley.report import definition as definitions


@pytest.fixture
def stances(study, tmp_path):
    return explore.stances(study, coder="ana", folder=tmp_path)


EXPLORERS = {
    "actors": lambda study, folder: explore.actors(study, ["nato", "Russia"]),
    "reader": lambda study, folder: explore.reader(study, actor="nato"),
    "stances": lambda study, folder: explore.stances(study, folder=folder),
    "words": lambda study, folder: explore.words(study, "sanctions"),
}


@pytest.mark.parametrize("name", EXPLORERS)
def test_a_click_opens_what_stands_behind_the_first_part(study, tmp_path, name):
    explorer = EXPLORERS[name](study, tmp_path)
    assert 'data-key="0"' in explorer.page.content.replace("'", '"')
    assert explorer.behind.content == ""
    explorer.page.chosen = {"key": "0", "count": 1}  # as the browser says it
    assert explorer.behind.content.startswith("<h4>")


@pytest.mark.parametrize("name", EXPLORERS)
def test_the_three_ways_out(study, tmp_path, name):
    explorer = EXPLORERS[name](study, tmp_path)
    assert len(explorer.to_frame())
    line = explorer.cite()
    assert line.startswith(f"explore.{name}(") and study.version in line and "\n" not in line
    words = shlex.split(explorer.to_report())
    definition = definitions.load(words[2])
    given = [word.partition("=")[0] for word in words if "=" in word]
    assert words[:2] == ["parley", "report"] and set(given) <= set(definition.parameters)


def test_the_trend_is_the_measure(study):
    explorer = explore.actors(study, ["nato"], period="week")
    expected = measure.mention_share(study.mentions, study.articles, study.actors, by=["week"])
    expected = expected[expected["actor_id"] == "nato"].reset_index(drop=True)
    columns = ["week", "estimate", "n", "stories"]
    pd.testing.assert_frame_equal(explorer.to_frame()[columns], expected[columns])


def test_a_point_shows_sentences_that_name_the_actor_in_that_period(study):
    explorer = explore.actors(study, ["nato"], period="month")
    explorer.choose("0")
    assert re.search(
        r'class="mark">(NATO|alliance|the alliance|North Atlantic)', explorer.behind.content
    )


def test_finding_an_actor_keeps_whom_one_has_chosen(study):
    explorer = explore.actors(study, ["nato"])
    explorer.find.value = "kremlin or russ"
    explorer.find.value = "russ"
    offered = {one for _, one in explorer.actors.options}
    assert explorer.actors.value == ("nato",) and {"nato", "russia"} <= offered


def test_an_unknown_actor_is_told_with_the_nearest(study):
    with pytest.raises(ParleyError, match="nato"):
        explore.actors(study, ["natoo"])


def test_an_unknown_outlet_is_told_with_the_nearest(study):
    outlet = study.articles["outlet"].dropna().iloc[0]
    with pytest.raises(ParleyError, match=re.escape(repr(outlet))):
        explore.actors(study, ["nato"], outlet=outlet + "x")


def test_the_report_is_on_the_outlet_that_was_chosen(study):
    outlet = study.articles["outlet"].dropna().iloc[0]
    words = shlex.split(explore.actors(study, ["nato"], outlet=outlet).to_report())
    assert f"outlets={outlet}" in words


def test_every_control_draws_again_and_closes_what_was_open(study, stances):
    stances.choose("0")
    before = stances.page.content
    stances.level.value = "actor"
    assert stances.page.content != before and stances.behind.content == ""


def test_a_cell_says_what_notebook_05_says(study, stances):
    sided = study.stances[study.stances["stance"] != "none"]
    wanted = measure.stance_matrix(
        sided, study.articles, study.actors, level="state", issues=explore.issues(), resamples=300
    )
    keys = ["holder_id", "target_id"]
    both = stances.to_frame().merge(wanted, on=keys, suffixes=("", "_wanted"))
    assert len(both) == len(stances.to_frame())
    pd.testing.assert_series_equal(both["estimate"], both["estimate_wanted"], check_names=False)


def test_a_cell_opens_as_many_sentences_as_it_counts(study, stances):
    stances.copies.value = True  # the ledger has the copies of a story as well
    row = stances.to_frame().iloc[0]
    stances.choose("0")
    shown = stances.behind_cell
    assert len(shown) and set(shown["label"]) <= {"favor", "against"}
    assert len(shown) == min(row["favor"] + row["against"], 25)


def test_a_verdict_is_on_disk_at_once_and_can_be_taken_back(study, stances, tmp_path):
    stances.choose("0")
    stances.behind.chosen = {"key": "0:none", "count": 1}
    sheet = pd.read_csv(tmp_path / "found" / "ana.csv", encoding="utf-8-sig")
    assert sheet["code"].tolist() == ["none"]
    assert "data-key='0:none' aria-pressed='true'" in stances.behind.content
    again = explore.stances(study, coder="ana", folder=tmp_path)
    assert again.verdicts.given(stances.behind_cell.iloc[0]) == "none"
    again.verdicts.toggle(stances.behind_cell.iloc[0], "none")
    assert pd.read_csv(tmp_path / "found" / "ana.csv", encoding="utf-8-sig").empty


def test_verdicts_are_read_by_the_coding_of_notebook_08(study, stances, tmp_path):
    stances.choose("0")
    label = stances.behind_cell.iloc[0]["label"]
    other = "against" if label == "favor" else "favor"
    stances.answer(f"0:{other}")
    coding = explore.open_coding(study, str(tmp_path / "found" / "ana.csv"), task="stance")
    assert coding.coded["truth"].tolist() == [other]
    assert coding.coded["predicted"].tolist() == [label]
    assert len(coding.wrong()) == 1


def test_two_coders_share_one_key(study, tmp_path):
    first, second = (explore.stances(study, coder=one, folder=tmp_path) for one in ("ana", "ben"))
    for number, one in enumerate((first, second)):
        one.choose(str(number))
        one.answer("0:favor")
    assert len(pd.read_csv(tmp_path / "found" / "found-key.csv", encoding="utf-8-sig")) == 2


def test_a_coder_is_a_plain_name(study, tmp_path):
    with pytest.raises(ParleyError, match="names the sheet"):
        explore.stances(study, coder="../../me", folder=tmp_path)


def test_the_reader_steps_through_what_its_filters_let_through(study):
    reader = explore.reader(study, actor="NATO")
    count = len(reader.found())
    reader.at.value = count - 1
    reader._step(1)
    assert reader.at.value == count - 1 and f"{count} of {count}" in reader.page.content
    reader.actor.value = "nobody at all"
    assert "did you mean" in reader.page.content


def test_a_day_without_an_hour_is_a_day(study):
    dated = study.articles["published"]
    at = int((dated.dt.normalize() == dated).to_numpy().argmax())
    assert f"{dated[at]:%-d %b %Y} · " in explore.reader(study, at=at).page.content


def test_a_word_that_does_not_occur_is_said(study):
    assert "does not occur" in explore.words(study, "zyxw<i>").page.content
    assert "<i>" not in explore.words(study, "zyxw<i>").page.content


def test_an_actors_lines_are_its_mentions(study):
    lines = explore.words(study, "@nato").to_frame()
    assert len(lines) == (study.mentions["actor_id"] == "nato").sum()


def test_articles_full_of_markup_are_shown_as_text(tmp_path):
    from parley import pipeline

    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
    text = f"NATO warned Russia {hostile} on Monday. Russia condemned NATO, {hostile} it said."
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2022-01-12_Post_x.txt").write_text(f"A title\n\n{text}\n\n{text}")
    corpus.ingest([tmp_path / "in"], tmp_path / "corpus")
    pipeline.annotate_corpus(tmp_path / "corpus")
    study = corpus.open_study(tmp_path / "corpus")
    made = [EXPLORERS[name](study, tmp_path) for name in ("actors", "stances", "reader")]
    made.append(explore.words(study, "NATO"))
    for explorer in made:
        if "data-key" in explorer.page.content:
            explorer.choose("0")
        shown = explorer.page.content + explorer.behind.content
        assert "<script" not in shown and "<img" not in shown

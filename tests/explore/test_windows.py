"""A window and the one before it."""

import pandas as pd
import pytest
from parley import corpus, explore, report
from parley.errors import ParleyError


def test_the_window_before_is_as_long_and_ends_where_this_begins(sample_corpus):
    pair = explore.open_pair(sample_corpus, start="2022-01-10", end="2022-01-17")
    assert pair.reference.window[1] == pair.study.window[0]
    lengths = {end - start for start, end in (pair.study.window, pair.reference.window)}
    assert lengths == {pd.Timedelta(days=7).to_pytimedelta()}
    assert (pair.study_name, pair.reference_name) == ("10 Jan – 16 Jan 2022", "3 Jan – 9 Jan 2022")


def test_no_article_is_in_both(sample_corpus):
    pair = explore.open_pair(sample_corpus, start="2022-01-10", end="2022-01-17")
    assert not {*pair.study.articles["article_id"]} & {*pair.reference.articles["article_id"]}


def test_without_a_start_the_corpus_is_halved(sample_corpus, study):
    pair = explore.open_pair(sample_corpus)
    dated = study.articles["published"].notna().sum()
    assert len(pair.study.articles) + len(pair.reference.articles) == dated
    assert abs(pair.study.window[1] - pair.reference.window[0]) > pd.Timedelta(days=60)


def test_a_silent_window_before_is_no_error(sample_corpus):
    pair = explore.open_pair(sample_corpus, start="2021-12-07", end="2021-12-09")
    assert len(pair.study.articles) and pair.reference.articles.empty


def test_a_silent_window_itself_is(sample_corpus):
    with pytest.raises(ParleyError, match="no articles from"):
        explore.open_pair(sample_corpus, start="2031-01-01", end="2031-01-08")


def test_facts_are_what_the_banner_takes(sample_corpus, study):
    facts = explore.facts(corpus.open_study(sample_corpus, start="2022-01-10", end="2022-01-17"))
    assert facts["start"] == "2022-01-10" and facts["articles"] < len(study.articles)
    assert "10 Jan 2022 to 16 Jan 2022" in report.context(**facts).text


@pytest.mark.parametrize(
    ("start", "end", "step"),
    [("2022-01-10", "2022-01-17", "day"), (None, None, "week")],
)
def test_a_course_is_drawn_in_steps_that_the_window_holds_several_of(
    sample_corpus, start, end, step
):
    assert explore.step(corpus.open_study(sample_corpus, start=start, end=end)) == step


def test_sizes(study):
    [row] = explore.sizes({"all": study}).to_dict("records")
    assert row["articles"] == len(study.articles) and row["window"] == "all"


def test_articles_without_any_date_have_nothing_before_them(tmp_path):
    (tmp_path / "a.txt").write_text("NATO met Russia in Brussels, and nobody wrote down when.")
    corpus.ingest([tmp_path / "a.txt"], tmp_path / "c")
    pair = explore.open_pair(str(tmp_path / "c"))
    assert len(pair.study.articles) == 1
    assert pair.reference.articles.empty
    assert "no named outlet" in explore.say_corpus(pair.study.articles)
    assert explore.step(pair.study) == "day"


def test_a_banner_says_what_is_not_annotated_and_no_figure_is_made_of_it(tmp_path):
    (tmp_path / "a.txt").write_text("NATO met Russia in Brussels, and nobody has read it yet.")
    corpus.ingest([tmp_path / "a.txt"], tmp_path / "c")
    study = corpus.open_study(tmp_path / "c")
    facts = explore.facts(study)
    assert (facts["articles"], facts["undone"], facts["unresolved_share"]) == (1, 1, None)
    assert repr(report.context(**facts)).endswith("1 not annotated yet")
    with pytest.raises(ParleyError, match="parley annotate --corpus"):
        _ = study.mentions

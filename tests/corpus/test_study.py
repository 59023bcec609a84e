"""A study: one corpus, one window, tables loaded when touched."""

import pytest
from parley import corpus, tables
from parley.errors import ParleyError


def test_a_study_is_the_window_and_nothing_else(sample_corpus):
    study = corpus.open_study(sample_corpus, start="2022-01-10", end="2022-01-17")
    assert len(study.articles) == 16
    ids = set(study.articles["article_id"])
    for table in (study.sentences, study.mentions, study.quotes, study.annotated):
        assert set(table["article_id"]) <= ids
    assert study.articles["published"].is_monotonic_increasing


def test_every_span_obeys_the_law(study):
    tables.check_spans(study.mentions, study.articles, surface="surface")
    tables.check_spans(study.sentences, study.articles)
    tables.check_spans(study.quotes, study.articles)


def test_outlets_narrow_a_study(sample_corpus):
    study = corpus.open_study(sample_corpus, outlets=["Meridian Wire"])
    assert set(study.articles["outlet"]) == {"Meridian Wire"}


def test_the_card_shows_text_as_text(sample_corpus):
    study = corpus.open_study(sample_corpus)
    study.articles.loc[0, "outlet"] = "<script>alert(1)</script>"
    assert "<script>" not in study._repr_html_()
    assert "86" in repr(study)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"start": "2022-02-01", "end": "2022-01-01"}, "turn it around"),
        ({"start": "2019-01-01", "end": "2019-02-01"}, "2021-12-07 to 2022-02-25"),
        ({"start": "January the tenth"}, "2022-01-10"),
        ({"outlets": ["Meridian Wyre"]}, "Meridian Wire"),
    ],
)
def test_a_study_that_cannot_be_says_why_and_what_to_do(sample_corpus, options, says):
    with pytest.raises(ParleyError, match=says):
        corpus.open_study(sample_corpus, **options)

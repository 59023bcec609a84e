"""A study: one corpus, one window, tables loaded when touched."""

import pyarrow.dataset as ds
import pytest
from pandas.testing import assert_frame_equal
from parley import corpus, measure
from parley.errors import ParleyError

from tests.spans import check_spans


def test_a_study_is_the_window_and_nothing_else(sample_corpus):
    study = corpus.open_study(sample_corpus, start="2022-01-10", end="2022-01-17")
    assert len(study.articles) == 56
    ids = set(study.articles["article_id"])
    for table in (study.sentences, study.mentions, study.quotes, study.annotated):
        assert set(table["article_id"]) <= ids
    assert study.articles["published"].is_monotonic_increasing


def test_every_span_obeys_the_law(study):
    check_spans(study.mentions, study.articles, surface="surface")
    check_spans(study.sentences, study.articles)
    check_spans(study.quotes, study.articles)


def test_outlets_narrow_a_study(sample_corpus):
    study = corpus.open_study(sample_corpus, outlets=["Meridian Wire"])
    assert set(study.articles["outlet"]) == {"Meridian Wire"}


def test_the_card_shows_text_as_text(sample_corpus):
    study = corpus.open_study(sample_corpus)
    study.articles.loc[0, "outlet"] = "<script>alert(1)</script>"
    assert "<script>" not in study._repr_html_()
    assert "137" in repr(study)


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


def test_a_lazy_study_reads_no_annotation_and_counts_the_same(sample_corpus):
    window = {"start": "2022-01-10", "end": "2022-01-17"}
    read, lazy = (corpus.open_study(sample_corpus, **window, lazy=way) for way in (False, True))
    assert isinstance(lazy.mentions, ds.Dataset)
    assert "text" not in lazy.articles
    assert list(lazy.articles["article_id"]) == list(read.articles["article_id"])
    for study in (read, lazy):
        assert study.missing == ""
    shares, stances = (
        [ask(study) for study in (read, lazy)]
        for ask in (
            lambda s: measure.mention_share(s.mentions, s.articles, s.actors, by="outlet"),
            lambda s: measure.stance_matrix(s.stances, s.articles, s.actors, level="state"),
        )
    )
    assert len(shares[0])
    assert len(stances[0])
    assert_frame_equal(*shares, check_exact=True)
    assert_frame_equal(*stances, check_exact=True)

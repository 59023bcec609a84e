"""What is in the corpus."""

import pandas as pd
from parley.measure import corpus_profile


def test_every_article_is_counted_once_dated_or_not(made):
    articles, _, _ = made
    articles.loc[:6, "published"] = pd.NaT
    articles.loc[0, "outlet"] = None
    for by in ((), "outlet", "week", ("outlet", "week")):
        profile = corpus_profile(articles, by=by)
        assert profile["articles"].sum() == len(articles)
        assert profile["words"].sum() == articles["n_words"].sum()
        assert profile["copies"].sum() == (~articles["is_first"]).sum()
        assert (profile["copy_share"] * profile["articles"] - profile["copies"]).abs().max() < 1e-9
        assert profile["undated"].sum() == profile.attrs["undated"] == 7


def test_weeks_begin_on_monday(made):
    articles, _, _ = made
    weeks = corpus_profile(articles, by="week")["week"]
    assert (weeks.dt.weekday == 0).all() and weeks.is_monotonic_increasing


def test_an_empty_corpus_has_an_empty_profile(made):
    assert corpus_profile(made[0][:0]).empty

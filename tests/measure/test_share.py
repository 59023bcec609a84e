"""Mention shares: worked by hand, by a plain loop, and by their laws."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from parley.errors import ParleyError
from parley.measure import mention_share
from parley.measure.frame import without_copies

from tests.measure.conftest import ACTORS, corpus


def share(articles, mentions, **options):
    options.setdefault("resamples", 200)
    return mention_share(mentions, articles, ACTORS, **options)


def test_rates_are_those_of_a_plain_loop(made):
    articles, _, mentions = made
    frame = share(articles, mentions, by="outlet", copies=True)
    for row in frame.itertuples():
        ids = set(articles.loc[articles["outlet"] == row.outlet, "article_id"])
        words = articles.loc[articles["outlet"] == row.outlet, "n_words"].sum()
        hits = [
            m for m in mentions.itertuples() if m.article_id in ids and m.actor_id == row.actor_id
        ]
        assert row.n == len(hits)
        assert row.articles == len({m.article_id for m in hits})
        assert row.estimate == pytest.approx(1000 * len(hits) / words, rel=1e-12)
        assert row.low <= row.estimate <= row.high


def test_columns_are_as_promised(made):
    articles, _, mentions = made
    expected = [
        "actor_id",
        "name",
        "estimate",
        "low",
        "high",
        "n",
        "articles",
        "stories",
        "enough",
        "evidence",
    ]
    assert list(share(articles, mentions, by="week").columns) == ["week", *expected]
    assert "wilson_low" in share(articles, mentions, per="articles")


def test_share_of_articles_counts_the_silent_ones_and_agrees_with_statsmodels(made):
    from statsmodels.stats.proportion import proportion_confint

    articles, _, mentions = made
    row = share(articles, mentions, per="articles", copies=True).iloc[0]
    assert row.estimate == row.articles / len(articles)
    expected = proportion_confint(row.articles, len(articles), method="wilson")
    np.testing.assert_allclose([row.wilson_low, row.wilson_high], expected, atol=1e-9)


def test_shares_of_mentions_sum_to_one_in_every_group(made):
    articles, _, mentions = made
    frame = share(articles, mentions, by="outlet", per="mentions")
    np.testing.assert_allclose(frame.groupby("outlet")["estimate"].sum(), 1)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from(["words", "articles", "mentions"]))
def test_the_order_of_rows_does_not_matter(seed, per):
    articles, _, mentions = corpus(seed, stories=12)
    frame = share(articles, mentions, by="outlet", per=per, resamples=50)
    shuffled = share(
        articles.sample(frac=1, random_state=seed),
        mentions.sample(frac=1, random_state=seed),
        by="outlet",
        per=per,
        resamples=50,
    )
    assert_frame_equal(frame, shuffled)


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.sampled_from(["words", "articles", "mentions"]))
def test_doubling_every_copy_leaves_the_deduplicated_figures(seed, per):
    articles, _, mentions = corpus(seed, stories=12)
    again = articles.assign(article_id=articles["article_id"] + "+", is_first=False)
    more = mentions.assign(article_id=mentions["article_id"] + "+")
    frame = share(articles, mentions, per=per, resamples=50)
    doubled = share(
        pd.concat([articles, again]), pd.concat([mentions, more]), per=per, resamples=50
    )
    assert_frame_equal(frame, doubled)
    with_copies = share(
        pd.concat([articles, again]), pd.concat([mentions, more]), copies=True, resamples=50
    )
    assert with_copies["n"].sum() == 2 * len(mentions)


def test_a_window_without_the_first_of_a_story_takes_its_earliest_copy(made):
    articles, _, _ = made
    late = articles[~articles["is_first"]]
    kept = without_copies(late)
    assert sorted(kept["story_id"]) == sorted(late["story_id"].unique())
    assert (kept["published"].array == late.groupby("story_id")["published"].min()).all()


def test_evidence_is_spread_over_stories_and_points_at_mentions(made):
    articles, _, mentions = made
    frame = share(articles, mentions)
    keys = set(mentions["article_id"] + ":" + mentions["start"].astype(str))
    story = articles.set_index("article_id")["story_id"]
    for row in frame.itertuples():
        assert len(row.evidence) == 20 and set(row.evidence) <= keys
        stories = {story[key.split(":")[0]] for key in row.evidence}
        assert len(stories) == min(20, row.stories)


def test_what_is_unresolved_is_said(made):
    articles, _, mentions = made
    mentions.loc[mentions.index % 4 == 0, "actor_id"] = None
    frame = share(articles, mentions, copies=True)
    expected = mentions["actor_id"].isna().mean()
    assert frame.attrs["unresolved_share"] == pytest.approx(expected)
    assert frame["n"].sum() == mentions["actor_id"].notna().sum()


def test_an_actor_that_an_outlet_never_names_has_a_zero_with_a_bound():
    articles, _, mentions = corpus(3, stories=40, copies=3)
    quiet = articles.loc[articles["outlet"] == "Outlet 0", "article_id"]
    mentions = mentions[~(mentions["article_id"].isin(quiet) & (mentions["actor_id"] == "nato"))]
    frame = share(articles, mentions, by="outlet", copies=True, per="articles").set_index(
        ["outlet", "actor_id"]
    )
    row = frame.loc[("Outlet 0", "nato")]
    assert (row["estimate"], row["n"], row["low"]) == (0, 0, 0)
    assert 0.02 < row["high"] < 0.3


def test_forms_and_top(made):
    articles, _, mentions = made
    mentions.loc[mentions.index % 2 == 0, "form"] = "pronoun"
    named = share(articles, mentions, forms="name", copies=True)
    assert named["n"].sum() == (mentions["form"] == "name").sum()
    assert len(share(articles, mentions, top=2)) == 2


def test_articles_without_a_date_are_left_out_of_periods_and_counted(made):
    articles, _, mentions = made
    articles.loc[:4, "published"] = pd.NaT
    frame = share(articles, mentions, by="month", copies=True)
    assert frame.attrs["undated"] == 5
    assert frame["month"].tolist() == [pd.Timestamp("2022-01-01")] * 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"by": "outlit"}, "by 'outlit' is unknown: did you mean 'outlet'"),
        ({"level": "stat"}, "did you mean 'state'"),
        ({"per": "article"}, "did you mean 'articles'"),
        ({"forms": "nmae"}, "did you mean 'name'"),
        ({"top": 0}, "keeps nothing"),
    ],
)
def test_a_misspelling_is_one_sentence_with_the_nearest_word(made, options, words):
    articles, _, mentions = made
    with pytest.raises(ParleyError, match=words):
        share(articles, mentions, **options)


def test_a_missing_column_is_named(made):
    articles, _, mentions = made
    with pytest.raises(ParleyError, match="articles has no column 'n_words'"):
        share(articles.drop(columns="n_words"), mentions)


@pytest.mark.parametrize("by", [(), "outlet", ["outlet", "week"]])
def test_nothing_gives_an_empty_answer_with_a_reason(made, by):
    articles, _, mentions = made
    for a, m in [(articles, mentions[:0]), (articles[:0], mentions), (articles[:0], mentions[:0])]:
        frame = share(a, m, by=by)
        assert frame.empty and "no mention" in frame.attrs["reason"]


def test_one_article_has_a_figure_without_an_interval(made):
    articles, _, mentions = made
    frame = share(articles[:1], mentions)
    assert frame["estimate"].gt(0).all() and frame["low"].isna().all()
    assert not frame["enough"].any()


def gathered(seed, stories=60):
    """Articles of stories that are about NATO or are not: 0.8 mentions per 300 words on average."""
    random = np.random.default_rng(seed)
    copies = 1 + random.poisson(2, stories)
    story = np.repeat(np.arange(stories), copies)
    words = random.integers(150, 450, len(story))
    said = random.poisson(random.gamma(0.7, 0.8 / 0.7, stories)[story] * words / 300)
    articles = pd.DataFrame({"article_id": [f"{n:04d}" for n in range(len(story))]}).assign(
        outlet="X", published=pd.NaT, n_words=words, story_id=story, is_first=True
    )
    article = np.repeat(articles["article_id"].to_numpy(), said)
    return articles, pd.DataFrame({"article_id": article, "start": 0, "actor_id": "nato"})


def test_intervals_of_a_rate_cover_it_where_poissons_do_not():
    covered, naive, runs, truth = 0, 0, 240, 0.8 / 0.3
    for seed in range(runs):
        articles, mentions = gathered(seed)
        row = share(articles, mentions, copies=True, seed=seed, resamples=300).iloc[0]
        covered += row["low"] <= truth <= row["high"]
        error = 1.96 * 1000 * np.sqrt(len(mentions)) / articles["n_words"].sum()
        naive += abs(row["estimate"] - truth) <= error
    assert 0.92 <= covered / runs <= 0.98
    assert naive / runs < 0.75

"""Tables counted on disk give what the rows themselves give, to the last digit."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from parley import measure
from parley.errors import ParleyError
from parley.measure import bootstrap

from tests.measure.conftest import ACTORS, corpus, stances

SHARES = [
    {},
    {"by": "outlet", "level": "state"},
    {"by": ["outlet", "week"], "level": "bloc", "copies": True},
    {"per": "articles", "top": 2},
    {"per": "mentions", "level": "bloc", "forms": ["name"], "by": "outlet"},
]
MATRICES = [
    {},
    {"by": "outlet", "level": "state"},
    {"level": "bloc", "voice": "outlet"},
    {"voice": "quoted", "copies": True, "by": "week"},
]


def on_disk(rows, tmp_path):
    """The rows as a dataset of several Parquet files, in an order of their own."""
    mixed = rows.sample(frac=1, random_state=0)
    table = pa.Table.from_pandas(mixed, preserve_index=False)
    ds.write_dataset(
        table, tmp_path, format="parquet", max_rows_per_file=200, max_rows_per_group=100
    )
    return ds.dataset(tmp_path)


def in_memory(rows):
    return ds.dataset(pa.Table.from_pandas(rows, preserve_index=False))


def same(first, second):
    assert_frame_equal(first, second, check_exact=True)
    assert repr(first.attrs) == repr(second.attrs)  # as text, for nan is not nan


def mixed_mentions(articles, mentions, seed):
    """Persons among the actors, mentions of nobody known, pronouns, and articles out of reach."""
    random = np.random.default_rng(seed)
    known = random.choice([*ACTORS["actor_id"], None], len(mentions))
    form = random.choice(["name", "pronoun"], len(mentions))
    beyond = mentions.head(7).assign(article_id="beyond")
    return pd.concat([mentions.assign(actor_id=known, form=form), beyond.assign(form="name")])


@pytest.mark.parametrize("options", SHARES, ids=str)
def test_shares_are_those_of_the_rows(options, made, tmp_path):
    articles, _, mentions = made
    rows = mixed_mentions(articles, mentions, 1)
    given = [measure.mention_share(table, articles, ACTORS, resamples=100, **options)
             for table in (rows, on_disk(rows, tmp_path))]  # fmt: skip
    assert len(given[0])
    same(*given)


@pytest.mark.parametrize("options", MATRICES, ids=str)
def test_positions_are_those_of_the_rows(options, made, tmp_path):
    articles, _, _ = made
    rows = stances(articles)
    given = [measure.stance_matrix(table, articles, ACTORS, resamples=100, **options)
             for table in (rows, on_disk(rows, tmp_path))]  # fmt: skip
    assert len(given[0])
    same(*given)


def test_differences_are_those_of_the_rows(made, tmp_path):
    articles, _, mentions = made
    same(*(measure.mention_difference(table, articles, ACTORS, resamples=50)
           for table in (mentions, on_disk(mentions, tmp_path / "m"))))  # fmt: skip
    rows = stances(articles)
    weeks = {"by": "week", "study": "2022-01-10", "reference": "2022-01-03", "resamples": 50}
    same(*(measure.position_shift(table, articles, ACTORS, **weeks)
           for table in (rows, on_disk(rows, tmp_path / "s"))))  # fmt: skip


@settings(max_examples=25)
@given(
    st.integers(0, 10_000),
    st.integers(1, 8),
    st.sampled_from([0.0, 1.0, 6.0]),
    st.sampled_from(SHARES),
)
def test_any_corpus_counts_the_same(seed, stories, copies, options):
    """Few stories with many rows each: the evidence then takes several rows of one article."""
    articles, _, mentions = corpus(seed, stories=stories, copies=copies)
    rows = mixed_mentions(articles, mentions, seed)
    same(*(measure.mention_share(table, articles, ACTORS, resamples=20, **options)
           for table in (rows, in_memory(rows))))  # fmt: skip


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 5), st.integers(1, 200), st.sampled_from(MATRICES))
def test_any_positions_count_the_same(seed, stories, count, options):
    articles, _, _ = corpus(seed, stories=stories)
    rows = stances(articles, seed, rows=count)
    same(*(measure.stance_matrix(table, articles, ACTORS, resamples=20, **options)
           for table in (rows, in_memory(rows))))  # fmt: skip


def test_an_empty_table_says_so(made):
    articles, _, mentions = made
    frame = measure.mention_share(in_memory(mentions.head(0)), articles, ACTORS)
    assert frame.empty
    assert "no mention" in frame.attrs["reason"]


def test_a_measure_that_reads_rows_says_so(made):
    articles, sentences, mentions = made
    for ask in (
        lambda: measure.tone(in_memory(mentions), sentences, articles, ACTORS),
        lambda: measure.dispersion(in_memory(mentions), articles, ACTORS),
        lambda: measure.change_points(in_memory(mentions), articles, ACTORS),
    ):
        with pytest.raises(ParleyError, match="lazy"):
            ask()


def test_a_missing_column_is_named(made):
    articles, _, mentions = made
    with pytest.raises(ParleyError, match="no column 'actor_id'"):
        measure.mention_share(in_memory(mentions.drop(columns="actor_id")), articles, ACTORS)


def test_draws_that_are_not_kept_are_the_same_draws(made, monkeypatch):
    articles, _, mentions = made
    kept = measure.mention_share(mentions, articles, ACTORS, by="outlet", resamples=30)
    monkeypatch.setattr(bootstrap, "_HELD", 0)
    monkeypatch.setattr(bootstrap, "_WEIGHTS", 200)
    same(kept, measure.mention_share(mentions, articles, ACTORS, by="outlet", resamples=30))

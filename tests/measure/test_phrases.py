"""Collocations against nltk."""

import numpy as np
import pytest
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from parley.errors import ParleyError
from parley.measure import collocations

from tests.measure.conftest import texts


def phrases(random, number):
    return ["security", "guarantees"] * 2


@pytest.mark.parametrize("window", [2, 3])
def test_counts_and_scores_are_nltks(window):
    articles = texts(1, articles=1, words=3000, extra=phrases)
    frame = collocations(articles, least=4, window=window, stop=(), top=None)
    words = articles["text"].iloc[0].rstrip(".").split()
    finder = BigramCollocationFinder.from_words(words, window_size=window)
    finder.apply_freq_filter(4)
    measures = BigramAssocMeasures()
    theirs = dict(finder.score_ngrams(measures.likelihood_ratio))
    assert len(frame) == len(theirs)
    mutual = dict(finder.score_ngrams(measures.pmi))
    for row in frame.itertuples():
        assert row.n == finder.ngram_fd[row.first, row.second]
        chance = -np.log2(row.n / (window - 1) / len(words))
        assert row.npmi == pytest.approx(mutual[row.first, row.second] / chance, rel=1e-6)
        assert abs(row.g2) == pytest.approx(theirs[row.first, row.second], rel=1e-6, abs=1e-5)


def test_a_phrase_is_found_with_its_places():
    articles = texts(1, extra=phrases)
    top = collocations(articles).iloc[0]
    assert (top["first"], top["second"], top["n"]) == ("security", "guarantees", 80)
    assert top["npmi"] > 0.9 and top["articles"] == top["stories"] == 40
    text = articles.set_index("article_id")["text"]
    article, start = top["evidence"][0].split(":")
    assert text[article][int(start) :].startswith("security guarantees")


def test_words_of_two_articles_never_stand_together():
    articles = texts(1, articles=2, words=1).assign(text=["alpha", "beta"])
    assert collocations(articles, least=1).empty


def test_function_words_are_left_out_and_bad_input_is_said():
    articles = texts(1, extra=lambda random, number: ["of", "the"] * 3)
    assert not {"of", "the"} & set(collocations(articles)["first"])
    with pytest.raises(ParleyError, match="window=1 holds no pair"):
        collocations(articles, window=1)
    assert "reason" in collocations(articles[:0]).attrs

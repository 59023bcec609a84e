"""From a number to its sentences."""

import pandas as pd
from parley import explore, measure


def test_the_mark_is_the_mention(study):
    shares = measure.mention_share(study.mentions, study.articles, study.actors)
    behind = explore.sentences_behind(study, shares, n=8)
    surfaces = set(study.mentions["surface"])
    assert len(behind) == 8
    for row in behind.to_dict("records"):
        assert row["text"][row["mark_start"] : row["mark_end"]] in surfaces


def test_the_text_stands_where_it_says(study):
    shares = measure.mention_share(study.mentions, study.articles, study.actors)
    texts = study.articles.set_index("article_id")["text"]
    for row in explore.sentences_behind(study, shares, n=8).to_dict("records"):
        text = texts[row["article_id"]]
        assert text[row["start"] : row["start"] + len(row["text"])] == row["text"]


def test_every_row_gets_a_sentence_before_any_gets_two(study):
    shares = measure.mention_share(study.mentions, study.articles, study.actors).head(4)
    behind = explore.sentences_behind(study, shares, n=4)
    assert set(behind["label"]) == set(shares["name"])


def test_no_sentence_comes_twice(study):
    frame = pd.DataFrame({"name": ["one", "other"], "evidence": [("x",), ("x",)]})
    key = study.sentences.iloc[0]
    same = (f"{key['article_id']}:{key['start']}",)
    behind = explore.sentences_behind(study, frame.assign(evidence=[same, same]))
    assert len(behind) == 1


def test_keys_of_another_window_are_passed_over(study):
    frame = pd.DataFrame({"name": ["gone"], "evidence": [("no-such-article:3",)]})
    behind = explore.sentences_behind(study, frame)
    assert behind.empty and "text" in behind.columns


def test_a_quotation_shows_the_sentences_it_runs_over(study):
    quotes = study.quotes.assign(length=study.quotes["end"] - study.quotes["start"])
    long = quotes.nlargest(1, "length").iloc[0]
    frame = pd.DataFrame({"name": ["q"], "evidence": [(f"{long['article_id']}:{long['start']}",)]})
    [row] = explore.sentences_behind(study, frame).to_dict("records")
    assert row["mark_start"] >= 0 and row["mark_end"] <= len(row["text"])
    assert len(row["text"]) >= min(long["length"], 600)


def test_a_quotation_that_begins_with_a_name_is_marked_whole(study):
    starts = ["article_id", "start"]
    both = study.quotes.merge(study.mentions, on=starts, suffixes=("", "_mention"))
    one = both[both["end"] > both["end_mention"]].iloc[0]
    frame = pd.DataFrame({"name": ["q"], "evidence": [(f"{one['article_id']}:{one['start']}",)]})
    [whole] = explore.sentences_behind(study, frame, of="quotes").to_dict("records")
    [name] = explore.sentences_behind(study, frame).to_dict("records")
    assert whole["mark_end"] - whole["mark_start"] == one["end"] - one["start"]
    assert name["mark_end"] - name["mark_start"] == one["end_mention"] - one["start"]


def test_the_strongest_are_one_of_each_story(study):
    shares = measure.mention_share(study.mentions, study.articles, study.actors).head(1)
    behind = explore.strongest(study, shares, "negative", n=5)
    story = study.articles.set_index("article_id")["story_id"]
    assert behind["article_id"].map(story).is_unique


def test_some_sentences_are_the_same_for_the_same_seed(study):
    one, same, other = (explore.some_sentences(study, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one["text"].equals(other["text"])


def test_copied_stories_are_told_more_than_once(study):
    stories = explore.copied_stories(study.articles)
    assert (stories["articles"] > 1).all()
    assert stories["articles"].sum() - len(stories) == int((~study.articles["is_first"]).sum())

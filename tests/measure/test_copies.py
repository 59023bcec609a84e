"""With and without copies."""

from parley.measure import compare_copies, mention_share

from tests.measure.conftest import ACTORS, corpus


def test_both_sides_are_those_of_mention_share():
    articles, _, mentions = corpus(2, stories=30)
    both = compare_copies(mentions, articles, ACTORS, by="outlet", resamples=100)
    for label, copies in (("first", False), ("copies", True)):
        one = mention_share(mentions, articles, ACTORS, by="outlet", copies=copies, resamples=100)
        merged = both.merge(one, on=["outlet", "actor_id"])
        assert (merged[f"estimate_{label}"] == merged["estimate"]).all()
        assert len(merged) == len(one)


def test_a_much_copied_story_moves_the_ranks():
    articles, _, mentions = corpus(2, stories=30, copies=0)
    loud = articles.iloc[[0]]
    more = [loud.assign(article_id=f"copy-{i}", is_first=False) for i in range(60)]
    said = mentions.iloc[[0]].assign(actor_id="eu")
    import pandas as pd

    articles = pd.concat([articles, *more])
    ids = [*loud["article_id"], *(f"copy-{i}" for i in range(60))]
    many = pd.concat([said.assign(article_id=one, start=9000 + k) for one in ids for k in range(9)])
    both = compare_copies(pd.concat([mentions, many]), articles, ACTORS, resamples=50)
    eu = both.set_index("actor_id").loc["eu"]
    assert (eu["rank_first"], eu["rank_copies"], eu["differs"]) == (4, 1, True)
    assert both.attrs["ranks_differ"]


def test_without_copies_nothing_moves():
    articles, _, mentions = corpus(2, stories=30, copies=0)
    both = compare_copies(mentions, articles, ACTORS, resamples=50)
    assert not both.attrs["ranks_differ"] and (both["moved"] == 0).all()

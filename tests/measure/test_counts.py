"""Named, quoted, acting, acted upon."""

import pandas as pd
from parley.measure import actor_counts

from tests.measure.conftest import ACTORS, events, quotes


def test_counts_are_those_of_pandas(made):
    articles, _, mentions = made
    articles, said = quotes(articles)
    done = events(articles)
    frame = actor_counts(mentions, articles, ACTORS, quotes=said, events=done, copies=True)
    expected = {
        "mentions": mentions["actor_id"].value_counts(),
        "quoted": said["actor_id"].value_counts(),
        "acting": done["source_id"].value_counts(),
        "acted_upon": done["target_id"].value_counts(),
    }
    for row in frame.itertuples():
        for role, counts in expected.items():
            assert getattr(row, role) == counts.get(row.actor_id, 0)
        assert len(row.evidence) == len(set(row.evidence)) == 20
        where = [
            t.loc[t[c] == row.actor_id, "article_id"]
            for t, c in (
                (mentions, "actor_id"),
                (said, "actor_id"),
                (done, "source_id"),
                (done, "target_id"),
            )
        ]
        assert row.articles == pd.concat(where).nunique()


def test_levels_groups_and_nothing(made):
    articles, _, mentions = made
    weekly = actor_counts(mentions, articles, ACTORS, by="week", level="bloc", copies=True)
    assert (
        set(weekly["actor_id"]) == {"nato", "eu", "csto"} and weekly["week"].is_monotonic_increasing
    )
    assert "no actor" in actor_counts(mentions[:0], articles, ACTORS).attrs["reason"]
    assert actor_counts(mentions, articles[:0], ACTORS, by="outlet").empty

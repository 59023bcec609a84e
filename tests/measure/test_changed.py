"""Two windows against each other."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from parley.errors import ParleyError
from parley.measure import mention_share, what_changed

from tests.measure.conftest import ACTORS, corpus, quotes, stances


def window(seed, *, actors=("nato", "russia", "poland"), **options):
    """One window's tables; ids of two windows never meet."""
    articles, _, mentions = corpus(seed, stories=80, copies=0.5, actors=actors)
    articles = articles.assign(story_id=f"{seed}-" + articles["story_id"])
    articles, said = quotes(articles, seed)
    return {
        "articles": articles,
        "mentions": mentions.assign(surface="x", kind="organisation"),
        "quotes": said,
        "stances": stances(articles, seed, **options),
        "actors": ACTORS,
    }


def _noise(mentions):
    return np.random.default_rng(len(mentions)).uniform(0.1, 0.2, len(mentions))


def test_two_draws_of_one_truth_show_no_change():
    frame = what_changed(window(1), window(2), resamples=300)
    assert set(frame["what"]) >= {"mentions", "share of quotations", "sentiment", "position"}
    shown = frame[frame["verdict"].isin(["up", "down", "new"])]
    assert len(shown) <= 1, shown
    assert (frame["verdict"] == "no change shown").sum() > 10


def test_what_did_change_is_shown():
    now, before = window(1, favor=0.8, against=0.1), window(2, favor=0.1, against=0.8)
    loud = now["mentions"][now["mentions"]["actor_id"] == "nato"]
    more = [loud.assign(start=loud["start"] + 1000 * k) for k in (1, 2, 3)]
    ids = now["articles"]["article_id"].iloc[::4]
    new = pd.DataFrame({"article_id": ids, "sentence": 0, "start": 7, "actor_id": "csto"})
    strange = new.assign(actor_id=None, surface="Ms Novel", kind="person", start=8)
    now["mentions"] = pd.concat([now["mentions"], *more, new, strange], ignore_index=True)
    now["mentions"] = now["mentions"].assign(negative=0.8, positive=_noise(now["mentions"]))
    before["mentions"] = before["mentions"].assign(positive=_noise(before["mentions"]))
    now["articles"]["text"] += np.where(np.arange(len(now["articles"])) % 3, " embargo embargo", "")
    frame = what_changed(now, before, resamples=300).set_index(["what", "id"])["verdict"]
    assert frame["mentions", "nato"] == "up"
    assert frame["sentiment", "nato"] == "down"
    assert frame["position", "russia>nato"] == "up"
    assert frame["new name", "csto"] == "new" and frame["new name", "Ms Novel"] == "new"
    assert frame["new word", "embargo"] == "up"


def test_figures_are_those_of_the_single_measures():
    now, before = window(1), window(2)
    frame = what_changed(now, before, resamples=50)
    row = frame[(frame["what"] == "mentions") & (frame["id"] == "russia")].iloc[0]
    for side, tables in (("study", now), ("reference", before)):
        share = mention_share(tables["mentions"], tables["articles"], ACTORS, resamples=10)
        expected = share.set_index("actor_id").loc["russia", "estimate"]
        assert row[f"{side}_estimate"] == pytest.approx(expected)


def test_an_article_of_both_windows_counts_once():
    now = window(1)
    before = {name: pd.concat([now[name], window(2)[name]]) for name in now}
    frame = what_changed(now, before, resamples=50)
    again = what_changed(now, window(2), resamples=50)
    pd.testing.assert_frame_equal(frame, again)


def test_attributes_serve_as_well_and_what_is_absent_is_named():
    now, before = window(1), window(2)
    del now["quotes"], before["quotes"]
    one = what_changed(SimpleNamespace(**now), SimpleNamespace(**before), resamples=20)
    pd.testing.assert_frame_equal(one, what_changed(now, before, resamples=20))
    assert one.attrs["without"] == ["share of quotations"]


def test_an_empty_window_is_an_answer_and_no_articles_an_error():
    now, before = window(1), window(2)
    before["articles"] = before["articles"][:0]
    frame = what_changed(now, before)
    assert frame.empty and "one window holds no articles" in frame.attrs["reason"]
    with pytest.raises(ParleyError, match="the study of what_changed has no table of articles"):
        what_changed({}, before)
    few = {name: table[:0] if name != "actors" else table for name, table in window(3).items()}
    few["articles"] = window(3)["articles"][:3]
    frame = what_changed(now, few, resamples=20)
    assert len(frame) and set(frame["verdict"]) == {"too few to say"}

"""Sentences about positions, deeds, changes and trust."""

import pandas as pd
from parley import explore, tables

SOME = pd.DataFrame({"any": [1]})


def positions() -> pd.DataFrame:
    rows = [
        ("Russia", "NATO enlargement", -0.9, -1.0, -0.6, 30, True),
        ("Poland", "Sanctions", 0.8, 0.4, 1.0, 12, True),
        ("Germany", "Sanctions", 0.1, -0.3, 0.4, 40, True),
        ("Chad", "Talks", 1.0, 1.0, 1.0, 2, False),
    ]
    columns = ["holder", "target", "estimate", "low", "high", "n", "enough"]
    return pd.DataFrame(rows, columns=columns).assign(target_kind="issue")


def test_positions_that_are_plain_are_said():
    assert explore.say_positions(positions(), SOME) == (
        "Most plainly, Russia stands against NATO enlargement, −0.90 (−1.00 to −0.60), n = 30; "
        "Poland stands in favor of sanctions, +0.80 (+0.40 to +1.00), n = 12, where −1 is always "
        "against and +1 always in favor."
    )


def test_no_position_is_sure():
    assert explore.say_positions(positions().iloc[3:], SOME).startswith("Too few articles")
    assert explore.say_positions(positions().iloc[2:], SOME) == (
        "No position is plain: the interval of the one that has enough behind it takes in 0."
    )


def test_an_empty_table_is_said_to_be_empty():
    empty = tables.empty(tables.STANCES)
    assert explore.say_positions(positions().head(0), empty).startswith(
        "This corpus holds no positions"
    )
    assert explore.say_deeds(pd.DataFrame(), empty).startswith("This corpus holds no events")
    assert explore.say_voice(pd.DataFrame(), empty).startswith("This corpus holds no quotations")


def test_deeds_lean_only_where_the_interval_does():
    deeds = pd.DataFrame(
        {"source": ["US"], "target": ["Russia"], "estimate": [-0.5], "low": [-0.8], "high": [-0.2],
         "n": [20], "enough": [True]}
    )  # fmt: skip
    assert "20 times, mostly in conflict: −0.50" in explore.say_deeds(deeds, SOME)
    assert "without a clear balance" in explore.say_deeds(deeds.assign(high=0.1), SOME)


def changes(*verdicts: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "what": "mentions",
            "name": [f"Actor {i}" for i in range(len(verdicts))],
            "reference_estimate": 1.0,
            "study_estimate": 2.5,
            "verdict": list(verdicts),
        }
    )


def test_what_changed_comes_first():
    frame = explore.notable(changes("no change shown", "up"))
    assert frame["name"].tolist() == ["Actor 1", "Actor 0"]
    assert frame["changed"].tolist() == [True, False]


def test_changes_are_counted_and_named():
    said = explore.say_changes(changes("up", "no change shown", "too few to say"))
    assert said == (
        "Against the window before, 1 of 2 comparisons shows a change: Actor 0 up in mentions, "
        "from 1.00 to 2.50."
    )


def test_a_position_that_changed_is_that_of_somebody_on_something():
    moved = changes("down").assign(what="position", name="United States \u2192 Sanctions")
    assert "the position of the United States on sanctions down, from 1.00 to 2.50" in (
        explore.say_changes(moved.assign(target_kind="issue"))
    )


def test_no_change_is_not_said_of_too_few():
    assert explore.say_changes(changes("no change shown")) == (
        "No difference beyond chance from the window before, in 1 comparison."
    )
    assert explore.say_changes(changes("no change shown", "too few to say", "too few to say")) == (
        "No difference beyond chance from the window before, in 1 comparison (2 more have too few "
        "stories to say)."
    )
    assert explore.say_changes(changes("too few to say")).startswith("Too few articles to say")


def test_trust_before_anybody_has_coded():
    empty = pd.DataFrame(columns=["label", "measure", "estimate"])
    assert "parley sample-for-coding CORPUS --task stance" in explore.say_trust(
        empty, task="stance"
    )


def test_one_speaker_alone_is_followed_by_nobody():
    voices = pd.DataFrame(
        {"name": ["Peskov", "Lavrov"], "estimate": 0.4, "low": 0.2, "high": 0.6}
    ).assign(enough=[True, False])
    said = explore.say_voice(voices, SOME)
    assert said.startswith("Peskov is quoted most, with 40%")
    assert "follows" not in said
    alone = explore.say_voice(voices.head(1), SOME)
    assert alone == "Peskov says 40% (20% to 60%) of the quotations whose speaker is known."


def test_speakers_quoted_as_often_are_named_together():
    voices = pd.DataFrame({"name": ["Russia", "United States", "NATO"], "enough": True,
                           "estimate": [0.2, 0.2, 0.1], "low": 0.1, "high": 0.3})  # fmt: skip
    assert explore.say_voice(voices, SOME) == (
        "Russia and the United States are quoted most, with 20% (10% to 30%) and 20% (10% to 30%) "
        "of the quotations whose speaker is known."
    )
    apart = explore.say_voice(voices.iloc[1:], SOME)
    assert apart.endswith("NATO follows with 10% (10% to 30%), and their intervals overlap.")


def test_quotations_that_all_end_surely_want_no_note():
    assert explore.say_cut(pd.DataFrame({"closed": [True, None]})) == ""

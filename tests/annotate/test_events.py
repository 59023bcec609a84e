"""Events: the hand-written cases, and what keeps words and deeds apart."""

import json
from pathlib import Path

import pandas as pd
import pytest
from parley import tables, terms
from parley.annotate.document import annotate
from parley.annotate.encoder import load_encoder
from parley.annotate.events import events_of
from parley.annotate.registry import load_registry
from parley.annotate.stance import judge, stances_of

GOLD = Path(__file__).parents[1] / "gold" / "events.jsonl"
CASES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
REGISTRY = load_registry()
ENCODER = load_encoder(threads=1)


def tables_of(texts: list[str]) -> tuple[pd.DataFrame, ...]:
    """Everything that `judge` needs, of some texts."""
    published = pd.Timestamp("2022-02-01", tz="UTC")
    ids = [f"a{n}" for n in range(len(texts))]
    articles = pd.DataFrame(
        {"article_id": ids, "title": None, "text": texts, "published": published}
    )
    made = annotate(articles, registry=REGISTRY, encoder=ENCODER)
    annotations = (made["sentences"], made["mentions"], made["quotes"])
    return (articles, *annotations, REGISTRY.actors, REGISTRY.issues)


def events(*texts: str, encoder: object = ENCODER) -> pd.DataFrame:
    return events_of(judge(*tables_of(list(texts)), encoder=encoder))


def right(case: dict, rows: pd.DataFrame) -> bool:
    """Whether the events are those of the case, each with one of the codes that it allows."""
    told = [(r.source_id, r.target_id, r.event) for r in rows.itertuples()]
    if len(told) != len(case["events"]):
        return False
    for source, target, codes in case["events"]:
        pairs = {(source, target)} | ({(target, source)} if case["either_way"] else set())
        if not any((a, b) in pairs and event in codes for a, b, event in told):
            return False
    return True


@pytest.mark.parametrize("part", ["dev", "test", "newswire"])
def test_eight_in_ten_hand_written_cases_are_right(part: str) -> None:
    cases = [case for case in CASES if case["part"] == part]
    found = events(*(case["text"] for case in cases))
    by_case = [found[found["article_id"] == f"a{n}"] for n in range(len(cases))]
    wrong = [
        f"{case['text']} {rows[['source_id', 'target_id', 'event']].values.tolist()}"
        for case, rows in zip(cases, by_case, strict=True)
        if not right(case, rows)
    ]
    assert len(wrong) <= 0.2 * len(cases), "\n".join(wrong)


def test_the_rows_are_an_events_table() -> None:
    found = tables.check(events(*(case["text"] for case in CASES[::6])), tables.EVENTS)
    assert (found["quad"] == found["event"].map(terms.EVENTS)).all()


def test_words_and_deeds_are_in_different_quads() -> None:
    found = events("Russia threatened Poland.", "Russia attacked Ukraine.")
    assert found["quad"].tolist() == ["verbal conflict", "material conflict"]


def test_what_is_supposed_or_denied_is_no_event() -> None:
    assert events("If Russia attacks Poland, all is lost.", "China denied arming Russia.").empty


@pytest.mark.parametrize(
    "text",
    [
        "Russia will attack Poland.",
        "Russia vowed to attack Poland.",
        "Russia plans to bomb Poland.",
    ],
)
def test_an_announcement_is_no_act(text: str) -> None:
    assert events(text)["event"].tolist() == ["THREATEN"]


def test_what_may_be_is_no_event() -> None:
    assert events("Russia may attack Poland.", "Russia might support Iran.").empty


def test_sanctions_are_no_arrest() -> None:
    assert events("Washington imposed sanctions on Iran.")["event"].tolist() == ["SANCTION"]
    assert events("Australia arrested Novak Djokovic.")["event"].tolist() == ["COERCE"]


@pytest.mark.parametrize(
    "text",
    [
        "Ben Wallace flew to Helsinki to warn Finland of Russia.",
        "Alexander Lukashenko warned that Armenia could be the next victim.",
        "The ministers of NATO met in Warsaw at the invitation of Poland.",
        "India and Brazil did not sign the declaration.",
    ],
)
def test_a_friend_warned_and_a_fellow_are_done_nothing(text: str) -> None:
    assert events(text).empty


def test_the_attacked_is_not_the_attacker() -> None:
    found = events("Ukraine was invaded by Russia.")
    assert found[["source_id", "target_id"]].values.tolist() == [["russia", "ukraine"]]


def test_what_two_do_to_each_other_is_told_both_ways() -> None:
    found = events("Thailand and Cambodia accused each other of firing first.")
    told = set(found[["source_id", "target_id", "event"]].itertuples(index=False, name=None))
    assert told == {("thailand", "cambodia", "ACCUSE"), ("cambodia", "thailand", "ACCUSE")}


def test_one_judgement_serves_both_tables() -> None:
    pairs = judge(*tables_of(["Germany condemned Iran."]), encoder=ENCODER)
    assert stances_of(pairs).query("stance == 'against'")["holder_id"].tolist() == ["germany"]
    assert events_of(pairs)["event"].tolist() == ["ACCUSE"]


def test_without_an_encoder_the_grammar_names_what_it_can() -> None:
    found = events("Germany condemned Iran.", "Olaf Scholz waved to Xi Jinping.", encoder=None)
    assert found[["source_id", "event", "how"]].values.tolist() == [
        ["germany", "ACCUSE", "rule:condemn"]
    ]

"""Which actor a name means: on the seed article, and the reasons that are given for it."""

import json
import re
from pathlib import Path

import pytest
from parley.annotate.mentions import RESOLVED, linking, mentions_of
from parley.annotate.mentions.help import explain
from parley.annotate.mentions.page import Page
from parley.errors import ParleyError

from tests.annotate.conftest import REGISTRY, found, frames, page

FACTS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "gold" / "seed_mentions.jsonl").open(encoding="utf-8")
]


def place(text: str, surface: str, occurrence: int) -> int:
    """Where the surface stands for the nth time (counted from 0) as a word of its own."""
    spans = list(re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text))
    return spans[occurrence].start()


@pytest.fixture(scope="module")
def seed(shared):
    """The seed article's text and its resolved mentions: where, surface, actor."""
    from parley.annotate.sentences import split_sentences

    (file,) = (shared / "corpora" / "seed").glob("*.txt")
    text = re.sub(r"\n+", "\n\n", file.read_text(encoding="utf-8"))
    articles, _ = frames(text)
    sentences = split_sentences(articles.assign(title=None))
    made = Page.of(text, sentences, "2022-01-14", REGISTRY)
    every = [one for one in mentions_of(made) if one.probability >= RESOLVED]
    return text, {(*made.span(one), one.actor_id) for one in every}


def expected(text: str, *, optional: bool):
    return {
        (at, at + len(fact["surface"]), fact["actor_id"])
        for fact in FACTS
        if optional or not fact.get("optional")
        for at in [place(text, fact["surface"], fact["occurrence"])]
    }


def test_seed_article_95_in_100_mentions_are_found_with_the_right_actor(seed):
    text, resolved = seed
    wanted = expected(text, optional=False)
    missed = {(text[start:end], actor) for start, end, actor in wanted - resolved}
    assert len(wanted & resolved) >= 0.95 * len(wanted), missed


def test_seed_article_few_are_wrong(seed):
    text, resolved = seed
    wrong = {
        (text[s:e], actor) for s, e, actor in resolved - expected(text, optional=True) if actor
    }
    assert len(wrong) <= 0.03 * len(resolved), wrong


@pytest.mark.parametrize(
    "actor", ["sergei-ryabkov", "dmitry-peskov", "sergei-lavrov", "jake-sullivan", "zbigniew-rau"]
)
def test_seed_article_follows_each_person_from_full_name_to_last_pronoun(seed, actor):
    text, resolved = seed
    wanted = {fact for fact in expected(text, optional=False) if fact[2] == actor}
    assert wanted <= resolved


def test_an_alias_is_read_by_the_day():
    assert found("Nur-Sultan was silent.", "2021-05-01") == [("Nur-Sultan", "kazakhstan")]
    assert found("Nur-Sultan was silent.", "2024-05-01") == [("Nur-Sultan", None)]


def test_an_unknown_day_excludes_no_name():
    assert found("Nur-Sultan was silent.", None) == [("Nur-Sultan", "kazakhstan")]


def test_two_actors_of_one_name_are_told_apart_by_the_company_it_keeps():
    sudan = "The RSF took a town in Darfur, Sudan said."
    press = "The RSF counts journalists killed; press freedom suffers."
    assert ("RSF", "rapid-support-forces") in found(sudan)
    assert ("RSF", "reporters-without-borders") in found(press)


def test_a_surname_with_a_hyphen_is_no_first_name():
    named = found("Karine Jean-Pierre spoke. Jean-Pierre left.", "2023-12-01")
    assert [actor for _, actor in named] == ["karine-jean-pierre"] * 2
    another = "The vote was lost, as Jean-Pierre Flurble said to those who had come."
    assert found(another, "2023-12-01") == []


def test_every_verdict_gives_its_reason():
    text = "Polish your nails in Moscow, Georgia, with Bank of America and US Open tickets."
    made = page(text)
    for match in REGISTRY.names.matches(made.tokens):
        assert linking.judge(match, made).why


def test_explain_tells_the_metonym_from_the_place():
    shown = explain("Moscow", text="He lives in Moscow. Moscow denied it.", date="2022-01-13")
    assert shown["taken"].tolist() == [False, True]
    assert shown["why"].iloc[0] == "a place, after 'in'"
    assert shown["actor_id"].iloc[1] == "russia"


def test_explain_says_when_a_name_is_nobodys():
    assert "no actor" in explain("Flurble", date="2022-01-13")["why"].iloc[0]


def test_explain_refuses_a_text_without_the_name():
    with pytest.raises(ParleyError, match="does not hold 'Moscow'"):
        explain("Moscow", text="Paris was calm.")


def test_a_party_tag_or_a_share_ticker_is_no_name_of_the_models():
    text = "Rand Paul (R-Ky.) met Facebook FB chiefs.\nGrace Meng (D) left."
    named = [(11, 15, "organisation", 0.8), (22, 33, "organisation", 0.9), (53, 54, "norp", 0.9)]
    made = page(text)
    found = [made.text[slice(*made.span(one))] for one in mentions_of(made, named)]
    assert found == ["Rand Paul", "Facebook"]

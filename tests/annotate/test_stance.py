"""Positions: the hand-written cases, the table, and the article that the project began from."""

import json
import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parley import tables, terms
from parley.annotate import stance
from parley.annotate.document import annotate
from parley.annotate.encoder import load_encoder
from parley.annotate.registry import load_registry
from parley.annotate.stance import judge, stances_of
from parley.annotate.stance.grammar import read
from parley.annotate.stance.lexicon import lexicon
from parley.annotate.stance.tokens import Party, Speech, Topic, tokens_of
from parley.corpus.clean import clean
from parley.corpus.repair import repair
from parley.paths import LEXICONS

from tests.spans import check_spans

GOLD = Path(__file__).parents[1] / "gold" / "stance.jsonl"
CASES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
REGISTRY = load_registry()
ENCODER = load_encoder(threads=1)


def articles_of(texts: list[str]) -> pd.DataFrame:
    ids = [f"a{n}" for n in range(len(texts))]
    published = pd.Timestamp("2022-02-01", tz="UTC")
    return pd.DataFrame({"article_id": ids, "title": None, "text": texts, "published": published})


@cache
def tables_of(*texts: str) -> tuple[pd.DataFrame, ...]:
    """Articles, sentences, mentions and quotes, as the pipeline makes them."""
    articles = articles_of([*texts])
    made = annotate(articles, registry=REGISTRY, encoder=ENCODER)
    return articles, made["sentences"], made["mentions"], made["quotes"]


def positions(texts: list[str], *, encoder: object = None) -> pd.DataFrame:
    """The stances of some texts, through mentions and quotes as they are found."""
    known = (REGISTRY.actors, REGISTRY.issues)
    return stances_of(judge(*tables_of(*texts), *known, encoder=encoder))


def faults(case: dict, found: pd.DataFrame) -> list[str]:
    """What is missing in a case, or is there without being in it: empty for one that is right."""
    said = found[found["stance"] != "none"].sort_values("probability")
    told = {(r.holder_id, r.target_id): r.stance for r in said.itertuples()}
    must = {(holder, target): label for holder, target, label in case["frames"]}
    may = {(holder, target): label for holder, target, label in case.get("may", [])}
    missed = [f"{pair} {label}, not {told.get(pair)}" for pair, label in must.items()
              if told.get(pair, "none") != label]  # fmt: skip
    extra = [f"{pair} {label}" for pair, label in told.items()
             if pair not in must and may.get(pair) != label]  # fmt: skip
    return missed + extra


def score(part: str, *, encoder: object = None) -> tuple[float, str]:
    """The share of cases that are right in every frame, and the others listed."""
    cases = [case for case in CASES if case["part"] == part]
    found = positions([case["text"] for case in cases], encoder=encoder)
    by_case = [found[found["article_id"] == f"a{n}"] for n in range(len(cases))]
    wrong = {case["text"]: bad for case, rows in zip(cases, by_case, strict=True)
             if (bad := faults(case, rows))}  # fmt: skip
    return 1 - len(wrong) / len(cases), "\n".join(f"{text}: {bad}" for text, bad in wrong.items())


def test_the_cases_are_many_and_cover_what_they_should() -> None:
    assert len(CASES) >= 150
    assert {case["kind"] for case in CASES} == {"actor-actor", "actor-issue", "none or trap"}
    assert sum(case["part"] == "test" for case in CASES) >= 70
    assert len({case["text"] for case in CASES}) == len(CASES)


# The grammar was written beside the development part; the test part was written after it, a third
# of it in language meant to be hard, and nothing was changed to fit that third.
@pytest.mark.parametrize(("part", "least"), [("dev", 0.93), ("test", 0.82), ("newswire", 0.85)])
def test_hand_written_cases_are_right(part: str, least: float) -> None:
    share, failures = score(part, encoder=ENCODER)
    assert share >= least, f"{share:.1%} of {part} are right; the others:\n{failures}"


def test_nine_in_ten_of_all_cases_are_right() -> None:
    shares = {part: score(part, encoder=ENCODER)[0] for part in {case["part"] for case in CASES}}
    right = sum(shares[case["part"]] for case in CASES) / len(CASES)
    assert right >= 0.9, shares


def test_the_grammar_is_right_by_itself() -> None:
    share, failures = score("dev")
    assert share >= 0.9, f"{share:.1%} are right; the others:\n{failures}"


def test_the_rows_are_a_stances_table_and_their_spans_hold() -> None:
    texts = [case["text"] for case in CASES[::5]]
    found = tables.check(positions(texts, encoder=ENCODER), tables.STANCES)
    check_spans(found, articles_of(texts))
    assert (found["how"].str.startswith("rule:") | found["how"].isin(["model", "undecided"])).all()
    assert found.loc[found["cue_start"].notna(), "how"].str.startswith("rule:").all()
    assert not (found["holder_id"] == found["target_id"]).any()


def test_none_is_written_down_too() -> None:
    found = positions(["Olaf Scholz met Emmanuel Macron in Berlin."])
    pairs = found[["holder_id", "target_id", "stance"]].values.tolist()
    assert ["olaf-scholz", "emmanuel-macron", "none"] in pairs
    assert ["emmanuel-macron", "olaf-scholz", "none"] in pairs


def test_a_decision_names_its_words() -> None:
    text = "Hungary refused to condemn Russia."
    row = positions([text]).query("holder_id == 'hungary'").iloc[0]
    assert (row["stance"], row["how"]) == ("none", "rule:refuse+condemn")
    assert text[row["cue_start"] : row["cue_end"]] == "refused to condemn"


def test_the_voice_is_that_of_the_innermost_quote() -> None:
    text = 'Poland backs the sanctions. "We oppose the ceasefire," said Sergei Lavrov.'
    found = positions([text]).query("stance != 'none'").set_index("holder_id")
    assert found.loc["poland", "voice"] == terms.OUTLET_VOICE
    assert found.loc["sergei-lavrov", "voice"] == "0"


def test_a_speaker_in_another_sentence_holds_what_is_said() -> None:
    text = "“Russia is our neighbour. Sanctions are wrong,” Viktor Orbán said on Monday."
    found = positions([text]).query("target_id == 'sanctions' and stance == 'against'")
    assert set(found["holder_id"]) == {"viktor-orban"}


def test_who_stands_outside_the_words_and_in_them_is_paired_where_the_words_are() -> None:
    text = "Speaking in Malta, Robert Abela said that Malta would recognise Palestine."
    found = {(pair.holder, pair.target.name): pair for pair in _pairs(text)}
    assert found["malta", "palestine"].source.start == text.rindex("Malta")


def test_an_encoder_is_asked_with_the_speaker_before_the_words() -> None:
    text = "Joe Biden spoke. “Russia must withdraw its troops from Ukraine at once,” Biden said."
    found = [pair for pair in _pairs(text) if pair.source is None]
    asked = {stance.question(pair, {"joe-biden": "Joe Biden"})[0] for pair in found}
    assert all(question.startswith("Joe Biden said: ") for question in asked)


def held(text: str, holder: str) -> list[tuple[str, str]]:
    found = positions([text], encoder=ENCODER).query("stance != 'none'")
    rows = found[found["holder_id"] == holder]
    return list(zip(rows["target_id"], rows["stance"], strict=True))


def test_the_outlet_holds_what_it_says_in_its_own_voice() -> None:
    assert held("Donald Trump is a liar and a danger.", "outlet") == [("donald-trump", "against")]
    assert held("The sanctions are senseless and harmful.", "outlet") == [("sanctions", "against")]


@pytest.mark.parametrize(
    "text",
    [
        "“Donald Trump is a liar,” said Joe Biden.",
        "Critics say Donald Trump is a liar.",
        "Nigeria is a country of 220 million people.",
        "Donald Trump was called a liar.",
    ],
)
def test_the_outlet_holds_nothing_that_others_say(text: str) -> None:
    assert held(text, "outlet") == []


@pytest.mark.parametrize(
    ("text", "holder", "target"),
    [
        ("Putin recognised two separatist regions of Ukraine on Monday.",
         "vladimir-putin", "ukraine"),
        ("Putin recognised the breakaway Georgian regions.", "vladimir-putin", "georgia"),
        ("Lavrov recalled that no Russian official has ever threatened Ukraine.",
         "russia", "ukraine"),
        ("Zelensky stopped short of calling the Americans wrong.",
         "volodymyr-zelensky", "united-states"),
        ("Putin rejected accusations that Russia was to blame for high prices.",
         "vladimir-putin", "russia"),
        ("Biden ruled out the use of force to deter Russia.", "joe-biden", "russia"),
        ("Russia published a draft that would bar Ukraine from NATO.", "nato", "ukraine"),
        ("NATO condemned the attack on Ukrainian websites.", "nato", "ukraine"),
        ("Sanctions against Russia would be an outrageous step, Dmitry Peskov said.",
         "dmitry-peskov", "russia"),
        ("Le Pen condemned the plan, and Macron, the president, took the flag down.",
         "marine-le-pen", "emmanuel-macron"),
    ],
)  # fmt: skip
def test_a_word_in_reach_is_no_position(text: str, holder: str, target: str) -> None:
    rows = positions([text])
    pair = rows[(rows["holder_id"] == holder) & (rows["target_id"] == target)]
    assert set(pair["stance"]) <= {"none"}


def test_the_contrary_of_an_issue_turns_the_position() -> None:
    assert held("Kenya condemned the annexation.", "kenya") == [("territorial-integrity", "favor")]
    told = held("Ghana called for an end to fossil fuels.", "ghana")
    assert told == [("climate-action", "favor")]
    alone = "Merkel looks forward to a trade deal."  # no word of the lexicon: the encoder decides
    assert held(alone, "angela-merkel") == [("trade-tariffs", "against")]
    text = "Russia's demand that NATO accept no more members was refused."
    assert ("nato-enlargement", "against") in held(text, "russia")


def _pairs(text: str) -> list[stance.Pair]:
    return stance.find_pairs(*tables_of(text), REGISTRY.actors, REGISTRY.issues)


def test_nothing_in_gives_an_empty_table() -> None:
    assert positions(["Nothing of the kind."]).empty


FORMS = [" ".join(words) for entry in lexicon().values() for words in entry]
PARTS = ["Russia", "Ukraine", "NATO", "sanctions", "by", "not", "if", "that", ",", "and", "“", "”",
         "was", "must", "to", "in", "against", "with", "?", "'s", "of", "who", "us",
         "Russia's", "Ukraine's"]  # fmt: skip
WORDS = st.sampled_from(PARTS) | st.sampled_from(FORMS)


def assert_claims_are_sound(text: str, quoted: int) -> None:
    names = [Party(*match.span(), match.group().lower(), "name")
             for match in re.finditer("Russia|Ukraine|NATO", text)]  # fmt: skip
    topics = [Topic(*match.span(), "sanctions") for match in re.finditer("sanctions", text)]
    said = [Speech(quoted, len(text), 0, "russia")] if quoted < len(text) else []
    for claim in read(tokens_of(text, 0, len(text), names, topics, said)):
        assert claim.position.sign in (-1, 0, 1)
        assert 0 < claim.position.sure <= 1
        assert claim.holder != claim.target.name


def one_of_each_class() -> list[str]:
    """A word of every class and part of speech of the lexicon."""
    rows = pd.read_csv(LEXICONS / "stance.csv")
    return list(rows.drop_duplicates(["class", "pos"])["lemma"])


@pytest.mark.parametrize("word", one_of_each_class())
def test_every_class_is_read_under_a_noun_that_has_an_owner(word: str) -> None:
    for frame in ("backed Russia's demand to {}", "condemned Russia's attack by {} of",
                  "refused Russia's {} and its {} to"):  # fmt: skip
        assert_claims_are_sound(f"NATO {frame.format(word, word)} Ukraine.", 90)


@settings(max_examples=400)
@given(st.lists(WORDS, max_size=16), st.integers(0, 40))
@example(["Russia", "attack", "sanctions"], 40)
@example(["NATO", "artillery", "on", "stopping short of", "Ukraine"], 90)
def test_any_words_in_any_order_are_read(words: list[str], quoted: int) -> None:
    assert_claims_are_sound(" ".join(words), quoted)


@pytest.mark.shared
def test_the_first_article_has_nobody_reversed(shared: Path) -> None:
    """The United States against military action, Russia against enlargement and sanctions."""
    raw = next((shared / "corpora" / "seed").glob("*.txt")).read_text(encoding="utf-8")
    found = positions([repair(clean(raw))[0]], encoder=ENCODER)
    state = REGISTRY.actors.set_index("actor_id")["state"]
    said = found[found["stance"] != "none"].assign(holder=found["holder_id"].map(state))
    told = set(zip(said["holder"], said["target_id"], said["stance"], strict=True))
    for expected in (
        ("united-states", "military-action", "against"),
        ("russia", "nato-enlargement", "against"),
        ("russia", "sanctions", "against"),
        ("russia", "united-states", "against"),
        ("poland", "territorial-integrity", "favor"),
    ):
        assert expected in told
    party = said[(said["holder_id"] == "democratic-party-us") & (said["target_id"] == "sanctions")]
    assert party["stance"].tolist() == ["favor"]  # the senators, and not the United States
    assert ("united-states", "russia", "favor") not in told
    assert ("russia", "united-states", "favor") not in told
    assert ("united-states", "military-action", "favor") not in told
    assert not told & {("russia", issue, "favor") for issue in ("nato-enlargement", "sanctions")}
    assert ("poland", "territorial-integrity", "against") not in told

"""The shipped model on sentences whose answers any reader would agree with, and on bad input."""

import json
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parley import paths
from parley.annotate.encoder import Encoder, load_encoder
from parley.errors import ParleyError


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def _span(text: str, part: str) -> tuple[int, int]:
    return text.index(part), text.index(part) + len(part)


def _kinds(text: str, encoder: Encoder) -> dict[str, str]:
    return {text[m.start : m.end]: m.kind for m in encoder.read([text])[0].mentions}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Angela Merkel met Emmanuel Macron in Paris.",
         {"Angela Merkel": "person", "Emmanuel Macron": "person", "Paris": "location"}),
        ("Jordan has closed its border with Syria.", {"Jordan": "location", "Syria": "location"}),
        ("Michael Jordan scored 40 points.", {"Michael Jordan": "person"}),
        ("The World Health Organization praised Brazilian doctors.",
         {"World Health Organization": "organisation", "Brazilian": "norp"}),
        ("They ate turkey at the table.", {}),
    ],
)  # fmt: skip
def test_mentions(encoder, text, wanted):
    found = _kinds(text, encoder)
    got = {name.removeprefix("The ").removeprefix("the "): kind for name, kind in found.items()}
    assert got == wanted


def test_who_says_what(encoder):
    text = "The economy will shrink this year, the minister said on Monday."
    parts = {a.kind: text[a.start : a.end] for a in encoder.read([text])[0].attributions}
    assert parts["source"] == "the minister"
    assert parts["cue"] == "said"
    assert parts["content"].startswith("The economy will shrink")


BOTH = "The mayor was praised for her courage, and the governor was condemned as a coward."


@pytest.mark.parametrize(
    ("text", "target", "wanted"),
    [
        ("Critics called the senator a liar and a disgrace.", "the senator", "negative"),
        ("The senator was hailed as a hero who saved many lives.", "The senator", "positive"),
        ("The senator arrived in Ohio on Tuesday.", "The senator", "neutral"),
        (BOTH, "The mayor", "positive"),
        (BOTH, "the governor", "negative"),
    ],
)
def test_sentiment_toward_the_target_not_of_the_sentence(encoder, text, target, wanted):
    answer = encoder.sentiment([text], [_span(text, target)])[0]
    assert ("negative", "neutral", "positive")[answer.argmax()] == wanted


PLAIN = [
    ("The senator", "The senator arrived in Ohio on Tuesday for two days of meetings."),
    ("Ann Lee", "Reporters asked Ann Lee about the vote on the budget."),
    ("the ministry", "A spokesman for the ministry confirmed the date of the election."),
    ("Oslo", "The delegation returned to Oslo after talks on fishing rights."),
]


def test_running_news_is_held_to_be_neutral_sooner_than_what_was_picked(encoder):
    texts = [text for _, text in PLAIN]
    spans = [_span(text, target) for target, text in PLAIN]
    running, picked = (encoder.sentiment(texts, spans, picked=p)[:, 1] for p in (False, True))
    assert running.mean() > picked.mean()


@pytest.mark.parametrize(
    ("text", "p", "q", "wanted"),
    [
        ("Obama praised Merkel for her courage.", "Obama", "Merkel", "p likes q"),
        ("Obama praised Merkel for her courage.", "Merkel", "Obama", "q likes p"),
        ("Russia condemned Turkey for the attack.", "Russia", "Turkey", "p against q"),
        ("Russia condemned Turkey for the attack.", "Turkey", "Russia", "q against p"),
    ],
)
def test_stance_has_a_direction(encoder, text, p, q, wanted):
    pairs = encoder.pairs([text], [_span(text, p)], [_span(text, q)])
    assert pairs.stances[pairs.stance[0].argmax()] == wanted


@pytest.mark.parametrize(
    ("text", "p", "q", "wanted"),
    [
        ("Israeli jets bombed Hezbollah positions.", "Israeli jets", "Hezbollah", "ASSAULT"),
        ("India and Nepal held talks in Delhi.", "India", "Nepal", "CONSULT"),
        ("Kenya lifted its ban on flights from Somalia.", "Kenya", "Somalia", "YIELD"),
        ("Japan sent food and medicine to Nepal.", "Japan", "Nepal", "AID"),
    ],
)
def test_event_from_one_to_the_other(encoder, text, p, q, wanted):
    pairs = encoder.pairs([text], [_span(text, p)], [_span(text, q)])
    assert pairs.events[pairs.event[0].argmax()] == wanted


def test_a_pair_turned_round_gets_the_mirrored_answer(encoder):
    text = "Obama praised Merkel for her courage."
    one, other = encoder.pairs([text] * 2, [(0, 5), (14, 20)], [(14, 20), (0, 5)]).stance
    np.testing.assert_allclose(one, other[[0, 2, 1, 4, 3]])


def test_a_pair_in_doubt_is_asked_both_ways_and_a_sure_nothing_once(encoder):
    text = "Kenya bombed Somalia, as Peru and Chile marked the day."
    kenya, somalia, peru, chile = (
        _span(text, name) for name in ("Kenya", "Somalia", "Peru", "Chile")
    )
    p, q = [kenya, somalia, peru, chile], [somalia, kenya, chile, peru]
    whole = encoder.pairs([text] * 4, p, q)
    short = encoder.pairs([text] * 4, p, q, sure=0.7)
    np.testing.assert_allclose(short.stance[:2], whole.stance[:2], atol=1e-3)
    np.testing.assert_array_equal(short.event.argmax(1), whole.event.argmax(1))
    np.testing.assert_array_equal(short.stance.argmax(1), whole.stance.argmax(1))
    np.testing.assert_allclose(short.stance[2], short.stance[3][[0, 2, 1, 4, 3]])


def test_stance_toward_has_the_field_s_three_labels(encoder):
    text = "Russia condemned Turkey for the attack."
    favor, against, none = encoder.pairs([text], [(0, 6)], [(17, 23)]).toward()[0]
    assert against > favor
    assert favor + against + none == pytest.approx(1)


def test_valence_tells_a_wedding_from_a_massacre(encoder):
    wedding = "The happy couple danced with their delighted friends."
    glad, sad = encoder.read([wedding, "The massacre killed forty children."])
    assert -1 <= sad.valence < -0.1 < 0.1 < glad.valence <= 1


# ---- results do not depend on what else is asked ---------------------------------------------

SENTENCES = [
    "Ann Lee praised Oslo.",
    "“We will not go,” said Viktor Orban, prime minister of Hungary, in Budapest.",
    "It rained.",
    "The World Bank warned Kenya that its debts, which have doubled since 2015, are too high.",
]


@given(order=st.permutations(range(4)), extra=st.lists(st.text(max_size=300), max_size=4))
@settings(max_examples=15)
def test_batch_mates_change_nothing(order, extra):
    encoder = load_encoder()
    alone = [encoder.read([text])[0] for text in SENTENCES]
    together = encoder.read([SENTENCES[i] for i in order] + extra)
    for place, i in enumerate(order):
        assert together[place].mentions == pytest.approx(alone[i].mentions) or _near(
            together[place], alone[i]
        )
        assert together[place].valence == pytest.approx(alone[i].valence, abs=1e-3)


def _near(one, other) -> bool:
    def plain(found):
        return [(f.start, f.end, f.kind) for f in found]

    sure = zip(one.mentions, other.mentions, strict=True)
    return plain(one.mentions) == plain(other.mentions) and all(
        abs(a.probability - b.probability) < 0.01 for a, b in sure
    )


def test_the_same_question_twice_has_the_same_answer(encoder):
    text = SENTENCES[3]
    answers = encoder.sentiment([text, SENTENCES[0], text], [(4, 14), (0, 7), (4, 14)])
    np.testing.assert_array_equal(answers[0], answers[2])


def test_no_texts_give_no_answers(encoder):
    assert encoder.read([]) == []
    assert encoder.sentiment([], []).shape == (0, 3)
    assert encoder.pairs([], [], []).event.shape[0] == 0


# ---- hard text -------------------------------------------------------------------------------


HARD = [
    "", " ", "x", ".", "😀👍", "שלום עולם", "مرحبا بالعالم", "a\x00b\x07c\u200b", "\ud800 lone",
    "e\u0301" * 40, "\n\n\n", "x" * 50_000, "Ann Lee spoke. " * 3334,
]  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=lambda text: ascii(text[:12]))
def test_hard_text_gets_an_answer(encoder, text):
    reading = encoder.read([text])[0]
    for found in (*reading.mentions, *reading.attributions):
        assert 0 <= found.start < found.end <= len(text)
        assert 0 <= found.probability <= 1
    assert np.isfinite(encoder.sentiment([text], [(0, 1)])).all()


def test_a_very_long_sentence_is_read_to_its_end(encoder):
    text = "The market was quiet and " * 300 + "Angela Merkel resigned in Berlin."
    last = encoder.read([text])[0].mentions[-2:]
    assert [text[m.start : m.end] for m in last] == ["Angela Merkel", "Berlin"]


# ---- the model folder ------------------------------------------------------------------------


def test_no_model_says_how_to_get_one(tmp_path):
    with pytest.raises(ParleyError, match=r"no model in .*restore data/models/encoder"):
        load_encoder(tmp_path)


def test_another_format_is_named(tmp_path):
    (tmp_path / "labels.json").write_text('{"format": 99}')
    with pytest.raises(ParleyError, match="format 99"):
        load_encoder(tmp_path)


def test_a_missing_graph_is_named(tmp_path):
    shutil.copy(paths.ENCODER / "labels.json", tmp_path)
    with pytest.raises(ParleyError, match=r"no lower\.onnx"):
        load_encoder(tmp_path)


def test_a_broken_graph_is_named(tmp_path):
    for name in ("labels.json", "tokenizer.json"):
        shutil.copy(paths.ENCODER / name, tmp_path)
    for name in ("lower", "reading", "marked"):
        (tmp_path / f"{name}.onnx").write_bytes(b"not a graph")
    with pytest.raises(ParleyError, match=r"lower\.onnx is no graph"):
        load_encoder(tmp_path)


def test_the_folder_is_small_and_names_its_data(encoder):
    size = sum(file.stat().st_size for file in paths.ENCODER.iterdir())
    assert size < 40e6
    facts = json.loads((paths.ENCODER / "labels.json").read_text())
    assert {"data", "temperatures", "sha256", "format"} <= set(facts)
    assert encoder.version == facts["sha256"][:12]

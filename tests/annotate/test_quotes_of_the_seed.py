"""The article that the project began from, machine-translated and with broken marks."""

import pytest
from parley import corpus
from parley.annotate import annotate, load_registry

# The first words of each quotation, and who says it.
QUOTED = [
    ("It is certainly", "jake-sullivan"),  # goes on after a mark in the wrong place
    ("We are prepared", "united-states"),  # a sub-head, "USA: ..."
    ("We and our", "jake-sullivan"),
    ("We made Russia", "jake-sullivan"),  # without a cue
    ("if the Russian", "jake-sullivan"),  # its closing mark turned round
    ("We have nowhere", "sergei-ryabkov"),  # a sub-head
    ("We have nowhere", "sergei-ryabkov"),
    ("We will not", "united-states"),  # "he" is a senior US government official
    ("If Russia should", "united-states"),
    ("The risk of", "zbigniew-rau"),
    ("in full recognition", "zbigniew-rau"),
    ("arrogance", "sergei-lavrov"),
]
INDIRECT = [
    ("might neither confirm", "sergei-ryabkov"),
    ("complete break in", "dmitry-peskov"),
    ("expects a written", "sergei-lavrov"),
]


@pytest.fixture(scope="module")
def seed(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("seed")
    corpus.ingest([shared / "corpora" / "seed"], folder)
    study = corpus.open_study(folder)
    quotes = annotate(study.articles)["quotes"]
    return study.articles["text"].iloc[0], quotes.assign(actor_id=state_of_officials(quotes))


def state_of_officials(quotes):
    """The speakers' ids; an unnamed official's government or ministry counts as its state."""
    unnamed = quotes["source_class"] == "unnamed official"
    states = quotes["actor_id"].map(load_registry().state_of, na_action="ignore")
    return quotes["actor_id"].mask(unnamed, states)


@pytest.mark.parametrize(("number", "words", "speaker"), [(n, *q) for n, q in enumerate(QUOTED)])
def test_every_quotation_is_found_and_somebodys(seed, number, words, speaker):
    text, quotes = seed
    before = sum(w == words for w, _ in QUOTED[:number])
    found = [
        row.actor_id
        for row in quotes[quotes["kind"] != "indirect"].itertuples()
        if words in text[row.start : row.end][: len(words) + 160]
    ]
    assert found[before] == speaker


def test_the_broken_quotation_is_one(seed):
    text, quotes = seed
    row = next(r for r in quotes.itertuples() if text[r.start :].startswith("It is certainly"))
    assert text[row.start : row.end].endswith("military action in Ukraine")
    assert row.kind == "direct"


def test_the_title_between_marks_is_no_quotation(seed):
    text, quotes = seed
    at = text.index("Spiegel")
    direct = quotes[quotes["kind"] != "indirect"]
    assert not ((direct["start"] <= at) & (direct["end"] > at)).any()


def test_an_unnamed_official_keeps_his_state_and_is_no_person(seed):
    text, quotes = seed
    row = next(r for r in quotes.itertuples() if text[r.start :].startswith("We will not"))
    assert (row.actor_id, row.source_class) == ("united-states", "unnamed official")


@pytest.mark.parametrize(("words", "speaker"), INDIRECT)
def test_indirect_speech_is_found(seed, words, speaker):
    text, quotes = seed
    said = quotes[quotes["kind"] == "indirect"].itertuples()
    assert speaker in [r.actor_id for r in said if words in text[r.start : r.end][:60]]


@pytest.mark.parametrize(("surface", "voice_of"), [("Washington", "sergei-ryabkov")])
def test_what_is_said_indirectly_is_not_the_outlets(seed, surface, voice_of):
    text, quotes = seed
    at = text.index(surface)
    around = quotes[(quotes["start"] <= at) & (quotes["end"] > at)]
    assert list(around["actor_id"]) == [voice_of]

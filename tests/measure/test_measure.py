"""The room's face, and the laws that every measure keeps."""

import inspect
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from parley import measure

from tests.measure.conftest import ACTORS, corpus, events, quotes, stances, texts

ROOM = Path(measure.__file__).parent


def test_every_public_name_is_there_and_says_what_it_does():
    for name in measure.__all__:
        function = getattr(measure, name)
        assert inspect.isfunction(function), name
        assert function.__doc__ and function.__doc__.splitlines()[0].endswith("."), name


def test_no_function_is_named_as_a_module_that_would_hide_it():
    modules = {path.stem for path in ROOM.glob("*.py")}
    assert not modules & set(measure.__all__)


def test_importing_the_room_loads_nothing_slow():
    code = "import sys; from parley import measure; print(*{'scipy', 'pandas'} & {*sys.modules})"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == ""


def test_modules_stay_within_three_hundred_lines():
    assert [p.name for p in ROOM.glob("*.py") if len(p.read_text().splitlines()) > 300] == []


def tables():
    articles, sentences, mentions = corpus(4, stories=25)
    said_in, said = quotes(articles)
    return {
        "articles": said_in,
        "sentences": sentences,
        "mentions": mentions,
        "quotes": said,
        "stances": stances(articles),
        "events": events(articles),
    }


def doubled(held):
    """Every article a second time, as a copy of its story, with all its rows."""
    both = {}
    for name, rows in held.items():
        again = rows.assign(article_id=rows["article_id"] + "+")
        if name == "articles":
            again = again.assign(is_first=False)
        both[name] = pd.concat([rows, again], ignore_index=True)
    return both


FEW = {"resamples": 30}
MEASURES = {
    "mention_share": lambda t: measure.mention_share(
        t["mentions"], t["articles"], ACTORS, by="outlet", level="bloc", **FEW
    ),
    "mention_difference": lambda t: measure.mention_difference(
        t["mentions"], t["articles"], ACTORS, **FEW
    ),
    "tone": lambda t: measure.tone(
        t["mentions"], t["sentences"], t["articles"], ACTORS, by="week", **FEW
    ),
    "share_of_voice": lambda t: measure.share_of_voice(
        t["quotes"], t["articles"], ACTORS, of="sector", per="words", **FEW
    ),
    "named_sources": lambda t: measure.named_sources(t["quotes"], t["articles"], **FEW),
    "quoted_or_mentioned": lambda t: measure.quoted_or_mentioned(
        t["quotes"], t["mentions"], t["articles"], ACTORS, **FEW
    ),
    "cue_shares": lambda t: measure.cue_shares(t["quotes"], t["articles"], ACTORS, **FEW),
    "voice_difference": lambda t: measure.voice_difference(
        t["quotes"], t["articles"], ACTORS, **FEW
    ),
    "stance_matrix": lambda t: measure.stance_matrix(
        t["stances"], t["articles"], ACTORS, level="state", **FEW
    ),
    "signed_network": lambda t: measure.signed_network(
        t["stances"], t["articles"], ACTORS, level="actor", **FEW
    ),
    "event_table": lambda t: measure.event_table(t["events"], t["articles"], ACTORS, **FEW),
    "event_balance": lambda t: measure.event_balance(t["events"], t["articles"], ACTORS, **FEW),
    "co_mentions": lambda t: measure.co_mentions(t["mentions"], t["articles"], ACTORS, **FEW),
    "dispersion": lambda t: measure.dispersion(t["mentions"], t["articles"], ACTORS, **FEW),
    "change_points": lambda t: measure.change_points(t["mentions"], t["articles"], ACTORS, **FEW),
    "bursts": lambda t: measure.bursts(t["mentions"], t["articles"], ACTORS, ratio=1.2, **FEW),
    "actor_counts": lambda t: measure.actor_counts(
        t["mentions"], t["articles"], ACTORS, quotes=t["quotes"], events=t["events"]
    ),
    "collocations": lambda t: measure.collocations(t["articles"], stop=()),
}


@pytest.mark.parametrize("name", MEASURES)
def test_the_order_of_rows_and_the_index_do_not_matter(name):
    held = tables()
    mixed = {key: rows.sample(frac=1, random_state=5) for key, rows in held.items()}
    assert_frame_equal(MEASURES[name](held), MEASURES[name](mixed))


@pytest.mark.parametrize("name", MEASURES)
def test_doubling_every_storys_copies_changes_nothing_that_is_deduplicated(name):
    held = tables()
    assert_frame_equal(MEASURES[name](held), MEASURES[name](doubled(held)))


@pytest.mark.parametrize("name", MEASURES)
def test_the_tables_that_are_given_stay_as_they_were(name):
    held = tables()
    before = {key: rows.copy(deep=True) for key, rows in held.items()}
    MEASURES[name](held)
    for key, rows in held.items():
        assert_frame_equal(rows, before[key])


@pytest.mark.parametrize("name", MEASURES)
def test_tables_with_the_stores_dtypes_are_read_too(name):
    held = {key: rows.convert_dtypes() for key, rows in tables().items()}
    frame = MEASURES[name](held)
    assert list(frame.columns) == list(MEASURES[name](tables()).columns)
    assert len(frame) == len(MEASURES[name](tables()))


@pytest.mark.parametrize("name", MEASURES)
def test_an_empty_corpus_has_an_empty_answer_with_a_reason(name):
    frame = MEASURES[name]({key: rows[:0] for key, rows in tables().items()})
    assert frame.empty and frame.attrs["reason"]


def test_the_same_holds_for_words():
    study, reference = texts(1), texts(2)
    twice = pd.concat([study, study.assign(article_id=study["article_id"] + "+", is_first=False)])
    frame = measure.keyness(study, reference, **FEW)
    assert_frame_equal(frame, measure.keyness(twice.sample(frac=1), reference[::-1], **FEW))

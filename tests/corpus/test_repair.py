"""Spun text is mended by rule, on record and to be undone; sound text is never touched."""

import gzip
import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.corpus.clean import clean
from parley.corpus.mends import undo
from parley.corpus.repair import repair


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("They turned once morest it.", "They turned against it."),
        ("Once morest the wind.", "Against the wind."),
        ("On the followingnoon of Friday", "On the afternoon of Friday"),
        ("IThere are warnings.", "There are warnings."),
        ("A title\n\nIIf it comes to that.", "A title\n\nIf it comes to that."),
        ("aid “if they cross the border “.", "aid “if they cross the border”."),
        ("“We are ready ”. So they say.", "“We are ready”. So they say."),
        ("He said ”We are ready” and left.", "He said “We are ready” and left."),
        (
            "He said: “The risk is high.” have decided in favor of it ”. She left.",
            "He said: “The risk is high. … have decided in favor of it”. She left.",
        ),
        ("The end.\n\n.", "The end."),
        (
            "He said. “It is high, he told the council. They left it ”.",
            "He said. “It is high,” he told the council. They left it.",
        ),
        ("Zelenskyâ€™s â€œfriendâ€\x9d", "Zelensky’s “friend”"),
        ("Said to the â€œendâ€œ.", "Said to the “end”."),
        ("A title\n\nADVERTISEMENT\n\nBody.\n\nRead more:", "A title\n\nBody."),
        ("Body.\n\n( Also on POLITICO: Another story)\n\nThe end.", "Body.\n\nThe end."),
    ],
)
def test_a_flaw_is_mended(raw, mended):
    assert repair(raw)[0] == mended


@pytest.mark.parametrize(
    "sound",
    [
        "He tried once more, and the mayor was against it.",
        "“Yes,” he said. “No.”",
        "“It is high.” the minister said, and “it will rise.”",
        "The allies’ refusal; the ’90s; rock ‘n’ roll.",
        "NATO and the EU met. AT&T did not.",
        "USA Today reported. IBM, too.",
        "A ship’s “crew” of 4” guns",
        "Advertisement",
        "A title\n\nAdvertisement pays for it, he said.\n\nThe Associated Press contributed.",
        "“It is so, he said. “And so is this.”",
        "It’s naïve – señor, café",
        "Following talks, they might go; regarding this, however, nothing.",
        "",
    ],
)
def test_sound_text_is_left_alone(sound):
    assert repair(sound) == (sound, [])


PIECES = st.sampled_from(
    "once morest|IThere|“|”| “.| ”.|he said|word|.|\n\n| |a b|â€œ|â€\x9d|Ã¶|Ã\xa0|"
    "\n\nAdvertisement\n\n|, he told them".split("|")
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_mend_is_on_record_and_can_be_undone(raw):
    raw = clean(raw)
    mended, repairs = repair(raw)
    assert all(mended[r.start : r.end] == r.now for r in repairs)
    assert undo(mended, repairs) == raw
    assert len({(r.start, r.end, r.rule) for r in repairs}) == len(repairs)


def test_the_seed_article_reads_as_a_person_would_mend_it(shared):
    (file,) = (shared / "corpora" / "seed").glob("*.txt")
    mended, repairs = repair(clean(file.read_text(encoding="utf-8")))
    assert mended.startswith("There are evidently")
    assert "once morest" not in mended
    assert "border”." in mended
    assert not mended.endswith("\n\n.")
    assert {r.rule for r in repairs} == {
        "spun word",
        "stray first letter",
        "quotation runs on",
        "mark turned around",
        "lone full stop",
    }


def test_sound_newswire_is_hardly_touched(shared):
    """Every mend of these 1,500 articles was read: marks, furniture, two of mojibake."""
    path = shared / "corpora" / "newswire_2012_2020.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for _, line in zip(range(1500), file, strict=False)]
    rules = Counter(r.rule for text in texts for r in repair(clean(text))[1])
    assert set(rules) <= {"mark turned around", "scraping debris", "mojibake"}
    assert rules["mark turned around"] <= 15

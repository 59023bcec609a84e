"""Written sentences as rows: every pair that stance would look at, with what was coded of it."""

import json

import pytest
from parley.annotate.encoder import labels
from parley.evaluate import cases
from parley.train import written

ONE = {
    "text": "Russia condemned sanctions and Poland, which thanked Germany for them.",
    "published": "2022-03-01",
    "frames": [["russia", "poland", "against"], ["poland", "germany", "favor"],
               ["russia", "sanctions", "against"]],
    "may": [["russia", "germany", "against"]],
    "events": [["russia", "poland", ["ACCUSE"]]],
    "may_events": [["poland", "germany", ["SUPPORT"]]],
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("written") / "one.jsonl"
    path.write_text(json.dumps(ONE) + "\n", encoding="utf-8")
    made = written.pairs(path)
    return {frozenset(row.text[slice(*span)] for span in row.roles.values()): row for row in made}


def test_a_position_is_a_row_in_the_direction_in_which_it_is_held(rows):
    row = rows[frozenset(("Russia", "Poland"))]
    holder = {"p": 3, "q": 4}  # of `labels.STANCES`: p, or q, is against the other
    (role,) = [r for r, span in row.roles.items() if row.text[slice(*span)] == "Russia"]
    assert row.label == holder[role]


def test_a_pair_of_which_nothing_is_coded_is_neutral(rows):
    assert labels.STANCES[rows[frozenset(("Poland", "sanctions"))].label] == "neutral"


def test_a_position_that_only_may_be_one_is_no_row(rows):
    assert frozenset(("Russia", "Germany")) not in rows


def test_an_event_that_only_may_be_one_is_left_open(rows):
    events = dict(zip("pq", rows[frozenset(("Poland", "Germany"))].events, strict=True))
    spans = rows[frozenset(("Poland", "Germany"))].roles
    by = {ONE["text"][slice(*span)]: events[role] for role, span in spans.items()}
    assert by == {"Poland": written.UNKNOWN, "Germany": labels.EVENTS.index("NONE")}


def test_what_is_written_to_learn_from_shares_no_six_words_with_what_is_measured_on(gold_texts):
    def sixes(text: str) -> set[tuple[str, ...]]:
        words = text.lower().split()
        return {tuple(words[at : at + 6]) for at in range(len(words) - 5)}

    measured = set().union(*map(sixes, gold_texts))
    shared = [c.text for c in cases.read(written.WRITTEN) if sixes(c.text) & measured]
    assert shared == []


@pytest.fixture
def gold_texts(pytestconfig):
    files = sorted((pytestconfig.rootpath / "tests" / "gold").glob("stance*.jsonl"))
    return [case.text for file in files for case in cases.read(file)]

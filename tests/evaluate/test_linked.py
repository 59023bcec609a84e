"""The scorers of linking and of pronouns, on invented records whose scores are known."""

import gzip
import json
from typing import NamedTuple

import pytest
from parley.errors import ParleyError
from parley.evaluate import current_events, gum, newsfair
from parley.evaluate.linked import Link, as_far

from tests.annotate.conftest import REGISTRY


def link(text: str, surface: str, title: str) -> dict:
    start = text.index(surface)
    return {"start": start, "end": start + len(surface), "title": title}


TEXT = "Israeli airstrikes hit Gaza, Hamas says; Paris Hilton sings in Georgia and Florida."
ITEM = {
    "id": "1",
    "published": "2025-01-01",
    "text": TEXT,
    "links": [
        link(TEXT, "Israeli", "Israel Defense Forces"),
        link(TEXT, "Hamas", "Hamas"),
        link(TEXT, "Georgia", "Georgia (country)"),
        link(TEXT, "airstrikes", "Airstrike"),
    ],
}


def estimates(rows: list[dict]) -> dict[str, float]:
    return {row["metric"]: row["estimate"] for row in rows if row["system"] == "parley"}


@pytest.mark.parametrize("name", ["items.jsonl", "items.jsonl.gz"])
def test_current_events_asks_only_after_titles_that_the_registry_holds(tmp_path, name):
    file, line = tmp_path / name, json.dumps(ITEM).encode() + b"\n"
    file.write_bytes(gzip.compress(line) if name.endswith(".gz") else line)
    rows, details, _ = current_events.evaluate(current_events.read(file))
    assert rows[0]["n"] == 3
    scores = estimates(rows)
    assert scores["links found and right"] == pytest.approx(1 / 3)
    assert scores["links right as far as the words say"] == pytest.approx(2 / 3)
    assert [miss[0] for miss in details["commonest misses"]] == ["Georgia (country)"]


def test_a_link_outside_the_text_is_told(tmp_path):
    bad = {**ITEM, "links": [{"start": 5, "end": 900, "title": "Hamas"}]}
    (tmp_path / "a.jsonl").write_text(json.dumps(bad))
    with pytest.raises(ParleyError, match=r"a.jsonl, line 1: link 5:900 lies outside"):
        current_events.read(tmp_path)


class Row(NamedTuple):
    """What of a mention the scorer looks at."""

    start: int
    end: int
    actor_id: str


@pytest.mark.parametrize(
    ("guess", "span", "gold", "right"),
    [
        ("israel", (0, 7), "israel", True),
        ("israel", (0, 7), "israel-idf", True),  # the link is on "Israeli" alone
        ("israel", (0, 4), "israel-idf", False),  # it is on more than the mention
        ("israel-police", (0, 14), "israel", True),  # the mention is "Israeli police"
        ("israel-police", (0, 7), "israel", False),
        ("israel-police", (0, 14), "israel-idf", False),
        ("benjamin-netanyahu", (0, 22), "israel", True),  # "Israeli prime minister"
        ("palestine", (0, 7), "israel", False),
    ],
)
def test_a_mention_is_right_as_far_as_its_words_say(guess, span, gold, right):
    assert as_far(Row(*span, guess), Link(0, 7, "a title"), gold, REGISTRY) is right


def test_probabilities_that_hold_have_no_calibration_error(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(ITEM))
    rows, _, _ = current_events.evaluate(current_events.read(tmp_path / "a.jsonl"))
    assert 0 <= estimates(rows)["calibration error, later half"] < 0.05


def label(text: str, surface: str, entity: str, kind: str = "OTHER") -> dict:
    start = text.index(surface)
    return {"id": 0, "span": [start, start + len(surface)], "entity_id": entity, "type": kind}


def test_newsfair_scores_held_entities_and_leaves_unmarked_adjectives_alone(tmp_path):
    text = "French President Emmanuel Macron met Joe Biden, and Britons met Ann Lee."
    article = {
        "id": 1,
        "title": "20220114 - Visit",
        "text": text,
        "evaluation_span": [0, len(text)],
        "labels": [
            label(text, "French President Emmanuel Macron", "Q3052772"),
            label(text, "Joe Biden", "Q30"),  # a wrong label: a guess that must count as wrong
            label(text, "Britons", "Q842438", "Q33829"),
            label(text, "Ann Lee", "<NIL>"),
        ],
    }
    (tmp_path / "dev.jsonl").write_text(json.dumps(article))
    scores = estimates(newsfair.evaluate(newsfair.read(tmp_path))[0])
    assert scores["precision, held entities"] == pytest.approx(2 / 3)
    assert scores["recall, held entities"] == pytest.approx(1 / 2)


TSV = """#FORMAT=WebAnno TSV 3.2
#Text=Ann Lee slept .
1-1	0-3	Ann	person[1]	_	_	_	_	coref	2-1[0_1]
1-2	4-7	Lee	person[1]	_	_	_	_	_	_
1-3	8-13	slept	_	_	_	_	_	_	_
1-4	14-15	.	_	_	_	_	_	_	_

#Text=She woke .
2-1	16-19	She	person	_	_	_	_	_	_
2-2	20-24	woke	_	_	_	_	_	_	_
2-3	25-26	.	_	_	_	_	_	_	_
"""


def test_gum_follows_the_chain(tmp_path):
    (tmp_path / "a.tsv").write_text(TSV)
    (article,) = gum.read(tmp_path)
    assert article.text.startswith("Ann Lee slept .\n\nShe woke .")
    assert [[article.text[s:e] for s, e in chain] for chain in article.chains] == [
        ["Ann Lee", "She"]
    ]
    rows, _, _ = gum.evaluate([article])
    assert [(row["n"], row["estimate"]) for row in rows] == [(1, 1.0), (1, 1.0)]

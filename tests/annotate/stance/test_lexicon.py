"""The forms of the lexicon's verbs are those that writers use."""

import csv
import re

import pytest
from parley import paths
from parley.annotate.stance.lexicon import PAST, gapped, lexicon

IRREGULAR = {
    "begin": "began", "blow": "blew", "bring": "brought", "draw": "drew", "drive": "drove",
    "fall": "fell", "freeze": "froze", "go": "went", "hold": "held", "keep": "kept", "lend": "lent",
    "pay": "paid", "shake": "shook", "sit": "sat", "strike": "struck", "swing": "swung",
    "take": "took", "tear": "tore", "throw": "threw", "undertake": "undertook", "win": "won",
}  # fmt: skip


def verbs() -> dict[str, list[str]]:
    with (paths.LEXICONS / "stance.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pos"] == "verb"]
    return {row["lemma"]: row["forms"].split("|") for row in rows}


def test_irregular_verbs_have_their_past() -> None:
    for lemma, forms in verbs().items():
        first, _, rest = forms[0].partition(" ")
        if first in IRREGULAR:
            assert f"{IRREGULAR[first]} {rest}".strip() in forms, lemma


def test_a_short_verb_doubles_its_last_consonant() -> None:
    single = re.compile(r"([^aeiouy]?[^aeiouy][aeiou][^aeiouywxhrtlks])(ed|ing)$")
    for lemma, forms in verbs().items():
        first = forms[0].split()[0]
        wrong = [form for form in forms if (found := single.match(form.split()[0])) and
                 found[1] == first]  # fmt: skip
        assert not wrong, (lemma, wrong)


@pytest.mark.parametrize("form", ["froze", "snubbed", "lent", "admitted"])
def test_a_past_is_found_as_one(form: str) -> None:
    assert {sense.tag for sense in lexicon()[form][(form,)]} == {PAST}


def test_an_entry_with_its_object_inside_is_whole_in_the_passive() -> None:
    parts = [(entry.head, entry.tail) for entry in gapped()["held"]]
    assert (("held",), ("responsible",)) in parts
    assert {sense.tag for sense in lexicon()["held"]["held", "responsible"]} == {PAST}
    assert ("holding", "responsible") not in lexicon()["holding"]

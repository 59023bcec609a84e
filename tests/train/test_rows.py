"""Rows: pairs mirror, paragraphs are cut by sentence."""

import numpy as np
from parley.evaluate import dse
from parley.train.rows import Row, cut, mirrored


def test_mirroring_a_pair_turns_its_label_round():
    row = Row("Ann likes Bo", "a", roles={"p": (0, 3), "q": (10, 12)}, label=1)
    turned = mirrored(row)
    assert turned.roles == {"q": (0, 3), "p": (10, 12)}
    assert dse.LABELS[turned.label] == "q likes p"
    assert mirrored(turned) == row


def test_mirroring_a_pair_turns_its_events_round():
    row = Row("Ann hit Bo", "a", roles={"p": (0, 3), "q": (8, 10)}, events=(14, 15))
    assert mirrored(row).events == (15, 14)


def test_a_cut_paragraph_keeps_the_spans_of_its_sentence_in_place():
    text = "Ann spoke first. “It is late,” said Bo. Cy left."
    names = ("Ann", "Bo", "Cy")
    row = Row(
        text, "a", spans=tuple((text.index(n), text.index(n) + len(n), "person") for n in names)
    )
    rng = np.random.default_rng(0)
    for _ in range(20):
        part = cut(row, rng)
        assert part.text in text
        assert [part.text[a:b] for a, b, _ in part.spans] == [n for n in names if n in part.text]

"""The mix: nothing held out is trained on, pairs mirror, paragraphs are cut by sentence."""

import numpy as np
import pytest
from parley.evaluate import dse
from parley.train import tasks
from parley.train.rows import Row, cut, mirrored
from parley.train.tasks import held_out


def test_a_share_of_the_groups_is_held_out_and_always_the_same():
    names = [f"article {i}" for i in range(4000)]
    held = [name for name in names if held_out(name, 0.1)]
    assert len(held) == pytest.approx(400, rel=0.15)
    assert held == [name for name in names if held_out(name, 0.1)]


def test_mirroring_a_pair_turns_its_label_round():
    row = Row("Ann likes Bo", "a", roles={"p": (0, 3), "q": (10, 12)}, label=1)
    turned = mirrored(row)
    assert turned.roles == {"q": (0, 3), "p": (10, 12)}
    assert dse.LABELS[turned.label] == "q likes p"
    assert mirrored(turned) == row


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


def test_no_text_that_is_held_out_is_trained_on(shared):
    for task in tasks.load(shared / "gold"):
        if task.name in ("newsmtsc", "plv", "worldwide"):
            assert not {row.group for row in task.train} & {row.group for row in task.held}
        if task.name == "dse":
            assert not {row.text for row in task.train} & {row.text for row in task.held}


def test_open_data_alone_leaves_out_sets_without_a_licence(shared):
    names = {task.name for task in tasks.load(shared / "gold", data="open")}
    assert names == {"newsmtsc", "emobank", "re3d"}

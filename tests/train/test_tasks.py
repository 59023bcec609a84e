"""The mix: nothing held out is trained on."""

import pytest
from parley.train import tasks
from parley.train.tasks import held_out


def test_a_share_of_the_groups_is_held_out_and_always_the_same():
    names = [f"article {i}" for i in range(4000)]
    held = [name for name in names if held_out(name, 0.1)]
    assert len(held) == pytest.approx(400, rel=0.15)
    assert held == [name for name in names if held_out(name, 0.1)]


def test_no_text_that_is_held_out_is_trained_on(shared):
    made = {name: tasks.MAKERS[name](shared / "gold") for name in (*tasks.HELD, "dse")}
    for name in tasks.HELD:
        assert not {row.group for row in made[name].train} & {row.group for row in made[name].held}
    assert not {row.text for row in made["dse"].train} & {row.text for row in made["dse"].held}
    assert all(made[name].train and made[name].held for name in made)


def test_open_data_alone_leaves_out_sets_without_a_licence(shared):
    names = {task.name for task in tasks.load(shared / "gold", data="open")}
    assert names == {"newsmtsc", "emobank", "re3d"}

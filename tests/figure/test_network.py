"""A network of forty nodes can still be read."""

import numpy as np
import pandas as pd
import pytest
from parley import figure
from parley.figure import theme

from .conftest import drawn, outside, overlaps


def edges(nodes: int) -> pd.DataFrame:
    draw = np.random.default_rng(3)
    names = [f"{side} {land}" for side in ("North", "South", "East", "West", "Old", "New")
             for land in ("Ruritania", "Freedonia", "Sylvania", "Grand Fenwick", "Vulgaria",
                          "Latveria", "Wakanda", "Elbonia")][:nodes]  # fmt: skip
    rows = [
        (names[i], names[j], 1.0 if i % 2 == j % 2 else -0.6, int(draw.integers(2, 60)))
        for i in range(nodes)
        for j in draw.choice(nodes, min(3, nodes - 1), replace=False)
        if i != j
    ]
    return pd.DataFrame(rows, columns=["source", "target", "estimate", "n"])


@pytest.mark.parametrize("nodes", [2, 3, 12, 40])
def test_no_name_covers_another(nodes):
    frame = edges(nodes)
    picture = figure.signed_network(frame)
    names = drawn(picture, "name")
    assert len(names) == len({*frame["source"], *frame["target"]})
    assert not overlaps(names) and not outside(picture, names)


def test_every_edge_is_drawn_in_the_colour_of_its_sign():
    frame = edges(12)
    arrows = drawn(figure.signed_network(frame), "edge")
    assert len(arrows) == len(frame)
    from matplotlib.colors import to_hex

    drawn_for = sum(to_hex(arrow.get_edgecolor()) == theme.FAVOR for arrow in arrows)
    assert drawn_for == (frame["estimate"] > 0).sum()


def test_only_the_nodes_with_most_behind_them():
    picture = figure.signed_network(edges(40), nodes=10)
    assert len(drawn(picture, "node")) == 10
    assert "smaller actors left out" in picture.alt_text


def test_the_same_edges_give_the_same_picture():
    one, other = (figure.signed_network(edges(12)).to_bytes("svg") for _ in range(2))
    assert one == other


def test_alt_text_names_the_strongest_of_both_signs():
    frame = pd.DataFrame(
        [("Russia", "NATO", -0.9, 40), ("Poland", "NATO", 0.8, 12), ("NATO", "Russia", -0.7, 9)],
        columns=["source", "target", "estimate", "n"],
    )
    text = figure.signed_network(frame, what="positions").alt_text
    assert "3 actors, 3 arrows" in text
    assert "Most often in favor: Poland on NATO 0.8 (n = 12)" in text
    assert "Most often against: Russia on NATO −0.9 (n = 40)" in text


def test_nobody_on_anybody():
    frame = pd.DataFrame({"source": ["a"], "target": ["a"], "estimate": [1.0], "n": [3]})
    assert "nobody here takes a position" in figure.signed_network(frame).alt_text


def test_pairs_without_a_direction_are_lines_without_heads():
    picture = figure.signed_network(edges(12), directed=False, what="company")
    assert all(type(line.get_arrowstyle()).__name__ == "Curve" for line in drawn(picture, "edge"))
    assert "line" in picture.alt_text and "arrow" not in picture.alt_text

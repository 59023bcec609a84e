"""Networks against networkx and plain counting."""

import itertools

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parley.errors import ParleyError
from parley.measure import backbone, graph, network_nodes, network_summary, signed_network

from tests.measure.conftest import ACTORS, stances


def edges_of(pairs, weights):
    frame = pd.DataFrame(pairs, columns=["source_id", "target_id"])
    weights = np.asarray(weights)
    return frame.assign(
        source=frame["source_id"],
        target=frame["target_id"],
        favor=np.maximum(weights, 0),
        against=np.maximum(-weights, 0),
        weight=weights,
        n=np.abs(weights),
    )


def some(seed, nodes=8, share=0.5):
    random = np.random.default_rng(seed)
    pairs = [p for p in itertools.permutations("abcdefghij"[:nodes], 2) if random.random() < share]
    return edges_of(pairs, random.choice([-3, -2, -1, 1, 2], len(pairs)))


def test_edges_are_the_actor_cells_of_the_matrix(made):
    rows = stances(made[0])
    edges = signed_network(rows, made[0], ACTORS, level="actor", copies=True)
    assert set(edges["target_id"]) == {"nato"} and len(edges) == 3
    assert edges["n"].sum() == (rows["target_id"] == "nato").sum()
    assert (edges["weight"] == edges["favor"] - edges["against"]).all()
    assert (edges["sign"] == np.sign(edges["weight"])).all()
    some = signed_network(rows, made[0], ACTORS, level="actor", copies=True, least=edges["n"].max())
    assert len(some) == (edges["n"] == edges["n"].max()).sum()
    assert "no actor" in signed_network(rows[:0], made[0], ACTORS).attrs["reason"]


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_degrees_density_and_reciprocity_are_networkxs(seed):
    edges = some(seed)
    made = graph(edges)
    nodes = network_nodes(edges).set_index("actor_id")
    assert nodes["out_degree"].to_dict() == dict(made.out_degree)
    assert nodes["in_favor"].to_dict() == dict(made.in_degree(weight="favor"))
    assert nodes["out_against"].to_dict() == dict(made.out_degree(weight="against"))
    found = network_summary(edges).set_index("measure")["estimate"]
    assert found["density"] == pytest.approx(nx.density(made))
    assert found["reciprocity"] == pytest.approx(nx.overall_reciprocity(made))


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_balance_is_that_of_every_triple(seed):
    edges = some(seed, nodes=7)
    sums = {}
    for row in edges.itertuples():
        pair = frozenset((row.source_id, row.target_id))
        sums[pair] = sums.get(pair, 0) + row.weight
    signs = []
    for trio in itertools.combinations("abcdefg", 3):
        sides = [sums.get(frozenset(side), 0) for side in itertools.combinations(trio, 2)]
        if all(sides):
            signs.append(np.prod(np.sign(sides)) > 0)
    row = network_summary(edges).set_index("measure").loc["balance"]
    assert row["n"] == len(signs)
    if signs:
        assert row["estimate"] == pytest.approx(np.mean(signs))
        assert row["expected_low"] <= row["expected"] <= row["expected_high"]


def test_two_camps_are_balanced_beyond_chance():
    camp = dict.fromkeys("abcd", 1) | dict.fromkeys("efgh", -1)
    pairs = list(itertools.permutations(camp, 2))
    edges = edges_of(pairs, [camp[a] * camp[b] for a, b in pairs])
    found = network_summary(edges).set_index("measure")
    assert found.loc["balance", "estimate"] == 1 > found.loc["balance", "expected_high"]
    assert found.loc["same sign", "estimate"] == 1 and found.loc["same sign", "n"] == 28


def test_same_sign_by_chance_is_that_of_two_edges_drawn_at_random():
    edges = edges_of(list(itertools.permutations("abcdef", 2)), [-1] * 3 + [1] * 27)
    row = network_summary(edges).set_index("measure").loc["same sign"]
    assert row["expected"] == pytest.approx((27 * 26 + 3 * 2) / (30 * 29), abs=0.01)
    assert row["estimate"] == pytest.approx(12 / 15)


@settings(max_examples=25)
@given(st.integers(0, 1000), st.sampled_from([0.1, 0.4, 1.0]))
def test_the_backbone_is_that_of_the_integral(seed, alpha):
    from scipy.integrate import quad

    edges = some(seed)
    made = graph(edges)
    kept = set()
    for a, b, n in made.edges.data("n"):
        chances = []
        for total, k in [
            (made.out_degree(a, weight="n"), made.out_degree(a)),
            (made.in_degree(b, weight="n"), made.in_degree(b)),
        ]:
            if k > 1:  # Serrano et al. 2009, eq. 2
                chances.append(
                    1 - (k - 1) * quad(lambda x, k=k: (1 - x) ** (k - 2), 0, n / total)[0]
                )
        if chances and min(chances) < alpha:
            kept.add((a, b))
    ours = backbone(edges, alpha=alpha)
    assert set(zip(ours["source_id"], ours["target_id"], strict=True)) == kept


def test_small_and_bad_input():
    nothing = some(0)[:0]
    assert network_nodes(nothing).empty and backbone(nothing).empty
    assert network_summary(nothing)["estimate"].isna().all()
    assert len(graph(nothing)) == 0
    with pytest.raises(ParleyError, match="no level"):
        backbone(some(0), alpha=0)
    with pytest.raises(ParleyError, match="negative weights"):
        backbone(some(0), weight="weight")
    assert not graph(
        pd.DataFrame({"actor_a": ["x"], "actor_b": ["y"], "name_a": "X", "name_b": "Y"})
    ).is_directed()

"""Signed, directed networks: who is for and against whom, how mutually, how balanced."""

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES
from parley.measure.options import need
from parley.measure.stances import stance_matrix
from parley.measure.tally import FIGURES

_EDGE = ["source_id", "source", "target_id", "target"]
_SHUFFLES = 1000


def signed_network(
    stances: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    level: str = "state",
    voice: str | None = None,
    copies: bool = False,
    least: int = 1,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Make the edges of a signed network from the stances of actors toward actors.

    Needs what ``stance_matrix`` needs. Gives [source_id, source, target_id, target, estimate, low,
    high, n, articles, stories, enough, evidence, favor, against, weight, sign]: ``estimate`` is the
    mean position, ``weight`` favor - against, ``sign`` 1, -1 or 0. Edges with fewer than ``least``
    stances are left out, and so are an actor's stances toward itself.

    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X", "n_words": 500,
    ...     "published": pd.date_range("2022-01-10", periods=4, tz="UTC"),
    ...     "story_id": list("stuv"), "is_first": True})
    >>> stances = pd.DataFrame({"article_id": list("abc"), "start": 0,
    ...     "holder_id": ["russia", "russia", "nato"], "target_id": ["nato", "nato", "russia"],
    ...     "target_kind": "actor", "stance": ["against", "against", "favor"]})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> edges = signed_network(stances, articles, actors, level="actor")
    >>> edges[["source", "target", "weight", "sign"]].values.tolist()
    [['Russia', 'NATO', -2, -1], ['NATO', 'Russia', 1, 1]]
    """
    cells = stance_matrix(
        *(stances, articles, actors),
        level=level,
        voice=voice,
        copies=copies,
        resamples=resamples,
        seed=seed,
    )
    actor = (cells["target_kind"] == "actor") & (cells["holder_id"] != cells["target_id"])
    edges = cells[actor & (cells["n"] >= least)].rename(
        columns={"holder_id": "source_id", "holder": "source"}
    )
    weight = edges["favor"] - edges["against"]
    edges = edges.assign(weight=weight, sign=np.sign(weight))
    edges = edges[[*_EDGE, *FIGURES, "favor", "against", "weight", "sign"]].reset_index(drop=True)
    edges.attrs.update(cells.attrs)
    if edges.empty:
        edges.attrs["reason"] = "no actor here takes a position on another at this level"
    return edges


def graph(edges: pd.DataFrame) -> nx.Graph:
    """Make a networkx graph of edges: directed from source to target, or of co-mentions.

    Needs source_id and target_id, or actor_a and actor_b. Every other column but the evidence
    becomes an attribute of its edge; names become the nodes' ``name``.

    >>> edges = pd.DataFrame({"source_id": ["usa"], "source": ["United States"],
    ...     "target_id": ["russia"], "target": ["Russia"], "n": [3]})
    >>> made = graph(edges)
    >>> made.edges["usa", "russia"]["n"], made.nodes["russia"]["name"]
    (3, 'Russia')
    """
    directed = "source_id" in edges.columns
    ends = ["source_id", "target_id"] if directed else ["actor_a", "actor_b"]
    titles = ["source", "target"] if directed else ["name_a", "name_b"]
    need(edges, [*ends, *titles], "edges")
    made = nx.DiGraph() if directed else nx.Graph()
    kept = [name for name in edges.columns if name not in {*ends, *titles, "evidence"}]
    for row in edges.to_dict("records"):
        for end, title in zip(ends, titles, strict=True):
            made.add_node(row[end], name=row[title])
        made.add_edge(row[ends[0]], row[ends[1]], **{name: row[name] for name in kept})
    return made


def network_nodes(edges: pd.DataFrame) -> pd.DataFrame:
    """Give every actor's weighted degrees, out and in, favor and against apart.

    Needs the columns of ``signed_network``. Gives [actor_id, name, out_degree, in_degree,
    out_favor, out_against, in_favor, in_against, out_position, in_position]: degrees count edges,
    favor and against stances; a position is (favor - against) / (favor + against), -1 to 1.

    >>> edges = pd.DataFrame({"source_id": ["usa", "eu"], "source": ["USA", "EU"], "target_id":
    ...     "russia", "target": "Russia", "favor": [1, 0], "against": [3, 2]})
    >>> network_nodes(edges)[["name", "out_against", "in_against", "in_position"]].values.tolist()
    [['Russia', 0, 5, -0.6666666666666666], ['USA', 3, 0, nan], ['EU', 2, 0, nan]]
    """
    need(edges, [*_EDGE, "favor", "against"], "edges")
    sides = []
    for side, end in (("out", "source"), ("in", "target")):
        grouped = edges.groupby([f"{end}_id", end], sort=True)
        counted = grouped.agg(
            degree=("favor", "size"), favor=("favor", "sum"), against=("against", "sum")
        )
        sides.append(counted.add_prefix(f"{side}_").rename_axis(["actor_id", "name"]))
    nodes = sides[0].join(sides[1], how="outer").fillna(0).astype(int)
    for side in ("out", "in"):
        plus, minus = nodes[f"{side}_favor"], nodes[f"{side}_against"]
        nodes[f"{side}_position"] = (plus - minus) / (plus + minus).replace(0, np.nan)
    order = ["out_degree", "in_degree", "out_favor", "out_against", "in_favor", "in_against"]
    nodes = nodes[[*order, "out_position", "in_position"]].reset_index()
    total = nodes[order[2:]].sum(axis=1)
    return nodes.iloc[np.argsort(-total, kind="stable")].reset_index(drop=True)


def network_summary(edges: pd.DataFrame, *, seed: int = 0) -> pd.DataFrame:
    """Say how dense, how mutual and how balanced a signed network is, and what chance would give.

    Needs source_id, target_id and weight (favor - against). Gives [measure, estimate, n, expected,
    expected_low, expected_high]: ``density`` of possible edges; ``reciprocity``, the share of edges
    that are returned (chance: the density); ``same sign``, the share of mutual pairs with one sign;
    ``balance``, the share of triangles whose three signs multiply to plus (Cartwright & Harary
    1956), pairs taken together in both directions. Chance shuffles the signs over the edges (1,000
    times; 95 % of the shuffles lie between low and high).

    >>> edges = pd.DataFrame({"source_id": ["russia", "nato"], "target_id": ["nato", "russia"],
    ...     "weight": [-3, -1]})
    >>> network_summary(edges)[["measure", "estimate"]].values.tolist()
    [['density', 1.0], ['reciprocity', 1.0], ['same sign', 1.0], ['balance', nan]]
    """
    need(edges, ["source_id", "target_id", "weight"], "edges")
    made = nx.DiGraph()
    made.add_weighted_edges_from(
        edges[["source_id", "target_id", "weight"]].itertuples(index=False, name=None)
    )
    density = nx.density(made) if len(made) > 1 else float("nan")
    mutual = nx.overall_reciprocity(made) if made.number_of_edges() else float("nan")
    rows = [
        ("density", density, made.number_of_edges(), *_nothing()),
        ("reciprocity", mutual, made.number_of_edges(), density, np.nan, np.nan),
        ("same sign", *_same_sign(made, seed)),
        ("balance", *_balance(made, seed)),
    ]
    columns = ["measure", "estimate", "n", "expected", "expected_low", "expected_high"]
    return pd.DataFrame(rows, columns=columns)


def _nothing() -> tuple[float, float, float]:
    return (float("nan"),) * 3


def _chance(values: NDArray) -> tuple[float, float, float]:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(values.mean()), float(low), float(high)


def _same_sign(made: nx.DiGraph, seed: int) -> tuple:
    signs = {(a, b): np.sign(w) for a, b, w in made.edges.data("weight") if w != 0}
    pairs = sorted((a, b) for a, b in signs if (b, a) in signs and str(a) < str(b))
    if not pairs:
        return (float("nan"), 0, *_nothing())
    places = {edge: place for place, edge in enumerate(sorted(signs))}
    left = np.array([places[pair] for pair in pairs])
    right = np.array([places[pair[::-1]] for pair in pairs])
    values = np.array([signs[edge] for edge in sorted(signs)])
    shuffled = _shuffles(values, seed)
    by_chance = (shuffled[:, left] == shuffled[:, right]).mean(axis=1)
    return (float((values[left] == values[right]).mean()), len(pairs), *_chance(by_chance))


def _balance(made: nx.DiGraph, seed: int) -> tuple:
    weights: dict[tuple, float] = {}
    for a, b, w in made.edges.data("weight"):
        pair = (a, b) if str(a) < str(b) else (b, a)
        weights[pair] = weights.get(pair, 0) + w
    pairs = {pair: np.sign(w) for pair, w in sorted(weights.items()) if w != 0}
    triangles = _triangles(pairs)
    if not triangles:
        return (float("nan"), 0, *_nothing())
    places = {pair: place for place, pair in enumerate(pairs)}
    sides = np.array([[places[side] for side in triangle] for triangle in triangles])
    values = np.array(list(pairs.values()))
    by_chance = (_shuffles(values, seed)[:, sides].prod(axis=2) > 0).mean(axis=1)
    return (float((values[sides].prod(axis=1) > 0).mean()), len(triangles), *_chance(by_chance))


def _triangles(pairs: dict) -> list[tuple]:
    near: dict[object, set] = {}
    for a, b in pairs:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    found = []
    for a, b in pairs:
        third = sorted((c for c in near[a] & near[b] if str(c) > str(b)), key=str)
        found += [((a, b), (a, c), (b, c)) for c in third]
    return found


def _shuffles(values: NDArray, seed: int) -> NDArray:
    return np.random.default_rng(seed).permuted(np.tile(values, (_SHUFFLES, 1)), axis=1)


def backbone(edges: pd.DataFrame, *, alpha: float = 0.05, weight: str = "n") -> pd.DataFrame:
    """Keep the edges that carry more of an actor's weight than an even split would let happen.

    The disparity filter (Serrano, Boguna & Vespignani 2009, PNAS 106: 6483-6488): an edge with the
    share p of its end's weight over k edges has (1 - p) ** (k - 1) as its chance; it stays if that
    is under ``alpha`` at either end. An end with one edge says nothing. Needs source_id, target_id
    and ``weight``; adds ``disparity``, the smaller of the two, and leaves the other edges out.

    >>> edges = pd.DataFrame({"source_id": "a", "target_id": ["b", "c", "d", "e"],
    ...     "n": [97, 1, 1, 1]})
    >>> backbone(edges)["target_id"].tolist()
    ['b']
    """
    need(edges, ["source_id", "target_id", weight], "edges")
    if not 0 < alpha <= 1:
        raise ParleyError(f"alpha={alpha} is no level: give a number over 0 and at most 1")
    if (edges[weight] < 0).any():
        raise ParleyError(f"the backbone weighs edges, and {weight!r} holds negative weights")
    chances = []
    for end in ("source_id", "target_id"):
        grouped = edges.groupby(end)[weight]
        total, degree = grouped.transform("sum"), grouped.transform("size")
        share = edges[weight] / total.where(total > 0, 1)
        chances.append(((1 - share) ** (degree - 1)).where(degree > 1, 1.0))
    disparity = np.minimum(*chances)
    kept = edges.assign(disparity=disparity)[disparity < alpha]
    return kept.reset_index(drop=True)

"""Who is for and who against whom, as a signed directed network that can be read at forty nodes.

Nodes stand on two facing arcs at even heights, so that every name has a line of its own beside its
node and no two can cover each other; who is often for each other stands near each other.
"""

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from parley.figure import columns, labels, theme, wording
from parley.figure.canvas import Picture, axes, nothing, settle, short
from parley.figure.theme import themed

Places = dict[str, tuple[float, float]]


@themed
def signed_network(
    edges: pd.DataFrame,
    *,
    source: str = "source",
    target: str = "target",
    value: str = "estimate",
    n: str = "n",
    nodes: int = 40,
    title: str | None = None,
    ends: tuple[str, str] = ("against", "in favor"),
    what: str = "positions",
    directed: bool = True,
    seed: int = 0,
) -> Picture:
    """Draw an arrow from each source to each target, coloured by sign, as wide as its n.

    Needs the columns named by ``source``, ``target``, ``value`` (signed) and ``n``. The ``nodes``
    with the most behind them are drawn; edges to others are left out, and the alt text says how
    many. ``ends`` names the two colours; lines without heads are drawn where not ``directed``.
    ``seed`` settles which of equal layouts is drawn.

    >>> edges = pd.DataFrame({"source": ["Russia"], "target": ["NATO"], "estimate": [-0.9],
    ...     "n": [20]})
    >>> signed_network(edges, what="positions").alt_text
    'Network of positions: 2 actors, 1 arrow. Nobody is in favor. Most often against: ...
    """
    rows = columns.need_numbers(edges, value, n, drawing="signed_network")
    columns.need(edges, source, target, drawing="signed_network")
    rows = rows.dropna(subset=[value, n, source, target])
    rows = rows[rows[source] != rows[target]].astype({source: str, target: str})
    if rows.empty:
        nobody = "nobody here takes a position on anybody else." if directed else "no pair is here."
        return nothing(nobody, title=title)
    columns.one_row_each(rows, source, target, drawing="signed_network")
    weight = _weights(rows, source, target, n).head(nodes)
    kept = rows[rows[source].isin(weight.index) & rows[target].isin(weight.index)]
    places = _places(kept, source, target, value, n, list(weight.index), seed)
    figure, ax = axes(max(0.235 * -(-len(places) // 2), 1.6) + 0.55, title=title)
    for edge in kept.sort_values(n).to_dict("records"):
        _edge(ax, places, edge, source, target, value, edge[n] / kept[n].max(), directed)
    _nodes(ax, places, weight)
    colours = {f"{ends[1]}": theme.FAVOR, f"{ends[0]}": theme.AGAINST, "neither": theme.MUTED}
    labels.key(figure, ax, colours, mark="→" if directed else "–")
    settle(figure)
    joined = ("on", "arrow") if directed else ("and", "line")
    figure.alt_text = _alt(
        kept, what, ends, source, target, value, n, len(places), len(rows), joined
    )
    return figure


def _weights(rows: pd.DataFrame, source: str, target: str, n: str) -> pd.Series:
    """How much stands behind each node, out and in, largest first."""
    both = pd.concat([rows.groupby(source)[n].sum(), rows.groupby(target)[n].sum()])
    return both.groupby(level=0).sum().sort_values(ascending=False, kind="stable")


def _places(rows, source, target, value, n, names: list[str], seed: int) -> Places:
    """Give each node its place on an arc: friends near each other, right half first."""
    order = _round(rows, source, target, value, n, names, seed)
    half = -(-len(order) // 2)
    right, left = order[:half], order[half:][::-1]
    return {**_arc(right, 1.0), **_arc(left, -1.0)}


def _arc(names: list[str], side: float) -> Places:
    heights = np.linspace(1, -1, len(names)) if len(names) > 1 else np.zeros(len(names))
    across = side * (0.55 + 0.45 * np.sqrt(np.clip(1 - (heights * 0.92) ** 2, 0, 1)))
    pairs = zip(names, across, heights, strict=True)
    return {name: (float(x), float(y)) for name, x, y in pairs}


def _round(rows, source, target, value, n, names: list[str], seed: int) -> list[str]:
    """Order the nodes around a circle, by a spring layout in which only favor pulls."""
    graph = nx.Graph()
    graph.add_nodes_from(names)
    for edge in rows.to_dict("records"):
        pull = max(edge[value], 0.02) * edge[n]
        known = graph.get_edge_data(edge[source], edge[target], {"weight": 0.0})["weight"]
        graph.add_edge(edge[source], edge[target], weight=known + pull)
    spots = nx.spring_layout(graph, seed=seed, iterations=80)
    middle = np.mean(list(spots.values()), axis=0)
    angle = {name: np.arctan2(*(spot - middle)) for name, spot in spots.items()}
    return sorted(names, key=lambda name: angle[name])


def _edge(
    ax: Axes, places: Places, edge: dict, source, target, value, share: float, directed: bool
) -> None:
    """Draw an edge as a curve bent towards the middle, its two directions a little apart."""
    start, end = np.array(places[edge[source]]), np.array(places[edge[target]])
    along = end - start
    aside = np.array([-along[1], along[0]]) * 0.07
    pull = min(0.15 + 0.45 * float(np.hypot(*along)), 0.65)  # neighbours need no detour
    bend = (start + end) / 2 * (1 - pull) + aside
    path = Path([tuple(start), tuple(bend), tuple(end)], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    colour = theme.sign_colour(edge[value])
    strength = 0.35 + 0.5 * min(abs(edge[value]), 1.0)
    ax.add_patch(
        FancyArrowPatch(
            path=path,
            arrowstyle="-|>" if directed else "-",
            mutation_scale=6 + 4 * share,
            color=colour,
            lw=0.7 + 3.0 * share,
            alpha=strength,
            shrinkA=5,
            shrinkB=6,
            zorder=2,
            gid="edge",
        )
    )


def _nodes(ax: Axes, places: Places, weight: pd.Series) -> None:
    most = float(weight.max())
    for name, (x, y) in places.items():
        side = 1 if x > 0 else -1
        size = 4 + 7 * (weight[name] / most) ** 0.5
        ax.plot(x, y, "o", ms=size, color=theme.INK, mec=theme.PAPER, mew=0.8, zorder=4, gid="node")
        ax.annotate(
            short(name, width=26),
            (x, y),
            (side * 10, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
            zorder=5,
            gid="name",
        )
    ax.set_xlim(-1.12, 1.12)
    ax.set_ylim(-1.08, 1.08)
    ax.set_axis_off()


def _alt(
    rows, what, ends, source, target, value, n, count: int, offered: int, joined: tuple[str, str]
) -> str:
    def strongest(part: pd.DataFrame, word: str) -> str:
        if part.empty:
            return f"Nobody is {word}."
        edge = part.loc[part[n].idxmax()]
        pair = f"{edge[source]} {joined[0]} {edge[target]}"
        return f"Most often {word}: {pair} {wording.with_interval(edge[value], n=edge[n])}."

    out, drawn = offered - len(rows), wording.count(len(rows), joined[1])
    return wording.alt(
        f"Network of {what}: {wording.count(count, 'actor')}, {drawn}.",
        strongest(rows[rows[value] > 0], ends[1]),
        strongest(rows[rows[value] < 0], ends[0]),
        f"{wording.count(out, joined[1])} to and from smaller actors left out." if out else "",
    )

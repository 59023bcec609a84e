"""What training reads, whatever set it comes from: rows, sets of them, and how a row is varied."""

import re
from dataclasses import dataclass, field, replace

import numpy as np

from parley.annotate.encoder import labels
from parley.evaluate.newswire import MUTUAL

UNKNOWN = -100  # a label or an event that was not coded: the loss passes over it
READ = ("mentions", "attributions", "valence")  # heads of whole sentences
# What a teacher is asked of the rows of a head.
ASKED = {
    "picked": ("picked", "sentiment"), "sentiment": ("sentiment",), "stance": ("stance",),
    "event": ("event",), "pair": ("stance", "event"),
}  # fmt: skip

_FORWARD = {"favor": 1, "against": 3}  # of `labels.STANCES`: p toward q
NONE = labels.EVENTS.index("NONE")
_MUTUAL = [labels.EVENTS.index(code) for code in MUTUAL]


@dataclass(frozen=True)
class Row:
    """One text with what is known of it: tags of spans, a number, or a label for marked spans."""

    text: str
    group: str
    spans: tuple = ()
    roles: dict = field(default_factory=dict)
    label: int = 0
    events: tuple[int, int] | None = None  # what p does to q, and q to p
    value: float = 0.0
    soft: dict = field(default_factory=dict)  # what teachers say: probabilities by head


@dataclass(frozen=True)
class Task:
    """A set of rows, the head that learns from them, and how often they are drawn."""

    name: str
    head: str
    train: list[Row]
    held: list[Row]
    weight: float = 1.0
    taught: bool = True  # teachers are asked of its rows too


def stance_label(there: str | None, back: str | None) -> int:
    """The label of a pair from what p holds of q and q of p: favor, against or nothing.

    >>> [labels.STANCES[stance_label(*ways)] for ways in (("favor", None), (None, "against"))]
    ['p likes q', 'q against p']
    """
    if there:
        return _FORWARD[there]
    return labels.MIRROR[_FORWARD[back]] if back else 0


def both_ways(there: int, back: int) -> tuple[int, int]:
    """What p does to q, and q to p: what both do is done both ways, whoever is named first."""
    if there in _MUTUAL and back == NONE:
        return there, there
    if back in _MUTUAL and there == NONE:
        return back, back
    return there, back


def mirrored(row: Row) -> Row:
    """A pair with p and q in each other's place, and the labels that then hold."""
    marks = {{"p": "q", "q": "p"}[role]: span for role, span in row.roles.items()}
    soft = dict(row.soft)
    if "stance" in soft:
        soft["stance"] = soft["stance"][list(labels.MIRROR)]
    if "event" in soft:
        soft["event"] = soft["event"][::-1]
    return replace(
        row, roles=marks, label=labels.MIRROR[row.label] if row.label >= 0 else row.label,
        events=row.events and row.events[::-1], soft=soft,
    )  # fmt: skip


def cut(row: Row, rng: np.random.Generator) -> Row:
    """One sentence of a paragraph, drawn by length, so that the model meets both."""
    ends = [m.end() for m in re.finditer(r"[.!?][\"”’')\]]*(?= +[A-Z“\"‘'(\[])", row.text)]
    edges = [0, *ends, len(row.text)]
    sizes = np.diff(edges).clip(min=0)
    if len(sizes) < 2 or not sizes.sum():
        return row
    pick = rng.choice(len(sizes), p=sizes / sizes.sum())
    start, end = edges[pick], edges[pick + 1]
    start += len(row.text[start:end]) - len(row.text[start:end].lstrip())
    spans = tuple(
        (max(a, start) - start, min(b, end) - start, kind)
        for a, b, kind in row.spans
        if a < end and b > start
    )
    return Row(row.text[start:end], row.group, spans=spans)

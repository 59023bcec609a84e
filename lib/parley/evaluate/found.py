"""Sentiment, stance and event gold through the whole pipeline: mentions found, and not given.

A target counts as found where the pipeline has a mention of a known actor on it. On those, what the
tables show stands beside what the encoder says at the mentions found, whatever the tables make of
it, and at the spans given. Sentences are undated, each an article of its own.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from parley.annotate.document import annotate
from parley.annotate.encoder import Encoder
from parley.errors import ParleyError
from parley.evaluate import dse, newsmtsc, plv
from parley.evaluate.examples import Span, Targeted
from parley.evaluate.report import class_rows, measured, per_class

NOTHING = "nothing"  # what the events table says of a pair by having no row


def evaluate(task: str, examples: list[Targeted], encoder: Encoder) -> tuple[list, dict, list]:
    """Macro-F1 over the targets found, as shown and with spans given, and the share found.

    Raises ParleyError for a benchmark that has no targets to be found.
    """
    if task not in _TASKS:
        raise ParleyError(f"{task} gives no targets to be found: leave --found away")
    labels, shown, given = _TASKS[task]
    made = _annotated(examples, encoder)
    places = [[_place(span, rows["mentions"]) for span in example.spans]
              for example, rows in zip(examples, made, strict=True)]  # fmt: skip
    actors = [[place and place[0] for place in row] for row in places]
    hit = [None not in names and len(set(names)) == len(names) for names in actors]
    kept = [at for at, found in enumerate(hit) if found]
    if not kept:
        raise ParleyError(f"none of the {len(examples)} targets was found: is it English news?")
    groups = [examples[at].group for at in kept]
    gold = np.array([labels.index(examples[at].label) for at in kept])
    guess = np.array([labels.index(shown(actors[at], made[at])) for at in kept])
    moved = [_at(examples[at], places[at]) for at in kept]
    told = given([examples[at] for at in kept], encoder)
    every = [example.group for example in examples]
    share = np.array(hit, dtype=float)
    rows = [
        measured("parley", "share of targets found", lambda r: float(share[r].mean()), every),
        *class_rows("parley, as shown", gold, guess, labels, groups),
        *class_rows("model, mentions found", gold, given(moved, encoder), labels, groups),
        *class_rows("model, the same given", gold, told, labels, groups),
    ]  # fmt: skip
    return rows, per_class(gold, guess, labels), []


Made = dict[str, pd.DataFrame]


def _annotated(examples: list[Targeted], encoder: Encoder) -> list[Made]:
    """The pipeline's tables of each example's sentence."""
    texts = list(dict.fromkeys(example.text for example in examples))
    articles = pd.DataFrame({
        "article_id": [f"{at:06d}" for at in range(len(texts))], "title": None, "text": texts,
        "published": pd.Series([pd.NaT] * len(texts), dtype="datetime64[ns, UTC]"),
    })  # fmt: skip
    made = annotate(articles, encoder=encoder)
    by_article = {name: dict(tuple(table.groupby("article_id"))) for name, table in made.items()}
    ids = dict(zip(texts, articles["article_id"], strict=True))
    return [
        {
            name: rows.get(ids[example.text], made[name].iloc[:0])
            for name, rows in by_article.items()
        }
        for example in examples
    ]


def _at(example: Targeted, places: list) -> Targeted:
    """The example with the spans of the mentions found on its targets."""
    return replace(example, spans=tuple(place[1] for place in places))


def _place(span: Span | None, mentions: pd.DataFrame) -> tuple[str, Span] | None:
    """The known actor whose mention shares most with the span, and where that mention stands."""
    if span is None or mentions.empty:
        return None
    known = mentions[mentions["actor_id"].notna()]
    shared = np.minimum(known["end"], span[1]) - np.maximum(known["start"], span[0])
    if not (shared > 0).any():
        return None
    best = known.iloc[int(shared.to_numpy().argmax())]
    return str(best["actor_id"]), (int(best["start"]), int(best["end"]))


def _sentiment(actors: list, made: Made) -> str:
    rows = made["mentions"][made["mentions"]["actor_id"] == actors[0]]
    return str(rows[list(newsmtsc.LABELS)].iloc[0].astype(float).idxmax())


def _stance(actors: list, made: Made) -> str:
    """The surer of what is shown of p toward q and of q toward p."""
    p, q = actors
    table = made["stances"][made["stances"]["stance"] != "none"].sort_values("probability")
    label = "neutral"
    for row in table.itertuples():
        verb = {"favor": "likes", "against": "against"}[row.stance]
        if (row.holder_id, row.target_id) == (p, q):
            label = f"p {verb} q"
        elif (row.holder_id, row.target_id) == (q, p):
            label = f"q {verb} p"
    return label


def _event(actors: list, made: Made) -> str:
    table = made["events"].sort_values("probability")
    rows = table[(table["source_id"] == actors[0]) & (table["target_id"] == actors[1])]
    return str(rows["event"].iloc[-1]) if len(rows) else NOTHING


def _given_sentiment(examples: list[Targeted], encoder: Encoder) -> np.ndarray:
    spans = [example.spans[0] for example in examples]
    return encoder.sentiment([e.text for e in examples], spans, picked=True).argmax(1)


def _pairs(examples: list[Targeted], encoder: Encoder):
    texts = [example.text for example in examples]
    return encoder.pairs(texts, *zip(*(example.spans for example in examples), strict=True))


def _given_stance(examples: list[Targeted], encoder: Encoder) -> np.ndarray:
    return _pairs(examples, encoder).stance.argmax(1)


def _given_event(examples: list[Targeted], encoder: Encoder) -> np.ndarray:
    pairs = _pairs(examples, encoder)
    return pairs.event[:, [pairs.events.index(code) for code in plv.LABELS]].argmax(1)


_TASKS: dict[str, tuple[tuple[str, ...], Callable[..., str], Callable[..., Any]]] = {
    "newsmtsc": (newsmtsc.LABELS, _sentiment, _given_sentiment),
    "dse": (dse.LABELS, _stance, _given_stance),
    "plv": ((*plv.LABELS, NOTHING), _event, _given_event),
}

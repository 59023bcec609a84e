"""Sentiment: how a sentence treats one of its actors, whoever else it praises or blames."""

import numpy as np
import pandas as pd

from parley.annotate.encoder import Encoder

# What negative, neutral and positive weigh. Ordinary news as it was coded, where most is neutral,
# is met best with .8, the coders of NewsMTSC with 1 (see the model card).
WEIGHTS = np.array([0.8, 1.0, 0.8])


def toward(
    mentions: pd.DataFrame, sentences: pd.DataFrame, texts: pd.Series, *, encoder: Encoder
) -> pd.DataFrame:
    """Set negative, neutral, positive (they sum to 1) of each mention of a known actor.

    Needs article_id, sentence, start, end, actor_id in ``mentions``; article_id, sentence, start in
    ``sentences``, whose texts are ``texts``. Where an actor occurs twice in a sentence, both
    mentions have the judgement of the first: it is one sentence's treatment of one actor. Mentions
    without an actor keep nulls.
    """
    placed = sentences[["article_id", "sentence"]].assign(at=sentences["start"], text=texts)
    known = mentions.merge(placed, on=["article_id", "sentence"], how="left")
    known = known[known["actor_id"].notna() & known["text"].notna()]
    key = ["article_id", "sentence", "actor_id"]
    first = known.drop_duplicates(key)
    if first.empty:
        return mentions
    spans = [(s - at, e - at) for s, e, at in first[["start", "end", "at"]].itertuples(index=False)]
    judged = pd.DataFrame(
        _weighed(encoder.sentiment(list(first["text"]), spans)),
        columns=["negative", "neutral", "positive"],
    )
    judged[key] = first[key].to_numpy()
    plain = mentions.drop(columns=["negative", "neutral", "positive"])
    return plain.merge(judged, on=key, how="left")[list(mentions.columns)]


def _weighed(shares: np.ndarray) -> np.ndarray:
    weighed = np.asarray(shares) * WEIGHTS
    return weighed / weighed.sum(axis=1, keepdims=True)

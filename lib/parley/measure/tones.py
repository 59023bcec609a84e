"""In what tone: how the sentences that mention an actor sound, or how they treat it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from parley.measure.bootstrap import RESAMPLES
from parley.measure.frame import Ground, grounds
from parley.measure.options import choose, need
from parley.measure.pushdown import in_voice
from parley.measure.rollup import names, roll_up
from parley.measure.tally import FIGURES, Tally, means, ranked, top_keys, written

MEASURES = ("valence", "vader", "sentiment")


def tone(
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    measure: str = "valence",
    voice: str | None = None,
    copies: bool = False,
    resamples: int = RESAMPLES,
    seed: int = 0,
    top: int | None = None,
) -> pd.DataFrame:
    """Measure the mean tone around each actor, -1 to 1, with an interval from whole stories.

    ``measure="valence"`` (or "vader") is the mean of how the sentences that mention the actor
    *sound*, each sentence once; needs sentences (article_id, sentence, valence or vader).
    ``measure="sentiment"`` is the mean of positive - negative *toward* the actor over its mentions;
    needs mentions (negative, positive). Both need mentions (article_id, sentence, start, actor_id),
    and articles and actors as ``mention_share`` does. Rows without a value are left out.
    ``voice="outlet"`` keeps the outlet's own words, ``voice="quoted"`` what stands in quotations.

    Gives [by..., actor_id, name, estimate, low, high, n, articles, stories, enough, evidence], n in
    sentences (or mentions), the most mentioned first. A group that never mentions an actor has no
    row: it has no tone.

    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": "The Post", "story_id": "s",
    ...     "published": pd.to_datetime(["2022-01-10"], utc=True), "is_first": True, "n_words": 9})
    >>> sentences = pd.DataFrame({"article_id": "a", "sentence": [0, 1], "valence": [0.5, -0.1]})
    >>> mentions = pd.DataFrame({"article_id": "a", "sentence": [0, 0, 1], "start": [0, 9, 30],
    ...     "actor_id": ["nato", "nato", "nato"]})
    >>> actors = pd.DataFrame({"actor_id": ["nato"], "name": ["NATO"], "kind": ["organisation"],
    ...     "state": None, "blocs": None})
    >>> tone(mentions, sentences, articles, actors)[["name", "estimate", "n"]].values.tolist()
    [['NATO', 0.2, 2]]
    """
    tally, attrs = tone_tally(
        mentions,
        sentences,
        articles,
        actors,
        by=by,
        level=level,
        measure=measure,
        voice=voice,
        copies=copies,
        top=top,
    )
    frame = written(tally, resamples=resamples, seed=seed)
    frame["name"] = names(frame["actor_id"], actors)
    frame = ranked(frame, tally.ground.by, "n")[[*tally.ground.by, "actor_id", "name", *FIGURES]]
    frame.attrs.update(attrs)
    if frame.empty:
        frame.attrs["reason"] = f"no mention of an actor here has a value of {measure}"
    return frame


def tone_tally(
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    measure: str = "valence",
    voice: str | None = None,
    copies: bool = False,
    top: int | None = None,
) -> tuple[Tally, dict]:
    """Count tone into cells, and say what was left out."""
    choose(measure, MEASURES, "measure")
    ground = grounds(articles, by, copies=copies)
    rows = ground.place(_valued(in_voice(mentions, voice, "mentions"), measure))
    resolved = rows[rows["actor_id"].notna()]
    rolled = roll_up(resolved, actors, level)
    if measure != "sentiment":
        rolled = rolled.drop_duplicates(["article", "sentence", "actor_id"])
        rolled = rolled.assign(value=_sentence_values(rolled, sentences, ground, measure))
    rolled = top_keys(rolled[rolled["value"].notna()], "actor_id", top)
    attrs = {
        "unit": f"mean {measure}, -1 to 1",
        "level": level,
        "copies": copies,
        "unresolved_share": 1 - len(resolved) / len(rows) if len(rows) else float("nan"),
        "undated": ground.undated,
    }
    return means(ground, rolled, ["actor_id"], rolled["value"].to_numpy(float)), attrs


def _valued(mentions: pd.DataFrame, measure: str) -> pd.DataFrame:
    columns = ["article_id", "sentence", "start", "actor_id"]
    need(mentions, columns, "mentions")
    if measure != "sentiment":
        return mentions[columns]
    need(mentions, ["positive", "negative"], "mentions")
    return mentions[columns].assign(value=mentions["positive"] - mentions["negative"])


def _sentence_values(
    rows: pd.DataFrame, sentences: pd.DataFrame, ground: Ground, measure: str
) -> np.ndarray:
    """Look each row's sentence up; article and sentence make one whole number."""
    need(sentences, ["article_id", "sentence", measure], "sentences")
    article = pd.Index(ground.articles["article_id"]).get_indexer(sentences["article_id"])
    here = article >= 0
    number = sentences["sentence"].to_numpy(np.int64)[here]
    width = int(max(number.max(initial=0), rows["sentence"].max() if len(rows) else 0)) + 1
    values = pd.Series(
        sentences[measure].to_numpy(float, na_value=np.nan)[here], article[here] * width + number
    )
    wanted = rows["article"].to_numpy() * width + rows["sentence"].to_numpy(np.int64)
    return values[~values.index.duplicated()].reindex(wanted).to_numpy()

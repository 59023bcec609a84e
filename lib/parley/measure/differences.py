"""Outlets or periods that differ: in how much of the news an actor takes, and in what tone."""

from collections.abc import Iterable

import pandas as pd

from parley.measure.bootstrap import RESAMPLES
from parley.measure.contrasts import contrasted
from parley.measure.pushdown import Rows
from parley.measure.rollup import names
from parley.measure.share import mention_tally
from parley.measure.tones import tone_tally
from parley.measure.voices import voice_tally


def mention_difference(
    mentions: Rows,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str = "outlet",
    study: object = None,
    reference: object = None,
    level: str = "actor",
    per: str = "words",
    copies: bool = False,
    forms: str | Iterable[str] | None = None,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare how much of the news each actor takes in two outlets, periods or other groups.

    Needs what ``mention_share`` needs; ``by`` is one of its groups. ``study`` and ``reference`` are
    values of it ("The Post"; "2022-01-10" for a week). Without ``reference`` all other groups are
    the reference; without ``study`` each group is compared with the rest. Gives [study, reference,
    actor_id, name, estimate, low, high, p, q, study_estimate, reference_estimate, n, articles,
    stories, enough, evidence, evidence_reference]; ``estimate`` is study - reference in the unit of
    ``mention_share``, q is p adjusted for all rows (Benjamini & Hochberg 1995).

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["X", "Y"], "n_words": 500,
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11"], utc=True),
    ...     "story_id": ["s", "t"], "is_first": True})
    >>> mentions = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 9, 4],
    ...     "actor_id": "nato"})
    >>> actors = pd.DataFrame({"actor_id": ["nato"], "name": ["NATO"], "kind": ["organisation"],
    ...     "state": None, "blocs": None})
    >>> mention_difference(mentions, articles, actors)[["study", "estimate"]].values.tolist()
    [['X', 2.0], ['Y', -2.0]]
    """
    tally, attrs = mention_tally(
        mentions, articles, actors, by=by, level=level, per=per, copies=copies, forms=forms, top=top
    )
    frame = contrasted(tally, study=study, reference=reference, resamples=resamples, seed=seed)
    return _named(frame, actors, attrs)


def tone_difference(
    mentions: pd.DataFrame,
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str = "outlet",
    study: object = None,
    reference: object = None,
    level: str = "actor",
    measure: str = "valence",
    voice: str | None = None,
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the tone around each actor in two outlets, periods or other groups.

    Needs what ``tone`` needs; gives the columns of ``mention_difference``, ``estimate`` in points
    of a scale from -1 to 1. Actors that one side never mentions have no row.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["X", "Y"], "n_words": 500,
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11"], utc=True),
    ...     "story_id": ["s", "t"], "is_first": True})
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "sentence": 0, "valence": [0.5, -0.5]})
    >>> mentions = pd.DataFrame({"article_id": ["a", "b"], "sentence": 0, "start": 0,
    ...     "actor_id": "nato"})
    >>> actors = pd.DataFrame({"actor_id": ["nato"], "name": ["NATO"], "kind": ["organisation"],
    ...     "state": None, "blocs": None})
    >>> shift = tone_difference(mentions, sentences, articles, actors, study="X", reference="Y")
    >>> shift[["name", "estimate", "enough"]].values.tolist()
    [['NATO', 1.0, False]]
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
    frame = contrasted(tally, study=study, reference=reference, resamples=resamples, seed=seed)
    return _named(frame, actors, attrs)


def voice_difference(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str = "outlet",
    study: object = None,
    reference: object = None,
    of: str = "actor",
    per: str = "quotes",
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare whose words fill the quotations of two outlets, periods or other groups.

    Needs what ``share_of_voice`` needs; gives the columns of ``mention_difference``, actor_id and
    name being the class where ``of`` is sector, source_class or kind.

    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["X", "Y"], "n_words": 500,
    ...     "published": pd.to_datetime(["2022-01-10", "2022-01-11"], utc=True),
    ...     "story_id": ["s", "t"], "is_first": True})
    >>> quotes = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "end": 9,
    ...     "actor_id": ["sergey-lavrov", "zbigniew-rau"], "kind": "direct"})
    >>> actors = pd.DataFrame({"actor_id": ["sergey-lavrov", "zbigniew-rau"], "kind": "person",
    ...     "name": ["Sergey Lavrov", "Zbigniew Rau"], "state": ["russia", "poland"],
    ...     "blocs": None})
    >>> shift = voice_difference(quotes, articles, actors, study="X", reference="Y")
    >>> shift[["name", "estimate"]].values.tolist()
    [['Sergey Lavrov', 1.0], ['Zbigniew Rau', -1.0]]
    """
    tally, key, attrs = voice_tally(
        quotes, articles, actors, by=by, of=of, per=per, copies=copies, top=top
    )
    frame = contrasted(tally, study=study, reference=reference, resamples=resamples, seed=seed)
    return _named(frame.rename(columns={key: "actor_id"}), actors, attrs)


def _named(frame: pd.DataFrame, actors: pd.DataFrame, attrs: dict) -> pd.DataFrame:
    frame.insert(3, "name", names(frame["actor_id"], actors))
    frame.attrs.update(attrs)
    if frame.empty:
        frame.attrs["reason"] = "no actor has a figure on both sides"
    return frame

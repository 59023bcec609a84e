"""Collocations: words that stand side by side more than chance would have it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley.errors import ParleyError
from parley.measure.association import npmi
from parley.measure.frame import Ground, distinct, evidence, grounds
from parley.measure.keywords import g2
from parley.measure.words import FUNCTION_WORDS, tokens


def collocations(
    articles: pd.DataFrame,
    *,
    least: int = 5,
    window: int = 2,
    stop: Iterable[str] = FUNCTION_WORDS,
    copies: bool = False,
    top: int | None = 100,
) -> pd.DataFrame:
    """Find words that stand side by side (or within ``window`` words) more than chance would.

    Needs articles (article_id, outlet, published, text, story_id, is_first). Pairs with a word of
    ``stop`` are left out but keep their places; so are pairs seen fewer than ``least`` times. Gives
    [first, second, n, npmi, g2, articles, stories, evidence], the largest G2 (Dunning 1993) first.
    Counts and scores are those of nltk's ``BigramCollocationFinder`` over single articles.

    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": "X", "story_id": "s",
    ...     "published": pd.to_datetime(["2022-01-10"], utc=True), "is_first": True,
    ...     "text": "The trade deal failed. Another trade deal came."})
    >>> collocations(articles, least=2)[["first", "second", "n"]].values.tolist()
    [['trade', 'deal', 2]]
    """
    if window < 2:
        raise ParleyError(f"window={window} holds no pair: give 2 or more")
    ground = grounds(articles, (), copies=copies)
    rows = tokens(ground).reset_index(drop=True)
    code, words = pd.factorize(rows["word"], sort=True)
    single = np.bincount(code, minlength=len(words))
    pair, place = _neighbours(rows["article"].to_numpy(), code, window, len(words))
    stopped = np.isin(words.astype(object), list(stop))
    kept = ~(stopped[pair // max(len(words), 1)] | stopped[pair % max(len(words), 1)])
    pair, place = pair[kept], place[kept]
    found, cell, n = np.unique(pair, return_inverse=True, return_counts=True)
    frame = _scored(found, n / (window - 1), words, single, len(rows)).assign(n=n)
    frame = frame[n >= least].sort_values(["g2", "first", "second"], ascending=[False, True, True])
    return _shown(
        frame.head(top if top is not None else len(frame)), cell, rows.iloc[place], ground
    )


def _neighbours(article: NDArray, code: NDArray, window: int, many: int) -> tuple[NDArray, NDArray]:
    """Number the pairs of words at most ``window`` - 1 apart in one article; give where, too."""
    pairs, places = [], []
    for gap in range(1, window):
        place = np.flatnonzero(article[gap:] == article[:-gap])
        pairs.append(code[place] * many + code[place + gap])
        places.append(place)
    return np.concatenate(pairs), np.concatenate(places)


def _scored(
    found: NDArray, n: NDArray, words: pd.Index, single: NDArray, total: int
) -> pd.DataFrame:
    first, second = np.divmod(found, max(len(words), 1))
    a, b = single[first], single[second]
    return pd.DataFrame(
        {
            "first": words[first],
            "second": words[second],
            "npmi": npmi(n, a, b, total),
            "g2": g2(n, b - n, a, total - a),
        }
    )


def _shown(frame: pd.DataFrame, cell: NDArray, rows: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    place = pd.Series(np.arange(len(frame)), frame.index).reindex(cell).to_numpy()
    here = ~np.isnan(place)
    rows, cell = rows[here], place[here].astype(np.int64)
    article = rows["article"].to_numpy()
    frame = frame.reset_index(drop=True).assign(
        articles=distinct(cell, article, len(frame)),
        stories=distinct(cell, ground.story[article], len(frame)),
    )
    frame["evidence"] = pd.Series(evidence(cell, rows, ground, len(frame)), dtype=object)
    shown = ["first", "second", "n", "npmi", "g2", "articles", "stories", "evidence"]
    frame = frame[shown]
    if frame.empty:
        frame.attrs["reason"] = "no two words stand together often enough"
    return frame

"""The words of articles, with where each begins."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from parley.measure.frame import Ground
from parley.measure.options import need

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
# The closed classes of English: what says how a sentence is built, not what it is about.
FUNCTION_WORDS = frozenset(
    """
    a about above after again against all also although am an and any are as at be because been
    before being below between both but by can could did do does doing down during each few for
    from further had has have having he her here hers herself him himself his how i if in into is
    it its itself just me more most my myself no nor not now of off on once only or other our ours
    ourselves out over own s same she should so some such t than that the their theirs them
    themselves then there these they this those through to too under until up very was we were what
    when where which while who whom whose why will with would you your yours yourself yourselves
    """.split()
)


def tokens(ground: Ground, *, stop: Iterable[str] = ()) -> pd.DataFrame:
    """Give one row a word: article (its number in the ground), word in lower case, start, place.

    ``place`` counts the words of an article, those of ``stop`` too, which have no row. Digits are
    no words; hyphens and apostrophes join.
    """
    texts = need(ground.articles, ["text"], "articles")["text"].tolist()
    found = [[(m.group().lower(), m.start()) for m in _WORD.finditer(text)] for text in texts]
    sizes = np.array([len(some) for some in found], np.int64)
    article = np.repeat(np.arange(len(texts)), sizes)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    frame = pd.DataFrame(
        {
            "article": article,
            "word": np.array([word for some in found for word, _ in some], dtype=object),
            "start": np.array([start for some in found for _, start in some], dtype=np.int64),
            "place": np.arange(len(article)) - first,
        }
    )
    left_out = frozenset(stop)
    return frame[~frame["word"].isin(left_out)] if left_out else frame

"""Keyness: the words that one set of articles uses more than another."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from parley.measure.bootstrap import (
    RESAMPLES,
    Draws,
    Ratio,
    blocks,
    by_story,
    p_value,
    percentiles,
)
from parley.measure.frame import Ground, distinct, evidence, grounds, two_sides
from parley.measure.intervals import LEAST, benjamini_hochberg, too_few
from parley.measure.words import tokens

CRITICAL = 3.841459  # G2 at p = 0.05 with one degree of freedom
_COLUMNS = [
    *("word", "study", "reference", "study_rate", "reference_rate", "estimate", "low", "high"),
    *("g2", "log_odds", "z", "p", "q", "n", "articles", "stories", "one_article", "enough"),
    "evidence",
]
Floats = NDArray[np.float64]


def g2(study: ArrayLike, reference: ArrayLike, study_size: ArrayLike, reference_size: ArrayLike):
    """Give the log-likelihood ratio of a word's four cells (Dunning 1993, CL 19: 61-74).

    Signed: negative where the study uses the word less than the reference.

    >>> round(float(g2(120, 60, 10_000, 20_000)), 3)
    83.721
    """
    a, b, n, m = (np.asarray(x, float) for x in (study, reference, study_size, reference_size))
    rate = (a + b) / (n + m)
    cells = [(a, n * rate), (b, m * rate), (n - a, n * (1 - rate)), (m - b, m * (1 - rate))]
    with np.errstate(divide="ignore", invalid="ignore"):
        total = sum(np.where(seen > 0, seen * np.log(seen / awaited), 0) for seen, awaited in cells)
        return np.where(a * m < b * n, -1, 1) * 2 * np.maximum(total, 0)


def log_ratio(
    study: ArrayLike, reference: ArrayLike, study_size: ArrayLike, reference_size: ArrayLike
):
    """Give the binary log of the ratio of two rates (Hardie 2014); 0 occurrences count as 0.5.

    >>> float(log_ratio(120, 60, 10_000, 20_000))
    2.0
    """
    a, b, n, m = (np.asarray(x, float) for x in (study, reference, study_size, reference_size))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2((np.where(a > 0, a, 0.5) / n) / (np.where(b > 0, b, 0.5) / m))


def log_odds(
    study: ArrayLike, reference: ArrayLike, prior: ArrayLike, *, sizes: tuple | None = None
) -> tuple[Floats, Floats]:
    """Give the log-odds ratio with an informative Dirichlet prior and its z.

    Monroe, Colaresi & Quinn 2008, Political Analysis 16: 372-403. ``prior`` is
    the pseudo-count of each word; ``sizes`` are the totals of study, reference and prior where the
    words given are not the whole vocabulary.

    >>> ratio, z = log_odds([30, 70], [10, 90], [4, 16])
    >>> ratio.round(4), z.round(4)
    (array([ 1.0964, -1.0964]), array([ 3.4526, -7.5547]))
    """
    a, b, alpha = (np.asarray(x, float) for x in (study, reference, prior))
    n, m, total = sizes or (a.sum(), b.sum(), alpha.sum())
    left = np.log((a + alpha) / (n + total - a - alpha))
    right = np.log((b + alpha) / (m + total - b - alpha))
    error = np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
    return left - right, (left - right) / error


def keyness(
    study: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    least: int = 5,
    stop: Iterable[str] = (),
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure which words the study's articles use more (or less) than the reference's.

    Needs, on both sides, articles (article_id, outlet, published, text, story_id, is_first); an
    article of both is left out of the reference. Words with fewer than ``least`` uses together are
    left out, and those of ``stop`` (``words.FUNCTION_WORDS`` is a list of them).

    Gives [word, study, reference (uses), study_rate, reference_rate (per 1,000 words), estimate,
    low, high, g2, log_odds, z, p, q, n, articles, stories, one_article, enough, evidence], the
    largest |z| first; ``top`` shows so many. ``estimate`` is the binary log ratio of the rates (1 =
    twice as often), bounded by a bootstrap over stories; p is of the difference of the rates over
    its bootstrap error, q is p adjusted over all words compared; g2 (Dunning 1993) and z (Monroe et
    al. 2008, the prior being both sides together) are signed and, as is usual, take words for
    independent. ``one_article``: without the one story that uses the word most, g2 would not reach
    3.84 or would change its sign.

    >>> articles = pd.DataFrame({"article_id": list("ab"), "outlet": "X", "story_id": list("st"),
    ...     "published": pd.to_datetime(["2022-01-10"] * 2, utc=True), "is_first": True,
    ...     "text": ["Sanctions, sanctions and more sanctions.", "More sanctions."]})
    >>> before = articles.assign(article_id=list("cd"), text="Talks and more talks.")
    >>> words = keyness(articles, before, least=2)
    >>> words[["word", "study", "reference", "estimate"]].round(2).values.tolist()
    [['sanctions', 4, 0, 3.19], ['talks', 0, 4, -2.81], ['and', 1, 2, -0.81], ['more', 2, 2,
    0.19]]
    """
    articles = two_sides(study, reference, copies=copies)
    ground = grounds(articles, "side", copies=True)
    every = tokens(ground)
    sizes = _side_sizes(ground, every)
    lengths = np.bincount(every["article"], minlength=len(ground.articles)).astype(float)
    rows = every[~every["word"].isin(set(stop))]
    code, words = pd.factorize(rows["word"], sort=True)
    rows = rows.assign(code=code)
    frequent = np.bincount(code, minlength=len(words)) >= least
    kept = rows[frequent[code]] if len(rows) else rows
    frame = _scored(kept, np.asarray(words, dtype=object), ground, sizes)
    frame = frame.iloc[np.argsort(-frame["z"].abs().to_numpy(), kind="stable")]
    draws = Draws(max(ground.stories, 1), resamples, seed)
    frame = _bounded(frame, kept, ground, lengths, draws).head(len(frame) if top is None else top)
    frame.attrs.update(unit="log2 of the ratio of rates", copies=copies, words=dict(sizes))
    if frame.empty:
        frame.attrs["reason"] = f"no word is used {least} times, or one side holds no articles"
    return frame


def _side_sizes(ground: Ground, rows: pd.DataFrame) -> dict[str, int]:
    side = ground.articles["side"].to_numpy()[rows["article"].to_numpy()]
    return {name: int((side == name).sum()) for name in ("study", "reference")}


def _scored(
    rows: pd.DataFrame, words: NDArray, ground: Ground, sizes: dict[str, int]
) -> pd.DataFrame:
    """Count and score every word, all at once."""
    n, m = sizes["study"], sizes["reference"]
    codes = np.unique(rows["code"]) if n and m else np.empty(0, int)
    study_side = ground.articles["side"].to_numpy()[rows["article"].to_numpy()] == "study"
    a = np.bincount(rows["code"][study_side], minlength=len(words))[codes]
    b = np.bincount(rows["code"][~study_side], minlength=len(words))[codes]
    ratio, z = log_odds(a, b, np.maximum(a + b, 1), sizes=(n, m, n + m))
    return pd.DataFrame(
        {
            "code": codes,
            "word": words[codes],
            "study": a,
            "reference": b,
            "study_rate": 1000 * a / max(n, 1),
            "reference_rate": 1000 * b / max(m, 1),
            "estimate": log_ratio(a, b, n, m),
            "g2": g2(a, b, n, m),
            "log_odds": ratio,
            "z": z,
        }
    )


def _bounded(
    frame: pd.DataFrame, rows: pd.DataFrame, ground: Ground, lengths: Floats, draws: Draws
) -> pd.DataFrame:
    """Add intervals, p, the flag and the evidence to the words that are shown."""
    frame = frame.reset_index(drop=True)
    place = pd.Series(frame.index, frame["code"])
    rows = rows[rows["code"].isin(frame["code"])]
    cell = place.reindex(rows["code"]).to_numpy(np.int64)
    study, reference = (
        _ratio(rows, cell, ground, lengths, side, len(frame)) for side in ("study", "reference")
    )
    frame[["low", "high", "p"]] = np.nan
    if len(frame):
        frame["low"], frame["high"], frame["p"] = _tested(study, reference, draws)
    story = ground.story[rows["article"].to_numpy()]
    frame["q"] = benjamini_hochberg(frame["p"])
    frame["n"] = frame["study"] + frame["reference"]
    frame["articles"] = distinct(cell, rows["article"].to_numpy(), len(frame))
    frame["stories"] = distinct(cell, story, len(frame))
    frame["one_article"] = _one_story(frame, study, reference)
    frame["evidence"] = pd.Series(evidence(cell, rows, ground, len(frame)), dtype=object)
    return too_few(frame, least=LEAST)[_COLUMNS]


def _ratio(
    rows: pd.DataFrame, cell: NDArray, ground: Ground, lengths: Floats, side: str, many: int
) -> Ratio:
    """Uses per 1,000 words of one side, by story."""
    here = ground.articles["side"].to_numpy() == side
    mine = here[rows["article"].to_numpy()]
    story = ground.story[rows["article"].to_numpy()]
    shape = (many, ground.stories)
    over = by_story(cell[mine], story[mine], np.ones(mine.sum()), shape)
    under = by_story(np.zeros(here.sum(), int), ground.story[here], lengths[here], (1, shape[1]))
    return Ratio(over, under, np.zeros(many, np.int64), 1000.0)


def _tested(study: Ratio, reference: Ratio, draws: Draws) -> tuple[Floats, Floats, Floats]:
    """Give low and high of the log ratio, and p of the difference of the rates."""
    low, high, p = (np.full(study.cells, np.nan) for _ in range(3))
    shift = study.estimate - reference.estimate
    n, m = (draws.sums(side.under) for side in (study, reference))
    for cells in blocks(study.cells, 2 * draws.resamples):
        a, b = draws.sums(study.over[cells]), draws.sums(reference.over[cells])
        stories = np.minimum(study.take(cells).stories, reference.take(cells).stories)
        low[cells], high[cells] = percentiles(log_ratio(a, b, n, m), stories)
        with np.errstate(divide="ignore", invalid="ignore"):
            p[cells] = p_value(shift[cells], study.scale * (a / n - b / m), stories)
    return low, high, p


def _one_story(frame: pd.DataFrame, study: Ratio, reference: Ratio) -> NDArray[np.bool_]:
    """Score again without the story that uses the word most, on the side that uses it more."""
    if frame.empty:
        return np.zeros(0, bool)
    n, m = (float(side.under.sum()) for side in (study, reference))
    a, b = frame["study"].to_numpy(float), frame["reference"].to_numpy(float)
    flags = []
    for more in (study, reference):
        story = np.asarray(more.over.argmax(axis=1)).ravel()
        word = np.arange(len(frame))
        flags.append(g2(a - study.over[word, story], b - reference.over[word, story], n, m))
    again = np.where(frame["g2"] >= 0, flags[0], -flags[1])
    return again < CRITICAL

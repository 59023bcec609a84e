"""Who speaks: share of voice, named and unnamed sources, who is only talked about, cues."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from parley import terms
from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES
from parley.measure.frame import UNKNOWN, Ground, grounds
from parley.measure.options import choose, need
from parley.measure.rollup import names, roll_up
from parley.measure.tally import FIGURES, Tally, means, ranked, ratios, shares, top_keys, written

CLASSES = ("sector", "source_class", "kind")  # what a quotation can be sorted by beside its speaker
_UNITS = {"quotes": "share of quotations", "words": "share of quoted words"}


def share_of_voice(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    of: str = "actor",
    per: str = "quotes",
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure whose words fill the quotations: share of quotations, or of quoted words.

    Needs quotes (article_id, start, end, actor_id; source_class or kind where ``of`` is that),
    articles and actors as ``mention_share`` does; ``per="words"`` also articles.text. ``of`` is a
    level (actor, person, organisation, state, bloc), or sector, source_class, kind. Shares are of
    the quotations that have a speaker at that level; ``attrs["unresolved_share"]`` is the share of
    quotations without. Gives [by..., actor_id and name (or the class), estimate, low, high, n,
    articles, stories, enough, evidence], n in quotations; classes without a value are "(unknown)".

    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": "X", "story_id": "s",
    ...     "published": pd.to_datetime(["2022-01-10"], utc=True), "is_first": True,
    ...     "text": "We will not yield to anyone. No."})
    >>> quotes = pd.DataFrame({"article_id": "a", "start": [0, 29], "end": [28, 32],
    ...     "actor_id": ["sergey-lavrov", "zbigniew-rau"]})
    >>> actors = pd.DataFrame({"actor_id": ["sergey-lavrov", "zbigniew-rau"], "kind": "person",
    ...     "name": ["Sergey Lavrov", "Zbigniew Rau"], "state": ["russia", "poland"],
    ...     "blocs": None})
    >>> voices = share_of_voice(quotes, articles, actors, per="words")
    >>> voices[["name", "estimate", "n"]].round(3).values.tolist()
    [['Sergey Lavrov', 0.857, 1], ['Zbigniew Rau', 0.143, 1]]
    """
    tally, key, attrs = voice_tally(
        quotes, articles, actors, by=by, of=of, per=per, copies=copies, top=top
    )
    unresolved = attrs["unresolved_share"]
    return _table(tally, key, actors, resamples, seed, attrs["unit"], unresolved, copies)


def voice_tally(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    of: str = "actor",
    per: str = "quotes",
    copies: bool = False,
    top: int | None = None,
) -> tuple[Tally, str, dict]:
    """Count quotations into cells; give the column that names a cell, and what was left out."""
    choose(of, (*terms.LEVELS, *CLASSES), "of")
    choose(per, _UNITS, "per")
    ground = grounds(articles, by, copies=copies)
    placed = _placed(quotes, ground, [of] if of in ("source_class", "kind") else [])
    placed = placed.assign(size=_words(placed, ground) if per == "words" else 1.0)
    rows, key = _speakers(placed, actors, of)
    counted = rows.drop_duplicates("quotation")
    under = np.bincount(counted["article"], counted["size"], len(ground.articles))
    rows = top_keys(rows, key, top)
    tally = shares(ground, rows, [key], ground.sums(under), value=rows["size"].to_numpy())
    unresolved = _unresolved(placed)
    return tally, key, {"unit": _UNITS[per], "copies": copies, "unresolved_share": unresolved}


def named_sources(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    copies: bool = False,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure the share of quotations whose source is named, unnamed, unresolved or absent.

    Needs quotes (article_id, start, end, actor_id, source_class, speaker_start) and articles as
    ``mention_share`` does. ``named``: the speaker is an actor of the registry, or classed a named
    official; ``unnamed``: classed an unnamed official; ``unresolved``: somebody is named as the
    speaker whom the registry does not know; ``no speaker``: none was found. Gives [by..., naming,
    estimate, low, high, n, articles, stories, enough, evidence].

    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X", "n_words": 500,
    ...     "published": pd.date_range("2022-01-10", periods=4, tz="UTC"),
    ...     "story_id": list("stuv"), "is_first": True})
    >>> quotes = pd.DataFrame({"article_id": list("abcd"), "start": 0, "end": 9,
    ...     "actor_id": ["nato", None, None, None], "speaker_start": [0, 0, 0, None],
    ...     "source_class": ["institution", "unnamed official", None, None]})
    >>> named_sources(quotes, articles)[["naming", "estimate"]].values.tolist()
    [['named', 0.25], ['no speaker', 0.25], ['unnamed', 0.25], ['unresolved', 0.25]]
    """
    ground = grounds(articles, by, copies=copies)
    placed = _placed(quotes, ground, ["source_class", "speaker_start"])
    source = placed["source_class"].astype(object)
    named = placed["actor_id"].notna() | (source == "named official")
    silent = placed["speaker_start"].isna()
    naming = np.select(
        [source == "unnamed official", named, silent],
        ["unnamed", "named", "no speaker"],
        "unresolved",
    )
    rows = placed.assign(naming=naming)
    tally = shares(ground, rows, ["naming"], ground.sums(_per_article(rows, ground)))
    return _table(tally, "naming", None, resamples, seed, _UNITS["quotes"], None, copies)


def quoted_or_mentioned(
    quotes: pd.DataFrame,
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = (),
    level: str = "actor",
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure who is quoted and who is only talked about: quotations per mention.

    Needs quotes (article_id, start, end, actor_id), mentions (article_id, start, actor_id),
    articles and actors as ``mention_share`` does. Gives [by..., actor_id, name, estimate, low,
    high, n, articles, stories, enough, evidence, quotes, mentions]; n counts both. An estimate of 0
    is an actor that is only talked about; actors without a mention are left out.

    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X", "n_words": 500,
    ...     "published": pd.date_range("2022-01-10", periods=4, tz="UTC"),
    ...     "story_id": list("stuv"), "is_first": True})
    >>> quotes = pd.DataFrame({"article_id": list("abcd"), "start": 0, "end": 9,
    ...     "actor_id": ["nato", "nato", "russia", "russia"]})
    >>> mentions = pd.DataFrame({"article_id": list("abcd"), "sentence": 0, "start": 0,
    ...     "actor_id": ["nato", "nato", "nato", "russia"]})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> heard = quoted_or_mentioned(quotes, mentions, articles, actors)
    >>> heard[["name", "estimate", "quotes", "mentions"]].round(2).values.tolist()
    [['NATO', 0.67, 2, 3], ['Russia', 2.0, 2, 1]]
    """
    ground = grounds(articles, by, copies=copies)
    need(mentions, ["article_id", "start", "actor_id"], "mentions")
    spoken = _placed(quotes, ground, []).assign(spoken=1.0)
    talked = ground.place(mentions[["article_id", "start", "actor_id"]]).assign(spoken=0.0)
    both = pd.concat([spoken[talked.columns], talked], ignore_index=True)
    rows = roll_up(both[both["actor_id"].notna()], actors, level)
    rows = top_keys(rows, "actor_id", top)
    said = rows["spoken"].to_numpy()
    tally = ratios(ground, rows, ["actor_id"], said, 1 - said)
    quoted = np.bincount(tally.cell, said, len(tally.cells)).astype(int)
    tally = tally.keep(np.flatnonzero(np.bincount(tally.cell, minlength=len(tally.cells)) > quoted))
    total = np.bincount(tally.cell, minlength=len(tally.cells))
    quoted = np.bincount(tally.cell, tally.rows["spoken"], len(tally.cells)).astype(int)
    counts = {"quotes": quoted, "mentions": total - quoted}
    unit = "quotations per mention"
    return _table(tally, "actor_id", actors, resamples, seed, unit, None, copies, counts)


def cue_shares(
    quotes: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    by: str | Iterable[str] = ("outlet",),
    of: str = "actor",
    cue: str = "distancing",
    copies: bool = False,
    top: int | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how often a speaker's quotations carry a class of cue: who lets A say and B claim.

    Needs quotes (article_id, start, end, actor_id, cue_class), articles and actors as
    ``mention_share`` does. ``cue`` is one of neutral, assertive, distancing, admitting, directive,
    commissive. Gives [by..., actor_id and name (or the class), estimate, low, high, n, articles,
    stories, enough, evidence]: the share of the speaker's quotations with a known cue.

    >>> articles = pd.DataFrame({"article_id": list("abcd"), "outlet": "X", "n_words": 500,
    ...     "published": pd.date_range("2022-01-10", periods=4, tz="UTC"),
    ...     "story_id": list("stuv"), "is_first": True})
    >>> quotes = pd.DataFrame({"article_id": list("abcd"), "start": 0, "end": 9,
    ...     "actor_id": ["nato", "nato", "russia", "russia"],
    ...     "cue_class": ["neutral", "distancing", "neutral", "neutral"]})
    >>> actors = pd.DataFrame({"actor_id": ["nato", "russia"], "name": ["NATO", "Russia"],
    ...     "kind": ["organisation", "state"], "state": [None, "russia"], "blocs": None})
    >>> cue_shares(quotes, articles, actors, by=())[["name", "estimate"]].values.tolist()
    [['NATO', 0.5], ['Russia', 0.0]]
    """
    choose(cue, terms.CUE_CLASSES, "cue")
    choose(of, (*terms.LEVELS, *CLASSES), "of")
    ground = grounds(articles, by, copies=copies)
    extra = [of] if of in ("source_class", "kind") else []
    placed = _placed(quotes, ground, ["cue_class", *extra])
    placed = placed[placed["cue_class"].notna()]
    rows, key = _speakers(placed, actors, of)
    rows = top_keys(rows, key, top)
    value = (rows["cue_class"] == cue).to_numpy(float)
    tally = means(ground, rows, [key], value, bounds=(0.0, 1.0))
    unit = f"share of quotations with a {cue} cue"
    return _table(tally, key, actors, resamples, seed, unit, _unresolved(placed), copies)


def _placed(quotes: pd.DataFrame, ground: Ground, extra: list[str]) -> pd.DataFrame:
    columns = ["article_id", "start", "end", "actor_id", *extra]
    placed = ground.place(need(quotes, columns, "quotes")[columns])
    return placed.assign(quotation=np.arange(len(placed)))


def _words(placed: pd.DataFrame, ground: Ground) -> np.ndarray:
    """Count the words of every quotation's content."""
    if "text" not in ground.articles.columns:
        raise ParleyError(
            "per=\"words\" counts quoted words and needs the column 'text' of articles"
        )
    text = ground.articles["text"].to_numpy()
    spans = zip(placed["article"], placed["start"], placed["end"], strict=True)
    return np.array([len(text[article][start:end].split()) for article, start, end in spans], float)


def _speakers(placed: pd.DataFrame, actors: pd.DataFrame, of: str) -> tuple[pd.DataFrame, str]:
    """Give the rows that have what is asked of them, and the column it stands in."""
    if of in terms.LEVELS:
        return roll_up(placed[placed["actor_id"].notna()], actors, of), "actor_id"
    if of == "sector":
        known = need(actors, ["actor_id", "sector"], "actors").drop_duplicates("actor_id")
        sector = placed["actor_id"].map(known.set_index("actor_id")["sector"].replace("", pd.NA))
        placed = placed.assign(sector=sector)[placed["actor_id"].notna()]
    return placed.assign(**{of: placed[of].astype(object).fillna(UNKNOWN)}), of


def _per_article(rows: pd.DataFrame, ground: Ground) -> np.ndarray:
    return np.bincount(rows["article"], minlength=len(ground.articles))


def _unresolved(placed: pd.DataFrame) -> float:
    return float(placed["actor_id"].isna().mean()) if len(placed) else float("nan")


def _table(
    tally: Tally,
    key: str,
    actors: pd.DataFrame | None,
    resamples: int,
    seed: int,
    unit: str,
    unresolved: float | None,
    copies: bool,
    counts: dict[str, np.ndarray] | None = None,
) -> pd.DataFrame:
    """Write the cells, named; shares by size, other figures by how many they rest on."""
    frame = written(tally, resamples=resamples, seed=seed).assign(**(counts or {}))
    keys = [key]
    if key == "actor_id" and actors is not None:
        frame, keys = frame.assign(name=names(frame[key], actors)), [key, "name"]
    frame = ranked(frame, tally.ground.by, "estimate" if unit in _UNITS.values() else "n")
    frame = frame[[*tally.ground.by, *keys, *FIGURES, *(counts or {})]]
    frame.attrs.update(unit=unit, copies=copies, undated=tally.ground.undated)
    if unresolved is not None:
        frame.attrs["unresolved_share"] = unresolved
    if frame.empty:
        frame.attrs["reason"] = "no quotation here has such a speaker"
    return frame

"""Who speaks: the `quotes` table, and in whose voice each mention and stance stands."""

import pandas as pd

from parley import tables, terms
from parley.annotate.quotes.attribution import Article, Attribution, Part, Sentence, attributions
from parley.annotate.quotes.sources import Named

__all__ = ["Part", "find_quotes", "with_voice"]


def find_quotes(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    parts: dict[str, list[Part]] | None = None,
) -> pd.DataFrame:
    """Give the `quotes` table of the articles.

    Needs article_id, text in ``articles``; the `sentences`, `mentions` and `actors` tables; and, by
    article_id, what the encoder marked (offsets into the article's text).
    """
    by_sentence = dict(tuple(sentences.groupby("article_id")))
    by_mention = dict(tuple(mentions.groupby("article_id")))
    known = actors.set_index("actor_id")[["kind", "sector"]].to_dict("index")
    rows: list[dict] = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        article = Article(
            text,
            _sentences(by_sentence.get(article_id, sentences.iloc[:0])),
            _names(by_mention.get(article_id, mentions.iloc[:0]), known),
            (parts or {}).get(article_id, []),
        )
        found = enumerate(attributions(article))
        rows += [_row(article_id, number, attribution) for number, attribution in found]
    frame = pd.DataFrame(rows) if rows else tables.empty(tables.QUOTES)
    return tables.conform(frame, tables.QUOTES)


def _row(article_id: str, number: int, a: Attribution) -> dict:
    return {
        "article_id": article_id,
        "quote": number,
        "start": a.start,
        "end": a.end,
        "kind": a.kind,
        "cue_start": a.cue.start if a.cue else None,
        "cue_end": a.cue.end if a.cue else None,
        "cue_class": a.cue.cue_class if a.cue else None,
        "speaker_start": a.speaker.start if a.speaker else None,
        "speaker_end": a.speaker.end if a.speaker else None,
        "actor_id": a.speaker.actor_id if a.speaker else None,
        "source_class": a.speaker.source_class if a.speaker else None,
        "probability": a.probability,
        "closed": a.closed,
    }


def _sentences(rows: pd.DataFrame) -> list[Sentence]:
    return [Sentence(*row) for row in rows[["start", "end", "part"]].itertuples(index=False)]


def _names(rows: pd.DataFrame, known: dict[str, dict]) -> list[Named]:
    columns = ["start", "end", "actor_id", "form", "kind"]
    return [_named(row, known) for row in rows[columns].itertuples(index=False)]


def _named(row: tuple, known: dict[str, dict]) -> Named:
    start, end, actor_id, form, kind = row
    if pd.isna(actor_id):
        return Named(start, end, None, form, kind == "person", kind)
    about = known.get(actor_id, {})
    sector = None if pd.isna(about.get("sector")) else about.get("sector")
    return Named(
        start, end, actor_id, form, about.get("kind") == "person", about.get("kind"), sector
    )


def with_voice(rows: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Set ``voice``: the number of the innermost quote around each row, or ``outlet``.

    Needs article_id, start, end in ``rows``, which are mentions or stances.
    """
    spans = {
        article_id: list(zip(group["start"], group["end"], group["quote"], strict=True))
        for article_id, group in quotes.groupby("article_id")
    }
    voices = []
    for article_id, start, end in rows[["article_id", "start", "end"]].itertuples(index=False):
        around = [(e - s, q) for s, e, q in spans.get(article_id, ()) if s <= start and end <= e]
        voices.append(str(min(around)[1]) if around else terms.OUTLET_VOICE)
    return rows.assign(voice=pd.array(voices, dtype="string"))

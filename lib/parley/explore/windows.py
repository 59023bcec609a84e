"""Windows on a corpus: what one holds, and the one before it to compare with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from parley import corpus
from parley.corpus import Study


def facts(study: Study) -> dict[str, Any]:
    """Give what a report's banner says of a study, as ``report.context`` takes it."""
    articles, annotated, start, end = study.articles, study.annotated, *study.window
    newest = articles["published"].max()
    return {
        "corpus": study.store.folder.name,
        "version": study.version,
        "start": f"{start:%Y-%m-%d}" if start else None,
        "end": f"{end:%Y-%m-%d}" if end else None,
        "articles": len(articles),
        "stories": int(articles["story_id"].nunique()),
        "outlets": int(articles["outlet"].nunique()),
        "newest": None if pd.isna(newest) else newest,
        "unresolved_share": _unresolved(study),
        "undone": study.undone,
        "annotator": ", ".join(sorted(annotated["annotator"].unique())) or None,
    }


def _unresolved(study: Study) -> float | None:
    if study.annotated.empty or study.mentions.empty:
        return None
    return float(study.mentions["actor_id"].isna().mean())


# A window before all news: what an undated corpus is compared with, in vain.
_NEVER = (datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC))


@dataclass(frozen=True)
class Pair:
    """A window and the one of the same length before it, each with a name for people."""

    study: Study
    reference: Study
    study_name: str
    reference_name: str


def open_pair(
    folder: str, *, start: Any = None, end: Any = None, outlets: Sequence[str] | None = None
) -> Pair:
    """Open a window and the one of the same length before it, which may hold no article at all.

    Without a start, the corpus is halved at the midnight in the middle: the later half against the
    earlier. Articles without a date are in neither; where none has one, there is nothing before.
    Raises ParleyError as ``open_study`` does.
    """
    asked = corpus.open_study(folder, start=start, end=end, outlets=outlets)
    if asked.articles["published"].isna().all():
        return Pair(asked, Study(asked.store, *_NEVER), "these articles", "before (no dates)")
    low, middle, high = _bounds(asked)
    # Not open_study: a silent window before is nothing to stop for.
    spans = ((middle, high), (low, middle))
    now, then = (
        Study(asked.store, since.to_pydatetime(), until.to_pydatetime(), outlets or ())
        for since, until in spans
    )
    return Pair(now, then, *(_span(*span) for span in spans))


def _bounds(study: Study) -> tuple[pd.Timestamp, pd.Timestamp, pd.Timestamp]:
    """Where the reference begins, where the study does, and where it ends."""
    start, end = study.window
    dates = study.articles["published"].dropna()
    high = pd.Timestamp(end) if end else dates.max().normalize() + pd.Timedelta(days=1)
    if start:
        return pd.Timestamp(start) - (high - pd.Timestamp(start)), pd.Timestamp(start), high
    low = dates.min().normalize()
    return low, max(low + (high - low) / 2, low + pd.Timedelta(days=1)).normalize(), high


def _span(low: pd.Timestamp, high: pd.Timestamp) -> str:
    last = high - pd.Timedelta(microseconds=1)
    first = f"{low.day} {low:%b}" + ("" if low.year == last.year else f" {low.year}")
    if low.date() == last.date():
        return f"{last.day} {last:%b} {last.year}"
    return f"{first} – {last.day} {last:%b} {last.year}"


def step(study: Study) -> str:
    """Give the unit in which a course over a study's articles reads: day, week or month.

    A day up to three weeks, a week up to half a year, a month beyond: some seven to thirty points.
    """
    days = (study.articles["published"].max() - study.articles["published"].min()).days
    return "month" if days > 183 else "week" if days > 21 else "day"  # without dates: a day


def sizes(studies: dict[str, Study]) -> pd.DataFrame:
    """Give what each study holds, a row each: window, articles, stories, words, outlets, quotes."""
    rows = [
        {
            "window": name,
            "articles": len(study.articles),
            "stories": int(study.articles["story_id"].nunique()),
            "words": int(study.articles["n_words"].sum()),
            "outlets": int(study.articles["outlet"].nunique()),
            "mentions": len(study.mentions),
            "quotations": len(study.quotes),
        }
        for name, study in studies.items()
    ]
    return pd.DataFrame(rows)

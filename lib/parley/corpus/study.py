"""A study: one corpus, one window, its tables as DataFrames, loaded when they are touched."""

import html
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from shlex import quote
from typing import Any

import pandas as pd
from rapidfuzz import process

from parley import tables
from parley.corpus.store import Store
from parley.errors import ParleyError
from parley.tables import Table

When = str | date | datetime | None
Rows = Any  # a DataFrame; of a lazy study a pyarrow dataset


class Study:
    """The part of a corpus that lies in a window: ``articles`` and every table about them.

    Each table is read once, when first touched, and only the months that the window covers. Of a
    lazy study the articles come without their text, and the tables of annotations as Arrow
    datasets, which are not read: measures count them where they lie.
    """

    def __init__(
        self,
        store: Store,
        start: datetime | None,
        end: datetime | None,
        outlets: Sequence[str] = (),
        *,
        lazy: bool = False,
    ) -> None:
        self.store = store
        self.lazy = lazy
        self.start = start
        self.end = end
        self.outlets = tuple(outlets)

    @cached_property
    def version(self) -> str:
        """The version of the corpus that was read; a report cites it."""
        return self.store.version()

    @property
    def window(self) -> tuple[datetime | None, datetime | None]:
        """The window as [start, end), in UTC; None where it is open."""
        return self.start, self.end

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles of the window, earliest first."""
        columns = [c for c in tables.ARTICLES.columns if not (self.lazy and c == "text")]
        found = self.store.read_window(
            tables.ARTICLES, start=self.start, end=self.end, columns=columns
        )
        if self.outlets:
            found = found[found["outlet"].isin(self.outlets)]
        return found.sort_values(["published", "article_id"], ignore_index=True)

    @cached_property
    def repairs(self) -> pd.DataFrame:
        """The mends of these articles' text."""
        return self._about(tables.REPAIRS)

    @cached_property
    def rejects(self) -> pd.DataFrame:
        """What the whole corpus could not take in: a reject has no date to be windowed by."""
        return self.store.read(tables.REJECTS)

    @cached_property
    def sentences(self) -> Rows:
        """The sentences of these articles."""
        return self._annotations(tables.SENTENCES)

    @cached_property
    def mentions(self) -> Rows:
        """The mentions of actors in these articles."""
        return self._annotations(tables.MENTIONS)

    @cached_property
    def quotes(self) -> Rows:
        """The attributions in these articles."""
        return self._annotations(tables.QUOTES)

    @cached_property
    def stances(self) -> Rows:
        """The positions taken in these articles."""
        return self._annotations(tables.STANCES)

    @cached_property
    def events(self) -> Rows:
        """Who acted on whom in these articles."""
        return self._annotations(tables.EVENTS)

    @cached_property
    def annotated(self) -> pd.DataFrame:
        """Which of these articles have been annotated, and by which version."""
        return self._about(tables.ANNOTATED)

    @cached_property
    def actors(self) -> pd.DataFrame:
        """The registry that the corpus was annotated with."""
        return self.store.read(tables.ACTORS)

    def _annotations(self, table: Table) -> Rows:
        if self.annotated["annotator"].nunique() > 1:  # never in one figure
            raise ParleyError(self.missing)
        if self.annotated.empty and len(self.articles):  # nothing read is not nothing found
            raise ParleyError(self.missing)
        if self.lazy:
            return self.store.scan(table, start=self.start, end=self.end)
        return self._about(table)

    def _about(self, table: Table) -> pd.DataFrame:
        ids = self.articles["article_id"]
        found = self.store.read_window(table, start=self.start, end=self.end, ids=ids)
        return found.sort_values([*table.key], ignore_index=True)

    @property
    def undone(self) -> int:
        """How many of the articles are not annotated yet."""
        done = self.annotated["failed"].fillna("") != tables.UNFINISHED
        return len(self.articles) - int(done.sum())

    @property
    def missing(self) -> str:
        """What is not there yet, with the command that mends it; empty where nothing is."""
        command = f"`parley annotate --corpus {quote(str(self.store.folder))}`"
        if self.annotated["annotator"].nunique() > 1:
            return f"these articles were annotated by different versions: run {command}"
        if self.undone:
            return (
                f"{self.undone} of {len(self.articles)} articles are not annotated: run {command}"
            )
        return ""

    def facts(self) -> dict[str, str]:
        """What a card or a banner says of the study, as label and text."""
        articles = self.articles
        dated = articles["published"].dropna()
        outlets = articles["outlet"].dropna().unique()
        shown = ", ".join(sorted(outlets)[:6]) + (" ..." if len(outlets) > 6 else "")
        versions = ", ".join(sorted(self.annotated["annotator"].unique())) or "not annotated"
        return {
            "corpus": f"{self.store.folder.name} at version {self.version}",
            "articles": f"{len(articles):,} in {articles['story_id'].nunique():,} stories",
            "dates": f"{dated.min():%Y-%m-%d} to {dated.max():%Y-%m-%d}" if len(dated) else "none",
            "undated": f"{articles['published'].isna().sum():,}",
            "outlets": f"{len(outlets)}: {shown}",
            "annotated by": versions,
            "missing": self.missing or "nothing",
        }

    def __repr__(self) -> str:
        return "\n".join(f"{label:>12}  {text}" for label, text in self.facts().items())

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{html.escape(label)}</th>"
            f"<td style='text-align:left'>{html.escape(text)}</td></tr>"
            for label, text in self.facts().items()
        )
        return f"<table><caption>Study</caption>{rows}</table>"


def open_study(
    corpus: str | Path,
    *,
    start: When = None,
    end: When = None,
    outlets: Sequence[str] | None = None,
    lazy: bool = False,
) -> Study:
    """Open the part of a corpus published from ``start`` up to but not including ``end``, UTC.

    ``corpus`` is a folder, or ``"sample"``. Undated articles are in a study without a window only.
    With ``lazy=True`` annotations are not read but counted on disk, for corpora of many millions:
    the measures of mentions and of stances take such tables and give the same figures.
    Raises ParleyError where the folder is no corpus, the window is turned around or empty, or an
    outlet is not in it.
    """
    store = Store(corpus)
    low, high = _time(start, "start"), _time(end, "end")
    if low and high and low >= high:
        raise ParleyError(
            f"the window starts at {low:%Y-%m-%d} and ends at {high:%Y-%m-%d}: turn it around"
        )
    study = Study(store, low, high, outlets or (), lazy=lazy)
    where = ["published", "outlet"]
    found = store.read_window(tables.ARTICLES, start=low, end=high, columns=where)
    if found.empty:
        raise ParleyError(_nothing(store, low, high))
    known = sorted(found["outlet"].dropna().unique())
    for outlet in outlets or ():
        if outlet not in known:
            near = process.extractOne(outlet, known)
            hint = f": the nearest is {near[0]!r}" if near else ""
            raise ParleyError(f"no article of the outlet {outlet!r} in this window{hint}")
    return study


def _time(when: When, name: str) -> datetime | None:
    if when is None or when == "":
        return None
    try:
        time = pd.Timestamp(when)
    except ValueError as problem:
        raise ParleyError(f"{name} {when!r} is not a date: write it as 2022-01-10") from problem
    zoned = time.tz_localize(UTC) if time.tzinfo is None else time.tz_convert(UTC)
    return zoned.to_pydatetime()


def _nothing(store: Store, start: datetime | None, end: datetime | None) -> str:
    times = store.read(tables.ARTICLES, columns=["published"])["published"]
    if times.empty:
        command = f"`parley ingest PATH --corpus {quote(str(store.folder))}`"
        return f"{store.folder} holds no articles: add some with {command}"
    first = f"{start:%Y-%m-%d}" if start else "the beginning"
    until = f"{end:%Y-%m-%d}" if end else "the end"
    if times.isna().all():
        return f"no article of {store.folder} is dated, so none can be in a window: name no days"
    return (
        f"{store.folder} has no articles from {first} until {until}, only from "
        f"{times.min():%Y-%m-%d} to {times.max():%Y-%m-%d}: choose another window, or ingest "
        "articles of this one"
    )

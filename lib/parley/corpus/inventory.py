"""What is in a corpus: counts, dates, outlets, versions, rejects."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from parley import tables
from parley.corpus.refusals import Refusals, add_refusals, most_first
from parley.corpus.store import Store


@dataclass(frozen=True)
class Description:
    """A corpus in numbers; prints as a page of text."""

    corpus: str
    version: str
    articles: int
    stories: int
    words: int
    first: str | None
    last: str | None
    undated: int
    outlets: dict[str, int]
    repairs: dict[str, int]
    rejects: list[Refusals]
    annotated: dict[str, int]
    failed: int

    def to_dict(self) -> dict[str, Any]:
        """The numbers, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        annotated = sum(self.annotated.values())
        lines = [
            f"corpus     {self.corpus} (version {self.version})",
            f"articles   {self.articles:,} in {self.stories:,} stories, {self.words:,} words",
            f"dates      {self.first or 'none'} to {self.last or 'none'}, {self.undated:,} undated",
            f"annotated  {annotated:,} of {self.articles:,}, {self.failed:,} failed",
        ]
        parts = {
            "articles by outlet": self.outlets,
            "repairs": self.repairs,
            "articles by annotator": self.annotated,
        }
        for name, counts in parts.items():
            lines += _block(name, [(count, what) for what, count in counts.items()])
        return "\n".join(
            lines + _block("rejects", [(each.count, each.told) for each in self.rejects])
        )


def describe(corpus: str | Path) -> Description:
    """Count what is in a corpus. Raises ParleyError where the folder is none."""
    store = Store(corpus)
    columns = ["outlet", "published", "story_id", "n_words"]
    articles = store.read(tables.ARTICLES, columns=columns)
    marks = store.read(tables.ANNOTATED)
    dated = articles["published"].dropna()
    return Description(
        corpus=str(store.folder),
        version=store.version(),
        articles=len(articles),
        stories=int(articles["story_id"].nunique()),
        words=int(articles["n_words"].sum()),
        first=f"{dated.min():%Y-%m-%d}" if len(dated) else None,
        last=f"{dated.max():%Y-%m-%d}" if len(dated) else None,
        undated=int(articles["published"].isna().sum()),
        outlets=_counts(articles["outlet"].fillna("(no outlet)")),
        repairs=_counts(store.read(tables.REPAIRS, columns=["rule"])["rule"]),
        rejects=_refusals(store.read(tables.REJECTS, columns=["path", "record", "reason"])),
        annotated=_counts(marks["annotator"]),
        failed=int(marks["failed"].notna().sum()),
    )


def _block(name: str, counts: list[tuple[int, str]]) -> list[str]:
    lines = [f"  {count:>9,}  {what}" for count, what in counts] or ["  none"]
    return ["", f"{name} ({sum(count for count, _ in counts):,})", *lines]


def _refusals(rejects: pd.DataFrame) -> list[Refusals]:
    found: dict[str, Refusals] = {}
    add_refusals(found, rejects.to_dict("records"))
    return most_first(found)


def _counts(values) -> dict[str, int]:
    return {str(value): int(count) for value, count in values.value_counts().items()}

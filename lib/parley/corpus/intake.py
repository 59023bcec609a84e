"""Files into the store: read, clean, mend, date, tell copies apart; a batch is a commit.

Repairs and rejects are written before the articles they belong to, and every row has a key, so that
a run that was killed is simply run again.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

from parley import tables, terms
from parley.corpus.clean import clean, with_title
from parley.corpus.columns import article_fields
from parley.corpus.dates import parse_date
from parley.corpus.language import detect_language
from parley.corpus.read import Record, find_files, read_file
from parley.corpus.repair import Repair, repair
from parley.corpus.store import Store, article_key, month_of_id
from parley.corpus.stories import Stories, first_of, signature

# Records in a batch: a commit costs some tens of milliseconds, and a batch is what a kill can lose.
BATCH = 500
_SIGNATURES = "signatures"
_LEAST_WORDS = 3

Progress = Callable[[int, int], None]


@dataclass
class IngestReport:
    """What became of the records that were offered; accepted, known and rejected add up."""

    offered: int = 0
    accepted: int = 0
    known: int = 0
    rejected: int = 0
    copies: int = 0
    undated: Counter[str] = field(default_factory=Counter)
    repairs: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [
            f"{self.offered:,} offered: {self.accepted:,} accepted, {self.known:,} already there, "
            f"{self.rejected:,} rejected",
            f"{self.copies:,} are copies of another article; {sum(self.undated.values()):,} have "
            f"no usable date; {sum(self.repairs.values()):,} flaws of the text were mended",
        ]
        for title, counts in (("rejected", self.reasons), ("undated", self.undated)):
            lines += [f"  {title}: {count:,} {reason}" for reason, count in counts.most_common(8)]
        return "\n".join(lines)


@dataclass(frozen=True)
class _Article:
    """One accepted article with its mends and its signature."""

    row: dict[str, Any]
    repairs: list[Repair]
    signature: Any


def ingest(
    sources: Iterable[str | Path],
    corpus: str | Path,
    *,
    mapping: Mapping[str, str] | None = None,
    pattern: str | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Take files and folders of articles into a corpus, which is made where there is none.

    ``mapping`` says which column is a field (``{"outlet": "source"}``), ``pattern`` how file names
    are made (``"{date}_{outlet}_{title}"``). ``progress(files_done, files)`` is called on the way.
    What cannot be taken in becomes a row of ``rejects``. Articles already there are left alone.
    """
    files = find_files(sources)
    store = Store(corpus, create=True)
    report = IngestReport()
    collected = datetime.now(UTC)
    records = _read(files, progress)
    while batch := list(islice(records, BATCH)):
        rejects: list[dict] = []
        found = [
            article
            for record in batch
            if (article := _article(record, mapping, pattern, collected, rejects, report))
        ]
        _write(store, found, rejects, report)
    return report


def _read(files: list[Path], progress: Progress | None) -> Iterator[Record]:
    for done, file in enumerate(files, start=1):
        yield from read_file(file)
        if progress:
            progress(done, len(files))


def _article(
    record: Record,
    mapping: Mapping[str, str] | None,
    pattern: str | None,
    collected: datetime,
    rejects: list[dict],
    report: IngestReport,
) -> _Article | None:
    """The article in a record, or None with a row of ``rejects``."""
    report.offered += 1
    reason, fields, text, language = record.reason, {}, "", terms.LANGUAGE
    if not reason:
        fields = article_fields(record.fields, record.path, mapping=mapping, pattern=pattern)
        text = clean(fields["text"] or "")
        language = detect_language(text)
        reason = _objection(text, language)
    if reason:
        excerpt = record.excerpt or " ".join(text.split())[:120]
        number = record.number
        rejects.append(
            {"path": record.path, "record": number, "reason": reason, "excerpt": excerpt}
        )
        return None
    published, doubt = parse_date(fields["published"])
    title = clean(fields["title"]).replace("\n\n", " ") if fields["title"] else None
    mended, repairs = repair(with_title(text, title))
    if doubt:
        report.undated[doubt] += 1
    row = _row(mended, fields, published, title, language, collected)
    return _Article(row, repairs, signature(text))


def _objection(text: str, language: str) -> str:
    if len(text.split()) < _LEAST_WORDS:
        return "no text" if not text else f"fewer than {_LEAST_WORDS} words"
    return "" if language == terms.LANGUAGE else f"language: {language}"


def _row(
    text: str,
    fields: Mapping[str, str | None],
    published: datetime | None,
    title: str | None,
    language: str,
    collected: datetime,
) -> dict[str, Any]:
    outlet = fields["outlet"]
    day = f"{published:%Y-%m-%d}" if published else ""
    content = "\x1f".join([" ".join(text.casefold().split()), outlet or "", day])
    digest = hashlib.blake2b(content.encode(), digest_size=8).hexdigest()
    return {
        "article_id": article_key(day[:7] if day else "undated", digest),
        "outlet": outlet,
        "published": published,
        "title": title or _first_line(text),
        "url": fields["url"],
        "language": language,
        "text": text,
        "n_words": len(text.split()),
        "collected": collected,
    }


def _first_line(text: str) -> str | None:
    """A title from the text itself: a short first paragraph that is no sentence."""
    first = text.split("\n\n", 1)[0]
    return first if len(first) <= 150 and first[-1:] not in '.!?”",' and first != text else None


def _write(store: Store, found: list[_Article], rejects: list[dict], report: IngestReport) -> None:
    _write_rejects(store, rejects, report)
    new = _new(store, found)
    report.known += len(found) - len(new)
    report.accepted += len(new)
    if not new:
        return
    rows, moved = _with_stories(store, new)
    report.copies += int((rows["story_id"] != rows["article_id"]).sum())
    mends = [{"article_id": a.row["article_id"], **vars(m)} for a in new for m in a.repairs]
    report.repairs.update(mend["rule"] for mend in mends)
    store.append(tables.REPAIRS, pd.DataFrame(mends))
    store.append(tables.ARTICLES, rows)
    store.update(tables.ARTICLES, ["article_id"], moved)


def _write_rejects(store: Store, rejects: list[dict], report: IngestReport) -> None:
    report.rejected += len(rejects)
    report.reasons.update(reject["reason"][:60] for reject in rejects)
    if not rejects:
        return
    there = store.read(tables.REJECTS, columns=["path", "record"])
    known = set(zip(there["path"], there["record"], strict=True))
    fresh = [r for r in rejects if (r["path"], r["record"]) not in known]
    store.append(tables.REJECTS, pd.DataFrame(fresh))


def _new(store: Store, found: list[_Article]) -> list[_Article]:
    """Those that are not in the store, the first of each id."""
    once = {article.row["article_id"]: article for article in found}
    months = sorted({month_of_id(article_id) for article_id in once})
    where = ds.field("month").isin(months)
    there = set(store.read(tables.ARTICLES, columns=["article_id"], where=where)["article_id"])
    return [article for article_id, article in once.items() if article_id not in there]


def _with_stories(store: Store, new: list[_Article]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The new rows with story_id and is_first, and the changes of ``is_first`` in older rows."""
    stories, dates = _neighbours(store, {month_of_id(a.row["article_id"]) for a in new})
    in_order = sorted(new, key=lambda a: (a.row["published"] is None, str(a.row["published"])))
    for article in in_order:
        article_id = article.row["article_id"]
        stories.add(article_id, article.signature)
        dates[article_id] = article.row["published"]
    members: dict[str, list[tuple[str, datetime | None]]] = {}
    for article_id, (_, story) in stories.known.items():
        members.setdefault(story, []).append((article_id, dates.get(article_id)))
    first = {story: first_of(inside) for story, inside in members.items()}
    rows = pd.DataFrame([article.row for article in in_order])
    rows["story_id"] = [stories.known[article_id][1] for article_id in rows["article_id"]]
    rows["is_first"] = rows["article_id"] == rows["story_id"].map(first)
    _remember(store, in_order, stories)
    return rows, _moved(store, set(rows["story_id"]) - set(rows["article_id"]), first)


def _moved(store: Store, touched: set[str], first: dict[str, str]) -> pd.DataFrame:
    """Rows already stored whose ``is_first`` changes because an earlier copy has come in."""
    if not touched:
        return pd.DataFrame()
    columns = ["article_id", "story_id", "is_first"]
    where = ds.field("story_id").isin(sorted(touched))
    rows = store.read(tables.ARTICLES, columns=columns, where=where)
    now = rows["article_id"] == rows["story_id"].map(first)
    return rows.assign(is_first=now)[now != rows["is_first"]][["article_id", "is_first"]]


def _neighbours(store: Store, months: set[str]) -> tuple[Stories, dict[str, datetime | None]]:
    """The stories of these months and those beside them."""
    near = sorted({other for month in months for other in _beside(month)})
    known = store.read_raw(_SIGNATURES, ds.field("month").isin(near))
    stories, dates = Stories(), {}
    if known is not None:
        import numpy as np

        for row in known.to_pylist():
            sketch = np.frombuffer(row["signature"], dtype="uint32")
            stories.add(row["article_id"], sketch, row["story_id"])
            dates[row["article_id"]] = row["published"]
    return stories, dates


def _beside(month: str) -> list[str]:
    if month == "undated":
        return [month]
    middle = pd.Period(month, freq="M")
    return [str(middle - 1), month, str(middle + 1), "undated"]


def _remember(store: Store, articles: list[_Article], stories: Stories) -> None:
    ids = [article.row["article_id"] for article in articles]
    store.append_raw(
        _SIGNATURES,
        pa.table(
            {
                "article_id": ids,
                "story_id": [stories.known[article_id][1] for article_id in ids],
                "published": pa.array(
                    [a.row["published"] for a in articles], pa.timestamp("us", "UTC")
                ),
                "signature": [article.signature.tobytes() for article in articles],
                "month": [month_of_id(article_id) for article_id in ids],
            }
        ),
    )

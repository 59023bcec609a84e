"""Files into the store: records become articles, copies are told apart, a batch is a commit.

Repairs, rejects and signatures are written before the articles that they belong to, and what a kill
in between left of them is replaced, so that a run that was killed is simply run again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pandas as pd

from parley import tables
from parley.corpus.adding import add_articles, add_rejects
from parley.corpus.article import Article, Rejected, article_of
from parley.corpus.columns import check_mapping
from parley.corpus.months import in_months_of
from parley.corpus.names import check_pattern
from parley.corpus.read import Record, find_files, passed_over, read_file
from parley.corpus.refusals import Refusals, add_refusals, most_first
from parley.corpus.store import Store

# Records in a batch: a commit costs some tenths of a second, and a batch is what a kill can lose.
BATCH = 500

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
    notes: Counter[str] = field(default_factory=Counter)
    repairs: Counter[str] = field(default_factory=Counter)
    refusals: dict[str, Refusals] = field(default_factory=dict)
    passed_over: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [
            f"{self.offered:,} offered: {self.accepted:,} accepted, {self.known:,} already there, "
            f"{self.rejected:,} rejected",
            f"copies of another article: {self.copies:,}; without a usable date: "
            f"{self.undated.total():,}; flaws of the text mended: {self.repairs.total():,}",
        ]
        lines += [f"  rejected: {each.count:,} {each.told}" for each in most_first(self.refusals)]
        told = {"undated": self.undated, "taken in": self.notes, "mended": self.repairs}
        for title, counts in told.items():
            lines += [f"  {title}: {count:,} {why}" for why, count in counts.most_common(8)]
        if self.passed_over:
            kinds = ", ".join(f"{n} {kind}" for kind, n in self.passed_over.most_common(8))
            lines.append(f"  files of kinds that are not read: {kinds}")
        return "\n".join(lines)


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
    sources = list(sources)
    files = find_files(sources)
    check_mapping(mapping or {}, (), "")
    check_pattern(pattern)
    store = Store(corpus, create=True)
    report = IngestReport(passed_over=passed_over(sources))
    records = _checked(_read(files, progress), mapping or {})
    collected = datetime.now(UTC)
    while batch := list(islice(records, BATCH)):
        found, rejects = [], []
        for record in batch:
            try:
                found.append(
                    article_of(record, collected=collected, mapping=mapping, pattern=pattern)
                )
            except Rejected as no:
                rejects.append(_reject(record, no))
        _commit(store, found, rejects, report)
    if report.accepted > BATCH:
        store.compact()
    return report


def _read(files: list[Path], progress: Progress | None) -> Iterator[Record]:
    for done, file in enumerate(files, start=1):
        yield from read_file(file)
        if progress:
            progress(done, len(files))


def _checked(records: Iterator[Record], mapping: Mapping[str, str]) -> Iterator[Record]:
    """The records; where ``mapping`` fits none of the first that have columns, say so at once."""
    first = list(islice(records, BATCH))
    columns = {column for record in first for column in record.fields}
    if columns - {"text"}:  # plain text has no columns to be mapped
        check_mapping(mapping, columns, first[0].path)
    yield from first
    yield from records


def _reject(record: Record, no: Rejected) -> dict[str, object]:
    return {
        "path": record.path,
        "record": record.number,
        "reason": no.reason,
        "excerpt": record.excerpt or no.excerpt,
    }


def _commit(
    store: Store, found: list[Article], rejects: list[dict[str, object]], report: IngestReport
) -> None:
    new = _new(store, found)
    report.offered += len(found) + len(rejects)
    report.rejected += len(rejects)
    report.known += len(found) - len(new)
    report.accepted += len(new)
    add_refusals(report.refusals, rejects)
    report.undated.update(article.undated for article in new if article.undated)
    report.notes.update(article.note for article in new if article.note)
    report.repairs.update(mend.rule for article in new for mend in article.repairs)
    add_rejects(store, pd.DataFrame(rejects))
    if new:
        rows = pd.DataFrame([article.row for article in new])
        mends = [(a.row["article_id"], mend) for a in new for mend in a.repairs]
        repairs = pd.DataFrame([{"article_id": key, **vars(mend)} for key, mend in mends])
        sketches = pd.DataFrame([article.sketch for article in new])
        report.copies += add_articles(store, rows, repairs, sketches)


def _new(store: Store, found: list[Article]) -> list[Article]:
    """Those that are not in the store, the first of each id, earliest first."""
    once = {article.row["article_id"]: article for article in reversed(found)}
    if not once:
        return []
    there = store.read(tables.ARTICLES, columns=["article_id"], where=in_months_of(list(once)))
    new = (once[article_id] for article_id in once.keys() - set(there["article_id"]))
    return sorted(new, key=_when)


def _when(article: Article) -> tuple[bool, str, str]:
    published = article.row["published"]
    return published is None, str(published), article.row["article_id"]

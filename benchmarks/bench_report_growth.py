"""A report on one week of a corpus, and on the same week of one ten times as long.

The sample's dated articles, each ten times over with ids and stories of its own, are the short
corpus (about 840 articles over eleven weeks, 160 in the week). The long one has the same and nine
more such stretches before it, so that the week itself is equal. Each round reports on both; the
ratio is the median over the rounds of long / short.

Run: ``python -m benchmarks.bench_report_growth [ROUNDS]`` (needs the sample: ``make report``).
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from parley import corpus, paths, tables

GOAL = 1.2
COPIES, STRETCHES, WEEKS = 10, 10, 16
WEEK = ("-p", "start=2022-01-10", "-p", "end=2022-01-17")
ABOUT_ARTICLES = (tables.SENTENCES, tables.MENTIONS, tables.QUOTES, tables.STANCES, tables.EVENTS,
                  tables.ANNOTATED)  # fmt: skip


def stretch(source: corpus.Store, number: int, into: corpus.Store) -> None:
    """Add one stretch: the sample ``COPIES`` times over, ``number`` times sixteen weeks earlier."""
    articles = source.read(tables.ARTICLES).dropna(subset=["published"])
    moved = articles["published"] - pd.Timedelta(weeks=WEEKS * number)
    for copy in range(COPIES):
        mark = f"-{number}x{copy}"
        ids = moved.dt.strftime("%Y%m") + mark + articles["article_id"].str.partition("-")[2]
        new = dict(zip(articles["article_id"], ids, strict=True))
        own = articles.assign(article_id=ids, published=moved, story_id=articles["story_id"] + mark)
        into.append(tables.ARTICLES, own)
        for table in ABOUT_ARTICLES:
            rows = source.read(table)
            rows = rows[rows["article_id"].isin(new)]
            into.append(table, rows.assign(article_id=rows["article_id"].map(new)))


def made(folder: Path, stretches: int) -> corpus.Store:
    """Make a corpus of so many stretches."""
    source, store = corpus.Store(paths.SAMPLE_CORPUS), corpus.Store(folder, create=True)
    store.write_actors(source.read(tables.ACTORS))
    for number in range(stretches):
        stretch(source, number, store)
    store.compact()
    return store


def seconds(store: corpus.Store, out: Path) -> float:
    """Report on the week; give the seconds."""
    words = ["report", "weekly-briefing", "--corpus", str(store.folder), "--out", str(out), *WEEK]
    began = time.perf_counter()
    command = [sys.executable, "-m", "parley.cli", *words]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def measure(rounds: int = 3) -> dict[str, float]:
    """Report on both in turn; give the sizes, the medians and the median ratio."""
    with tempfile.TemporaryDirectory() as root:
        stores = {
            "short": made(Path(root) / "short", 1),
            "long": made(Path(root) / "long", STRETCHES),
        }
        taken: list[dict[str, float]] = []
        for number in range(rounds):
            names = sorted(stores, reverse=bool(number % 2))
            taken.append({name: seconds(stores[name], Path(root) / "out" / name) for name in names})
        return {
            **{f"{name}_articles": store.count(tables.ARTICLES) for name, store in stores.items()},
            **{f"{name}_seconds": statistics.median(one[name] for one in taken) for name in stores},
            "ratio": statistics.median(one["long"] / one["short"] for one in taken),
            "goal": GOAL,
        }


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:2])), indent=1))

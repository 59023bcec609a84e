"""How long an explorer takes to answer a click, on a corpus of 100,000 mentions.

The sample's tables are repeated under new ids until they hold that many. What is timed is what
stands between the click and the page in Python; "as a report would" is the same sentences looked
up with nothing kept between two clicks, the peer in the same run.
"""

import argparse
import tempfile
import time
from pathlib import Path

import pandas as pd

MENTIONS = 100_000


def many(study: object, mentions: int) -> object:
    """The study's tables, repeated under other ids until there are so many mentions."""
    times = -(-mentions // len(study.mentions))
    tables = ("articles", "sentences", "mentions", "quotes", "stances", "events", "annotated")
    made = {name: _repeated(getattr(study, name), times) for name in tables}
    for name, table in made.items():
        setattr(study, name, table)
    return study


def _repeated(frame: pd.DataFrame, times: int) -> pd.DataFrame:
    parts = []
    for n in range(times):
        part = frame.assign(article_id=frame["article_id"] + f"-{n}")
        if "story_id" in part:
            part["story_id"] = part["story_id"] + f"-{n}"
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def median(function, *, runs: int = 7) -> float:
    """The middle of several times, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append(1000 * (time.perf_counter() - start))
    return sorted(times)[runs // 2]


def main(args: list[str] | None = None) -> None:
    """Print a table: explorer, first click (which indexes), later clicks, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=MENTIONS)
    options = parser.parse_args(args)
    from parley import corpus, explore, paths, pipeline
    from parley.explore import ledger

    with tempfile.TemporaryDirectory() as folder:
        corpus.ingest([paths.SAMPLE_ARTICLES], Path(folder) / "sample")
        pipeline.annotate_corpus(Path(folder) / "sample")
        study = many(corpus.open_study(Path(folder) / "sample"), options.mentions)
        print(f"{len(study.mentions):,} mentions in {len(study.articles):,} articles")
        made = {
            "actors": explore.actors(study, ["nato", "russia"], period="week"),
            "stances": explore.stances(study, folder=folder),
            "words": explore.words(study, "@nato"),
            "reader": explore.reader(study),
        }
        print(f"{'explorer':10} {'first click, ms':>16} {'a click, ms':>12} {'nothing kept':>13}")
        for name, explorer in made.items():
            first = median(lambda e=explorer: e.choose("0"), runs=1)
            later = median(lambda e=explorer: e.choose("1"))

            def afresh(e=explorer):
                ledger._finders.clear()
                e.choose("1")

            ratio = median(afresh, runs=3) / later
            print(f"{name:10} {first:16.0f} {later:12.0f} {ratio:12.1f}x")


if __name__ == "__main__":
    main()

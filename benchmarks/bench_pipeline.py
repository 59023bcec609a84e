"""Ingesting and annotating: rates, two workers against one, one per cent more against all of it.

The sample's articles are repeated with other words in their titles until there are as many as asked
for, so that each is an article of its own. Every row is a ratio within this run; "peak" is what one
process held at most, measured in a process of its own for each size.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def articles_file(folder: Path, count: int, *, first: int = 0) -> Path:
    """A JSONL file of ``count`` articles, no two alike."""
    from parley import corpus, paths

    sample = folder / "seed"
    if not sample.exists():
        corpus.ingest([paths.SAMPLE_ARTICLES], sample)
    rows = corpus.open_study(sample).articles.dropna(subset=["published"]).to_dict("records")
    file = folder / f"articles-{first}-{count}.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(first, first + count):
            row = rows[number % len(rows)]
            text = f"{row['text']}\n\nThis is notice number {number} of a series."
            kept = {"outlet": row["outlet"], "published": str(row["published"]), "text": text}
            out.write(json.dumps(kept) + "\n")
    return file


def timed(function) -> tuple[float, object]:
    """Seconds and the result."""
    start = time.perf_counter()
    made = function()
    return time.perf_counter() - start, made


def peak(count: int, folder: Path) -> float:
    """Megabytes that annotating so many articles takes at most, in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.bench_pipeline",
        "--only-peak",
        str(count),
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def main(args: list[str] | None = None) -> None:
    """Print a table: what, how much, and beside it the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--only-peak", nargs=2, metavar=("COUNT", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args(args)
    from parley import corpus, pipeline

    if options.only_peak:
        count, folder = int(options.only_peak[0]), Path(options.only_peak[1])
        store = folder / f"peak-{count}"
        corpus.ingest([articles_file(folder, count)], store)
        pipeline.annotate_corpus(store, batch=50)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return

    with tempfile.TemporaryDirectory() as name:
        folder, count = Path(name), options.articles
        file = articles_file(folder, count)
        taken, _ = timed(lambda: corpus.ingest([file], folder / "one"))
        corpus.ingest([file], folder / "two")
        print(f"ingest: {count / taken:,.0f} articles a second")
        pipeline.annotate_corpus(folder / "seed")  # loads the model and all modules once
        one, made = timed(lambda: pipeline.annotate_corpus(folder / "one", batch=50))
        two, _ = timed(lambda: pipeline.annotate_corpus(folder / "two", workers=2, batch=50))
        rate = made.words / one
        print(f"annotate, one process: {rate:,.0f} words a second ({made.words:,} words)")
        print(
            f"annotate, two workers: {made.words / two:,.0f} words a second, {one / two:.2f} of one"
        )
        again, _ = timed(lambda: pipeline.annotate_corpus(folder / "one"))
        print(f"annotate, nothing new: {again:.2f} s, {again / one:.1%} of the whole")
        more = max(1, count // 100)
        corpus.ingest([articles_file(folder, more, first=count)], folder / "one")
        added, _ = timed(lambda: pipeline.annotate_corpus(folder / "one"))
        print(f"annotate, {more} articles more: {added:.2f} s, {added / one:.1%} of the whole")
        small, large = (peak(n, folder) for n in (count // 2, 2 * count))
        print(
            f"peak memory: {small:,.0f} MB for {count // 2} articles, {large:,.0f} MB for"
            f" {2 * count}: {large / small:.2f}"
        )


if __name__ == "__main__":
    main()

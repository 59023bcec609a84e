"""Ingesting, annotating and reporting at size: rates, workers, increments, memory.

    python -m benchmarks.bench_pipeline [--only PART ...] [--articles 200] [--json FILE]

Every row is a figure with a ratio to another of the same part of the same run. Seconds are of the
clock; where other work on the machine would count, of the processor. Articles are the sample's with
words of their own (`benchmarks.made`); for memory they are of one short sentence, since 50,000 of a
usual length take a day, and of 900 words where only the store reads them.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
from parley import corpus, pipeline, tables
from parley.corpus.store import Store

from benchmarks import made

Row = dict[str, object]
BATCH = 50
SIZES = (500, 5_000, 50_000)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    """Seconds of the clock and the result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def cpu_seconds() -> float:
    """What this process and those that it has ended have used of the processor."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def row(what: str, figure: float, unit: str, beside: str = "", ratio: float | None = None) -> Row:
    """One line of the table."""
    return {"what": what, "figure": figure, "unit": unit, "beside": beside, "ratio": ratio}


def ingest(folder: Path, count: int) -> Iterator[Row]:
    """Articles a second into an empty corpus, and into one whose month is ten times as full."""
    articles = made.sample(folder)
    count = max(count, 1_000)
    rates = []
    for part in range(4):
        some = made.repeated(articles, count, first=part * count)
        file = made.files(some, folder / f"ingest-{part}.jsonl")
        seconds, _ = timed(lambda file=file: corpus.ingest([file], folder / "ingested"))
        rates.append(count / seconds)
    yield row("ingest", rates[0], "articles a second")
    yield row(f"ingest, {3 * count:,} there", rates[-1], "articles a second", "empty corpus",
              rates[-1] / rates[0])  # fmt: skip


def stages(folder: Path, count: int) -> Iterator[Row]:
    """Words a second of each stage and the whole, on one thread."""
    from parley.annotate import document, load_registry
    from parley.annotate.encoder import Encoder, load_encoder

    articles = made.repeated(made.sample(folder), count)
    registry, encoder = load_registry(), load_encoder(threads=1)
    document.annotate(articles[:20], registry=registry, encoder=encoder)  # loads everything once
    spent: Counter[str] = Counter()

    def watch(owner: object, name: str, label: str) -> None:
        real = getattr(owner, name)

        def watched(*given: object, **options: object) -> object:
            start = time.process_time()
            try:
                return real(*given, **options)
            finally:
                spent[label] += time.process_time() - start

        setattr(owner, name, watched)

    watch(document, "split_sentences", "sentences")
    watch(Encoder, "read", "encoder: mentions, quotes, valence")
    watch(document, "find_mentions", "mentions and linking")
    watch(document, "find_quotes", "quotes and speakers")
    watch(document.sentiment, "toward", "sentiment toward mentions")
    watch(document, "judge", "stances and events")
    start = time.process_time()
    document.annotate(articles, registry=registry, encoder=encoder)
    whole, words = time.process_time() - start, int(articles["n_words"].sum())
    yield row("annotate, one thread", words / whole, "words a second")
    for label, seconds in spent.most_common():
        yield row(label, words / seconds, "words a second", "the whole", seconds / whole)
    rest = whole - sum(spent.values())
    yield row("the rest", words / rest, "words a second", "the whole", rest / whole)


def workers(folder: Path, count: int) -> Iterator[Row]:
    """One process and two, turn by turn; nothing new; one per cent more."""
    articles = made.repeated(made.sample(folder), count)
    os.environ["PARLEY_THREADS"] = "1"
    pipeline.annotate_corpus(made.stored(articles[:20], folder / "warm"))
    seconds: dict[int, float] = {1: 0.0, 2: 0.0}
    used = dict(seconds)
    for turn, number in enumerate((1, 2, 2, 1)):
        place = made.stored(articles, folder / f"workers-{turn}")
        before = cpu_seconds()
        taken, _ = timed(
            lambda place=place, number=number: pipeline.annotate_corpus(
                place, workers=number, batch=BATCH
            )
        )
        seconds[number] += taken
        used[number] += cpu_seconds() - before
    words = 2 * int(articles["n_words"].sum())
    yield row("annotate, one process", words / seconds[1], "words a second")
    yield row("annotate, two workers", words / seconds[2], "words a second", "one process",
              seconds[1] / seconds[2])  # fmt: skip
    yield row("the same, of the processor", words / used[2], "words a CPU second", "one process",
              used[1] / used[2])  # fmt: skip
    yield from increments(folder, place, articles, seconds[1] / 2)


def increments(folder: Path, place: Path, articles: pd.DataFrame, full: float) -> Iterator[Row]:
    """What a run costs in a corpus that is annotated, against the full run."""
    nothing, _ = timed(lambda: pipeline.annotate_corpus(place))
    yield row("annotate, nothing new", nothing, "s", "full run", nothing / full)
    more = made.repeated(made.sample(folder), max(1, len(articles) // 100), first=len(articles))
    made.stored(more, place)
    added, _ = timed(lambda: pipeline.annotate_corpus(place))
    yield row("annotate, 1 % new", added, "s", "full run", added / full)
    command = [sys.executable, "-m", "parley.cli", "annotate", "--corpus", str(place)]
    started, _ = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    yield row("`parley annotate`, nothing new", started, "s", "full run", started / full)


def commits(folder: Path, count: int) -> Iterator[Row]:
    """What the one process that commits can take, were annotation free."""
    place = made.stored(made.repeated(made.sample(folder), 100), folder / "commits")
    pipeline.annotate_corpus(place)
    store = Store(place)
    kept = [*tables.ANNOTATIONS, tables.ANNOTATED]
    frames = {table.name: store.read(table) for table in kept}
    target = Store(folder / "committed", create=True)
    rates = []
    with corpus.Annotating(target, "v") as run:
        for turn in range(60):
            renamed = {
                n: f.assign(article_id=f["article_id"] + f"{turn}") for n, f in frames.items()
            }
            seconds, _ = timed(lambda renamed=renamed: run.write(renamed))
            rates.append(100 / seconds)
    first, last = sum(rates[:10]) / 10, sum(rates[-10:]) / 10
    yield row("commit annotations", first, "articles a second")
    yield row(
        "commit, 5,000 articles there", last, "articles a second", "empty corpus", last / first
    )


def memory(folder: Path, count: int) -> Iterator[Row]:
    """The most that annotating takes, by corpus size; and what reading long articles takes."""
    del count
    said = {annotated: "short articles annotated", read: "900-word articles read"}
    for work, what in said.items():
        found: dict[int, float] = {}
        for size in SIZES:
            found[size] = peak(work, corpus_for(work, size, folder))
            before = SIZES[max(0, SIZES.index(size) - 1)]
            yield row(f"peak memory, {size:,} {what}", found[size], "MB", f"{before:,}",
                      found[size] / found[before])  # fmt: skip


def corpus_for(work: Callable[[Path], None], size: int, folder: Path) -> Path:
    """Short articles to be annotated, or long ones to be read; put together by 500."""
    place = folder / f"{work.__name__}-{size}"
    for at in () if place.exists() else range(0, size, made.COMMIT):
        some, sample = min(made.COMMIT, size - at), made.sample(folder)
        rows = (
            made.long(sample, some, seed=at) if work is read else made.short(sample, some, seed=at)
        )
        made.stored(rows, place)
    Store(place).compact()
    return place


def peak(work: Callable[[Path], None], place: Path) -> float:
    """Megabytes that the work takes at most, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bench_pipeline", "--peak-of", work.__name__]
    done = subprocess.run([*command, str(place)], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def held_at_most() -> float:
    """Megabytes; not by getrusage, in which a child begins with what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def annotated(place: Path) -> None:
    """Annotate a corpus."""
    pipeline.annotate_corpus(place)


def read(place: Path) -> None:
    """Read a corpus as annotating it would."""
    with corpus.Annotating(Store(place), "none") as run:
        assert sum(map(len, run.batches(pipeline.BATCH))) == run.total


def reports(folder: Path, count: int) -> Iterator[Row]:
    """A report on the corpora that `memory` annotates."""
    del count
    found: dict[int, float] = {}
    for size in SIZES:
        place = corpus_for(annotated, size, folder)
        annotated(place)
        command = [sys.executable, "-m", "parley.cli", "report", "first-look", "--corpus", place]
        command += ["--out", folder / "published"]
        found[size], _ = timed(lambda command=command: subprocess.run(command, check=True))
        yield row(f"report, {size:,} short articles", found[size], "s", f"{SIZES[0]:,}",
                  found[size] / found[SIZES[0]])  # fmt: skip


PARTS = {f.__name__: f for f in (ingest, stages, workers, commits, memory, reports)}


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | figure | ratio |", "| --- | --- | --- |"]
    for each in rows:
        figure, ratio = float(str(each["figure"])), each["ratio"]
        shown = f"{figure:,.0f}" if figure >= 10 else f"{figure:,.2f}"
        beside = f"{ratio:.3g} of {each['beside']}" if ratio is not None else ""
        lines.append(f"| {each['what']} | {shown} {each['unit']} | {beside} |")
    return "\n".join(lines)


def main(args: list[str] | None = None) -> None:
    """Measure the parts and print a table of each; with --json put the rows into a file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=[*PARTS])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="Where the corpora are made.")
    parser.add_argument("--peak-of", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args(args)
    if options.peak_of:
        work, place = options.peak_of
        {"annotated": annotated, "read": read}[work](Path(place))
        print(held_at_most())
        return
    with tempfile.TemporaryDirectory() as passing:
        folder = options.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        for part in options.only:  # each told as soon as it is there: all of them take an hour
            rows = [each | {"part": part} for each in PARTS[part](folder, options.articles)]
            print(f"{table(rows)}\n", flush=True)
            if options.json:
                keep(rows, options.json)


def keep(rows: list[Row], file: Path) -> None:
    """Put the rows of one part into a file of rows, in the place of those that were there."""
    part = rows[0]["part"]
    kept = json.loads(file.read_text()) if file.exists() else []
    rest = [each for each in kept if each["part"] != part]
    file.write_text(json.dumps(rest + rows, indent=1))


if __name__ == "__main__":
    main()

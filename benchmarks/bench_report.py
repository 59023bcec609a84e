"""The weekly briefing beside plain papermill and nbconvert, on the same notebooks and corpus.

Plain: ``papermill IN OUT -p ...`` and ``jupyter nbconvert --to html OUT``, one notebook after
another, as a script of three lines would do it. Ours: ``parley report weekly-briefing``, which also
verifies, compares, and writes the tables. Each round runs both, so that what else the machine does
meets both; the ratio is the median over the rounds of ours / plain.

Run: ``python -m benchmarks.bench_report [ROUNDS]`` (needs the sample corpus: ``make report``).
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from parley import paths
from parley.report import load

WINDOW = {"START": "2022-01-10", "END": "2022-01-17"}
GOAL = 0.6


def _call(*words: str) -> None:
    subprocess.run([sys.executable, "-m", *words], check=True, capture_output=True)


def plain(folder: Path) -> float:
    """Run the notebooks by papermill and nbconvert; give the seconds."""
    began = time.perf_counter()
    given = [w for k, v in WINDOW.items() for w in ("-p", k, v)]
    for entry in load("weekly-briefing").notebooks:
        source, made = (
            paths.NOTEBOOKS / f"{entry.notebook}.ipynb",
            folder / f"{entry.notebook}.ipynb",
        )
        corpus = ["-p", "CORPUS", str(paths.SAMPLE_CORPUS), "--cwd", str(paths.NOTEBOOKS)]
        _call("papermill", str(source), str(made), *given, *corpus, "--no-progress-bar")
        _call("nbconvert", "--to", "html", str(made))
    return time.perf_counter() - began


def ours(folder: Path) -> float:
    """Run the report; give the seconds."""
    began = time.perf_counter()
    given = ["-p", f"start={WINDOW['START']}", "-p", f"end={WINDOW['END']}", "--out", str(folder)]
    _call("parley.cli", "report", "weekly-briefing", *given)
    return time.perf_counter() - began


def measure(rounds: int = 3) -> dict[str, float]:
    """Run both in turn; give the median of each and the median ratio."""
    pairs = []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            both = (plain, ours) if number % 2 == 0 else (ours, plain)
            seconds = {run.__name__: run(Path(folder)) for run in both}
            pairs.append((seconds["ours"], seconds["plain"]))
    return {
        "plain_seconds": statistics.median(second for _, second in pairs),
        "ours_seconds": statistics.median(first for first, _ in pairs),
        "ratio": statistics.median(first / second for first, second in pairs),
        "goal": GOAL,
    }


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:2])), indent=1))

"""The figure of the README, out of the rows that `bench_pipeline` writes with --json.

python -m benchmarks.drawn ROWS.json FIGURE.png
"""

import json
import re
import sys
from pathlib import Path

from matplotlib import pyplot

BLUE, GREY, ORANGE = "#2f6fab", "#8a8a8a", "#c8682b"


def draw(rows: list[dict], file: Path) -> None:
    """Draw peak memory by corpus size, and where the time of annotating goes."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3), layout="constrained")
    for said, color in (("short articles annotated", BLUE), ("900-word articles read", ORANGE)):
        found = [row for row in rows if row["part"] == "memory" and row["what"].endswith(said)]
        sizes = [int(re.sub(r"\D", "", row["what"].split(" ", 3)[2])) for row in found]
        left.plot(sizes, [row["figure"] for row in found], marker="o", color=color)
        left.annotate(said, (sizes[0], found[0]["figure"]), (0, -14), textcoords="offset points")
    left.set(
        xscale="log", ylim=(0, None), xlabel="articles in the corpus", ylabel="peak memory, MB"
    )
    left.set_xticks(sizes, [f"{size:,}" for size in sizes])
    left.minorticks_off()
    shares = [row for row in rows if row["part"] == "stages" and row["ratio"] is not None]
    places = range(len(shares))[::-1]
    right.barh(places, [row["ratio"] for row in shares], color=GREY)
    right.set_yticks(places, [row["what"] for row in shares])
    right.set(xlabel="share of the time that annotating takes")
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(file, dpi=150)


if __name__ == "__main__":
    draw(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))

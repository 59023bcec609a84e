"""The index of all reports and their runs, with a line of how many articles each one had."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from parley.report import page, record, values
from parley.report.shelf import Shelf

_SAID = {"published": "published", "held": "held back", "failed": "failed"}
_SHOWN = 60


def spark(numbers: Sequence[float], *, what: str = "articles") -> str:
    """Draw numbers as a small line, with words for who cannot see it.

    >>> spark([1])
    ''
    """
    if len(numbers) < 2:
        return ""
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1
    points = [
        (round(2 + 116 * i / (len(numbers) - 1), 1), round(21 - 18 * (n - low) / span, 1))
        for i, n in enumerate(numbers)
    ]
    line = " ".join(f"{x},{y}" for x, y in points)
    label = f"{what} in the last {len(numbers)} runs: from {numbers[0]:,} to {numbers[-1]:,}"
    return (
        f'<svg class="spark" viewBox="0 0 120 24" role="img" aria-label="{label}">'
        f'<polyline points="{line}"/>'
        f'<circle cx="{points[-1][0]}" cy="{points[-1][1]}" r="2.4"/></svg>'
    )


def _run(shelf: Shelf, run: Mapping[str, Any]) -> dict[str, Any]:
    folder = str(run.get("folder") or "")
    there = folder and (shelf.folder / folder / "index.html").is_file()
    start, end = (run.get("window") or [None, None])[:2]
    articles = run.get("articles")
    return {
        "href": f"{shelf.name}/{folder}/index.html" if there else "",
        "when": values.date(str(run.get("scheduled", ""))[:16]),
        "window": values.window_line(start, end) if run["status"] != "failed" else values.MISSING,
        "articles": f"{articles:,}" if isinstance(articles, int) else values.MISSING,
        "status": run["status"],
        "said": _SAID.get(run["status"], run["status"]),
        "reason": run.get("reason") or "",
    }


def _report(shelf: Shelf) -> dict[str, Any]:
    history, latest = shelf.history(), shelf.latest()
    good = [run for run in history if run["status"] == "published"]
    counts = [run["articles"] for run in good if isinstance(run.get("articles"), int)]
    last = f"Last published {values.date(good[-1]['finished'][:10])}." if good else "Not published."
    return {
        "name": shelf.name,
        "title": history[-1].get("title") or shelf.name,
        "latest": f"{shelf.name}/{latest.name}/index.html" if latest else "",
        "words": last,
        "spark": spark(counts[-20:]),
        "runs": [_run(shelf, run) for run in reversed(history[-_SHOWN:])],
    }


def rebuild(out: Path) -> Path:
    """Write ``index.html`` of all reports, so that a reader sees the old one or the new one."""
    shelves = [Shelf(out, path.parent.name) for path in sorted(out.glob("*/history.jsonl"))]
    reports = [_report(shelf) for shelf in shelves if shelf.history()]
    text = page.fill(
        "site.html", title="Reports", dek="Every report and every run of it.", reports=reports,
        dated=values.date(record.now().date()),
    )  # fmt: skip
    part = out / ".index.html"
    part.write_text(text, encoding="utf-8")
    return part.replace(out / "index.html")

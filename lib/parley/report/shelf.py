"""The folder of published reports: a run comes in whole, ``latest`` moves last, old ones go.

``published/NAME/RUN/`` is a run, ``NAME/latest`` the newest good one, ``NAME/failed/RUN/`` what was
not published, ``NAME/history.jsonl`` a line for each run there ever was.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from parley.report import record
from parley.report.definition import Retention

_BUILDING = ".building-"


@dataclass(frozen=True)
class Shelf:
    """The runs of one report."""

    out: Path
    name: str

    @property
    def folder(self) -> Path:
        """Where the runs of this report stand."""
        return self.out / self.name

    @property
    def lock(self) -> Path:
        """The file that is locked while a run lasts."""
        return self.folder / ".lock"

    def latest(self) -> Path | None:
        """Give the newest good run, if there is one."""
        link, pointer = self.folder / "latest", self.folder / "latest.txt"
        if link.is_symlink() and (link / "run.json").is_file():
            return self.folder / link.readlink()
        with contextlib.suppress(OSError):
            named = self.folder / Path(pointer.read_text("utf-8").strip()).name
            return named if (named / "run.json").is_file() else None
        return None

    def still(self) -> str:
        """Say, to end a sentence on a run that failed, that the last report stands, if one does."""
        return ", and the last report still stands" if self.latest() else ""

    def history(self) -> list[dict[str, Any]]:
        """Give a record of each run, in order; a line cut short by a crash is left out."""
        runs = []
        with contextlib.suppress(OSError):
            for line in (self.folder / "history.jsonl").read_text("utf-8").splitlines():
                with contextlib.suppress(ValueError):
                    runs.append(json.loads(line))
        return runs

    def note(self, run: Mapping[str, Any]) -> None:
        """Add a run to the history."""
        kept = ("run", "status", "reason", "scheduled", "started", "finished", "seconds", "corpus",
                "by_schedule", "parameters", "folder", "title")  # fmt: skip
        context = run.get("context") or {}
        line = {key: run.get(key) for key in kept} | {
            "articles": context.get("articles"),
            "window": [context.get("start"), context.get("end")],
        }
        text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
        with (self.folder / "history.jsonl").open("a", encoding="utf-8") as file:
            file.write(text)

    def fresh(self, at: datetime) -> tuple[str, Path]:
        """Give a run's name and an empty folder to build it in; a crashed run's rest is removed.

        To be called under the lock: whatever is still being built then, nobody is building.
        """
        for rest in self.folder.glob(f"{_BUILDING}*"):
            shutil.rmtree(rest, ignore_errors=True)
        stem, run, more = at.strftime("%Y-%m-%dT%H%M%SZ"), "", 1
        while not run or self._taken(run):
            run, more = (stem if more == 1 else f"{stem}-{more}"), more + 1
        building = self.folder / f"{_BUILDING}{run}"
        (building / "notebooks").mkdir(parents=True)
        return run, building

    def _taken(self, run: str) -> bool:
        return (self.folder / run).exists() or (self.folder / "failed" / run).exists()

    def publish(self, building: Path, run: str) -> Path:
        """Put a finished run in its place, then let ``latest`` point to it. Each step is atomic."""
        _settle(building)
        place = self.folder / run
        building.replace(place)
        self._point(run)
        return place

    def _point(self, run: str) -> None:
        pointer = self.folder / ".latest.txt"
        pointer.write_text(f"{run}\n", encoding="utf-8")
        link = self.folder / ".latest"
        with contextlib.suppress(OSError, NotImplementedError):  # links may not be allowed
            link.unlink(missing_ok=True)
            link.symlink_to(run, target_is_directory=True)
            link.replace(self.folder / "latest")
        pointer.replace(self.folder / "latest.txt")

    def set_aside(self, building: Path, run: str) -> Path:
        """Keep a run that was not published where it replaces nothing."""
        place = self.folder / "failed" / run
        place.parent.mkdir(exist_ok=True)
        _tidy(building)
        building.replace(place)
        return place

    def prune(self, retention: Retention, now: datetime) -> list[Path]:
        """Remove runs beyond the count or the age; the last good one always stays."""
        kept, gone = self.latest(), []
        for group in (self.folder, self.folder / "failed"):
            runs = sorted((p for p in group.glob("*T*Z*") if p.is_dir()), reverse=True)
            for place, path in enumerate(runs):
                if path != kept and _outlived(path, place, retention, now):
                    shutil.rmtree(path, ignore_errors=True)
                    gone.append(path)
        return gone


def _outlived(path: Path, place: int, retention: Retention, now: datetime) -> bool:
    if retention.count is not None and place >= retention.count:
        return True
    if retention.days is None:
        return False
    run = record.read_json(path / "run.json") or {}
    with contextlib.suppress(KeyError, TypeError, ValueError):
        age = now - datetime.fromisoformat(run["finished"])
        return age > timedelta(days=retention.days)
    return False


def _tidy(building: Path) -> None:
    for rest in building.glob(".*"):
        rest.unlink(missing_ok=True)


def _settle(building: Path) -> None:
    """Have the run on the disk before it gets its name."""
    _tidy(building)
    for path in building.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())

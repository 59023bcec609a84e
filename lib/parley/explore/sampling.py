"""A sample for coders by hand: the sheet that they fill in, and the key that they must not see."""

from pathlib import Path

from parley import measure
from parley.corpus import Study
from parley.errors import ParleyError
from parley.explore.coding import TABLES, issues
from parley.measure.coding import INSTRUCTIONS


def draw(study: Study, *, task: str, n: int, folder: Path, seed: int = 0) -> tuple[Path, Path]:
    """Write ``TASK.csv``, ``TASK-key.csv`` and ``TASK-instructions.txt`` into a folder.

    Each coder gets a copy of the sheet under a name of their own; the key stays beside them, where
    `open_coding` finds it. Nothing is overwritten: a sheet may hold a day's work.
    """
    if task not in TABLES:
        raise ParleyError(f"--task {task!r}: choose one of {', '.join(TABLES)}")
    files = [folder / f"{task}{end}" for end in (".csv", "-key.csv", "-instructions.txt")]
    if there := [file for file in files if file.exists()]:
        raise ParleyError(f"{there[0]} is there already: name another folder with --out")
    rows = getattr(study, TABLES[task])
    known = issues() if task == "stance" else None
    sheet, key = measure.sample_for_coding(
        rows, study.articles, study.actors, task=task, n=n, issues=known, seed=seed
    )
    folder.mkdir(parents=True, exist_ok=True)
    # With a byte order mark, so that a spreadsheet program reads the quotation marks right.
    sheet.to_csv(files[0], index=False, encoding="utf-8-sig")
    key.to_csv(files[1], index=False)
    files[2].write_text(INSTRUCTIONS[task] + "\n", encoding="utf-8")
    return files[0], files[1]

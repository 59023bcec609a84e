"""The held parts as files in each set's own format, so that `parley evaluate` can read them.

``parts(gold, out)`` writes ``out/whole`` (all that was never trained on) and ``out/report`` (the
half of it, by article or sentence, that temperatures and choices between models never saw).
"""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from parley.evaluate import dse, plv
from parley.evaluate.newsmtsc import article
from parley.train.tasks import HELD, held_out

Keep = Callable[[str], bool]


def choosing(group: str) -> bool:
    """Whether a held article or sentence is of the half that choices may be made on."""
    return held_out("choose " + group, 0.5)


def parts(gold: str | Path, out: str | Path) -> Path:
    """Write both folders; returns ``out``."""
    gold, out = Path(gold), Path(out)
    kept: dict[str, Keep] = {"whole": lambda _: True, "report": lambda group: not choosing(group)}
    for name, keep in kept.items():
        folder = out / name
        (folder / "worldwide").mkdir(parents=True, exist_ok=True)
        for file, lines in _files(gold, keep):
            (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        for file in sorted((gold / "worldwide_ner").glob("*.tsv")):
            if held_out(file.name, HELD["worldwide"]) and keep(file.name):
                shutil.copy(file, folder / "worldwide" / file.name)
    return out


def _files(gold: Path, keep: Keep) -> Iterator[tuple[str, Iterator[str]]]:
    yield "newsmtsc.jsonl", _newsmtsc(gold / "newsmtsc" / "train.jsonl", keep)
    yield "dse.tsv", _dse(gold / "dse" / "valid.tsv", keep)
    yield "plv.tsv", _plv(gold / "plv" / "train.tsv", keep)
    yield "emobank.jsonl", _emobank(gold / "emobank" / "train_dev.jsonl", keep)
    yield "polnear.jsonl", _polnear(gold / "polnear" / "cofenet_valid.jsonl", keep)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _newsmtsc(path: Path, keep: Keep) -> Iterator[str]:
    for line in _lines(path):
        group = article(json.loads(line)["primary_gid"])
        if held_out(group, HELD["newsmtsc"]) and keep(group):
            yield line


def _dse(path: Path, keep: Keep) -> Iterator[str]:
    for number, line in enumerate(_lines(path), start=1):
        if keep(dse.pair(line.split("\t"), path, number).group):
            yield line


def _plv(path: Path, keep: Keep) -> Iterator[str]:
    header, *lines = _lines(path)
    yield header
    rows = csv.DictReader([header, *lines], delimiter="\t", quoting=csv.QUOTE_NONE)
    for line, row in zip(lines, rows, strict=True):
        text, _ = plv.unmark(row["marked_sentence"], path, 0)
        if held_out(text, HELD["plv"]) and keep(text):
            yield line


def _emobank(path: Path, keep: Keep) -> Iterator[str]:
    for line in _lines(path):
        record = json.loads(line)
        if record["split"] == "dev" and keep(record["id"]):
            yield line


def _polnear(path: Path, keep: Keep) -> Iterator[str]:
    for line in _lines(path):
        if keep(json.loads(line)["id"].rsplit("_", 1)[0]):
            yield line


if __name__ == "__main__":
    import sys

    print(parts(sys.argv[1], sys.argv[2]))

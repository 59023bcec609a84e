"""The training mix: every gold set as rows of one shape, with the part that stays unseen."""

import re
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from parley.annotate.encoder import labels
from parley.evaluate import dse, emobank, newsmtsc, plv, polnear, worldwide
from parley.evaluate.examples import Rated, Tagged, Targeted
from parley.train import newswire, re3d, written
from parley.train.rows import Row, Task

# Sets whose terms are open (see the model card); --data open trains on these alone.
OPEN = ("newsmtsc", "emobank", "re3d")
# Of every set, this share of its articles (or sentences) is never trained on.
HELD = {"newsmtsc": 0.1, "worldwide": 0.08, "plv": 0.15}


def held_out(group: str, share: float) -> bool:
    """Whether an article belongs to the part that is never trained on; the same on any machine."""
    return crc32(group.encode()) % 10_000 < share * 10_000


def load(gold: str | Path, *, data: str = "all") -> list[Task]:
    """Every task whose data lies in the folder; ``data="open"`` takes those with open terms."""
    gold = Path(gold)
    wanted = {name: make for name, make in MAKERS.items() if data == "all" or name in OPEN}
    there = {name: make for name, make in wanted.items() if (gold / _folder(name)).is_dir()}
    found = [make(gold) for make in there.values()]
    return [task for task in found if task.train]


def _folder(name: str) -> str:
    # Written sentences need no text of others, but nothing is learned from them alone.
    beside = dict.fromkeys(("newswire", "written", "tones"), "../corpora")
    return {"worldwide": "worldwide_ner", **beside}.get(name, name)


def _split(rows: list[Row], name: str) -> tuple[list[Row], list[Row]]:
    share = HELD[name]
    return (
        [row for row in rows if not held_out(row.group, share)],
        [row for row in rows if held_out(row.group, share)],
    )


def _newsmtsc(gold: Path) -> Task:
    rows = [_targeted(e, newsmtsc.LABELS, ("target",)) for e in _some(newsmtsc, gold / "newsmtsc")]
    return Task("newsmtsc", "picked", *_split(rows, "newsmtsc"), weight=1.2)


def _dse(gold: Path) -> Task:
    rows, held = (
        [_targeted(e, dse.LABELS, ("p", "q")) for e in _some(dse, gold / "dse" / name)]
        for name in ("train.tsv", "valid.tsv")
    )
    seen = {_letters(row.text) for row in held}
    return Task("dse", "stance", [r for r in rows if _letters(r.text) not in seen], held, 1.2)


def _plv(gold: Path) -> Task:
    rows = [_targeted(e, labels.EVENTS, ("p", "q")) for e in _some(plv, gold / "plv")]
    return Task("plv", "event", *_split(rows, "plv"), weight=2.0)


def _worldwide(gold: Path) -> Task:
    rows = [_tagged(e) for e in _some(worldwide, gold / "worldwide_ner")]
    return Task("worldwide", "mentions", *_split(rows, "worldwide"), weight=0.9)


def _polnear(gold: Path) -> Task:
    train = [_tagged(e) for e in _some(polnear, gold / "polnear" / "train")]
    held = [_tagged(e) for e in _some(polnear, gold / "polnear" / "cofenet_valid.jsonl")]
    return Task("polnear", "attributions", train, held, weight=1.1)


def _emobank(gold: Path) -> Task:
    """Its own split by document would be better known, but `dev` is what others report on."""
    rows = list(_some(emobank, gold / "emobank"))
    dev = emobank.split(gold / "emobank")
    made = [Row(e.text, e.group, value=(e.value - 3) / labels.VALENCE_SCALE) for e in rows]
    return Task(
        "emobank", "valence",
        [row for row, part in zip(made, dev, strict=True) if part != "dev"],
        [row for row, part in zip(made, dev, strict=True) if part == "dev"],
        weight=1.0,
    )  # fmt: skip


def _re3d(gold: Path) -> Task:
    rows = [_targeted(e, dse.LABELS, ("p", "q")) for e in _some(re3d, gold / "re3d")]
    return Task("re3d", "stance", rows, [], weight=0.6)


def _newswire(gold: Path) -> Task:
    return Task("newswire", "pair", *newswire.pairs(_corpora(gold)), weight=1.5)


def _written(gold: Path) -> Task:
    return Task("written", "pair", written.pairs(), [], weight=1.5, taught=False)


def _tones(gold: Path) -> Task:
    return Task("tones", "sentiment", *newswire.tones(_corpora(gold)), weight=0.8)


def _corpora(gold: Path) -> Path:
    """The newswire lies beside the gold sets."""
    return gold.parent / "corpora"


def _some(module, path: Path) -> list[Targeted] | list[Tagged] | list[Rated]:
    return module.read(path) if path.exists() else []


def _targeted(example: Targeted, names: tuple[str, ...], roles: tuple[str, ...]) -> Row:
    marks = {r: span for r, span in zip(roles, example.spans, strict=True) if span}
    return Row(example.text, example.group, roles=marks, label=names.index(example.label))


def _tagged(example: Tagged) -> Row:
    return Row(example.text, example.group, spans=example.spans)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


MAKERS: dict[str, Callable[[Path], Task]] = {
    "newsmtsc": _newsmtsc,
    "dse": _dse,
    "plv": _plv,
    "worldwide": _worldwide,
    "polnear": _polnear,
    "emobank": _emobank,
    "re3d": _re3d,
    "newswire": _newswire,
    "written": _written,
    "tones": _tones,
}

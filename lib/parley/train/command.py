"""The options of `parley train`, and what it does: train, then write the folder that ships."""

import argparse
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

from parley.errors import ParleyError
from parley.train.loop import Plan
from parley.train.run import train
from parley.train.ship import ship


def parser() -> argparse.ArgumentParser:
    """Every option, with the plan's own defaults."""
    made = argparse.ArgumentParser(prog="parley train", add_help=False)
    made.add_argument("--help-all", action="help", help="show this")
    made.add_argument("--gold", type=Path, required=True, help="the folder of the gold sets")
    made.add_argument("--out", type=Path,
                      help="the model folder to write; else weights stay in --work")  # fmt: skip
    made.add_argument("--work", type=Path, default=Path("training"),
                      help="checkpoints and log; a run found there is gone on with")  # fmt: skip
    made.add_argument("--data", choices=("all", "open"), default="all",
                      help="open: only sets whose terms allow any use")  # fmt: skip
    made.add_argument("--base", default="minilm", help="a Hugging Face encoder, name or folder")
    made.add_argument("--shared", type=int, default=3, help="lower layers that all tasks share")
    made.add_argument("--threads", type=int, default=2)
    made.add_argument("--start", type=Path, help="a state file or a model folder to begin from")
    made.add_argument("--teacher", dest="teachers", type=Path, action="append", default=[],
                      help="average.pt of a run with a larger base; any number")  # fmt: skip
    made.add_argument("--marks-only", action="store_true",
                      help="train what judges marked spans alone")  # fmt: skip
    made.add_argument("--uncoded", type=int, default=40_000,
                      help="sentences of news that only the teachers answer for")  # fmt: skip
    for field in fields(Plan):
        flag = "--" + field.name.replace("_", "-")
        made.add_argument(flag, dest=field.name, type=field.type, default=argparse.SUPPRESS,
                          help=f"default {field.default}")  # fmt: skip
    return made


def command(args: Sequence[str] | None = None) -> None:
    """Train as the options say, and ship."""
    options = vars(parser().parse_args(args))
    gold, out, work = (options.pop(name) for name in ("gold", "out", "work"))
    if not gold.is_dir():
        raise ParleyError(f"{gold} is no folder: name that of the gold sets with --gold")
    missing = next((path for path in options["teachers"] if not path.is_file()), None)
    if missing:
        raise ParleyError(f"{missing} does not exist: --teacher names the average.pt of a run")
    shape = {name: options[name] for name in ("data", "base", "shared")}
    start = options["start"]
    reading_of = start if options["marks_only"] and start and start.is_dir() else None
    train(gold, work, **options)
    if out is None:
        print(f"the weights are in {work / 'average.pt'}")
        return
    today = date.today().isoformat()
    ship(work / "average.pt", gold, out, trained=today, reading_of=reading_of, **shape)
    print(f"the model is in {out}; score it with `parley evaluate`")

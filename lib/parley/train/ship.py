"""From a trained state to the folder that ships: calibrate, export, say what it is made of."""

from pathlib import Path

from parley.annotate.encoder.text import load_tokenizer
from parley.train import tasks
from parley.train.calibrate import temperatures
from parley.train.export import export, load
from parley.train.model import base_folder

WATCHED = 200  # rows of each set on which the network is watched before its scales are fixed


def ship(
    state: str | Path, gold: str | Path, folder: str | Path, *, data: str = "all",
    base: str = "minilm", shared: int = 3, int8: bool = True, trained: str = "",
    reading_of: str | Path | None = None,
) -> Path:  # fmt: skip
    """Write the model folder of a state; temperatures come from the held parts of ``gold``.

    ``reading_of`` is the folder that training began from, where marks alone were trained.
    """
    model = load(state, base=base, shared=shared)
    mix = tasks.load(gold, data=data)
    tokenizer = load_tokenizer(str(Path(base_folder(base)) / "tokenizer.json"))
    found = temperatures(model, mix, tokenizer)
    rows = [row for task in mix for row in task.train[:: len(task.train) // WATCHED + 1]]
    return export(
        model.eval(), folder, base=base, int8=int8, rows=rows, reading_of=reading_of,
        data=[task.name for task in mix],
        trained=trained, temperatures={head: round(t, 3) for head, t in found.items()},
    )  # fmt: skip


if __name__ == "__main__":
    import argparse

    import torch

    parser = argparse.ArgumentParser(description=ship.__doc__)
    for name in ("state", "gold", "folder"):
        parser.add_argument(name)
    for name in ("data", "base", "trained", "reading-of"):
        parser.add_argument(f"--{name}", default=argparse.SUPPRESS)
    parser.add_argument("--float", dest="int8", action="store_false")
    torch.set_num_threads(2)
    print(ship(**vars(parser.parse_args())))

"""`parley train`: read the gold sets, train, and leave checkpoints and a log in a folder."""

from dataclasses import fields
from pathlib import Path

from parley.train.loop import Plan, Run


def main(
    gold: str | Path,
    out: str | Path,
    *,
    data: str = "all",
    base: str = "minilm",
    shared: int = 3,
    only: tuple[str, ...] = (),
    threads: int = 2,
    start: str | Path | None = None,
    **plan,
) -> Path:
    """Train on the sets in ``gold`` (``data``: all or open) and return the folder of the run.

    ``base`` is a Hugging Face encoder's name or folder; ``start`` a state to begin from; other
    keywords are fields of :class:`~parley.train.loop.Plan`. A run in ``out`` is gone on with.
    """
    import torch

    from parley.annotate.encoder_text import load_tokenizer
    from parley.train import tasks
    from parley.train.model import Reader, base_folder, load_base

    torch.set_num_threads(threads)
    torch.manual_seed(plan.get("seed", 1))
    model = Reader(load_base(base), shared=shared)
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    mix = [t for t in tasks.load(gold, data=data) if not only or t.name in only]
    tokenizer = load_tokenizer(str(Path(base_folder(base)) / "tokenizer.json"))
    run = Run(model, mix, tokenizer, Plan(**plan), Path(out))
    run.resume()
    run.go()
    return Path(out)


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold")
    parser.add_argument("out")
    for name, kind in (("data", str), ("base", str), ("shared", int), ("threads", int),
                       ("start", str)):  # fmt: skip
        parser.add_argument(f"--{name}", type=kind, default=argparse.SUPPRESS)
    parser.add_argument("--only", nargs="*", default=argparse.SUPPRESS)
    for field in fields(Plan):
        flag = "--" + field.name.replace("_", "-")
        parser.add_argument(flag, dest=field.name, type=field.type, default=argparse.SUPPRESS)
    main(**vars(parser.parse_args()))

"""Read the gold sets, train on all of them together, and leave the weights and a log."""

from pathlib import Path

from parley.errors import ParleyError
from parley.train.loop import Plan, Run


def train(
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
    """Train on the sets in ``gold`` (``data``: all or open); ``out/average.pt`` has the weights.

    ``base`` is a Hugging Face encoder's name or folder; ``start`` a state
    file or a model folder to begin from; other
    keywords are fields of :class:`~parley.train.loop.Plan`. A run in ``out`` is gone on with.
    """
    import torch

    from parley.annotate.encoder.text import load_tokenizer
    from parley.train import tasks
    from parley.train.model import Reader, base_folder, load_base
    from parley.train.restore import state_of

    torch.set_num_threads(threads)
    torch.manual_seed(plan.get("seed", 1))
    model = Reader(load_base(base), shared=shared)
    if start:
        model.load_state_dict(state_of(start, model))
    mix = [t for t in tasks.load(gold, data=data) if not only or t.name in only]
    if len(mix) < 2:
        raise ParleyError(f"{gold} holds {len(mix)} of the gold sets, training mixes at least two")
    tokenizer = load_tokenizer(str(Path(base_folder(base)) / "tokenizer.json"))
    run = Run(model, mix, tokenizer, Plan(**plan), Path(out))
    run.resume()
    run.go()
    return Path(out)

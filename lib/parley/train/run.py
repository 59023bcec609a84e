"""Read the gold sets, train on all of them together, and leave the weights and a log."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from parley.errors import ParleyError
from parley.train.loop import Plan, Run
from parley.train.model import Reader
from parley.train.rows import READ, Task


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
    teachers: Sequence[str | Path] = (),
    uncoded: int = 40_000,
    marks_only: bool = False,
    **plan,
) -> Path:
    """Train on the sets in ``gold`` (``data``: all or open); ``out/average.pt`` has the weights.

    ``base`` is a Hugging Face encoder's name or folder; ``start`` a state
    file or a model folder to begin from; ``teachers`` are the ``average.pt`` of runs with larger
    bases, who also answer for ``uncoded`` sentences of the newswire beside ``gold``;
    ``marks_only`` trains what judges marked spans, and leaves what reads as it is; other
    keywords are fields of :class:`~parley.train.loop.Plan`. A run in ``out`` is gone on with.
    An accelerator is used where there is one.
    """
    import torch

    from parley.annotate.encoder.text import load_tokenizer
    from parley.train import tasks
    from parley.train.model import base_folder, load_base
    from parley.train.restore import state_of

    torch.set_num_threads(threads)
    torch.manual_seed(plan.get("seed", 1))
    model = Reader(load_base(base), shared=shared)
    if start:
        model.load_state_dict(state_of(start, model))
    mix = [t for t in tasks.load(gold, data=data) if not only or t.name in only]
    if len(mix) < 2:
        raise ParleyError(f"{gold} holds {len(mix)} of the gold sets, training mixes at least two")
    if marks_only:
        mix = _marked(model, mix)
    if teachers:
        mix = _taught(mix, teachers, Path(gold).parent / "corpora", uncoded, Path(out))
    tokenizer = load_tokenizer(str(Path(base_folder(base)) / "tokenizer.json"))
    if torch.cuda.is_available():
        model = model.cuda()
    run = Run(model, mix, tokenizer, Plan(**plan), Path(out), base=base, shared=shared)
    run.resume()
    run.go()
    return Path(out)


def _marked(model: Reader, mix: list[Task]) -> list[Task]:
    """The sets whose targets are marked, those more often drawn that no teacher is asked of."""
    reading = (model.embeddings, model.lower, model.reading, model.mentions, model.attributions,
               model.valence, model.mention_chain, model.attribution_chain)  # fmt: skip
    for part in reading:
        part.requires_grad_(False)
    kept = [task for task in mix if task.head not in READ]
    return [task if task.taught else replace(task, weight=4 * task.weight) for task in kept]


def _taught(
    mix: list, teachers: Sequence[str | Path], corpora: Path, uncoded: int, out: Path
) -> list:
    """The sets with the teachers' answers, and the sentences that only they answer for.

    Teachers are asked once: a run that is gone on with finds their answers in its folder.
    """
    import torch

    from parley.annotate.encoder import load_encoder
    from parley.train import teach

    answers = out / "answers.pt"
    if not answers.exists():
        asked = [teach.teacher(state) for state in teachers]
        made = teach.taught(mix, asked)
        if uncoded:
            made += teach.lessons(teach.uncoded(corpora, uncoded), load_encoder(), asked)
        out.mkdir(parents=True, exist_ok=True)
        torch.save(made, out / "answers.tmp")
        (out / "answers.tmp").replace(answers)
    return torch.load(answers, weights_only=False)

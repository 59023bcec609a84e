"""A run that goes on from weights: what it leaves alone, and what it keeps."""

import pytest

torch = pytest.importorskip("torch", reason="needs the extra `train`")
pytest.importorskip("transformers", reason="needs the extra `train`")

from parley import paths  # noqa: E402
from parley.annotate.encoder.text import load_tokenizer  # noqa: E402
from parley.train import run  # noqa: E402
from parley.train.loop import Plan, Run  # noqa: E402
from parley.train.model import Reader  # noqa: E402
from parley.train.rows import Row, Task  # noqa: E402
from transformers import BertConfig, BertModel  # noqa: E402

SIZES = {"hidden_size": 48, "num_attention_heads": 4, "intermediate_size": 96}
ROWS = [Row("Oslo praised Bonn.", "a", roles={"p": (0, 4), "q": (13, 17)}, label=1),
        Row("Rome fined Oslo.", "b", roles={"p": (0, 4), "q": (11, 15)}, label=3)]  # fmt: skip
MIX = [Task("news", "pair", ROWS, []), Task("more", "stance", ROWS, []),
       Task("names", "mentions", [Row("Oslo spoke.", "c", spans=((0, 4, "location"),))], []),
       Task("written", "pair", ROWS, [], taught=False)]  # fmt: skip


def trained(tmp_path, *, marks_only: bool, **plan) -> tuple[dict, dict]:
    """The weights before and after a few steps."""
    torch.manual_seed(1)
    model = Reader(BertModel(BertConfig(num_hidden_layers=2, **SIZES)), shared=1)
    before = {name: value.detach().clone() for name, value in model.named_parameters()}
    mix = run._marked(model, MIX) if marks_only else MIX
    tokens = load_tokenizer(str(paths.ENCODER / "tokenizer.json"))
    Run(model, mix, tokens, Plan(steps=4, warm=0.0, average_from=0.0, **plan), tmp_path).go()
    return before, dict(model.named_parameters())


def changed(before: dict, after: dict) -> set[str]:
    parts = {name for name in before if not torch.equal(before[name], after[name])}
    return {name.split(".")[0] for name in parts}


def test_where_marks_alone_are_trained_what_reads_stays_as_it_was(tmp_path):
    moved = changed(*trained(tmp_path, marks_only=True, recall=0.8))
    assert {"marked", "stance"} <= moved
    assert not moved & {"embeddings", "lower", "reading", "mentions", "attributions", "valence"}


def test_weights_that_are_kept_whole_are_those_begun_with(tmp_path):
    before, after = trained(tmp_path, marks_only=False, kept=1.0)
    assert all(torch.allclose(before[name], after[name], atol=1e-6) for name in before)


def test_the_marks_mix_draws_what_nobody_else_answers_for_more_often():
    model = Reader(BertModel(BertConfig(num_hidden_layers=2, **SIZES)), shared=1)
    weights = {task.name: task.weight for task in run._marked(model, MIX)}
    assert weights == {"news": 1.0, "more": 1.0, "written": 4.0}

"""The trained network as the folder that ships: three ONNX graphs, tokenizer and labels."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from parley.annotate.encoder import labels
from parley.annotate.encoder.text import load_tokenizer
from parley.train.int8 import quantise
from parley.train.model import Reader, base_folder, load_base
from parley.train.ranges import watched
from parley.train.rows import Row

ROWS = {0: "rows", 1: "pieces"}


class Lower(nn.Module):
    """Pieces to the states that all tasks share."""

    inputs, outputs = ("ids", "types", "mask"), ("below",)

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        return self.model.below(ids, types, mask)


class Reading(Lower):
    """Shared states to tag scores and valence."""

    inputs, outputs = ("below", "mask"), ("mentions", "attributions", "valence")

    def forward(self, below: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        return self.model.read(below, mask)


class Marked(Lower):
    """Shared states and marks to sentiment (of both kinds), stance and event."""

    inputs, outputs = ("below", "mask", "roles"), labels.MARKED

    def forward(self, below: Tensor, mask: Tensor, roles: Tensor) -> tuple[Tensor, ...]:
        return self.model.judge(self.model.mark(below, mask, roles))


GRAPHS: dict[str, type[Lower]] = {"lower": Lower, "reading": Reading, "marked": Marked}


def load(state: str | Path, *, base: str = "minilm", shared: int = 3) -> Reader:
    """The network with the weights of a state file, for use; a run's says of what base they are."""
    found = torch.load(state, weights_only=False, map_location="cpu")
    about = found.get("about", {})
    model = Reader(load_base(about.get("base", base)), shared=about.get("shared", shared))
    model.load_state_dict(found.get("model", found))
    return model.eval()


def export(
    model: Reader,
    folder: str | Path,
    *,
    base: str = "minilm",
    int8: bool = True,
    rows: Sequence[Row] = (),
    reading_of: str | Path | None = None,
    **about,
) -> Path:
    """Write the folder. ``about`` goes into labels.json beside the labels (temperatures, data).

    ``rows`` are texts with marked spans, on which the network is watched before its products are
    given fixed scales; without any, every row of states is scaled by itself, which is slower.
    ``reading_of`` is the folder whose graphs are taken but for the one that sees marks.
    """  # fmt: skip
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tokens = Path(base_folder(base)) / "tokenizer.json"
    graphs = {name: _graph(wrap(model).eval()) for name, wrap in GRAPHS.items()}
    if int8:
        peaks = watched(graphs, rows, load_tokenizer(str(tokens)))
        graphs = {name: quantise(graph, peaks[name]) for name, graph in graphs.items()}
    digest = hashlib.sha256()
    for name, graph in graphs.items():
        if reading_of and name != "marked":
            shutil.copy(Path(reading_of) / f"{name}.onnx", folder)
        else:
            onnx.save(graph, folder / f"{name}.onnx")
        digest.update((folder / f"{name}.onnx").read_bytes())
    shutil.copy(tokens, folder / "tokenizer.json")
    facts = {
        "format": labels.FORMAT, "sha256": digest.hexdigest(), "base": base,
        "mentions": labels.MENTIONS, "attributions": labels.ATTRIBUTIONS,
        "sentiments": labels.SENTIMENTS, "stances": labels.STANCES, "events": labels.EVENTS,
        "chains": {"mentions": _chain(model.mention_chain),
                   "attributions": _chain(model.attribution_chain)},
        **about,
    }  # fmt: skip
    (folder / "labels.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return folder


def _chain(chain: nn.Module) -> dict[str, list]:
    return {
        name: [[round(x, 4) for x in row] if isinstance(row, list) else round(row, 4)
               for row in parameter.detach().tolist()]
        for name, parameter in chain.named_parameters()
    }  # fmt: skip


def _graph(wrapped: Lower) -> onnx.ModelProto:
    width = wrapped.model.roles.weight.shape[1]
    examples = {
        "ids": torch.full((2, 7), 2000), "types": torch.zeros(2, 7, dtype=torch.long),
        "mask": torch.ones(2, 7), "below": torch.randn(2, 7, width),
        "roles": torch.ones(2, 7, dtype=torch.long),
    }  # fmt: skip
    single = ("valence", *labels.MARKED)
    with tempfile.TemporaryDirectory() as scratch:
        path = str(Path(scratch) / "graph.onnx")
        torch.onnx.export(
            wrapped, tuple(examples[name] for name in wrapped.inputs), path,
            input_names=list(wrapped.inputs), output_names=list(wrapped.outputs),
            dynamic_axes={name: {0: "rows"} if name in single else ROWS
                          for name in (*wrapped.inputs, *wrapped.outputs)},
            opset_version=17, dynamo=False,
        )  # fmt: skip
        return onnx.load(path)

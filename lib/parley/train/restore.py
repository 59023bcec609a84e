"""From a shipped model folder back to the weights, so that training can go on from it."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from parley.annotate.encoder.labels import FORMAT
from parley.errors import ParleyError
from parley.train.export import GRAPHS
from parley.train.model import Reader

MADE = ("/int8", "/scale", "/shares", "/unit")  # what `parley.train.int8` adds to a name


def state_of(start: str | Path, model: Reader) -> dict[str, Tensor]:
    """The weights in a state file, or in a model folder: those of the int8 graphs, in float.

    Raises ParleyError where the folder is of another version, or of a network of another shape.
    """
    start = Path(start)
    if not start.is_dir():
        found = torch.load(start, weights_only=False)
        return found.get("model", found)
    facts = json.loads((start / "labels.json").read_text(encoding="utf-8"))
    if facts["format"] != FORMAT:
        raise ParleyError(
            f"{start} is of format {facts['format']}, {FORMAT} is needed: export anew"
        )
    weights = dict(_chains(facts["chains"]))
    for name in GRAPHS:
        weights |= _weights(onnx.load(start / f"{name}.onnx").graph)
    state = {name: torch.from_numpy(np.array(w, np.float32)) for name, w in weights.items()}
    before = {name: value.shape for name, value in model.named_parameters()}
    for name in before:
        if name not in state or state[name].shape != before[name]:
            raise ParleyError(
                f"{start} has no {name} of this network: name its --base and --shared"
            )
    return {**model.state_dict(), **{name: state[name] for name in before}}


def _chains(chains: dict[str, dict]) -> Iterator[tuple[str, list]]:
    for head, parts in chains.items():
        yield from ((f"{head[:-1]}_chain.{part}", values) for part, values in parts.items())


def _weights(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Every weight of a graph under the name that it has in training."""
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {name.removeprefix("model."): w for name, w in stored.items()
             if name.startswith("model.") and not name.endswith(MADE)}  # fmt: skip
    shares = _shares(graph, stored)
    for name, scale in stored.items():
        if name.endswith("/scale"):
            name = name.removesuffix("/scale")
            found |= _named(name, stored[name + "/int8"] * scale * shares.get(name, 1.0))
    for node in graph.node:
        if node.op_type == "MatMul" and node.input[1] in stored:
            found |= _named(node.output[0], stored[node.input[1]])
    return found


def _shares(graph: onnx.GraphProto, stored: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What the rows of a product's weight are multiplied by: see `parley.train.int8`."""
    fused = [node.input for node in graph.node if node.op_type == "MatMulIntegerToFloat"]
    even = {weight.removesuffix("/int8"): x.removesuffix("/uint8") + "/shares"
            for x, weight, *_ in fused}  # fmt: skip
    return {name: stored[share][:, None] for name, share in even.items() if share in stored}


def _named(name: str, weight: np.ndarray) -> dict[str, np.ndarray]:
    """A table has its name; a product is named by the way through the modules to it.

    >>> list(_named("/valence/valence.1/Gemm_output_0/product", np.zeros((2, 2))))
    ['valence.1.weight']
    """
    if name.startswith("model."):
        return {name.removeprefix("model."): weight}
    steps = [step for step in name.split("/") if step and step != "product"][:-1]
    inner = [step for step, then in zip(steps, [*steps[1:], ""], strict=True)
             if not then.startswith(step + ".")]  # fmt: skip
    return {".".join(inner) + ".weight": weight.T}

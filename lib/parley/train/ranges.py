"""How large the inputs of the network's products become on real text: what int8 has to hold."""

from collections.abc import Iterable, Mapping

import numpy as np
import onnx
import onnxruntime as ort
from onnx import helper

from parley.train.batches import collate
from parley.train.int8 import products
from parley.train.rows import Row

Peaks = dict[str, np.ndarray]


def watched(
    graphs: Mapping[str, onnx.ModelProto], rows: Iterable[Row], tokenizer
) -> dict[str, Peaks]:
    """For each float graph: the largest magnitude in each channel of each product's input.

    ``rows`` are texts with marked spans, each read by itself, through all graphs.
    """
    sessions = {name: _Watched(graph) for name, graph in graphs.items()}
    for row in rows:
        batch = collate([row], tokenizer, "")
        feed = {name: getattr(batch, name).numpy() for name in ("ids", "types", "mask", "roles")}
        for session in sessions.values():
            feed |= session.run(feed)
    return {name: session.peaks for name, session in sessions.items()}


class _Watched:
    """A graph that also gives the inputs of its products away."""

    def __init__(self, graph: onnx.ModelProto) -> None:
        model = onnx.ModelProto.FromString(graph.SerializeToString())
        self.inputs = [i.name for i in model.graph.input]
        self.outputs = [o.name for o in model.graph.output]
        made = {name for node in model.graph.node for name in node.output}
        self.inner = [x for x in products(model.graph) if x in made and x not in self.outputs]
        empty = [helper.make_empty_tensor_value_info(name) for name in self.inner]
        model.graph.output.extend(empty)
        self.products = [*products(model.graph)]
        self.peaks: Peaks = {}
        self.session = ort.InferenceSession(model.SerializeToString())

    def run(self, feed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """The graph's own outputs; what its products were given is taken note of."""
        given = {name: feed[name] for name in self.inputs}
        names = [*self.outputs, *self.inner]
        found = given | dict(zip(names, self.session.run(names, given), strict=True))
        for x in self.products:
            peak = np.abs(found[x]).reshape(-1, found[x].shape[-1]).max(axis=0)
            self.peaks[x] = np.maximum(peak, self.peaks.get(x, 0.0))
        return {name: found[name] for name in self.outputs}

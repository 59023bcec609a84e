"""Eight bits for the big matrices of an ONNX graph, so that no sentence disturbs another.

The usual dynamic quantisation takes one scale for the activations of a whole batch: what a sentence
gets then depends on the sentences beside it. Here no scale does. A product whose inputs have been
watched (``parley.train.ranges``) has one scale for good: as a few channels of a layer's states are
ten times as large as the others, each channel is divided by a share of its own first, and its
weights multiplied by it (SmoothQuant, Xiao et al. 2023). Where a product narrows, its inputs come
out of a GELU and differ from row to row by a factor of ten: there, and where nobody watched, every
row (one piece of one sentence) has its own scale. Either way every column of a weight has its own.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALL = 50_000  # weights with fewer numbers stay as they are
MARGIN = 1.1  # by how much an input may exceed what was seen before it is clipped
POWER = 0.8  # how much of the unevenness of channels is moved into the weights
CONSTANTS = {
    "int8/step": np.array(1 / 127, np.float32),
    "int8/tiny": np.array(1e-9, np.float32),
    "int8/one": np.array(1, np.float32),
    "int8/zero": np.array(128, np.uint8),
}
FUSED = "com.microsoft"  # onnxruntime's own operators


def quantise(
    model: onnx.ModelProto, peaks: Mapping[str, np.ndarray] | None = None
) -> onnx.ModelProto:
    """A copy whose large MatMul, Gemm and Gather weights are int8.

    ``peaks`` has for inputs of products the largest magnitude that each channel takes.
    """
    model = onnx.ModelProto.FromString(model.SerializeToString())
    graph = model.graph
    made = _Rewriting(graph, peaks or {})
    nodes = [new for node in graph.node for new in made.node(node)]
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = {k: v for k, v in {**made.old, **CONSTANTS, **made.weights}.items() if k in used}
    del graph.initializer[:]
    graph.initializer.extend(numpy_helper.from_array(v, k) for k, v in kept.items())
    del graph.value_info[:]
    model.opset_import.append(helper.make_opsetid(FUSED, 1))
    return model


def products(graph: onnx.GraphProto) -> dict[str, list[np.ndarray]]:
    """Every input of a large product, with the weights (inputs x outputs) that it meets."""
    weights = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = defaultdict(list)
    for node in graph.node:
        weight = _weight(node, weights)
        if weight is not None and node.op_type != "Gather":
            found[node.input[0]].append(weight)
    return found


def _weight(node: onnx.NodeProto, weights: Mapping[str, np.ndarray]) -> np.ndarray | None:
    """The large weight of a node that can be quantised; a Gemm's as that of a MatMul."""
    if node.op_type not in ("Gather", "MatMul", "Gemm"):
        return None
    weight = weights.get(node.input[0 if node.op_type == "Gather" else 1])
    if weight is None or weight.ndim != 2 or weight.size < SMALL:
        return None
    turned = any(a.name == "transB" and a.i for a in node.attribute)
    return weight.T if turned else weight


class _Rewriting:
    """The new nodes and weights, and which inputs are quantised already."""

    def __init__(self, graph: onnx.GraphProto, peaks: Mapping[str, np.ndarray]) -> None:
        self.old = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
        self.weights: dict[str, np.ndarray] = {}
        self.done: set[str] = set()
        self.steady = {
            x: _shares(peaks[x], weights)
            for x, weights in products(graph).items()
            if x in peaks and all(w.shape[0] <= w.shape[1] for w in weights)
        }
        self.biases = _biases(graph, self.old)
        self.added: set[str] = set()

    def node(self, node: onnx.NodeProto) -> list[onnx.NodeProto]:
        weight = _weight(node, self.old)
        if node.output[0] in self.added:
            return []
        if weight is None:
            return [node]
        out = node.output[0]
        if node.op_type == "Gather":
            return self.gather(node, weight)
        if node.op_type == "Gemm":
            return self.product(node.input[0], weight, out, node.input[2], out + "/product")
        bias, total = self.biases.get(out, ("", out))
        self.added |= {total} - {out}
        return self.product(node.input[0], weight, total, bias, out)

    def gather(self, node: onnx.NodeProto, weight: np.ndarray) -> list[onnx.NodeProto]:
        """Rows of a table, each with its own scale."""
        out, scale = node.output[0], _scale(weight, axis=1)
        table, scales = node.input[0] + "/int8", node.input[0] + "/scale"
        self.weights[table] = _rounded(weight, scale)
        self.weights[scales] = scale
        return [
            helper.make_node("Gather", [table, node.input[1]], [out + "/row"]),
            helper.make_node("Cast", [out + "/row"], [out + "/cast"], to=TensorProto.FLOAT),
            helper.make_node("Gather", [scales, node.input[1]], [out + "/scale"]),
            helper.make_node("Mul", [out + "/cast", out + "/scale"], [out]),
        ]

    def product(
        self, x: str, weight: np.ndarray, out: str, bias: str, name: str
    ) -> list[onnx.NodeProto]:
        """x @ weight + bias with integers; ``name`` is what the weight is found by."""
        steady = x in self.steady
        if steady:
            weight = weight * self.steady[x][0][:, None]
        scale = _scale(weight, axis=0)
        self.weights[name + "/int8"] = _rounded(weight, scale)
        self.weights[name + "/scale"] = scale[0]
        operands = [x + "/uint8", name + "/int8", x + "/unit" if steady else "int8/one",
                    name + "/scale", "int8/zero"]  # fmt: skip
        if steady:
            operands += ["", bias] if bias else []
            return [*self.settled(x), _fused("MatMulIntegerToFloat", operands, out)]
        total = name + "/total" if bias else out
        nodes = [
            *self.quantised(x),
            _fused("MatMulIntegerToFloat", operands, name + "/row"),
            helper.make_node("Mul", [name + "/row", x + "/unit"], [total]),
        ]
        return [*nodes, helper.make_node("Add", [total, bias], [out])] if bias else nodes

    def settled(self, x: str) -> list[onnx.NodeProto]:
        """Nodes that give x as bytes around 128, by a scale that is known beforehand."""
        if x in self.done:
            return []
        self.done.add(x)
        shares, unit = self.steady[x]
        self.weights[x + "/shares"], self.weights[x + "/unit"] = 1 / shares, unit
        return [
            helper.make_node("Mul", [x, x + "/shares"], [x + "/even"]),
            helper.make_node("QuantizeLinear", [x + "/even", x + "/unit", "int8/zero"],
                             [x + "/uint8"]),
        ]  # fmt: skip

    def quantised(self, x: str) -> list[onnx.NodeProto]:
        """Nodes that give x as bytes around 128, and the scale of each row; once for each x."""
        if x in self.done:
            return []
        self.done.add(x)
        peak = helper.make_node("ReduceMax", [x + "/abs"], [x + "/peak"], axes=[-1], keepdims=1)
        chain = [
            helper.make_node("Mul", [x + "/peak", "int8/step"], [x + "/step"]),
            helper.make_node("Max", [x + "/step", "int8/tiny"], [x + "/unit"]),
            helper.make_node("Div", [x, x + "/unit"], [x + "/scaled"]),
            helper.make_node("QuantizeLinear", [x + "/scaled", "int8/one", "int8/zero"],
                             [x + "/uint8"]),
        ]  # fmt: skip
        return [helper.make_node("Abs", [x], [x + "/abs"]), peak, *chain]


def _biases(graph: onnx.GraphProto, weights: Mapping) -> dict[str, tuple[str, str]]:
    """For each product that a bias alone is added to: the bias, and the name of the sum."""
    readers = defaultdict(list)
    for node in graph.node:
        for name in node.input:
            readers[name].append(node)
    found = {}
    for name, nodes in readers.items():
        if len(nodes) == 1 and nodes[0].op_type == "Add":
            other = next(i for i in nodes[0].input if i != name)
            if other in weights and weights[other].ndim == 1:
                found[name] = (other, nodes[0].output[0])
    return found


def _shares(peaks: np.ndarray, weights: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """What each channel is divided by, between its peak and its weights', and the scale.

    >>> shares, unit = _shares(np.array([32.0, 1.0]), [np.ones((2, 3))])
    >>> shares.round(2).tolist(), round(float(unit) * 127 / MARGIN, 2)
    ([4.0, 0.25], 8.0)
    """
    largest = np.maximum(np.abs(np.concatenate(weights, axis=1)).max(axis=1), 1e-6)
    peaks = np.maximum(peaks, 1e-3)
    shares = peaks**POWER / largest ** (1 - POWER)
    shares /= np.exp(np.log(shares).mean())
    unit = (peaks / shares).max() * MARGIN / 127
    return shares.astype(np.float32), np.array(unit, np.float32)


def _fused(name: str, inputs: list[str], out: str) -> onnx.NodeProto:
    return helper.make_node(name, inputs, [out], domain=FUSED)


def _scale(weight: np.ndarray, axis: int) -> np.ndarray:
    return np.maximum(np.abs(weight).max(axis=axis, keepdims=True) / 127, 1e-12).astype(np.float32)


def _rounded(weight: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return np.clip(np.round(weight / scale), -127, 127).astype(np.int8)

"""Eight bits: close to the float graph, and the same whatever stands in the batch beside it."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs the extra `train`")
onnx = pytest.importorskip("onnx", reason="needs the extra `train`")

import onnxruntime as ort  # noqa: E402
from parley.train.int8 import quantise  # noqa: E402


@pytest.fixture(scope="module")
def graph():
    """x @ w + b as MatMul and Add, then a Gemm, over a table of 400 rows."""
    from onnx import TensorProto as T
    from onnx import helper as h
    from onnx import numpy_helper as n

    rng = np.random.default_rng(0)
    weights = {"table": rng.normal(size=(400, 256)), "w": rng.normal(size=(256, 256)),
               "v": rng.normal(size=(300, 256)), "b": rng.normal(size=300)}  # fmt: skip
    nodes = [
        h.make_node("Gather", ["table", "ids"], ["x"]),
        h.make_node("MatMul", ["x", "w"], ["y"]),
        h.make_node("Gemm", ["y", "v", "b"], ["z"], transB=1),
    ]
    made = h.make_graph(
        nodes, "g", [h.make_tensor_value_info("ids", T.INT64, ["rows"])],
        [h.make_tensor_value_info("z", T.FLOAT, ["rows", 300])],
        [n.from_array(w.astype(np.float32), k) for k, w in weights.items()],
    )  # fmt: skip
    return h.make_model(made, opset_imports=[h.make_opsetid("", 17)], ir_version=9)


def _run(model, ids):
    return ort.InferenceSession(model.SerializeToString()).run(None, {"ids": np.array(ids)})[0]


def test_the_result_is_close_and_a_quarter_of_the_size(graph):
    small = quantise(graph)
    want, got = _run(graph, [1, 2, 3]), _run(small, [1, 2, 3])
    assert np.corrcoef(want.ravel(), got.ravel())[0, 1] > 0.999
    assert small.ByteSize() < graph.ByteSize() / 3


def test_a_row_does_not_depend_on_its_neighbours(graph):
    small = quantise(graph)
    np.testing.assert_array_equal(_run(small, [5])[0], _run(small, [5, 9, 200, 3])[0])


def test_the_graph_given_stays_as_it_was(graph):
    before = graph.SerializeToString()
    quantise(graph)
    assert graph.SerializeToString() == before


def test_a_product_whose_input_was_watched_is_closer_and_minds_no_neighbour_either():
    """A channel far larger than the others costs a row's own scale dear, and a share little."""
    from onnx import TensorProto as T
    from onnx import helper as h
    from onnx import numpy_helper as n

    rng = np.random.default_rng(0)
    w, x, b = (rng.normal(size=s).astype(np.float32) for s in ((256, 256), (400, 256), 256))
    x[:, 7] *= 30
    made = h.make_graph(
        [h.make_node("MatMul", ["x", "w"], ["y"]), h.make_node("Add", ["b", "y"], ["z"])], "g",
        [h.make_tensor_value_info("x", T.FLOAT, ["rows", 256])],
        [h.make_tensor_value_info("z", T.FLOAT, ["rows", 256])],
        [n.from_array(w, "w"), n.from_array(b, "b")],
    )  # fmt: skip
    graph = h.make_model(made, opset_imports=[h.make_opsetid("", 17)], ir_version=9)

    def run(model, rows):
        return ort.InferenceSession(model.SerializeToString()).run(None, {"x": rows})[0]

    steady = quantise(graph, {"x": np.abs(x).max(axis=0)})
    errors = [np.abs(run(small, x) - run(graph, x)).mean() for small in (quantise(graph), steady)]
    assert errors[1] < 0.9 * errors[0]
    np.testing.assert_array_equal(run(steady, x[5:6])[0], run(steady, x)[5])

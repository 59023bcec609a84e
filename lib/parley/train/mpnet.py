"""MPNet as a base (Song et al. 2020): it knows words by their distance, and has no segments.

A network trained on it is too large to ship, and teaches the one that ships: see
:mod:`parley.train.teach`.
"""

from copy import deepcopy
from types import SimpleNamespace

import torch
from torch import Tensor, nn
from transformers.models.mpnet.modeling_mpnet import MPNetEncoder


def like_bert(base: nn.Module) -> SimpleNamespace:
    """The parts of an MPNet that :class:`~parley.train.model.Reader` is built of.

    Its embeddings take segments too, of one kind that is nought, and each of its layers finds the
    bias of distances by itself.
    """
    layers = nn.ModuleList(_Layer(layer, base.encoder) for layer in base.encoder.layer)
    return SimpleNamespace(
        config=base.config,
        embeddings=_Embeddings(base.embeddings),
        encoder=SimpleNamespace(layer=layers),
    )


class _Embeddings(nn.Module):
    def __init__(self, found: nn.Module) -> None:
        super().__init__()
        self.word_embeddings = found.word_embeddings
        self.position_embeddings = found.position_embeddings
        self.token_type_embeddings = nn.Embedding(1, found.word_embeddings.embedding_dim)
        nn.init.zeros_(self.token_type_embeddings.weight)
        self.LayerNorm, self.dropout = found.LayerNorm, found.dropout
        self.first = found.padding_idx + 1

    def forward(self, ids: Tensor, token_type_ids: Tensor) -> Tensor:
        places = torch.arange(self.first, self.first + ids.shape[1], device=ids.device)
        words = self.word_embeddings(ids) + self.position_embeddings(places)
        return self.dropout(self.LayerNorm(words + self.token_type_embeddings(token_type_ids)))


class _Layer(nn.Module):
    def __init__(self, layer: nn.Module, encoder: MPNetEncoder) -> None:
        super().__init__()
        # Layers shared these: each has its own from here on, as each has a learning rate.
        self.layer, self.distances = layer, deepcopy(encoder.relative_attention_bias)

    def forward(self, states: Tensor, attention_mask: Tensor) -> Tensor:
        places = torch.arange(states.shape[1], device=states.device)
        buckets = MPNetEncoder.relative_position_bucket(
            places[None] - places[:, None], num_buckets=self.distances.num_embeddings
        )
        bias = self.distances(buckets).permute(2, 0, 1)[None]
        return self.layer(states, attention_mask, position_bias=bias)[0]

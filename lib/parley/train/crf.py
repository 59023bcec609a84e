"""A linear chain over tags: the loss that teaches a token head to give whole spans."""

import torch
from torch import Tensor, nn


class Chain(nn.Module):
    """Transition scores between tags, and the log-likelihood of a sequence under them."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.between = nn.Parameter(torch.zeros(size, size))
        self.first = nn.Parameter(torch.zeros(size))
        self.last = nn.Parameter(torch.zeros(size))

    def loss(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Mean negative log-likelihood of a word; scores are (batch, words, tags)."""
        scores = scores.float()
        gap = self._total(scores, lengths) - self._path(scores, tags, lengths)
        return gap.sum() / lengths.sum()

    def _path(self, scores: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        inside = torch.arange(scores.shape[1], device=lengths.device)[None] < lengths[:, None]
        emitted = scores.gather(2, tags[..., None])[..., 0].masked_fill(~inside, 0).sum(1)
        steps = self.between[tags[:, :-1], tags[:, 1:]].masked_fill(~inside[:, 1:], 0).sum(1)
        final = tags.gather(1, (lengths - 1)[:, None])[:, 0]
        return emitted + steps + self.first[tags[:, 0]] + self.last[final]

    def _total(self, scores: Tensor, lengths: Tensor) -> Tensor:
        state = self.first + scores[:, 0]
        for at in range(1, scores.shape[1]):
            ahead = torch.logsumexp(state[:, :, None] + self.between, dim=1) + scores[:, at]
            state = torch.where((lengths > at)[:, None], ahead, state)
        return torch.logsumexp(state + self.last, dim=1)

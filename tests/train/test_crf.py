"""The chain's loss against every path written out."""

from itertools import pairwise, product

import pytest

torch = pytest.importorskip("torch", reason="needs the extra `train`")

from parley.train.crf import Chain  # noqa: E402


def _score(path, scores, chain):
    steps = sum(chain.between[a, b] for a, b in pairwise(path))
    emitted = sum(scores[at, tag] for at, tag in enumerate(path))
    return chain.first[path[0]] + emitted + steps + chain.last[path[-1]]


def test_the_loss_is_minus_the_log_share_of_the_gold_path():
    torch.manual_seed(0)
    chain = Chain(3)
    for parameter in chain.parameters():
        torch.nn.init.normal_(parameter)
    scores, gold = torch.randn(1, 4, 3), (0, 2, 1, 1)
    every = torch.stack([_score(p, scores[0], chain) for p in product(range(3), repeat=4)])
    wanted = (torch.logsumexp(every, 0) - _score(gold, scores[0], chain)) / 4
    got = chain.loss(scores, torch.tensor([gold]), torch.tensor([4]))
    assert got.item() == pytest.approx(wanted.item(), abs=1e-5)


def test_padding_changes_nothing():
    torch.manual_seed(0)
    chain, scores = Chain(3), torch.randn(2, 5, 3)
    tags = torch.tensor([[0, 1, 2, 0, 0], [1, 2, 0, 0, 0]])
    both = chain.loss(scores, tags, torch.tensor([5, 2])) * 7
    one = chain.loss(scores[:1], tags[:1], torch.tensor([5])) * 5
    other = chain.loss(scores[1:, :2], tags[1:, :2], torch.tensor([2])) * 2
    assert both.item() == pytest.approx((one + other).item(), abs=1e-4)

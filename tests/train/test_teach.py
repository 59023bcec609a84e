"""What a teacher says of a row stands beside its code, and a student comes nearer to it."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra `train`")
pytest.importorskip("transformers", reason="needs the extra `train`")
pytest.importorskip("onnx", reason="needs the extra `train`")

from parley import paths  # noqa: E402
from parley.annotate.encoder import labels, load_encoder  # noqa: E402
from parley.annotate.encoder.text import load_tokenizer  # noqa: E402
from parley.evaluate.newswire import held  # noqa: E402
from parley.train import teach  # noqa: E402
from parley.train.batches import collate  # noqa: E402
from parley.train.losses import Losses  # noqa: E402
from parley.train.model import Reader  # noqa: E402
from parley.train.rows import UNKNOWN, Row, Task, mirrored  # noqa: E402
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel  # noqa: E402

SIZES = {"hidden_size": 48, "num_attention_heads": 4, "intermediate_size": 96}
TEXT = "Oslo praised Bonn, and Ann Lee said that Rome would pay."
PAIRS = [Row(TEXT, "a", roles={"p": (0, 4), "q": (13, 17)}, label=1),
         Row("Rome fined Oslo.", "b", roles={"p": (0, 4), "q": (11, 15)}, label=3)]  # fmt: skip


@pytest.fixture(scope="module")
def teacher():
    from parley.train.mpnet import like_bert

    torch.manual_seed(1)
    base = MPNetModel(MPNetConfig(vocab_size=30_600, num_hidden_layers=2, **SIZES))
    tokens = load_tokenizer(str(paths.ENCODER / "tokenizer.json"))
    return teach.Teacher(Reader(like_bert(base), shared=0).eval(), tokens)


def test_an_mpnet_behind_the_interface_computes_what_it_computes_by_itself():
    from parley.train.mpnet import like_bert

    base = MPNetModel(MPNetConfig(vocab_size=200, num_hidden_layers=2, **SIZES)).eval()
    ids = torch.randint(2, 200, (3, 40))
    parts = like_bert(base)
    with torch.no_grad():
        want = base(ids).last_hidden_state
        got = parts.embeddings(ids, token_type_ids=torch.zeros_like(ids))
        for layer in parts.encoder.layer:
            got = layer(got, attention_mask=torch.zeros(3, 1, 1, 40))
    torch.testing.assert_close(got, want)


def test_an_answer_to_a_pair_is_the_same_whichever_way_it_is_asked(teacher):
    (there, _), (back, _) = (
        teach.answered(rows, ("stance", "event"), [teacher])
        for rows in (PAIRS, [mirrored(row) for row in PAIRS])
    )
    turned = mirrored(there)
    for head in ("stance", "event"):
        np.testing.assert_allclose(turned.soft[head], back.soft[head], atol=2e-3)
    assert there.soft["stance"].sum() == pytest.approx(1, abs=1e-2)
    assert there.soft["event"].shape == (2, len(labels.EVENTS))


def test_a_student_that_learns_from_answers_alone_comes_nearer_to_its_teacher(teacher):
    rows = teach.answered([replace(row, label=UNKNOWN) for row in PAIRS], ("stance",), [teacher])
    want = np.stack([row.soft["stance"] for row in rows])
    torch.manual_seed(2)
    student = Reader(BertModel(BertConfig(num_hidden_layers=2, **SIZES)), shared=1, dropout=0.0)
    losses = Losses([Task("pairs", "pair", PAIRS, [])])
    optimiser = torch.optim.Adam(student.parameters(), lr=1e-3)
    batch = collate(rows, teacher.tokenizer, "pair")
    gaps = []
    for _ in range(30):
        loss = losses(student, batch, "pair")
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        gaps.append(loss.item())
    entropy = -(want * np.log(want)).sum(axis=1).mean()
    assert gaps[-1] - entropy < (gaps[0] - entropy) / 2


def test_uncoded_sentences_become_tasks_of_every_kind_and_none_is_of_a_held_article(
    teacher, tmp_path
):
    articles = [{"id": str(n), "text": f"{TEXT}\n{TEXT} Rome fined Oslo on day {n}."}
                for n in range(20)]  # fmt: skip
    with gzip.open(tmp_path / "news.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(article) + "\n" for article in articles)
    sentences = teach.uncoded(tmp_path, 12)
    assert len(sentences) == 12
    assert not any(held(row.group) for row in sentences)
    made = {task.head: task for task in teach.lessons(sentences, load_encoder(), [teacher])}
    assert set(made) == {"pair", "picked", "mentions", "attributions", "valence"}
    assert all(row.label == UNKNOWN and row.soft for row in made["pair"].train)
    named = {row.text[slice(*row.roles["target"])] for row in made["picked"].train}
    assert {"Oslo", "Ann Lee", "Rome"} <= named
    assert len(made["valence"].train) == 12

"""One run of each benchmark on a handful of invented records, by the model that ships."""

import json

import pytest
from parley import evaluate
from parley.errors import ParleyError


def _lines(*records: dict) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _target(text: str, name: str, polarity: int) -> dict:
    start = text.index(name)
    target = {"from": start, "to": start + len(name), "mention": name, "polarity": polarity}
    return {"primary_gid": f"x_{len(text)}_1", "sentence_normalized": text, "targets": [target]}


FILES = {
    "newsmtsc": ("a.jsonl", _lines(
        _target("Critics called Lee a liar.", "Lee", 2),
        _target("The crowd hailed Moss as a hero.", "Moss", 6),
    )),
    "dse": ("a.tsv", "[Oslo] met [Bonn].\tOslo\tBonn\t0\n[Ann] hates [Bo].\tAnn\tBo\t3\n"),
    "plv": ("a.tsv", "marked_sentence\tgold_root\n<s>Oslo</s> bombed <t>Bonn</t>.\tASSAULT\n"),
    "emobank": ("a.jsonl", _lines(
        {"id": "a_1", "valence": 1.5, "category": "news", "text": "The massacre killed hundreds."},
        {"id": "b_1", "valence": 3.0, "category": "news", "text": "He sat on a chair."},
        {"id": "c_1", "valence": 4.5, "category": "news", "text": "A wonderful, happy wedding!"},
    )),
    "worldwide": ("a.tsv", "Ann\tB-Person\nLee\tI-Person\nspoke\tO\nin\tO\nOslo\tB-Location\n"),
    "cases": ("a.jsonl", _lines(
        {"text": "Poland condemned Russia.", "frames": [["poland", "russia", "against"]],
         "events": [["poland", "russia", ["ACCUSE"]]]},
        {"text": "Japan welcomed the rain.", "frames": []},
    )),
    "polnear": ("a.jsonl", _lines({
        "id": "a_1", "tokens": ["He", "said", "that", "he", "won", "."],
        "labels": ["B-source", "B-cue", "B-content", "I-content", "I-content", "O"],
    })),
}  # fmt: skip


@pytest.mark.parametrize("task", FILES)
def test_a_benchmark_runs_and_its_json_says_the_same(task, tmp_path):
    name, text = FILES[task]
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = evaluate.run(task, tmp_path / name, json=tmp_path / "scores.json")
    written = json.loads((tmp_path / "scores.json").read_text(encoding="utf-8"))
    assert list(result.frame.columns) == ["system", "metric", "estimate", "low", "high", "n"]
    assert [row["metric"] for row in written["scores"]] == list(result.frame["metric"])
    ours = result.frame[result.frame["system"] == "parley"].iloc[0]
    assert ours["estimate"] > 0.6  # the records are plain
    assert written["model"] == result.model
    assert str(result).startswith(f"{task}: ")


def test_an_unknown_task_names_the_known_ones(tmp_path):
    with pytest.raises(ParleyError, match="choose one of newsmtsc, dse"):
        evaluate.run("sst2", tmp_path)


def test_a_path_that_is_not_there_is_named():
    with pytest.raises(ParleyError, match=r"nowhere\.jsonl does not exist"):
        evaluate.run("dse", "nowhere.jsonl")


def test_an_empty_file_is_named(tmp_path):
    (tmp_path / "a.tsv").touch()
    with pytest.raises(ParleyError, match="holds no record of dse"):
        evaluate.run("dse", tmp_path / "a.tsv")


@pytest.mark.parametrize(
    ("task", "name", "text"),
    [
        ("dse", "a.tsv", "[Poland] condemned [Russia].\tPoland\tRussia\t3\n"),
        (
            "plv",
            "a.tsv",
            "marked_sentence\tgold_root\n<s>Israel</s> bombed <t>Syria</t>.\tASSAULT\n",
        ),
        ("newsmtsc", "a.jsonl", _lines(_target("Donald Trump is a liar.", "Donald Trump", 2))),
    ],
)
def test_targets_are_found_by_the_whole_pipeline(task, name, text, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")
    scores = evaluate.run(task, tmp_path / name, found=True).frame.set_index(["system", "metric"])
    assert scores.loc[("parley", "share of targets found"), "estimate"] == 1
    assert scores.loc[("parley, as shown", "accuracy"), "estimate"] == 1
    assert scores.loc[("model, mentions found", "accuracy"), "estimate"] == 1


def test_a_benchmark_without_targets_says_so(tmp_path):
    name, text = FILES["emobank"]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ParleyError, match="leave --found away"):
        evaluate.run("emobank", tmp_path / name, found=True)

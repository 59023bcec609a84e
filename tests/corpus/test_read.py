"""Every record comes out, with its fields or with the reason why it has none."""

import gzip
import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley.corpus import read
from parley.corpus.read import decode, find_files, read_file
from parley.errors import ParleyError


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        raw = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return [(r.number, r.fields, r.reason) for r in read_file(path)]

    return write


def test_a_text_file_is_one_article(written):
    assert written("a.txt", "Body.\r\nMore.") == [(0, {"text": "Body.\nMore."}, "")]


def test_markdown_may_have_front_matter(written):
    ((_, fields, _),) = written("a.md", "---\ntitle: Talks\noutlet: 'Post'\n---\nBody: yes.\n")
    assert fields == {"title": "Talks", "outlet": "Post", "text": "Body: yes.\n"}


def test_a_malformed_line_costs_that_line_alone(written):
    found = written("a.jsonl", '{"text": "one"}\n{"text": "tw\n\n{"text": "three"}\n[1]\n')
    assert [number for number, _, _ in found] == [1, 2, 4, 5]
    assert [bool(reason) for _, _, reason in found] == [False, True, False, True]
    assert found[1][2].startswith("malformed JSON")


def test_a_line_too_long_is_skipped_without_being_held(written, monkeypatch):
    monkeypatch.setattr(read, "LONGEST_LINE", 1000)
    found = written("a.jsonl.gz", '{"text": "' + "x" * 5000 + '"}\n{"text": "next"}\n')
    assert [(number, bool(reason)) for number, _, reason in found] == [(1, True), (2, False)]


@pytest.mark.parametrize(
    "content",
    ['[{"text": "a"}, {"text": "b"}]', '{"count": 2, "articles": [{"text": "a"}, {"text": "b"}]}'],
)
def test_json_may_be_a_list_or_hold_one(written, content):
    assert [fields["text"] for _, fields, _ in written("a.json", content)] == ["a", "b"]


def test_one_json_object_is_one_article(written):
    assert [f["text"] for _, f, _ in written("a.json", '{"text": "a", "tags": ["x"]}')] == ["a"]


def test_a_table_keeps_quoted_paragraphs(written):
    found = written("a.csv", '\ufeffsource,body\r\nPost,"One.\n\nTwo, three."\r\n')
    assert [fields for _, fields, _ in found] == [{"source": "Post", "body": "One.\n\nTwo, three."}]


def test_a_table_may_have_another_delimiter(written):
    assert [f for _, f, _ in written("a.csv", "outlet;text\nPost;One, two.\n")] == [
        {"outlet": "Post", "text": "One, two."}
    ]


def test_a_row_of_another_width_is_rejected_alone(written):
    found = written("a.tsv", "outlet\ttext\nPost\tOne\nPost\tTwo\tthree\nPost\tFour\n")
    assert [bool(reason) for _, _, reason in found] == [False, True, False]


def test_parquet(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"text": ["one", "two"], "outlet": ["A", None]}).to_parquet(path)
    assert [r.fields["text"] for r in read_file(path)] == ["one", "two"]


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.parquet", "a.json", "a.html", "a.txt.gz"])
def test_a_binary_under_a_false_name_is_one_reject(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 20)
    (record,) = read_file(path)
    assert record.reason


def test_an_empty_file_is_a_reject(written):
    assert written("a.json", b"") == [(0, {}, "empty file")]


@given(st.binary(max_size=200))
def test_bytes_always_decode(raw):
    assert isinstance(decode(raw), str)


@given(
    st.lists(st.dictionaries(st.sampled_from(["text", "outlet"]), st.text(max_size=20)), max_size=5)
)
def test_json_lines_come_back_as_they_were(tmp_path_factory, records):
    path = tmp_path_factory.mktemp("jsonl") / "a.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert [r.fields for r in read_file(path) if not r.reason] == records


def test_what_is_not_there_or_not_read_is_one_sentence(tmp_path):
    (tmp_path / "a.docx").write_text("x")
    for missing in (tmp_path / "nowhere", tmp_path / "a.docx", tmp_path):
        with pytest.raises(ParleyError) as caught:
            find_files([missing])
        assert str(tmp_path) in str(caught.value)
        assert "\n" not in str(caught.value)

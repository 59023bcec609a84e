"""Every record comes out, with its fields or with the reason why it has none."""

import csv
import gzip
import json

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parley.corpus import lines, read, rows
from parley.corpus.lines import decode
from parley.corpus.read import find_files, passed_over, read_file
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
    monkeypatch.setattr(lines, "LONGEST_LINE", 1000)
    found = written("a.jsonl.gz", '{"text": "' + "x" * 5000 + '"}\n{"text": "next"}\n')
    assert [(number, bool(reason)) for number, _, reason in found] == [(1, True), (2, False)]
    found = written("a.csv", "outlet,text\nA," + "x" * 5000 + "\nB,next\n")
    assert [(number, bool(reason)) for number, _, reason in found] == [(2, True), (3, False)]


def test_a_document_too_large_is_one_reject(written, monkeypatch):
    monkeypatch.setattr(read, "LARGEST_DOCUMENT", 1000)
    assert [reason for _, _, reason in written("a.txt", "x" * 2000)] == ["larger than 0 MB"]


def test_a_quotation_mark_never_closed_costs_no_other_line(written):
    found = written("a.csv", 'outlet,text\nA,one\nB,"x" y,"never\nC,three\nD,"four"\n')
    assert [(number, bool(reason)) for number, _, reason in found] == [
        (2, False),
        (3, True),
        (4, False),
        (5, False),
    ]


def test_the_closing_mark_is_not_looked_for_without_end(written, monkeypatch):
    monkeypatch.setattr(rows, "MOST_LINES", 3)
    found = written("a.csv", "outlet,text\n" + 'A,"open\n' + "B,good\n" * 50)
    assert [fields["text"] for _, fields, _ in found] == ["open", *["good"] * 50]


def test_misplaced_marks_are_borne_where_the_cells_can_be_told(written):
    found = written("a.csv", 'outlet,text\nA,"He said "no" twice"\nB,a 5" gun\nC,"x"y",z\n')
    assert [bool(reason) for _, _, reason in found] == [False, False, True]


def test_a_file_may_hold_lines_of_two_encodings(written):
    raw = "outlet,text\nÅ,“utf” – é\n".encode() + "Ö,“windows” – é\n".encode("cp1252")
    assert [tuple(fields.values()) for _, fields, _ in written("a.csv", raw)] == [
        ("Å", "“utf” – é"),
        ("Ö", "“windows” – é"),
    ]


def test_a_table_may_be_in_utf_16(written):
    found = written("a.csv", "outlet\ttext\nA\tone\n".encode("utf-16"))
    assert [fields for _, fields, _ in found] == [{"outlet": "A", "text": "one"}]


@pytest.mark.parametrize("bad", ["[" * 100_000, "null", '{"a": 1e999}{', '"text"', "\ud800"])
def test_no_line_of_json_is_too_odd(written, bad):
    found = written("a.jsonl", (bad + '\n{"text": "next"}').encode("utf-8", "surrogatepass"))
    assert [bool(reason) for _, _, reason in found] == [True, False]


def test_a_packed_file_cut_short_gives_what_it_has(tmp_path):
    packed = gzip.compress("".join(f'{{"text": "{n}"}}\n' for n in range(9999)).encode())
    (path := tmp_path / "a.jsonl.gz").write_bytes(packed[:-900])
    found = list(read_file(path))
    assert len(found) > 100
    assert [r.reason for r in found if r.reason][-1].startswith("unreadable file")
    path.write_bytes(packed[:20] + bytes(range(200)))
    assert [bool(r.reason) for r in read_file(path)] == [True]


def test_files_of_other_kinds_are_counted(tmp_path):
    for name in ("a.txt", "b.pdf", "c.PDF", ".hidden.pdf"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in find_files([tmp_path])] == ["a.txt"]
    assert passed_over([tmp_path]) == {".pdf": 2}


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


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n"))


@given(st.binary(max_size=400))
def test_bytes_always_decode(raw):
    assert isinstance(decode(raw), str)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=6))
def test_a_sound_table_comes_back_as_it_was(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["a", "b"], *cells])
    assert [list(record.fields.values()) for record in read_file(path)] == cells


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_of_a_table_is_answered_for(tmp_path, raw):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + raw)
    numbers = [record.number for record in read_file(path)]
    assert len(set(numbers)) == len(numbers)


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

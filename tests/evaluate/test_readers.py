"""Each set's own format, in files made by hand; and what a bad record is told."""

import json
from pathlib import Path

import pytest
from parley.errors import ParleyError
from parley.evaluate import dse, emobank, newsmtsc, plv, polnear, worldwide
from parley.evaluate.spans import snapped


@pytest.fixture
def write(tmp_path):
    def _write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return _write


def _newsmtsc(**target) -> str:
    known = {"from": 0, "to": 3, "mention": "Ann", "polarity": 6.0}
    row = {"primary_gid": "a_1_2_3", "sentence_normalized": "Ann won.", "targets": [known | target]}
    return json.dumps(row) + "\n"


def test_newsmtsc(write):
    example = newsmtsc.read(write("x.jsonl", _newsmtsc()))[0]
    assert (example.text, example.spans, example.label) == ("Ann won.", ((0, 3),), "positive")
    assert example.group == "a_1_2"


def test_dse_strips_brackets_that_cut_a_name_short(write):
    path = write("x.tsv", "A [Los Angele]s man met [Bo].\tLos Angele\tBo\t3\n")
    example = dse.read(path)[0]
    assert example.text == "A Los Angeles man met Bo."
    assert [example.text[a:b] for a, b in example.spans] == ["Los Angele", "Bo"]
    assert example.label == "p against q"


def test_dse_reads_cells_quoted_by_a_spreadsheet(write):
    path = write("x.tsv", '"He said ""no"" to [Bo.""Al] in [Rome]."\t"Bo.""Al"\tRome\t0\n')
    assert dse.read(path)[0].text == 'He said "no" to Bo."Al in Rome.'


def test_dse_keeps_other_brackets_and_names_that_occur_twice(write):
    path = write("x.tsv", "[sic] [Al] saw [Al] again.\tAl\tAl\t0\n")
    example = dse.read(path)[0]
    assert example.text == "[sic] Al saw Al again."
    assert example.spans == ((6, 8), (13, 15))


PLV_HEADER = "\tsentence_id\tmarked_sentence\tgold_root\n"


def test_plv(write):
    row = "\t4\t<s>Iran</s> sued <t>the US</t> over <t>the US</t> ban.\tACCUSE\n"
    example = plv.read(write("x.tsv", PLV_HEADER + row))[0]
    assert example.text == "Iran sued the US over the US ban."
    assert [example.text[a:b] for a, b in example.spans] == ["Iran", "the US"]


def test_plv_an_implied_actor_has_no_span(write):
    row = "\t4\t<s>Iran</s> mobilised.\tMOBILIZE\n"
    assert plv.read(write("x.tsv", PLV_HEADER + row))[0].spans == ((0, 4), None)


def test_plv_without_marks_the_actors_are_looked_up(write):
    header = "sentence\tsource\ttarget\tgold_root\n"
    path = write("x.tsv", header + "Oslo sued Bonn.\tOslo\tan actor\tCONCEDE\n")
    example = plv.read(path)[0]
    assert (example.spans, example.label) == (((0, 4), None), "YIELD")


def test_emobank(write):
    row = {"id": "D_1_2", "valence": 3.5, "category": "newspaper", "text": "Fine."}
    example = emobank.read(write("x.jsonl", json.dumps(row)))[0]
    assert (example.value, example.category, example.group) == (3.5, "newspaper", "D")


WORLDWIDE = (
    "https://example.org/news\n\nSYDNEY\tB-Location\nUN\tB-Organization\tB-Location\n"
    "office\tI-Organization\n\nIn\tO\nJuly\tB-Date\nAfricans\tB-NORP\n"
)


def test_worldwide_takes_the_outermost_entity_and_no_dates(write):
    first, second = worldwide.read(write("news/a.txt.tsv", WORLDWIDE).parent)
    assert [(first.text[a:b], kind) for a, b, kind in first.spans] == [
        ("SYDNEY", "location"),
        ("UN office", "organisation"),
    ]
    assert [(second.text[a:b], kind) for a, b, kind in second.spans] == [("Africans", "norp")]


def _cut(labels: list[str]) -> str:
    return json.dumps(
        {"id": "a_4b22", "tokens": ["He", "said", "``", "no", "''"], "labels": labels}
    )


def test_polnear_sentence_cut(write):
    labels = ["B-source", "B-cue", "B-content", "I-content", "I-content"]
    example = polnear.read(write("x.jsonl", _cut(labels)))[0]
    assert example.text == 'He said " no "'
    assert [(example.text[a:b], kind) for a, b, kind in example.spans] == [
        ("He", "source"),
        ("said", "cue"),
        ('" no "', "content"),
    ]


BRAT = "T1\tSource 3 6\tAnn\nT2\tCue 7 11\tsaid\nT3\tContent 12 15;22 25\tyes but\n"


def test_polnear_brat_articles_are_cut_at_blank_lines(write):
    text = "A. Ann said yes and no but.\n\nThe end.\n"
    ann = BRAT.replace("22 25", "23 26")
    write("brat/a.txt", text)
    write("brat/a.ann", ann + "E1\tAttribution:T4 Cue:T2\nT4\tDiscard 3 6\tAnn\n")
    first, second = polnear.read(write("brat/a.ann", ann).parent)
    assert [(first.text[a:b], kind) for a, b, kind in first.spans] == [
        ("Ann", "source"),
        ("said", "cue"),
        ("yes", "content"),
        ("but", "content"),
    ]
    assert (second.text, second.spans) == ("The end.", ())


def test_scored_spans_are_widened_to_the_set_s_tokens(write):
    example = worldwide.read(write("a.tsv", "the\tO\nU.S.\tB-Location\nsaid\tO\n"))[0]
    assert snapped(example, [(4, 7, "location")]) == snapped(example, example.spans)


@pytest.mark.parametrize(
    ("module", "name", "text", "message"),
    [
        (newsmtsc, "x.jsonl", _newsmtsc(to=99), r"x\.jsonl, line 1: span 0-99 lies outside"),
        (newsmtsc, "x.jsonl", _newsmtsc(mention="Bob"), "line 1: 0-3 is 'Ann', not 'Bob'"),
        (newsmtsc, "x.jsonl", _newsmtsc(polarity=9), "line 1: unknown polarity 9"),
        (newsmtsc, "x.jsonl", "\n{oops\n", "line 2: not JSON"),
        (newsmtsc, "x.jsonl", "{}\n", "line 1: no 'sentence_normalized'"),
        (dse, "x.tsv", "[A] and [B]\tA\tB\t7\n", "line 1: unknown label '7'"),
        (dse, "x.tsv", "A and [B]\tA\tB\t0\n", r"line 1: no \[A\] in the sentence"),
        (dse, "x.tsv", "A\tB\n", "line 1: 2 columns"),
        (plv, "x.tsv", "a\tgold_root\n1\tAID\n", "line 1: no column 'marked_sentence'"),
        (plv, "x.tsv", PLV_HEADER + "\t4\tnobody\tAID\n", "line 2: no <s>"),
        (plv, "x.tsv", PLV_HEADER + "\t4\t<s>A</s>\tDANCE\n", "line 2: unknown root code 'DANCE'"),
        (emobank, "x.jsonl", '{"text": "a", "valence": 9}', "line 1: valence 9"),
        (worldwide, "x.tsv", "Oslo\tB-Planet\n", "line 1: unknown label 'B-Planet'"),
        (polnear, "x.jsonl", _cut(["O"]), "line 1: 5 tokens and 1 labels"),
        (polnear, "x.jsonl", _cut(["B-voice"] * 5), "line 1: unknown label 'B-voice'"),
    ],
)
def test_a_bad_record_is_one_sentence_with_file_and_line(write, module, name, text, message):
    with pytest.raises(ParleyError, match=message) as raised:
        module.read(write(name, text))
    assert "\n" not in str(raised.value)


def test_a_text_that_is_not_utf_8_is_named(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ParleyError, match=r"x\.jsonl is not UTF-8"):
        emobank.read(path)


def test_a_brat_file_without_its_text_is_named(write):
    with pytest.raises(ParleyError, match="no text beside it"):
        polnear.read(write("brat/a.ann", BRAT).parent)


def test_a_brat_span_outside_the_text_is_named(write):
    write("brat/a.txt", "short")
    with pytest.raises(ParleyError, match=r"a\.ann, line 1: span 3 6 lies outside"):
        polnear.read(write("brat/a.ann", BRAT).parent)

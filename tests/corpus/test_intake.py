"""Accepted, known and rejected add up to what was offered; what is there is not taken in twice."""

import json
from collections import Counter

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parley import corpus, paths, tables
from parley.corpus import delta
from parley.corpus.mends import Repair, undo
from parley.corpus.store import Store
from parley.errors import ParleyError

MANIFEST = paths.SAMPLE / "manifest.csv"


@pytest.fixture(scope="module")
def ingested(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus") / "sample"
    return folder, corpus.ingest([paths.SAMPLE_ARTICLES], folder)


@pytest.fixture(scope="module")
def articles(ingested):
    return corpus.Store(ingested[0]).read(tables.ARTICLES)


def test_everything_offered_is_accounted_for(ingested):
    _, report = ingested
    assert report.offered == report.accepted + report.known + report.rejected == 140
    assert (report.accepted, report.copies) == (137, 13)
    assert ".jsonl, record " in str(report)  # where to look for what was left out
    assert sorted(report.refusals) == ["empty file", "language de, not en", "malformed JSON"]


def test_a_reason_is_told_whole_and_one_line_stands_for_all_of_its_kind(tmp_path):
    lines = [
        "{" * 3,
        '{"text": "Ministers met in Geneva on Monday."}',
        '["' + "x" * 90,
        '{"a": 1,}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = corpus.ingest([tmp_path / "a.jsonl"], tmp_path / "c")
    (kind,) = report.refusals.values()
    with pytest.raises(json.JSONDecodeError) as problem:
        json.loads(lines[0])
    told = f"malformed JSON: {problem.value} (the first in {tmp_path}/a.jsonl, record 1)"
    assert (kind.count, kind.told) == (3, told)
    assert f"  rejected: 3 {told}\n" in f"{report}\n"
    assert f"rejects (3)\n          3  {told}" in str(corpus.describe(tmp_path / "c"))


def test_outlets_and_dates_are_those_of_the_manifest(articles):
    manifest = pd.read_csv(MANIFEST)
    good = manifest[~manifest["damage"].fillna("").str.contains("malformed|empty|language|German")]
    found = Counter(articles["outlet"])
    assert found == Counter(good["outlet"]) or sum(found.values()) == 137
    assert articles["published"].isna().sum() == 2


def test_stories_are_those_of_the_manifest(articles):
    assert articles["story_id"].nunique() == 124
    assert articles.groupby("story_id")["is_first"].sum().eq(1).all()


def test_a_story_is_first_told_by_its_earliest_article(articles):
    for _, story in articles.dropna(subset="published").groupby("story_id"):
        first = story[story["is_first"]]
        if len(first):
            assert first["published"].iloc[0] == story["published"].min()


def test_the_same_folder_twice_adds_nothing(ingested):
    folder, _ = ingested
    before = corpus.Store(folder).version()
    again = corpus.ingest([paths.SAMPLE_ARTICLES], folder)
    assert (again.accepted, again.known, again.rejected) == (0, 137, 3)
    assert corpus.Store(folder).version() == before


def test_repairs_obey_the_law_of_spans_and_can_be_undone(ingested, articles):
    repairs = corpus.Store(ingested[0]).read(tables.REPAIRS)
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    for article_id, rows in repairs.groupby("article_id"):
        columns = ["start", "end", "was", "now", "rule"]
        mends = [Repair(*row) for row in rows[columns].itertuples(index=False)]
        assert all(texts[article_id][m.start : m.end] == m.now for m in mends)
        assert undo(texts[article_id], mends) != texts[article_id]


def test_a_title_begins_the_text(articles):
    for title, text in articles[["title", "text"]].dropna().itertuples(index=False):
        assert text.startswith(title)


def test_the_same_words_by_another_outlet_are_another_article(tmp_path):
    records = [
        {"outlet": outlet, "date": "2022-01-12", "text": "The talks ended. " * 20}
        for outlet in ("A", "B", "A")
    ]
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(map(json.dumps, records)))
    report = corpus.ingest([source], tmp_path / "c")
    assert (report.accepted, report.known, report.copies) == (2, 1, 1)


def test_an_earlier_copy_that_comes_late_is_the_first(tmp_path):
    for number, day in enumerate(("2022-01-12", "2022-01-10")):
        source = tmp_path / f"{number}.jsonl"
        source.write_text(json.dumps({"outlet": day, "date": day, "text": "One two three. " * 20}))
        corpus.ingest([source], tmp_path / "c")
    found = corpus.Store(tmp_path / "c").read(tables.ARTICLES)
    assert found["story_id"].nunique() == 1
    assert list(found.loc[found["is_first"], "outlet"]) == ["2022-01-10"]


def test_columns_are_guessed_or_mapped(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text("paper,when,words\nPost,2022-01-12,Enough words to be taken in here.\n")
    mapping = {"outlet": "paper", "published": "when", "text": "words"}
    corpus.ingest([source], tmp_path / "c", mapping=mapping)
    (row,) = corpus.Store(tmp_path / "c").read(tables.ARTICLES).to_dict("records")
    assert (row["outlet"], row["published"].isoformat()) == ("Post", "2022-01-12T00:00:00+00:00")


def records(tmp_path, *rows):
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)))
    return [source]


def test_a_column_that_only_some_records_have_may_be_mapped(tmp_path):
    text = "Enough words to be taken in here, number "
    rows = [{"paper": "Post", "text": text + "one"}, {"site": "Echo", "text": text + "two"}]
    corpus.ingest(records(tmp_path, *rows), tmp_path / "c", mapping={"outlet": "paper"})
    found = corpus.Store(tmp_path / "c").read(tables.ARTICLES)
    assert set(found["outlet"]) == {"Post", "Echo"}


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["text", "title", "outlet", "date", "url"]),
            st.none() | st.text() | st.integers() | st.lists(st.text(), max_size=2),
        ),
        max_size=6,
    )
)
@settings(max_examples=8)
@example([{"text": "Half a pair \ud83d and more words", "outlet": "\udfff", "title": "\ud800"}])
def test_whatever_is_offered_is_accepted_or_rejected(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("any")
    report = corpus.ingest(records(folder, *rows), folder / "c")
    assert report.offered == max(1, len(rows))
    assert report.accepted + report.known + report.rejected == report.offered


@pytest.mark.parametrize("step", ["repairs", "signatures", "articles"])
def test_a_run_that_was_killed_is_simply_run_again(tmp_path, monkeypatch, step):
    rows = [{"text": "IThere are warnings once morest all of us.", "outlet": n} for n in "abc"]
    source, write = records(tmp_path, *rows), delta.write

    def dies(where, *arguments, **options):
        write(where, *arguments, **options)
        if str(where).endswith(step):
            raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(delta, "write", dies)
        corpus.ingest(source, tmp_path / "c")
    corpus.ingest(source, tmp_path / "c")
    store = Store(tmp_path / "c")
    assert len(store.read(tables.ARTICLES)) == 3
    assert len(store.read(tables.REPAIRS)) == 6
    assert store.read(tables.ARTICLES)["story_id"].nunique() == 1


def test_mojibake_is_mended_in_the_title_too(articles):
    (title,) = articles.loc[articles["title"].fillna("").str.startswith("Peskov: tension"), "title"]
    assert title == "Peskov: tension is fed by “hysteria” and NATO deployments"


@pytest.mark.parametrize(
    ("mapping", "names"),
    [({"outlet": "papre"}, "paper"), ({"headline": "paper"}, "--map headline")],
)
def test_a_wrong_mapping_is_one_sentence_with_the_nearest_name(tmp_path, mapping, names):
    source = tmp_path / "a.csv"
    source.write_text("paper,text\nPost,Some words to be taken in.\n")
    with pytest.raises(ParleyError, match=names):
        corpus.ingest([source], tmp_path / "c", mapping=mapping)

"""Whole attributions against gold ones, on invented articles in brat standoff."""

import pandas as pd
import pytest
from parley import evaluate
from parley.errors import ParleyError
from parley.evaluate.attributions import Whole, joined, paired, read, scored

TEXT = "A Title Here.\r\n\r\nLee said that it rained.\r\n\r\n“It will,” Moss said, “rain.”"


def span(words: str) -> str:
    start = TEXT.index(words)
    return f"{start} {start + len(words)}"


@pytest.fixture
def folder(tmp_path):
    rows = [
        f"T1\tSource {span('Lee')}\tLee",
        f"T2\tCue {span('said')}\tsaid",
        f"T3\tContent {span('that it rained')}\tthat it rained",
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3",
        f"T4\tSource {span('Moss')}\tMoss",
        f"T5\tContent {span('“It will,”')};{span('“rain.”')}\t...",
        "E2\tAttribution:T2 Source:T4 Content:T5",
    ]
    (tmp_path / "paper_2016-03-01_a.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "paper_2016-03-01_a.ann").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


def quotes(text: str, *rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    """A `quotes` table from (content, cue, speaker) as words of the text."""

    def at(words):
        return (
            (pd.NA, pd.NA) if words is None else (text.index(words), text.index(words) + len(words))
        )

    columns = ["start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end"]
    spans = [(*at(content), *at(cue), *at(speaker)) for content, cue, speaker in rows]
    return pd.DataFrame(spans, columns=columns).assign(article_id="paper_2016-03-01_a")


def test_an_article_is_read_with_its_paragraphs_set_apart(folder):
    (article,) = read(folder)
    assert article.text.split("\n\n")[0] == article.title == "A Title Here."
    assert article.published == "2016-03-01"
    one, two = article.attributions
    assert [article.text[a:b] for a, b in one.content] == ["that it rained"]
    assert [article.text[a:b] for a, b in two.content] == ["“It will,”", "“rain.”"]


def test_a_span_whose_text_holds_a_lines_end_is_one(folder):
    file = folder / "paper_2016-03-01_a.ann"
    file.write_text(file.read_text("utf-8") + "\nT9\tContent 0 1\tA\nThe rest of it\n", "utf-8")
    assert len(read(folder)[0].attributions) == 2


def test_rows_with_one_cue_and_rows_carried_on_are_one_attribution():
    text = "“A,” he said, “b.” “C.” She said d."
    rows = quotes(text, ("A", "said", "he"), ("b", "said", "he"), ("C", None, "he"),
                  ("d.", "said d", "She"))  # fmt: skip
    rows.loc[3, ["cue_start", "cue_end"]] = [28, 32]
    assert [len(whole.content) for whole in joined(rows)] == [3, 1]


def test_the_same_attributions_score_one(folder):
    articles = read(folder)
    text = articles[0].text
    rows = quotes(text, ("that it rained", "said", "Lee"), ("It will", "said,", "Moss"),
                  ("rain.”", "said,", "Moss"))  # fmt: skip
    scores = {row["metric"]: row["estimate"] for row in scored(articles, rows)[0]}
    assert scores["F1 content"] == scores["F1 source"] == 1
    assert scores["speaker correct, found quotations"] == 1


def test_a_missed_word_and_a_wrong_speaker_cost_what_they_should(folder):
    articles = read(folder)
    text = articles[0].text
    rows = quotes(text, ("it rained", "said", "Moss"))
    scores = {row["metric"]: row["estimate"] for row in scored(articles, rows)[0]}
    assert scores["F1 content"] == pytest.approx(2 * 2 / (2 + 3 + 3))
    assert scores["F1 source"] == 0
    assert scores["F1 words in any source"] == pytest.approx(2 / 3)
    assert scores["speaker correct, found ones"] == 0
    assert scores["F1 attributions found"] == pytest.approx(2 / 3)


def test_pairs_share_the_largest_part_and_are_one_to_one():
    pairs = paired([{1, 2, 3, 4}, {3, 4}], [{3, 4}, {1, 2, 3}])
    assert [(gold, guess) for gold, guess, _ in pairs] == [(1, 0), (0, 1)]


def test_nothing_found_scores_nothing(folder):
    rows, _, notes = scored(read(folder), quotes(TEXT)[:0])
    scores = {row["metric"]: row["estimate"] for row in rows}
    assert scores["F1 content"] == 0 and notes


def test_the_benchmark_runs_through_every_annotator(folder):
    result = evaluate.run("polnear-articles", folder)
    assert set(result.frame["system"]) == {"parley"}
    ours = result.frame.set_index("metric")["estimate"]
    assert ours["F1 attributions found"] > 0.6  # the article is plain


@pytest.mark.parametrize(
    ("row", "message"),
    [("T1\tSource 5 900\tx", "lies outside the text"), ("T1\tSource five\tx", "not a pair")],
)
def test_a_malformed_span_names_its_line(folder, row, message):
    (folder / "paper_2016-03-01_a.ann").write_text(row, encoding="utf-8")
    with pytest.raises(ParleyError, match=message):
        read(folder)


def test_an_article_without_its_text_is_named(folder):
    (folder / "paper_2016-03-01_a.txt").unlink()
    with pytest.raises(ParleyError, match="has no text beside it"):
        read(folder)


def test_an_attribution_may_lack_a_source():
    assert Whole(content=((0, 1),)).source == ()

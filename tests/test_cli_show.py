"""What a reader sees in a terminal."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley import cli_show

ROW = {
    "holder": "Ann Lee",
    "label": "against",
    "target": "Oslo",
    "probability": 0.91234,
    "how": "rule:condemn",
    "voice": "outlet",
    "outlet": "The Post",
    "published": pd.Timestamp("2022-01-03", tz="UTC"),
    "text": "Ann Lee condemned Oslo on Monday.",
    "mark_start": 18,
    "mark_end": 22,
    "cue_start": 8,
    "cue_end": 17,
}


@pytest.fixture
def printed(capsys):
    def show(*, of=1, **changed):
        cli_show.as_passages(pd.DataFrame([ROW | changed]), of=of)
        return capsys.readouterr().out

    return show


def test_a_passage_says_who_on_whom_how_sure_why_and_where(printed):
    claim, sentence, *_ = printed().splitlines()
    assert claim == (
        " 1  Ann Lee  against  Oslo  ·  0.91  ·  rule:condemn  ·  The Post, 3 Jan 2022"
        "  ·  in its own words"
    )
    assert sentence.strip() == ROW["text"]


def test_what_is_not_known_is_left_out(printed):
    claim = printed(outlet=None, published=pd.NaT, cue_start=None, cue_end=pd.NA).splitlines()[0]
    assert claim.endswith("0.91  ·  rule:condemn  ·  in its own words")


def test_more_rows_than_are_shown_are_counted(printed):
    assert "1 of 7 shown: --top 7" in printed(of=7)


def test_a_text_cannot_reach_the_terminal(printed):
    shown = printed(text="Ann Lee \x1b[2Jcondemned Oslo\x07.", outlet="[bold]\x1b[31mPost[/bold]")
    assert "\x1b" not in shown and "\x07" not in shown
    assert "[bold]" in shown  # markup in an outlet's name is only text


@given(text=st.text(min_size=1, max_size=80))
def test_any_text_is_shown_with_all_that_is_printable(text):
    shown = cli_show._sentence(ROW | {"text": text, "cue_start": None, "mark_start": None})
    assert shown.plain == "".join(c if c.isprintable() else " " for c in text)


def test_a_table_folds_long_cells_and_leaves_nulls_blank(capsys):
    frame = pd.DataFrame({"name": ["a " * 100, None], "n": [1, 2], "said": [["one", "two"], None]})
    cli_show.as_table(frame)
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 110
    assert "… one …" in out and "None" not in out and "nan" not in out


def test_an_empty_table_says_so(capsys):
    cli_show.as_table(pd.DataFrame({"name": []}))
    assert capsys.readouterr().out == "nothing to show\n"

"""Reports in real processes: what a run leaves, and what is refused before it begins."""

import json
import os
import pty
import re
import subprocess

import pytest
from parley import report

from tests.report.house import CONTEXT, DECLARED, IMPORTS, House


def test_a_good_run_is_published_whole(published: House) -> None:
    latest = published.latest("week")
    assert {path.name for path in latest.iterdir()} == {
        "index.html", "01_good.html", "metrics.json", "run.json", "log.txt", "tables", "notebooks",
    }  # fmt: skip
    run = published.record(latest)
    assert run["status"] == "published"
    assert run["parameters"]["start"] == "2022-01-10"
    assert run["packages"]["papermill"]
    assert run["context"]["articles"] == 12


def test_metrics_hold_every_figure_with_interval_n_and_evidence(published: House) -> None:
    metrics = json.loads((published.latest("week") / "metrics.json").read_text())
    row = metrics["notebooks"]["01_good"]["tables"]["share"]["rows"][0]
    assert (row["estimate"], row["low"], row["high"], row["n"]) == (12.3, 10.1, 14.8, 57)
    assert row["evidence"] == ["a:1", "b:2"]
    assert metrics["notebooks"]["01_good"]["findings"][0]["facts"] == {"n": 57}


def test_no_spreadsheet_runs_what_the_corpus_says(published: House) -> None:
    text = (published.latest("week") / "tables" / "01-good" / "share.csv").read_text()
    assert "'=cmd|" in text
    assert not re.search(r"(^|,)\"?[=+@]", text, re.MULTILINE)


def test_a_hostile_value_stays_a_value(published: House) -> None:
    page = (published.latest("week") / "01_good.html").read_text()
    assert "unharmed" in page
    assert "os.environ[&#39;PWNED&#39;]" in page or "os.environ[&#x27;PWNED&#x27;]" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["strat=2022-01-10"], "did you mean start?"),
        (["__import__('os').system('touch x')=1"], "takes no parameter"),
        (["start=../../etc"], "is no date"),
        (["start=2022-01-17", "end=2022-01-10"], "must lie before"),
        (["words=two\nlines"], "one printable line"),
        (["start"], "is not KEY=VALUE"),
        (["start=2022-01-10", "start=2022-01-11"], "given twice"),
    ],
)
def test_bad_parameters_are_refused_before_anything_runs(
    published: House, capsys: pytest.CaptureFixture, words: list[str], said: str
) -> None:
    code = report.run(
        "week", corpus=published.root / "corpus", parameters=words, out=published.root / "nowhere",
        definitions=published.root / "definitions", folder=published.notebooks,
    )  # fmt: skip
    assert code == 2
    assert said in capsys.readouterr().err
    assert not (published.root / "nowhere").exists()


@pytest.mark.parametrize("name", ["../week", "week/../week", "", "nosuch", "/etc/passwd"])
def test_a_name_is_no_path(published: House, capsys: pytest.CaptureFixture, name: str) -> None:
    places = {"definitions": published.root / "definitions", "folder": published.notebooks}
    assert report.run(name, corpus=published.root / "corpus", **places) == 2
    assert "no report is called" in capsys.readouterr().err


def test_where_forking_is_not_safe_kernels_start_afresh(house: House) -> None:
    house.notebook("good", "1 + 1")
    house.notebook("killed", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    house.define("week", f"title: Week\nnotebooks: [good, killed]{DECLARED}")
    done = house.run("week", environment={"PARLEY_FRESH_KERNELS": "1"})
    assert done.returncode == 1, done.stderr
    assert "its kernel died" in done.stderr
    (failed,) = house.failed("week")
    faults = {n["notebook"]: n["fault"] for n in house.record(failed)["notebooks"]}
    assert faults["good"] is None
    assert "its kernel died" in faults["killed"]


def test_a_sweep_gives_a_page_for_each_value(house: House) -> None:
    cells = (IMPORTS, CONTEXT, "report.finding(f'It is {NAMES[0]}.')")
    house.notebook(
        "each", *cells, parameters="CORPUS = ''\nSTART = END = NAMES = None\nARTICLES = 3"
    )
    house.notebook("all", *cells[:2], parameters="CORPUS = ''\nSTART = END = None\nARTICLES = 3")
    text = "title: Each\nnotebooks: [all, each]\nsweep: names\nparameters: {names: {type: list}}\n"
    house.define("each", text)
    done = house.run("each", "names=../one,two")
    assert done.returncode == 0, done.stderr
    pages = {path.name for path in house.latest("each").glob("*.html")}
    assert pages == {"index.html", "each-1.html", "each-2.html", "all.html"}  # it knows no names
    front = (house.latest("each") / "index.html").read_text()
    assert "each: each-1 running\n" in done.stderr  # a line at a time where there is no terminal
    assert "\x1b" not in done.stderr
    assert "It is ../one." in front
    assert "It is two." in front


def test_progress_is_live_on_a_terminal(house: House) -> None:
    house.notebook("good", "1 + 1")
    house.define("week", f"title: Week\nnotebooks: [good]{DECLARED}")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(house.command("week"), stderr=theirs, stdout=subprocess.PIPE,
                               env=os.environ | {"TERM": "xterm-256color"})  # fmt: skip
    os.close(theirs)
    shown = b""
    with pytest.raises(OSError):  # which is how a terminal says that nobody writes to it any more
        while part := os.read(ours, 65536):
            shown += part
    assert process.wait() == 0
    assert b"\x1b[" in shown
    assert "✓" in shown.decode(errors="replace")

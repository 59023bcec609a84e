"""A hostile corpus through the command itself: ingested, annotated, reported, opened."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.report.house import DECLARED, House
from tests.report.test_browser import LOOKS, barriers, faults
from tests.report.test_page import Reader

SCRIPT = "<script>alert(1)</script>"
OUTLETS = ["=HYPERLINK(1)", "../../escape", f"{SCRIPT}Gazette", "@SUM(1+1)", "{{7*7}}{% raw %}"]
TITLES = [
    f"Russia {SCRIPT} refuses NATO's terms",
    "=cmd|' /C calc'!A0 and Ukraine asks Russia for talks",
    "../../../etc/passwd: Poland warns Russia",
    "\x1b[31mUkraine\x1b[0m says \x1b]0;owned\x07 it will not yield to Russia",
    '"><img src=x onerror=alert(1)> NATO answers Russia',
]
LINES = [
    "Russia <img src=x onerror=alert(1)> criticised NATO on Monday <svg onload=alert(2)>.",
    "Ukraine said that [Russia](javascript:alert(3)) was to blame for the failure of the talks.",
    "</style></q></li><script>alert(4)</script> Poland condemned Russia in the strongest terms.",
    "\u202eNATO\u202c praised Ukraine, ${7*7} {{ 7*7 }} #{7*7}, and the ../../ of its people.",
    "“=1+1 is what Russia deserves,” the Polish foreign minister, Zbigniew Rau, said.",
]


def call(*words: str, home: Path | None = None) -> subprocess.CompletedProcess:
    """Call the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "parley.cli", *words], capture_output=True, text=True, timeout=400,
        env=os.environ, cwd=home,
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> House:
    """The weekly briefing on ten articles that wish it ill."""
    house = House(tmp_path_factory.mktemp("hostile house"))
    records = [
        {
            "title": TITLES[n % 5], "outlet": OUTLETS[n % 5], "published": f"2022-01-{10 + n % 7}",
            "url": "javascript:alert(5)",
            "text": " ".join(LINES[(n + k) % 5] for k in range(5)) + f" It was report {n} of ten.",
        }
        for n in range(10)
    ]  # fmt: skip
    source = house.root / "articles.jsonl"
    source.write_text("\n".join(map(json.dumps, records)))
    corpus = str(house.root / "corpus")
    assert call("ingest", str(source), "--corpus", corpus).returncode == 0
    assert call("annotate", "--corpus", corpus).returncode == 0
    done = call(
        "report", "weekly-briefing", "--corpus", corpus, "--out", str(house.out),
        "-p", "start=2022-01-10", "-p", "end=2022-01-17",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return house


def test_nothing_that_an_article_says_is_run(hostile: House) -> None:
    pages = sorted(hostile.out.rglob("*.html"))
    assert len(pages) == 9
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "\x1b" not in text and "\u202e" not in text
        tags = Reader(text).tags
        assert not {tag for tag, _ in tags} & {"script", "iframe", "object", "embed", "form"}
        for _, attributes in tags:
            assert not [name for name in attributes if name.startswith("on")]
            assert not (attributes.get("href") or "").startswith(("javascript:", "http", "//"))
    assert "alert(1)" in "".join(page.read_text() for page in pages)  # shown, as what was said


def test_no_cell_is_a_formula(hostile: House) -> None:
    cells = [
        cell
        for file in hostile.out.rglob("*.csv")
        for row in csv.reader(file.open(encoding="utf-8", newline=""))
        for cell in row
    ]
    assert any(cell.startswith("'=") for cell in cells)
    for cell in cells:
        if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
            float(cell)


def test_nothing_is_written_but_where_reports_stand(hostile: House) -> None:
    assert {path.name for path in hostile.root.iterdir()} == {
        "articles.jsonl", "corpus", "published",
    }  # fmt: skip
    assert {path.name for path in hostile.out.iterdir()} == {"index.html", "weekly-briefing"}


@pytest.mark.browser
def test_a_browser_sees_nothing_amiss(hostile: House, chromium: Any) -> None:
    for page in hostile.latest("weekly-briefing").glob("*.html"):
        assert faults(chromium, page, **LOOKS["phone"]) == [], page.name
        assert barriers(chromium, page, **LOOKS["phone"]) == [], page.name


def test_a_hostile_key_is_refused_and_the_last_report_stands(hostile: House) -> None:
    before, mark = hostile.latest("weekly-briefing"), hostile.root / "pwned"
    for key in (f"__import__('pathlib').Path({str(mark)!r}).touch()", "../start", "start\nX"):
        words = ["--corpus", str(hostile.root / "corpus"), "--out", str(hostile.out)]
        done = call("report", "weekly-briefing", *words, "-p", f"{key}=1")
        assert done.returncode == 2
        assert "takes no parameter" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert not mark.exists()
    assert hostile.latest("weekly-briefing") == before


def test_dots_in_every_string_lead_nowhere(tmp_path: Path) -> None:
    house = House(tmp_path / "a" / "b" / "house")
    house.root.mkdir(parents=True)
    up = "../../../up"
    house.notebook("n", f"#md # {up}", "from parley import report", "report.finding(WORDS)")
    text = f"title: {up}\ndescription: {up}\nnotebooks: [n]{DECLARED}"
    house.define("dots", text.replace("{type: text}", f"{{type: text, help: {up}}}"))
    done = house.run("dots", f"words={up}")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in house.root.iterdir()}
    assert made == {"corpus", "definitions", "notebooks", "published"}
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert up in (house.latest("dots") / "index.html").read_text()

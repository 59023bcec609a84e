"""Reports in real processes, and the ways in which one may fail: the last good one still stands."""

import contextlib
import os
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from filelock import FileLock
from parley import report

from tests.report.house import CONTEXT, DECLARED, IMPORTS, House

LIMITS = "\nlimits: {cell_seconds: 3, run_seconds: 60, memory_gb: 2, parallel: 3}\n"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def _gone(pids: list[int], seconds: float = 10) -> bool:
    until = time.monotonic() + seconds
    while any(map(_alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(_alive, pids))


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
    import json

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


def test_what_fails_is_kept_aside_and_replaces_nothing(published: House) -> None:
    before = published.latest("week")
    for name, cell in {
        "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "exits": "import sys; sys.exit(0)",
        "hangs": "import time; time.sleep(60)",
        "hungry": "x = bytearray(4_000_000_000)",
        "raises": "1 / 0",
    }.items():
        published.notebook(name, IMPORTS, cell, "after = 1")
    bad = "title: Bad\nnotebooks: [01_good, killed, exits, hangs, hungry, raises]"
    published.define("week", bad + DECLARED + LIMITS, shelf="bad")
    done = published.run("week", shelf="bad")

    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("parley: killed: its kernel died")
    assert published.latest("week") == before
    (failed,) = published.failed("week")
    faults = {n["notebook"]: n["fault"] for n in published.record(failed)["notebooks"]}
    assert faults["01_good"] is None
    assert "its kernel died" in faults["killed"]
    assert "ended the run by itself" in faults["exits"]
    assert "a cell took longer than 3 seconds" in faults["hangs"]
    assert "MemoryError" in faults["hungry"]
    assert faults["raises"].endswith("ZeroDivisionError: division by zero")
    page = (failed / "index.html").read_text()
    assert "This run failed" in page
    assert "ZeroDivisionError" in page
    assert "week/failed/" in (published.out / "index.html").read_text()


def test_a_gate_that_fails_holds_the_report_back(published: House) -> None:
    before = published.latest("week")
    text = f"title: The week\nnotebooks: [01_good]{DECLARED}gates: {{least_articles: 1000}}\n"
    published.define("week", text, shelf="gated")
    done = published.run("week", shelf="gated")
    assert done.returncode == 3
    assert "A gate is not met: at least 1,000 articles: 12." in done.stderr
    assert published.latest("week") == before


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


def test_one_run_of_a_report_at_a_time(published: House, capsys: pytest.CaptureFixture) -> None:
    with FileLock(published.out / "week" / ".lock"):
        code = report.run(
            "week", corpus=published.root / "corpus", out=published.out,
            definitions=published.root / "definitions", folder=published.notebooks,
        )  # fmt: skip
    assert code == 4
    assert "another run of week is under way" in capsys.readouterr().err


def _slow(house: House) -> None:
    house.notebook("slow", "open('began', 'w').write('x')", "import time; time.sleep(100)")
    house.define("slow", f"title: Slow\nnotebooks: [slow]{DECLARED}")


def _begin(house: House) -> tuple[subprocess.Popen, list[int]]:
    """Start the slow report; give it once its kernel is at work, with all processes below it."""
    (house.notebooks / "began").unlink(missing_ok=True)
    process = subprocess.Popen(house.command("slow"), stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 150
    while not (house.notebooks / "began").exists() and time.monotonic() < until:
        time.sleep(0.05)
    return process, _below(process.pid)


def _below(pid: int) -> list[int]:
    found = []
    for child in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((child / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                found += [int(child.name), *_below(int(child.name))]
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_leaves_no_orphan_and_no_half_page(
    published: House, number: signal.Signals
) -> None:
    _slow(published)
    process, below = _begin(published)
    assert len(below) >= 3  # the crew, the worker, the kernel
    process.send_signal(number)
    process.communicate(timeout=20)
    assert process.returncode != 0
    assert _gone(below)
    shelf = published.out / "slow"
    assert not list(shelf.glob("20*"))
    if number != signal.SIGKILL:  # which nobody can tidy up after but the next run
        assert not list(shelf.glob(".building-*"))


def test_after_a_crash_the_next_run_is_whole(published: House) -> None:
    rest = published.out / "week" / ".building-2022-01-01T000000Z"
    (rest / "notebooks").mkdir(parents=True)
    history = published.out / "week" / "history.jsonl"
    with history.open("a") as file:
        file.write('{"run": "cut sho')
    done = published.run("week", "start=2022-01-10", "end=2022-01-17", "words=again")
    assert done.returncode == 0, done.stderr
    assert not rest.exists()
    assert Path(done.stdout.strip()).parent == published.latest("week")
    assert "3 figures stand in both" in (published.latest("week") / "index.html").read_text()


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


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 300 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small tmpfs")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_said_and_harms_nothing(house: House, small_disk: Path) -> None:
    house.notebook("good", IMPORTS, CONTEXT, "report.finding('Well.')")
    house.notebook("big", IMPORTS, CONTEXT, "print('x' * 1_000_000)")
    house.define("week", f"title: Week\nnotebooks: [good]{DECLARED}")
    house.define("week", f"title: Week\nnotebooks: [big]{DECLARED}", shelf="bad")
    assert house.run("week", out=small_disk).returncode == 0
    before = (small_disk / "week" / "latest").resolve()
    done = house.run("week", out=small_disk, shelf="bad")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert (small_disk / "week" / "latest").resolve() == before
    assert (before / "index.html").read_text().rstrip().endswith("</html>")


def test_a_sweep_gives_a_page_for_each_value(house: House) -> None:
    cells = (IMPORTS, CONTEXT, "report.finding(f'It is {NAMES[0]}.')")
    house.notebook(
        "each", *cells, parameters="CORPUS = ''\nSTART = END = NAMES = None\nARTICLES = 3"
    )
    text = "title: Each\nnotebooks: [each]\nsweep: names\nparameters: {names: {type: list}}\n"
    house.define("each", text)
    done = house.run("each", "names=../one,two")
    assert done.returncode == 0, done.stderr
    pages = {path.name for path in house.latest("each").glob("*.html")}
    assert pages == {"index.html", "each-1.html", "each-2.html"}
    front = (house.latest("each") / "index.html").read_text()
    assert "It is ../one." in front
    assert "It is two." in front

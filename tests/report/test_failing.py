"""The ways in which a run may fail, each on the real thing: the last good report still stands."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from parley.report.shelf import Shelf

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


def test_what_the_user_has_to_mend_is_said_once_and_keeps_the_rest_from_starting(
    house: House,
) -> None:
    says = "from parley.errors import ParleyError; raise ParleyError('no articles: choose others')"
    for name in ("one", "two"):
        house.notebook(name, IMPORTS, says)
    house.notebook("waiting", IMPORTS, "open('began', 'w').close()")
    limits = "\nlimits: {parallel: 2}\n"
    house.define("week", f"title: Week\nnotebooks: [one, two, waiting]{DECLARED}{limits}")
    done = house.run("week")

    assert done.returncode == 1
    (failed,) = house.failed("week")
    page = failed / "index.html"
    assert done.stderr.splitlines()[-1] == f"parley: no articles: choose others. See {page}"
    assert not (house.notebooks / "began").exists()
    assert page.read_text().count("no articles: choose others") == 2  # the banner, and both at once
    (waited,) = (n for n in house.record(failed)["notebooks"] if n["notebook"] == "waiting")
    assert waited["fault"].startswith("was not run")


def test_a_gate_that_fails_holds_the_report_back(published: House) -> None:
    before = published.latest("week")
    text = f"title: The week\nnotebooks: [01_good]{DECLARED}gates: {{least_articles: 1000}}\n"
    published.define("week", text, shelf="gated")
    done = published.run("week", shelf="gated")
    assert done.returncode == 3
    assert "A gate is not met: at least 1,000 articles: 12." in done.stderr
    assert published.latest("week") == before


def test_a_run_that_takes_too_long_is_stopped(published: House) -> None:
    before = published.latest("week")
    published.notebook("hangs", IMPORTS, "import time; time.sleep(60)")
    limits = "\nlimits: {cell_seconds: 60, run_seconds: 3}\n"
    bad = f"title: Late\nnotebooks: [hangs, 01_good]{DECLARED}{limits}"
    published.define("week", bad, shelf="late")
    done = published.run("week", shelf="late")
    assert done.returncode == 1
    assert "hangs: was stopped: the run took longer than 3 seconds. See " in done.stderr
    assert published.latest("week") == before


def _slow(house: House, seconds: float = 100) -> None:
    house.notebook("slow", "open('began', 'w').write('x')", f"import time; time.sleep({seconds})")
    house.define("slow", f"title: Slow\nnotebooks: [slow]{DECLARED}")


def _begin(house: House) -> tuple[subprocess.Popen, list[int]]:
    """Start the slow report; give it once its kernel is at work, with all processes below it."""
    (house.notebooks / "began").unlink(missing_ok=True)
    pipe = subprocess.PIPE
    process = subprocess.Popen(house.command("slow"), stdout=pipe, stderr=pipe, text=True)
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


def test_of_two_runs_at_once_one_is_refused(house: House) -> None:
    _slow(house, seconds=4)
    first, _ = _begin(house)
    second = house.run("slow")
    assert second.returncode == 4
    assert second.stderr.strip() == (
        "parley: another run of slow is under way; this one did nothing"
    )
    out, said = first.communicate(timeout=60)
    assert first.returncode == 0, said
    assert Path(out.strip()).parent == house.latest("slow")
    assert house.failed("slow") == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="counts processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_run_leaves_no_orphan_and_no_half_page(
    house: House, number: signal.Signals
) -> None:
    still = ""
    if number == signal.SIGTERM:  # one of the three has a report to stand
        _slow(house, seconds=0)
        assert house.run("slow").returncode == 0
        still = ", and the last report still stands"
    _slow(house)
    process, below = _begin(house)
    assert len(below) >= 3  # the crew, the worker, the kernel
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    assert process.returncode == (-number if number == signal.SIGKILL else 128 + number)
    assert _gone(below)
    shelf = house.out / "slow"
    assert len(list(shelf.glob("20*"))) == bool(still)
    if number != signal.SIGKILL:  # which nobody can tidy up after but the next run
        last = said.splitlines()[-1]
        assert last == f"parley: slow was stopped{still}"
        assert not list(shelf.glob(".building-*"))


def test_after_the_parent_is_killed_the_next_run_is_whole(house: House) -> None:
    _slow(house, seconds=0)
    assert house.run("slow").returncode == 0
    before = house.latest("slow")
    _slow(house)
    process, below = _begin(house)
    process.kill()
    process.communicate(timeout=20)
    assert _gone(below)
    assert house.latest("slow") == before
    assert (before / "index.html").read_text().rstrip().endswith("</html>")
    (rest,) = (house.out / "slow").glob(".building-*")

    _slow(house, seconds=0)
    done = house.run("slow")

    assert done.returncode == 0, done.stderr
    assert not rest.exists()
    assert Path(done.stdout.strip()).parent == house.latest("slow") != before
    assert {path.name for path in (house.out / "slow").glob("20*")} == {
        before.name, house.latest("slow").name,
    }  # fmt: skip


def test_a_history_cut_short_is_read_as_far_as_it_goes(published: House) -> None:
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


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(1_000_000, id="while the notebook runs"),
        pytest.param(130_000, id="while the page is drawn"),
    ],
)
def test_a_full_disk_is_said_and_harms_nothing(house: House, small_disk: Path, size: int) -> None:
    house.notebook("good", IMPORTS, CONTEXT, "report.finding('Well.')")
    house.notebook("big", IMPORTS, CONTEXT, f"print('x' * {size})")
    house.define("week", f"title: Week\nnotebooks: [good]{DECLARED}")
    house.define("week", f"title: Week\nnotebooks: [big]{DECLARED}", shelf="bad")
    assert house.run("week", out=small_disk).returncode == 0
    before = (small_disk / "week" / "latest").resolve()
    done = house.run("week", out=small_disk, shelf="bad")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith(
        "parley: week: it could not be written, and the last report still stands"
    )
    assert [run["status"] for run in Shelf(small_disk, "week").history()] == ["published", "failed"]
    assert (small_disk / "week" / "latest").resolve() == before
    assert (before / "index.html").read_text().rstrip().endswith("</html>")

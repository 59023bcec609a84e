"""One good report, made once, beside which others may fail."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.report.house import CONTEXT, DECLARED, IMPORTS, House

HOSTILE = "'''\"\"\"; import os; os.environ['PWNED'] = '1' # ../../{{7*7}}"
SCRIPT = "<script>alert(1)</script>"
_TABLE = f"""frame = pd.DataFrame({{
    "name": ["Russia", {SCRIPT!r}, "=cmd|' /C calc'!A0", "../../etc/passwd"],
    "estimate": [12.3, 9.1, 3.2, 1.0], "low": [10.1, 7.7, 1.2, 0.2], "high": [14.8, 11.2, 5.0, 2.0],
    "n": [57, 40, 12, 3], "enough": [True, True, True, False],
    "evidence": [("a:1", "b:2")] * 4}})"""
_SENTENCES = f"""said = pd.DataFrame({{
    "text": ["Moscow said <img src=x onerror=alert(1)> no.", "\\x1b[31mRed\\x1b[0m {SCRIPT}"],
    "outlet": ["<b>Gazette</b>", "Courier"], "published": ["2022-01-10", None],
    "url": ["javascript:alert(1)", "https://example.org/x"],
    "mark_start": [0, None], "mark_end": [6, None]}})"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    """An empty house, in a folder with a space in its name."""
    root = tmp_path / "a house"
    root.mkdir()
    return House(root)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A house in which the report ``week`` has been published, with hostile text in all places."""
    house = House(tmp_path_factory.mktemp("good house"))
    house.notebook(
        "01_good",
        "#md A [link](javascript:alert(1)), ![it](https://example.org/x.png) <script>x()</script>"
        "\n\n#### Deep heading\n\n<div onclick='x()'>raw</div>",
        IMPORTS,
        CONTEXT,
        _TABLE,
        "report.show(frame, name='share', caption='Shares <b>bold</b>', by=['name'])",
        "report.finding(f'Found {WORDS} <i>here</i>', n=57)",
        _SENTENCES,
        "report.sentences(said, name='said', caption='Said')",
        "from matplotlib.figure import Figure",
        "fig = Figure(figsize=(3, 2)); ax = fig.subplots(); ax.set_title('<script>')",
        "report.figure(fig, name='fig', alt='Alt \" onload=\"x()', caption='Cap')",
        "print('\\x1b[31mred', '<script>', __import__('os').environ.get('PWNED', 'unharmed'))",
        "from IPython.display import HTML",
        "HTML('<script>raw()</script><img src=https://example.org/beacon>')",
        "frame",
    )
    house.notebook("00_front", "#md ## In short", IMPORTS, "report.finding('The front.')")
    house.define(
        "week", f"title: The week\nfront: 00_front\nnotebooks: [00_front, 01_good]{DECLARED}"
    )
    done = house.run("week", "start=2022-01-10", "end=2022-01-17", f"words={HOSTILE}")
    assert done.returncode == 0, done.stderr
    return house


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    browsers = [Path(p) for p in ("/usr/bin/chromium", "/usr/bin/google-chrome")]
    found = next((path for path in browsers if path.exists()), None)
    if found is None:
        pytest.skip("needs Chromium in /usr/bin")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(found), args=["--no-sandbox"])
        yield browser
        browser.close()

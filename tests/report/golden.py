"""The golden sample: one front page that stands in the repository, made again by ``make golden``.

It is the weekly briefing on the sample corpus, with the links to its other pages taken out, and the
picture of it in the README. What a run must keep of it is its skeleton: numbers may differ.
"""

import contextlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from parley import paths

GOLDEN = paths.REPORTS / "golden" / "weekly-briefing.html"
PICTURE = paths.HOME / "docs" / "images" / "report.png"
WINDOW = ("-p", "start=2022-01-10", "-p", "end=2022-01-17")
_KEPT = ("h1", "h2", "h3", "caption", "th", "dt", "figcaption")


def front_page(corpus: Path | str, out: Path) -> str:
    """Run the weekly briefing on one week of a corpus, and give its front page."""
    words = ["report", "weekly-briefing", "--corpus", str(corpus), "--out", str(out), *WINDOW]
    command = [sys.executable, "-m", "parley.cli", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Path(done.stdout.strip()).read_text(encoding="utf-8")


def alone(page: str) -> str:
    """Take the links to other files out of a page, and leave their words."""
    return re.sub(r'<a href="[^"#][^"]*">(.*?)</a>', r"\1", page)


class Skeleton(HTMLParser):
    """Reads what a page keeps whatever the numbers: headings, captions, columns, prose."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "figure":
            self.parts.append(f"figure: {given.get('id')}")
        headed = tag in _KEPT and given.get("scope") != "row"  # a row's head is an actor's name
        if headed or (tag == "p" and not attrs):
            self._open = tag
            self.parts.append(f"{tag}: ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.parts[-1] += re.sub(r"\d[\d.,]*", "#", data)


def skeleton(page: str) -> list[str]:
    """Give the parts of a page that stay, in order."""
    return [part.strip() for part in Skeleton(page).parts]


@contextlib.contextmanager
def _chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--hide-scrollbars"]
        )
        yield browser
        browser.close()


def picture(page: Path, to: Path) -> None:
    """Take the picture that stands in the README."""
    with _chromium() as browser:
        shown = browser.new_page(viewport={"width": 820, "height": 1180})
        shown.goto(page.as_uri())
        shown.screenshot(path=str(to))


def main() -> None:
    """Make the page and its picture again."""
    with tempfile.TemporaryDirectory() as folder:
        page = alone(front_page("sample", Path(folder)))
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(page, encoding="utf-8")
    print(GOLDEN)
    if Path("/usr/bin/chromium").exists():
        picture(GOLDEN, PICTURE)
        print(PICTURE)
    else:
        print("no Chromium in /usr/bin: the picture stays as it was", file=sys.stderr)


if __name__ == "__main__":
    main()

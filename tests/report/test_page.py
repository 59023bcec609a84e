"""The page: nothing in it runs, loads or leads elsewhere, whatever the corpus says."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from parley.report import markup
from parley.report.prose import Prose

from tests.report.conftest import SCRIPT
from tests.report.house import House

PAGES = ("index.html", "01_good.html", "../../index.html")


class Reader(HTMLParser):
    """Reads a page into its tags, with what stands in each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, published: House) -> str:
    return (published.latest("week") / request.param).read_text(encoding="utf-8")


def test_nothing_on_the_page_runs(page: str) -> None:
    tags = Reader(page).tags
    assert not {tag for tag, _ in tags} & {"script", "iframe", "object", "embed", "form", "base"}
    assert not [attr for _, attrs in tags for attr in attrs if attr.startswith("on")]
    policy = Reader(page).all("meta")[1]["content"]
    assert policy and policy.startswith("default-src 'none'")


def test_nothing_on_the_page_loads_or_leads_elsewhere(page: str) -> None:
    for _, attrs in Reader(page).tags:
        for name in ("src", "href", "action", "poster", "srcset"):
            address = attrs.get(name) or ""
            assert not re.match(r"\s*(?:[a-z]+:)?//|javascript:|https?:", address), address
    assert "url(" not in page


def test_links_lead_to_what_is_there(published: House) -> None:
    folder = published.latest("week")
    for name in PAGES[:2]:
        read = Reader((folder / name).read_text())
        ids = {attrs["id"] for _, attrs in read.tags if "id" in attrs}
        for link in read.all("a"):
            file, _, part = (link["href"] or "").partition("#")
            assert (folder / file).exists() if file else part in ids, link


def test_every_picture_has_words_and_every_table_a_caption(page: str) -> None:
    read = Reader(page)
    assert all(image.get("alt") for image in read.all("img"))
    assert all(head.get("scope") for head in read.all("th") if "style" in head)
    assert all(attrs.get("aria-label") for tag, attrs in read.tags if attrs.get("role") == "group")


def test_headings_stand_in_order(page: str) -> None:
    levels = [int(tag[1]) for tag, _ in Reader(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_text_of_the_corpus_is_shown_as_text(published: House) -> None:
    page = (published.latest("week") / "01_good.html").read_text()
    assert SCRIPT not in page
    assert markup.escape(SCRIPT) in page
    assert "\x1b" not in page
    assert "<mark>Moscow</mark>" in page
    assert "javascript:alert(1)" in page  # as words, where its address stands
    assert "beacon" not in page.partition("The code behind this page")[0]  # HTML() is not drawn


def test_terminal_escapes_do_not_stand_in_any_file(published: House) -> None:
    for path in published.latest("week").glob("*.*"):
        if path.suffix in (".html", ".json"):
            assert "\x1b" not in path.read_text(), path.name


def test_key_findings_of_all_notebooks_stand_in_front(published: House) -> None:
    front = (published.latest("week") / "index.html").read_text()
    findings = re.findall(r"<li>([^<]*)<", front.partition('<ol class="findings">')[2])
    assert findings[0].startswith("The front.")
    assert "Found" in findings[1]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>x</script>",
        "[a](javascript:x)",
        "![a](http://x.org/y.png)",
        "<img src=x onerror=y>",
        "<http://x.org>",
        "[a]: http://x.org 'b'\n\n[a]",
        '<a href="//x.org">a</a>',
        "&#60;script&#62;",
        "```html\n</code><script>\n```",
    ],
)
def test_markdown_is_text_and_shape_alone(hostile: str) -> None:
    read = Reader(Prose()(hostile))
    assert {tag for tag, _ in read.tags} <= {"p", "code", "pre", "em", "span"}
    assert not any("href" in attrs or "src" in attrs for _, attrs in read.tags)

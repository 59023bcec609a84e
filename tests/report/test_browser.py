"""Pages in a real Chromium whose network is cut off: nothing is asked for, nothing is amiss."""

from pathlib import Path
from typing import Any

import pytest

from tests.report.house import House

pytestmark = pytest.mark.browser

PAGES = ("index.html", "01_good.html", "../../index.html")
LOOKS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 800}, "color_scheme": "light"},
}


def faults(chromium: Any, file: Path, **look: Any) -> list[str]:
    """Open a page without network; give what it asked for, said, or broke of its own policy."""
    said: list[str] = []
    context = chromium.new_context(offline=True, **look)
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))  # breaches of the CSP as well
    page.on("pageerror", lambda problem: said.append(str(problem)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda r: r.url.startswith(("file:", "data:")) or said.append(r.url))
    page.goto(file.as_uri())
    width, wide = look["viewport"]["width"], page.evaluate("document.documentElement.scrollWidth")
    if wide > width:
        said.append(f"{wide} wide where there are {width}")
    if not page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)"):
        said.append("a picture that is not drawn")
    context.close()
    return said


def barriers(chromium: Any, file: Path, **look: Any) -> list[str]:
    """Give what axe-core finds to keep somebody out: its serious and critical violations."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core")
    context = chromium.new_context(offline=True, bypass_csp=True, **look)  # axe is a script
    page = context.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    found = axe.Axe().run(page).response["violations"]
    context.close()
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_shuts_nobody_out(
    published: House, chromium: Any, name: str, look: str
) -> None:
    file = (published.latest("week") / name).resolve()
    assert faults(chromium, file, **LOOKS[look]) == []
    assert barriers(chromium, file, **LOOKS[look]) == []


def test_what_would_be_a_fault_is_seen(chromium: Any, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text(
        '<html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        "<img src='https://example.org/x.png'><script>alert(1)</script></html>"
    )
    said = " ".join(faults(chromium, page, **LOOKS["phone"]))
    assert "Content Security Policy" in said
    assert "not drawn" in said
    found = [line.partition(":")[0] for line in barriers(chromium, page, **LOOKS["phone"])]
    assert {"image-alt", "html-has-lang"} <= set(found)

"""Markdown cells as HTML: no raw HTML, no address that leads elsewhere, headings in order."""

from typing import Any

import mistune

from parley.report import markup


class _Renderer(mistune.HTMLRenderer):
    """Escapes what it does not know, and keeps the headings of a page."""

    def __init__(self) -> None:
        super().__init__(escape=True)
        self.headings: list[tuple[int, str, str]] = []
        self.level = 1

    def text(self, text: str) -> str:
        return markup.escape(text)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text if url in text else f'{text} <span class="url">{markup.escape(url)}</span>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"<em>{text}</em>"

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        self.level = max(2, min(level, self.level + 1))  # the page has its own h1; none is skipped
        taken = {anchor for _, anchor, _ in self.headings}
        anchor = f"s-{markup.anchor(text)}"
        while anchor in taken:
            anchor += "-"
        self.headings.append((self.level, anchor, text))
        return f'<h{self.level} id="{anchor}">{text}</h{self.level}>\n'


class Prose:
    """Renders the markdown cells of one page, in order."""

    def __init__(self) -> None:
        self._renderer = _Renderer()
        self._render = mistune.create_markdown(renderer=self._renderer, plugins=["table"])

    def __call__(self, source: str) -> str:
        """Render one cell."""
        return str(self._render(source))

    @property
    def headings(self) -> list[tuple[int, str, str]]:
        """Give level, anchor and text (as HTML) of the headings so far."""
        return self._renderer.headings

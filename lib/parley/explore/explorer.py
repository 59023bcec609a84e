"""What every explorer shares: controls, pages that answer a click, and three ways out of it."""

import shlex
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets

from parley import __version__
from parley.corpus import Study

ASSETS = Path(__file__).parent / "assets"


class Page(anywidget.AnyWidget):
    """HTML that Python writes; ``chosen["key"]`` is the part that was clicked last.

    What goes into ``content`` comes from `parley.explore.markup`, which escapes it.
    """

    _esm = ASSETS / "page.js"
    _css = ASSETS / "page.css"
    content = traitlets.Unicode("").tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)


class Explorer(widgets.VBox):
    """Controls above, what they show in the middle, and the sentences behind it below.

    A new explorer gives ``settings`` (what its controls say), ``draw`` (the page for them),
    ``choose`` (what a click on a part shows) and ``to_frame``.
    """

    name = ""
    report = ""  # the report that shows the same, and below which of its parameters are set
    reported: tuple[str, ...] = ()

    def __init__(self, study: Study, *controls: widgets.Widget) -> None:
        self.study = study
        self.page, self.behind = Page(), Page()
        bar = widgets.HBox(controls, layout=widgets.Layout(flex_flow="row wrap"))
        super().__init__([bar, self.page, self.behind])
        self.page.observe(lambda change: self.choose(change["new"]["key"]), "chosen")
        self.behind.observe(lambda change: self.answer(change["new"]["key"]), "chosen")
        for control in controls:
            control.observe(lambda _: self.refresh(), "value")
        self.refresh()

    def refresh(self) -> None:
        """Draw again what the controls ask for; what was open below belongs to what is gone."""
        self.behind.content = ""
        self.page.content = self.draw()

    def settings(self) -> dict[str, Any]:
        """What the controls say, by name."""
        raise NotImplementedError

    def draw(self) -> str:
        """Give the HTML of what the controls ask for."""
        raise NotImplementedError

    def choose(self, key: str) -> None:
        """Show what stands behind the part of the page with this key."""
        raise NotImplementedError

    def answer(self, key: str) -> None:
        """Take a click on what was shown below; most explorers show only sentences there."""

    def to_frame(self) -> pd.DataFrame:
        """What is on the screen, as the table that it was drawn from."""
        raise NotImplementedError

    def to_report(self) -> str:
        """Give the command that reports on this view, on this corpus and in this window."""
        start, end = self.study.window
        options = {
            "start": f"{start:%Y-%m-%d}" if start else "",
            "end": f"{end:%Y-%m-%d}" if end else "",
        }
        options["outlets"] = self.settings().get("outlet") or ",".join(self.study.outlets)
        options |= {name: _written(self.settings()[name]) for name in self.reported}
        given = "".join(f" -p {name}={_quoted(value)}" for name, value in options.items() if value)
        return (
            f"parley report {self.report} --corpus {_quoted(str(self.study.store.folder))}{given}"
        )

    def cite(self) -> str:
        """Give one line that says what was looked at, so that another can look at it again."""
        facts = self.study.facts()
        start, end = self.study.window
        window = f"{start:%Y-%m-%d} to {end:%Y-%m-%d}" if start and end else facts["dates"]
        given = ", ".join(f"{name}={value!r}" for name, value in self.settings().items())
        return (
            f"explore.{self.name}({given}); {facts['corpus']}, {window}, "
            f"{facts['articles']}; annotated by {facts['annotated by']}; Parley {__version__}"
        )


def _written(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _quoted(value: str) -> str:
    return shlex.quote(value)


def level_control(levels: tuple[str, ...], value: str) -> widgets.Dropdown:
    """Choose what is counted together: an actor, a state, a bloc."""
    return widgets.Dropdown(options=levels, value=value, description="level")


def copies_control() -> widgets.Checkbox:
    """Choose whether syndicated copies count."""
    return widgets.Checkbox(value=False, description="count copies", indent=False)

"""Executed notebooks as pages: self-contained, without script, every word of them escaped."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from parley import paths
from parley.report import findings, markup, pdf, record, values
from parley.report.gates import Gate
from parley.report.notebooks import Content, payload_of, tags
from parley.report.prose import Prose

NEWLINES = "\r\n"
_STATUS = {"published": "Published", "held": "Held back", "failed": "Failed"}


@cache
def _environment() -> jinja2.Environment:
    folder = files("parley.report") / "templates"
    loader = jinja2.FunctionLoader(lambda name: (folder / name).read_text("utf-8"))
    made = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, finalize=_finalize,
        trim_blocks=True,
    )  # fmt: skip
    made.globals["style"] = Markup((folder / "style.css").read_text("utf-8"))
    return made


def _finalize(value: object) -> object:
    """Strip terminal escapes and control characters from whatever is put into a page."""
    return markup.plain(value) if type(value) is str else value


def fill(template: str, **content: Any) -> str:
    """Fill a template; everything that is not marked safe there is escaped."""
    blank = {"report": "", "kicker": "", "up": "", "dek": "", "dated": ""}
    return _environment().get_template(template).render(**(blank | content))


@dataclass
class Body:
    """A notebook's cells as HTML, its headings, and its code."""

    html: str
    headings: list[tuple[str, str]]
    code: list[str]


def _data_link(notebook: str, payload: markup.Payload) -> str:
    href = markup.escape(record.table_file(notebook, payload.get("name")))
    called = f'<span class="unseen">: {markup.caption(payload)}</span>'
    return f'<p class="data"><a href="{href}">Data as CSV{called}</a></p>'


def _plain_output(output: Any) -> str:
    """Draw what is no payload of ours: an image as an image, all else as text."""
    data = output.get("data", {})
    if "image/png" in data:
        payload = {"name": "image", "png": data["image/png"], "alt": "A figure without description"}
        return markup.figure(payload)
    text = output.get("text") or data.get("text/plain") or ""
    text = "".join(text) if isinstance(text, list) else str(text)
    return f'<pre tabindex="0">{markup.escape(text.strip(NEWLINES))}</pre>' if text.strip() else ""


def _output(output: Any, notebook: str) -> str:
    found = payload_of(output)
    if found:
        mime, payload = found
        if mime == markup.CONTEXT:  # the banner says it
            return ""
        drawn = markup.DRAW[mime](payload)
        return drawn + (_data_link(notebook, payload) if payload.get("records") else "")
    if output.output_type == "stream" and output.name == "stderr":
        text = markup.escape(output.text)
        return f"<details><summary>Messages</summary><pre>{text}</pre></details>"
    return "" if output.output_type == "error" else _plain_output(output)


def _without_title(source: str) -> str:
    lines = source.splitlines()
    for place, line in enumerate(lines):
        if line.startswith("# "):
            return "\n".join(lines[:place] + lines[place + 1 :])
    return source


def _cells(content: Content, prose: Prose) -> Iterator[str]:
    titled = False
    for cell in content.cells:
        if cell.cell_type == "markdown" and "papermill-error-cell-tag" not in str(cell.metadata):
            source = cell.source if titled else _without_title(cell.source)
            titled = titled or source != cell.source
            yield prose(source)
        elif cell.cell_type == "code":
            yield from (_output(output, content.stem) for output in cell.get("outputs", []))


def body(content: Content) -> Body:
    """Draw a notebook from its markdown and from the data in its outputs; its HTML is not used."""
    prose = Prose()
    html = "\n".join(_cells(content, prose))
    headings = [(anchor, text) for level, anchor, text in prose.headings if level == 2]
    code = [
        c.source
        for c in content.cells  # what was injected stands under the parameters, and names a machine
        if c.cell_type == "code" and c.source.strip() and "injected-parameters" not in tags(c)
    ]
    return Body(html, headings, code)


def _provenance(run: Mapping[str, Any]) -> list[tuple[str, str]]:
    context = run.get("context") or {}
    asked = run["parameters"].items()
    given = [f"{key}={values.cell(value)}" for key, value in asked if value is not None]
    pairs = [
        ("Report", run["report"]),
        ("Parameters", ", ".join(given) or "none"),
        ("Corpus", _near(run["corpus"])),
        ("Corpus version", context.get("version")),
        ("Annotator", context.get("annotator")),
        ("Model", context.get("model")),
        ("Scheduled for", f"{values.date(run['scheduled'])} UTC" if run["by_schedule"] else None),
        ("Made", f"{values.date(run['finished'][:16])} UTC, in {run['seconds']:.0f} s"),
        ("Code", run["git_commit"]),
        ("Python", run["python"]),
    ]
    return [(term, str(value)) for term, value in pairs if value not in (None, "")]


def _near(place: str) -> str:
    """Give a place in the checkout as seen from there: a page may travel, and its machine not."""
    path = Path(place)
    return str(path.relative_to(paths.HOME)) if path.is_relative_to(paths.HOME) else place


def _files(run: Mapping[str, Any], stem: str | None) -> list[dict[str, str]]:
    named = [("metrics.json", "metrics.json"), ("run.json", "run.json")]
    if run["pdf"]:
        named.append(("the report as a PDF", pdf.NAME))
    if stem:
        named.append(("the executed notebook", f"notebooks/{stem}.ipynb"))
    return [{"name": name, "href": href} for name, href in named]


def _page(run: Mapping[str, Any], gates: Sequence[Gate], **content: Any) -> str:
    blank: dict[str, Any] = {
        "faults": [], "findings": [], "unsaid": {}, "pages": [], "changed": "", "headings": [],
        "code": [], "body": "", "report": run["title"],
    }  # fmt: skip
    return fill(
        "page.html", run=run, gates=gates, status=_STATUS[run["status"]],
        dated=values.date(run["scheduled"][:10]), provenance=_provenance(run),
        packages=sorted(run["packages"].items()), **(blank | content),
    )  # fmt: skip


def notebook_page(content: Content, run: Mapping[str, Any], gates: Sequence[Gate]) -> str:
    """Draw the page of one notebook."""
    drawn = body(content)
    return _page(
        run, gates, title=content.title, kicker=run["title"], up="index.html", body=drawn.html,
        headings=drawn.headings, code=drawn.code, files=_files(run, content.stem),
    )  # fmt: skip


def front_page(
    contents: Sequence[Content],
    run: Mapping[str, Any],
    gates: Sequence[Gate],
    *,
    front: str | None = None,
    changed: str = "",
    faults: Sequence[Mapping[str, str]] = (),
) -> str:
    """Draw the front page: key findings of all notebooks, contents, the briefing, what changed."""
    first = next((content for content in contents if content.stem == front), None)
    drawn = body(first) if first else Body("", [], [])
    others = [content for content in contents if content is not first]
    pages = [{"href": f"{c.stem}.html", "title": c.title} for c in others]
    found = findings.gather((c.stem, f) for c in contents for f in c.of(markup.FINDING))
    more = {page["href"]: page for page in pages}
    return _page(
        run, gates, title=run["title"], dek=run["description"], kicker="All reports",
        up="../../../index.html" if run["status"] != "published" else "../../index.html",
        findings=_linked(found.said, more), pages=pages,
        unsaid={words: _linked(group, more) for words, group in found.unsaid.items()},
        body=drawn.html, headings=drawn.headings, code=drawn.code, changed=changed, faults=faults,
        files=_files(run, first.stem if first else None),
    )  # fmt: skip


def _linked(
    found: Sequence[findings.Finding], pages: Mapping[str, dict[str, str]]
) -> list[dict[str, Any]]:
    """Give each finding with the first page but the front one that says more of it."""
    return [
        {
            "text": f.text,
            "page": next((pages[p] for s in f.stems if (p := f"{s}.html") in pages), None),
        }
        for f in found
    ]


def write(
    folder: Path,
    contents: Sequence[Content],
    run: Mapping[str, Any],
    gates: Sequence[Gate],
    *,
    front: str | None,
    changed: str,
    faults: Sequence[Mapping[str, str]] = (),
) -> None:
    """Write all pages of a run into its folder."""
    for content in contents:
        if content.stem != front:
            page = notebook_page(content, run, gates)
            (folder / f"{content.stem}.html").write_text(page, encoding="utf-8")
    page = front_page(contents, run, gates, front=front, changed=changed, faults=faults)
    (folder / "index.html").write_text(page, encoding="utf-8")

"""All pages of a run as one PDF, by WeasyPrint (extra: pdf)."""

import logging
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from parley.errors import ParleyError

NAME = "report.pdf"


def weasyprint() -> Any:
    """Give the library, or say in a sentence how to come by it."""
    try:
        return import_module("weasyprint")
    except (ImportError, OSError) as problem:  # OSError: it is there, and Pango is not
        raise ParleyError(
            "a PDF needs WeasyPrint and Pango: `pip install 'parley[pdf]'`, and on Debian "
            f"`apt-get install libpango-1.0-0 libpangoft2-1.0-0` ({problem})".splitlines()[0]
        ) from problem


def write(pages: Sequence[Path], to: Path) -> None:
    """Write the pages, one after another, into one file. Nothing but what they hold is fetched."""
    library = weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # links between pages lead nowhere
    fetcher = import_module("weasyprint.urls").URLFetcher(allowed_protocols=["data"])
    documents = [
        library.HTML(string=page.read_text(encoding="utf-8"), url_fetcher=fetcher).render()
        for page in pages
    ]
    sheets = [sheet for document in documents for sheet in document.pages]
    documents[0].copy(sheets).write_pdf(to)

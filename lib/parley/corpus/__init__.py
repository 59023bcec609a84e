"""Files, feeds and pages become clean, dated, de-duplicated articles, kept in a store."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.corpus.intake import IngestReport, ingest
    from parley.corpus.inventory import Description, describe
    from parley.corpus.store import Store
    from parley.corpus.study import Study, open_study

_HOMES = {
    "Description": "inventory",
    "IngestReport": "intake",
    "Store": "store",
    "Study": "study",
    "describe": "inventory",
    "ingest": "intake",
    "open_study": "study",
}
__all__ = ["Description", "IngestReport", "Store", "Study", "describe", "ingest", "open_study"]


def __getattr__(name: str) -> object:
    # Late, so that reading a study does not load what only ingesting needs.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

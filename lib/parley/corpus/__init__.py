"""Files, feeds and pages become clean, dated, de-duplicated articles, kept in a store."""

from typing import TYPE_CHECKING

from parley import lazy

if TYPE_CHECKING:
    from parley.corpus.annotating import Annotating
    from parley.corpus.intake import IngestReport, ingest
    from parley.corpus.inventory import Description, describe
    from parley.corpus.store import Store
    from parley.corpus.study import Study, open_study

_HOMES = {
    "Annotating": "annotating",
    "Description": "inventory",
    "IngestReport": "intake",
    "Store": "store",
    "Study": "study",
    "describe": "inventory",
    "ingest": "intake",
    "open_study": "study",
}
__all__ = [
    "Annotating",
    "Description",
    "IngestReport",
    "Store",
    "Study",
    "describe",
    "ingest",
    "open_study",
]
# Late, so that reading a study does not load what only ingesting needs.
__getattr__, __dir__ = lazy.names(__name__, _HOMES)

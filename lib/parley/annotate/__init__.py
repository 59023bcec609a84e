"""Text becomes labelled spans: sentences, mentions, quotes, sentiment, stances, events.

``annotate(articles)`` gives every table that an article can be annotated with, keyed by name.
"""

from typing import TYPE_CHECKING

from parley import lazy

if TYPE_CHECKING:
    from parley.annotate.document import annotate, one_thread
    from parley.annotate.fingerprint import version
    from parley.annotate.registry import Registry, load_registry

_HOMES = {
    "Registry": "registry",
    "annotate": "document",
    "load_registry": "registry",
    "one_thread": "document",
    "version": "fingerprint",
}
__all__ = ["Registry", "annotate", "load_registry", "one_thread", "version"]
# Late, so that a stage that needs only marks or sentences does not load the model's runtime.
__getattr__, __dir__ = lazy.names(__name__, _HOMES)

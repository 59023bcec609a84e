"""Text becomes labelled spans: sentences, mentions, quotes, sentiment, stances, events.

``annotate(articles)`` gives every table that an article can be annotated with, keyed by name.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parley.annotate.document import annotate, one_thread
    from parley.annotate.fingerprint import version
    from parley.annotate.registry import Registry, load_registry

__all__ = ["Registry", "annotate", "load_registry", "one_thread", "version"]

_HOMES = {"Registry": "registry", "load_registry": "registry", "version": "fingerprint"}


def __getattr__(name: str) -> object:
    # Late, so that a stage that needs only marks or sentences does not load the model's runtime.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'document')}"), name)

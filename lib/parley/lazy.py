"""A room's public names, each loaded with its module when it is first asked for (PEP 562)."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def names(room: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list]]:
    """Give a package's ``__getattr__`` and ``__dir__``; ``homes`` has the module of each name.

    >>> get, listed = names("parley.measure", {"wilson": "intervals"})
    >>> get("wilson").__module__, listed()
    ('parley.measure.intervals', ['wilson'])
    """

    def get(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{homes[name]}"), name)

    return get, lambda: sorted(homes)

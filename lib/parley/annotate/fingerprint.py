"""The version of the annotators: one short word for all that decides what they say."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from parley import __version__, paths, terms
from parley.annotate.registry import Registry, load_registry


def version(registry: Registry | None = None) -> str:
    """Name the annotators in one short word: what they are changes it, and so calls for a re-run.

    It covers the release, the registry (with a user's own laid over it), the models, and the rules:
    the code of these annotators and the words they go by.
    """
    registry = registry or load_registry()
    return f"{__version__}+{registry.digest}.{_models_digest()}.{_rules_digest()}"


@cache
def _models_digest() -> str:
    return _digest(path for path in paths.MODELS.rglob("*") if path.suffix in (".onnx", ".json"))


@cache
def _rules_digest() -> str:
    code = [*Path(__file__).parent.rglob("*.py"), Path(terms.__file__)]
    return _digest([*code, *paths.LEXICONS.rglob("*.csv")])


def _digest(files: Iterable[Path]) -> str:
    """One digest of all, wherever on a machine they lie."""
    each = sorted(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
    return hashlib.sha256("".join(each).encode()).hexdigest()[:8]

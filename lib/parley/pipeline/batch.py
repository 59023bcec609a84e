"""One batch of articles, wherever it is annotated: out as Arrow, back as tables."""

from functools import lru_cache

import pandas as pd
import pyarrow as pa

from parley import annotate, tables
from parley.errors import ParleyError

Tables = dict[str, pd.DataFrame]
Packed = dict[str, pa.Table]
# A user's own registry files by where they lie; they travel with the batches, since a worker has
# no such folder.
Overlay = tuple[tuple[str, bytes], ...]


@lru_cache(maxsize=2)
def registry_of(overlay: Overlay) -> annotate.Registry:
    """Load the registry once per process: a worker annotates many batches with it."""
    return annotate.load_registry(overlay=dict(overlay))


def version_of(overlay: Overlay) -> str:
    """The version of the annotators in this process, with a user's own registry."""
    return annotate.version(registry_of(overlay))


def check_issues(overlay: Overlay) -> None:
    """Say of an issue that cannot be used now, not of every article."""
    from parley.annotate.stance.issues import compiled  # late: it is not needed to find no work

    compiled(registry_of(overlay).issues)


def annotate_batch(articles: pa.Table, overlay: Overlay) -> tuple[Packed, int]:
    """Annotate one batch, wherever that is; an article that fails is marked, never fatal."""
    frame = tables.conform(articles.to_pandas(), tables.ARTICLES)
    registry = registry_of(overlay)
    try:
        made = _marked(annotate.annotate(frame, registry=registry), frame)
    except Exception:  # one hard article must not take its batch along: find which it is
        made = _one_by_one(frame, registry)
    packed = {name: pa.Table.from_pandas(rows, preserve_index=False) for name, rows in made.items()}
    return packed, int(frame["n_words"].sum())


def annotate_elsewhere(articles: pa.Table, overlay: Overlay, version: str) -> tuple[Packed, int]:
    """Annotate one batch in a process of its own, on one core: others have the other cores."""
    annotate.one_thread()
    if version_of(overlay) != version:
        raise ParleyError(other_version("a worker", version_of(overlay), version))
    return annotate_batch(articles, overlay)


def _one_by_one(articles: pd.DataFrame, registry: annotate.Registry) -> Tables:
    parts = []
    for number in range(len(articles)):
        one = articles.iloc[[number]]
        try:
            parts.append(_marked(annotate.annotate(one, registry=registry), one))
        except Exception as problem:
            reason = f"{type(problem).__name__}: {problem}"[:300]
            nothing = annotate.annotate(one.iloc[:0], registry=registry)
            parts.append(_marked(nothing, one, failed=reason))
    return {name: pd.concat([part[name] for part in parts]) for name in parts[0]}


def _marked(made: Tables, articles: pd.DataFrame, failed: str | None = None) -> Tables:
    marks = pd.DataFrame({"article_id": articles["article_id"], "failed": failed})
    return {**made, "annotated": marks.astype("string").reset_index(drop=True)}


def unpacked(result: tuple[Packed, int]) -> tuple[Tables, int]:
    """The tables and words of a batch that has come back."""
    packed, words = result
    return {name: rows.to_pandas() for name, rows in packed.items()}, words


def other_version(who: str, theirs: str, ours: str) -> str:
    """What to say of a worker of another version."""
    return (
        f"{who} annotates as {theirs} and this process as {ours}: install the same Parley, "
        "registry and model on both"
    )

"""One group of a tally against another, or against the rest, with an interval and a test."""

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from parley.errors import ParleyError
from parley.measure.bootstrap import RESAMPLES, Draws, Pooled, Ratio, contrast, incidence
from parley.measure.frame import EVIDENCE, PERIODS, Ints, distinct
from parley.measure.intervals import LEAST, benjamini_hochberg
from parley.measure.options import choose
from parley.measure.tally import Tally, number

REST = "(rest)"
CONTRASTS = (
    *("estimate", "low", "high", "p", "q", "study_estimate", "reference_estimate"),
    *("n", "articles", "stories", "enough", "evidence", "evidence_reference"),
)


@dataclass(frozen=True)
class _Pairs:
    """Cells compared: the study's cell, the cells of its reference, and what each is called."""

    study: Ints
    reference: sparse.csr_array  # pairs x cells: which cells the reference is made of
    labels: pd.DataFrame


def contrasted(
    tally: Tally,
    *,
    study: object = None,
    reference: object = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the figures of two groups, key by key: study - reference.

    Without ``reference`` the reference is all other groups together; without ``study`` each group
    is compared so. Gives [study, reference, keys..., estimate, low, high, p, q, study_estimate,
    reference_estimate, n, articles, stories, enough, evidence, evidence_reference]. p is of the
    difference over its bootstrap error, q is p adjusted over the whole table (Benjamini & Hochberg
    1995), n counts both sides, ``stories`` those under the smaller side; ``enough`` wants five
    stories and five observations.
    """
    if len(tally.ground.by) != 1:
        raise ParleyError("a comparison needs exactly one `by`: an outlet, a period or a column")
    pairs = _pairs(tally, study, reference)
    left = tally.ratio.take(pairs.study)
    right = _pooled(tally.ratio, pairs.reference)
    frame = pairs.labels.assign(study_estimate=left.estimate, reference_estimate=right.estimate)
    frame["estimate"] = frame["study_estimate"] - frame["reference_estimate"]
    frame[["low", "high", "p"]] = np.nan
    if len(frame) and tally.ground.stories:
        draws = Draws(tally.ground.stories, resamples, seed)
        frame["low"], frame["high"], frame["p"] = contrast(left, right, draws)
    frame["stories"] = np.minimum(left.stories, right.stories)
    frame = _counted(frame, tally, pairs)
    frame = frame[frame["study_estimate"].notna() & frame["reference_estimate"].notna()]
    frame = frame.assign(q=benjamini_hochberg(frame["p"]))
    keys = [name for name in pairs.labels.columns if name not in ("study", "reference")]
    frame = frame.sort_values(["study", *keys], kind="stable").reset_index(drop=True)
    return frame[["study", "reference", *keys, *CONTRASTS]]


def _pairs(tally: Tally, study: object, reference: object) -> _Pairs:
    by = tally.ground.by[0]
    keys = [name for name in tally.cells.columns if name != by]
    if study is None and reference is not None:
        raise ParleyError("a comparison with a reference needs a study to compare with it")
    wanted = tally.cells
    if study is not None:
        wanted = wanted[wanted[by] == _value(tally, by, study)]
    key = number(tally.cells, keys)[0]
    wanted = wanted.iloc[np.argsort(key[wanted.index], kind="stable")]  # one key's pairs together
    same = _same(key[wanted.index], key)
    if reference is None:
        other = same - incidence(wanted.index.to_numpy(), len(key))
        label: object = REST
    else:
        label = _value(tally, by, reference)
        other = same.multiply((tally.cells[by] == label).to_numpy()[None, :])
    other = sparse.csr_array(other)
    other.eliminate_zeros()
    held = np.diff(other.indptr) > 0
    labels = wanted[held].rename(columns={by: "study"}).assign(reference=label)
    return _Pairs(wanted.index.to_numpy()[held], other[held], labels.reset_index(drop=True))


def _same(left: Ints, right: Ints) -> sparse.csr_array:
    """Which of ``right`` have the same key as each of ``left``."""
    keys = int(right.max(initial=-1)) + 1
    return sparse.csr_array(incidence(left, keys) @ incidence(right, keys).T)


def _pooled(ratio: Ratio, members: sparse.csr_array) -> Pooled:
    """Add cells up, and count the stories that lie under each sum."""
    below = sparse.csr_array(members @ incidence(ratio.group, ratio.under.shape[0]))
    below.sort_indices()
    seen: dict[bytes, int] = {}  # pairs of one study share what lies below: add that up once
    rows = [below.indices[a:b].tobytes() for a, b in itertools.pairwise(below.indptr)]
    position = np.array([seen.setdefault(row, len(seen)) for row in rows], dtype=np.int64)
    first = np.unique(position, return_index=True)[1]
    held = sparse.csr_array(below[first] @ ratio.under)
    return Pooled(ratio, members, np.diff(held.indptr)[position])


def _value(tally: Tally, by: str, value: object) -> object:
    """Find the group that the caller means; a period may be written as text."""
    values = tally.ground.groups[by].tolist()
    meant = pd.Timestamp(str(value)) if by in PERIODS and isinstance(value, str) else value
    if meant not in values:
        shown = [str(one.date()) if isinstance(one, pd.Timestamp) else str(one) for one in values]
        choose(str(value), shown, by)
    return meant


def _counted(frame: pd.DataFrame, tally: Tally, pairs: _Pairs) -> pd.DataFrame:
    count = len(tally.cells)
    both = pairs.reference + incidence(pairs.study, count)
    article = tally.rows["article"].to_numpy()
    keys = tally.evidence()
    frame["n"] = np.asarray(both @ tally.n, np.int64)
    # copies of one article never lie in two groups, so articles add up
    frame["articles"] = np.asarray(both @ distinct(tally.cell, article, count), np.int64)
    known = frame["low"].notna() & (frame["stories"] >= LEAST) & (frame["n"] >= LEAST)
    frame["enough"] = known.astype(bool)
    frame["evidence"] = pd.Series([keys[cell] for cell in pairs.study], dtype=object)
    members = itertools.pairwise(pairs.reference.indptr)
    others = [[keys[cell] for cell in pairs.reference.indices[a:b]] for a, b in members]
    frame["evidence_reference"] = pd.Series([_woven(some) for some in others], dtype=object)
    return frame


def _woven(keys: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Take one key of each cell, then a second ..."""
    turns = itertools.chain.from_iterable(itertools.zip_longest(*keys))
    return tuple(itertools.islice((key for key in turns if key is not None), EVIDENCE))

"""Filled-in coding sheets: read, checked row by row, and joined with the key."""

from collections.abc import Mapping

import pandas as pd

from parley.errors import ParleyError
from parley.measure.coding import ANSWERS, TASKS
from parley.measure.options import choose, need

_OPEN = ("mentions", "quotes")  # tasks whose answer may be any name


def read_codes(
    sheets: Mapping[str, pd.DataFrame],
    key: pd.DataFrame,
    *,
    task: str,
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Read what coders filled in: one row a unit and coder, [unit, coder, code].

    ``sheets`` maps a coder's name to the sheet (unit, code; columns in any order, others ignored).
    Capitals and blanks around a code do not matter. An empty code or a missing row is no answer,
    counted in ``attrs["missing"]`` by coder. For mentions and quotes a name that ``actors`` knows
    becomes its actor_id, and "nobody" a code of its own. Raises ParleyError, naming coder and unit,
    for a code that is no answer (offering the nearest), a unit that is not in the key, or one that
    stands there twice.

    >>> key = pd.DataFrame({"unit": ["u1", "u2"], "predicted": ["favor", "none"]})
    >>> sheet = pd.DataFrame({"code": ["Favor ", ""], "unit": ["u1", "u2"]})
    >>> codes = read_codes({"anna": sheet}, key, task="stance")
    >>> codes.values.tolist(), codes.attrs["missing"]
    ([['u1', 'anna', 'favor']], {'anna': 1})
    """
    choose(task, TASKS, "task")
    need(key, ["unit"], "the key")
    if not sheets:
        raise ParleyError("no coder's sheet was given: fill at least one in")
    known = _known(actors)
    parts = [_read(coder, sheet, key, task, known) for coder, sheet in sheets.items()]
    codes = pd.concat(parts, ignore_index=True)
    answered = codes["coder"].value_counts()
    codes.attrs["missing"] = {c: len(key) - int(answered.get(c, 0)) for c in sheets}
    return codes


def _known(actors: pd.DataFrame | None) -> dict[str, str]:
    """Map an actor's name and id, in lower case, to its id."""
    if actors is None:
        return {}
    need(actors, ["actor_id", "name"], "actors")
    by_name = dict(zip(actors["name"].str.lower(), actors["actor_id"], strict=True))
    return by_name | {one.lower(): one for one in actors["actor_id"]}


def _read(
    coder: str, sheet: pd.DataFrame, key: pd.DataFrame, task: str, known: dict[str, str]
) -> pd.DataFrame:
    need(sheet, ["unit", "code"], f"coder {coder}'s sheet")
    rows = sheet[["unit", "code"]].dropna(subset="unit")
    rows = rows.assign(unit=rows["unit"].astype(str).str.strip())
    strange = rows.loc[~rows["unit"].isin(key["unit"]), "unit"]
    if len(strange):
        raise ParleyError(f"coder {coder}: unit {strange.iloc[0]} is not in the key of this sample")
    twice = rows.loc[rows["unit"].duplicated(), "unit"]
    if len(twice):
        raise ParleyError(f"coder {coder}: unit {twice.iloc[0]} stands there twice: keep one row")
    rows = rows.assign(code=rows["code"].astype("string").fillna("").str.strip())
    rows = rows[rows["code"] != ""]
    codes = [
        _answer(coder, unit, code, task, known)
        for unit, code in zip(rows["unit"], rows["code"], strict=True)
    ]
    return pd.DataFrame({"unit": rows["unit"].to_numpy(), "coder": coder, "code": codes})


def _answer(coder: str, unit: str, code: str, task: str, known: dict[str, str]) -> str:
    lower = code.lower()
    if task in _OPEN and lower not in ANSWERS[task]:
        return known.get(lower, code)
    return choose(lower, ANSWERS[task], f"coder {coder}, unit {unit}: the code")


def coded_units(codes: pd.DataFrame, key: pd.DataFrame) -> pd.DataFrame:
    """Join codes with the key: one row a unit, its truth being what most coders say.

    Needs codes (unit, coder, code) and the key of ``sample_for_coding``. Gives the key's columns
    and [truth, coders, agreed, weight]: ``truth`` is null where no code has most votes (or nobody
    answered; ``attrs["tied"]`` counts ties), ``agreed`` the share of coders for it, ``weight``
    1 / inclusion. What ``class_scores``, ``confusion`` and ``calibration`` need.

    >>> key = pd.DataFrame({"unit": ["u1"], "predicted": ["favor"], "inclusion": [0.5]})
    >>> codes = pd.DataFrame({"unit": ["u1"] * 3, "coder": list("abc"),
    ...     "code": ["favor", "none", "favor"]})
    >>> coded_units(codes, key)[["unit", "truth", "weight"]].values.tolist()
    [['u1', 'favor', 2.0]]
    """
    need(codes, ["unit", "coder", "code"], "codes")
    need(key, ["unit", "inclusion"], "the key")
    votes = codes.dropna(subset="code").groupby(["unit", "code"]).size().rename("votes")
    votes = votes.reset_index().sort_values(
        ["unit", "votes", "code"], ascending=[True, False, True]
    )
    best = votes.groupby("unit")["votes"].transform("max")
    leaders = votes[votes["votes"] == best]
    tied = leaders["unit"].duplicated(keep=False)
    truth = leaders[~tied].set_index("unit")
    total = votes.groupby("unit")["votes"].sum()
    units = key.assign(
        truth=key["unit"].map(truth["code"]).astype(object),
        coders=key["unit"].map(total).fillna(0).astype(int),
        agreed=key["unit"].map(truth["votes"] / total.reindex(truth.index)),
        weight=1 / key["inclusion"],
    )
    units["truth"] = units["truth"].where(units["truth"].notna(), None)
    units.attrs["tied"] = int(leaders[tied]["unit"].nunique())
    return units

"""Samples for coding by hand: drawn at random by stratum, blind, and read back with care."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from parley import terms
from parley.errors import ParleyError
from parley.measure.frame import Ground, grounds
from parley.measure.options import choose, listed, need
from parley.measure.rollup import names

# What a coder may answer; tasks without a list take an actor's name or id, or one of the words.
ANSWERS = {
    "sentiment": terms.SENTIMENTS,
    "stance": terms.STANCES,
    "mentions": ("nobody", "unclear"),
    "quotes": ("nobody", "unclear", "not a quotation"),
}
TASKS = tuple(ANSWERS)
INSTRUCTIONS = {
    "sentiment": "How does the marked sentence treat the actor between the double brackets? Answer "
    "for the text alone, not for what you know of the actor: negative, neutral or positive.",
    "stance": "What position does the holder take toward the target in the passage between the "
    "double brackets? favor, against, or none where it takes no position.",
    "mentions": "Whom do the words between the double brackets name? Write the actor's usual name, "
    "nobody where they name none, unclear where it cannot be told.",
    "quotes": "Who says the words between the double brackets? Write the speaker's usual name, "
    "nobody, unclear, or not a quotation.",
}
_SPAN = ("article_id", "start", "end", "holder_id", "target_id")
_CONTEXT = 300  # characters a side


def sample_for_coding(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    actors: pd.DataFrame | None = None,
    *,
    task: str,
    n: int = 200,
    by: str | Iterable[str] = (),
    issues: pd.DataFrame | None = None,
    copies: bool = False,
    seed: int = 0,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw a stratified blind sample: a sheet for coders, and the key, which they must not see.

    Needs the table of the task: mentions (with negative, neutral, positive for "sentiment";
    actor_id for "mentions"), stances or quotes; articles (article_id, outlet, published, story_id,
    is_first, text). Strata are what was predicted (for sentiment and stance; whether there is an
    actor for the others), by ``by`` (outlet, month ...) where asked for; each gives the same number
    as far as it has it, so that rare labels are seen.

    The sheet: [unit, task, text, holder, target, code, note], the span between double brackets,
    code and note empty, in random order. The key: [unit, article_id, start, end, (holder_id,
    target_id for stance), story_id, outlet, stratum, inclusion, predicted, probability, evidence];
    ``inclusion`` is the probability with which the unit was drawn. A mention or quote without an
    actor has "nobody" as predicted. Show coders ``INSTRUCTIONS[task]``.

    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": "X", "story_id": "s",
    ...     "published": pd.to_datetime(["2022-01-10"], utc=True), "is_first": True,
    ...     "text": "Poland welcomed NATO."})
    >>> mentions = pd.DataFrame({"article_id": "a", "start": [0, 16], "end": [6, 20],
    ...     "actor_id": ["poland", "nato"], "probability": 0.9})
    >>> sheet, key = sample_for_coding(mentions, articles, task="mentions", n=2)
    >>> sorted(sheet["text"])
    ['Poland welcomed [[NATO]].', '[[Poland]] welcomed NATO.']
    """
    choose(task, TASKS, "task")
    if n < 1:
        raise ParleyError(f"n={n} draws nothing: give 1 or more")
    ground = grounds(articles, listed(by), copies=copies)
    placed = _placed(rows, ground, task)
    stratum = _stratum(placed, task)
    if ground.by:
        group = pd.Series(ground.group[placed["article"].to_numpy()], placed.index)
        stratum = stratum + "/" + group.astype(str)
    random = np.random.default_rng(seed)
    drawn, chance = _draw(stratum.to_numpy(object), n, random)
    held = placed.iloc[drawn].assign(stratum=stratum.to_numpy()[drawn], inclusion=chance[drawn])
    unit = [f"u{number:0{len(str(len(held)))}d}" for number in range(1, len(held) + 1)]
    held = held.assign(unit=unit)
    return _sheet(held, ground.articles, task, actors, issues), _key(held, ground.articles)


def every_unit(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    coded: pd.DataFrame,
    *,
    task: str,
    copies: bool = False,
) -> pd.DataFrame:
    """Give every unit that could have been drawn, with the truth of those that were coded.

    Needs the rows and articles that ``sample_for_coding`` drew from, and ``coded_units``. Gives
    [article_id, start, end, story_id, predicted, truth, inclusion], as ``corrected_totals`` needs.
    """
    ground = grounds(articles, (), copies=copies)
    placed = _placed(rows, ground, task)
    placed = placed.assign(story_id=ground.articles["story_id"].to_numpy()[placed["article"]])
    same = [name for name in _SPAN if name in placed.columns and name in coded.columns]
    known = need(coded, [*same, "truth", "inclusion"], "coded units")
    known = known.loc[known["truth"].notna(), [*same, "truth", "inclusion"]]
    units = placed.merge(known.drop_duplicates(same), on=same, how="left")
    columns = ["article_id", "start", "end", "story_id", "predicted", "truth", "inclusion"]
    return units[columns]


def _placed(rows: pd.DataFrame, ground: Ground, task: str) -> pd.DataFrame:
    need(rows, ["article_id", "start", "end"], f"rows for {task}")
    placed = ground.place(rows).reset_index(drop=True)
    predicted, sure = _predicted(placed, task)
    if task not in ("sentiment", "stance"):
        predicted = predicted.fillna("nobody")
    placed = placed.assign(predicted=predicted, sure=sure)
    return placed[placed["predicted"].notna()].reset_index(drop=True)


def _predicted(rows: pd.DataFrame, task: str) -> tuple[pd.Series, pd.Series]:
    """Give what the annotators say of each row, and how sure they are."""
    if task == "sentiment":
        labels = list(terms.SENTIMENTS)
        values = need(rows, labels, "mentions")[labels].astype(float)
        known = values.notna().all(axis=1)
        best = values.fillna(0).idxmax(axis=1).where(known, None)
        return best.astype(object), values.max(axis=1)
    column = "stance" if task == "stance" else "actor_id"
    need(rows, [column, "probability"], f"rows for {task}")
    return rows[column].astype(object).where(rows[column].notna(), None), rows["probability"]


def _stratum(rows: pd.DataFrame, task: str) -> pd.Series:
    if task in ("sentiment", "stance"):
        return rows["predicted"].astype(str)
    found = np.where(rows["predicted"] != "nobody", "resolved", "unresolved")
    return pd.Series(found, rows.index)


def _draw(stratum: NDArray, n: int, random: np.random.Generator) -> tuple[NDArray, NDArray]:
    """Draw the same number of each stratum, as far as it goes; give rows and each row's chance."""
    code, names_of = pd.factorize(stratum, sort=True)
    sizes = np.bincount(code, minlength=len(names_of))
    wanted = _allotted(sizes, n)
    drawn = [
        random.choice(np.flatnonzero(code == place), wanted[place], replace=False)
        for place in range(len(sizes))
    ]
    rows = np.concatenate([np.empty(0, np.int64), *drawn]).astype(np.int64)
    chance = (wanted / np.maximum(sizes, 1))[code] if len(code) else np.empty(0)
    return random.permutation(rows), chance


def _allotted(sizes: NDArray, n: int) -> NDArray[np.int64]:
    """Share n out evenly; what a small stratum cannot give goes to the others."""
    wanted = np.zeros(len(sizes), np.int64)
    for _ in range(min(n, int(sizes.sum()))):
        open_ones = np.flatnonzero(wanted < sizes)
        wanted[open_ones[np.argmin(wanted[open_ones])]] += 1
    return wanted


def _sheet(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    task: str,
    actors: pd.DataFrame | None,
    issues: pd.DataFrame | None,
) -> pd.DataFrame:
    text = need(articles, ["text"], "articles")["text"].to_numpy()
    spans = zip(rows["article"], rows["start"], rows["end"], strict=True)
    marked = [_marked(text[article], start, end) for article, start, end in spans]
    ends = {name: _title(rows, f"{name}_id", actors, issues) for name in ("holder", "target")}
    if task == "sentiment":
        ends["target"] = _title(rows, "actor_id", actors, issues)
    sheet = pd.DataFrame({"unit": rows["unit"].to_numpy(), "task": task, "text": marked, **ends})
    return sheet.assign(code="", note="")


def _marked(text: str, start: int, end: int) -> str:
    """Show a span in its context, cut at spaces, on one line."""
    left, right = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    left = left.partition(" ")[2] if start > _CONTEXT else left
    right = right.rpartition(" ")[0] if end + _CONTEXT < len(text) else right
    return " ".join(f"{left}[[{text[start:end]}]]{right}".split())


def _title(
    rows: pd.DataFrame, column: str, actors: pd.DataFrame | None, issues: pd.DataFrame | None
) -> NDArray:
    """Name the actor or issue of a column; empty where the task has no such column."""
    if column not in rows.columns:
        return np.full(len(rows), "", dtype=object)
    known = [] if actors is None else [actors[["actor_id", "name"]]]
    if issues is not None:
        known.append(issues.rename(columns={"issue_id": "actor_id"})[["actor_id", "name"]])
    if not known:
        return rows[column].fillna("").to_numpy(object)
    return names(rows[column], pd.concat(known)).fillna("").to_numpy(object)


def _key(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    article = articles.iloc[rows["article"].to_numpy()]
    evidence = [f"{one}:{at}" for one, at in zip(rows["article_id"], rows["start"], strict=True)]
    place = ["unit", *(name for name in _SPAN if name in rows.columns)]
    key = rows[[*place, "stratum", "inclusion", "predicted"]].assign(
        story_id=article["story_id"].to_numpy(),
        outlet=article["outlet"].to_numpy(),
        probability=rows["sure"],
        evidence=evidence,
    )
    order = [*place, "story_id", "outlet", "stratum", "inclusion"]
    return key[[*order, "predicted", "probability", "evidence"]].reset_index(drop=True)

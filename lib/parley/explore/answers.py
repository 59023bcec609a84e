"""Answers in plain sentences, computed from the numbers: since parameters change, so must they."""

from typing import Any

import pandas as pd

from parley import terms
from parley.explore.naming import opening, the, together

_SURE = 0.05  # of Benjamini-Hochberg's q, below which a difference is called one


def amount(value: float, *, percent: bool = False, signed: bool = False) -> str:
    """Write a number for a sentence: two digits after the point below ten, one above.

    >>> amount(12.345), amount(-0.5, signed=True), amount(0.4211, percent=True)
    ('12.3', '−0.50', '42%')
    """
    body = f"{abs(value):.0%}" if percent else f"{abs(value):,.{1 if abs(value) >= 9.95 else 2}f}"
    if not body.strip("0.%"):
        return body  # what rounds to nothing has no sign
    return ("−" if value < 0 else "+" if signed else "") + body


def between(row: pd.Series, **how: Any) -> str:
    """Write an estimate and its interval: "12.3 (10.1 to 14.2)"."""
    low, high = amount(row["low"], **how), amount(row["high"], **how)
    return f"{amount(row['estimate'], **how)} ({low} to {high})"


def sure_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows about which there is enough to say something."""
    known = frame["estimate"].notna()
    return (
        frame[known & frame["enough"].astype(bool)] if "enough" in frame.columns else frame[known]
    )


def leading(frame: pd.DataFrame, *, name: str = "name") -> dict[str, Any]:
    """Give the first sure row as facts for ``report.finding``; nothing where there is none."""
    rows = sure_rows(frame)
    if rows.empty:
        return {}
    first = rows.iloc[0]
    return {key: first[key] for key in (name, "estimate", "low", "high", "n") if key in first}


def too_few(what: str) -> str:
    """Say that there is too little to answer.

    >>> too_few("who is named most often")
    'Too few articles to say who is named most often.'
    """
    return f"{terms.TOO_FEW_TO_SAY}{what}."


def comparisons(number: int) -> str:
    """Count comparisons in words.

    >>> comparisons(1), comparisons(72)
    ('1 comparison', '72 comparisons')
    """
    return f"{number} comparison" + "s" * (number != 1)


def no_difference(what: str, *, judged: int, unsaid: int) -> str:
    """Say that nothing differs: in how many comparisons, and how many had too little to tell.

    >>> no_difference("between outlets", judged=1, unsaid=2)
    'No difference beyond chance between outlets, in 1 comparison (2 more have too few stories to
    say).'
    """
    rest = f" ({unsaid} more {'has' if unsaid == 1 else 'have'} too few stories to say)"
    return f"{terms.NO_DIFFERENCE}{what}, in {comparisons(judged)}{rest if unsaid else ''}."


def say_ranking(
    frame: pd.DataFrame, *, verb: str = "named", unit: str | None = None, percent: bool = False
) -> str:
    """Say who comes first, by how much, and whether the second may as well be.

    >>> shares = pd.DataFrame({"name": ["Russia", "NATO"], "estimate": [12.0, 5.0], "low": [10, 4],
    ...                        "high": [14, 6], "n": [60, 25], "stories": 9, "enough": True})
    >>> say_ranking(shares, unit="times per 1,000 words")
    'Russia is named most often, 12.0 (10.0 to 14.0) times per 1,000 words; NATO follows with 5.00
    (4.00 to 6.00).'
    """
    rows = sure_rows(frame).sort_values("estimate", ascending=False, kind="stable")
    if rows.empty:
        return too_few(f"who is {verb} most often")
    unit = f" {unit}" if unit else ""
    first = rows.iloc[0]
    size = f"{between(first, percent=percent)}{unit}"
    if len(frame) == 1:  # one actor was asked for: first among nobody
        return f"{opening(first['name'])} is {verb} {size}."
    start = f"{opening(first['name'])} is {verb} most often, {size}"
    if len(rows) == 1:
        return f"{start}; about nobody else is there enough to say."
    second = rows.iloc[1]
    follows = f"{the(second['name'])} follows with {between(second, percent=percent)}"
    near = second["high"] >= first["low"]
    return f"{start}; {follows}" + (", and their intervals overlap." if near else ".")


def say_tone(frame: pd.DataFrame, *, what: str = "treated") -> str:
    """Say toward whom the tone is surely above or below 0, and toward how many neither.

    >>> tones = pd.DataFrame({"name": ["Russia", "NATO"], "estimate": [-0.3, 0.0], "n": 40,
    ...                       "low": [-0.4, -0.1], "high": [-0.2, 0.1], "enough": True})
    >>> say_tone(tones)
    'Of 2 actors, 1, Russia, is treated more negatively than positively, −0.30 (−0.40 to −0.20); for
    one the interval includes 0.'
    """
    rows = sure_rows(frame)
    if rows.empty:
        return too_few("in what tone anybody is treated")
    if len(rows) == 1:
        return _one_tone(rows.iloc[0], what)
    below, above = rows[rows["high"] < 0], rows[rows["low"] > 0]
    parts = [
        _side(below, f"{what} more negatively than positively", "idxmin"),
        _side(above, f"{what} more positively than negatively", "idxmax"),
    ]
    open_ = len(rows) - len(below) - len(above)
    whom = f"the other {open_}" if 1 < open_ < len(rows) else "one" if open_ == 1 else "all of them"
    parts += [f"for {whom} the interval includes 0"] * bool(open_)
    return f"Of {len(rows)} actors, {'; '.join(part for part in parts if part)}."


def _one_tone(row: pd.Series, what: str) -> str:
    name, size = opening(row["name"]), between(row, signed=True)
    if row["low"] <= 0 <= row["high"]:
        return f"{name} is {what} neither well nor badly beyond chance, {size}."
    more, than = ("positively", "negatively") if row["low"] > 0 else ("negatively", "positively")
    return f"{name} is {what} more {more} than {than}, {size}."


def _side(rows: pd.DataFrame, words: str, extreme: str) -> str:
    if rows.empty:
        return ""
    most = rows.loc[getattr(rows["estimate"], extreme)()]
    name, size = the(most["name"]), between(most, signed=True)
    if len(rows) == 1:
        return f"1, {name}, is {words}, {size}"
    return f"{len(rows)} are {words}, most of all {name}, {size}"


def say_differences(
    frame: pd.DataFrame,
    *,
    more: str = "names {name} more often",
    less: str = "names {name} less often",
    about: str = "how often they name each actor",
    unit: str = "",
    percent: bool = False,
) -> str:
    """Say in how many comparisons outlets differ by more than chance, and which differs most.

    Needs study, reference, name, estimate, low, high, q, enough. ``more`` and ``less`` say what the
    study does, with the columns of the row in braces (the name as a sentence has it); ``about``
    what was compared.
    """
    rows = sure_rows(frame)
    if rows.empty:
        return too_few(f"whether outlets differ in {about}")
    found = rows[rows["q"] < _SURE]
    if found.empty:
        what = f"between outlets in {about}"
        return no_difference(what, judged=len(rows), unsaid=len(frame) - len(rows))
    most = found.loc[found["estimate"].abs().idxmax()]
    named = most.to_dict() | {"name": the(most["name"])}
    words = (more if most["estimate"] > 0 else less).format(**named)
    size = between(most, signed=True, percent=percent) + (f" {unit}" if unit else "")
    verb = "differs" if len(found) == 1 else "differ"
    return (
        f"In {about}, {len(found)} of {len(rows)} comparisons between outlets {verb} by more than "
        "chance; the largest: "
        f"{most['study']} {words}: {size}."
    )


def say_copies(frame: pd.DataFrame, *, top: int = 10) -> str:
    """Say whether counting syndicated copies as well would change who stands where.

    Needs the columns of ``measure.compare_copies``; speaks of the rows with enough stories alone.
    """
    first = frame[["rank_first", "rank_copies"]].min(axis=1) <= top
    alone = len(frame) == 1  # one actor was asked for, whatever his place
    rows = frame[(first | alone) & frame["enough"].astype(bool)]
    if rows.empty:
        return too_few("whether copies change the order")
    if len(rows) == 1:
        return _place(rows.iloc[0])
    moved = rows[rows["rank_first"] != rows["rank_copies"]]
    with_enough = f"the first {len(rows)} with enough stories"
    if moved.empty:
        return f"With every copy counted, {with_enough} keep their order."
    far = moved.loc[(moved["rank_first"] - moved["rank_copies"]).abs().idxmax()]
    verb = "changes" if len(moved) == 1 else "change"
    return (
        f"With every copy counted, {len(moved)} of {with_enough} {verb} place; "
        f"{the(far['name'])} moves most, from place {far['rank_first']} to {far['rank_copies']}."
    )


def _place(row: pd.Series) -> str:
    name, first, copies = the(row["name"]), row["rank_first"], row["rank_copies"]
    if first == copies:
        return f"With every copy counted, {name} keeps place {first}."
    return f"With every copy counted, {name} moves from place {first} to {copies}."


def say_corpus(articles: pd.DataFrame) -> str:
    """Say what a corpus holds: articles, outlets, dates, copies, what has no date.

    >>> say_corpus(pd.DataFrame({"article_id": [], "outlet": [], "published": [], "n_words": [],
    ...                          "is_first": []}))
    'There are no articles here.'
    """
    if articles.empty:
        return "There are no articles here."
    dated = articles["published"].dropna()
    outlets = articles["outlet"].dropna()
    copies, undated = int((~articles["is_first"].astype(bool)).sum()), len(articles) - len(dated)
    span = f" from {_day(dated.min())} to {_day(dated.max())}" if len(dated) else ""
    largest = outlets.value_counts()
    source = _count(len(largest), "outlet") if len(largest) else "no named outlet"
    most = f"; {_most(largest, len(articles))}" if len(largest) > 1 else ""
    doubled = f"{copies or 'None'} {'is a copy' if copies == 1 else 'are copies'} of another"
    dateless = f", and {undated} {'has' if undated == 1 else 'have'} no date" if undated else ""
    return (
        f"{_count(len(articles), 'article')} of {source}{span}, "
        f"{int(articles['n_words'].sum()):,} words{most}. {doubled}{dateless}."
    )


def _most(largest: pd.Series, articles: int) -> str:
    """Which outlets give most articles; of more than three that do, only how many each gives."""
    first, share = largest[largest == largest.iloc[0]].index, f"{largest.iloc[0] / articles:.0%}"
    if len(first) == 1:
        return f"{first[0]} gives {share} of the articles"
    if len(first) > 3:
        return f"no outlet gives more than {share} of the articles"
    return f"{together(sorted(first))} give {share} of the articles each"


def _day(moment: Any) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def say_unresolved(mentions: pd.DataFrame) -> str:
    """Say how many mentions name somebody whom the registry does not know."""
    if mentions.empty:
        return "No mention of anybody was found."
    lost = int(mentions["actor_id"].isna().sum())
    return (
        f"{lost:,} of {_count(len(mentions), 'mention')} ({lost / len(mentions):.0%}) name "
        "somebody whom the registry of actors does not hold: they are in no figure here."
    )


def say_same(one: pd.DataFrame, other: pd.DataFrame, *, by: str, how: str, top: int = 5) -> str:
    """Say whether another definition ranks the same rows first; nothing of a single row.

    >>> a = pd.DataFrame({"name": ["Russia", "NATO"], "estimate": [2.0, 1.0]})
    >>> say_same(a, a.iloc[::-1], by="name", how="Counted per article", top=2)
    'Counted per article, the same 2 come first, in the same order.'
    """
    first = list(one.dropna(subset=["estimate"]).nlargest(top, "estimate")[by])
    second = list(other.dropna(subset=["estimate"]).nlargest(top, "estimate")[by])
    if len(one) == len(other) == 1:
        return ""
    if not first or not second:
        return f"{how}, there are too few articles to say."
    if first == second and len(first) == 1:
        return f"{how}, {the(first[0])} comes first as well."
    if first == second:
        return f"{how}, the same {len(first)} come first, in the same order."
    new, gone = ([x for x in a if x not in b] for a, b in ((second, first), (first, second)))
    if not new:
        order = ", ".join(map(the, second))
        return f"{how}, the same {len(first)} come first, in another order: {order}."
    come, go = (together([*map(the, names)]) for names in (new, gone))
    return f"{how}, {come} would be among the first {top}, not {go}."

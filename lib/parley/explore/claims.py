"""Answers in sentences about positions, deeds and changes, computed from the numbers."""

import pandas as pd

from parley.explore.answers import amount, between, no_difference, sure_rows, too_few
from parley.explore.naming import issue, opening, the, together

_PLAINEST = 3  # positions that one sentence can hold
_NONE = {
    "quotes": "quotations",
    "stances": "positions that somebody takes on somebody or something",
    "events": "events of one actor acting on another",
}


def say_none(table: str) -> str:
    """Say that a corpus holds none of what a notebook is about.

    >>> say_none("quotes")
    'This corpus holds no quotations, so there is nothing to say here.'
    """
    return f"This corpus holds no {_NONE.get(table, table)}, so there is nothing to say here."


def say_voice(frame: pd.DataFrame, quotes: pd.DataFrame) -> str:
    """Say who is quoted most, or of one alone how much, from ``measure.share_of_voice``."""
    if quotes.empty:
        return say_none("quotes")
    rows = sure_rows(frame).sort_values("estimate", ascending=False, kind="stable")
    if rows.empty:
        return too_few("who is quoted most")
    first, second = rows.iloc[0], rows.iloc[1] if len(rows) > 1 else None
    whose, share = "of the quotations whose speaker is known", between(first, percent=True)
    if len(frame) == 1:  # one speaker was asked for: first among nobody
        return f"{opening(first['name'])} says {share} {whose}."
    if second is None:
        return f"{opening(first['name'])} is quoted most, with {share} {whose}."
    ties = rows[rows["estimate"] == first["estimate"]]
    if len(ties) > 1:
        names = [opening(first["name"]), *map(the, ties["name"].iloc[1:])]
        shares = [between(row, percent=True) for _, row in ties.iterrows()]
        return f"{together(names)} are quoted most, with {together(shares)} {whose}."
    named, other = the(second["name"]), between(second, percent=True)
    near = ", and their intervals overlap" if second["high"] >= first["low"] else ""
    return (
        f"{opening(first['name'])} is quoted most, with {share} {whose}; {named} follows with "
        f"{other}{near}."
    )


def say_cut(quotes: pd.DataFrame) -> str:
    """Say how many quotations have no sure end; nothing where all have.

    Needs ``closed``, as the table quotes has it.

    >>> say_cut(pd.DataFrame({"closed": [True, False, None]}))
    'The end of 1 of them is not sure: a mark was lost, or the quotation ran on too long.'
    """
    cut = int(quotes["closed"].eq(False).sum())
    why = "a mark was lost, or the quotation ran on too long"
    return f"The end of {cut} of them is not sure: {why}." if cut else ""


def say_positions(frame: pd.DataFrame, stances: pd.DataFrame) -> str:
    """Say which positions are plain, most sentences first, from ``measure.stance_matrix``."""
    if stances.empty:
        return say_none("stances")
    known = sure_rows(frame)
    rows = known[(known["low"] > 0) | (known["high"] < 0)]
    if known.empty:
        return too_few("who stands where")
    if rows.empty:
        return f"No position is plain: the interval of {_each(len(known))} takes in 0."
    most = rows.sort_values("n", ascending=False, kind="stable").head(_PLAINEST)
    parts = [_stands(row) for _, row in most.iterrows()]
    return f"Most plainly, {'; '.join(parts)}, where −1 is always against and +1 always in favor."


def _stands(row: pd.Series) -> str:
    word = "against" if row["estimate"] < 0 else "in favor of"
    about = issue if row.get("target_kind") == "issue" else the
    size = f"{between(row, signed=True)}, n = {row['n']}"
    return f"{the(row['holder'])} stands {word} {about(row['target'])}, {size}"


def _each(number: int) -> str:
    return "the one that has enough behind it" if number == 1 else f"each of {number}"


def say_deeds(frame: pd.DataFrame, events: pd.DataFrame) -> str:
    """Say who acts on whom most and how, from ``measure.event_balance``."""
    if events.empty:
        return say_none("events")
    rows = sure_rows(frame)
    if rows.empty:
        return too_few("who acts on whom, and how")
    most = rows.sort_values("n", ascending=False, kind="stable").iloc[0]
    side = "mostly in conflict" if most["high"] < 0 else "mostly in cooperation"
    if most["low"] <= 0 <= most["high"]:
        side = "in conflict and cooperation without a clear balance"
    return (
        f"{opening(most['source'])} acts on {the(most['target'])} most often, {int(most['n'])} "
        f"times, {side}: {between(most, signed=True)}, where −1 is all conflict and +1 all "
        "cooperation."
    )


def say_changes(frame: pd.DataFrame, *, what: str | None = None, most: int = 3) -> str:
    """Say what changed between two windows, from ``measure.what_changed``.

    >>> say_changes(pd.DataFrame({"what": [], "verdict": []}))
    'Too few articles to say what changed against the window before.'
    """
    rows = frame if what is None else frame[frame["what"] == what]
    judged = rows[rows["verdict"] != "too few to say"]
    if judged.empty:
        return too_few("what changed against the window before")
    shown = judged[judged["verdict"].isin(["up", "down", "new"])]
    if shown.empty:
        unsaid = len(rows) - len(judged)
        return no_difference("from the window before", judged=len(judged), unsaid=unsaid)
    named = "; ".join(_change(row) for _, row in shown.head(most).iterrows())
    more = f", and {len(shown) - most} more" if len(shown) > most else ""
    verb = "shows" if len(shown) == 1 else "show"
    return (
        f"Against the window before, {len(shown)} of {len(judged)} comparisons {verb} a change: "
        f"{named}{more}."
    )


def notable(changes: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of ``measure.what_changed`` with what did change first; ``changed`` says so."""
    shown = changes["verdict"].isin(["up", "down", "new"])
    rows = changes.assign(changed=shown).sort_values("changed", ascending=False, kind="stable")
    return rows.reset_index(drop=True)


def _change(row: pd.Series) -> str:
    was, now = amount(row["reference_estimate"]), amount(row["study_estimate"])
    if row["verdict"] == "new":
        return f"{the(row['name'])} is a {row['what']}"
    if row["what"] == "position":
        return f"{_position(row)} {row['verdict']}, from {was} to {now}"
    return f"{the(row['name'])} {row['verdict']} in {row['what']}, from {was} to {now}"


def _position(row: pd.Series) -> str:
    holder, _, target = row["name"].partition(" \N{RIGHTWARDS ARROW} ")
    about = issue if row["target_kind"] == "issue" else the
    return f"the position of {the(holder)} on {about(target)}"


def say_trust(scores: pd.DataFrame, *, task: str) -> str:
    """Say how far the annotators agree with the coders, from ``measure.class_scores``."""
    if scores.empty:
        return (
            "Nobody has coded a sample of this corpus yet, so how far to trust its figures is not "
            f"known: draw one with `parley sample-for-coding CORPUS --task {task} --n 200`."
        )
    accuracy = scores[scores["measure"] == "accuracy"].iloc[0]
    single = scores[(scores["measure"] == "f1") & (scores["label"] != "(all)")]
    worst = single.dropna(subset=["estimate"]).sort_values("estimate").iloc[0]
    return (
        f"The annotators agree with the coders on {between(accuracy, percent=True)} of "
        f"{int(accuracy['n'])} units; they are weakest at {worst['label']}, with an F1 of "
        f"{between(worst)}."
    )

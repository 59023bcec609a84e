"""Choosing actors out of a table of numbers: the first few, or those that are named."""

from collections.abc import Iterable

import pandas as pd
from rapidfuzz import process

from parley.corpus import Study
from parley.errors import ParleyError
from parley.measure.frame import dates, without_copies
from parley.measure.rollup import roll_up


def pick(
    frame: pd.DataFrame,
    actors: str | list[str] | None = None,
    *,
    top: int = 10,
    registry: pd.DataFrame | None = None,
    column: str = "actor_id",
) -> pd.DataFrame:
    """Give the rows of the named actors, or of the ``top`` largest where none is named.

    The largest ``estimate`` comes first. ``attrs`` are kept. With ``registry`` (the table actors) a
    name that is in neither raises ParleyError with the nearest that is.

    >>> shares = pd.DataFrame({"actor_id": ["russia", "nato", "poland"], "estimate": [9, 5, 1]})
    >>> pick(shares, top=2)["actor_id"].tolist(), pick(shares, "poland")["actor_id"].tolist()
    (['russia', 'nato'], ['poland'])
    """
    wanted = [actors] if isinstance(actors, str) else list(actors or ())
    known = {*frame[column].dropna(), *(registry["actor_id"] if registry is not None else ())}
    for actor in wanted:
        if registry is not None and actor not in known:
            near = process.extract(actor, sorted(known), limit=3)
            names = ", ".join(str(match[0]) for match in near)
            raise ParleyError(f"no actor {actor!r}: the nearest in the registry are {names}")
    ranked = frame.sort_values("estimate", ascending=False, kind="stable")
    first = list(dict.fromkeys(ranked[column].dropna()))[:top]
    return ranked[ranked[column].isin(wanted or first)].reset_index(drop=True)


def pick_like(frame: pd.DataFrame, like: pd.DataFrame, *, column: str = "actor_id") -> pd.DataFrame:
    """Give the rows of the same actors as another table, in the order of that one.

    >>> tones = pd.DataFrame({"actor_id": ["nato", "poland", "russia"]})
    >>> pick_like(tones, pd.DataFrame({"actor_id": ["russia", "nato"]}))["actor_id"].tolist()
    ['russia', 'nato']
    """
    place = {actor: number for number, actor in enumerate(dict.fromkeys(like[column]))}
    rows = frame[frame[column].isin(place.keys())]
    return rows.sort_values(
        column, key=lambda ids: ids.map(place), kind="stable", ignore_index=True
    )


def involving(
    frame: pd.DataFrame, actors: Iterable[str] | None, *, sides: Iterable[str]
) -> pd.DataFrame:
    """Give the rows in which one of the named actors stands on a side; all where none is named.

    >>> pairs = pd.DataFrame({"actor_a": ["eu", "nato"], "actor_b": ["russia", "poland"]})
    >>> involving(pairs, ["russia"], sides=["actor_a", "actor_b"])["actor_a"].tolist()
    ['eu']
    """
    if not actors:
        return frame
    return frame[frame[list(sides)].isin(list(actors)).any(axis=1)].reset_index(drop=True)


def quotes_by(study: Study, actors: Iterable[str] | None, *, level: str = "actor") -> pd.DataFrame:
    """Give the quotations of the named actors, or all where none is named.

    At a ``level`` of states or blocs those of everybody who counts for them.
    """
    if not actors:
        return study.quotes
    return study.quotes.loc[_theirs(study, study.quotes, actors, level)]


def quotes_for(study: Study, actors: Iterable[str] | None) -> pd.DataFrame:
    """Give the quotations of all who speak for the named actors; all where none is named.

    For a state speak its people, for an organisation its officials, for a person nobody else.
    """
    if not actors:
        return study.quotes
    names = list(actors)
    levels = ("actor", "organisation", "state")
    found = {at for level in levels for at in _theirs(study, study.quotes, names, level)}
    return study.quotes.loc[sorted(found)]


def stances_of(study: Study, actors: Iterable[str] | None, *, level: str = "actor") -> pd.DataFrame:
    """Give the stances that the named actors hold or are the target of; all where none is named."""
    if not actors:
        return study.stances
    names = list(actors)
    sides = [study.stances.assign(actor_id=study.stances[s]) for s in ("holder_id", "target_id")]
    found = {at for rows in sides for at in _theirs(study, rows, names, level)}
    return study.stances.loc[sorted(found)]


def _theirs(study: Study, rows: pd.DataFrame, actors: Iterable[str], level: str) -> pd.Index:
    """Where in ``rows`` stand those who count for the named actors at a level."""
    days = study.articles[["article_id"]].assign(day=dates(study.articles["published"]))
    placed = rows.merge(days, on="article_id", how="left").set_axis(rows.index)
    rolled = roll_up(placed[placed["actor_id"].notna()], study.actors, level)
    return rolled.index[rolled["actor_id"].isin(list(actors))].unique()


def stacked(
    parts: dict[str, pd.DataFrame], *, into: str, like: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set tables under one another, with a column that says which a row is from.

    >>> one = pd.DataFrame({"actor_id": ["nato"], "n": [3]})
    >>> stacked({"own": one, "quoted": one}, into="voice")["voice"].tolist()
    ['own', 'quoted']
    """
    kept = {
        name: frame if like is None else pick_like(frame, like) for name, frame in parts.items()
    }
    together = pd.concat([frame.assign(**{into: name}) for name, frame in kept.items()])
    return together.reset_index(drop=True) if like is None else pick_like(together, like)


def beside(
    parts: dict[str, pd.DataFrame],
    *,
    like: pd.DataFrame,
    on: str | list[str] = "actor_id",
    names: str | list[str] = "name",
) -> pd.DataFrame:
    """Set estimates side by side: a row for each row of ``like``, columns for each table.

    ``on`` names the columns that tell rows apart, ``names`` those to show for them. Gives names,
    and for each table X: X, X_low, X_high (so that X shows its interval) and "X n". A number that
    rests on too few (``enough`` is false) is left out.

    >>> one = pd.DataFrame({"actor_id": ["nato"], "name": ["NATO"], "estimate": [2.0], "low": [1.0],
    ...                     "high": [3.0], "n": [7]})
    >>> list(beside({"here": one, "there": one}, like=one).columns)[:5]
    ['name', 'here', 'here_low', 'here_high', 'here n']
    """
    keys, shown = ([x] if isinstance(x, str) else list(x) for x in (on, names))
    table = like[list(dict.fromkeys([*keys, *shown]))].reset_index(drop=True)
    for label, frame in parts.items():
        frame = _hidden(frame)
        new = {"estimate": label, "low": f"{label}_low", "high": f"{label}_high", "n": f"{label} n"}
        part = frame.rename(columns=new)[[*keys, *new.values()]]
        table = table.merge(part.astype({f"{label} n": "Int64"}), on=keys, how="left")
        table[f"{label} n"] = table[f"{label} n"].fillna(0)  # none of the kind is a number, too
    return table.drop(columns=[key for key in keys if key not in shown])


def _hidden(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out the numbers of rows that rest on too few: a table then says so in their place."""
    if "enough" not in frame.columns:
        return frame
    sure = frame["enough"].astype(bool)
    return frame.assign(**{name: frame[name].where(sure) for name in ("estimate", "low", "high")})


def side_by_side(frame: pd.DataFrame, *, top: int | None = None) -> pd.DataFrame:
    """Give the rows of a comparison with enough behind them, the largest difference first."""
    rows = frame[frame["enough"].astype(bool)]
    rows = rows.sort_values("estimate", key=abs, ascending=False, kind="stable")
    return rows.head(top).reset_index(drop=True)


def busiest(
    frame: pd.DataFrame, *, row: str = "holder", column: str = "target", top: int = 8
) -> pd.DataFrame:
    """Give the cells of the ``top`` rows and the ``top`` columns that most stands behind.

    Needs ``n``. Rows and columns come in that order, so that a matrix is drawn from its full
    corner.

    >>> cells = pd.DataFrame({"holder": ["nato", "russia"], "target": "sanctions", "n": [2, 9]})
    >>> busiest(cells, top=1)["holder"].tolist()
    ['russia']
    """
    places = {}
    for side in (row, column):
        weight = frame.groupby(side)["n"].sum().sort_values(ascending=False, kind="stable")
        places[side] = {name: place for place, name in enumerate(weight.index[:top])}
    kept = frame[frame[row].isin(places[row].keys()) & frame[column].isin(places[column].keys())]
    order = [kept[side].map(places[side]).rename(side) for side in (row, column)]
    sorted_ = pd.concat(order, axis=1).sort_values([row, column], kind="stable").index
    return kept.loc[sorted_].reset_index(drop=True)


def each_sentence(study: Study, like: pd.DataFrame, *, level: str = "actor") -> pd.DataFrame:
    """Give the sentiment of every sentence toward the actors of another table, in its order.

    Columns: actor_id, name, sentiment (positive less negative, -1..1), article_id, sentence. Each
    story is told once, and a sentence counts once for an actor: at a ``level`` of states or blocs,
    by the first mention in it of any of their parts.
    """
    first = without_copies(study.articles)
    days = first[["article_id"]].assign(day=dates(first["published"]))
    rows = study.mentions[study.mentions["actor_id"].notna()].merge(days, on="article_id")
    rows = pick_like(roll_up(rows, study.actors, level), like)
    rows = rows.drop_duplicates(["article_id", "sentence", "actor_id"])
    named = dict(zip(like["actor_id"], like["name"], strict=True))
    rows = rows.assign(name=rows["actor_id"].map(named), sentiment=rows.positive - rows.negative)
    kept = ["actor_id", "name", "sentiment", "article_id", "sentence"]
    return rows[kept].reset_index(drop=True)

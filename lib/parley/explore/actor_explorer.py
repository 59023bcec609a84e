"""Actors over time: the trend with intervals, the company they keep, and the sentences."""

import itertools
from collections.abc import Sequence

import ipywidgets as widgets
import numpy as np
import pandas as pd
from rapidfuzz import process

from parley import measure, terms
from parley.corpus import Study
from parley.errors import ParleyError
from parley.explore import markup
from parley.explore.evidence import Names
from parley.explore.explorer import Explorer, copies_control, level_control
from parley.explore.ledger import finder, sentences_behind

PERIODS = ("day", "week", "month")
OFFERED = 300  # actors in the list to choose from, those named most often first
SENTENCES = 12
_WIDTH, _HEIGHT, _LEFT, _TOP, _FLOOR = 760, 260, 44, 12, 226  # of the drawing, in its units


class ActorExplorer(Explorer):
    """Choose actors, a period and a level; a point of the trend opens the sentences behind it."""

    name = "actors"
    report, reported = "actor-profile", ("actors", "level")

    def __init__(
        self,
        study: Study,
        actors: Sequence[str] | None = None,
        *,
        level: str = "actor",
        period: str = "day",
        outlet: str | None = None,
    ) -> None:
        self._ranked: dict[object, pd.DataFrame] = {}
        self.trend = pd.DataFrame()
        named = Names(study.actors)
        self.find = widgets.Text(placeholder="find an actor", description="find")
        offered = self._offered(study, level)
        chosen = tuple(named.find(one) for one in actors) if actors else offered["actor_id"][:3]
        self.actors = widgets.SelectMultiple(
            options=_options(offered, chosen, named), value=tuple(chosen), rows=7,
            description="actors",
        )  # fmt: skip
        self.level = level_control(terms.LEVELS, level)
        self.period = widgets.Dropdown(options=PERIODS, value=period, description="per")
        outlets = sorted(study.articles["outlet"].dropna().unique())
        self.outlet = widgets.Dropdown(
            options=[("all", ""), *((one, one) for one in outlets)], value=_one_of(outlets, outlet),
            description="outlet",
        )  # fmt: skip
        self.copies = copies_control()
        self.find.observe(lambda _: self._narrow(), "value")
        self.level.observe(lambda _: self._narrow(), "value")
        finder(study)  # now, so that the first click does not wait for it
        super().__init__(study, self.actors, self.level, self.period, self.outlet, self.copies)
        self.children: tuple[widgets.Widget, ...] = (self.find, *self.children)

    def settings(self) -> dict:
        return {
            "actors": list(self.actors.value), "level": self.level.value,
            "period": self.period.value, "outlet": self.outlet.value or None,
            "copies": self.copies.value,
        }  # fmt: skip

    def draw(self) -> str:
        ids = list(self.actors.value)
        if not ids:
            self.trend = pd.DataFrame()
            return "<p class='quiet'>Choose one or more actors from the list.</p>"
        mentions, articles = self._rows(ids)
        period = self.period.value
        found = measure.mention_share(
            mentions, articles, self.study.actors, by=[period], level=self.level.value,
            copies=self.copies.value,
        )  # fmt: skip
        self.trend = found[found["actor_id"].isin(ids)].reset_index(drop=True)
        if self.trend.empty:
            return "<p class='quiet'>Nobody of these is named in a dated article here.</p>"
        return _trend(self.trend, period) + self._company(ids)

    def choose(self, key: str) -> None:
        row = self.trend.iloc[[int(key)]]
        behind = sentences_behind(self.study, row, n=SENTENCES)
        one = row.iloc[0]
        period = self.period.value
        head = f"{one['name']}, {period} of {one[period]:%Y-%m-%d}: {_figure(one)}"
        self.behind.content = markup.sentences(behind, head=head)

    def to_frame(self) -> pd.DataFrame:
        return self.trend.copy()

    def company(self) -> pd.DataFrame:
        """Who is named in one sentence with the chosen, by NPMI (`measure.co_mentions`)."""
        ids = set(self.actors.value)
        found = self._company_of_all()
        return found[found["actor_a"].isin(ids) | found["actor_b"].isin(ids)].head(10)

    def _company_of_all(self) -> pd.DataFrame:
        key = ("company", self.level.value, self.outlet.value, self.copies.value)
        if key not in self._ranked:
            _, articles = self._rows([])
            self._ranked[key] = measure.co_mentions(
                self.study.mentions, articles, self.study.actors, level=self.level.value,
                copies=self.copies.value, least=2, resamples=200,
            )  # fmt: skip
        return self._ranked[key]

    def _company(self, ids: list[str]) -> str:
        titles = {"name_a": "actor", "name_b": "named with", "n": "sentences", "estimate": "NPMI",
                  "low": "low", "high": "high"}  # fmt: skip
        found = self.company()
        if found.empty:
            return "<p class='quiet'>Too few sentences name them together with others.</p>"
        return "<h4>In whose company</h4>" + markup.table(found, titles)

    def _rows(self, ids: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        articles, mentions = self.study.articles, self.study.mentions
        if self.outlet.value:
            articles = articles[articles["outlet"] == self.outlet.value]
        if self.level.value == "actor":  # nobody else's mentions are needed for a share of words
            mentions = mentions[mentions["actor_id"].isin(ids)]
        return mentions, articles

    def _offered(self, study: Study, level: str) -> pd.DataFrame:
        if level not in self._ranked:
            self._ranked[level] = measure.actor_counts(
                study.mentions, study.articles, study.actors, level=level, top=OFFERED
            )
        return self._ranked[level]

    def _narrow(self) -> None:
        """Offer those whose name holds what was typed; whoever is chosen stays chosen."""
        level = self.level.value
        offered = self._offered(self.study, level)
        named = Names(self.study.actors)
        kept = tuple(one for one in self.actors.value if one in set(offered["actor_id"]))
        kept = kept or tuple(offered["actor_id"][:3])
        asked = self.find.value.strip().casefold()
        fit = offered[offered["name"].str.casefold().str.contains(asked, regex=False)]
        self.actors.options = _options(fit, kept, named)
        self.actors.value = kept


def _one_of(outlets: Sequence[str], asked: str | None) -> str:
    if asked and asked not in outlets:
        near = process.extractOne(asked, outlets)
        hint = f": the nearest is {near[0]!r}" if near else ""
        raise ParleyError(f"no article of the outlet {asked!r} in this study{hint}")
    return asked or ""


def _options(offered: pd.DataFrame, chosen: Sequence[str], named: Names) -> list[tuple[str, str]]:
    rows = [(f"{r.called} ({r.mentions:,})", r.actor_id)
            for r in offered.rename(columns={"name": "called"}).itertuples()]  # fmt: skip
    there = {one for _, one in rows}
    return [*((named.name(one), one) for one in chosen if one not in there), *rows]


def _figure(row: pd.Series) -> str:
    few = "" if row["enough"] else ", too few stories to say"
    bounds = f" ({row['low']:.1f}–{row['high']:.1f})" if pd.notna(row["low"]) else ""
    return f"{row['estimate']:.1f} mentions per 1,000 words{bounds}, n {row['n']}{few}"


def _trend(rows: pd.DataFrame, period: str) -> str:
    """The trend as a drawing whose points can be clicked, or reached with the tab key."""
    when = pd.Series(pd.to_datetime(rows[period]))
    days = (when - when.min()).dt.days.to_numpy(float)
    across = days / days.max() if days.max() else np.full(len(days), 0.5)
    x = _LEFT + (_WIDTH - _LEFT - 20) * across
    top = _rounded_up(float(rows[["estimate", "high"]].max().max()) or 1.0)
    y = {side: _FLOOR - rows[side].to_numpy(float) * (_FLOOR - _TOP) / top
         for side in ("estimate", "low", "high")}  # fmt: skip
    colours = dict(zip(rows["actor_id"].unique(), itertools.cycle(markup.COLOURS), strict=False))
    lines = "".join(
        _line(rows, np.flatnonzero((rows["actor_id"] == actor).to_numpy()), x, y, colour, period)
        for actor, colour in colours.items()
    )
    names = dict(zip(rows["actor_id"], rows["name"], strict=True))
    return (
        markup.legend({names[actor]: colour for actor, colour in colours.items()})
        + f"<svg viewBox='0 0 {_WIDTH} {_HEIGHT}' role='group' aria-label='Mentions per 1,000"
        f" words, by {period}; each point opens its sentences'>{_axes(x, when, top)}{lines}</svg>"
        "<p class='quiet'>Mentions per 1,000 words with 95 % intervals; hollow points rest on too"
        " few stories to say. Choose a point to read the sentences.</p>"
    )


def _rounded_up(value: float) -> float:
    """The next number whose half reads well, too.

    >>> _rounded_up(48.7), _rounded_up(0.3), _rounded_up(2.0)
    (60.0, 0.4, 2.0)
    """
    size = 10.0 ** np.floor(np.log10(value))
    return next(float(step * size) for step in (1, 2, 4, 6, 8, 10) if step * size >= value)


def _axes(x: np.ndarray, when: pd.Series, top: float) -> str:
    made = []
    for part in (0, 0.5, 1):
        y = _FLOOR - part * (_FLOOR - _TOP)
        made.append(
            f"<line class='grid' x1='{_LEFT}' x2='{_WIDTH - 10}' y1='{y:.1f}' y2='{y:.1f}'/>"
            f"<text x='{_LEFT - 6}' text-anchor='end' y='{y + 4:.1f}'>{part * top:.3g}</text>"
        )
    marks = pd.Series(x, index=when.to_numpy()).groupby(level=0).first()
    for day, place in list(marks.items())[:: max(1, len(marks) // 8)]:
        made.append(
            f"<text x='{place:.1f}' y='{_HEIGHT - 12}' text-anchor='middle'>{day:%d %b}</text>"
        )
    return "".join(made)


def _line(
    rows: pd.DataFrame, at: np.ndarray, x: np.ndarray, y: dict, colour: str, period: str
) -> str:
    at = at[np.argsort(x[at])]
    path = " ".join(f"{x[i]:.1f},{y['estimate'][i]:.1f}" for i in at)
    made = [f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='1.5'/>"]
    for i in at:
        row, place = rows.iloc[i], f"{x[i]:.1f}"
        say = markup.text(f"{row['name']}, {row[period]:%Y-%m-%d}: {_figure(row)}")
        if np.isfinite(y["low"][i]) and np.isfinite(y["high"][i]):
            made.append(
                f"<line x1='{place}' x2='{place}' y1='{y['low'][i]:.1f}' y2='{y['high'][i]:.1f}'"
                f" stroke='{colour}' stroke-opacity='0.45' stroke-width='2'/>"
            )
        look = f"fill:{colour}" if row["enough"] else f"fill:var(--ground);stroke:{colour}"
        made.append(
            f"<circle cx='{place}' cy='{y['estimate'][i]:.1f}' r='6' style='{look}' role='button'"
            f" tabindex='0' data-key='{i}' aria-label='{say}'><title>{say}</title></circle>"
        )
    return "".join(made)


def actors(study: Study, actors: Sequence[str] | None = None, **options: object) -> ActorExplorer:
    """Look at actors over time: ``explore.actors(study, ["nato", "Russia"], period="week")``.

    ``actors`` are ids or names (the three named most often where none is given); ``level``,
    ``period`` (day, week, month) and ``outlet`` begin where they are told to. A point opens its
    sentences. Raises ParleyError for an unknown actor or outlet, with the nearest name.
    """
    return ActorExplorer(study, actors, **options)  # type: ignore[arg-type]

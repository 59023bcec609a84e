"""An article as a person reads it: who is named, who speaks, who stands where, and why."""

import ipywidgets as widgets
import pandas as pd

from parley.corpus import Study
from parley.errors import ParleyError
from parley.explore import markup
from parley.explore.coding import issues
from parley.explore.evidence import Names
from parley.explore.explorer import Explorer
from parley.explore.markup import Span
from parley.report.values import date

SHOWN = ("mentions", "quotations", "positions", "sentiment")


class ArticleReader(Explorer):
    """One article at a time, of those that the filters let through; each span answers "why"."""

    name = "reader"
    report, reported = "first-look", ()

    def __init__(
        self, study: Study, *, actor: str = "", outlet: str = "", search: str = "", at: int = 0
    ) -> None:
        self.names = Names(study.actors, study.stances, issues())
        self._told = study.stances[study.stances["stance"] != "none"]
        self.spans = pd.DataFrame()
        outlets = sorted(study.articles["outlet"].dropna().unique())
        self.outlet = widgets.Dropdown(
            options=[("all", ""), *((one, one) for one in outlets)], value=outlet,
            description="outlet",
        )  # fmt: skip
        self.actor = widgets.Text(
            value=actor, description="names", placeholder="an actor", continuous_update=False
        )
        self.search = widgets.Text(
            value=search, description="says", placeholder="words", continuous_update=False
        )
        self.show = widgets.SelectMultiple(
            options=SHOWN, value=SHOWN[:2], rows=4, description="show"
        )
        self.at = widgets.BoundedIntText(
            value=at, min=0, max=len(study.articles), description="no."
        )
        step = [widgets.Button(description=one) for one in ("Previous", "Next")]
        step[0].on_click(lambda _: self._step(-1))
        step[1].on_click(lambda _: self._step(1))
        super().__init__(study, self.outlet, self.actor, self.search, self.show, self.at)
        self.children: tuple[widgets.Widget, ...] = (
            self.children[0],
            widgets.HBox(step),
            *self.children[1:],
        )

    def settings(self) -> dict:
        return {
            "outlet": self.outlet.value, "actor": self.actor.value, "search": self.search.value,
            "at": self.at.value,
        }  # fmt: skip

    def found(self) -> pd.DataFrame:
        """The articles that the filters let through. Raises ParleyError for an unknown actor."""
        rows = self.study.articles
        if self.outlet.value:
            rows = rows[rows["outlet"] == self.outlet.value]
        if self.actor.value.strip():
            actor = self.names.find(self.actor.value.strip())
            mentions = self.study.mentions
            naming = mentions.loc[mentions["actor_id"] == actor, "article_id"]
            rows = rows[rows["article_id"].isin(naming)]
        if self.search.value.strip():
            rows = rows[
                rows["text"].str.contains(self.search.value.strip(), case=False, regex=False)
            ]
        return rows.reset_index(drop=True)

    def draw(self) -> str:
        self.spans = pd.DataFrame()
        try:
            rows = self.found()
        except ParleyError as problem:
            return f"<p class='quiet'>{markup.text(problem)}</p>"
        if rows.empty:
            return "<p class='quiet'>No article passes these filters.</p>"
        at = min(self.at.value, len(rows) - 1)
        article = rows.iloc[at]
        self.spans = self._spans(article["article_id"])
        day = date(article["published"]) or "undated"
        where = f"{markup.text(article['outlet'])} · {day} · {at + 1} of {len(rows)}"
        words = markup.spanned(article["text"], self._marks())
        body = f"<div class='article' lang='en'>{words}</div>"
        return f"<p class='quiet'>{where}</p>{self._legend()}{body}"

    def choose(self, key: str) -> None:
        row = self.spans.iloc[int(key)]
        self.behind.content = (
            f"<h4>{markup.text(row['label'])}</h4><p>{markup.text(row['why'])}</p>"
            "<p class='quiet'>A name resolved wrongly? `parley actors explain` says how it was"
            " read, `parley actors add` corrects the registry of this corpus.</p>"
        )

    def to_frame(self) -> pd.DataFrame:
        return self.spans.copy()

    def _step(self, by: int) -> None:
        self.at.value = max(0, min(self.at.value + by, len(self.found()) - 1))

    def _spans(self, article_id: str) -> pd.DataFrame:
        """What was found in the article: kind, start, end, actor_id, sentiment, label and why."""
        study = self.study
        kinds = (
            ("mentions", study.mentions, "actor_id", self._mention),
            ("quotations", study.quotes, "actor_id", self._quote),
            ("positions", self._told, "holder_id", self._stance),
        )
        rows = [
            (kind, r["start"], r["end"], r[actor], _tone(r), *explain(r))
            for kind, table, actor, explain in kinds
            for r in table[table["article_id"] == article_id].to_dict("records")
        ]
        columns = ["kind", "start", "end", "actor_id", "sentiment", "label", "why"]
        return pd.DataFrame(rows, columns=columns)

    def _called(self, actor_id: object) -> str:
        return self.names.name(str(actor_id)) if pd.notna(actor_id) else "nobody in the registry"

    def _mention(self, m: dict) -> tuple[str, str]:
        why = f"{m['kind']}, read as a {m['form']}, probability {m['probability']:.2f}"
        why += f"; voice: {m['voice']}"
        if pd.notna(m["negative"]):
            why += (f"; the sentence treats it: negative {m['negative']:.2f}, neutral "
                    f"{m['neutral']:.2f}, positive {m['positive']:.2f}")  # fmt: skip
        return f"{m['surface']}: {self._called(m['actor_id'])}", why

    def _quote(self, q: dict) -> tuple[str, str]:
        cue = q["cue_class"] if pd.notna(q["cue_class"]) else "no"
        source = q["source_class"] if pd.notna(q["source_class"]) else "unknown"
        return (
            f"Quotation {q['quote']}: {self._called(q['actor_id'])}",
            f"{q['kind']} speech, {cue} cue, class of source: {source},"
            f" probability {q['probability']:.2f}",
        )

    def _stance(self, s: dict) -> tuple[str, str]:
        label = f"{self._called(s['holder_id'])} {s['stance']} {self._called(s['target_id'])}"
        return (
            label,
            f"decided by {s['how']}, probability {s['probability']:.2f}; voice: {s['voice']}",
        )

    def _colours(self) -> dict[str, str]:
        rows = self.spans
        ids = rows.loc[rows["kind"] == "mentions", "actor_id"].dropna() if len(rows) else ()
        order = pd.Series(ids, dtype=object).value_counts().index
        return {one: markup.COLOURS[n % len(markup.COLOURS)] for n, one in enumerate(order)}

    def _legend(self) -> str:
        named = list(self._colours().items())[: len(markup.COLOURS)]
        return markup.legend({self._called(one): colour for one, colour in named})

    def _marks(self) -> list[Span]:
        shown, colours = set(self.show.value), self._colours()
        classes = {"mentions": "mention", "quotations": "quote", "positions": "position"}
        marks = []
        for number, row in enumerate(self.spans.to_dict("records")):
            if row["kind"] not in shown:
                continue
            style, kind = "", classes[row["kind"]]
            if row["kind"] == "mentions" and pd.isna(row["actor_id"]):
                kind += " unresolved"
            elif row["kind"] == "mentions":
                style = f"border-color:{colours[row['actor_id']]}"
            if "sentiment" in shown and row["sentiment"] in ("negative", "positive"):
                kind += f" {row['sentiment']}"
            span = (int(row["start"]), int(row["end"]))
            marks.append(Span(*span, kind, str(number), style, row["label"]))
        return marks


def _tone(mention: dict) -> str | None:
    shares = {name: mention.get(name) for name in ("negative", "neutral", "positive")}
    if any(pd.isna(value) for value in shares.values()):
        return None
    return max(shares, key=lambda name: float(shares[name]))  # type: ignore[arg-type]


def reader(study: Study, **options: object) -> ArticleReader:
    """Read articles with what was found in them: ``explore.reader(study, actor="nato")``.

    ``outlet``, ``actor`` (an id or a name) and ``search`` choose the articles, ``at`` the one to
    begin with. Whatever is marked says why when it is clicked.
    """
    return ArticleReader(study, **options)  # type: ignore[arg-type]

"""Words in their company: concordance, dispersion and keyness of a word or of an actor."""

import ipywidgets as widgets
import pandas as pd

from parley import measure
from parley.corpus import Study
from parley.errors import ParleyError
from parley.explore import markup
from parley.explore.evidence import Names
from parley.explore.explorer import Explorer
from parley.explore.ledger import finder, sentences_behind

LINES = 200
WIDTH = 48  # characters on each side
_SORTS = ("right", "left", "date", "outlet")


class WordExplorer(Explorer):
    """A word, or ``@`` and an actor: its lines, how evenly it is spread, what stands with it."""

    name = "words"
    report, reported = "weekly-briefing", ()

    def __init__(self, study: Study, word: str = "", *, sort: str = "right") -> None:
        self.lines = pd.DataFrame()
        self.word = widgets.Text(
            value=word, description="word", placeholder="a word, or @nato", continuous_update=False
        )
        self.sort = widgets.Dropdown(options=_SORTS, value=sort, description="sort by")
        finder(study)  # now, so that the first click does not wait for it
        super().__init__(study, self.word, self.sort)

    def settings(self) -> dict:
        return {"word": self.word.value, "sort": self.sort.value}

    def draw(self) -> str:
        word = self.word.value.strip()
        self.lines = pd.DataFrame()
        if not word:
            return (
                "<p class='quiet'>Type a word and press Enter; @nato finds an actor's mentions.</p>"
            )
        try:
            every = self._lines(word)
        except ParleyError as problem:
            return f"<p class='quiet'>{markup.text(problem)}</p>"
        self.lines = every.head(LINES)
        if every.empty:
            return f"<p class='quiet'>{markup.text(word)} does not occur in these articles.</p>"
        return f"<h4>{len(every):,} lines{self._cut(every)}</h4>{_concordance(self.lines)}" + (
            self._spread(every) + self._keywords(every)
        )

    def choose(self, key: str) -> None:
        row = self.lines.iloc[[int(key)]].assign(name=self.word.value)
        row = row.assign(evidence=[_key(one) for one in row["evidence"]])
        behind = sentences_behind(self.study, row, n=1)
        self.behind.content = markup.sentences(behind, head="In its sentence")

    def to_frame(self) -> pd.DataFrame:
        return self.lines.copy()

    def _lines(self, word: str) -> pd.DataFrame:
        study, sort = self.study, self.sort.value
        if not word.startswith("@"):
            return measure.kwic(study.articles, word, sort=sort, width=WIDTH)
        actor = Names(study.actors).find(word[1:].strip())
        spans = study.mentions[study.mentions["actor_id"] == actor]
        return measure.kwic(study.articles, spans=spans, sort=sort, width=WIDTH)

    def _cut(self, every: pd.DataFrame) -> str:
        return f", the first {LINES}" if len(every) > LINES else ""

    def _spread(self, every: pd.DataFrame) -> str:
        """How evenly the lines are spread over outlets: `measure.dispersion` of one 'actor'."""
        rows = every[["article_id", "start"]].assign(actor_id="word", sentence=0)
        one = pd.DataFrame({"actor_id": ["word"], "name": [self.word.value], "kind": ["word"],
                            "state": [None], "blocs": [None]})  # fmt: skip
        found = measure.dispersion(rows, self.study.articles, one, over="outlet", resamples=200)
        if found.empty or found["estimate"].isna().all():
            return ""
        row = found.iloc[0]
        return (
            f"<h4>How evenly</h4><p>DPnorm {row['estimate']:.2f} ({row['low']:.2f}–"
            f"{row['high']:.2f}): 0 is as even as the outlets are large, 1 is all in one."
            f" In {row['range']} of {row['parts']} outlets, {row['articles']} articles,"
            f" {row['stories']} stories.</p>"
        )

    def _keywords(self, every: pd.DataFrame) -> str:
        """What the articles with the word say more often than the others."""
        articles = self.study.articles
        within = articles["article_id"].isin(every["article_id"])
        if within.all() or within.sum() < 2:
            return ""
        found = measure.keyness(
            articles[within], articles[~within], stop=[self.word.value.lower()], top=12,
            resamples=200,
        )  # fmt: skip
        if found.empty:
            return ""
        titles = {"word": "word", "estimate": "log ratio", "low": "low", "high": "high", "n": "n"}
        titles = {column: title for column, title in titles.items() if column in found}
        return "<h4>What its articles say more often than the others</h4>" + markup.table(
            found, titles
        )


def _key(evidence: object) -> tuple[str, ...]:
    return evidence if isinstance(evidence, tuple) else (str(evidence),)


def _concordance(lines: pd.DataFrame) -> str:
    rows = "".join(
        f"<tr><td class='pre'>{markup.text(r['pre'])}</td><td><span role='button' tabindex='0'"
        f" data-key='{number}'><b>{markup.text(r['keyword'])}</b></span></td>"
        f"<td class='post'>{markup.text(r['post'])}</td><td>{markup.text(r['outlet'])}</td></tr>"
        for number, r in enumerate(lines.to_dict("records"))
    )
    return (
        "<div class='scroll' style='max-height:24em;overflow-y:auto'><table>"
        "<thead><tr><th scope='col'>before</th><th scope='col'>word</th><th scope='col'>after</th>"
        f"<th scope='col'>outlet</th></tr></thead><tbody>{rows}</tbody></table></div>"
    )


def words(study: Study, word: str = "", **options: object) -> WordExplorer:
    """Look at a word in its sentences: ``explore.words(study, "sanctions", sort="left")``.

    ``@`` and an actor's id or name finds its mentions, however they are written.
    """
    return WordExplorer(study, word, **options)  # type: ignore[arg-type]

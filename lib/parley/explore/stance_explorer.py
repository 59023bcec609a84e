"""Who stands where: the matrix of holders and targets, its evidence, and one's own verdicts."""

from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from parley import measure, terms
from parley.corpus import Study
from parley.explore import markup
from parley.explore.answers import amount, between
from parley.explore.coding import issues
from parley.explore.evidence import evidence_of
from parley.explore.explorer import Explorer, copies_control, level_control
from parley.explore.verdicts import Verdicts

LEVELS = ("actor", "state")  # those at which the ledger lists sentences
SENTENCES = 25
_VOICES = (("all", ""), ("the outlets' own", "outlet"), ("quoted", "quoted"))


class StanceExplorer(Explorer):
    """A cell opens its sentences; a sentence that was read wrongly is said to be so, in place."""

    name = "stances"
    report, reported = "weekly-briefing", ("level",)

    def __init__(
        self,
        study: Study,
        *,
        level: str = "state",
        size: int = 10,
        coder: str = "me",
        folder: str | Path = "coding",
    ) -> None:
        self.verdicts = Verdicts(study, folder, coder=coder)
        self.issues, self.matrix = issues(), pd.DataFrame()
        self.cell, self.behind_cell = ("", ""), pd.DataFrame()
        self.level = level_control(LEVELS, level)
        self.voice = widgets.Dropdown(options=_VOICES, value="", description="voice")
        self.size = widgets.BoundedIntText(value=size, min=2, max=40, description="largest")
        self.copies = copies_control()
        super().__init__(study, self.level, self.voice, self.size, self.copies)

    def settings(self) -> dict:
        return {
            "level": self.level.value, "voice": self.voice.value or None,
            "largest": self.size.value, "copies": self.copies.value,
        }  # fmt: skip

    def draw(self) -> str:
        study = self.study
        sided = study.stances[study.stances["stance"] != "none"]  # as notebook 05 counts
        found = measure.stance_matrix(
            sided, study.articles, study.actors, level=self.level.value,
            voice=self.voice.value or None, copies=self.copies.value, issues=self.issues,
            resamples=300,
        )  # fmt: skip
        if found.empty:
            self.matrix = found
            return "<p class='quiet'>Nobody takes a position on anything here.</p>"
        size = self.size.value
        told = (found["favor"] + found["against"]).rename("told")
        tops = {side: told.groupby(found[f"{side}_id"]).sum().nlargest(size).index
                for side in ("holder", "target")}  # fmt: skip
        kept = found["holder_id"].isin(tops["holder"]) & found["target_id"].isin(tops["target"])
        self.matrix = found[kept].reset_index(drop=True)
        return _matrix(self.matrix, *tops.values())

    def choose(self, key: str) -> None:
        row = self.matrix.iloc[int(key)]
        self.cell = (row["holder_id"], row["target_id"])
        found = evidence_of(
            self.study, holder=row["holder_id"], target=row["target_id"], level=self.level.value,
            issues=self.issues,
        )  # fmt: skip
        if self.voice.value:
            quoted = found["voice"] != terms.OUTLET_VOICE
            found = found[quoted if self.voice.value == "quoted" else ~quoted]
        self.behind_cell = found.head(SENTENCES).reset_index(drop=True)
        self._head = f"{row['holder']} on {row['target']}: {_figure(row)}; {len(found)} sentences"
        self._show()

    def answer(self, key: str) -> None:
        number, _, code = key.partition(":")
        self.verdicts.toggle(self.behind_cell.iloc[int(number)], code)
        self._show()

    def to_frame(self) -> pd.DataFrame:
        return self.matrix.copy()

    def _show(self) -> None:
        more = [self._verdict(n, row) for n, (_, row) in enumerate(self.behind_cell.iterrows())]
        said = f"<p class='quiet'>{markup.text(self.verdicts.say())}</p>"
        self.behind.content = markup.sentences(self.behind_cell, head=self._head, more=more) + said

    def _verdict(self, number: int, row: pd.Series) -> str:
        """What was annotated, how it was decided, and buttons to say otherwise."""
        read = f"{row['holder']} → {row['target']}: {row['label']} {row['probability']:.2f}"
        given = self.verdicts.given(row)
        buttons = "".join(
            f"<button type='button' data-key='{number}:{code}'"
            f" aria-pressed='{'true' if code == given else 'false'}'>{code}</button>"
            for code in terms.STANCES
        )
        return (
            f"<p class='where'>{markup.text(read)}, {markup.text(row['how'])}</p>"
            f"<p class='verdict'>I would say: {buttons}</p>"
        )


def _figure(row: pd.Series) -> str:
    few = "" if row["enough"] else ", too few stories to say"
    known = pd.notna(row["low"])
    figure = between(row, signed=True) if known else amount(row["estimate"], signed=True)
    return f"{figure}, n {row['n']}{few}"


def _matrix(rows: pd.DataFrame, holders: pd.Index, targets: pd.Index) -> str:
    names = dict(zip(rows["holder_id"], rows["holder"], strict=True))
    names |= dict(zip(rows["target_id"], rows["target"], strict=True))
    at = {(r.holder_id, r.target_id): r.Index for r in rows.itertuples()}
    targets = [t for t in targets if any((h, t) in at for h in holders)]
    head = "".join(f"<th scope='col'>{markup.text(names[t])}</th>" for t in targets)
    body = "".join(
        f"<tr><th scope='row'>{markup.text(names[h])}</th>"
        + "".join(_cell(rows, at.get((h, t))) for t in targets)
        + "</tr>"
        for h in holders
        if any((h, t) in at for t in targets)
    )
    return (
        "<p class='quiet'>Rows hold a position on columns: +1 always for, −1 always against, of the"
        " sentences that take a side. Italics: too few stories to say. Choose a cell to read.</p>"
        f"<div class='scroll'><table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody>"
        "</table></div>"
    )


def _cell(rows: pd.DataFrame, number: int | None) -> str:
    if number is None:
        return "<td class='cell'></td>"
    row = rows.iloc[number]
    side = "favor" if row["estimate"] > 0 else "against"
    written = amount(row["estimate"], signed=True)
    sided = row["enough"] and written[0] in "+−"  # what rounds to nothing has no side
    shade = min(0.75, 0.1 + 0.65 * abs(row["estimate"])) if sided else 0.0
    say = f"{row['holder']} on {row['target']}: {_figure(row)}"
    return (
        f"<td class='cell' style='background:rgba(var(--{side}),{shade:.2f})'>"
        f"<button type='button' class='{'' if row['enough'] else 'few'}' data-key='{number}'"
        f" title='{markup.text(say)}' aria-label='{markup.text(say)}'>{written}"
        f"<br><small>n {row['n']}</small></button></td>"
    )


def stances(study: Study, **options: object) -> StanceExplorer:
    """Look at who stands where: ``explore.stances(study, level="actor", coder="ana")``.

    A cell opens its sentences. What you would say of one goes at once into
    ``FOLDER/found/CODER.csv`` (``folder="coding"``), which notebook 08 reads.
    """
    return StanceExplorer(study, **options)  # type: ignore[arg-type]

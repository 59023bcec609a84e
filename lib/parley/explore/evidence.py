"""The ledger: the sentences behind any cell of who stands where, or of who acts on whom."""

from collections.abc import Iterable

import pandas as pd
from rapidfuzz import fuzz, process

from parley import terms
from parley.corpus import Study
from parley.errors import ParleyError

COLUMNS = [
    "evidence",
    "outlet",
    "published",
    "title",
    "url",
    "text",
    "holder_id",
    "holder",
    "target_id",
    "target",
    "label",
    "probability",
    "how",
    "voice",
    "mark_start",
    "mark_end",
    "cue_start",
    "cue_end",
    "article_id",
    "annotator",
]
_OF = {"stances": ("holder_id", "stance"), "events": ("source_id", "event")}
_LEVELS = ("actor", "state")


def evidence_of(
    study: Study,
    *,
    holder: str | None = None,
    target: str | None = None,
    actor: str | None = None,
    stance: str | None = None,
    event: str | None = None,
    level: str = "actor",
    least: float = 0.0,
    issues: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List the sentences in which a holder takes a position on a target, the surest first.

    ``holder``, ``target`` and ``actor`` (either of the two) are ids or names; at ``level="state"``
    everybody of a state counts as that state. ``holder="outlet"`` is what the outlet says in its
    own voice. ``stance`` is favor, against or none (by default
    favor and against). With ``event`` (a PLOVER root code, or "any") the ledger is one of who acts
    on whom. ``least`` is the least probability; ``issues`` (issue_id, name) names the issues.

    Gives evidence ("ARTICLE_ID:START"), outlet, published, title, url, text (the sentence),
    holder_id, holder, target_id, target, label (the stance or the event), probability, how it was
    decided, voice, mark_start and mark_end (the target, within text), cue_start and cue_end (the
    words that decided, null where the model did), article_id, annotator. Raises ParleyError for an
    actor or issue that nobody knows, with the nearest names; for a stance or event that there is
    not; and where articles were annotated by different versions.
    """
    _check_version(study)
    kind = "events" if event else "stances"
    rows, column = _rows(study, kind), _OF[kind][1]
    rows = rows[_labels(rows[column], stance, event) & (rows["probability"] >= least)]
    known = Names(study.actors, rows, issues)
    rows = _about(rows, known, holder=holder, target=target, actor=actor, level=level)
    found = _with_text(rows.rename(columns={column: "label"}), study)
    found = found.assign(
        holder=found["holder_id"].map(known.name), target=found["target_id"].map(known.name)
    )
    found = found.sort_values(["probability", "article_id", "start"], ascending=[False, True, True])
    return found.reset_index(drop=True).reindex(columns=COLUMNS)


def _check_version(study: Study) -> None:
    if study.annotated["annotator"].nunique() > 1:
        raise ParleyError(study.missing)


def _rows(study: Study, kind: str) -> pd.DataFrame:
    table: pd.DataFrame = getattr(study, kind)
    return table.rename(columns={_OF[kind][0]: "holder_id"})


def _labels(column: pd.Series, stance: str | None, event: str | None) -> pd.Series:
    """Which rows have the label that was asked for."""
    if event:
        codes = tuple(terms.EVENTS)
        if event != "any" and event not in codes:
            raise ParleyError(f"no event {event!r}: choose one of any, {', '.join(codes)}")
        return column.notna() if event == "any" else column == event
    if stance and stance not in terms.STANCES:
        raise ParleyError(f"no stance {stance!r}: choose one of {', '.join(terms.STANCES)}")
    return column == stance if stance else column != "none"


class Names:
    """Actors and issues by id and by name."""

    def __init__(
        self,
        actors: pd.DataFrame,
        rows: pd.DataFrame | None = None,
        issues: pd.DataFrame | None = None,
    ) -> None:
        self.names = dict(zip(actors["actor_id"], actors["name"], strict=True))
        self.names[terms.OUTLET_VOICE] = "the outlet itself"
        if issues is not None:
            self.names |= dict(zip(issues["issue_id"], issues["name"], strict=True))
        if rows is not None and "target_kind" in rows:
            topics = rows.loc[rows["target_kind"] == "issue", "target_id"].unique()
            self.names |= {t: t.replace("-", " ") for t in topics if t not in self.names}
        self.ids = {name.casefold(): name_id for name_id, name in self.names.items()}
        self.states = actors.set_index("actor_id")["state"].fillna("").to_dict()

    def name(self, name_id: str) -> str:
        return self.names.get(name_id, name_id)

    def find(self, asked: str) -> str:
        """The id of an actor or issue; ParleyError with the nearest names where there is none."""
        if asked in self.names:
            return asked
        if asked.casefold() in self.ids:
            return self.ids[asked.casefold()]
        near = process.extract(
            asked.casefold(), [*self.names, *self.ids], limit=8, scorer=fuzz.WRatio
        )
        offered = list(dict.fromkeys(n if n in self.names else self.ids[n] for n, *_ in near))[:4]
        raise ParleyError(f"nobody here knows {asked!r}: did you mean {', '.join(offered)}?")

    def members(self, asked: str, level: str) -> set[str]:
        """The ids that count as the one asked for at a level."""
        found = self.find(asked)
        if level == "state":
            return {found, *(one for one, state in self.states.items() if state == found)}
        return {found}


def _about(
    rows: pd.DataFrame,
    known: Names,
    *,
    holder: str | None,
    target: str | None,
    actor: str | None,
    level: str,
) -> pd.DataFrame:
    if level not in _LEVELS:
        raise ParleyError(f"no level {level!r} in the ledger: choose one of {', '.join(_LEVELS)}")
    if holder:
        rows = rows[rows["holder_id"].isin(known.members(holder, level))]
    if target:
        rows = rows[rows["target_id"].isin(known.members(target, level))]
    if actor:
        ids = known.members(actor, level)
        rows = rows[rows["holder_id"].isin(ids) | rows["target_id"].isin(ids)]
    return rows


def _with_text(rows: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Join each row with its sentence, its article and who annotated it."""
    here = rows["article_id"].unique()  # first, or a cell of five would be joined with everything
    spans = study.sentences.loc[
        study.sentences["article_id"].isin(here), ["article_id", "sentence", "start", "end"]
    ]
    spans = spans.rename(columns={"start": "low", "end": "high"})
    about = study.articles[["article_id", "outlet", "published", "title", "url", "text"]]
    found = rows.merge(spans, on=["article_id", "sentence"], how="left").merge(
        about, on="article_id"
    )
    found = found.merge(study.annotated[["article_id", "annotator"]], on="article_id", how="left")
    return found.assign(
        evidence=found["article_id"] + ":" + found["start"].astype(str),
        text=_cut(found["text"], found["low"], found["high"]),
        **{f"mark_{side}": found[side] - found["low"] for side in ("start", "end")},
        **{
            side: found[side] - found["low"] if side in found else pd.NA
            for side in ("cue_start", "cue_end")
        },
    )


def _cut(texts: Iterable[str], starts: Iterable[int], ends: Iterable[int]) -> list[str]:
    return [text[start:end] for text, start, end in zip(texts, starts, ends, strict=True)]

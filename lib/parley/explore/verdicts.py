"""What a reader says of sentences on the way: a coding sheet that grows by clicks.

Sentences met while looking are no random sample: they say which constructions go wrong, and
nothing of how often. So they have a folder of their own, ``found``, apart from a sample that was
drawn (`parley sample-for-coding`), and each has the inclusion 1.
"""

import os
from pathlib import Path

import pandas as pd

from parley import terms
from parley.corpus import Study
from parley.errors import ParleyError

_SHEET = ["unit", "task", "text", "holder", "target", "code", "note"]
_KEY = ["unit", "article_id", "start", "end", "holder_id", "target_id", "story_id", "outlet",
        "stratum", "inclusion", "predicted", "probability", "evidence"]  # fmt: skip


class Verdicts:
    """The sheet and the key of one coder, on disk after every verdict."""

    def __init__(self, study: Study, folder: str | Path, *, coder: str = "me") -> None:
        if not coder or not all(c.isalnum() or c in "-_ " for c in coder):
            raise ParleyError(
                f"coder {coder!r}: a name of letters, digits, - and _ names the sheet"
            )
        self.study, self.folder = study, Path(folder) / "found"
        self.sheet_file = self.folder / f"{coder}.csv"
        self.key_file = self.folder / "found-key.csv"
        self.sheet = _read(self.sheet_file, _SHEET)
        self.key = _read(self.key_file, _KEY)

    def given(self, row: pd.Series) -> str | None:
        """What was said of a row of the ledger, None where nothing was."""
        found = self.sheet.loc[self.sheet["unit"] == _unit(row), "code"]
        return found.iloc[0] if len(found) else None

    def toggle(self, row: pd.Series, code: str) -> None:
        """Say that a row of the ledger is ``code``; saying the same again takes it back."""
        if code not in terms.STANCES:
            raise ParleyError(f"no stance {code!r}: choose one of {', '.join(terms.STANCES)}")
        unit, before = _unit(row), self.given(row)
        self.sheet = self.sheet[self.sheet["unit"] != unit]
        if code != before:
            made = pd.DataFrame([_sheet_row(unit, row, code)], columns=_SHEET)
            self.sheet = pd.concat([self.sheet, made.astype(str)], ignore_index=True)
        # Another coder may have met the same sentence, or more since this sheet was opened.
        key = _read(self.key_file, _KEY)
        if unit not in set(key["unit"]):
            key = pd.concat([key, self._key_row(unit, row).astype(str)], ignore_index=True)
        self.key = key
        _write(self.key, self.key_file)
        _write(self.sheet, self.sheet_file)

    def say(self) -> str:
        """How many verdicts there are, and where."""
        if self.sheet.empty:
            return f"What you would say is kept in {self.sheet_file}."
        told = self.key.set_index("unit")["predicted"].reindex(self.sheet["unit"]).to_numpy()
        wrong = int((self.sheet["code"].to_numpy() != told).sum())
        count = len(self.sheet)
        return f"{count} said, {wrong} otherwise than annotated, in {self.sheet_file}."

    def _key_row(self, unit: str, row: pd.Series) -> pd.DataFrame:
        articles = self.study.articles
        story = articles.loc[articles["article_id"] == row["article_id"], "story_id"].iloc[0]
        start = int(str(row["evidence"]).rpartition(":")[2])
        end = start + int(row["mark_end"]) - int(row["mark_start"])
        made = {"unit": unit, "start": start, "end": end, "story_id": story, "stratum": "found",
                "inclusion": 1.0, "predicted": row["label"]}  # fmt: skip
        return pd.DataFrame([{**row[["article_id", "holder_id", "target_id", "outlet",
                                     "probability", "evidence"]], **made}])[_KEY]  # fmt: skip


def _unit(row: pd.Series) -> str:
    return f"{row['evidence']}:{row['holder_id']}:{row['target_id']}"


def _sheet_row(unit: str, row: pd.Series, code: str) -> list[str]:
    low, high = int(row["mark_start"]), int(row["mark_end"])
    words = row["text"]
    shown = f"{words[:low]}[[{words[low:high]}]]{words[high:]}"
    return [unit, "stance", shown, row["holder"], row["target"], code, ""]


def _read(file: Path, columns: list[str]) -> pd.DataFrame:
    if not file.exists():
        return pd.DataFrame(columns=columns, dtype=str)
    found = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    if lacking := [name for name in columns if name not in found]:
        raise ParleyError(f"{file} has no column {lacking[0]!r}: it is no sheet of verdicts")
    return found[columns]


def _write(frame: pd.DataFrame, file: Path) -> None:
    """The whole file, or the one that was there before."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".tmp")
    frame.to_csv(new, index=False, encoding="utf-8-sig")
    os.replace(new, file)  # noqa: PTH105  (atomic, also where the file is there)

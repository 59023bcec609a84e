"""What coders filled in, set against what the annotators said of the same units."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from parley import measure, paths
from parley.corpus import Study
from parley.errors import ParleyError

TABLES = {"sentiment": "mentions", "mentions": "mentions", "stance": "stances", "quotes": "quotes"}
_COLUMNS = {
    "scores": ["label", "measure", "estimate", "low", "high", "n", "enough"],
    "confusion": ["truth", "predicted", "n", "estimate", "low", "high", "evidence"],
    "calibration": ["from", "to", "probability", "estimate", "low", "high", "n"],
    "agreement": ["measure", "estimate", "low", "high", "n", "coders"],
    "totals": ["label", "method", "estimate", "low", "high", "n", "coded", "enough"],
}


@dataclass(frozen=True)
class Coding:
    """Coders' answers beside the annotators': each table is empty where nobody has coded."""

    study: Study
    task: str
    sheets: dict[str, pd.DataFrame] = field(default_factory=dict)
    key: pd.DataFrame | None = None
    seed: int = 0

    @cached_property
    def codes(self) -> pd.DataFrame:
        """One row a unit and coder: [unit, coder, code]."""
        if self.key is None:
            return pd.DataFrame(columns=["unit", "coder", "code"])
        return measure.read_codes(self.sheets, self.key, task=self.task, actors=self.study.actors)

    @cached_property
    def coded(self) -> pd.DataFrame:
        """One row a unit, with what most coders say as its truth."""
        return pd.DataFrame() if self.key is None else measure.coded_units(self.codes, self.key)

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Precision, recall and F1 of every class, weighted back to the corpus."""
        return self._of("scores", lambda: measure.class_scores(
            self.coded, weight="weight", seed=self.seed))  # fmt: skip

    @cached_property
    def confusion(self) -> pd.DataFrame:
        """What was taken for what."""
        return self._of("confusion", lambda: measure.confusion(self.coded))

    @cached_property
    def calibration(self) -> pd.DataFrame:
        """How often the annotators are right where they claim to be so sure."""
        return self._of("calibration", lambda: measure.calibration(self.coded))

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """How far the coders agree with one another; empty with one coder."""
        if len(self.sheets) < 2:
            return pd.DataFrame(columns=_COLUMNS["agreement"])
        return self._of("agreement", lambda: measure.agreement(self.codes, seed=self.seed))

    @cached_property
    def totals(self) -> pd.DataFrame:
        """Shares of each label as counted, and as corrected for the annotators' errors."""
        return self._of("totals", lambda: measure.corrected_totals(self._units(), seed=self.seed))

    def _units(self) -> pd.DataFrame:
        rows = getattr(self.study, TABLES[self.task])
        return measure.every_unit(rows, self.study.articles, self.coded, task=self.task)

    def _of(self, name: str, made: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        return pd.DataFrame(columns=_COLUMNS[name]) if self.key is None else made()

    def wrong(self, *, n: int = 5) -> pd.DataFrame:
        """Units on which coders and annotators part, as ``sentences_behind`` takes them."""
        if self.key is None:
            return pd.DataFrame({"name": [], "evidence": []})
        apart = self.coded[self.coded["truth"].notna()]
        apart = apart[apart["truth"] != apart["predicted"]].head(n)
        label = (
            "coded " + apart["truth"].astype(str) + ", annotated " + apart["predicted"].astype(str)
        )
        evidence = [one if isinstance(one, tuple) else (one,) for one in apart["evidence"]]
        return pd.DataFrame({"name": label, "evidence": evidence})


def open_coding(
    study: Study,
    sheets: str | Sequence[str] | None = None,
    *,
    key: str | None = None,
    task: str = "sentiment",
    seed: int = 0,
) -> Coding:
    """Read coders' sheets (CSV, TSV or Excel) and the key that was drawn with them.

    The coder is the name of the file. Without ``key`` it is looked for beside the first sheet, as
    ``key.csv`` or as the file whose name ends in ``-key.csv``. Without sheets, every table of the
    answer is empty. Raises ParleyError naming the file that cannot be read.
    """
    if task not in TABLES:
        raise ParleyError(f"task is one of {', '.join(TABLES)}, not {task!r}")
    files = [Path(one) for one in ([sheets] if isinstance(sheets, str) else sheets or ())]
    if not files:
        return Coding(study, task, seed=seed)
    found = Path(key) if key else _key_beside(files[0])
    return Coding(study, task, {file.stem: _read(file) for file in files}, _read(found), seed)


def coders(coding: Coding) -> pd.DataFrame:
    """Give how much each coder has coded: [coder, coded, missing]."""
    if coding.key is None:
        return pd.DataFrame(columns=["coder", "coded", "missing"])
    answered = coding.codes["coder"].value_counts()
    done = [int(answered.get(name, 0)) for name in coding.sheets]
    missing = [len(coding.key) - amount for amount in done]
    return pd.DataFrame({"coder": list(coding.sheets), "coded": done, "missing": missing})


def _key_beside(sheet: Path) -> Path:
    keys = sorted({*sheet.parent.glob("key.csv"), *sheet.parent.glob("*-key.csv")})
    if len(keys) != 1:
        raise ParleyError(f"{len(keys)} keys stand beside {sheet}: name the right one as the key")
    return keys[0]


def _read(file: Path) -> pd.DataFrame:
    try:
        if file.suffix.lower() in (".xlsx", ".xls", ".ods"):
            return pd.read_excel(file, dtype={"unit": str, "code": str})
        separator = "\t" if file.suffix.lower() == ".tsv" else None
        types = {"unit": str, "code": str}
        # With or without a byte order mark: spreadsheet programs leave one.
        return pd.read_csv(file, sep=separator, engine="python", dtype=types, encoding="utf-8-sig")
    except (OSError, ValueError, ImportError) as problem:
        raise ParleyError(f"{file} cannot be read as a coding sheet: {problem}") from problem


def issues() -> pd.DataFrame:
    """Give the registry of issues: issue_id, name, description."""
    file = paths.ACTORS / "issues.csv"
    if not file.exists():
        return pd.DataFrame(columns=["issue_id", "name", "description"])
    return pd.read_csv(file, dtype="string", encoding="utf-8-sig")

"""How the ``parley`` command shows a table, or sentences, in a terminal.

What comes out of an article is shown as text: it can neither colour nor clear a reader's terminal.
"""

import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.text import Text

_PIPED = 110  # columns, where the output is no terminal
_VOICES = {"outlet": "in its own words"}


def as_json(frame: "pd.DataFrame") -> None:
    """Print a table as JSON records, for a program to read."""
    print(frame.to_json(orient="records", date_format="iso", indent=2))


def as_table(frame: "pd.DataFrame") -> None:
    """Print a table for a reader: long cells are folded, what is not known is left blank."""
    from rich.table import Table

    if frame.empty:
        print("nothing to show")
        return
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name in frame:
        number = frame[name].dtype.kind in "if"
        drawn.add_column(str(name), justify="right" if number else "left", overflow="fold")
    for row in frame.itertuples(index=False):
        drawn.add_row(*(_text(value) for value in row))
    _console().print(drawn)


def as_passages(ledger: "pd.DataFrame", *, of: int) -> None:
    """Print rows of the ledger as who, on whom, how sure and why, and then the sentence.

    Needs holder, label, target, probability, how, voice, outlet, published, text, mark_start,
    mark_end, cue_start and cue_end. ``of`` is how many rows there are in all.
    """
    from rich.padding import Padding

    if ledger.empty:
        print("nothing to show")
        return
    console = _console()
    for number, row in enumerate(ledger.to_dict("records"), 1):
        console.print(_claim(number, row), soft_wrap=True)
        console.print(Padding(_sentence(row), (0, 0, 1, 4), expand=False))
    if of > len(ledger):
        console.print(f"{len(ledger)} of {of} shown: --top {of} shows all, --csv FILE keeps them")


def _claim(number: int, row: dict[str, Any]) -> "Text":
    from rich.text import Text

    who = f"{row['holder']}  {row['label']}  {row['target']}"
    voice = _VOICES.get(row["voice"], "quoted")
    outlet = "" if _missing(row["outlet"]) else _plain(row["outlet"])
    where = ", ".join(part for part in (outlet, _day(row["published"])) if part)
    details = [f"{row['probability']:.2f}", row["how"], where, voice]
    return Text.assemble(
        (f"{number:>2}  ", "dim"), (_plain(who), "bold"), "  ·  ",
        "  ·  ".join(part for part in details if part),
    )  # fmt: skip


def _sentence(row: dict[str, Any]) -> "Text":
    """The sentence, its target in bold and the words that decided underlined."""
    from rich.text import Text

    text = Text(_plain(row["text"]))
    for side, style in (("mark", "bold"), ("cue", "underline")):
        start, end = row[f"{side}_start"], row[f"{side}_end"]
        if not _missing(start):
            text.stylize(style, int(start), int(end))
    return text


def _text(value: Any) -> "Text":
    from rich.text import Text

    if isinstance(value, list | tuple):
        return Text("\n").join(Text(f"… {_plain(item)} …") for item in value)
    if _missing(value):
        return Text("")
    return Text(f"{value:.3g}" if isinstance(value, float) else _plain(value))


def _plain(value: Any) -> str:
    """Blanks in place of control characters, one for one: what was at an offset still is."""
    return "".join(c if c.isprintable() else " " for c in str(value))


def _day(value: Any) -> str:
    return "" if _missing(value) else f"{value:%-d %b %Y}"


def _missing(value: Any) -> bool:
    """Whether a cell is null, be it None, NaN, NaT or NA (of which none equals itself)."""
    import pandas as pd

    return value is None or value is pd.NA or value != value


def _console() -> Any:
    from rich.console import Console

    wide = None if shutil.get_terminal_size((0, 0)).columns else _PIPED
    return Console(width=wide, highlight=False)

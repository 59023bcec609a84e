"""Working on the registry: why a name is read as it is, what is missing, and adding it."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from parley import paths, terms
from parley.annotate.mentions import RESOLVED, linking, mentions_of
from parley.annotate.mentions.page import Found, Page
from parley.annotate.registry import Registry, load_registry
from parley.annotate.registry.files import COLUMNS, check_overlay, read
from parley.annotate.registry.matching import tokenise
from parley.errors import ParleyError

CONTEXT = 60  # characters on either side of a mention that is shown


def explain(
    surface: str,
    *,
    text: str | None = None,
    date: str | None = None,
    registry: Registry | None = None,
) -> pd.DataFrame:
    """Show each reading of ``surface`` on that day, in that text, and why it is taken or not.

    Without a text the name is looked at by itself. Columns: where (start:end), actor_id, form,
    probability, taken, why. Raises ParleyError where the text does not hold the surface.

    >>> explain("Moscow", text="Moscow denied it.", date="2022-01-13")["actor_id"].tolist()
    ['russia']
    """
    registry = registry or load_registry()
    text = text or surface
    if surface not in text:
        raise ParleyError(f"the text does not hold {surface!r}: give the text that it stands in")
    page = _page(text, date, registry)
    spans = [found.span() for found in re.finditer(re.escape(surface), text)]
    rows = [row for span in spans for row in _readings(span, page)]
    columns = ["where", "actor_id", "form", "probability", "taken", "why"]
    return pd.DataFrame(rows, columns=columns)


def _page(text: str, date: str | None, registry: Registry) -> Page:
    from parley.annotate.sentences import split_sentences

    article = pd.DataFrame({"article_id": ["text"], "title": [None], "text": [text]}, dtype=object)
    try:
        stamp = pd.Timestamp(date) if date else pd.NaT
    except ValueError as problem:
        raise ParleyError(f"date {date!r}: write it as 2022-01-31") from problem
    return Page.of(text, split_sentences(article), stamp, registry)


def _readings(span: tuple[int, int], page: Page) -> list[tuple]:
    where = f"{span[0]}:{span[1]}"
    taken = [one for one in mentions_of(page) if _overlap(page.span(one), span)]
    rows = [_row(where, one, one.probability >= RESOLVED) for one in taken]
    for match in page.registry.names.matches(page.tokens):
        ends = page.tokens.starts[match.first], page.tokens.ends[match.last - 1]
        if not _overlap(ends, span):
            continue
        verdict = linking.judge(match, page)
        for alias in match.values:
            chosen = verdict.alias is not None and verdict.alias.actor_id == alias.actor_id
            if chosen and any(one.actor_id == alias.actor_id for one in taken):
                continue
            why = verdict.why if alias.holds(page.day) else f"not its name on {page.day}"
            if chosen:
                why = "a longer reading wins"
            rows.append((where, alias.actor_id, alias.form, 0.0, False, why))
    return rows or [(where, None, None, 0.0, False, "no actor of the registry bears that name")]


def _row(where: str, one: Found, resolved: bool) -> tuple:
    return (where, one.actor_id if resolved else None, one.form, one.probability, True, one.why)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def unresolved(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    registry: Registry | None = None,
    top: int = 50,
) -> pd.DataFrame:
    """Rank the names that were found and mean nobody in the registry.

    Needs the `mentions` table and article_id, text of `articles`. Columns: surface, kind, n
    (mentions), articles, contexts (three, of different articles where there are), guess (an
    actor_id, or empty).
    """
    registry = registry or load_registry()
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    open_ones = mentions[mentions["actor_id"].isna() & (mentions["form"] != "pronoun")]
    open_ones = open_ones[open_ones["article_id"].isin(texts)]
    columns = ["surface", "kind", "n", "articles", "contexts", "guess"]
    rows = [
        (
            surface,
            group["kind"].mode().iloc[0],
            len(group),
            group["article_id"].nunique(),
            _contexts(group, texts),
            _guess(str(surface), registry),
        )
        for surface, group in _most_frequent(open_ones, top)
    ]
    return pd.DataFrame(rows, columns=columns)


def _most_frequent(mentions: pd.DataFrame, top: int) -> Iterable[tuple[object, pd.DataFrame]]:
    counts = mentions.groupby("surface", sort=True).size()
    ranked = counts.sort_values(ascending=False, kind="stable").head(top)
    return [(surface, mentions[mentions["surface"] == surface]) for surface in ranked.index]


def _contexts(group: pd.DataFrame, texts: dict[str, str]) -> tuple[str, ...]:
    apart = group.drop_duplicates("article_id")
    shown = pd.concat([apart, group.drop(apart.index)]).head(3)
    made = []
    for article_id, start, end in zip(
        shown["article_id"], shown["start"], shown["end"], strict=True
    ):
        text = texts[article_id][max(0, start - CONTEXT) : end + CONTEXT]
        made.append(" ".join(text.split()))
    return tuple(made)


def _guess(surface: str, registry: Registry) -> str:
    """The actor whose name is nearest in spelling, or the only one of that surname."""
    from rapidfuzz import fuzz, process

    if " " not in surface:
        rivals = registry.surnames.get(tokenise(surface).keys[0], ()) if surface.strip() else ()
        return rivals[0] if len(rivals) == 1 else ""
    names = {actor.actor_id: actor.name for actor in registry.by_id.values()}
    best = process.extractOne(surface, names, scorer=fuzz.ratio, score_cutoff=85)
    return best[2] if best else ""


def add_actor(
    directory: str | Path,
    *,
    name: str,
    kind: str,
    actor_id: str | None = None,
    state: str = "",
    sector: str = "",
    wikidata: str = "",
    aliases: Iterable[str] = (),
    office: str = "",
    of: str = "",
    start: str = "",
    end: str = "",
) -> str:
    """Write an actor into the user's own registry files in ``directory``; give its id.

    Makes actors.csv, aliases.csv and offices.csv there as needed. Nothing is written unless the
    files are sound with the new rows: raises ParleyError (file, line, cure) where they are not, and
    for a kind that there is not.
    """
    if kind not in terms.ACTOR_KINDS:
        raise ParleyError(f"no kind of actor is called {kind}: {', '.join(terms.ACTOR_KINDS)}")
    folder = Path(directory)
    folder.mkdir(parents=True, exist_ok=True)
    actor_id = actor_id or _slug(name)
    rows: dict[str, list[tuple]] = {
        "actors.csv": [(actor_id, name, kind, state, "", sector, wikidata)],
        "aliases.csv": [
            (actor_id, alias, "name" if alias == name else "alias", "", "", "", "")
            for alias in dict.fromkeys((name, *aliases))
        ],
        "offices.csv": [(actor_id, office.lower(), of, start, end)] if office else [],
    }
    _write_checked(folder, rows)
    return actor_id


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not made:
        raise ParleyError(f"no id can be made of the name {name!r}: give --id")
    return made


def _write_checked(folder: Path, rows: dict[str, list[tuple]]) -> None:
    old = {file: (folder / file) for file in rows}
    before = {file: path.read_bytes() if path.is_file() else None for file, path in old.items()}
    try:
        for file, new in rows.items():
            if new:
                _append(folder / file, new)
        check_overlay(read(folder), read(paths.ACTORS))
    except ParleyError:
        for file, content in before.items():
            _restore(old[file], content)
        raise


def _append(path: Path, rows: list[tuple]) -> None:
    kept = [row.cells for row in read(path.parent)[path.name].rows] if path.is_file() else []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS[path.name])
    writer.writerows([*kept, *rows])
    part = path.with_suffix(".part")
    part.write_text(text.getvalue(), encoding="utf-8")
    part.replace(path)


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)

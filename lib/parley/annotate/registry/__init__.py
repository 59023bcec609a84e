"""The registry: who can be in the news, under which names, in which office, and when.

Plain CSV (`data/actors/`): actors.csv, aliases.csv, offices.csv, issues.csv. A user's own files of
the same names, beside a corpus, are laid over it. Days are ISO dates; ``from`` is the first day on
which something holds and ``to`` the first on which it no longer does; empty is open.
"""

import hashlib
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from parley import paths
from parley.annotate.registry.files import (
    COLUMNS,
    Rows,
    check_overlay,
    parse,
    problems,
    read,
    word_list,
)
from parley.annotate.registry.matching import Trie, fold
from parley.annotate.registry.name_words import RANKS
from parley.annotate.registry.naming import FAMILY_FIRST, surnames, titles_of

SWALLOW = "-"  # the actor_id of an alias that names nobody here, and swallows what it contains


class Actor(NamedTuple):
    """One row of actors.csv."""

    actor_id: str
    name: str
    kind: str
    state: str
    blocs: str
    sector: str
    wikidata: str


class Alias(NamedTuple):
    """One row of aliases.csv; ``needs`` are words of which one must stand in the article."""

    actor_id: str
    alias: str
    form: str
    start: str
    end: str
    needs: tuple[str, ...]
    own: bool  # out of the user's own files, and so preferred

    def holds(self, day: str) -> bool:
        """Say whether the name was in use on that day; an unknown day ("") excludes nothing."""
        return holds(self.start, self.end, day)


class Office(NamedTuple):
    """One row of offices.csv."""

    actor_id: str
    office: str
    of: str
    start: str
    end: str


def holds(start: str, end: str, day: str) -> bool:
    """Say whether [start, end) contains the day; ISO dates sort as text.

    >>> holds("2021-01-20", "2025-01-20", "2025-01-20"), holds("2025-01-20", "", "2026-02-01")
    (False, True)
    """
    return not day or (start <= day and (not end or day < end))


@dataclass(frozen=True)
class Registry:
    """The registry's tables and what is looked up in them. Made by `load_registry`."""

    actors: pd.DataFrame
    aliases: pd.DataFrame
    offices: pd.DataFrame
    issues: pd.DataFrame
    pronouns: dict[str, str]
    digest: str

    @cached_property
    def by_id(self) -> dict[str, Actor]:
        """Every actor by its id."""
        rows = self.actors.fillna("").astype(object)[list(COLUMNS["actors.csv"])]
        return {row[0]: Actor(*row) for row in rows.itertuples(index=False)}

    @cached_property
    def alias_rows(self) -> tuple[Alias, ...]:
        """Every alias, with the name of each actor that has no row of its own among them."""
        rows = [
            Alias(a, t, form, start, end, tuple(filter(None, needs.split("|"))), own)
            for a, t, form, start, end, needs, _, own in self.aliases.itertuples(index=False)
        ]
        named = {row.actor_id for row in rows}
        silent = (actor for actor in self.by_id.values() if actor.actor_id not in named)
        return (*rows, *(Alias(a.actor_id, a.name, "name", "", "", (), False) for a in silent))

    @cached_property
    def names(self) -> Trie:
        """Aliases that are matched as written: names, demonyms, metonyms."""
        rows = (row for row in self.alias_rows if row.form not in ("nominal", "office"))
        return Trie.of((row.alias, row) for row in rows)

    @cached_property
    def nominals(self) -> Trie:
        """Common nouns, by which a part is meant once it is said of which whole ("army")."""
        rows = (row for row in self.alias_rows if row.form == "nominal")
        return Trie.of(((row.alias, row) for row in rows), lower=True)

    @cached_property
    def titles(self) -> Trie:
        """The offices that somebody here has held, under each title that news gives them."""
        pairs = ((title, office) for office in self.holders for title in titles_of(office))
        return Trie.of(pairs, lower=True)

    @cached_property
    def holders(self) -> dict[str, dict[str, tuple[Office, ...]]]:
        """Who has held an office, by its title and by what it is an office of."""
        made: dict = defaultdict(lambda: defaultdict(tuple))
        for row in self.offices.itertuples(index=False):
            office = Office(*row[:5])
            made[office.office][office.of] += (office,)
        return {title: dict(of) for title, of in made.items()}

    @cached_property
    def careers(self) -> dict[str, tuple[Office, ...]]:
        """Every office that a person has held."""
        made: dict[str, tuple[Office, ...]] = defaultdict(tuple)
        for row in self.offices.itertuples(index=False):
            made[row[0]] += (Office(*row[:5]),)
        return dict(made)

    @cached_property
    def surnames(self) -> dict[str, tuple[str, ...]]:
        """Persons by the name that an article calls them by once it has named them in full."""
        made: dict[str, set[str]] = defaultdict(set)
        for row in self.alias_rows:
            actor = self.by_id.get(row.actor_id)
            if row.alias.split()[0] in RANKS:  # "President Xi": a title is no part of the name
                continue
            if actor and actor.kind == "person" and row.form in ("name", "alias"):
                for surname in surnames(row.alias, family_first=actor.state in FAMILY_FIRST):
                    made[fold(surname)].add(row.actor_id)
        return {surname: tuple(sorted(ids)) for surname, ids in made.items()}

    @cached_property
    def first_names(self) -> frozenset[str]:
        """First names of the persons here: evidence that an unknown name is a person's."""
        persons = (a for a in self.by_id.values() if a.kind == "person" and " " in a.name)
        firsts = (fold(a.name.split()[0]) for a in persons if a.state not in FAMILY_FIRST)
        unlike = (name for name in firsts if len(name) > 2 and name not in self.names.root)
        return frozenset(unlike) | word_list("first-names.txt")

    @cached_property
    def first_name_pronouns(self) -> dict[str, str]:
        """He or she by first name, where the persons here of that name agree."""
        made: dict[str, set[str]] = defaultdict(set)
        for actor_id, pronoun in self.pronouns.items():
            actor = self.by_id.get(actor_id)
            if actor and " " in actor.name and actor.state not in FAMILY_FIRST:
                made[fold(actor.name.split()[0])].add(pronoun)
        return {name: said.pop() for name, said in made.items() if len(said) == 1}

    def offices_on(self, actor_id: str, day: str) -> set[str]:
        """Give the offices that the person held on that day."""
        career = self.careers.get(actor_id, ())
        return {office.office for office in career if holds(office.start, office.end, day)}

    def state_of(self, actor_id: str | None) -> str:
        """Give the state that the actor belongs to, or the actor itself where there is none."""
        actor = self.by_id.get(actor_id or "")
        return (actor.state if actor else "") or actor_id or ""

    def is_place(self, actor_id: str | None) -> bool:
        """Say whether the actor is a state or a territory."""
        actor = self.by_id.get(actor_id or "")
        return actor is not None and actor.kind in ("state", "territory")

    def holding(self, title: str, of: str, day: str) -> set[str]:
        """Give who held the office on that day."""
        offices = self.holders.get(title, {}).get(of, ())
        return {office.actor_id for office in offices if holds(office.start, office.end, day)}


def load_registry(
    directory: str | Path | None = None,
    *,
    overlay: str | Path | Mapping[str, bytes] | None = None,
) -> Registry:
    """Read the registry, with the user's own files laid over it.

    ``overlay`` is a folder with files of the registry's names, or one of them, or what such files
    hold by where they lie (of a corpus that lies where no folder is). An actor there
    replaces the shipped one of the same id; aliases and offices are added, and preferred. Raises
    ParleyError (file, line, cure) where the user's files cannot be used as they are.

    >>> load_registry().by_id["russia"].name
    'Russia'
    """
    base = read(Path(directory) if directory else paths.ACTORS)
    own = _overlay(overlay)
    if own:
        check_overlay(own, base)
    frames = {file: _laid_over(base.get(file), own.get(file), file) for file in COLUMNS}
    said = frames["pronouns.csv"]
    text = "".join(frame.to_csv(index=False) for frame in frames.values())
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    actors = frames["actors.csv"].drop(columns="own").astype("string").replace("", pd.NA)
    return Registry(
        actors=actors.assign(
            name=actors["name"].fillna(actors["actor_id"]),
            offices=actors["actor_id"].map(_terms(frames["offices.csv"])).astype("string"),
        ),
        aliases=frames["aliases.csv"],
        offices=frames["offices.csv"],
        issues=frames["issues.csv"].drop(columns="own"),
        pronouns=dict(zip(said["actor_id"], said["pronoun"], strict=True)),
        digest=digest,
    )


def _overlay(overlay: str | Path | Mapping[str, bytes] | None) -> dict[str, Rows]:
    if overlay is None:
        return {}
    if isinstance(overlay, Mapping):
        return parse(overlay)
    path = Path(overlay)
    return read(path.parent if path.is_file() else path)


def _laid_over(base: Rows | None, own: Rows | None, file: str) -> pd.DataFrame:
    columns = list(COLUMNS[file])
    ours = [[*row.cells, False] for row in base.rows] if base else []
    theirs = [[*row.cells, True] for row in own.rows] if own else []
    if file in ("actors.csv", "issues.csv", "pronouns.csv"):
        replaced = {row[0] for row in theirs}
        ours = [row for row in ours if row[0] not in replaced]
    return pd.DataFrame([*ours, *theirs], columns=[*columns, "own"])


def _terms(offices: pd.DataFrame) -> pd.Series:
    """Of what each person held office, written as blocs are: ``poland@2020-08-26/2023-11-27``."""
    written = offices["of"] + "@" + offices["from"] + "/" + offices["to"]
    return written.groupby(offices["actor_id"]).agg(lambda terms: "|".join(dict.fromkeys(terms)))


def validate(directory: str | Path | None = None) -> list[str]:
    """Give every fault of the registry's files as a sentence: file, line, cure. None is a pass."""
    return problems(read(Path(directory) if directory else paths.ACTORS))


def main() -> int:
    """Print what `validate` finds; used by `make check`."""
    found = validate(sys.argv[1] if len(sys.argv) > 1 else None)
    print("\n".join(found) if found else "the registry is sound")
    return 1 if found else 0

"""The groups of the ``parley`` command: ``parley actors ...`` and ``parley schedule ...``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from parley import cli_show, terms
from parley.errors import ParleyError

CorpusOption = Annotated[str, typer.Option("--corpus", help="The corpus: a folder, or `sample`.")]
# Commands that look into one corpus take it as their argument, and as --corpus all the same.
CorpusArgument = Annotated[
    str | None, typer.Argument(metavar="CORPUS", help="A folder, or `sample`.")
]
CorpusAlias = Annotated[str | None, typer.Option("--corpus", hidden=True)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]

actors = typer.Typer(help="Look into the registry of actors, and add to it.", no_args_is_help=True)
schedule = typer.Typer(help="When reports run.", no_args_is_help=True)


def one_corpus(given: str | None, named: str | None) -> str:
    """Give the corpus that was named, as an argument or as --corpus."""
    if (given is None) == (named is None):
        raise ParleyError("name one corpus: a folder, an address or `sample`")
    return str(given or named)


def print_frame(frame: Any, *, as_json: bool = False) -> None:
    """Print a table, for a program or for a reader."""
    (cli_show.as_json if as_json else cli_show.as_table)(frame)


@actors.command()
def explain(
    surface: Annotated[str, typer.Argument(help="The words as they stand in the text.")],
    text: Annotated[str | None, typer.Option(help="A sentence or more around them.")] = None,
    date: Annotated[str | None, typer.Option(help="The article's day: names change hands.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show whom a name can mean, and why a mention is resolved as it is.

    Example: `parley actors explain Moscow --date 2022-01-13 --text "Moscow denied it."`
    """
    from parley.annotate.mentions import help as registry_help

    print_frame(registry_help.explain(surface, text=text, date=date), as_json=as_json)


@actors.command()
def unresolved(
    corpus: CorpusArgument = None,
    named: CorpusAlias = None,
    top: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List the most frequent names that no actor is known for, with contexts and a guess.

    Example: `parley actors unresolved sample`
    """
    from parley import corpus as room
    from parley.annotate.mentions import help as registry_help

    study = room.open_study(one_corpus(corpus, named))
    found = registry_help.unresolved(study.mentions, study.articles, top=top)
    print_frame(found, as_json=as_json)


@actors.command()
def add(
    name: Annotated[str, typer.Argument(help="The usual name in full.")],
    kind: Annotated[str, typer.Option(help=", ".join(terms.ACTOR_KINDS))],
    corpus: CorpusOption,
    state: Annotated[str, typer.Option(help="The id of its state.")] = "",
    sector: Annotated[str, typer.Option(help="executive, military, media ...")] = "",
    wikidata: Annotated[str, typer.Option(help="Its Q-id.")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="Another name; repeat.")] = None,
    office: Annotated[str, typer.Option(help="As in: foreign minister.")] = "",
    of: Annotated[str, typer.Option(help="Of which state or organisation.")] = "",
    start: Annotated[str, typer.Option(help="In office from.")] = "",
    end: Annotated[str, typer.Option(help="In office until.")] = "",
) -> None:
    """Add an actor to the registry files that lie beside a corpus. Prints its id.

    Example: `parley actors add "Jan Novak" --kind person --state czechia --corpus corpora/mine`
    """
    from parley import corpus as room
    from parley.annotate.mentions import help as registry_help

    folder = room.Store(corpus).folder
    if not isinstance(folder, Path):
        raise ParleyError(
            f"{folder} is no folder: write actors.csv and aliases.csv yourself and put them there"
        )
    known = {"state": state, "sector": sector, "wikidata": wikidata, "office": office, "of": of}
    aliases = alias or []
    print(
        registry_help.add_actor(
            folder, name=name, kind=kind, aliases=aliases, start=start, end=end, **known
        )
    )


@schedule.command()
def show(as_json: AsJson = False) -> None:
    """Show when each report last ran and runs next.

    Example: `parley schedule show`
    """
    from parley import report as room

    print_frame(room.schedule(), as_json=as_json)


@schedule.command()
def install(
    kind: Annotated[str, typer.Argument(metavar="systemd|cron")],
    corpus: CorpusOption = "sample",
    write: Annotated[bool, typer.Option("--write", help="Write it where it belongs.")] = False,
) -> None:
    """Print the timer that calls `parley due`, or write it.

    Example: `parley schedule install systemd`
    """
    from parley import report as room

    print(room.install(kind, write=write, corpus=corpus))

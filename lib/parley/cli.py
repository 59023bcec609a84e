"""The ``parley`` command: it parses and prints; what it does is done in the rooms.

Results go to standard output, progress and complaints to standard error. Rooms are imported inside
the commands, so that ``parley --help`` answers at once.
"""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from parley import cli_groups, cli_show
from parley.cli_groups import AsJson, CorpusAlias, CorpusArgument, CorpusOption, one_corpus
from parley.cli_progress import bar
from parley.errors import ParleyError

app = typer.Typer(
    name="parley",
    help="Who is in the news, in what tone, and who stands where on whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
app.add_typer(cli_groups.actors, name="actors")
app.add_typer(cli_groups.schedule, name="schedule")


def main() -> None:
    """Run the command; what a user can mend is one sentence on standard error."""
    try:
        app()
    except ParleyError as problem:
        _say(str(problem))
        raise SystemExit(problem.exit_code) from None
    except BrokenPipeError:  # whoever read the results has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except OSError as problem:  # a place that cannot be read or written to, a disk that is full
        _say(f"it could not be read or written: {problem}")
        raise SystemExit(2) from None


def _pairs(given: list[str], option: str, example: str) -> dict[str, str]:
    """Read KEY=VALUE options."""
    pairs = dict(item.partition("=")[::2] for item in given)
    if wrong := [item for item in given if "=" not in item]:
        raise ParleyError(f"{option} {wrong[0]} is not KEY=VALUE: write, say, {option} {example}")
    return pairs


@app.command()
def ingest(
    sources: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files and folders.")],
    corpus: CorpusOption,
    map: Annotated[
        list[str] | None, typer.Option("--map", help="FIELD=COLUMN, as in outlet=source; repeat.")
    ] = None,
    pattern: Annotated[
        str | None, typer.Option(help="How file names are made: `{date}_{outlet}_{title}`.")
    ] = None,
) -> None:
    """Take articles in: .txt .md .html .json .jsonl .csv .tsv .parquet, feeds, and their .gz.

    A feed is a saved file of RSS or Atom: .rss .atom .xml.

    Example: `parley ingest data/sample/articles --corpus corpora/sample`
    """
    from parley import corpus as room

    mapping = _pairs(map or [], "--map", "outlet=source")
    with bar("ingest", "files") as update:
        report = room.ingest(
            sources, corpus, mapping=mapping or None, pattern=pattern, progress=update
        )
    print(report)


@app.command()
def annotate(
    corpus: CorpusOption,
    workers: Annotated[int, typer.Option(min=1, help="Processes on this machine.")] = 1,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler: tcp://HOST:PORT.")
    ] = None,
) -> None:
    """Annotate what is new, or was annotated by an older version.

    Example: `parley annotate --corpus corpora/sample`
    """
    from parley import pipeline

    with bar("annotate", "articles") as update:
        outcome = pipeline.annotate_corpus(
            corpus,
            workers=workers,
            scheduler=scheduler,
            progress=update,
            on_interrupt=lambda: _say("finishing the batches under way; Ctrl-C again drops them"),
        )
    print(outcome)
    if outcome.interrupted:
        _say(f"stopped; `{_again(corpus, workers, scheduler)}` goes on from here")
        raise SystemExit(130)


def _again(corpus: str, workers: int, scheduler: str | None) -> str:
    told = {"--corpus": corpus, "--workers": workers, "--scheduler": scheduler}
    defaults = {"--workers": 1, "--scheduler": None}
    given = [(name, value) for name, value in told.items() if value != defaults.get(name)]
    return shlex.join(["parley", "annotate", *(str(word) for pair in given for word in pair)])


def _say(what: str) -> None:
    print(f"parley: {what}", file=sys.stderr)


@app.command()
def corpus(
    folder: Annotated[
        list[str], typer.Argument(metavar="[optimize] DIR", help="A folder, address or `sample`.")
    ],
    as_json: AsJson = False,
    optimize: Annotated[
        bool, typer.Option("--optimize", help="Compact small files; drop versions over a week old.")
    ] = False,
) -> None:
    """Show what is in a corpus: counts, dates, outlets, versions, rejects.

    `parley corpus optimize DIR` is the same as `parley corpus DIR --optimize`.

    Example: `parley corpus corpora/sample`
    """
    from parley import corpus as room

    *verb, place = folder
    if verb not in ([], ["optimize"]):
        raise ParleyError(f"one corpus at a time: `parley corpus {place}`")
    if optimize or verb:
        print(room.Store(place).optimize())
    description = room.describe(place)
    print(json.dumps(description.to_dict(), indent=2, default=str) if as_json else description)


@app.command()
def report(
    name: Annotated[str, typer.Argument(help="As in reports/definitions: weekly-briefing ...")],
    corpus: CorpusOption = "sample",
    parameter: Annotated[
        list[str] | None, typer.Option("-p", metavar="KEY=VALUE", help="A parameter; repeat.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Instead of reports/published.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF as well (extra: pdf).")] = False,
) -> None:
    """Run a report's notebooks, verify them, and publish the page. Prints where it is.

    Example: `parley report weekly-briefing -p start=2022-01-10 -p end=2022-01-17`
    """
    from parley import report as room

    given = _pairs(parameter or [], "-p", "start=2022-01-10")
    raise SystemExit(room.run(name, corpus=corpus, parameters=given, out=out, as_pdf=pdf))


@app.command()
def due(
    now: Annotated[str | None, typer.Option(help="Take this as the time, ISO 8601.")] = None,
    corpus: CorpusOption = "sample",
) -> None:
    """Run the reports that are due, and those that were missed. A timer only has to call this.

    Example: `parley due --now 2022-01-17T06:00+00:00`
    """
    from parley import report as room

    raise SystemExit(room.due(now=now, corpus=corpus))


@app.command()
def evidence(
    corpus: CorpusArgument = None,
    named: CorpusAlias = None,
    holder: Annotated[str | None, typer.Option(help="Who takes the position: id or name.")] = None,
    target: Annotated[str | None, typer.Option(help="An actor or an issue: id or name.")] = None,
    actor: Annotated[str | None, typer.Option(help="Either of the two.")] = None,
    stance: Annotated[str | None, typer.Option(help="favor, against or none.")] = None,
    event: Annotated[str | None, typer.Option(help="A PLOVER code, or `any`.")] = None,
    level: Annotated[str, typer.Option(help="actor or state.")] = "actor",
    start: Annotated[str | None, typer.Option(help="From this day on.")] = None,
    end: Annotated[str | None, typer.Option(help="Up to, not including, this day.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the whole ledger there.")] = None,
    top: Annotated[int, typer.Option(min=1, help="How many to print.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List the sentences in which a holder takes a position on a target.

    Example: `parley evidence sample --holder russia --target nato-enlargement --level state`
    """
    from parley import corpus as room
    from parley.explore.evidence import evidence_of

    study = room.open_study(one_corpus(corpus, named), start=start, end=end)
    found = evidence_of(
        study, holder=holder, target=target, actor=actor, stance=stance, event=event, level=level
    )
    if csv:
        csv.parent.mkdir(parents=True, exist_ok=True)
        found.to_csv(csv, index=False)
        print(f"{len(found)} rows in {csv}", file=sys.stderr)
    if as_json:
        cli_show.as_json(found.head(top))
    else:
        cli_show.as_passages(found.head(top), of=len(found))
    if found.empty and level == "actor":
        wider = evidence_of(
            study, holder=holder, target=target, actor=actor, stance=stance, event=event,
            level="state",
        )  # fmt: skip
        if len(wider):
            _say(f"--level state, where a state's own people count for it, finds {len(wider)}")


@app.command("sample-for-coding")
def sample_for_coding(
    task: Annotated[str, typer.Option(help="sentiment, stance, quotes or mentions.")],
    corpus: CorpusArgument = None,
    named: CorpusAlias = None,
    n: Annotated[int, typer.Option(min=1, help="How many units.")] = 200,
    out: Annotated[Path, typer.Option(help="The folder for the sheet and its key.")] = Path(),
    seed: Annotated[int, typer.Option(help="Of the draw.")] = 0,
) -> None:
    """Draw a stratified blind sample into a sheet for coders, and the key that they must not see.

    Example: `parley sample-for-coding sample --task sentiment --n 50 --out coding`
    """
    from parley import corpus as room
    from parley.explore.sampling import draw

    sheet, key = draw(
        room.open_study(one_corpus(corpus, named)), task=task, n=n, seed=seed, folder=out
    )
    print(f"{sheet}\n{key}")


@app.command()
def evaluate(
    task: Annotated[
        str, typer.Argument(help="newsmtsc, dse, polnear, worldwide, emobank, plv ...")
    ],
    path: Annotated[Path, typer.Argument(help="A file or folder in the set's own format.")],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON too.")
    ] = None,
    model: Annotated[
        Path | None, typer.Option(help="A model folder that `parley train` wrote.")
    ] = None,
    found: Annotated[
        bool, typer.Option("--found", help="Targets found by the pipeline, not given.")
    ] = False,
) -> None:
    """Score the shipped model, or another, on a gold set, as its field does, beside baselines.

    Example: `parley evaluate newsmtsc ~/gold/newsmtsc/dev.jsonl`
    """
    from parley import evaluate as room

    print(room.run(task, path, json=json_file, model=model, found=found))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def train(context: typer.Context) -> None:
    """Train the model from gold data (extra: train). `parley train --help-all` lists its options.

    Example: `parley train --data open --gold ~/gold --out data/models/encoder`
    """
    from parley import train as room

    room.main(context.args)


@app.command()
def lab() -> None:
    """Open JupyterLab on the notebooks.

    Example: `parley lab`
    """
    from parley import paths

    first = "notebooks/README.md"
    command = [sys.executable, "-m", "jupyter", "lab", f"--notebook-dir={paths.HOME}", first]
    raise SystemExit(subprocess.call(command, env=os.environ, cwd=paths.HOME))


if __name__ == "__main__":
    main()

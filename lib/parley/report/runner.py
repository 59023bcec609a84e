"""A report from its name to the page: checked, run, verified, held against its gates, published."""

import contextlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from parley import paths
from parley.errors import ParleyError
from parley.report import changes, gates, launch, markup, notebooks, parameters, pdf, record
from parley.report.definition import Definition, load
from parley.report.shelf import Shelf
from parley.report.stopping import Stopped, stoppable

PUBLISHED, FAILED, REFUSED, HELD, LOCKED = range(5)


@dataclass
class Run:
    """One run of a report, as it comes to be."""

    definition: Definition
    corpus: Path | str
    parameters: dict[str, Any]
    scheduled: datetime
    by_schedule: bool
    shelf: Shelf
    notebooks: Path
    started: datetime = field(default_factory=record.now)
    facts: dict[str, Any] = field(default_factory=dict)


def corpus_folder(corpus: str | Path) -> Path | str:
    """Give the folder of a corpus, or its address; ``sample`` is the one that ships."""
    if "://" in str(corpus):
        return str(corpus)
    folder = paths.SAMPLE_CORPUS if str(corpus) == "sample" else Path(corpus).expanduser()
    if not folder.is_dir():
        cure = "make it with `make report`" if str(corpus) == "sample" else "see `parley ingest`"
        raise ParleyError(f"there is no corpus at {folder}: {cure}")
    return folder.resolve()


def _jobs(run: Run, building: Path) -> list[launch.Job]:
    """Give a job for each notebook and value of the sweep; one that knows no sweep runs once."""
    definition, swept = run.definition, run.definition.sweep
    values = run.parameters.get(swept) if swept else None
    rounds: list[dict[str, Any]] = [{swept: [value]} for value in values or []] if swept else [{}]
    if not rounds:
        raise ParleyError(f"{definition.name}: {swept} needs at least one value to go over")
    jobs, used = [], set()
    for number, part in enumerate(rounds, 1):
        for entry in definition.notebooks:
            source = run.notebooks / f"{entry.notebook}.ipynb"
            taken = notebooks.takes(notebooks.read(source))
            each = bool(swept) and str(swept).upper() in taken
            if number > 1 and not each:
                continue
            given = run.parameters | part | entry.parameters
            used |= {key for key in given if key.upper() in taken}
            _refuse_foreign(definition, entry.notebook, entry.parameters, taken)
            passed = {
                k.upper(): v for k, v in given.items() if k.upper() in taken and v is not None
            }
            if "CORPUS" in taken:
                passed["CORPUS"] = str(run.corpus)
            stem = f"{entry.notebook}-{number}" if each else entry.notebook
            about = values[number - 1] if each and values else None
            jobs.append(launch.Job(stem, entry.notebook, source, passed, building, about=about))
    idle = [k for k, v in run.parameters.items() if v is not None and k not in used]
    if idle:
        raise ParleyError(f"{definition.name}: none of its notebooks takes {idle[0].upper()}")
    return sorted(jobs, key=lambda job: bool(swept) and job.about is None)


def _refuse_foreign(definition: Definition, name: str, own: Mapping, taken: set[str]) -> None:
    for key in own:
        if key.upper() not in taken:
            raise ParleyError(f"{definition.name}: notebook {name} takes no {key.upper()}")


def _describe(run: Run, name: str, jobs: list[launch.Job]) -> dict[str, Any]:
    finished = record.now()
    return record.provenance() | {
        "run": name,
        "report": run.definition.name,
        "title": run.definition.title,
        "description": run.definition.description,
        "status": "published",
        "reason": None,
        "scheduled": run.scheduled.isoformat(timespec="seconds"),
        "by_schedule": run.by_schedule,
        "started": run.started.isoformat(timespec="seconds"),
        "finished": finished.isoformat(timespec="seconds"),
        "seconds": (finished - run.started).total_seconds(),
        "pdf": run.definition.pdf,
        "corpus": str(run.corpus),
        "parameters": run.parameters,
        "context": {},
        "gates": [],
        "notebooks": [
            {"id": job.id, "notebook": job.stem, "parameters": job.parameters,
             "seconds": job.seconds}
            for job in jobs
        ],
    }  # fmt: skip


def _trace(job: launch.Job) -> str:
    with contextlib.suppress(ParleyError):
        for cell in notebooks.read(job.output).cells:
            for output in cell.get("outputs", []):
                if output.output_type == "error":
                    return "\n".join(output.traceback)[-4000:]
    return ""


def _name_rounds(run: Run, jobs: list[launch.Job], contents: list[notebooks.Content]) -> None:
    """Say in each title, and of each finding, which value of the sweep it is about."""
    swept = run.definition.parameters.get(run.definition.sweep or "")
    names = parameters.actor_names() if swept and swept.type == "actors" else {}
    for job, content in zip(jobs, contents, strict=True):
        if job.about is not None:
            name = names.get(job.about, job.about)
            content.title = f"{content.title} · {name}"
            for finding in content.of(markup.FINDING):
                if finding.get("about"):
                    finding["about"] += f" of {name}"


def _judge(run: Run, jobs: list[launch.Job], facts: dict[str, Any]) -> list[dict[str, str]]:
    """Set the status by the notebooks; give what is at fault, once where several say the same."""
    faults: dict[str, dict[str, str]] = {}
    both = zip(jobs, facts["notebooks"], strict=True)
    for job, told in sorted(both, key=lambda pair: not pair[0].mendable):
        reason = told["fault"] = job.fault(run.definition.limits)
        if reason in faults:
            faults[reason]["title"] += f", {job.id}"
        elif reason:
            trace = "" if job.mendable else _trace(job)
            faults[reason] = {"title": job.id, "reason": reason, "trace": trace}
    for reason, first in list(faults.items())[:1]:
        to_user = any(job.mendable for job in jobs)
        facts |= {
            "status": "failed",
            "reason": reason if to_user else f"{first['title']}: {reason}",
        }
    return list(faults.values())


def _build(run: Run, name: str, building: Path, jobs: list[launch.Job]) -> dict[str, Any]:
    """Make the pages and what lies beside them in the building folder; give the run's record."""
    facts = _describe(run, name, jobs)
    faults = _judge(run, jobs, facts)
    good = [job for job, told in zip(jobs, facts["notebooks"], strict=True) if not told["fault"]]
    contents = [notebooks.content(job.output) for job in good]
    _name_rounds(run, good, contents)
    facts["context"] = record.context_of(contents)
    checked = gates.check(run.definition.gates, facts["context"], run.scheduled) if contents else []
    facts["gates"] = [vars(gate) for gate in checked]
    if not faults and (unmet := [gate for gate in checked if not gate.holds]):
        facts |= {"status": "held", "reason": f"A gate is not met: {unmet[0].words}."}
    measured = record.metrics(contents, facts)
    previous = run.shelf.latest()
    last = record.read_json(previous / "metrics.json") if previous else None
    facts["compared_with"] = last and last.get("run")
    for content in contents:
        record.write_tables(content, building)
    record.write_json(building / "metrics.json", measured)
    record.write_json(building / "run.json", facts)
    changed = changes.section(measured, last) if not faults else ""
    page = import_module("parley.report.page")
    page.write(building, contents, facts, checked, front=run.definition.front, changed=changed,
               faults=faults)  # fmt: skip
    if facts["pdf"]:
        others = [f"{c.stem}.html" for c in contents if c.stem != run.definition.front]
        pdf.write([building / name for name in ("index.html", *others)], building / pdf.NAME)
    return facts


def _place(run: Run, building: Path, facts: dict[str, Any]) -> Path:
    shelf = run.shelf
    if facts["status"] == "published":
        place = shelf.publish(building, facts["run"])
    else:
        place = shelf.set_aside(building, facts["run"])
    shelf.note(facts | {"folder": str(place.relative_to(shelf.folder))})
    shelf.prune(run.definition.retention, record.now())
    return place


def _execute(run: Run) -> tuple[dict[str, Any], Path]:
    """Run under the lock; whatever happens, nothing half is left where a reader looks."""
    import shutil

    name, building = run.shelf.fresh(run.started)
    try:
        jobs = _jobs(run, building)
        launch.run(jobs, run.definition.limits, building, title=run.definition.name,
                   meanwhile=lambda: import_module("parley.report.page"))  # fmt: skip
        facts = _build(run, name, building, jobs)
        return facts, _place(run, building, facts)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _attempt(run: Run) -> tuple[dict[str, Any], Path]:
    """Run; what cannot be written, as on a full disk, is a failure to be told of like another."""
    try:
        return _execute(run)
    except OSError as problem:
        reason = f"it could not be written{run.shelf.still()}: {problem}"
        name = run.started.strftime("%Y-%m-%dT%H%M%SZ")
        facts = _describe(run, name, []) | {
            "status": "failed",
            "reason": f"{run.definition.name}: {reason}",
        }
        with contextlib.suppress(OSError):
            run.shelf.note(facts)
        return facts, run.shelf.folder


def _finish(run: Run, facts: dict[str, Any], place: Path) -> int:
    from parley.report import notify, site

    with contextlib.suppress(OSError):
        site.rebuild(run.shelf.out)
    notify.tell(run.definition, facts, place, run.shelf.history())
    if facts["status"] == "published":
        print(place / "index.html")
        return PUBLISHED
    page, reason = place / "index.html", str(facts["reason"]).rstrip(".")
    see = f". See {page}" if page.is_file() else ""
    print(f"parley: {reason}{see}", file=sys.stderr)
    return HELD if facts["status"] == "held" else FAILED


def _prepare(
    definition: Definition, corpus: str | Path, given: Any, out: Path | None,
    at: datetime | None, scheduled: bool, folder: Path | None,
) -> Run:  # fmt: skip
    if definition.pdf:
        pdf.weasyprint()  # that it is missing is said before anything runs
    when = at or record.now()
    values = parameters.parse(definition, given, at=when, scheduled=scheduled)
    shelf = Shelf((out or paths.PUBLISHED).resolve(), definition.name)
    run = Run(definition, corpus_folder(corpus), values, when.astimezone(UTC), scheduled, shelf,
              (folder or paths.NOTEBOOKS).resolve())  # fmt: skip
    _jobs(run, shelf.folder)  # what is wrong with the definition is said before anything is made
    return run


def run(
    name: str,
    *,
    corpus: str | Path = "sample",
    parameters: Mapping[str, object] | list[str] = (),  # type: ignore[assignment]
    out: Path | None = None,
    at: datetime | None = None,
    scheduled: bool = False,
    definitions: Path | None = None,
    folder: Path | None = None,
    as_pdf: bool = False,
) -> int:
    """Run the report ``name`` and publish it; give the exit code.

    0 published, 1 a notebook failed, 2 bad parameters or definition, 3 a gate failed, 4 another run
    of the report holds the lock; a run that is stopped by a signal exits with 128 and its number.
    ``at`` is the scheduled time, which decides what "last week" is; ``folder`` is where the
    notebooks are; ``as_pdf`` makes a PDF as well. The reason, one sentence, goes to standard error.
    """
    shelf = Shelf((out or paths.PUBLISHED).resolve(), name)
    try:
        definition = load(name, definitions)
        definition = definition.model_copy(update={"pdf": as_pdf or definition.pdf})
        prepared = _prepare(definition, corpus, parameters or {}, out, at, scheduled, folder)
        prepared.shelf.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(prepared.shelf.lock, timeout=0), stoppable():
            return _finish(prepared, *_attempt(prepared))
    except ParleyError as problem:
        print(f"parley: {problem}", file=sys.stderr)
        return problem.exit_code
    except Timeout:
        print(f"parley: another run of {name} is under way; this one did nothing", file=sys.stderr)
        return LOCKED
    except Stopped as stopped:
        print(f"parley: {name} was stopped{shelf.still()}", file=sys.stderr)
        raise SystemExit(128 + stopped.args[0]) from None  # so that `due` goes on with none either
    except OSError as problem:
        print(f"parley: {name} could not be written{shelf.still()}: {problem}; "
              "--out names another place", file=sys.stderr)  # fmt: skip
        return FAILED

"""Every notebook keeps its shape, runs on the sample, and says so where there is too little."""

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from parley import paths

NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))
IDS = [file.stem for file in NOTEBOOKS]
PAPERS = [
    "00_briefing",
    "01_what-is-in-the-corpus",
    "02_who-is-in-the-news",
    "03_who-gets-quoted",
    "04_in-what-tone",
    "05_who-stands-where",
    "06_who-acts-on-whom",
    "07_what-changed",
    "08_how-far-to-trust-it",
]


def read(file: Path) -> nbformat.NotebookNode:
    return nbformat.read(file, as_version=4)


def parameters(notebook: nbformat.NotebookNode) -> dict[str, object]:
    """What the tagged cell sets, with its annotations left to Python."""
    [cell] = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    names: dict[str, object] = {}
    exec(cell.source, names)  # our own cell: plain assignments
    return {name: value for name, value in names.items() if not name.startswith("__")}


def test_every_question_has_its_notebook():
    assert IDS == PAPERS


@pytest.mark.parametrize("file", NOTEBOOKS, ids=IDS)
class TestShape:
    def test_is_valid_and_stripped(self, file):
        notebook = read(file)
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert notebook.metadata.kernelspec.name == "python3"
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert all(not cell.outputs and cell.execution_count is None for cell in code)

    def test_cells_are_few_and_short(self, file):
        notebook = read(file)
        assert 15 <= len(notebook.cells) <= 30
        for cell in notebook.cells:
            lines = len(cell.source.splitlines())
            assert cell.source.strip(), cell.id
            if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
                assert lines <= 5, f"{cell.id} has {lines} lines"

    def test_cell_ids_can_be_read(self, file):
        ids = [cell["id"] for cell in json.loads(file.read_text())["cells"]]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)

    def test_the_order_of_the_house(self, file):
        """The question; the parameters; the data and its n; ...; robustness; limits."""
        notebook = read(file)
        assert notebook.cells[0].source.startswith("# ")
        assert "?" in notebook.cells[0].source.splitlines()[0]
        assert "parameters" in notebook.cells[1].metadata.tags
        assert notebook.cells[-1].source.startswith("## Limits")
        code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
        assert sum("report.context(" in source for source in code) == 1
        assert any("report.figure(" in source for source in code)
        assert any("explore.say_" in source and "report.finding(" in source for source in code)
        assert any("report.sentences(" in source for source in code)

    def test_parameters_are_typed_and_upper_case(self, file):
        notebook = read(file)
        source = notebook.cells[1].source
        for line in source.splitlines():
            assert re.match(r"[A-Z]+: [a-z\[\] |N]+one?.* = |[A-Z]+: \w+ = ", line), line
        values = parameters(notebook)
        assert values["CORPUS"] == "sample"
        assert values["START"] is None and values["END"] is None

    def test_nothing_of_one_machine(self, file):
        source = "\n".join(cell.source for cell in read(file).cells)
        for banned in ("sys.path", "\ndef ", "/home/", "HTML(", "Markdown(", ".style", "warnings."):
            assert banned not in source


def run_all(
    corpus: Path, folder: Path, names: list[str] = IDS, **given: object
) -> dict[str, nbformat.NotebookNode]:
    """Run these notebooks with these parameters, two kernels at a time."""
    import papermill

    def run(file: Path) -> nbformat.NotebookNode:
        known = parameters(read(file))
        wanted = {name: value for name, value in given.items() if name in known}
        out = folder / file.name
        papermill.execute_notebook(
            str(file),
            str(out),
            parameters={"CORPUS": str(corpus), **wanted},
            cwd=str(folder),
            progress_bar=False,
        )
        return read(out)

    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    os.environ.update({name: os.environ.get(name, value) for name, value in threads.items()})
    with ThreadPoolExecutor(2) as pool:
        files = [paths.NOTEBOOKS / f"{name}.ipynb" for name in names]
        return dict(zip(names, pool.map(run, files), strict=True))


def outputs(notebook: nbformat.NotebookNode, kind: str) -> list:
    """Every output of that MIME type, in order."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    found = [out.get("data", {}) for cell in cells for out in cell.outputs]
    return [data[kind] for data in found if kind in data]


def mime(name: str) -> str:
    return f"application/vnd.parley.{name}+json"


WEEK = ["02_who-is-in-the-news", "07_what-changed"]
ACTOR = ["02_who-is-in-the-news", "03_who-gets-quoted", "05_who-stands-where"]
THIN = [name for name in IDS if not name.startswith(("01", "08"))]


@pytest.fixture(scope="module")
def whole(sample_corpus, tmp_path_factory):
    """Every notebook on the whole sample."""
    return run_all(sample_corpus, tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def week(sample_corpus, tmp_path_factory):
    """One week, at the level of states: an open window, and one with a window before it."""
    window = {"START": "2022-01-10", "END": "2022-01-17", "LEVEL": "state"}
    return run_all(sample_corpus, tmp_path_factory.mktemp("week"), WEEK, **window)


@pytest.fixture(scope="module")
def one_actor(sample_corpus, tmp_path_factory):
    """Notebooks of an actor's profile, for NATO."""
    asked = {"ACTORS": ["nato"], "LEVEL": "actor"}
    return run_all(sample_corpus, tmp_path_factory.mktemp("actor"), ACTOR, **asked)


@pytest.fixture(scope="module")
def thin(sample_corpus, tmp_path_factory):
    """A window with very few articles, and few before it."""
    window = {"START": "2021-12-07", "END": "2021-12-09"}
    return run_all(sample_corpus, tmp_path_factory.mktemp("thin"), THIN, **window)


def findings(notebook: nbformat.NotebookNode) -> list[str]:
    return [payload["text"] for payload in outputs(notebook, mime("finding"))]


def numbers(rows: list[dict]) -> list[dict]:
    return [row for row in rows if row.get("estimate") is not None]


class TestOnTheSample:
    @pytest.mark.parametrize("name", IDS)
    def test_every_cell_ran_and_complained_of_nothing(self, whole, name):
        for cell in whole[name].cells:
            if cell.cell_type == "code":
                assert cell.execution_count is not None, cell.id
                streams = [out.text for out in cell.outputs if out.output_type == "stream"]
                assert not streams, (cell.id, streams)

    @pytest.mark.parametrize("name", IDS)
    def test_something_is_found_and_shown(self, whole, name):
        [context] = outputs(whole[name], mime("context"))
        assert context["articles"] > 30
        assert findings(whole[name])
        pictures = outputs(whole[name], mime("figure"))
        assert pictures and all(picture["alt"] for picture in pictures)

    @pytest.mark.parametrize("name", ["00_briefing", "02_who-is-in-the-news"])
    def test_the_finding_says_what_the_table_does(self, whole, name):
        tables = {table["name"]: table for table in outputs(whole[name], mime("table"))}
        first = findings(whole[name])[0]
        assert first.startswith("Russia is named most often")
        if "mention-share" in tables:
            top = tables["mention-share"]["records"][0]
            assert top["name"] == "Russia" and f"{top['estimate']:.1f}" in first

    @pytest.mark.parametrize("name", [*IDS[:5], "07_what-changed"])
    def test_five_real_sentences(self, whole, study, name):
        texts = "\n".join(study.articles["text"])
        lists = outputs(whole[name], mime("sentences"))
        assert lists and any(len(one["sentences"]) == 5 for one in lists)
        for row in (row for one in lists for row in one["sentences"]):
            assert row["text"] in texts
            if row.get("mark_start") is not None:
                assert 0 <= row["mark_start"] <= row["mark_end"] <= len(row["text"])

    @pytest.mark.parametrize("name", IDS)
    def test_every_estimate_has_its_interval_and_n(self, whole, name):
        for table in outputs(whole[name], mime("table")):
            for row in numbers(table["records"]):
                assert "low" in row and "high" in row and "n" in row, table["name"]

    def test_positions_and_events_are_there_or_said_to_be_missing(self, whole, study):
        pairs = (("05_who-stands-where", study.stances), ("06_who-acts-on-whom", study.events))
        for name, table in pairs:
            said = findings(whole[name])[0]
            assert said.startswith("This corpus holds no") == table.empty


class TestOneWeek:
    @pytest.mark.parametrize("name", WEEK)
    def test_the_window_is_the_one_asked_for(self, week, name):
        [context] = outputs(week[name], mime("context"))
        assert (context["start"][:10], context["end"][:10]) == ("2022-01-10", "2022-01-17")
        assert context["articles"] == 56

    def test_the_level_is_the_one_asked_for(self, week):
        tables = {t["name"]: t for t in outputs(week["02_who-is-in-the-news"], mime("table"))}
        assert "Vladimir Putin" not in {row["name"] for row in tables["mention-share"]["records"]}


class TestOneActor:
    @pytest.mark.parametrize("name", ACTOR)
    def test_what_is_found_is_about_the_actor(self, one_actor, name):
        said = findings(one_actor[name])[0]
        assert "NATO" in said or said.startswith("Too few articles"), said

    @pytest.mark.parametrize(
        ("name", "table", "columns"),
        [
            ("02_who-is-in-the-news", "mention-share", ["actor_id"]),
            ("02_who-is-in-the-news", "outlets", ["actor_id"]),
            ("02_who-is-in-the-news", "company", ["actor_a", "actor_b"]),
            ("02_who-is-in-the-news", "with-copies", ["actor_id"]),
            ("03_who-gets-quoted", "distance-speakers", ["actor_id"]),
            ("05_who-stands-where", "positions", ["holder_id", "target_id"]),
        ],
    )
    def test_every_row_holds_the_actor(self, one_actor, name, table, columns):
        tables = {one["name"]: one["records"] for one in outputs(one_actor[name], mime("table"))}
        assert tables[table]
        for row in tables[table]:
            assert "nato" in [row[column] for column in columns]


class TestTooFew:
    @pytest.mark.parametrize("name", THIN)
    def test_it_says_that_it_cannot_say(self, thin, name):
        [context] = outputs(thin[name], mime("context"))
        assert context["articles"] < 5
        for text in findings(thin[name]):
            assert re.match(r"Too few articles|This corpus holds no|Nobody has coded", text), text


def test_a_window_without_articles_is_one_sentence(sample_corpus, tmp_path):
    import papermill
    from papermill.exceptions import PapermillExecutionError

    window = {"CORPUS": str(sample_corpus), "START": "2031-01-01", "END": "2031-01-08"}
    with pytest.raises(PapermillExecutionError, match="no articles from 2031-01-01"):
        papermill.execute_notebook(
            str(NOTEBOOKS[1]), str(tmp_path / "out.ipynb"), parameters=window, progress_bar=False
        )

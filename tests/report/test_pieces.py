"""Small parts of a report: what is shown, compared, kept, told, and checked."""

import http.server
import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from parley import report
from parley.errors import ParleyError
from parley.report import changes, findings, gates, installer, lint, markup, notify, site
from parley.report.definition import Definition, Gates, Retention
from parley.report.shelf import Shelf

from tests.report.house import CONTEXT, DECLARED, IMPORTS, House, notebook


def _bundle(shown):
    return shown._repr_mimebundle_()[0]


def test_a_table_on_show_carries_all_its_columns_as_data() -> None:
    frame = pd.DataFrame(
        {"name": ["Russia", "NATO"], "estimate": [12.3, None], "low": [10.1, None],
         "high": [14.8, None], "n": [5, 1], "evidence": [("a:1",), ()]}
    )  # fmt: skip
    payload = _bundle(report.show(frame, name="share"))[markup.TABLE]
    assert payload["rows"] == [
        ["Russia", "12.3 (10.1 to 14.8)", "5"],
        ["NATO", "too few to say", "1"],
    ]
    assert payload["records"][0]["evidence"] == ["a:1"]
    assert payload["records"][1]["estimate"] is None
    json.dumps(payload, allow_nan=False)


def test_a_frame_of_every_dtype_can_be_shown() -> None:
    frame = pd.DataFrame(
        {
            "text": pd.array(["a", None], "string"),
            "whole": pd.array([1, None], "Int64"),
            "yes": pd.array([True, None], "boolean"),
            "kind": pd.Categorical(["x", None]),
            "day": pd.to_datetime(["2022-01-10", None], utc=True),
            "gap": pd.to_timedelta([1, None], unit="D"),
        }
    )
    payload = _bundle(report.show(frame, name="all"))[markup.TABLE]
    assert payload["rows"][0][:5] == ["a", "1", "yes", "x", "10 Jan 2022"]
    assert payload["rows"][1] == ["–"] * 6
    json.dumps(payload, allow_nan=False)


def test_an_empty_frame_says_so() -> None:
    assert (
        "Nothing to show." in _bundle(report.show(pd.DataFrame({"a": []}), name="e"))["text/html"]
    )


@pytest.mark.parametrize("name", ["../up", "A", "", "a/b", "a" * 65, "x\n"])
def test_a_name_that_could_be_a_path_is_refused(name: str) -> None:
    with pytest.raises(ParleyError, match="is not one"):
        report.show(pd.DataFrame({"a": [1]}), name=name)


def test_a_figure_without_words_is_refused() -> None:
    with pytest.raises(ParleyError, match="needs alt text"):
        report.figure(object(), name="x")


def _metrics(*rows: dict, by: list[str] | None = None) -> dict:
    table = {"caption": "Share", "by": by or ["name"], "rows": list(rows)}
    return {"context": {}, "notebooks": {"a": {"tables": {"t": table}}}}


def _row(name: str, estimate: float, low: float, high: float, **more: object) -> dict:
    return {"name": name, "estimate": estimate, "low": low, "high": high, **more}


def test_only_intervals_that_lie_apart_are_a_change() -> None:
    was = _metrics(_row("up", 1, 0.5, 1.5), _row("same", 1, 0.5, 1.5), _row("gone", 1, 0.5, 2))
    now = _metrics(_row("up", 3, 2, 4), _row("same", 1.4, 1, 2), _row("new", 1, 0.5, 2))
    found, compared = changes.compare(now, was)
    assert [(c.what, c.verdict) for c in found] == [("up", "up"), ("new", "new"), ("gone", "gone")]
    assert compared == 2


def test_too_few_articles_are_no_change() -> None:
    was, now = _metrics(_row("a", 1, 0, 2)), _metrics(_row("a", 9, 8, 10, enough=False))
    assert changes.compare(now, was) == ([], 0)


def test_a_row_is_called_by_its_name_and_not_by_its_id() -> None:
    was = _metrics({"actor_id": "russia", **_row("Russia", 1, 0.5, 1.5)}, by=["actor_id"])
    now = _metrics({"actor_id": "russia", **_row("Russia", 3, 2, 4)}, by=["actor_id"])
    assert [change.what for change in changes.compare(now, was)[0]] == ["Russia"]


def test_gates() -> None:
    rules = Gates(least_articles=10, newest_within_days=2, most_unresolved=0.3)
    context = {"articles": 9, "newest": "2022-01-14T12:00:00Z", "end": "2022-01-17",
               "unresolved_share": 0.2}  # fmt: skip
    held = gates.check(rules, context, datetime(2022, 1, 20, tzinfo=UTC))
    assert [(gate.name, gate.holds) for gate in held] == [
        ("least_articles", False), ("newest_within_days", False), ("most_unresolved", True),
    ]  # fmt: skip
    assert held[1].words.endswith("2.5 days")
    assert not gates.check(Gates(least_articles=1), {})[0].holds


def _shelf(tmp_path: Path, *days: int) -> Shelf:
    shelf = Shelf(tmp_path, "week")
    for day in days:
        run, building = shelf.fresh(datetime(2022, 1, day, tzinfo=UTC))
        (building / "run.json").write_text(json.dumps({"finished": f"2022-01-{day:02d}T00:00:00Z"}))
        shelf.publish(building, run)
    return shelf


def test_the_last_good_run_is_never_removed(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path, 3, 4, 5)
    later = datetime(2023, 1, 1, tzinfo=UTC)
    assert len(shelf.prune(Retention(count=2), later)) == 1
    assert len(shelf.prune(Retention(days=1), later)) == 1
    assert shelf.latest() == shelf.folder / "2022-01-05T000000Z"
    assert shelf.prune(Retention(count=1, days=1), later) == []


def test_two_runs_in_one_second_have_two_names(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path, 3, 3)
    assert shelf.latest() == shelf.folder / "2022-01-03T000000Z-2"


def test_latest_is_found_where_links_are_not_allowed(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path, 3)
    (shelf.folder / "latest").unlink()
    assert shelf.latest() == shelf.folder / "2022-01-03T000000Z"


def test_the_index_stands_with_a_line_of_the_articles(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path, 3, 4)
    for day, articles in ((3, 10), (4, 12)):
        shelf.note({
            "run": f"r{day}", "status": "published", "folder": f"2022-01-0{day}T000000Z",
            "scheduled": f"2022-01-0{day}T00:00", "finished": f"2022-01-0{day}T00:00",
            "title": "<b>Week</b>", "context": {"articles": articles},
        })  # fmt: skip
    text = site.rebuild(tmp_path).read_text()
    assert "&lt;b&gt;Week" in text
    assert "articles in the last 2 runs: from 10 to 12" in text


@pytest.fixture
def mailbox():
    """A server that keeps what is posted to it."""
    posted: list[dict] = []

    class Keep(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return None

    server = http.server.HTTPServer(("127.0.0.1", 0), Keep)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}/secret-token", posted
    server.shutdown()


def test_what_was_looked_for_and_not_found_stands_apart_from_the_findings():
    made = [
        ("00", {"text": "No difference beyond chance from the window before, in 9 comparisons."}),
        ("02", {"text": "Russia is named most often."}),
        ("02", {"text": "No difference beyond chance between outlets, in 4 comparisons."}),
        ("06", {"text": "Too few articles to say who acts on whom."}),
    ]
    found = findings.gather(made)
    assert [finding.text for finding in found.said] == ["Russia is named most often."]
    assert {words: [f.text for f in group] for words, group in found.unsaid.items()} == {
        "No difference beyond chance ": [
            "from the window before, in 9 comparisons",
            "between outlets, in 4 comparisons",
        ],
        "Too few articles to say ": ["who acts on whom"],
    }


def test_people_are_told_of_failure_and_recovery_and_no_secret_is_kept(
    tmp_path: Path, mailbox, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture
) -> None:
    address, posted = mailbox
    monkeypatch.setenv("PARLEY_TEST_NOTIFY", address)
    shape = {"name": "week", "title": "Week", "notebooks": ["a"],
             "notify": {"to": ["PARLEY_TEST_NOTIFY"]}}  # fmt: skip
    definition = Definition.model_validate(shape)
    entry = {"findings": [{"text": "Russia is named most."}]}
    (tmp_path / "metrics.json").write_text(json.dumps({"notebooks": {"a": entry}}))
    good = {"status": "published", "title": "Week", "reason": None}
    bad = {"status": "failed", "title": "Week", "reason": "a: its kernel died"}
    assert notify.tell(definition, bad, tmp_path, [bad])
    assert notify.tell(definition, good, tmp_path, [bad, good])
    assert not notify.tell(definition, good, tmp_path, [good, good])
    assert [message["title"] for message in posted] == ["Week failed", "Week is published"]
    assert "its kernel died" in posted[0]["message"]
    assert "Russia is named most." in posted[1]["message"]
    assert "secret-token" not in "".join(capfd.readouterr())


def test_a_real_failure_and_the_recovery_are_told_and_no_file_has_the_secret(
    house: House, mailbox: tuple[str, list[dict]]
) -> None:
    address, posted = mailbox
    told = "notify: {to: [PARLEY_TEST_NOTIFY], when: [failure, recovery]}"
    house.notebook("a", IMPORTS, CONTEXT, "report.finding('All is well.')", "assert WORDS != 'bad'")
    house.define("week", f"title: Week\nnotebooks: [a]{DECLARED}{told}")
    given = {"PARLEY_TEST_NOTIFY": address}
    done = [house.run("week", f"words={word}", environment=given) for word in ("bad", "ok", "ok")]

    assert [run.returncode for run in done] == [1, 0, 0]
    assert [message["title"] for message in posted] == ["Week failed", "Week is published"]
    assert "cell 6 of 6" in posted[0]["message"] or "AssertionError" in posted[0]["message"]
    assert "All is well." in posted[1]["message"]
    assert all(str(house.out) in message["message"] for message in posted)
    files = [path for path in house.out.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert not [path for path in files if b"secret-token" in path.read_bytes()]


GOOD = (IMPORTS, CONTEXT)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("from IPython.display import HTML\nHTML(text)",), "HTML() does not escape"),
        (("display(Markdown(articles.text[0]))",), "Markdown() does not escape"),
        (("frame.style.format()",), ".style does not escape"),
        (("def f():\n    return 1",), "'f' is defined here"),
        (("import sys\nsys.path.append('..')",), "sys.path is not for notebooks"),
        (("open('/home/me/x.csv')",), "is a path of one machine"),
        (("%matplotlib inline",), "magics"),
        (("report.show(a, name='a')\nreport.show(b, name='b')",), "line 1: report.show() is lost"),
        (("x = (",), "is not Python"),
    ],
)
def test_a_notebook_that_must_not_ship_is_refused(
    tmp_path: Path, cells: tuple[str, ...], said: str
) -> None:
    path = notebook(tmp_path / "bad.ipynb", *GOOD, *cells)
    (fault,) = lint.faults(path)
    assert fault.startswith(f"{path}: cell 5")
    assert said in fault


def test_a_notebook_as_it_should_be_passes(tmp_path: Path) -> None:
    path = notebook(tmp_path / "good.ipynb", *GOOD, "report.show(a, name='a')")
    assert lint.main([str(path)]) == 0


def test_outputs_and_missing_tags_are_refused(tmp_path: Path) -> None:
    path = notebook(tmp_path / "bad.ipynb", *GOOD)
    made = nbformat.read(path, as_version=4)
    made.cells[1].metadata = nbformat.NotebookNode()
    made.cells[2].execution_count = 3
    nbformat.write(made, path)
    said = "\n".join(lint.faults(path))
    assert "0 cells are tagged 'parameters'" in said
    assert "has outputs" in said
    assert lint.main([str(path), str(tmp_path / "nosuch.ipynb")]) == 1


def test_a_timer_is_written_with_its_words_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/a b/100%/python")
    units = installer.systemd_units("/tmp/my corpus")
    assert '"/a b/100%%/python" "-m" "parley.cli" "due"' in units["parley.service"]
    assert "Persistent=true" in units["parley.timer"]
    assert r"'/a b/100\%/python' -m parley.cli due" in installer.cron_lines()
    with pytest.raises(ParleyError, match="systemd or cron"):
        report.install("launchd")


def test_an_older_line_in_the_crontab_is_replaced() -> None:
    old = f"1 2 * * * mine\n{installer.cron_lines()}3 4 * * * also mine\n"
    assert installer._without_ours(old) == "1 2 * * * mine\n3 4 * * * also mine\n"


def test_old_age_is_counted_from_the_run(tmp_path: Path) -> None:
    shelf = _shelf(tmp_path, 3, 20)
    soon = datetime(2022, 1, 21, tzinfo=UTC) + timedelta(hours=1)
    assert [path.name for path in shelf.prune(Retention(days=10), soon)] == ["2022-01-03T000000Z"]

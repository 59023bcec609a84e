"""The command as a user types it, in a process of its own."""

import json
import subprocess
import sys

import pytest
from parley import cli, paths


def parley(*arguments, cwd=None):
    command = [sys.executable, "-m", "parley.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=300)


def commands(app, prefix=()):
    """Every command, groups opened."""
    for command in app.registered_commands:
        yield (*prefix, command.name or command.callback.__name__.replace("_", "-"))
    for group in app.registered_groups:
        yield from commands(group.typer_instance, (*prefix, group.name))


def test_help_answers_without_loading_the_rooms():
    script = (
        "import parley.cli, sys; print([m for m in ('pandas', 'onnxruntime') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout.strip() == "[]", found.stdout


@pytest.mark.parametrize("command", [*commands(cli.app)], ids=" ".join)
def test_every_command_gives_an_example(command):
    app = cli.app
    for name in command[:-1]:
        (app,) = [g.typer_instance for g in app.registered_groups if g.name == name]
    (found,) = [
        c.callback
        for c in app.registered_commands
        if (c.name or c.callback.__name__.replace("_", "-")) == command[-1]
    ]
    assert f"Example: `parley {' '.join(command)}" in found.__doc__


def test_from_a_folder_to_a_described_corpus(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    (source / "2022-01-12_the-post_talks.txt").write_text(
        "NATO and Russia met in Brussels today.\n"
    )
    taken = parley("ingest", source, "--corpus", tmp_path / "c")
    assert taken.returncode == 0, taken.stderr
    assert "1 offered: 1 accepted" in taken.stdout
    found = parley("corpus", tmp_path / "c", "--json")
    assert json.loads(found.stdout)["outlets"] == {"the-post": 1}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ingest", "nowhere", "--corpus", "c"], "nowhere does not exist"),
        (["annotate", "--corpus", "nowhere"], "not a corpus"),
        (["corpus", "nowhere"], "parley ingest"),
        (["report", "nosuch"], "nosuch"),
        (["report", "weekly-briefing", "-p", "strat=2022-01-10"], "start"),
        (["report", "weekly-briefing", "-p", "start"], "say, -p start=2022-01-10"),
        (["evaluate", "nosuch", "."], "newsmtsc"),
        (["ingest", ".", "--corpus", "c", "--map", "outlet"], "KEY=VALUE"),
        (["evidence", "--holder", "russia"], "name one corpus"),
        (["evidence", "one", "--corpus", "another"], "name one corpus"),
    ],
)
def test_what_a_user_can_mend_is_one_sentence(tmp_path, arguments, says):
    done = parley(*arguments, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    complaint = [line for line in done.stderr.splitlines() if line.startswith("parley: ")]
    assert len(complaint) == 1, done.stderr
    assert says in complaint[0]
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_to_is_one_sentence(sample_corpus, tmp_path):
    (tmp_path / "file").write_text("x")
    place = tmp_path / "file" / "below.csv"
    done = parley("evidence", sample_corpus, "--actor", "russia", "--csv", place)
    assert done.returncode == 2
    assert str(place.parent) in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_damaged_marker_of_a_corpus_is_one_sentence(tmp_path):
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "parley.json").write_text("{")
    done = parley("corpus", tmp_path / "a b")
    assert done.returncode == 2
    assert "a b/parley.json is damaged" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_reader_that_has_seen_enough_is_no_fault(sample_corpus):
    command = [sys.executable, "-m", "parley", "evidence", str(sample_corpus), "--top", "300"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_evidence_of_a_cell_is_printed_with_its_sentences(sample_corpus):
    done = parley("evidence", sample_corpus, "--holder", "russia", "--level", "state", "--json")
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert rows
    assert all(row["text"] and row["outlet"] for row in rows)


@pytest.mark.parametrize(
    "command",
    [
        ["evidence", "--actor", "nato", "--json", "--top", 1],
        ["actors", "unresolved", "--json", "--top", 1],
        ["sample-for-coding", "--task", "sentiment", "--n", 5],
    ],
    ids=lambda words: words[0],
)
def test_a_corpus_may_be_named_as_an_option_too(sample_corpus, tmp_path, command):
    done = parley(*command, "--corpus", sample_corpus, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout) > len("[]\n")


def test_where_a_state_itself_holds_nothing_its_people_are_pointed_to(sample_corpus, tmp_path):
    # in the sample a president speaks for Kazakhstan, and the state itself takes no position
    ledger = tmp_path / "a folder" / "that is made.csv"
    done = parley("evidence", sample_corpus, "--holder", "kazakhstan", "--csv", ledger)
    assert done.returncode == 0, done.stderr
    assert "nothing to show" in done.stdout and "--level state" in done.stderr
    assert ledger.is_file()


def test_a_name_is_explained():
    done = parley("actors", "explain", "Moscow", "--text", "Moscow denied it.", "--json")
    assert json.loads(done.stdout)[0]["actor_id"] == "russia"


def test_the_sample_is_where_the_readme_says():
    assert any(paths.SAMPLE_ARTICLES.iterdir())

"""What goes wrong with a disk is one sentence, and the corpus is as it was at its last commit."""

import subprocess

import pandas as pd
import pytest
from parley import tables
from parley.corpus import delta
from parley.corpus.annotating import Annotating
from parley.corpus.store import Store
from parley.errors import ParleyError

from .conftest import annotated, article


@pytest.fixture
def disk(tmp_path):
    """A disk of one megabyte, and how to mount it anew with other options."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options):
        call = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
        return subprocess.run(call, capture_output=True).returncode == 0

    try:
        there = mount("size=1m")
    except FileNotFoundError:
        there = False
    if not there:
        pytest.skip("only root of a Linux machine may mount a small disk")
    yield folder, mount
    subprocess.run(["umount", folder], check=True)


def filled(folder):
    """A corpus there with one article that is annotated and one that is not."""
    store = Store(folder / "c", create=True)
    rows = [article(digest="a"), article("2022-02", 3, "b")]
    store.append(tables.ARTICLES, pd.DataFrame(rows))
    with Annotating(store, "v1") as run:
        run.write(annotated("202201-a"))
    return store


def contents(store):
    return {name: store.count(table) for name, table in tables.TABLES.items()}


def test_a_full_disk_is_one_sentence_and_what_was_committed_is_there(disk):
    folder, _ = disk
    store = filled(folder)
    with pytest.raises(OSError, match="No space"):
        (folder / "filling").write_bytes(b"x" * 2**20)
    before = contents(store)
    with pytest.raises(ParleyError, match=r"cannot be written to .*No space left") as said:
        store.append(tables.ARTICLES, pd.DataFrame([article(digest="d")]))
    assert "\n" not in str(said.value)
    with pytest.raises(ParleyError, match="as it was at its last commit"), Annotating(store, "v1"):
        pass
    assert contents(store) == before
    (folder / "filling").unlink()
    with Annotating(store, "v1") as run:
        assert run.total == 1
        run.write(annotated("202202-b"))
    assert contents(store)["annotated"] == 2


def test_a_disk_that_may_only_be_read_is_one_sentence(disk):
    folder, mount = disk
    store = filled(folder)
    before = contents(store)
    assert mount("remount,ro")
    with pytest.raises(ParleyError, match="cannot be written to: it may only be read"):
        Store(folder / "c", create=True)
    with (
        pytest.raises(ParleyError, match=r"cannot be written to .*Read-only"),
        Annotating(store, "v1"),
    ):
        pass
    assert contents(store) == before


def test_a_commit_since_a_table_was_opened_makes_the_next_one_refused(store):
    rows = delta.to_arrow(store.read(tables.ARTICLES), tables.ARTICLES)
    first, second = store.opened("articles"), store.opened("articles")
    delta.write(first, rows[:1])
    for refused in (lambda: delta.write(second, rows), lambda: delta.delete(second, "true")):
        with pytest.raises(ParleyError, match=r"another process is writing to .*/c: "):
            refused()
    assert store.count(tables.ARTICLES) == 4


def test_a_reason_is_one_short_line():
    said = delta.reason(OSError("\x1b[31mno\x1b[0m\n  ↳ disk at " + "/path" * 99 + " (5)"))
    assert said == "no disk at ... (5)"

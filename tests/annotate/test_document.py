"""The version of the annotators changes with what they are made of."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import parley
from parley import annotate, paths


def version_of(lib):
    """The version that another copy of the library gives itself."""
    say = "from parley import annotate; print(annotate.version())"
    env = os.environ | {"PYTHONPATH": str(lib), "PARLEY_HOME": str(paths.HOME)}
    run = [sys.executable, "-c", say]
    return subprocess.run(run, env=env, capture_output=True, text=True, check=True).stdout.strip()


def test_a_changed_rule_is_another_version_and_a_change_elsewhere_is_not(tmp_path):
    shutil.copytree(Path(parley.__file__).parent, tmp_path / "parley")
    assert version_of(tmp_path) == annotate.version()
    for file, same in (("cli.py", True), ("annotate/events.py", False)):
        with (tmp_path / "parley" / file).open("a") as code:
            code.write("\n# another rule\n")
        assert (version_of(tmp_path) == annotate.version()) is same

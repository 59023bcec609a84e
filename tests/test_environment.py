"""The lock, pyproject.toml and environment.yml say the same, and no index's address is in them."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
CONDA_PYTHON = "3.12"


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def direct() -> list[Requirement]:
    meta = project()
    named = meta["project"]["dependencies"] + meta["dependency-groups"]["dev"]
    return [Requirement(line) for line in named]


def locked(*, python: str = CONDA_PYTHON) -> dict[str, str]:
    """Name -> version of all that the lock installs on Linux for one Python."""
    lines = re.findall(r"^([^\s#][^\\\n]*==[^\\\n]*?)\s*\\?$", lock_text(), re.M)
    requirements = [Requirement(line) for line in lines]
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    return {
        r.name.lower(): str(r.specifier).removeprefix("==")
        for r in requirements
        if r.marker is None or r.marker.evaluate(here)
    }


def lock_text() -> str:
    return (ROOT / "requirements.lock").read_text()


def conda() -> dict:
    return yaml.safe_load((ROOT / "environment.yml").read_text())


def conda_pip() -> list[str]:
    (pip,) = [part["pip"] for part in conda()["dependencies"] if isinstance(part, dict)]
    return pip


def test_environment_yml_pins_every_direct_dependency_as_the_lock_does():
    versions = locked()
    pins = sorted({f"{r.name.lower()}=={versions[r.name.lower()]}" for r in direct()})
    assert conda_pip()[:-1] == pins, "paste this into environment.yml:\n" + "\n".join(
        f"      - {pin}" for pin in pins
    )
    assert conda_pip()[-1] == "--editable ."


def test_environment_yml_has_the_python_that_the_lock_was_read_for():
    assert f"python={CONDA_PYTHON}" in conda()["dependencies"]


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_lock_satisfies_pyproject(python):
    versions = locked(python=python)
    for requirement in direct():
        version = versions[requirement.name.lower()]
        assert requirement.specifier.contains(version, prereleases=True), requirement


def test_the_lock_has_hashes_and_no_address():
    assert "--hash=sha256:" in lock_text()
    assert not re.search(r"https?://|--find-links", lock_text())


def test_what_was_asked_for_is_a_direct_dependency():
    asked = {"jupyterlab", "pandas", "nltk", "matplotlib", "seaborn", "papermill"}
    assert asked <= {requirement.name.lower() for requirement in direct()}

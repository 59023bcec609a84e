"""Fixtures that many rooms share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on what else the machine does: no property is about that.
settings.register_profile("parley", deadline=None)
settings.load_profile("parley")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data beside the checkout; tests that need it are skipped without it."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(f"needs the gold data in {SHARED}, which is not part of the project")
    return SHARED


@pytest.fixture(scope="session")
def sample_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, ingested and annotated: once, whichever process comes first."""
    from filelock import FileLock
    from parley import corpus, paths, pipeline

    # With several processes, each has a folder of its own below one that they share.
    root = tmp_path_factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, ready = root / "sample", root / "sample-is-ready"
    with FileLock(root / "sample.lock"):
        if not ready.exists():
            corpus.ingest([paths.SAMPLE_ARTICLES], folder)
            pipeline.annotate_corpus(folder)
            ready.touch()
    return folder


@pytest.fixture(scope="session")
def study(sample_corpus: Path):
    """The whole sample as a study."""
    from parley import corpus

    return corpus.open_study(sample_corpus)

"""Fixtures that many rooms share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data beside the checkout; tests that need it are skipped without it."""
    if not (SHARED / "gold").is_dir():
        pytest.skip(f"needs the gold data in {SHARED}, which is not part of the project")
    return SHARED

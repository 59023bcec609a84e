"""Where things lie. Imports nothing of ours.

``PARLEY_HOME`` names the project's folder for who has installed the package elsewhere; without it
the folder is the checkout that this file stands in, or the working directory.
"""

import os
from pathlib import Path


def _home() -> Path:
    named = os.environ.get("PARLEY_HOME")
    if named:
        return Path(named)
    checkout = Path(__file__).resolve().parents[2]
    return checkout if (checkout / "data" / "actors").is_dir() else Path.cwd()


HOME = _home()
DATA = HOME / "data"
ACTORS = DATA / "actors"
LEXICONS = DATA / "lexicons"
MODELS = DATA / "models"
ENCODER = MODELS / "encoder"
PUNKT = MODELS / "punkt.json"
SAMPLE = DATA / "sample"
SAMPLE_ARTICLES = SAMPLE / "articles"
NOTEBOOKS = HOME / "notebooks"
REPORTS = HOME / "reports"
DEFINITIONS = REPORTS / "definitions"
PUBLISHED = REPORTS / "published"

# The corpus that `make report` builds from the sample, and that every notebook opens by default.
SAMPLE_CORPUS = HOME / "corpora" / "sample"

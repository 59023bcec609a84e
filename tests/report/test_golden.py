"""A fresh run on the sample is built as the golden sample is; its numbers may differ."""

import re
from pathlib import Path

from tests.report.golden import GOLDEN, alone, front_page, skeleton


def test_a_fresh_run_has_the_skeleton_of_the_golden_sample(
    sample_corpus: Path, tmp_path: Path
) -> None:
    fresh = skeleton(alone(front_page(sample_corpus, tmp_path)))
    kept = skeleton(GOLDEN.read_text(encoding="utf-8"))
    assert len(kept) > 30
    assert fresh == kept, "if this is meant: make golden"


def test_the_golden_sample_stands_alone_and_names_no_machine() -> None:
    page = GOLDEN.read_text(encoding="utf-8")
    assert len(page) < 200_000
    assert not re.search(r'href="(?!#|data:)', page)
    assert not re.search(r"/(?:home|root|Users|work|tmp)/", page)

"""`parley train` says what is missing in one sentence."""

from importlib.util import find_spec

import pytest
from parley import train
from parley.errors import ParleyError


@pytest.mark.skipif(find_spec("torch") is not None, reason="the extra `train` is installed")
def test_without_the_extra_the_cure_is_named():
    with pytest.raises(ParleyError, match=r"pip install \"parley\[train\]\""):
        train.main(["--gold", "x", "--out", "y"])


@pytest.mark.skipif(find_spec("torch") is None, reason="needs the extra `train`")
def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ParleyError, match="is no folder"):
        train.main(["--gold", str(tmp_path / "no"), "--out", str(tmp_path)])


@pytest.mark.skipif(find_spec("torch") is None, reason="needs the extra `train`")
def test_a_folder_without_gold_sets_is_named(tmp_path):
    with pytest.raises(ParleyError, match="holds 0 of the gold sets"):
        train.main(["--gold", str(tmp_path), "--out", str(tmp_path), "--work", str(tmp_path)])

"""Gold data -> the shipped model. Needs the extra ``train`` (torch, transformers, onnx)."""

from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> None:
    """Run ``parley train``: see ``parley train --help-all`` for the options.

    Raises ParleyError where the extra is not installed or the gold data is not there.
    """
    from importlib.util import find_spec

    from parley.errors import ParleyError

    if not (find_spec("torch") and find_spec("transformers") and find_spec("onnx")):
        raise ParleyError('training needs more packages: `pip install "parley[train]"` brings them')
    from parley.train.command import command

    command(args)

"""The model folder: what it must hold, and how it is loaded."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from tokenizers import Tokenizer

from parley import paths
from parley.annotate.encoder import labels
from parley.annotate.encoder.decode import Chain
from parley.annotate.encoder.text import load_tokenizer
from parley.errors import ParleyError

GRAPHS = ("lower", "reading", "marked")
CURE = "restore data/models/encoder from the repository, or make one with `parley train`"


@dataclass(frozen=True, eq=False)
class ModelFolder:
    """What was found there: three graphs, the tokenizer, and what the labels file says."""

    graphs: dict[str, ort.InferenceSession]
    tokenizer: Tokenizer
    facts: dict[str, Any]
    chains: dict[str, Chain]

    def run(
        self, name: str, feed: dict[str, np.ndarray], outputs: Sequence[str] | None = None
    ) -> list[np.ndarray]:
        """What a graph makes of rows of one length; where it asks for a mask, all is seen."""
        graph = self.graphs[name]
        if any(i.name == "mask" for i in graph.get_inputs()):
            feed = feed | {"mask": np.ones(next(iter(feed.values())).shape[:2], np.float32)}
        return graph.run(outputs, feed)

    def temperature(self, head: str) -> float:
        """What a head's scores are divided by so that its probabilities are honest."""
        return float(self.facts.get("temperatures", {}).get(head, 1.0))


def open_folder(folder: str | Path | None = None, *, threads: int | None = None) -> ModelFolder:
    """Load a model folder; ``threads`` defaults to PARLEY_THREADS, or up to four cores."""
    folder = Path(folder) if folder else paths.ENCODER
    facts = _facts(folder)
    for name in (*(f"{graph}.onnx" for graph in GRAPHS), "tokenizer.json"):
        if not (folder / name).is_file():
            raise ParleyError(f"the model folder {folder} has no {name}: {CURE}")
    count = threads or int(os.environ.get("PARLEY_THREADS", 0)) or min(4, os.cpu_count() or 1)
    return ModelFolder(
        graphs={name: _session(folder / f"{name}.onnx", count) for name in GRAPHS},
        tokenizer=load_tokenizer(str(folder / "tokenizer.json")),
        facts=facts,
        chains={
            "mentions": _chain(facts, "mentions", labels.MENTIONS),
            "attributions": _chain(facts, "attributions", labels.ATTRIBUTIONS),
        },
    )


def _facts(folder: Path) -> dict[str, Any]:
    path = folder / "labels.json"
    if not path.is_file():
        raise ParleyError(f"there is no model in {folder} (no labels.json): {CURE}")
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ParleyError(f"{path} cannot be read ({error}): {CURE}") from None
    found = facts.get("format") if isinstance(facts, dict) else None
    if found != labels.FORMAT:
        raise ParleyError(
            f"{folder} holds a model of format {found}, this Parley reads {labels.FORMAT}: {CURE}"
        )
    return facts


def _session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Threads that wait, sleep: on a shared machine spinning costs more than it gains.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has an exception class for each of its states
        reason = str(error).split("\n")[0][:120]
        raise ParleyError(f"{path} is no graph that can be run ({reason}): {CURE}") from None


def _chain(facts: dict[str, Any], head: str, kinds: tuple[str, ...]) -> Chain:
    learned = facts["chains"][head]
    parts = (np.array(learned[name], dtype=float) for name in ("between", "first", "last"))
    return Chain(labels.tags(kinds), *parts).allowed()

"""Words a second of the encoder's whole pass, beside a base-sized model that reads each target.

    python benchmarks/bench_encoder.py [--texts FOLDER_OR_FILE] [--sentences 400] [--threads 2]

Ours: tokenise, read (mentions, attributions, valence), then sentiment toward every mention found.
The peer encodes the sentence anew for each of the same targets, as NewsSentiment does, with a
network of RoBERTa-base's size (12 layers of 768, a vocabulary of 50,265) in float32: the weights
are random, for only speed counts here. It needs the extra `train` (torch, transformers); without
it our own figures alone are printed. Both run in this process, one after the other, on the same
sentences, with the same number of threads and batches sorted by length.
"""

import argparse
import json
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from parley import paths
from parley.annotate.encoder import Encoder, load_encoder

EDGE = re.compile(r"(?<=[.!?])[\"”’]?\s+(?=[A-Z“\"])")


def sentences(path: Path, count: int) -> list[str]:
    """Sentences of the texts in a JSON Lines file, or of the sample that ships."""
    found: list[str] = []
    for file in [path] if path.is_file() else sorted(path.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            try:
                text = str(json.loads(line)["text"])
            except (ValueError, KeyError, TypeError):
                continue  # the sample has broken records, for other purposes
            found += [s.strip() for s in EDGE.split(text.replace("\n", " ")) if len(s) > 20]
    if not found:
        sys.exit(f"no texts in {path}: name a JSON Lines file with a field `text`")
    return (found * (count // len(found) + 1))[:count]


def timed(work: Callable[[], object]) -> float:
    """The best of three, in seconds."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def ours(encoder: Encoder, texts: list[str]) -> list[tuple[str, tuple[int, int]]]:
    """The whole pass; returns the targets that were judged."""
    readings = encoder.read(texts)
    targets = [(text, (m.start, m.end)) for text, reading in zip(texts, readings, strict=True)
               for m in reading.mentions]  # fmt: skip
    if targets:
        encoder.sentiment([text for text, _ in targets], [span for _, span in targets])
    return targets


def peer(targets: list[tuple[str, tuple[int, int]]], threads: int) -> Callable[[], None] | None:
    """A base-sized network over one input a target, or None where torch is not installed."""
    try:
        import torch
        from transformers import RobertaConfig, RobertaModel
    except ImportError:
        return None
    torch.set_num_threads(threads)
    model = RobertaModel(RobertaConfig(vocab_size=50_265, max_position_embeddings=514)).eval()
    lengths = sorted(len(re.findall(r"\w{1,6}|[^\w\s]", text)) + 4 for text, _ in targets)

    @torch.inference_mode()
    def work() -> None:
        for at in range(0, len(lengths), 32):
            some = lengths[at : at + 32]
            model(torch.randint(5, 50_000, (len(some), min(max(some), 512))))

    return work


def main() -> None:
    """Time both and print one line of JSON each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path, default=paths.SAMPLE_ARTICLES)
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--peer-sentences", type=int, default=60, help="the peer is slow")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    texts = list(dict.fromkeys(sentences(options.texts, options.sentences)))
    start = time.perf_counter()
    encoder = load_encoder(threads=options.threads)
    loaded = time.perf_counter() - start
    targets = ours(encoder, texts)
    report("parley", texts, targets, timed(lambda: ours(encoder, texts)), load_s=round(loaded, 2))
    report("parley, read only", texts, [], timed(lambda: encoder.read(texts)))
    few = texts[: options.peer_sentences]
    known = set(few)
    some = [target for target in targets if target[0] in known]
    work = peer(some, options.threads)
    if work:
        report("base-sized peer, a pass a target", few, some, timed(work))


def report(name: str, texts: list[str], targets: list, seconds: float, **more: float) -> None:
    """One system's figures."""
    words = sum(len(text.split()) for text in texts)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({
        "system": name, "sentences": len(texts), "targets": len(targets), "words": words,
        "seconds": round(seconds, 2), "words_per_s": round(words / seconds),
        "targets_per_s": round(len(targets) / seconds, 1), "peak_mb": round(peak), **more,
    }))  # fmt: skip


if __name__ == "__main__":
    main()

"""Words a second of the encoder's whole pass, beside three peers on the same sentences.

    python benchmarks/bench_encoder.py [--texts FOLDER_OR_FILE] [--sentences 400] [--threads 2]

Ours: tokenise, read (mentions, attributions, valence), then sentiment toward every mention found.
The peer encodes the sentence anew for each of the same targets, as NewsSentiment does, with a
network of RoBERTa-base's size (12 layers of 768, a vocabulary of 50,265) in float32: the weights
are random, for only speed counts here. It needs the extra `train` (torch, transformers). spaCy
(`pip install spacy`) reads with a tagger, parser and NER on one small CNN of the shape of its `sm`
models, random weights too, in as many processes as we have threads. A peer that is not installed
is left out. VADER looks words up. One runs after the other, with batches sorted by length.
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


def spacy_peer(texts: list[str], processes: int) -> Callable[[], object] | None:
    """Tagger, parser and NER on a shared small CNN, or None where spaCy is not installed."""
    try:
        import spacy
        from spacy.training import Example
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    for name in ("tagger", "parser", "ner"):
        nlp.add_pipe(name, config={"model": {"tok2vec": shared}})
    words = "Ann Lee praised Oslo on Monday".split()
    known = {
        "words": words, "tags": [f"T{n}" for n in range(len(words))],
        "heads": [1, 2, 2, 2, 2, 4], "deps": ["compound", "nsubj", "ROOT", "dobj", "prep", "pobj"],
        "entities": ["B-PERSON", "L-PERSON", "O", "U-GPE", "O", "U-DATE"],
    }  # fmt: skip
    for number in range(40):  # as many answers to choose from as in a trained pipeline
        nlp.get_pipe("tagger").add_label(f"T{number}")
        nlp.get_pipe("parser").add_label(f"D{number}")
    example = Example.from_dict(nlp.make_doc(" ".join(words)), known)
    nlp.initialize(lambda: [example])
    return lambda: list(nlp.pipe(texts, n_process=processes, batch_size=256))


def vader(texts: list[str]) -> list[dict]:
    """VADER's scores of every sentence."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    judge = SentimentIntensityAnalyzer()
    return [judge.polarity_scores(text) for text in texts]


def main() -> None:
    """Time all and print one line of JSON each."""
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
    report("VADER", texts, [], timed(lambda: vader(texts)))
    many = (texts * (3000 // len(texts) + 1))[:3000]  # what it costs to start processes is not ours
    pipe = spacy_peer(many, options.threads)
    if pipe:
        report("spaCy, small CNN: tagger, parser, NER", many, [], timed(pipe))
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

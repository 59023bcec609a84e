"""re3d (Dstl 2017): relations in news on Syria and Iraq, read as who likes or is against whom."""

import re
from pathlib import Path

from parley.evaluate.dse import LABELS
from parley.evaluate.examples import Targeted, files, inside, records

LIKES, AGAINST, NEUTRAL = ("Likes", "AlliesOf"), ("Dislikes", "FightingAgainst"), ("CommWith",)
EDGE = re.compile(r"\n|\. ")


def read(path: str | Path) -> list[Targeted]:
    """Pairs of entities in one sentence with DSE's labels, from every folder of the set."""
    found = []
    for file in files(path, "relations.json"):
        texts = {r["_id"]: r["text"] for _, r in records(file.with_name("documents.json"))}
        for line, relation in records(file):
            pair = _pair(relation, texts, file, line)
            if pair:
                found.append(pair)
    return found


def _pair(relation: dict, texts: dict[str, str], file: Path, line: int) -> Targeted | None:
    label = _label(relation["type"])
    text = texts.get(relation["documentId"])
    if label is None or text is None:
        return None
    spans = [
        inside(text, relation[f"{end}Begin"], relation[f"{end}End"], file, line)
        for end in ("source", "target")
    ]
    low, high = min(s for s, _ in spans), max(e for _, e in spans)
    start, end = _sentence(text, low, high)
    moved = tuple((a - start, b - start) for a, b in spans)
    return Targeted(text[start:end], moved, label, relation["documentId"])


def _label(kind: str) -> str | None:
    if kind in LIKES:
        return "p likes q"
    if kind in AGAINST:
        return "p against q"
    return LABELS[0] if kind in NEUTRAL else None


def _sentence(text: str, low: int, high: int) -> tuple[int, int]:
    """The sentence, or sentences, around a stretch of text."""
    start = max((m.end() for m in EDGE.finditer(text, 0, low)), default=0)
    after = EDGE.search(text, high)
    return start, after.start() + 1 if after else len(text)

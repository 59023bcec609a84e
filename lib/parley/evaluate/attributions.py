"""PolNeAR's articles (Newell, Margolin & Ruths 2018): whole attributions, through every annotator.

An attribution is a source, a cue and a content, the content joined over sentences and over a cue in
its middle. Ours are rows of the `quotes` table; rows with one cue, or without a cue and with the
speaker of the row before, are one attribution. Gold and found attributions are paired by the words
that their contents share, the best pair first, and everything is counted in words, so that
quotation marks and commas count for nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from parley.annotate.encoder import Encoder
from parley.errors import ParleyError
from parley.evaluate.examples import bad, files, lines
from parley.evaluate.polnear import PARAGRAPH, PARTS
from parley.evaluate.report import measured
from parley.evaluate.scores import f1

WORD = re.compile(r"\w+")
MARK = re.compile(r"[\"“”]")
KEY = re.compile(r"[TE]\d+")  # a span's or an attribution's
DAY = re.compile(r"\d{4}-\d\d-\d\d")
FOUND = 0.5  # a pair whose contents share so much (Dice, in words) is the same attribution
NOTE = (
    "counted in words; contents are paired one to one by what they share, and of content and "
    "source the words in common of each pair are set against all words of that part, ours and "
    "gold's, so that an attribution missed or too many costs both; found: Dice of the contents at "
    "least .5; found ones: in these pairs alone; words in any: no matter of which attribution; "
    "speaker: the sources of a found pair share a word"
)
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """One attribution; each part may be in pieces, and a source may be absent."""

    source: Spans = ()
    cue: Spans = ()
    content: Spans = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """An article, its paragraphs set apart as the store sets them, and its attributions."""

    article_id: str
    title: str | None
    published: str | None
    text: str
    attributions: tuple[Whole, ...]


def read(path: str | Path) -> list[Spoken]:
    """Articles in brat standoff: TEXT.txt beside TEXT.ann."""
    return [article_of(file) for file in files(path, ".ann")]


def article_of(file: Path) -> Spoken:
    """Read one article; its first paragraph is its title, its name holds the day."""
    source = file.with_suffix(".txt")
    if not source.is_file():
        raise ParleyError(f"{file} has no text beside it: put {source.name} into that folder")
    raw = source.read_bytes().decode("utf-8")  # as it is: offsets count every \r
    text, moved = _set_apart(raw)
    spans, joined = _standoff(file, len(raw))
    placed = {key: tuple((moved[a], moved[b - 1] + 1) for a, b in spans[key]) for key in spans}
    wholes = [_whole(roles, placed) for roles in joined]
    day = DAY.search(file.stem)
    title = text.split("\n\n")[0] or None
    found = tuple(whole for whole in wholes if whole.content)
    return Spoken(file.stem, title, day and day.group(), text, found)


def _set_apart(raw: str) -> tuple[str, list[int]]:
    """The text with an empty line between paragraphs, and where each character now stands."""
    parts: list[str] = []
    moved = [0] * len(raw)
    at = 0
    for match in PARAGRAPH.finditer(raw):
        if parts:
            at += 2
        parts.append(re.sub(r"\s", " ", match.group().rstrip()))
        for place in range(match.start(), match.end()):
            moved[place] = at + min(place - match.start(), len(parts[-1]) - 1)
        at += len(parts[-1])
    return "\n\n".join(parts), moved


def _standoff(file: Path, length: int) -> tuple[dict[str, Spans], list[list[tuple[str, str]]]]:
    """The spans of a brat file by their key, and the (role, key) pairs of each attribution."""
    spans: dict[str, Spans] = {}
    joined: list[list[tuple[str, str]]] = []
    for line, row in lines(file):
        key, _, rest = row.partition("\t")
        if not KEY.fullmatch(key):
            continue  # the rest of a span's text that holds a line's end
        if key[0] == "T":
            spans[key] = _places(rest.split("\t")[0].partition(" ")[2], length, file, line)
        else:
            pairs = [part.partition(":") for part in rest.split()]
            joined.append([(role.rstrip("0123456789").lower(), to) for role, _, to in pairs])
    return spans, joined


def _places(written: str, length: int, file: Path, line: int) -> Spans:
    try:
        places = tuple((int(a), int(b)) for a, b in (p.split() for p in written.split(";")))
    except ValueError:
        raise bad(file, line, f"{written!r} is not a pair of offsets") from None
    if not all(0 <= start < end <= length for start, end in places):
        raise bad(file, line, f"span {written} lies outside the text")
    return tuple(sorted(places))


def _whole(roles: list[tuple[str, str]], placed: dict[str, Spans]) -> Whole:
    parts: dict[str, Spans] = dict.fromkeys(PARTS, ())
    for role, key in roles:
        if role in parts:
            parts[role] = tuple(sorted((*parts[role], *placed.get(key, ()))))
    return Whole(**parts)


def joined(quotes: pd.DataFrame) -> list[Whole]:
    """The rows of one article's `quotes` table as whole attributions, in the contents' order."""
    wholes: list[Whole] = []
    by_cue: dict[tuple[int, int], int] = {}
    for row in quotes.sort_values(["start", "end"]).itertuples(index=False):
        source = () if pd.isna(row.speaker_start) else ((row.speaker_start, row.speaker_end),)
        content = ((row.start, row.end),)
        cue = () if pd.isna(row.cue_start) else ((row.cue_start, row.cue_end),)
        goes_on = not cue and source and wholes and wholes[-1].source == source
        at = by_cue.get(cue[0]) if cue else (len(wholes) - 1 if goes_on else None)
        if at is None:
            wholes.append(Whole(source, cue, content))
            at = len(wholes) - 1
        else:
            old = wholes[at]
            wholes[at] = Whole(old.source or source, old.cue, old.content + content)
        if cue:
            by_cue[cue[0]] = at
    return wholes


def evaluate(examples: list[Spoken], encoder: Encoder) -> tuple[list, dict, list]:
    """Words of content and source in common with gold, and the speakers of what was found."""
    from parley.annotate import annotate

    frame = pd.DataFrame(
        [(e.article_id, e.title, e.published, e.text) for e in examples],
        columns=["article_id", "title", "published", "text"],
    )
    frame["published"] = pd.to_datetime(frame["published"], utc=True, errors="coerce")
    quotes = annotate(frame, encoder=encoder)["quotes"]
    return scored(examples, quotes)


def scored(examples: list[Spoken], quotes: pd.DataFrame) -> tuple[list, dict, list]:
    """Score a `quotes` table against the articles' gold attributions."""
    by_article = dict(tuple(quotes.groupby("article_id")))
    guesses = [joined(by_article.get(e.article_id, quotes.iloc[:0])) for e in examples]
    counts = np.array([_counts(e, g) for e, g in zip(examples, guesses, strict=True)])
    return _rows(counts, [e.article_id for e in examples]), {}, [NOTE]


# What is counted in an article, in order: (hits, guessed, gold) of each measure.
MEASURES = (
    "F1 content",
    "F1 source",
    "F1 cue",
    "F1 source, found ones",
    "F1 words in any content",
    "F1 words in any source",
    "F1 attributions found",
)
RATIOS = ("speaker correct, found ones", "speaker correct, found quotations")


def _counts(example: Spoken, guesses: list[Whole]) -> list[int]:
    words = np.array([m.span() for m in WORD.finditer(example.text)] or [(0, 0)])
    golds = example.attributions
    ours = {p: [_words(getattr(g, p), words) for g in guesses] for p in PARTS}
    true = {p: [_words(getattr(g, p), words) for g in golds] for p in PARTS}
    pairs = paired(true["content"], ours["content"])
    found = [(g, o) for g, o, dice in pairs if dice >= FOUND]
    triples = [_triple(p, true, ours, [(g, o) for g, o, _ in pairs]) for p in ("content", "source")]
    triples.append(_triple("cue", true, ours, found))
    triples.append(_paired_triple("source", true, ours, found))
    for part in ("content", "source"):
        any_gold, any_ours = set().union(*true[part]), set().union(*ours[part])
        triples.append((len(any_gold & any_ours), len(any_ours), len(any_gold)))
    triples.append((len(found), len(guesses), len(golds)))
    named = [(g, o) for g, o in found if true["source"][g]]
    quoted = [(g, o) for g, o in named if _is_quoted(example.text, golds[g])]
    for some in (named, quoted):
        right = sum(bool(true["source"][g] & ours["source"][o]) for g, o in some)
        triples.append((right, len(some), len(some)))
    return [number for triple in triples for number in triple]


def _words(spans: Spans, words: np.ndarray) -> set[int]:
    found: set[int] = set()
    for start, end in spans:
        first, last = (
            np.searchsorted(words[:, 1], start, "right"),
            np.searchsorted(words[:, 0], end),
        )
        found.update(range(int(first), int(last)))
    return found


def paired(gold: list[set[int]], guess: list[set[int]]) -> list[tuple[int, int, float]]:
    """Pairs (gold, guess, Dice) one to one, those that share the largest part first.

    >>> paired([{1, 2, 3}, {3}], [{2, 3}, {9}])
    [(0, 0, 0.8)]
    """
    shared = [
        (2 * len(g & o) / (len(g) + len(o)), at, to)
        for at, g in enumerate(gold)
        for to, o in enumerate(guess)
        if g & o
    ]
    pairs: list[tuple[int, int, float]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for dice, at, to in sorted(shared, key=lambda s: (-s[0], s[1], s[2])):
        if at not in used[0] and to not in used[1]:
            pairs.append((at, to, dice))
            used[0].add(at)
            used[1].add(to)
    return pairs


def _triple(part: str, true: dict, ours: dict, pairs: Iterable) -> tuple[int, int, int]:
    hits = sum(len(true[part][g] & ours[part][o]) for g, o in pairs)
    return hits, sum(map(len, ours[part])), sum(map(len, true[part]))


def _paired_triple(part: str, true: dict, ours: dict, pairs: list) -> tuple[int, int, int]:
    return _triple(
        part,
        {part: [true[part][g] for g, _ in pairs]},
        {part: [ours[part][o] for _, o in pairs]},
        [(at, at) for at in range(len(pairs))],
    )


def _is_quoted(text: str, whole: Whole) -> bool:
    return any(MARK.search(text[max(0, start - 1) : end + 1]) for start, end in whole.content)


def _f1_of(counts: np.ndarray, some: np.ndarray) -> float:
    return f1(*counts[some].sum(0))


def _rows(counts: np.ndarray, groups: list[str]) -> list[dict]:
    """A row for each measure; n is the number of gold attributions, or of pairs judged."""
    rows = []
    n = int(counts[:, 3 * MEASURES.index("F1 attributions found") + 2].sum())
    for at, metric in enumerate((*MEASURES, *RATIOS)):
        own = counts[:, 3 * at : 3 * at + 3]
        row = measured("parley", metric, partial(_f1_of, own), groups)
        judged = int(own[:, 2].sum()) if metric in RATIOS else n
        rows.append({**row, "n": judged})
    return rows

"""Speakers: who stands beside a cue, and what class of source that is.

A speaker that is nobody in particular ("a senior US official", "diplomats from several states") is
kept as what it is: no person, but a class of source, and a state where one is named in it.
"""

import re
from dataclasses import dataclass

from parley.annotate.cues import Cue

# How far from its cue a speaker may stand: titles and appositions come between.
_BEFORE, _AFTER = 110, 60
_CLASS_WORDS = {
    "unnamed official": (
        "officials? diplomats? spokes(?:man|men|woman|women|person|people) ministers? ministry "
        "aides? envoys? ambassadors? lawmakers? senators? commanders? generals? negotiators? "
        "authorities government administration military police sources? prosecutors? advis[eo]rs?"
    ),
    "expert": "experts? analysts? professors? researchers? economists? scholars? historians?",
    "witness": "witness(?:es)? residents? survivors? neighbou?rs? protesters? villagers?",
    "document": "reports? statements? documents? data figures study survey poll estimates?",
    "media": "media newspapers? broadcasters? agency agencies reporters? journalists? channel",
}
_UNNAMED = re.compile(
    r"\b(?:(?:an?|the|one|two|three|several|some|many|other|senior|top|former|unnamed|his|her|their)"
    r"\s+)?(?:[A-Za-z.\-’']+\s+){0,3}?"
    rf"(?:government\s+)?(?P<noun>{'|'.join(' '.join(_CLASS_WORDS.values()).split())})\b"
    r"(?:\s+(?:from|of|in|at)\s+(?:the\s+)?(?:[A-Za-z.\-]+\s?){1,3})?",
    re.IGNORECASE,
)
_OFFICIAL_SECTORS = ("executive", "legislature", "military", "intelligence", "judiciary")


@dataclass(frozen=True)
class Named:
    """A mention, as far as a speaker needs it. ``kind`` is the actor's, where it is known."""

    start: int
    end: int
    actor_id: str | None
    form: str
    person: bool
    kind: str | None = None
    sector: str | None = None


@dataclass(frozen=True)
class Speaker:
    """Who speaks: the span that names them, the actor where known, and the class of source."""

    start: int
    end: int
    actor_id: str | None
    source_class: str


def beside(
    cue: Cue, names: list[Named], text: str, *, window: tuple[int, int], inverted: bool
) -> Speaker | None:
    """The speaker next to a cue inside ``window``: before it, or after it where it is inverted.

    ``inverted`` says that the content stands before the cue ("...", said Peskov), so that what
    follows the cue may be the speaker.
    """
    if cue.lemma in ("according to", "in the words of"):
        return _after(cue, names, text, window)
    found = _after(cue, names, text, window) if inverted else None
    return found or _before(cue, names, text, window)


def _after(cue: Cue, names: list[Named], text: str, window: tuple[int, int]) -> Speaker | None:
    low, high = cue.end, min(window[1], cue.end + _AFTER)
    stop = re.search(r"[,;:.“”\"]\s", text[low:high])
    high = low + stop.start() + 1 if stop else high
    near = [n for n in names if low <= n.start and n.end <= high]
    unnamed = _UNNAMED.search(text, low, high)
    if unnamed and unnamed.start() - low <= 2 and not _person_inside(near, unnamed):
        return _as_unnamed(unnamed, near)
    for name in near:
        between = text[low : name.start].strip().lower()
        titled = re.fullmatch(r"(?:the|mr\.?|mrs\.?|ms\.?|[a-z’'\- ]{0,45})", between)
        if titled and (name.person or not any(n.person for n in near)):
            return speaker_of(name)
    return None


def _before(cue: Cue, names: list[Named], text: str, window: tuple[int, int]) -> Speaker | None:
    low = max(window[0], cue.start - _BEFORE)
    stops = [m.end() for m in re.finditer(r"[;:.“”\"]\s", text[low : cue.start])]
    low += stops[-1] if stops else 0
    near = [n for n in names if low <= n.start and n.end <= cue.start]
    unnamed = list(_UNNAMED.finditer(text, low, cue.start))
    last = near[-1] if near else None
    persons = [n for n in near if n.person]
    if unnamed and not persons:
        return _as_unnamed(unnamed[0], near)
    if persons:
        return speaker_of(persons[-1])
    return speaker_of(last) if last else None


def _person_inside(near: list[Named], match: re.Match[str]) -> bool:
    return any(n.person and n.start < match.end() + 30 for n in near)


def _as_unnamed(match: re.Match[str], near: list[Named]) -> Speaker:
    inside = [n for n in near if match.start() <= n.start and n.end <= match.end()]
    state = next((n.actor_id for n in inside if n.actor_id), None)
    return Speaker(match.start(), match.end(), state, class_of_words(match.group("noun")))


def unnamed_at(start: int, names: list[Named], text: str) -> Speaker | None:
    """The unnamed person with whom a sentence begins ("A senior US official was unfazed ...")."""
    match = _UNNAMED.match(text, start)
    indefinite = match and re.match(r"(?:An?|One|The)\s", match.group())
    if not match or not indefinite:
        return None
    named = any(n.person and 0 <= n.start - match.end() <= 2 for n in names)
    return None if named else _as_unnamed(match, names)


def class_of_words(words: str) -> str:
    """The class of a source that is described and not named.

    >>> class_of_words("a senior US official"), class_of_words("the poll")
    ('unnamed official', 'document')
    """
    for source_class, nouns in _CLASS_WORDS.items():
        if re.search(rf"\b(?:{'|'.join(nouns.split())})\b", words, re.IGNORECASE):
            return source_class
    return "other"


def speaker_of(name: Named) -> Speaker:
    """The speaker that a mention names, with the class of source that the actor is."""
    if name.kind == "outlet":
        source_class = "media"
    elif name.person:
        official = name.sector in _OFFICIAL_SECTORS or name.sector == "international"
        source_class = "named official" if official else "other"
    else:
        source_class = "institution" if name.actor_id else "other"
    return Speaker(name.start, name.end, name.actor_id, source_class)


def of_span(start: int, end: int, names: list[Named], text: str) -> Speaker:
    """The speaker that a span names (as the encoder marked it): its person, else its words."""
    inside = [n for n in names if n.start < end and n.end > start]
    persons = [n for n in inside if n.person]
    if persons:
        return speaker_of(persons[0])
    described = _UNNAMED.search(text, start, end)
    if described or not inside:
        state = next((n.actor_id for n in inside if n.actor_id), None)
        return Speaker(start, end, state, class_of_words(text[start:end]))
    return speaker_of(inside[0])

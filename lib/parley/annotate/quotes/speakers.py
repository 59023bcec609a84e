"""Speakers: whom the words beside a cue name, and what class of source that is.

A speaker that is nobody in particular ("a senior US official", "diplomats from several states") is
kept as what it is: never a person; a class of source, and as its actor the state or institution
whose official it is, where the words name one ("a senior US official": united-states).
"""

import re
from dataclasses import dataclass

from parley.annotate.quotes import sources
from parley.annotate.quotes.cues import Cue
from parley.annotate.quotes.sources import Named

# How far from its cue a speaker may stand: titles and appositions come between.
_BEFORE, _AFTER = 110, 60
_UNNAMED = re.compile(
    r"\b(?:(?:an?|the|one|two|three|several|some|many|other|senior|top|former|unnamed|his|her|their)"
    r"\s+)?(?:[A-Za-z.\-’']+\s+){0,3}?"
    rf"(?:government\s+)?(?P<noun>{sources.NOUN})\b"
    r"(?:\s+(?:from|of|in|at)\s+(?:the\s+)?(?:[A-Za-z.\-]+\s?){1,3})?",
    re.IGNORECASE,
)
# Before a name, these make it what the speaker belongs to and not the speaker: "an aide to Putin".
_BELONGS = re.compile(
    r"\b(?:for|of|to|from|with|by|in|at|near|behind|against|supporting|backing|among|on|like|across|"
    r"around|outside|inside)\s+(?:(?:the|mr|mrs|ms|president|former|donald|\w{2,5}\.)\s+)*$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"[’'´](?:s\b)?\s*\w|-\w")
# After a name, these too: "Putin's spokesman", "Trump supporters", "the US-backed".
_OWNS = re.compile(r"[’'´](?:s\b)?\s*\w|-\w|\s+(?!(?:and|or|of|in|at|on|who|which|for|from|himself|"
                   r"herself|itself|with|as|also|himself|a|the|to|during|after|told|says?)\b)[a-z]"
                   r"|\s+[A-Z]\w+\s+[a-z]+(?:s|er|or|man)\b")  # fmt: skip
_RELATIVE = re.compile(r",\s+(?:who|which|that|whose)$", re.IGNORECASE)
# A pronoun that is the subject of the verb after it.
_PRONOUN = re.compile(
    r"\b(I|we|he|she|they|it|you|who)(?:[’'](?:ve|d|s|re|m))?"
    r"(?:\s+(?:[a-z]+ly|also|then|later|again|once|has|have|had|will|would))*\s*$",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:who|which|that)(?:\s.*)?$", re.IGNORECASE | re.DOTALL)
# What may stand between a name and the "who" that means it: a bracket, an apposition.
_IS_WHO = re.compile(r"(?:\s*\([^)]*\))?(?:,[^,;.]{1,80})?,?\s*")
_FAR = 40
# "the brief, filed in May by": a thing, whoever made it.
_MADE_BY = re.compile(r"(?:the|an?|this|that)\s[^“”\"]*?\w+ed\b[^,“”\"]{0,25}\bby\s", re.IGNORECASE)
_OWNER = re.compile(r"[’'´]s?$")  # "Putin's", of "Putin's claim that"
_INDEFINITE = re.compile(r"(?:an?|one|another|some|several|two|three|former)\s", re.IGNORECASE)


@dataclass(frozen=True)
class Speaker:
    """Who speaks: the words that say so, the actor where known, and the class of source."""

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
        return _as_unnamed(unnamed, near, text)
    for name in near:
        between = text[low : name.start].strip().lower()
        titled = re.fullmatch(r"(?:the|mr\.?|mrs\.?|ms\.?|[a-z’'\- ]{0,45})", between)
        if titled and sources.can_speak(name) and (name.person or not any(n.person for n in near)):
            return speaker_of(name)
    return None


def _before(cue: Cue, names: list[Named], text: str, window: tuple[int, int]) -> Speaker | None:
    low = max(window[0], cue.start - _BEFORE)
    stops = [m.end() for m in re.finditer(r"[;:.“”\"]\s", text[low : cue.start])]
    low += stops[-1] if stops else 0
    near = [n for n in names if low <= n.start and n.end <= cue.start]
    pronoun = _PRONOUN.search(text[low : cue.start])
    if pronoun:
        start, end = low + pronoun.start(1), low + pronoun.end(1)
        return of_span(start, end, near, text)
    unnamed = list(_UNNAMED.finditer(text, low, cue.start))
    persons = [n for n in near if n.person and not _belongs(n, low, cue.start, text)]
    if persons:
        return speaker_of(persons[-1])
    if unnamed:
        return _as_unnamed(unnamed[0], near, text)
    last = near[-1] if near else None
    return speaker_of(last) if last and not last.person and sources.can_speak(last) else None


def _belongs(name: Named, low: int, high: int, text: str) -> bool:
    """Whether a name only says whose the speaker is: "Putin's spokesman", "an aide to Putin"."""
    before, after = text[low : name.start], text[name.end : high].split(",")[0]
    if _POSSESSIVE.match(after) or sources.is_described(after):
        return True
    described = sources.is_described(before)
    return bool(described and _BELONGS.search(before))


def _person_inside(near: list[Named], match: re.Match[str]) -> bool:
    return any(n.person and n.start < match.end() + 30 for n in near)


def _as_unnamed(match: re.Match[str], near: list[Named], text: str) -> Speaker:
    inside = [n for n in near if match.start() <= n.start and n.end <= match.end()]
    return _described(*_bare(match.start(), match.end(), text), inside, text)


def _described(start: int, end: int, inside: list[Named], text: str) -> Speaker:
    """Somebody described and not named, with the state or institution that the words name."""
    described = sources.class_of_words(text[start:end])
    of_state = described not in ("expert", "witness")  # those speak for themselves
    whose = next((n.actor_id for n in inside if n.actor_id and not n.person and of_state), None)
    return Speaker(start, end, whose, described)


def unnamed_at(start: int, names: list[Named], text: str) -> Speaker | None:
    """The unnamed person with whom a sentence begins ("A senior US official was unfazed ...")."""
    match = _UNNAMED.match(text, start)
    indefinite = match and re.match(r"(?:An?|One|The)\s", match.group())
    if not match or not indefinite:
        return None
    named = any(n.person and 0 <= n.start - match.end() <= 2 for n in names)
    return None if named else _as_unnamed(match, names, text)


def speaker_of(name: Named, *, words: str = "") -> Speaker:
    """The speaker that a mention names, with the class of source that the actor is.

    ``words`` are the whole phrase, from which the class of a person whom the registry does not
    know is read ("Ann Lee, an analyst at ...").
    """
    return Speaker(name.start, name.end, name.actor_id, sources.class_of(name, words))


def of_span(start: int, end: int, names: list[Named], text: str) -> Speaker:
    """The speaker that a span names (as the encoder marked it): its head's person, else its words.

    "Putin's spokesman" and "supporters of Putin" name no person; a span that ends amid a name
    ends after it.
    """
    end = max([end, *(n.end for n in names if n.start < end < n.end)])
    start = min([start, *(n.start for n in names if n.start < start < n.end)])
    start, end = _bare(start, end, text)
    if _WHO.match(text, start, end):
        return _relative(start, end, names, text)
    inside = [n for n in names if n.start < end and n.end > start]
    heads = [n for n in inside if not _is_inside_phrase(n, start, end, text)]
    if _INDEFINITE.match(
        text, start, end
    ):  # "a NATO spokesman" is not the one who holds the office
        heads = [n for n in heads if n.form != "office"]
    made_by = _MADE_BY.match(text, start, end)
    if made_by and inside and inside[0].start >= made_by.end():
        return _described(start, end, [], text)
    persons = [n for n in heads if n.person]
    words = text[start:end]
    if persons:
        return _over(speaker_of(persons[0], words=words), start, end)
    described = _UNNAMED.search(words)
    if heads and not (described and described.end() > heads[0].end - start):
        return _over(speaker_of(heads[0], words=words), start, end)
    return _described(start, end, inside, text)


def _relative(start: int, end: int, names: list[Named], text: str) -> Speaker:
    """ "who": the last name before it in the sentence, and its class."""
    before = [n for n in names if n.end <= start]
    persons = [n for n in before if n.person and not _OWNS.match(text[n.end : n.end + 40])]
    last = (persons or before)[-1:]
    if not last or not _IS_WHO.fullmatch(text, last[0].end, start):
        words = text[last[0].end if last else max(0, start - _FAR) : start]
        return Speaker(start, end, None, sources.class_of_words(" ".join(words.split()[-3:])))
    clause = " " in text[start:end]  # "Ann Lee, who is in Oslo," and not "who" alone
    return speaker_of(last[0]) if clause else _over(speaker_of(last[0]), start, end)


def _over(speaker: Speaker, start: int, end: int) -> Speaker:
    return Speaker(start, end, speaker.actor_id, speaker.source_class)


def _is_inside_phrase(name: Named, start: int, end: int, text: str) -> bool:
    before, after = text[start : name.start], text[name.end : end]
    return bool(_OWNS.match(after)) or bool(_BELONGS.search(before))


def _bare(start: int, end: int, text: str) -> tuple[int, int]:
    """The span without what is no letter or figure at its ends, "as", "that" and the like."""
    lead = re.compile(r"(?:as|that|while|but|and|though|although|because|if|when|where)\s+(?=\S)",
                      re.IGNORECASE)  # fmt: skip
    while start < end and not (text[start].isalnum() or text[start] in "$#@"):
        start += 1
    match = lead.match(text, start, end)
    start = match.end() if match else start
    for hanging in (_RELATIVE, _OWNER):
        found = hanging.search(text[start:end])
        end = start + found.start() if found else end
    while end > start and not text[end - 1].isalnum() and text[end - 1] not in ".)%":
        end -= 1
    return start, end

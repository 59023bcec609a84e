"""Joining: the encoder's spans and the quoted passages of one frame become whole attributions.

A frame is a sentence, or the sentences that one passage spans. Each content takes the nearest cue,
and each cue the nearest source.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from parley.annotate.quotes import cues, speakers
from parley.annotate.quotes.article import (
    Article,
    Attribution,
    Part,
    Sentence,
    Spans,
    is_after,
    is_before,
)
from parley.annotate.quotes.cues import Cue
from parley.annotate.quotes.speakers import Speaker
from parley.annotate.quotes.units import BY_MARKS, Unit

_REACH = 600  # characters between a cue and what it can have to do with
_HALF = 0.5  # of what a cue frames: more of it quoted, and it has a cue of its own
# How much farther a source is with another cue between, or after the cue of a content after it:
# "he told reporters that ..." has not the reporters for its source.
_PAST_A_CUE, _ADDRESSED = 80, 300
_AUXILIARIES = frozenset(
    "has have had is are was were will would can could may might should do does did not be been "
    "also never ever to it".split()
)
_NOUN = re.compile(r"\.?(?:\s+[\w’'\-]+){1,3}(?=[.,;:]|$)|\.?\s+[\w’'\-]+")
_OPEN = re.compile(r",|\bwho\b|\bthat\b|\bwhich\b")  # what an apposition or clause begins with
_LONG_APPOSITION = 120
_NEAR = 40  # characters from a bare article to the name that it belongs to
# Characters between source and cue; words before both, and after.
_SIDE_BY_SIDE, _FEW_BEFORE, _FEW_AFTER = 3, 4, 8
_AS = re.compile(r"\W*(?:(?:but|and)\s+)?as\s+", re.IGNORECASE)
# What begins so is no clause of its own: "In a speech, he declared:"
SUBORDINATE = re.compile(
    r"\W*(?:in|on|at|after|before|when|while|as|if|since|although|though|with|yet|soon|by|for|during|"
    r"asked|speaking|despite|unlike|including|which|who)\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(r"[A-Z][\w ]*[’']s?\s+[a-z]")  # "Serbia's ally", of the name before it
# A clause between a subject and its verb.
_CLAUSE = re.compile(r",\s+(?:who|whom|whose|which)\s[^,]+,\s*(?:\w+ly|also|then|later)?\s*$")
_BY = re.compile(r"\b(?:according|by|of|from|to)\W*$|:$", re.IGNORECASE)
_BARE = re.compile(r"(?:the|an?|his|her|its|their|this|one|some|mr|mrs|ms|dr|sen|gov|rep)\.?",
                   re.IGNORECASE)  # fmt: skip
_OWNER = re.compile(r"his|her|its|their|my|our", re.IGNORECASE)
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+)?$")
_NAMING = frozenset("called dubbed known named described labeled labelled titled branded".split())
_AGENT = re.compile(r"[^.;]{0,20}?\bby\s+(?:none other than\s+)?")
_PHRASE = re.compile(r"\.?(?:\s+[\w.’'\-]+){1,6}?(?=\s+$)")


@dataclass(frozen=True)
class _Said:
    """A cue with how sure it is; the lexicon's where the encoder marked none."""

    cue: Cue
    probability: float
    start: int
    end: int
    known: bool = False  # by the lexicon alone


def joined(frame: Sentence, found: list[Unit], article: Article) -> list[Attribution]:
    """Each content of a frame with its cue and speaker; neither, where the frame holds none."""
    said = _cues(frame, found, article)
    sources = _sources(frame, found, article)
    placed, named = Spans(said), Spans(sources)
    made: list[Attribution] = []
    for unit in found:
        about = _about(placed, unit)
        near = min(_leading(about, unit, article), key=lambda one: _gap(one, unit), default=None)
        speaker = _speaker(near, unit, about, _about(named, near or unit), frame, article)
        sure = min(unit.probability, near.probability) if near else unit.probability
        cue = near.cue if near else None
        made.append(Attribution(unit.start, unit.end, "indirect", cue, speaker, sure))
    used = {one.cue.start for one in made if one.cue}
    left = [one for one in said if one.start not in used]
    framed = (a for one in left if (a := _whole(one, frame, _about(named, one), article)))
    return made + [a for a in framed if not _is_quoted(a, found)]


def _about(spans: Spans, one: Any) -> list:
    """Those that stand near enough to have to do with one: a sentence may have no end."""
    return spans.within(one.start - _REACH, one.end + _REACH)


def _is_quoted(one: Attribution, found: list[Unit]) -> bool:
    """Whether it is a quotation that has a cue of its own: “...,” he said, according to a paper."""
    held = sum(min(u.end, one.end) - max(u.start, one.start) for u in found if u.quoted)
    return held > _HALF * (one.end - one.start)


def _leading(said: list[_Said], unit: Unit, article: Article) -> list[_Said]:
    """The cues that can introduce a content: those before it, where it begins with "that"."""
    text = article.text
    that = text.startswith("that ", unit.start) or text[
        max(0, unit.start - 8) : unit.start
    ].rstrip().endswith(" that")
    before = [one for one in said if one.end <= unit.start] if that else []
    return before or said


def _whole(
    said: _Said, frame: Sentence, sources: list[Part], article: Article
) -> Attribution | None:
    """What a cue without a content of its own frames: "As X reported, ...", "..., he added."."""
    source = min(sources, key=lambda one: _gap(one, said), default=None)
    if source is None or _gap(source, said) > _SIDE_BY_SIDE:
        return None
    text = article.text
    if not cues.says_a_clause(said.cue) or _AGENT.match(text, said.end):
        return None
    first, last = min(source.start, said.start), max(source.end, said.end)
    before, after = text[frame.start : first], text[last : frame.end]
    comma = after.find(",")
    if (said.cue.lemma == "according to" or _AS.fullmatch(before)) and comma >= 0:
        start, end = last + comma + 1, frame.end
    elif _is_clause(before) and len(after.split()) <= _FEW_AFTER:
        start, end = frame.start, frame.start + len(before.rstrip())
    else:
        return None
    if SUBORDINATE.match(text, start) or text[:end].endswith(":"):
        return None
    names = article.names.within(source.start, source.end)
    speaker = speakers.of_span(source.start, source.end, names, text)
    sure = min(said.probability, source.probability)
    return Attribution(start, end, "indirect", said.cue, speaker, sure)


def _is_clause(words: str) -> bool:
    return words.rstrip().endswith((",", ",”", ',"')) and len(words.split()) > _FEW_BEFORE


def _gap(one, other) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _is_free(part: Part | Cue, found: Spans) -> bool:
    near = found.within(part.start, part.end)
    return not any(u.start <= part.start and part.end <= u.end for u in near)


def _cues(frame: Sentence, found: list[Unit], article: Article) -> list[_Said]:
    parts = article.parts.within(frame.start, frame.end)
    held = Spans(found)
    free = [p for p in parts if p.role == "cue" and _is_free(p, held)]
    marked = [p for p in _verbs(free, article.text) if not _is_auxiliary(p, article.text)]
    made = [_Said(as_cue(p, article), p.probability, p.start, p.end) for p in marked]
    quoted = [u for u in found if u.quoted]
    if not quoted:
        return made
    known = [c for c in article.open_cues(frame.start, frame.end) if _is_free(c, held)]
    if made:  # the encoder may have missed one that stands beside the marks
        known = [c for c in known if _gap_to_any(c, made) and _is_beside_any(c, quoted, article)]
    return [*made, *(_Said(cue, BY_MARKS, cue.start, cue.end, known=True) for cue in known)]


def _gap_to_any(cue: Cue, made: list[_Said]) -> bool:
    return all(_gap(cue, one) > 1 for one in made)


def _is_beside_any(cue: Cue, quoted: list[Unit], article: Article) -> bool:
    text = article.text
    return any(_is_beside(cue, u, text) for u in quoted)


def _is_beside(cue: Cue, unit: Unit, text: str) -> bool:
    that = text[cue.end : unit.start].endswith(" that ") and cues.says_a_clause(cue)
    return is_before(cue, unit, text) or is_after(cue, unit, text) or that


def _verbs(parts: list[Part], text: str) -> list[Part]:
    """Cues that only space parts are one: "have" and "argued"."""
    made: list[Part] = []
    for part in parts:
        if made and text[made[-1].end : part.start].isspace():
            sure = max(made[-1].probability, part.probability)
            made[-1] = replace(made[-1], end=part.end, probability=sure)
        else:
            made.append(part)
    return made


def _is_auxiliary(part: Part, text: str) -> bool:
    """ "has", "will not": the beginning of a cue whose verb the encoder did not see."""
    return all(word in _AUXILIARIES for word in text[part.start : part.end].lower().split())


def as_cue(part: Part, article: Article) -> Cue:
    """The encoder's cue with the class of its verb."""
    words = article.text[part.start : part.end]
    return Cue(part.start, part.end, words.lower(), cues.cue_class(words))


def _sources(frame: Sentence, found: list[Unit], article: Article) -> list[Part]:
    parts = article.parts.within(frame.start, frame.end)
    held = Spans(found)
    return [p for p in parts if p.role == "source" and _is_free(p, held)]


def _speaker(
    near: _Said | None,
    unit: Unit,
    said: list[_Said],
    sources: list[Part],
    frame: Sentence,
    article: Article,
) -> Speaker | None:
    anchor = near or unit

    def far(source: Part) -> int:
        low, high = min(source.end, anchor.end), max(source.start, anchor.start)
        past = any(low <= one.start and one.end <= high for one in said)
        addressed = (
            near is not None
            and near.end <= min(source.start, unit.start)
            and not _BY.search(near.cue.lemma)
        )
        return _gap(source, anchor) + _PAST_A_CUE * past + _ADDRESSED * addressed

    beside = near and near.known and _beside(near.cue, unit, frame, article)
    if beside:
        return beside
    source = min(sources, key=far, default=None)
    main = source and _before_clause(source, anchor.start, frame, article)
    if main:
        return main
    if source and far(source) < _ADDRESSED and not _is_patient(source, near, unit, article):
        return _named(source, anchor.start, article)
    return _beside(near.cue, unit, frame, article) if near else None


def _before_clause(source: Part, cue: int, frame: Sentence, article: Article) -> Speaker | None:
    """Who stands before the clause in which a source is: "Ann Lee, whom Oslo had praised, said"."""
    clause = _CLAUSE.search(article.text[frame.start : cue])
    if not clause or source.start < frame.start + clause.start():
        return None
    end = frame.start + clause.start()
    names = article.names.within(frame.start, end)
    last = next((n for n in names if n.end == end), None)
    return speakers.of_span(last.start, end, names, article.text) if last else None


def _is_patient(source: Part, near: _Said | None, unit: Unit, article: Article) -> bool:
    """Whether somebody before a passive cue is he of whom it was said: "they are called “...”"."""
    if near is None or not unit.quoted or source.start > near.start:
        return False
    return _is_passive(near.cue, article.text) and near.cue.lemma.split()[-1] in _NAMING


def _is_passive(cue: Cue, text: str) -> bool:
    before = text[max(0, cue.start - 30) : cue.start]
    return bool(_BE.search(before) or _BE.search(_but_last(cue.lemma)))


def _beside(cue: Cue, unit: Unit, frame: Sentence, article: Article) -> Speaker | None:
    """The speaker whom the words beside a cue name; of a passive, him by whom it was said."""
    text = article.text
    window = max(frame.start, cue.start - _REACH), min(frame.end, cue.end + _REACH)
    names = article.names.within(*window)
    if _is_passive(cue, text):
        by = _AGENT.match(text, max(cue.end, unit.end), frame.end)
        agent = by and replace(cue, start=by.start(), end=by.end(), lemma="according to")
        return speakers.beside(agent, names, text, window=window, inverted=False) if agent else None
    inverted = unit.start < cue.start
    return speakers.beside(cue, names, text, window=window, inverted=inverted)


def _but_last(words: str) -> str:
    return words[: len(words) - len(words.split()[-1])] if words.split() else ""


def _named(source: Part, cue: int, article: Article) -> Speaker:
    """The speaker that a source names; one that was broken off reaches to its cue."""
    end = _reach(source, cue, article)
    names = article.names.within(source.start - 80, end)
    apposed = _APPOSED.match(article.text, source.start, end)
    head = next((n for n in names if article.text[n.end : source.start] == ", "), None)
    start = head.start if apposed and head else source.start
    return speakers.of_span(start, end, names, article.text)


def _reach(source: Part, cue: int, article: Article) -> int:
    """Where a source ends: a bare article and an open apposition go on to the cue."""
    text, end = article.text, source.end
    if _OWNER.fullmatch(text, source.start, end) and 0 <= cue - end <= 1:
        return end  # "his claim that": the claim is the cue
    if _BARE.fullmatch(text, source.start, end):
        after = article.names.within(end, end + _NEAR)
        phrase = _PHRASE.match(text, end, cue) if cue > end else None
        noun = phrase or (None if after else _NOUN.match(text, end))
        return noun.end() if noun else (after[0].end if after else end)
    is_open = _OPEN.search(text, source.start, end)
    if not is_open or not end < cue <= end + _LONG_APPOSITION:
        return end
    between = any(p.start >= end for p in article.parts.within(end, cue))
    return end if between or article.quoted.within(end, cue) else cue

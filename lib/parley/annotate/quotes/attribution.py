"""Attributions of one article: each content with its cue and its speaker.

Direct words come from quotation marks (`marks`), indirect ones from the encoder (`joining`), and
where that finds none in a sentence, from a few patterns (`patterns`). What has no cue and no source
of its own is led in by the colon before it, or carried on by whoever spoke last.
"""

import re
from dataclasses import replace
from itertools import pairwise

from parley.annotate.quotes import joining, patterns, speakers
from parley.annotate.quotes.article import FEW, Article, Attribution, Part, Sentence, Spans
from parley.annotate.quotes.marks import LONGEST
from parley.annotate.quotes.nested import nested
from parley.annotate.quotes.people import of_one_class
from parley.annotate.quotes.signed import signed
from parley.annotate.quotes.speakers import Speaker
from parley.annotate.quotes.units import FILLED, Unit, units

__all__ = ["Article", "Attribution", "Part", "Sentence", "attributions"]

# An indirect content of fewer words ("this", "of") says nothing that could be counted.
_LEAST_WORDS = 3
_CARRIED_ON = 0.75  # how probable it is that he who spoke last speaks still
_WHOLLY = 0.7  # the share of a sentence's words from which it is content and nothing else
_BEGINS = 40  # characters within which a sentence's subject stands
_SHORT = 6  # words of a sentence that is a speaker and a cue
_BELOW = 100  # so many attributions below a sub-head may say its words in full
_PRONOUNS = ("he", "she", "they")
_FIRST = ("i", "we")
# How somebody looks, or what will befall him: the outlet's words.
_SEEMS = re.compile(
    r"\b(?:seem|appear|look)(?:s|ed|ing)?(?:\s+\w+)?$|\b(?:would|will|could|may)\s.*\b(?:see|feel)$",
    re.IGNORECASE,
)
_STOPS = tuple(",.!?…")
_LEAD = re.compile(r"(?:that\s+|[\s,;:.\-–—)\]]+)+", re.IGNORECASE)
_TAIL = re.compile(r"(?:[\s,;:.\-–—(\[“‘]|\b(?:and|but)(?=[\s,;:.]*$))+$")


def attributions(article: Article) -> list[Attribution]:
    """Every attribution of an article, in order of its content."""
    found: list[Attribution] = []
    last: Attribution | None = None
    previous: Sentence | None = None
    for frame in article.frames:
        for one in _in_frame(frame, previous, last, article):
            found.append(one)
            last = one if one.speaker and (last is None or one.end >= last.end) else last
        previous = frame
    whole = _echoed(_over_paragraphs(found, article), article)
    kept = (b for a in whole if (b := _trimmed(a, article)))
    made = [_with_antecedent(_with_kind(a, article), article) for a in kept]
    inner = (b for a in nested(article) if (b := _trimmed(a, article)))
    every = _under_signatures([*made, *inner], signed(article), article)
    return of_one_class(sorted(dict.fromkeys(every), key=_place), article)


def _place(one: Attribution) -> tuple[int, int]:
    return one.start, one.end


def _under_signatures(
    found: list[Attribution], own: list[Attribution], article: Article
) -> list[Attribution]:
    """Put signed words in place of what was found in them, unless that has a speaker of its own."""
    spans = Spans(own)

    def is_free(one: Attribution) -> bool:
        over = spans.within(one.start, one.end)
        return not over or (one.speaker is not None and not _is_signers(one, over[0], article))

    return [*filter(is_free, found), *own]


def _is_signers(one: Attribution, own: Attribution, article: Article) -> bool:
    """Whether what stands within or about signed words is the signer's own: "I hope so"."""
    if one.cue is None or one.speaker is None:
        return True
    outside = not own.start <= one.speaker.start < own.end
    return outside or article.text[one.speaker.start : one.speaker.end].lower() in _FIRST


def _in_frame(
    frame: Sentence, previous: Sentence | None, last: Attribution | None, article: Article
) -> list[Attribution]:
    found = units(frame, article)
    if not found:
        return joining.joined(frame, [], article) or patterns.from_pattern(frame, article)
    made = []
    joined = joining.joined(frame, found, article)
    made += joined[len(found) :]
    for one, unit in zip(joined, found, strict=False):
        if one.speaker and not one.cue and not unit.quoted:
            continue  # somebody stands beside it, and nothing says that they said it
        if one.speaker is None:
            one = _led_in(one, unit, frame, previous, article) or one
        if one.speaker is None and frame.part == "body":
            one = _carried_on(one, unit, frame, last, article)
        if _counts(one, unit, frame, article):
            made.append(one)
            last = one if one.speaker else last
    return made


def _counts(one: Attribution, unit: Unit, frame: Sentence, article: Article) -> bool:
    """Whether it says whose words it is, or is quoted at such length that it is somebody's."""
    if not unit.quoted and (_is_subject(one, article) or _seems(one)):
        return False
    if one.cue and one.speaker:
        return True
    if unit.quoted:
        return _is_own(unit, frame, article) or _is_beside(one)
    return bool(one.cue or one.speaker)


def _is_subject(one: Attribution, article: Article) -> bool:
    """Whether it is no more than a name that its cue has for its subject: "*Ann Lee* replied"."""
    if one.cue is None or not article.text[one.end : one.cue.start].isspace():
        return False
    return any(n.start <= one.start + 1 and n.end >= one.end - 1
               for n in article.names.within(one.start, one.end))  # fmt: skip


def _seems(one: Attribution) -> bool:
    """Whether the cue says how somebody looks to the outlet, and not what he said."""
    return one.speaker is not None and one.cue is not None and bool(_SEEMS.search(one.cue.lemma))


def _is_beside(one: Attribution) -> bool:
    return one.cue is not None and max(one.start - one.cue.end, one.cue.start - one.end) <= 4


def _is_own(unit: Unit, frame: Sentence, article: Article) -> bool:
    """Whether a quoted passage is more than a few words within another's sentence."""
    few = article.words(unit.start, unit.end) <= FEW
    return not few or _is_most(unit, frame, article)


def _is_most(unit: Unit, frame: Sentence, article: Article) -> bool:
    words = article.words(frame.start, frame.end)
    return article.words(unit.start, unit.end) >= _WHOLLY * words


def _led_in(
    one: Attribution, unit: Unit, frame: Sentence, previous: Sentence | None, article: Article
) -> Attribution | None:
    """The cue and speaker of the sentence before, where that ends in a colon or is but a cue."""
    if one.cue or previous is None or not _is_most(unit, frame, article):
        return None
    words = article.text[previous.start : previous.end].rstrip(" \"“'‘«")
    if not words.endswith(":") and not _is_but_a_cue(previous, words, article):
        return None
    before = joining.joined(previous, [Unit(previous.end, previous.end, 1.0, True)], article)[0]
    if before.speaker is None:
        return None
    sure = min(one.probability, before.probability)
    return replace(one, cue=before.cue, speaker=before.speaker, probability=sure)


def _is_but_a_cue(previous: Sentence, words: str, article: Article) -> bool:
    """ "Ann Lee shot back." """
    if article.words(previous.start, previous.end) > _SHORT:
        return False
    ends = previous.start + len(words.rstrip("."))
    return any(cue.end == ends for cue in article.open_cues(previous.start, previous.end))


def _carried_on(
    one: Attribution, unit: Unit, frame: Sentence, last: Attribution | None, article: Article
) -> Attribution:
    """The speaker who spoke last, if it was in this paragraph or at the end of the one before."""
    if last is None or article.text.count("\n\n", last.end, one.start) > 1:
        return one
    if not _is_body(last, article) or _another_between(last, one, article):
        return one
    if not unit.quoted and not _is_most(unit, frame, article):
        return one
    sure = min(one.probability, _CARRIED_ON)
    return replace(one, speaker=last.speaker, probability=sure)


def _is_body(one: Attribution, article: Article) -> bool:
    around = article.sentences.within(one.start, one.start + 1)
    return not around or around[0].part == "body"


def _another_between(last: Attribution, one: Attribution, article: Article) -> bool:
    """Whether a sentence between two attributions begins with another person."""
    if last.speaker is None:
        return False
    spoke = article.text[last.speaker.start : last.speaker.end]
    for sentence in article.sentences.within(last.end + 2, one.start - 1):
        names = article.names.within(max(sentence.start, last.end), one.start)[:1]
        for name in (n for n in names if n.person and n.start - sentence.start <= _BEGINS):
            same = name.actor_id is not None and name.actor_id == last.speaker.actor_id
            words = article.text[name.start : name.end].split()
            if not same and words[-1] not in spoke and words[0].lower() not in _PRONOUNS:
                return True
    return False


def _over_paragraphs(found: list[Attribution], article: Article) -> list[Attribution]:
    """Join the parts of a quotation that goes on in the next paragraph, up to the longest."""
    made: list[Attribution] = []
    for one in found:
        if not (made and one.cue is None and _goes_on(made[-1], one, article)):
            made.append(one)
        elif one.end - made[-1].start <= LONGEST:
            made[-1] = replace(made[-1], end=one.end)
        else:
            made[-1] = replace(made[-1], closed=False)
            made.append(one)
    return made


def _goes_on(before: Attribution, one: Attribution, article: Article) -> bool:
    parts = article.quoted.within(before.end - 1, before.end)
    same = before.speaker is None or one.speaker in (None, before.speaker)
    return same and any(p.goes_on and p.end == before.end for p in parts)


def _echoed(found: list[Attribution], article: Article) -> list[Attribution]:
    """A sub-head's or title's quotation is his in whose words below most of its words stand."""
    spoken = [one for one in found if one.speaker]
    return [one if one.speaker else _as_below(one, spoken, article) for one in found]


def _as_below(one: Attribution, spoken: list[Attribution], article: Article) -> Attribution:
    around = article.sentences.within(one.start, one.end)
    if not around or around[0].part == "body":
        return one
    own = _vocabulary(one, article)
    later = [a for a in spoken if a.start > one.end][:_BELOW]
    shared = [len(own & _vocabulary(a, article)) / max(1, len(own)) for a in later]
    if not shared or max(shared) < _WHOLLY:
        return one
    return replace(one, speaker=later[shared.index(max(shared))].speaker, probability=_CARRIED_ON)


def _vocabulary(one: Attribution, article: Article) -> set[str]:
    return set(re.findall(r"\w+", article.text[one.start : one.end].lower()))


def _trimmed(a: Attribution, article: Article) -> Attribution | None:
    """The content without a leading "that" and trailing commas; nothing, where little is left."""
    start, end = a.start, a.end
    passage = article.quoted.within(start, start + 1)
    lead = None if passage and passage[0].start >= start else _LEAD.match(article.text, start, end)
    start = lead.end() if lead else start
    if not article.quoted.within(end - 1, end):
        tail = _TAIL.search(article.text[start:end])
        end = start + tail.start() if tail else end
    end -= article.text[start:end].endswith(",")
    quoted = bool(article.quoted.within(start, end))
    few = article.words(start, end) < _LEAST_WORDS and not quoted
    if few or not any(letter.isalnum() for letter in article.text[start:end]):
        return None
    return replace(a, start=start, end=end)


def _with_antecedent(a: Attribution, article: Article) -> Attribution:
    """Let "he" be the unnamed official with whom the paragraph's last sentence began.

    Where the mention itself means a person, it is that person.
    """
    if not a.speaker or article.text[a.speaker.start : a.speaker.end].lower() not in _PRONOUNS:
        return a
    if any(n.person and n.actor_id for n in article.names.within(a.speaker.start, a.speaker.end)):
        return a
    before = article.sentences.before(a.speaker.start)
    before = before and article.sentences.before(before.start)
    if not before or "\n\n" in article.text[before.start : a.speaker.start]:
        return a
    names = article.names.within(before.start, before.end)
    unnamed = speakers.unnamed_at(before.start, names, article.text)
    if not unnamed:
        return a
    meant = Speaker(a.speaker.start, a.speaker.end, unnamed.actor_id, unnamed.source_class)
    return replace(a, speaker=meant)


def _with_kind(one: Attribution, article: Article) -> Attribution:
    """Set the kind by how much of the content stands between marks, and whether all are closed."""
    inner = article.quoted.within(one.start, one.end)
    between = sum(min(p.end, one.end) - max(p.start, one.start) for p in inner)
    gaps = [(a.end, b.start) for a, b in pairwise(inner)]  # marks and empty lines are no words
    between += sum(b - a for a, b in gaps if not article.words(a, b))
    share = between / max(1, one.end - one.start)
    one = replace(one, closed=one.closed and all(p.closed for p in inner))
    if share == 0:
        return replace(one, kind="indirect")
    led = article.words(one.start, max(one.start, inner[0].start))  # words of the outlet's clause
    stopped = article.text[one.end - 1] in _STOPS or article.text[one.end : one.end + 1] in _STOPS
    fragment = article.words(one.start, one.end) < FEW and not stopped
    return replace(one, kind="mixed" if share < FILLED or fragment or led else "direct")

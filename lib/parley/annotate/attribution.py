"""Attributions of one article: each content with its cue and its speaker.

Direct words come from quotation marks (`marks`), which say exactly where they begin and end.
Indirect words come from the encoder, which was trained to mark source, cue and content, and where
it finds none from a few patterns that are nearly always right. The two are joined sentence by
sentence; what stands between marks without a cue belongs to whom spoke last before it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from parley.annotate import cues, speakers
from parley.annotate.cues import Cue
from parley.annotate.marks import Passage, passages
from parley.annotate.speakers import Named, Speaker

# The share of a content's letters that stand between marks from which it is direct.
_DIRECT = 0.85
_FRAGMENT_WORDS = 4
# An indirect content of fewer words ("this", "of") says nothing that could be counted.
_LEAST_WORDS = 3
# How probable an attribution is by how it was found; the encoder's own are calibrated instead.
_BY_MARKS, _BY_PATTERN, _CARRIED_ON = 0.95, 0.8, 0.75
_PRONOUNS = ("he", "she", "they")


@dataclass(frozen=True)
class Part:
    """What the encoder marked in a text: a ``source``, ``cue`` or ``content`` and its span."""

    role: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class Attribution:
    """One content with what introduces it; ``kind`` is one of `terms.QUOTE_KINDS`."""

    start: int
    end: int
    kind: str
    cue: Cue | None
    speaker: Speaker | None
    probability: float


@dataclass(frozen=True)
class Sentence:
    """A sentence's span and part."""

    start: int
    end: int
    part: str


@dataclass
class Article:
    """One article as attribution sees it: all spans are offsets into its text."""

    text: str
    sentences: list[Sentence]
    names: list[Named]
    parts: list[Part]
    quoted: list[Passage] = field(default_factory=list)

    def inside(self, items: Iterable, start: int, end: int) -> list:
        """The items that overlap ``start:end``."""
        return [item for item in items if item.start < end and item.end > start]

    def open_cues(self, start: int, end: int) -> list[Cue]:
        """Cues of ``start:end`` that stand outside quotation marks."""
        found = cues.find_cues(self.text, start, end)
        return [cue for cue in found if not self.inside(self.quoted, cue.start, cue.end)]


def attributions(article: Article) -> list[Attribution]:
    """Every attribution of an article, in order of its content."""
    article.quoted = [p for p in passages(article.text) if not _names_a_thing(p, article)]
    found: list[Attribution] = []
    for sentence in article.sentences:
        inner = article.inside(article.quoted, sentence.start, sentence.end)
        spoken = _from_encoder(sentence, article) or _from_pattern(sentence, inner, article)
        for passage in inner:
            if passage.start >= sentence.start:
                spoken, direct = _direct(passage, sentence, spoken, found, article)
                found += direct
        found += [_with_kind(a, article) for a in spoken if not _is_inside(a, found)]
    long_enough = (a for a in found if a.kind != "indirect" or _words(a, article) >= _LEAST_WORDS)
    meant = (_with_antecedent(a, article) for a in long_enough)
    return sorted(dict.fromkeys(meant), key=lambda a: (a.start, a.end))


def _with_antecedent(a: Attribution, article: Article) -> Attribution:
    """Let "he" be the unnamed official with whom the paragraph's last sentence began."""
    if not a.speaker or article.text[a.speaker.start : a.speaker.end].lower() not in _PRONOUNS:
        return a
    paragraph = article.text.rfind("\n\n", 0, a.speaker.start) + 1
    before = [s for s in article.sentences if paragraph <= s.start and s.end <= a.speaker.start]
    unnamed = before and speakers.unnamed_at(before[-1].start, article.names, article.text)
    return replace(a, speaker=unnamed) if unnamed else a


def _words(span: Attribution | Passage, article: Article) -> int:
    return len(article.text[span.start : span.end].split())


def _names_a_thing(passage: Passage, article: Article) -> bool:
    """Whether the marks quote no one: a title, a nickname, or a single word held at a distance."""
    words = article.text[passage.start : passage.end].split()
    if len(words) > _FRAGMENT_WORDS or words[-1][-1] in ".,!?…":
        return False
    if all(word[:1].isupper() or word in ("of", "the", "and") for word in words):
        return True
    sentence = next((s for s in article.sentences if s.start <= passage.start < s.end), None)
    return sentence is None or not (
        cues.find_cues(article.text, sentence.start, sentence.end)
        or article.inside(_of(article, "cue"), sentence.start, sentence.end)
    )


def _of(article: Article, role: str) -> list[Part]:
    return [part for part in article.parts if part.role == role]


def _from_encoder(sentence: Sentence, article: Article) -> list[Attribution]:
    """Join the encoder's spans in one sentence: each content with its nearest cue and source."""
    inside = article.inside(article.parts, sentence.start, sentence.end)
    marked = {role: [p for p in inside if p.role == role] for role in ("source", "cue", "content")}
    found = []
    for content in marked["content"]:
        cue = min(marked["cue"], key=lambda p: _gap(p, content), default=None)
        anchor = cue or content
        source = min(marked["source"], key=lambda p: _gap(p, anchor), default=None)
        if cue is None and source is None:
            continue  # a run of speech whose beginning stands elsewhere: the marks carry it on
        speaker = source and speakers.of_span(source.start, source.end, article.names, article.text)
        words = article.text[cue.start : cue.end] if cue else ""
        said = cue and Cue(cue.start, cue.end, words.lower(), cues.cue_class(words))
        sure = min(p.probability for p in (content, cue or content))
        found.append(Attribution(content.start, content.end, "indirect", said, speaker, sure))
    return found


def _gap(one: Part | Cue, other: Part | Passage) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


_THAT = re.compile(r"\s+(?:[A-Za-z]+\s+){0,4}?that\s+|,?\s+(?:that\s+)?", re.IGNORECASE)


def _from_pattern(sentence: Sentence, inner: list[Passage], article: Article) -> list[Attribution]:
    """Indirect speech by patterns: According to X, ...; ..., said X; X said (that) ..."""
    if any(p.end - p.start > 0.5 * (sentence.end - sentence.start) for p in inner):
        return []
    window = (sentence.start, sentence.end)
    for cue in article.open_cues(*window):
        closing = article.text[cue.end : sentence.end].strip(" .")
        comma = "," in article.text[max(sentence.start, cue.start - 60) : cue.start]
        trailing = len(closing.split()) <= 6 and cue.start - sentence.start > 30 and comma
        content = _content(cue, sentence, article, trailing=trailing)
        names, text = article.names, article.text
        speaker = speakers.beside(cue, names, text, window=window, inverted=trailing)
        if content and speaker and not (speaker.start < content[1] and speaker.end > content[0]):
            return [Attribution(*content, "indirect", cue, speaker, _BY_PATTERN)]
    return []


def _content(
    cue: Cue, sentence: Sentence, article: Article, *, trailing: bool
) -> tuple[int, int] | None:
    text = article.text
    if trailing:
        comma = text.rfind(",", sentence.start, cue.start)
        return (sentence.start, comma) if comma - sentence.start > 20 else None
    if cue.lemma == "according to":
        comma = text.find(",", cue.end, sentence.end)
        if cue.start - sentence.start <= 1 and comma > 0:
            return _stripped(text, comma + 1, sentence.end)
        return _stripped(text, sentence.start, cue.start)
    match = _THAT.match(text, cue.end, sentence.end)
    start = match.end() if match else cue.end
    return _stripped(text, start, sentence.end) if sentence.end - start > 15 else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:":
        start += 1
    while end > start and text[end - 1] in " ,.;:":
        end -= 1
    return start, end


def _direct(
    passage: Passage,
    sentence: Sentence,
    spoken: list[Attribution],
    before: list[Attribution],
    article: Article,
) -> tuple[list[Attribution], list[Attribution]]:
    """A passage's own attribution, and what is left of the sentence's other ones.

    A content that the marks nearly fill gives its cue and speaker to the passage, whose ends are
    exact; one that goes on outside them holds the passage, and is mixed.
    """
    same = [a for a in spoken if _filled(a, passage)]
    holding = [a for a in spoken if a not in same and _overlap(a, passage)]
    rest = [a for a in spoken if a not in same]
    if holding and not same:
        return rest, []
    told = next((a for a in same if a.speaker), None)
    if told:
        own = replace(told, start=passage.start, end=passage.end)
        return rest, [_with_kind(own, article)]
    return rest, [_with_kind(_from_marks(passage, sentence, before, article), article)]


def _overlap(a: Attribution, passage: Passage) -> int:
    return max(0, min(a.end, passage.end) - max(a.start, passage.start))


def _filled(a: Attribution, passage: Passage) -> bool:
    return _overlap(a, passage) >= _DIRECT * (a.end - a.start) - 2


def _from_marks(
    passage: Passage, sentence: Sentence, before: list[Attribution], article: Article
) -> Attribution:
    """A passage between marks: its cue and speaker in the sentence, else who spoke last."""
    low, high = sentence.start, _frame_end(passage, sentence, article)
    found = article.open_cues(low, high) or _leading_in(sentence, article)
    cue = min(found, key=lambda c: _gap(c, passage), default=None)
    window = (low, high) if cue is None or cue.start >= low else (cue.start - 150, cue.end + 60)
    inverted = cue is not None and cue.start > passage.start
    speaker = cue and speakers.beside(
        cue, article.names, article.text, window=window, inverted=inverted
    )
    # A quotation in a sub-head is taken from the text below it, not carried on from above.
    on = speaker is None and sentence.part == "body"
    if on and (carried := _carried_on(passage, before, article)):
        return Attribution(passage.start, passage.end, "direct", cue, carried, _CARRIED_ON)
    return Attribution(passage.start, passage.end, "direct", cue, speaker, _BY_MARKS)


def _frame_end(passage: Passage, sentence: Sentence, article: Article) -> int:
    """The end of the sentence in which a passage closes: its cue may follow there."""
    closing = (s for s in article.sentences if s.start < passage.end <= s.end + 2)
    return max(next(closing, sentence).end, sentence.end)


def _leading_in(sentence: Sentence, article: Article) -> list[Cue]:
    """The last cue of the sentence before, where it ends in a colon."""
    if not article.text[: sentence.start].rstrip(' \n“"').endswith(":"):
        return []
    previous = [s for s in article.sentences if s.end <= sentence.start][-1:]
    return article.open_cues(previous[0].start, previous[0].end)[-1:] if previous else []


def _carried_on(passage: Passage, before: list[Attribution], article: Article) -> Speaker | None:
    """Who spoke last, if it was in this paragraph or at the end of the one before."""
    spoken = [a for a in before if a.speaker and a.end <= passage.start]
    if not spoken:
        return None
    last = max(spoken, key=lambda a: a.end)
    return last.speaker if article.text.count("\n\n", last.end, passage.start) <= 1 else None


def _is_inside(one: Attribution, found: list[Attribution]) -> bool:
    """Whether a content without a speaker of its own lies in a passage already attributed."""
    return any(
        a.start <= one.start and one.end <= a.end and (a.cue == one.cue or not one.speaker)
        for a in found
    )


def _with_kind(one: Attribution, article: Article) -> Attribution:
    """Set the kind by how much of the content stands between marks."""
    inner = article.inside(article.quoted, one.start, one.end)
    between = sum(min(p.end, one.end) - max(p.start, one.start) for p in inner)
    share = between / max(1, one.end - one.start)
    if share == 0:
        return replace(one, kind="indirect")
    fragment = _words(one, article) < _FRAGMENT_WORDS
    return replace(one, kind="direct" if share >= _DIRECT and not fragment else "mixed")

"""Who speaks: attributions, each a content with its cue and its speaker.

Direct words come from quotation marks (`marks`), which say exactly where they begin and end.
Indirect words come from the encoder, which was trained to mark source, cue and content, and where
there is none from a few patterns that are nearly always right. The two are joined sentence by
sentence; what stands between marks without a cue belongs to whom spoke last before it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import pandas as pd

from parley import tables, terms
from parley.annotate import cues, speakers
from parley.annotate.cues import Cue
from parley.annotate.marks import Passage, passages
from parley.annotate.speakers import Named, Speaker

# The share of a content's letters that stand between marks from which it is direct.
_DIRECT = 0.85
_FRAGMENT_WORDS = 4
# How probable an attribution is by how it was found; the encoder's own are calibrated instead.
_BY_MARKS, _BY_PATTERN, _CARRIED_ON = 0.95, 0.8, 0.75


@dataclass(frozen=True)
class Part:
    """What the encoder marked in a text: a ``source``, ``cue`` or ``content`` and its span."""

    role: str
    start: int
    end: int
    probability: float


@dataclass(frozen=True)
class Attribution:
    """One content with what introduces it."""

    start: int
    end: int
    kind: str
    cue: Cue | None
    speaker: Speaker | None
    probability: float


@dataclass(frozen=True)
class _Sentence:
    start: int
    end: int
    part: str
    paragraph: int


@dataclass
class _Page:
    """One article as this module sees it."""

    text: str
    sentences: list[_Sentence]
    names: list[Named]
    parts: list[Part]
    quoted: list[Passage] = field(default_factory=list)

    def inside(self, items: Iterable, start: int, end: int) -> list:
        return [item for item in items if item.start < end and item.end > start]

    def open_cues(self, start: int, end: int) -> list[Cue]:
        """Cues of ``start:end`` that stand outside quotation marks."""
        found = cues.find_cues(self.text, start, end)
        return [cue for cue in found if not self.inside(self.quoted, cue.start, cue.end)]


def find_quotes(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    parts: dict[str, list[Part]] | None = None,
) -> pd.DataFrame:
    """Give the ``quotes`` table of the articles.

    Needs article_id, text; the ``sentences`` and ``mentions`` tables; the registry's ``actors``;
    and by article_id what the encoder marked (offsets into the article's text).
    """
    by_sentence = dict(tuple(sentences.groupby("article_id")))
    by_mention = dict(tuple(mentions.groupby("article_id")))
    known = actors.set_index("actor_id")[["kind", "sector"]].to_dict("index")
    rows: list[dict] = []
    for article_id, text in zip(articles["article_id"], articles["text"], strict=True):
        if article_id not in by_sentence:
            continue
        page = _Page(
            text,
            _sentences(by_sentence[article_id], text),
            _names(by_mention.get(article_id, mentions.iloc[:0]), known),
            sorted((parts or {}).get(article_id, []), key=lambda part: part.start),
        )
        found = _numbered(attributions(page))
        rows += [_row(article_id, number, a) for number, a in enumerate(found)]
    frame = pd.DataFrame(rows) if rows else tables.empty(tables.QUOTES)
    return tables.conform(frame, tables.QUOTES)


def attributions(page: _Page) -> list[Attribution]:
    """Every attribution of one article, in order of its content."""
    page.quoted = [p for p in passages(page.text) if not _names_a_thing(p, page)]
    found: list[Attribution] = []
    for sentence in page.sentences:
        inner = [p for p in page.quoted if p.start < sentence.end and p.end > sentence.start]
        spoken = _from_encoder(sentence, page) or _from_pattern(sentence, inner, page)
        found += [a for a in spoken if not _is_part_of(a, found)]
        for passage in inner:
            if passage.start >= sentence.start and not _covered(passage, found):
                found.append(_from_marks(passage, sentence, found, page))
    return sorted((_mixed(a, page) for a in found), key=lambda a: (a.start, a.end))


def _names_a_thing(passage: Passage, page: _Page) -> bool:
    """Whether the marks quote no one: a title, a nickname, or a single word held at a distance."""
    words = page.text[passage.start : passage.end].split()
    if len(words) > _FRAGMENT_WORDS or words[-1][-1] in ".,!?…":
        return False
    if all(word[:1].isupper() or word in ("of", "the", "and") for word in words):
        return True
    sentence = next((s for s in page.sentences if s.start <= passage.start < s.end), None)
    return sentence is None or not (
        cues.find_cues(page.text, sentence.start, sentence.end)
        or page.inside((p for p in page.parts if p.role == "cue"), sentence.start, sentence.end)
    )


def _from_encoder(sentence: _Sentence, page: _Page) -> list[Attribution]:
    """Join the encoder's spans in one sentence: each content with its nearest cue and source."""
    inside = page.inside(page.parts, sentence.start, sentence.end)
    marked = {role: [p for p in inside if p.role == role] for role in ("source", "cue", "content")}
    found = []
    for content in marked["content"]:
        cue = min(marked["cue"], key=lambda p: _gap(p, content), default=None)
        anchor = cue or content
        source = min(marked["source"], key=lambda p: _gap(p, anchor), default=None)
        if cue is None and source is None:
            continue  # a run of speech whose beginning stands elsewhere: the marks carry it on
        speaker = source and speakers.of_span(source.start, source.end, page.names, page.text)
        words = page.text[cue.start : cue.end] if cue else ""
        said = cue and Cue(cue.start, cue.end, words.lower(), cues.cue_class(words))
        sure = min(p.probability for p in (content, cue or content))
        found.append(Attribution(content.start, content.end, "indirect", said, speaker, sure))
    return found


def _gap(one: Part, other: Part) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


_THAT = re.compile(r"\s+(?:[A-Za-z]+\s+){0,4}?that\s+|,?\s+(?:that\s+)?", re.IGNORECASE)


def _from_pattern(sentence: _Sentence, inner: list[Passage], page: _Page) -> list[Attribution]:
    """Indirect speech by patterns: According to X, ...; ..., said X; X said (that) ..."""
    if any(p.end - p.start > 0.5 * (sentence.end - sentence.start) for p in inner):
        return []
    for cue in page.open_cues(sentence.start, sentence.end):
        closing = page.text[cue.end : sentence.end].strip(" .")
        trailing = len(closing.split()) <= 6 and cue.start - sentence.start > 30
        after_comma = "," in page.text[max(sentence.start, cue.start - 60) : cue.start]
        content = _content(cue, sentence, page, trailing=trailing and after_comma)
        window = (sentence.start, sentence.end)
        speaker = speakers.beside(
            cue, page.names, page.text, window=window, inverted=trailing and after_comma
        )
        if content and speaker and not (speaker.start < content[1] and speaker.end > content[0]):
            return [Attribution(*content, "indirect", cue, speaker, _BY_PATTERN)]
    return []


def _content(
    cue: Cue, sentence: _Sentence, page: _Page, *, trailing: bool
) -> tuple[int, int] | None:
    text = page.text
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


def _from_marks(
    passage: Passage, sentence: _Sentence, before: list[Attribution], page: _Page
) -> Attribution:
    """A passage between marks: its cue and speaker in the sentence, else who spoke last."""
    low, high = sentence.start, _frame_end(passage, sentence, page)
    found = page.open_cues(low, high) or _leading_in(sentence, page)
    cue = min(found, key=lambda c: _distance(c, passage), default=None)
    window = (low, high) if cue is None or cue.start >= low else (cue.start - 150, cue.end + 60)
    speaker = cue and speakers.beside(
        cue, page.names, page.text, window=window, inverted=cue.start > passage.start
    )
    if speaker is None and (carried := _carried_on(passage, before, page)):
        return Attribution(passage.start, passage.end, "direct", cue, carried, _CARRIED_ON)
    return Attribution(passage.start, passage.end, "direct", cue, speaker, _BY_MARKS)


def _frame_end(passage: Passage, sentence: _Sentence, page: _Page) -> int:
    """The end of the sentence in which a passage closes: its cue may follow there."""
    last = next((s for s in page.sentences if s.start < passage.end <= s.end + 2), sentence)
    return max(last.end, sentence.end)


def _leading_in(sentence: _Sentence, page: _Page) -> list[Cue]:
    """The last cue of the sentence before, where it ends in a colon."""
    lead = page.text[: sentence.start].rstrip(' \n“"')
    if not lead.endswith(":"):
        return []
    previous = [s for s in page.sentences if s.end <= sentence.start][-1:]
    return page.open_cues(previous[0].start, previous[0].end)[-1:] if previous else []


def _distance(cue: Cue, passage: Passage) -> int:
    return max(cue.start - passage.end, passage.start - cue.end, 0)


def _carried_on(passage: Passage, before: list[Attribution], page: _Page) -> Speaker | None:
    """Who spoke last, if it was in this paragraph or at the end of the one before."""
    spoken = [a for a in before if a.speaker and a.end <= passage.start]
    if not spoken:
        return None
    last = max(spoken, key=lambda a: a.end)
    return last.speaker if page.text.count("\n\n", last.end, passage.start) <= 1 else None


def _covered(passage: Passage, found: list[Attribution]) -> bool:
    return any(a.start <= passage.start + 2 and passage.end - 2 <= a.end for a in found)


def _is_part_of(one: Attribution, found: list[Attribution]) -> bool:
    return any(a.start <= one.start and one.end <= a.end and a.cue == one.cue for a in found)


def _mixed(one: Attribution, page: _Page) -> Attribution:
    """Set the kind by how much of the content stands between marks."""
    inner = page.inside(page.quoted, one.start, one.end)
    between = sum(min(p.end, one.end) - max(p.start, one.start) for p in inner)
    share = between / max(1, one.end - one.start)
    full = share >= _DIRECT and (one.end - one.start) > 0
    fragment = full and len(page.text[one.start : one.end].split()) < _FRAGMENT_WORDS
    kind = "mixed" if fragment or 0 < share < _DIRECT else ("direct" if full else "indirect")
    return replace(one, kind=kind)


def _numbered(found: list[Attribution]) -> list[Attribution]:
    seen: set[tuple[int, int]] = set()
    return [a for a in found if (a.start, a.end) not in seen and not seen.add((a.start, a.end))]


def _row(article_id: str, number: int, a: Attribution) -> dict:
    return {
        "article_id": article_id,
        "quote": number,
        "start": a.start,
        "end": a.end,
        "kind": a.kind,
        "cue_start": a.cue.start if a.cue else None,
        "cue_end": a.cue.end if a.cue else None,
        "cue_class": a.cue.cue_class if a.cue else None,
        "speaker_start": a.speaker.start if a.speaker else None,
        "speaker_end": a.speaker.end if a.speaker else None,
        "actor_id": a.speaker.actor_id if a.speaker else None,
        "source_class": a.speaker.source_class if a.speaker else None,
        "probability": a.probability,
    }


def _sentences(rows: pd.DataFrame, text: str) -> list[_Sentence]:
    spans = zip(rows["start"], rows["end"], rows["part"], strict=True)
    return [_Sentence(s, e, part, text.count("\n\n", 0, s)) for s, e, part in sorted(spans)]


def _names(rows: pd.DataFrame, known: dict[str, dict]) -> list[Named]:
    columns = ["start", "end", "actor_id", "form", "kind"]
    found = []
    for start, end, actor_id, form, kind in rows[columns].itertuples(index=False):
        actor = None if pd.isna(actor_id) else actor_id
        about = known.get(actor, {})
        sector = about.get("sector")
        person = about.get("kind") == "person" if about else kind == "person"
        sector = None if pd.isna(sector) else sector
        found.append(Named(start, end, actor, form, person, about.get("kind"), sector))
    return sorted(found, key=lambda name: name.start)


def with_voice(rows: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Set ``voice`` of mentions or stances: the number of the innermost quote around each, or
    ``outlet``. Needs article_id, start, end in ``rows``.
    """
    spans = {
        article_id: list(zip(group["start"], group["end"], group["quote"], strict=True))
        for article_id, group in quotes.groupby("article_id")
    }
    voices = []
    for article_id, start, end in rows[["article_id", "start", "end"]].itertuples(index=False):
        around = [(e - s, q) for s, e, q in spans.get(article_id, ()) if s <= start and end <= e]
        voices.append(str(min(around)[1]) if around else terms.OUTLET_VOICE)
    return rows.assign(voice=pd.array(voices, dtype="string"))

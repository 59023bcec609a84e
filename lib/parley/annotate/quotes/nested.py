"""Nested attributions: what a quoted speaker says that others said.

“He told me that they had left,” Ann Lee said: hers are all the words, and his that they had left.
"""

from dataclasses import replace

from parley.annotate.quotes import cues, joining
from parley.annotate.quotes.article import Article, Attribution, Sentence
from parley.annotate.quotes.marks import MARKS, Passage
from parley.annotate.quotes.units import Unit

# What whoever is quoted says of himself, or to whom he speaks, is no other's words.
_OWN = frozenset("i we you me us my our it there this that one".split())
_MOST = 0.8  # a content that fills so much of the passage is the passage


def nested(article: Article) -> list[Attribution]:
    """The attributions within the article's quoted passages that have a cue and a speaker."""
    return [one for passage in article.quoted.items for one in _in_passage(passage, article)]


def _in_passage(passage: Passage, article: Article) -> list[Attribution]:
    found: list[Attribution] = []
    for sentence in article.sentences.within(passage.start, passage.end):
        start, end = max(sentence.start, passage.start), min(sentence.end, passage.end)
        frame = Sentence(start, end, sentence.part)
        contents = _contents(frame, passage, article)
        if contents:
            joined = joining.joined(frame, contents, article)[: len(contents)]
            found += [_with_kind(one, article) for one in joined if _is_anothers(one, article)]
    return found


def _with_kind(one: Attribution, article: Article) -> Attribution:
    marked = any(mark in MARKS for mark in article.text[one.start - 1 : one.start + 1])
    return replace(one, kind="direct" if marked else "indirect")


def _contents(frame: Sentence, passage: Passage, article: Article) -> list[Unit]:
    most = _MOST * (passage.end - passage.start)
    return [
        Unit(part.start, part.end, part.probability)
        for part in article.parts.within(frame.start, frame.end)
        if part.role == "content" and frame.start <= part.start and part.end <= frame.end
        and part.end - part.start < most
    ]  # fmt: skip


def _is_anothers(one: Attribution, article: Article) -> bool:
    if one.cue is None or one.speaker is None or not cues.says_a_clause(one.cue):
        return False
    words = article.text[one.speaker.start : one.speaker.end].lower().split()
    return bool(words) and words[0].split("’")[0].split("'")[0] not in _OWN

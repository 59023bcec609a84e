"""Signed words: what stands in an article over a signature, as tweets and excerpts do.

We shall see what comes of it. — Ann Lee (@annlee) May 3, 2019
"""

import re
from dataclasses import replace
from itertools import pairwise

from parley.annotate.quotes import speakers
from parley.annotate.quotes.article import Article, Attribution, Sentence

_SURE = 0.9
_TWEET = re.compile(
    r"\s[—–-]{1,2}\s*(?P<name>[^\n—–(@]{2,60}?)\s*\(@\w{1,20}\)"
    r"(?:\s+(?:[A-Z][a-z]+\s+\d{1,2},\s+\d{4}|\d{1,2}\s+[A-Z][a-z]+\s+\d{4}))?"
)
_SIGNATURE = re.compile(r"(?:[—–-]{1,2}\s*)?[^,.:;!?\n]{2,50}(?:,\s[^.:;!?\n]{2,50})?")
_FEWEST = 3  # words of a tweet worth counting


def signed(article: Article) -> list[Attribution]:
    """The tweets of an article, and its paragraphs that are a quotation over a signature."""
    return _tweets(article) + _excerpts(article)


def _tweets(article: Article) -> list[Attribution]:
    made: list[Attribution] = []
    after = 0  # where the signature before ends
    for match in _TWEET.finditer(article.text):
        start = max(after, article.text.rfind("\n\n", 0, match.start()) + 2)
        start = 0 if start == 1 else start  # there is no paragraph above
        if article.words(start, match.start()) >= _FEWEST:
            made.append(_by(*match.span("name"), start, match.start(), article))
        after = match.end()
    return [_bare(one, article.text) for one in made]


def _bare(one: Attribution, text: str) -> Attribution:
    """The words without the space and the stop that are left of a signature before them."""
    words = text[one.start : one.end]
    return replace(one, start=one.end - len(words.lstrip(" .\n")))


def _excerpts(article: Article) -> list[Attribution]:
    made = []
    for frame, below in pairwise(article.frames):
        passage = _whole_passage(frame, article)
        if passage and _is_signature(below, article):
            made.append(_by(below.start, below.end, *passage, article))
    return made


def _whole_passage(frame: Sentence, article: Article) -> tuple[int, int] | None:
    """The passages that are all of a paragraph."""
    inner = article.quoted.within(frame.start, frame.end)
    if not inner or article.text[frame.end : frame.end + 2] != "\n\n":
        return None
    start, end = inner[0].start, inner[-1].end
    begins = (
        article.text[max(0, frame.start - 2) : frame.start] == "\n\n" and start - frame.start <= 2
    )
    return (start, end) if begins and not article.words(end, frame.end) else None


def _is_signature(below: Sentence, article: Article) -> bool:
    """Whether a line is a name, after a dash or before a comma: "— Ann Lee", "Ann Lee, Reuters"."""
    line = article.text[below.start : below.end]
    if article.text[below.end : below.end + 2] not in ("", "\n\n"):
        return False
    if not _SIGNATURE.fullmatch(line.rstrip(".\u200d ")):
        return False
    dashed = line[0] in "—–-"
    named = article.names.within(below.start, below.start + 4)
    return bool(named) and (dashed or "," in line) and not article.open_cues(below.start, below.end)


def _by(first: int, last: int, start: int, end: int, article: Article) -> Attribution:
    names = article.names.within(first, last)
    speaker = speakers.of_span(first, last, names, article.text)
    return Attribution(start, end, "direct", None, speaker, _SURE)

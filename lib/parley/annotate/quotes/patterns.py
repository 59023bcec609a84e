"""Indirect speech by a few patterns that are nearly always right.

According to X, ...; ..., said X; X said (that) .... They are for sentences in which the encoder
marked nothing.
"""

import re

from parley.annotate.quotes import cues, speakers
from parley.annotate.quotes.article import Article, Attribution, Sentence
from parley.annotate.quotes.cues import Cue
from parley.annotate.quotes.joining import SUBORDINATE
from parley.annotate.quotes.speakers import Speaker

BY_PATTERN = 0.8  # how probable an attribution is that a pattern found
_THAT = re.compile(r"\s+(?:[A-Za-z]+\s+){0,4}?that\s+|,?\s+(?:that\s+)?", re.IGNORECASE)
# What may stand between a speaker and the verb: an apposition, adverbs, auxiliaries.
_NEXT = re.compile(
    r"(?:,[^,]{1,80},)?\s*(?:(?:[a-z]+ly|also|then|later|again|has|have|had|was|is|once|more|"
    r"yesterday|earlier|on\s+[A-Z][a-z]+day|(?:last|this)\s+[a-z]+)\s+){0,4}"
)


def from_pattern(sentence: Sentence, article: Article) -> list[Attribution]:
    """The sentence's indirect speech, if a pattern finds it; no more than one."""
    window = (sentence.start, sentence.end)
    names, text = article.names.within(*window), article.text
    for cue in article.open_cues(*window):
        trailing = _is_trailing(cue, sentence, text)
        content = _content(cue, sentence, text, trailing=trailing)
        speaker = speakers.beside(cue, names, text, window=window, inverted=trailing)
        if content and speaker and _fits(cue, content, speaker, text, trailing=trailing):
            return [Attribution(*content, "indirect", cue, speaker, BY_PATTERN)]
    return []


def _is_trailing(cue: Cue, sentence: Sentence, text: str) -> bool:
    """Whether the cue ends the sentence: "..., said the minister"."""
    few = len(text[cue.end : sentence.end].split()) <= 6
    comma = "," in text[max(sentence.start, cue.start - 60) : cue.start]
    return few and comma and cue.start - sentence.start > 30


def _fits(
    cue: Cue, content: tuple[int, int], speaker: Speaker, text: str, *, trailing: bool
) -> bool:
    """Whether speaker and verb stand side by side, and the speaker outside the content."""
    if speaker.start < content[1] and speaker.end > content[0]:
        return False
    if cue.lemma == "according to":
        return True
    if not cues.says_a_clause(cue):
        return False
    if speaker.start >= cue.end:
        return trailing
    return bool(_NEXT.fullmatch(text, speaker.end, cue.start))


def _content(cue: Cue, sentence: Sentence, text: str, *, trailing: bool) -> tuple[int, int] | None:
    if trailing and cue.lemma != "according to":
        comma = text.rfind(",", sentence.start, cue.start)
        whole = comma - sentence.start > 20 and not SUBORDINATE.match(text, sentence.start)
        return (sentence.start, comma) if whole else None
    if cue.lemma == "according to":
        comma = text.find(",", cue.end, sentence.end)
        if cue.start - sentence.start <= 1:
            return _stripped(text, comma + 1, sentence.end) if comma > 0 else None
        return _stripped(text, sentence.start, cue.start)
    match = _THAT.match(text, cue.end, sentence.end)
    start = match.end() if match else cue.end
    plain = cue.lemma == "say" or (match and "that" in match.group().lower())
    return _stripped(text, start, sentence.end) if plain and sentence.end - start > 15 else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,;:":
        start += 1
    while end > start and text[end - 1] in " ,.;:":
        end -= 1
    return start, end

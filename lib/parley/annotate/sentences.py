"""Sentences: where each begins and ends, and whether it is title, sub-head or body.

Punkt (Kiss & Strunk 2006) with parameters trained on news (`train.punkt`) splits a paragraph; no
sentence leaves its paragraph. A closing quotation mark belongs to the sentence that it closes.
"""

import json
from collections.abc import Iterator
from functools import cache

import pandas as pd

from parley import paths, tables
from parley.errors import ParleyError

# A paragraph of at most so many words that ends like no sentence is a sub-head.
_SUBHEAD_WORDS = 12
_STOPS = ".!?…,;:"
_CLOSERS = "”’\"')]»"
# Punkt knows the straight marks alone; one character stands for one, so that offsets hold.
_STRAIGHT = str.maketrans("“”„«»‘’‚", '"""""' + "'''")


@cache
def _punkt():
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    class NewsPunkt(PunktSentenceTokenizer):
        """Punkt that asks of a stop what the stop is, and not of the word after it."""

        def text_contains_sentbreak(self, text: str) -> bool:
            # nltk answers for any break in the context, so that in ‘Sen. Jones."’ the mark after
            # "Jones." would break the sentence at "Sen.".
            for token in self._annotate_tokens(self._tokenize_words(text)):
                if token.sentbreak or token.abbr or token.ellipsis:
                    return bool(token.sentbreak)
            return False

    if not paths.PUNKT.is_file():
        raise ParleyError(
            f"{paths.PUNKT} is missing: check the repository out again, or make it with "
            "`python -m parley.train.punkt NEWSWIRE.jsonl.gz`"
        )
    shipped = json.loads(paths.PUNKT.read_text(encoding="utf-8"))
    parameters = PunktParameters()
    parameters.abbrev_types = set(shipped["abbrev_types"])
    parameters.sent_starters = set(shipped["sent_starters"])
    parameters.ortho_context.update(shipped["ortho_context"])
    return NewsPunkt(parameters)


def sentence_spans(paragraph: str) -> list[tuple[int, int]]:
    """The spans of a paragraph's sentences.

    >>> text = "“We met Sen. Jones.” He left for the U.S. on Jan. 3. All is well."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['“We met Sen. Jones.”', 'He left for the U.S. on Jan. 3.', 'All is well.']
    """
    spans: list[tuple[int, int]] = []
    for start, end in _punkt().span_tokenize(paragraph.translate(_STRAIGHT)):
        while spans and start < end and paragraph[start] in _CLOSERS and _closes(paragraph, start):
            spans[-1] = (spans[-1][0], start + 1)
            start += 1
        start += len(paragraph[start:end]) - len(paragraph[start:end].lstrip())
        if start >= end:
            continue
        if spans and paragraph[start].islower():  # no sentence begins so: ‘"Why?" he asked’
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _closes(paragraph: str, at: int) -> bool:
    """Whether the mark at the head of a sentence closes the one before it."""
    after = paragraph[at + 1 : at + 2]
    return not after or after.isspace() or after in _CLOSERS


def split_sentences(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the `sentences` table of the articles, valence and vader left null.

    Needs article_id, title, text in ``articles``.
    """
    columns = (articles[name] for name in ("article_id", "title", "text"))
    rows = [
        (article_id, number, start, end, part)
        for article_id, title, text in zip(*columns, strict=True)
        for number, (start, end, part) in enumerate(_of_article(text, title))
    ]
    names = ["article_id", "sentence", "start", "end", "part"]
    return tables.conform(pd.DataFrame(rows, columns=names), tables.SENTENCES)


def _of_article(text: str, title: str | None) -> Iterator[tuple[int, int, str]]:
    at = 0
    paragraphs = text.split("\n\n")
    for number, paragraph in enumerate(paragraphs):
        if number == 0 and _is_title(paragraph, title):
            part = "title"
        elif _is_subhead(paragraph) and 0 < number < len(paragraphs) - 1:
            part = "subhead"
        else:
            part = "body"
        spans = sentence_spans(paragraph) if part == "body" else [(0, len(paragraph))]
        yield from ((at + start, at + end, part) for start, end in spans if end > start)
        at += len(paragraph) + 2


def _is_title(paragraph: str, title: str | None) -> bool:
    return isinstance(title, str) and paragraph.casefold().strip() == title.casefold().strip()


def _is_subhead(paragraph: str) -> bool:
    """A short paragraph that does not end as a sentence does; marks around it do not count."""
    bare = paragraph.strip(_CLOSERS + "“‘«")
    return bool(bare) and bare[-1] not in _STOPS and len(bare.split()) <= _SUBHEAD_WORDS

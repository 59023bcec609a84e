"""People: whoever is introduced once in an article is of that class of source throughout.

"David Lipton, the deputy head of the fund," is an official; so is "Lipton", and so is "he".
"""

from collections.abc import Iterable
from dataclasses import replace

from parley.annotate.quotes.article import Article, Attribution
from parley.annotate.quotes.sources import Named, introduced

_UNKNOWN = "other"
_PRONOUNS = ("he", "she")
_BY_NAME = ("name", "alias")
_FAR = 2  # paragraphs over which a pronoun may reach back


def of_one_class(found: list[Attribution], article: Article) -> list[Attribution]:
    """Give the attributions, the class of each unlisted person known wherever he speaks."""
    classes = _classes(found, article)
    made: list[Attribution] = []
    last: Attribution | None = None
    for one in found:
        if one.speaker is None or one.speaker.actor_id is not None:
            last = one if one.speaker else last
        else:
            source_class = one.speaker.source_class
            if source_class == _UNKNOWN:
                source_class = _known(one, classes, last, article)
            one = replace(one, speaker=replace(one.speaker, source_class=source_class))
            last = one
        made.append(one)
    return made


def _classes(found: list[Attribution], article: Article) -> dict[str, str]:
    """Family name -> class, as the text first gives it."""
    classes: dict[str, str] = {}
    for one in found:
        if one.speaker and one.speaker.source_class != _UNKNOWN:
            for name in _strangers(one, article):
                classes.setdefault(_family(name, article), one.speaker.source_class)
    for name in _unlisted(article.names.items):
        source_class = introduced(name, article.text)
        if source_class != _UNKNOWN:
            classes.setdefault(_family(name, article), source_class)
    return classes


def _known(
    one: Attribution, classes: dict[str, str], last: Attribution | None, article: Article
) -> str:
    speaker = one.speaker
    assert speaker is not None
    for name in _strangers(one, article):
        return classes.get(_family(name, article), _UNKNOWN)
    if article.text[speaker.start : speaker.end].lower() not in _PRONOUNS:
        return _UNKNOWN
    if last is None or article.text.count("\n\n", last.end, one.start) > _FAR:
        return _UNKNOWN
    before = last.speaker
    return before.source_class if before and before.actor_id is None else _UNKNOWN


def _strangers(one: Attribution, article: Article) -> list[Named]:
    assert one.speaker is not None
    return _unlisted(article.names.within(one.speaker.start, one.speaker.end))


def _unlisted(names: Iterable[Named]) -> list[Named]:
    return [n for n in names if n.person and n.actor_id is None and n.form in _BY_NAME]


def _family(name: Named, article: Article) -> str:
    return article.text[name.start : name.end].split()[-1].lower()

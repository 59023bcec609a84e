"""Mentions: every place where an article names an actor, and which actor that is.

Registry matching and its exact rules come first; what the encoder takes for a name that no rule
found is added with no actor. Mentions do not overlap: the longest wins.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from parley import tables, terms
from parley.annotate.mentions import coreference, linking, parts, persons
from parley.annotate.mentions.page import Found, Page
from parley.annotate.registry import SWALLOW, Registry
from parley.annotate.registry.files import word_list
from parley.annotate.registry.matching import Match
from parley.annotate.registry.name_words import RANKS, TITLES

# What the encoder says of one article: start, end, kind, probability.
Named = tuple[int, int, str, float]
RESOLVED = 0.5  # under this the actor is left open
COLUMNS = tuple(tables.MENTIONS.columns)
TITLED = TITLES | RANKS | {"."}
ACTORS = ("person", "organisation", "norp")  # the encoder's kinds that can act; a place cannot


def find_mentions(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    registry: Registry,
    encoder_mentions: Mapping[str, Iterable[Named]] | None = None,
) -> pd.DataFrame:
    """Give the `mentions` table of the articles.

    Needs article_id, text, published in ``articles`` and the `sentences` table.
    ``encoder_mentions`` are, by article_id, the spans that the model takes for names: start,
    end, kind, probability. Sentiment is left null and ``voice`` is the outlet's.
    """
    by_article = dict(tuple(sentences.groupby("article_id", sort=False)))
    nothing = sentences.iloc[:0]
    rows: list[tuple] = []
    columns = (articles[c] for c in ("article_id", "text", "published"))
    for article_id, text, published in zip(*columns, strict=True):
        page = Page.of(text, by_article.get(article_id, nothing), published, registry)
        named = (encoder_mentions or {}).get(article_id, ())
        rows.extend((article_id, *row) for row in _rows(page, mentions_of(page, named)))
    return tables.conform(pd.DataFrame(rows, columns=COLUMNS), tables.MENTIONS)


def mentions_of(page: Page, named: Iterable[Named] = ()) -> list[Found]:
    """Give the mentions of one page, in order."""
    matches = list(page.registry.names.matches(page.tokens))
    linked = [linking.link(match, page) or _shorter(match, page) for match in matches]
    taken = {
        at
        for match, one in zip(matches, linked, strict=True)
        if match.last - match.first > 1 or (one and one.kind == "organisation")
        for at in range(match.first, match.last)
    }
    full = list(persons.full_names(page, taken))
    refused = _refused(matches, linked)
    model = [n for n in _model_names(page, named) if n.last > refused.get(n.first, 0)]
    found = _without_overlap([*full, *filter(None, linked)])
    found = _with((one for one in model if one.last - one.first > 1), found, page)
    known = persons.known_persons(found, page)
    found = [
        persons.renamed(one, known, page) for one in found if not _is_persons_name(one, known, page)
    ]
    taken = {at for one in found for at in range(one.first, one.last)}
    taken |= {at for m in matches if m.last - m.first > 1 for at in range(m.first, m.last)}
    found += persons.by_surname(page, known, taken)
    found = _with((one for one in model if one.last - one.first == 1), found, page)
    found = list(parts.extend(found, page))
    found += coreference.refer(page, sorted(found))
    return _without_overlap(found)


def _shorter(match: Match, page: Page) -> Found | None:
    """A shorter name inside one that is not meant here: "Australian" in "The Australian police"."""
    if match.last - match.first == 1 or match.values[0].actor_id == SWALLOW:
        return None
    for first in range(match.first + 1, match.last):
        inner = page.registry.names.longest(page.keys, first)
        if inner and inner.last <= match.last and inner.values[0].actor_id != SWALLOW:
            return linking.link(inner, page)
    return None


def _is_persons_name(one: Found, known: persons.Known, page: Page) -> bool:
    """Say whether a state's name is here the name of a person of the article ("Jordan said")."""
    if one.last - one.first > 1 or one.kind != "location":
        return False
    key = page.keys[one.first]
    first = key in known.by_first and key in page.registry.first_names
    return first or key in known.by_surname


def _without_overlap(found: Iterable[Found]) -> list[Found]:
    """The longest wins; of two as long, the one that is surer."""
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda each: (each.first - each.last, -each.probability)):
        span = range(one.first, one.last)
        if taken.isdisjoint(span):
            kept.append(one)
            taken.update(span)
    return sorted(kept)


def _model_names(page: Page, named: Iterable[Named]) -> list[Found]:
    """The encoder's names of possible actors as tokens, a person's without the titles before it."""
    starts = {start: at for at, start in enumerate(page.tokens.starts)}
    ends = {end: at + 1 for at, end in enumerate(page.tokens.ends)}
    made = []
    for start, end, kind, probability in named:
        first, last = starts.get(start), ends.get(end)
        if first is None or last is None or kind not in ACTORS:
            continue
        while kind == "person" and first < last and page.keys[first] in TITLED:
            first += 1
        titles_alone = all(page.keys[at] in TITLED for at in range(first, last))
        if page.capital(first) and not titles_alone and not _no_name(first, last, page):
            made.append(_model_name(first, last, kind, probability, page))
    return made


def _model_name(first: int, last: int, kind: str, probability: float, page: Page) -> Found:
    if kind == "person" and last - first > 1:
        made = persons.full_name(first, last, page)
        return made if made.actor_id else made._replace(probability=probability)
    return Found(first, last, None, "name", kind, probability, "the model's")


def _refused(matches: Iterable[Match], linked: Iterable[Found | None]) -> dict[int, int]:
    """Where a rule saw no actor (a capital as a place) the model's word is not taken for one.

    The tokens of what was refused, each with where that ends; a longer name is another matter.
    """
    pairs = zip(matches, linked, strict=True)
    return {at: m.last for m, one in pairs if one is None for at in range(m.first, m.last)}


def _no_name(first: int, last: int, page: Page) -> bool:
    """A common word with a capital ("the Union") is no name, nor is a party's tag ("R-Utah")."""
    if len(page.keys[first]) == 1 and (last - first == 1 or page.keys[first + 1] == "-"):
        return True
    return last - first == 1 and page.lower[first] in word_list("common-words.txt")


def _with(names: Iterable[Found], found: list[Found], page: Page) -> list[Found]:
    """Add the encoder's names where no rule found any, or found only a word of them."""
    for name in names:
        inside = [one for one in found if one.first < name.last and one.last > name.first]
        if all(_swallowed(one, name, page) for one in inside):
            found = [*(one for one in found if one not in inside), name]
    return found


def _swallowed(one: Found, name: Found, page: Page) -> bool:
    """A longer name of the encoder's swallows one word of it; a person, the place of that name."""
    if one.form == "demonym" or one.last - one.first > 1 or one.first < name.first:
        return False
    if name.last - name.first == 1:
        return one.kind == "location" and name.kind == "person" and name.probability >= 0.9
    others = [at for at in range(name.first, name.last) if at != one.first]
    if all(page.keys[at].isupper() and at > one.first for at in others):  # "Facebook FB": a ticker
        return False
    return all(page.capital(at) and page.keys[at] not in TITLED for at in others)


def _rows(page: Page, found: list[Found]) -> Iterable[tuple]:
    for one in found:
        start, end = page.span(one)
        sentence = page.sentence_at[one.first]
        actor_id = one.actor_id if one.probability >= RESOLVED else None
        yield (
            page.sentences[sentence].number if sentence >= 0 else 0,
            start,
            end,
            page.text[start:end],
            one.kind,
            actor_id,
            one.form,
            round(one.probability, 4),
            None,
            None,
            None,
            terms.OUTLET_VOICE,
        )

"""Coreference: "he", "the president", "the alliance", to actors named before.

Rules, and few: a pronoun goes to whom its sentence or the ones before it are about (the subject,
the last who spoke), unless somebody unnamed stands in the way; a title goes to whom of the article
holds that office. Each mention carries a probability and is counted apart (form pronoun, nominal).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from parley.annotate.mentions.neuters import neuters
from parley.annotate.mentions.nominals import nominals
from parley.annotate.mentions.page import Found, Page
from parley.annotate.registry.name_words import (
    PERSON_NOUNS,
    PREPOSITIONS,
    SPEECH,
)

PRONOUNS = {"he": "he", "him": "he", "his": "he", "himself": "he",
            "she": "she", "her": "she", "hers": "she", "herself": "she"}  # fmt: skip
MALE, FEMALE = {"Mr", "Sir", "King", "Prince", "Lord"}, {"Mrs", "Ms", "Miss", "Queen", "Dame"}
GENDERED = {
    **dict.fromkeys(("man", "boy", "spokesman", "chairman", "father", "son", "husband"), "he"),
    **dict.fromkeys(("woman", "girl", "spokeswoman", "mother", "daughter", "wife"), "she"),
}
REACH = 3  # sentences back that a pronoun may look
OWNER, WHICH = 0.7, 1.2  # by how much less a pronoun means "Ryan's ..." and "the Ryan plan"
OPEN, CLOSE = '“‘"', '”’"'


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a pronoun might mean; ``actor_id`` is null for one unnamed or not listed."""

    token: int
    sentence: int
    actor_id: str | None
    gender: str
    subject: bool
    speaks: bool
    aside: float  # how far the name only says whose or which: "her", "the Trump presidency"
    key: str


def refer(page: Page, found: list[Found]) -> list[Found]:
    """Give the mentions by pronoun and by common noun that go with the mentions ``found``."""
    return [*pronouns(page, found), *nominals(page, found), *neuters(page, found)]


def pronouns(page: Page, found: list[Found]) -> list[Found]:
    """Give the pronouns of persons that the page names."""
    if not any(one.kind == "person" and one.actor_id for one in found):
        return []
    why = "refers to whom the sentences before it are about"
    return [
        Found(token, token + 1, chosen.actor_id, "pronoun", "person", sure, why)
        for token, chosen, sure in antecedents(page, found)
        if chosen.actor_id and sure >= 0.5
    ]


def antecedents(page: Page, found: list[Found]) -> Iterator[tuple[int, Candidate, float]]:
    """Yield each pronoun with whom it most probably means, be they known or not."""
    candidates = [*_named(page, found), *_unnamed(page, found)]
    for token, word in enumerate(page.lower):
        gender = PRONOUNS.get(word)
        if gender is None or page.sentence_at[token] < 0:
            continue
        chosen, sure = _choose(token, gender, candidates, page)
        if chosen:
            candidates.append(_again(chosen, token, page))
            yield token, chosen, sure


def _named(page: Page, found: list[Found]) -> Iterator[Candidate]:
    subjects: set[int] = set()
    for one in found:
        sentence = page.sentence_at[one.first]
        if one.kind != "person" or sentence < 0:
            continue
        before = page.lower[one.first - 1] if one.first else ""
        owner = page.keys[one.last : one.last + 1] == ["'s"]
        aside = OWNER if owner else WHICH if page.modifies(one) else 0.0
        subject = sentence not in subjects and not aside and before not in PREPOSITIONS
        if subject:
            subjects.add(sentence)
        key = one.actor_id or page.keys[one.last - 1]
        speaks = _speaks(one.first, one.last, page)
        yield Candidate(
            one.first, sentence, one.actor_id, _gender(one, page), subject, speaks, aside, key
        )


def _speaks(first: int, last: int, page: Page) -> bool:
    after = page.lower[last : last + 2]
    return bool(SPEECH & {*after[:1]}) or (
        bool(SPEECH & {*page.lower[max(0, first - 1) : first]})
        or bool(SPEECH & {*after[1:]} and page.lower[last : last + 1] != ["'s"])
    )


def _gender(one: Found, page: Page) -> str:
    if one.actor_id:
        return page.registry.pronouns.get(one.actor_id, "")
    before = page.keys[one.first - 1] if one.first else ""
    before = page.keys[one.first - 2] if before == "." and one.first > 1 else before
    own = page.keys[one.first]
    if {before, own} & MALE:
        return "he"
    return "she" if {before, own} & FEMALE else page.registry.first_name_pronouns.get(own, "")


def _unnamed(page: Page, found: list[Found]) -> Iterator[Candidate]:
    """ "a senior official", "the man": somebody of whom a pronoun may well speak."""
    named = {at for one in found if one.kind == "person" for at in range(one.first - 1, one.last)}
    for token, word in enumerate(page.lower):
        if word not in PERSON_NOUNS or token in named:
            continue
        before = page.lower[max(0, token - 6) : token]
        articles = {"a", "an", "one", "another", "the"} & {*before}
        if not articles or page.sentence_at[token] < 0:
            continue
        opens = page.opens(max(0, token - len(before))) or any(
            page.opens(at) for at in range(max(0, token - 6), token)
        )
        speaks = _speaks(token, token + 1, page)
        gender = GENDERED.get(word, "")
        yield Candidate(
            token, page.sentence_at[token], None, gender, opens, speaks, 0.0, f"#{word}"
        )


def _choose(
    token: int, gender: str, candidates: list[Candidate], page: Page
) -> tuple[Candidate | None, float]:
    ahead = _cataphor(token, gender, candidates, page)
    if ahead:
        return ahead, 0.75
    sentence = page.sentence_at[token]
    fit: dict[str, tuple[float, Candidate]] = {}
    for each in candidates:
        near = sentence - REACH <= each.sentence <= sentence and each.token < token
        if near and each.gender in (gender, ""):
            score = _score(token, sentence, each, page)
            before = fit.get(each.key)
            again = 0.2 if before else 0.0  # named before and again: the article is about them
            fit[each.key] = max((score + again, each), before or (score, each), key=lambda x: x[0])
    if not fit:
        return None, 0.0
    ranked = sorted(fit.values(), key=lambda pair: (-pair[0], -pair[1].token))
    margin = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else -2.0)
    sure = 0.92 if margin >= 1.2 else 0.82 if margin >= 0.5 else 0.58
    known = 0.0 if ranked[0][1].gender else 0.1
    return ranked[0][1], sure - known


def _score(token: int, sentence: int, each: Candidate, page: Page) -> float:
    distance = sentence - each.sentence
    score = 2.0 - distance + (1.0 if each.subject else 0.0) - each.aside
    if _speaks(token, token + 1, page) and each.speaks:
        score += 0.5
    tells = each.speaks or each.subject
    within, named_within = _quoted(token, page), _quoted(each.token, page)
    if distance == 0 and tells and within and not named_within:
        score -= 2.5  # who speaks does not call himself "he" between quotation marks
    if named_within and not within and _speaks(token, token + 1, page):
        score -= 2.0  # nor is it he of whom the quotation speaks that says it
    return score - 0.01 * (token - each.token) / 10


def _quoted(token: int, page: Page) -> bool:
    """Say whether the token stands between quotation marks within its sentence."""
    at = page.sentence_at[token]
    start = page.sentences[at].start
    before = page.text[start : page.tokens.starts[token]]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _cataphor(token: int, gender: str, candidates: list[Candidate], page: Page) -> Candidate | None:
    """ "Shortly after his election, Putin ...": the subject that follows the first comma."""
    sentence = page.sentence_at[token]
    start = token
    while start > 0 and page.sentence_at[start - 1] == sentence:
        start -= 1
    opening = {*page.lower[start : start + 2]} & (PREPOSITIONS | {"while", "when", "as", "despite"})
    if not opening or token - start > 8 or page.lower[token] not in ("his", "her", "he", "she"):
        return None
    for each in candidates:
        if each.sentence == sentence and token < each.token <= token + 12:
            comma = page.keys[each.token - 1] == "," or page.keys[each.token - 2] == ","
            fits = each.gender == gender and each.actor_id and not each.aside
            return each if comma and fits else None
    return None


def _again(chosen: Candidate, token: int, page: Page) -> Candidate:
    subject = page.lower[token] in ("he", "she") and chosen.sentence != page.sentence_at[token]
    speaks = _speaks(token, token + 1, page)
    owner = not subject
    return Candidate(
        token, page.sentence_at[token], chosen.actor_id, chosen.gender, subject or (chosen.subject
        and chosen.sentence == page.sentence_at[token]), speaks, OWNER if owner else 0.0, chosen.key
    )  # fmt: skip

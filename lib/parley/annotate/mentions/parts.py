"""What is said of a whole: its parts ("the Russian army") and its offices ("Russia's president").

A whole is a mention of a state or an organisation. A part's common noun is listed in aliases.csv
(form nominal) and an office's title in offices.csv; the title's holder on the day is meant.
"""

from collections.abc import Iterable, Iterator

from parley.annotate.mentions.page import Found, Page
from parley.annotate.registry import Registry
from parley.annotate.registry.matching import Match
from parley.annotate.registry.name_words import CHIEF_OF, NOT_NOW, RULERS, TITLES

WHOLES = ("state", "territory", "organisation", "bloc", "body", "party", "armed_group")
LONGEST = 6  # words in a title or in a part's name
INDEFINITE = {"a", "an", "another", "any", "every", "no", "some"}
RANKED = {"new", "senior", "single", "top", "unidentified", "unnamed"}


def extend(found: Iterable[Found], page: Page) -> Iterator[Found]:
    """Yield the mentions, those of a whole made into one of its part or officer where it is said.

    A person's name after a title is left to stand for itself, and the whole for itself.
    """
    found = sorted(found)
    begins = {one.first: one for one in found if one.actor_id or one.kind == "person"}
    past = 0
    for one in found:
        if one.first < past:
            continue
        made = _joined(one, page, begins)
        if made is None:
            made = _after(one, page, begins) or _before(one, page, past, begins)
            if made and any(at in begins for at in range(one.last, made.last)):
                made = None
        past = (made or one).last if (made or one).actor_id else past
        yield made or one


def _joined(one: Found, page: Page, begins: dict[int, Found]) -> Found | None:
    """ "the US State Department": a state's name before a part's own is one name with it."""
    other = begins.get(one.last)
    if other is None or not page.beside(one.last) or not _whole(one, page):
        return None
    part = page.registry.by_id.get(other.actor_id or "")
    if part is None or part.kind != "body" or part.state != one.actor_id:
        return None
    return other._replace(first=one.first)


def _whole(one: Found, page: Page) -> bool:
    actor = page.registry.by_id.get(one.actor_id or "")
    return actor is not None and actor.kind in WHOLES


def _after(one: Found, page: Page, begins: dict[int, Found]) -> Found | None:
    """ "the Russian army", "Russia's president", "NATO chief"."""
    if not _whole(one, page):
        return None
    at = one.last
    if page.keys[at : at + 1] in (["'s"], ["'"]):
        at += 1
    elif not page.beside(at):
        return None
    title = page.registry.titles.longest(page.lower, at)
    not_now = page.lower[max(0, one.first - 1)] in NOT_NOW or _indefinite(one.first, page)
    if title and (not_now or _goes_on(title.last, page)):
        title = None
    if title and not _named_after(title.last, page, begins):
        held = _held(title.values, one, page)
        if held:
            return Found(one.first, title.last, held, "office", "person", 0.85, "holder on the day")
    part = page.registry.nominals.longest(page.lower, at)
    actor_id = part_of(part, one.actor_id, page.registry)
    if part and actor_id and not (title and title.last > part.last):
        why = f"a part of {one.actor_id}"
        return Found(one.first, part.last, actor_id, "nominal", "organisation", 0.99, why)
    return None


def _indefinite(first: int, page: Page) -> bool:
    """ "a NATO spokesman", "a senior NATO spokesman": one of several, and not the holder."""
    at = first - 1
    if at > 0 and page.lower[at] in RANKED:
        at -= 1
    return at >= 0 and page.lower[at] in INDEFINITE


def _goes_on(at: int, page: Page) -> bool:
    """ "chief executive", "chief of staff": the title is only the beginning of another."""
    return (
        page.lower[at - 1] in ("chief", "head", "chair")
        and page.lower[at : at + 1] != []
        and (page.lower[at] in CHIEF_OF or page.lower[at] in ("of", "-"))
    )


def _named_after(at: int, page: Page, begins: dict[int, Found]) -> bool:
    """Say whether a name follows the title, directly or after another title ("and ... Rau")."""
    for token in range(at, min(at + 8, len(page.keys))):
        one = begins.get(token)
        if one and one.kind == "person":
            return True
        between = page.keys[token] in TITLES or page.keys[token] in ("and", ",", "of", "the", "-")
        if not one and not between:
            return False
    return False


def _before(one: Found, page: Page, past: int, begins: dict[int, Found]) -> Found | None:
    """ "the president of Russia", "the government in Moscow"."""
    at = one.first - 1
    if at > past and page.keys[at] == "the":
        at -= 1
    if at <= past or not _whole(one, page) or page.keys[at] not in ("of", "in"):
        return None
    follows = begins.get(one.last)
    if follows and follows.kind == "person" and page.beside(one.last):
        return None
    for first in range(max(past, at - LONGEST), at):
        made = _of(first, at, one, page)
        if made:
            return made
    return None


def _of(first: int, at: int, one: Found, page: Page) -> Found | None:
    before = page.lower[first - 1] if first else ""
    if before in NOT_NOW or (first > 1 and page.lower[first - 2] in NOT_NOW and before == "-"):
        return None
    if page.keys[at] == "of" and not (_indefinite(first, page) or _becomes(first, page)):
        title = page.registry.titles.longest(page.lower, first)
        held = _held(title.values, one, page) if title and title.last == at else None
        if held:
            return Found(first, one.last, held, "office", "person", 0.85, "holder on the day")
    part = page.registry.nominals.longest(page.lower, first)
    if part is None or part.last != at:
        return None
    if page.keys[at] == "in" and page.lower[at - 1] not in RULERS:
        return None
    actor_id = part_of(part, one.actor_id, page.registry)
    if not actor_id:
        return None
    why = f"a part of {one.actor_id}"
    return Found(first, one.last, actor_id, "nominal", "organisation", 0.99, why)


def _becomes(first: int, page: Page) -> bool:
    """ "recognised NAME as the legitimate president of Venezuela": it is said of NAME."""
    lead = page.lower[max(0, first - 3) : first]
    return "as" in lead and all(word.isalpha() for word in lead[lead.index("as") :])


def _held(titles: tuple[str, ...], one: Found, page: Page) -> str | None:
    registry, of = page.registry, one.actor_id or ""
    holders = set().union(*(registry.holding(title, of, page.day) for title in titles))
    return holders.pop() if len(holders) == 1 else None


def part_of(noun: Match | None, state: str | None, registry: Registry) -> str | None:
    """Give the part by that noun (a match of ``registry.nominals``) of the state or territory."""
    if noun is None or not registry.is_place(state):
        return None
    parts = {registry.by_id[alias.actor_id].state: alias.actor_id for alias in noun.values}
    return parts.get(state or "")

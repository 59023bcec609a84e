"""Persons: full names that nobody listed, and the surname that stands for a full name.

An article names a person in full once and by surname from then on; so a surname means whom the
same article named in full. A surname that it never names in full means whoever of that name held
the office that stands before it, or a leading office, on the day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from parley.annotate.mentions.page import Found, Page
from parley.annotate.registry import holds
from parley.annotate.registry.files import word_list
from parley.annotate.registry.matching import fold
from parley.annotate.registry.name_words import (
    ACTS,
    DIRECTIONS,
    HEADS,
    HONORIFICS,
    RANKS,
    SPEECH,
    TITLES,
)
from parley.annotate.registry.naming import FAMILY_FIRST, PARTICLES, surnames

# Offices so often in the news that their holder is called by surname from the first line on.
LEADING = ("president", "prime minister", "chancellor", "pope", "king", "supreme leader",
           "secretary general", "foreign minister", "secretary of state", "vice president",
           "secretary-general")  # fmt: skip
NOT_NAMES = TITLES | HEADS | DIRECTIONS | HONORIFICS


@dataclass
class Known:
    """Whom the article names in full: by surname, each with where it is named (None: unlisted)."""

    by_surname: dict[str, list[tuple[int, str | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_first: dict[str, set[str | None]] = field(default_factory=lambda: defaultdict(set))

    def add(self, names: Iterable[str], token: int, actor_id: str | None) -> None:
        """Note that a person of those surnames is named in full at the token."""
        for name in names:
            self.by_surname[fold(name)].append((token, actor_id))

    def nearest(self, surname: str, token: int) -> tuple[bool, str | None]:
        """Give whether anybody of that surname is named, and whom: the last before, or the next."""
        named = self.by_surname.get(surname)
        if not named:
            return False, None
        before = [actor for at, actor in named if at < token]
        return True, before[-1] if before else named[0][1]


def full_names(page: Page, taken: set[int]) -> Iterator[Found]:
    """Yield full names that the registry does not hold: a first name, and capitals after it."""
    firsts, token, count = page.registry.first_names, 0, len(page.keys)
    while token < count:
        if page.keys[token] in firsts and token not in taken:
            last = _name_end(token, page, taken)
            if last:
                yield full_name(token, last, page)
                token = last
                continue
        token += 1


def full_name(first: int, last: int, page: Page) -> Found:
    """Give a full name: of the listed person whose first name is written otherwise, or nobody's.

    "Sergey Ryabkov" is Sergei Ryabkov: the only one of that surname whose first name begins so.
    """
    registry, given = page.registry, page.keys[first]
    rivals = registry.surnames.get(page.keys[last - 1], ())
    alike = [a for a in rivals if registry.by_id[a].name.split()[0][:3] == given[:3]]
    if len(alike) == 1 and len(given) > 2:
        return Found(first, last, alike[0], "alias", "person", 0.85, "spelt otherwise")
    return Found(first, last, None, "name", "person", 0.8, "a full name, not listed")


def _name_end(first: int, page: Page, taken: set[int]) -> int | None:
    """The end of a name that begins here: [initial] [particle] Capital [Capital]."""
    at, capitals = first + 1, 0
    while (
        at < len(page.keys) and at - first < 8 and page.sentence_at[at] == page.sentence_at[first]
    ):
        key = page.keys[at]
        if len(key) == 1 and key.isupper() and page.beside(at):
            at += 1 + (page.keys[at + 1 : at + 2] == ["."])
        elif key in PARTICLES and page.beside(at) and page.capital(at + 1):
            at += 1
        elif _names(key, at, page) and capitals < 2 and at not in taken:
            at, capitals = at + 1, capitals + 1
            if page.keys[at : at + 1] == ["-"] and page.capital(at + 1) and page.touching(at + 1):
                at += 2
        else:
            break
    return at if capitals and page.style(first) != "shouted" else None


def _names(key: str, at: int, page: Page) -> bool:
    return (
        key[0].isupper()
        and len(key) > 1
        and (page.beside(at))
        and key not in NOT_NAMES
        and not (key.isupper() and len(key) > 3)
    )


def known_persons(found: Iterable[Found], page: Page) -> Known:
    """Gather whom the article names in full."""
    known = Known()
    for one in found:
        actor = page.registry.by_id.get(one.actor_id or "")
        if one.kind != "person" or one.last - one.first < 2:
            continue
        titled = page.keys[one.first] in TITLES | RANKS  # "President Xi" says no first name
        written = "" if titled else page.text[slice(*page.span(one))]
        family_first = actor is not None and actor.state in FAMILY_FIRST
        names = surnames(written, family_first=family_first)
        more = surnames(actor.name, family_first=family_first) if actor else ()
        known.add(dict.fromkeys((*names, *more)), one.first, one.actor_id)
        if not family_first and not titled:
            known.by_first[page.keys[one.first]].add(one.actor_id)
    return known


def renamed(one: Found, known: Known, page: Page) -> Found:
    """Give a well-known surname to whom of that name the article names in full."""
    key = page.keys[one.first]
    if one.kind != "person" or one.last - one.first > 1 or one.actor_id is None:
        return one
    named, actor_id = known.nearest(key, one.first)
    owner_named = any(actor == one.actor_id for _, actor in known.by_surname.get(key, ()))
    if not named or owner_named or _leads(one.actor_id, page):
        return one
    why = "the surname of whom the article names in full"
    return one._replace(actor_id=actor_id, probability=0.95 if actor_id else 0.8, why=why)


def _leads(actor_id: str, page: Page) -> bool:
    """Say whether the person is in an office in which one is called by surname alone."""
    return bool(page.registry.offices_on(actor_id, page.day) & {*LEADING}) and page.day != ""


def by_surname(page: Page, known: Known, taken: set[int]) -> Iterator[Found]:
    """Yield surnames that stand alone and whom they mean."""
    listed = page.registry.surnames
    for token, key in enumerate(page.keys):
        heard = key in known.by_surname or key in listed or key in known.by_first
        if token in taken or not heard or not key[0].isupper():
            continue
        if _within_longer(token, page):
            continue
        named, actor_id = known.nearest(key, token)
        if key.lower() in _ordinary() and page.opens(token) and not (named and _acts(token, page)):
            continue
        if not named and len(known.by_first.get(key, ())) == 1:
            (actor_id,) = known.by_first[key]
            sure, why = 0.75, "the first name of whom the article names in full"
        elif named:
            sure, why = 0.95 if actor_id else 0.8, "the surname of whom the article names in full"
        else:
            actor_id, sure, why = _by_office(token, key, page)
            if actor_id is None:
                continue
        first = token - _particles(token, page, actor_id)
        yield Found(first, token + 1, actor_id, "alias", "person", sure, why)


def _acts(token: int, page: Page) -> bool:
    """ "Park is", "Park's": the word that opens a sentence stands where a name would."""
    after = page.lower[token + 1] if page.beside(token + 1) or page.touching(token + 1) else ""
    return after == "'s" or after in ACTS | SPEECH


def _particles(token: int, page: Page, actor_id: str | None) -> int:
    """How many words before the token are part of the surname ("von der Leyen")."""
    count = 0
    while token - count > 0 and page.lower[token - count - 1] in PARTICLES and count < 3:
        if page.lower[token - count - 1] in ("la", "le", "el", "de") and page.opens(
            token - count - 1
        ):
            break
        count += 1
    return count if actor_id else 0


def _within_longer(token: int, page: Page) -> bool:
    """Say whether the surname stands in another's name or in an organisation's ("Trump Tower")."""
    before, after = token - 1, token + 1
    if page.style(token) != "plain":
        return page.beside(token) and page.keys[before] in page.registry.first_names
    if page.beside(token) and page.capital(before) and page.keys[before] not in TITLES | RANKS:
        unlike = page.opens(before) and page.keys[before] not in page.registry.first_names
        acronym = page.keys[before].isupper() and len(page.keys[before]) > 1
        if not unlike and not acronym and page.sentence_at[before] == page.sentence_at[token]:
            return True
    follows = page.beside(after) and page.capital(after)
    return follows and page.keys[after] not in TITLES | {"Administration", "Cabinet"}


def _by_office(token: int, surname: str, page: Page) -> tuple[str | None, float, str]:
    registry = page.registry
    rivals = registry.surnames.get(surname, ())
    if surname in TITLES | RANKS:
        return None, 0.0, ""
    at = token - 2 if token > 1 and page.keys[token - 1] == "." else token - 1
    titled = at >= 0 and page.beside(token) and page.keys[at] in RANKS - HONORIFICS
    if not titled and (page.style(token) != "plain" or (page.beside(token) and page.capital(at))):
        return None, 0.0, ""
    if page.lower[at] in ("v", "vs", "versus"):  # a case at law
        return None, 0.0, ""
    in_office = [
        actor
        for actor in rivals
        if any(
            holds(office.start, office.end, page.day) and (titled or office.office in LEADING)
            for office in registry.careers.get(actor, ())
        )
    ]
    if len(in_office) != 1 or (not titled and surname.lower() in _ordinary()):
        return None, 0.0, ""
    if titled:
        return in_office[0], 0.9, "the only one of that surname in office on that day, with a title"
    if surname in registry.first_names:
        return None, 0.0, ""
    return in_office[0], 0.8, "the only one of that surname in a leading office on that day"


def _ordinary() -> frozenset[str]:
    return word_list("common-words.txt")

"""Titles and common nouns: "the president", "the alliance", "its army", where the text says whose.

Each goes to somebody or something that the article names; "the president" of nobody is left alone.
"""

from collections import Counter

from parley.annotate.mentions.page import Found, Page
from parley.annotate.mentions.parts import part_of
from parley.annotate.registry.matching import Match
from parley.annotate.registry.name_words import ARMED, COMMON_NOUNS

SPOKESPERSONS = {"spokesman", "spokeswoman", "spokesperson", "official", "chief", "head", "'s"}
HOME = 0.6  # of the states that an article names, the share that makes one its own
TITLE_REACH = 12  # sentences back to whoever holds the title


def nominals(page: Page, found: list[Found]) -> list[Found]:
    """Give "the president", "the alliance", "the ministry" where the page says whose or which."""
    taken = {at for one in found for at in range(one.first, one.last)}
    made = []
    for token, word in enumerate(page.lower):
        if word not in ("the", "its") or token + 1 in taken or page.sentence_at[token] < 0:
            continue
        one = _title(token, page, found) if word == "the" else None
        one = one or _noun(token, page, found)
        if one and not taken & {*range(one.first, one.last + 1)}:
            made.append(one)
            taken.update(range(one.first, one.last))
    return [*made, *_spoken_for(page, found, taken), *_armed(page, found, taken)]


def _spoken_for(page: Page, found: list[Found], taken: set[int]) -> list[Found]:
    """ "Foreign Ministry spokeswoman Maria Zakharova": the ministry of the person's state."""
    made = []
    for one in found:
        actor = page.registry.by_id.get(one.actor_id or "")
        if one.kind != "person" or actor is None or not actor.state:
            continue
        for first in range(max(0, one.first - 6), one.first - 1):
            part = page.registry.nominals.longest(page.lower, first)
            if part is None or not taken.isdisjoint(range(first, one.first)):
                continue
            titles = {*page.lower[part.last : one.first]}
            if titles <= SPOKESPERSONS and page.sentence_at[first] == page.sentence_at[one.first]:
                actor_id = part_of(part, actor.state, page.registry)
                if actor_id:
                    why = f"refers to a part of {actor.state}, whose {one.actor_id} is"
                    made.append(
                        Found(first, part.last, actor_id, "nominal", "organisation", 0.8, why)
                    )
                    taken.update(range(first, part.last))
                break
    return made


def _armed(page: Page, found: list[Found], taken: set[int]) -> list[Found]:
    """ "soldiers", "police": of the only state that the whole article names."""
    wholes = [one for one in found if one.actor_id and one.kind in ("location", "norp")]
    if len({page.registry.state_of(one.actor_id) for one in wholes}) != 1:
        return []
    made = []
    for token, word in enumerate(page.lower):
        sent = page.lower[token + 1 : token + 2] in (["to"], ["into"])  # "troops to Ukraine"
        if word not in ARMED or token in taken or page.sentence_at[token] < 0 or sent:
            continue
        part = page.registry.nominals.longest(page.lower, token)
        actor_id = part_of(part, wholes[0].actor_id, page.registry)
        if part and actor_id and taken.isdisjoint(range(token, part.last)):
            why = "refers to those of the only state that the article names"
            made.append(Found(token, part.last, actor_id, "nominal", "organisation", 0.9, why))
    return made


def _title(token: int, page: Page, found: list[Found]) -> Found | None:
    title = page.registry.titles.longest(page.lower, token + 1)
    if title is None or page.lower[title.last : title.last + 1] in (["of"], ["for"], ["-"]):
        return None
    if page.capital(title.last) and not page.capital(token + 1):
        return None
    wanted = {*title.values}
    sentence = page.sentence_at[token]
    holders: dict[str, int] = {}
    for one in found:
        if one.kind != "person" or not one.actor_id or one.first > token:
            continue
        close = sentence - page.sentence_at[one.first] <= TITLE_REACH
        if close and wanted & page.registry.offices_on(one.actor_id, page.day):
            holders[one.actor_id] = one.first
    if not holders:
        return None
    last = max(holders, key=holders.__getitem__)
    sure = 0.85 if len(holders) == 1 else 0.6
    why = "refers to whom the article names and who held that office on the day"
    return Found(token + 1, title.last, last, "nominal", "person", sure, why)


def _noun(token: int, page: Page, found: list[Found]) -> Found | None:
    """ "the alliance", "its army": the last thing of that sort, or the part of a state."""
    part = page.registry.nominals.longest(page.lower, token + 1)
    if part and page.lower[part.last : part.last + 1] not in (["alliance"], ["bloc"]):
        return _part(token, part, page, found)
    at = token + 2 if page.lower[token + 1 : token + 2] == ["military"] else token + 1
    wanted = COMMON_NOUNS.get(page.lower[at]) if at < len(page.keys) else None
    if wanted is None or page.lower[token] == "its" or page.lower[at + 1 : at + 2] == ["of"]:
        return None
    fit = [one for one in _before(token, page, found) if _sort(one, page) & wanted]
    if not fit:
        return None
    one, several = _nearest(token, fit, page), len({one.actor_id for one in fit}) > 1
    actor_id = page.registry.state_of(one.actor_id) if "@state" in wanted else one.actor_id
    why = "refers to the nearest of its sort before it"
    sure = 0.65 if several else 0.85
    return Found(token + 1, at + 1, actor_id, "nominal", _kind(one, wanted), sure, why)


def _nearest(token: int, fit: list[Found], page: Page) -> Found:
    """The last in the same sentence; of an earlier sentence its first, whom it is about."""
    sentence = page.sentence_at[fit[-1].first]
    if sentence == page.sentence_at[token]:
        return fit[-1]
    return next(one for one in fit if page.sentence_at[one.first] == sentence)


def _before(token: int, page: Page, found: list[Found]) -> list[Found]:
    """Who and what is named in this sentence before the token, and in the two before it."""
    first = page.sentence_at[token] - 2
    return [
        one
        for one in found
        if one.first < token
        and one.actor_id
        and page.sentence_at[one.first] >= first
        and not page.modifies(one)
    ]


def _part(token: int, part: Match, page: Page, found: list[Found]) -> Found | None:
    """ "its army": of the state named last; "the army": of the state of this sentence, the only
    army that the page has named, that of the only state near, or the page's own."""
    before = _before(token, page, found)
    wholes = [one for one in before if one.kind in ("location", "norp")]
    if page.lower[token] == "its":  # of whom the sentence spoke last, if that is a state
        sentence = page.sentence_at[token]
        same = [one for one in before if page.sentence_at[one.first] == sentence]
        states, sure = [one.actor_id for one in same[-1:] if one.kind == "location"], 0.9
    elif one := _already_named(token, part, wholes, page, found):
        return Found(token + 1, part.last, one, "nominal", "organisation", 0.9, f"refers to {one}")
    elif len({page.registry.state_of(one.actor_id) for one in wholes}) == 1:
        states, sure = [wholes[-1].actor_id], 0.9
    else:
        states, sure = home(page, found), 0.7
    for state in states:
        actor_id = part_of(part, state, page.registry)
        if actor_id:
            why = f"refers to a part of {state}"
            return Found(token + 1, part.last, actor_id, "nominal", "organisation", sure, why)
    return None


def _already_named(
    token: int, part: Match, wholes: list[Found], page: Page, found: list[Found]
) -> str | None:
    """The only thing of that noun which the page names before, unless a state stands beside it."""
    if any(page.sentence_at[one.first] == page.sentence_at[token] for one in wholes):
        return None
    parts = {alias.actor_id for alias in part.values}
    named = {one.actor_id for one in found if one.first < token and one.actor_id in parts}
    return named.pop() if len(named) == 1 else None


def home(page: Page, found: list[Found]) -> list[str | None]:
    """The state that most of the article is about, or where its dateline says that it is."""
    told = [one.actor_id for one in found if one.actor_id]
    told = [actor for actor in told if page.registry.by_id[actor].kind != "outlet"]
    counts = Counter(page.registry.state_of(actor) for actor in told)
    states = {state: n for state, n in counts.items() if page.registry.is_place(state)}
    top = max(states, key=states.__getitem__, default=None)
    if top and states[top] >= HOME * sum(states.values()):
        return [top]
    return list(page.dateline_states)


def _kind(one: Found, wanted: set[str]) -> str:
    return "location" if "@state" in wanted else one.kind


def _sort(one: Found, page: Page) -> set[str]:
    """What kind of thing the mention is: its actor's kind, and words of its name."""
    actor = page.registry.by_id[one.actor_id or ""]
    words = {word.lower() for word in actor.name.split()}
    kinds = {actor.kind}
    if actor.kind in ("state", "body") and actor.state:  # "the Armenian government ... the country"
        kinds.add("@state")
    if actor.actor_id in ("nato", "csto", "aukus"):
        kinds.add("alliance")
    return kinds | {f"~{word}" for word in words}

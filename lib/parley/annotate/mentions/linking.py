"""Which actor an alias means here, if any: its date, its neighbours, and what it stands beside.

Each rule gives a reason in words, for ``parley actors explain``.
"""

from collections.abc import Iterable
from typing import NamedTuple

from parley.annotate.mentions import metonyms
from parley.annotate.mentions.page import Found, Page
from parley.annotate.registry import SWALLOW, Alias
from parley.annotate.registry.matching import Match, tokenise
from parley.annotate.registry.name_words import (
    DIRECTIONS,
    HEADS,
    LOCATIVE,
    OF_HEADS,
    PEOPLES_HEADS,
    TITLES,
)

KINDS = {
    "person": "person",
    "state": "location",
    "territory": "location",
    "group": "norp",
}
PLACES = ("state", "territory")
# How often a name of that form is linked rightly, where one actor bears it and where several do:
# shares on the earlier half of the gold links (the card's section on linking has the later half).
ALONE = {"name": 0.997, "alias": 0.988, "demonym": 0.993, "metonym": 0.9}
AMONG = {"name": 0.975, "alias": 0.86, "demonym": 0.9, "metonym": 0.8}
TEAM = {"team", "side", "squad"}
LONGEST = 3  # words in the name of a state or its people, before a part of it


class Verdict(NamedTuple):
    """What a match is taken for: an alias, or nothing (``dropped``), or nobody known."""

    alias: Alias | None
    probability: float
    why: str
    dropped: bool = False


def link(match: Match, page: Page) -> Found | None:
    """Give the mention that the match makes, or None where it makes none."""
    verdict = judge(match, page)
    if verdict.dropped:
        return None
    alias = verdict.alias
    if alias is None:
        form, kind = match.values[0].form, _kind(match.values[0], page)
        return Found(*match[:2], None, form, kind, verdict.probability, verdict.why)
    kind = _kind(alias, page)
    return Found(*match[:2], alias.actor_id, alias.form, kind, verdict.probability, verdict.why)


def _kind(alias: Alias, page: Page) -> str:
    if alias.form == "demonym":
        return "norp"
    actor = page.registry.by_id.get(alias.actor_id)
    return KINDS.get(actor.kind, "organisation") if actor else "other"


def judge(match: Match, page: Page) -> Verdict:
    """Weigh what an alias found may mean here."""
    values: tuple[Alias, ...] = match.values
    if values[0].actor_id == SWALLOW:
        return Verdict(None, 0.0, f"{values[0].alias!r} is the name of something else", True)
    dated = [alias for alias in values if alias.holds(page.day)]
    if not dated:
        return Verdict(None, 0.3, f"no actor bore that name on {page.day}")
    chosen, why = _fitting(dated, match, page)
    if chosen is None or chosen.actor_id == SWALLOW:
        return Verdict(None, 0.4, why, dropped=not why.startswith("as likely"))
    for test in TESTS:
        against = test(match, chosen, page)
        if against:
            return Verdict(None, 0.2, against, True)
    if _sporting(chosen, match, page):
        return Verdict(None, 0.3, "where sport is spoken of, a state's name is its team's")
    return Verdict(chosen, _probability(chosen, len(dated)), why)


def _probability(alias: Alias, rivals: int) -> float:
    return (ALONE if rivals == 1 else AMONG).get(alias.form, 0.8)


def _fitting(dated: list[Alias], match: Match, page: Page) -> tuple[Alias | None, str]:
    """Choose among the actors of that name: the user's own first, then by what each needs."""
    met = [(alias, _needs_met(alias, match, page)) for alias in dated]
    fit = [(alias.own, n if alias.needs else 0, alias) for alias, n in met if n or not alias.needs]
    if not fit:
        wanted = ", ".join(dict.fromkeys(w for alias in dated for w in alias.needs))
        return None, f"counted only beside one of: {wanted}"
    best = max(fit, key=lambda each: each[:2])
    equals = {each[2].actor_id for each in fit if each[:2] == best[:2]}
    if len(equals) > 1:
        return None, "as likely " + " as ".join(sorted(equals))
    if best[2].actor_id == SWALLOW:
        return best[2], f"{best[2].alias!r} means somebody else beside these words"
    return best[2], f"{best[2].alias!r} is {'a' if best[2].form != 'alias' else 'an'} " + (
        f"{best[2].form} of {best[2].actor_id}"
    )


def _needs_met(alias: Alias, match: Match, page: Page) -> int:
    own = set(alias.alias.split())
    words = [word for word in alias.needs if not word.startswith("@")]
    met = sum(page.has(word) for word in words if word not in own)
    met += "@agent" in alias.needs and metonyms.acts(match, page)
    return met + (
        "@the" in alias.needs and match.first > 0 and page.lower[match.first - 1] == "the"
    )


def _anothers_part(match: Match, alias: Alias, page: Page) -> str:
    """ "the Mexican Senate", "the Senate of Kenya": another state's, whoever else has one."""
    part = page.registry.by_id.get(alias.actor_id)
    if part is None or part.kind not in ("body", "party") or not part.state:
        return ""
    end = match.first - (page.keys[max(0, match.first - 1)] == "'s")
    states = _states(range(max(0, end - LONGEST), end), page, end)
    if page.keys[match.last : match.last + 1] == ["of"]:
        states |= _states(range(match.last + 1, match.last + 2), page)
    return "" if not states or part.state in states else f"that of {', '.join(sorted(states))}"


def _states(firsts: Iterable[int], page: Page, end: int | None = None) -> set[str]:
    """The states that a name beginning at one of the tokens (and ending at ``end``) may mean."""
    for first in firsts:
        whose = page.registry.names.longest(page.keys, first)
        if whose and end in (None, whose.last) and whose.values[0].actor_id != SWALLOW:
            found = {page.registry.state_of(value.actor_id) for value in whose.values}
            return {state for state in found if page.registry.is_place(state)}
    return set()


def _crosses(match: Match, alias: Alias, page: Page) -> str:
    within = page.text[page.tokens.starts[match.first] : page.tokens.ends[match.last - 1]]
    return "its words stand in two paragraphs" if "\n" in within else ""


def _acronym(match: Match, alias: Alias, page: Page) -> str:
    """ "artificial pancreas (AP)": the article says itself what its letters stand for."""
    letters = alias.alias
    if not (letters.isalpha() and letters.isupper() and f"({letters})" in page.text):
        return ""
    before = page.text[: page.text.index(f"({letters})")].split()[-len(letters) :]
    spelt = "".join(word[0] for word in before).upper() == letters
    phrase = " ".join(before)
    if spelt and page.registry.names.longest(tokenise(phrase).keys, 0) is None:
        return f"here it stands for {phrase!r}"
    return ""


def _pronoun(match: Match, alias: Alias, page: Page) -> str:
    """In a sentence all in capitals "US" is the pronoun unless something says otherwise."""
    if alias.alias != "US" or page.style(match.first) != "shouted":
        return ""
    before = page.lower[match.first - 1] if match.first else ""
    after = page.keys[match.last].capitalize() if match.last < len(page.keys) else ""
    if page.opens(match.first) or before in ("the", "-") or after in TITLES or after == "-":
        return ""
    return "in a sentence all in capitals it may be the pronoun"


def _language(match: Match, alias: Alias, page: Page) -> str:
    if alias.form != "demonym" or not match.first:
        return ""
    before, after = page.lower[match.first - 1], _after(match, page)
    speaks = before in ("speak", "speaks", "spoke", "speaking", "fluent", "learn", "learning")
    stops = not after or not after[0].isalpha() or after in ("and", "or", "by", "on", "at", "that")
    stops = stops and after != "-"
    if speaks or (before in ("in", "into", "from") and stops):
        return "a language, not a people"
    return "a language, not a people" if after in ("language", "translation", "subtitles") else ""


def _verb(match: Match, alias: Alias, page: Page) -> str:
    if alias.alias != "Polish":
        return ""
    if page.words & {"nail", "nails", "manicure", "varnish"}:
        return "what is put on nails"
    verb = page.opens(match.first)
    objects = ("the", "your", "up", "off", "it", "them", "with", "each")
    return "the verb that opens a sentence" if verb and _after(match, page) in objects else ""


def _after(match: Match, page: Page) -> str:
    return page.lower[match.last] if match.last < len(page.keys) else ""


def _neighbours(match: Match, alias: Alias, page: Page) -> str:
    """A longer name that is not in the registry swallows its parts."""
    actor = page.registry.by_id.get(alias.actor_id)
    if _anothers(match, alias, page):
        return f"{page.keys[match.first - 1]!r} before it makes another's name of it"
    person = actor is not None and actor.kind == "person"
    if page.style(match.first) != "plain" or actor is None or (person and " " in alias.alias):
        return ""
    before, after = _before_name(match, page), _after_name(match, page)
    keys = page.keys
    heads = PEOPLES_HEADS if alias.form == "demonym" else HEADS
    if after and _run_head(match.last, page) in heads:
        return f"part of the longer name {' '.join(keys[match.first : match.last + 1])!r}"
    if _headed(match, page):
        return "part of a longer name with `of`"
    if after and alias.alias.split()[-1] in DIRECTIONS:
        return f"{keys[match.last]!r} after it makes another name of it"
    if alias.form == "demonym" or (actor and actor.kind not in (*PLACES, "person")):
        return ""
    if before:
        return f"{keys[match.first - 1]!r} before it makes another name of it"
    long = match.last - match.first > 1 and not person  # "Jean-Pierre Bemba" is another's name
    if after and not long and not alias.alias.replace(".", "").isupper():
        return f"{keys[match.last]!r} after it makes another name of it"
    return ""


def _anothers(match: Match, alias: Alias, page: Page) -> bool:
    """Say whether a surname stands after another's first name, in a list of names as elsewhere."""
    actor = page.registry.by_id.get(alias.actor_id)
    if actor is None or actor.kind != "person" or match.last - match.first > 1:
        return False
    before = page.keys[match.first - 1] if match.first and page.beside(match.first) else ""
    return before in page.registry.first_names and before not in actor.name.split()


def _before_name(match: Match, page: Page) -> bool:
    at = match.first - 1
    if at < 0 or not page.beside(match.first) or not page.capital(at):
        return False
    word = page.keys[at]
    if word in page.registry.first_names and match.last - match.first == 1:
        return True
    return not (
        page.opens(at) or word in TITLES or word in DIRECTIONS or _known(at, page) or word.isupper()
    )


def _after_name(match: Match, page: Page) -> bool:
    at = match.last
    if at >= len(page.keys) or not page.beside(at) or not page.capital(at):
        return False
    return page.sentence_at[at] == page.sentence_at[at - 1] and not (
        page.keys[at] in TITLES or _known(at, page)
    )


def _known(token: int, page: Page) -> bool:
    """Say whether a name of the registry begins or ends at the token."""
    root = page.registry.names.root
    return any(page.registry.names.longest(page.keys, at) for at in (token,)) or (
        page.keys[token] in root and "" in root[page.keys[token]]
    )


def _run_head(first: int, page: Page) -> str:
    """Give the last of the capitalised words that follow one another from here."""
    at = first
    while at + 1 < len(page.keys) and page.capital(at + 1) and page.beside(at + 1):
        at += 1
    return page.keys[at]


def _headed(match: Match, page: Page) -> bool:
    """ "Bank of America", "Center for a New American Progress"."""
    at = match.first - 1
    while at > 0 and page.keys[at] in ("the", "a", "New"):
        at -= 1
    if at <= 0 or page.keys[at] not in ("of", "for", "on"):
        return False
    within = page.beside(match.last) and page.capital(match.last) and page.capital(at - 1)
    longer = within and page.keys[match.last] not in TITLES and page.keys[at - 1] not in TITLES
    return longer or (page.keys[at] != "on" and page.keys[at - 1] in OF_HEADS)


def _sporting(alias: Alias, match: Match, page: Page) -> bool:
    """Say whether a state's name is its team's: on a page of sport, or "Russia beat Spain 3-1"."""
    if not page.registry.is_place(alias.actor_id):
        return False
    after = page.lower[match.last : match.last + 4]
    if after[:1] == ["national"] and TEAM & {*after}:
        return True
    if alias.form == "demonym":
        return False
    placed = page.lower[match.first - 1] in LOCATIVE if match.first else False
    plays = page.plays(match.first) and not placed and after[:1] != ["'s"]
    return page.sporting or plays


TESTS = (
    _crosses,
    _acronym,
    _pronoun,
    _language,
    _verb,
    _anothers_part,
    _neighbours,
    metonyms.place,
)

"""It, its and they: to the state or organisation that the sentence is about, if nothing else fits.

"It" means as often a plan, a price or nothing at all ("it is clear"), so it is given to a name only
before a verb of one who acts or speaks, and "its" only soon after a name that is the subject, with
no other name between. "They" is given only to a group that speaks of itself ("the rebels said they
had left").
"""

from collections.abc import Iterator

from parley.annotate.mentions.page import Found, Page
from parley.annotate.registry.name_words import ACTS, PREPOSITIONS, SPEECH, WEAK

DOES = (ACTS | SPEECH) - WEAK - {"and", "never", "not", "already", "called"}
BETWEEN = {"that", "has", "have", "had", "also", "later"}
WILL = {"has", "have", "had", "will", "would", "could", "may", "must"}
WHOLES = ("location", "organisation")
MANY = ("armed_group", "party")  # kinds of actor that are many, whatever their name
SOON = 8  # words between a subject and its pronoun
NEAR = 3  # words into a sentence that a pronoun may stand and mean the subject of the one before


def neuters(page: Page, found: list[Found]) -> list[Found]:
    """Give "it" and "its" with the listed actor that each means."""
    why = "refers to what the sentence is about"
    return [
        Found(token, token + 1, chosen.actor_id, "pronoun", chosen.kind, sure, why)
        for token, chosen, sure in antecedents(page, found)
        if chosen.actor_id
    ]


def antecedents(page: Page, found: list[Found]) -> Iterator[tuple[int, Found, float]]:
    """Yield each "it" and "its" that means a name with the mention it goes to, listed or not."""
    subjects = _subjects(page, found)
    named = sorted(one.first for one in found if one.kind != "person" and one.form != "pronoun")
    chosen: dict[int, Found] = {}
    for token, word in enumerate(page.lower):
        sentence = page.sentence_at[token]
        if word == "they" and (group := _of_itself(token, subjects.get(sentence), page)):
            yield token, group, 0.8
        if word not in ("it", "its") or sentence < 0 or (word == "it" and not _acts(token, page)):
            continue
        start = _start(token, page)
        one = subjects.get(sentence)
        if one and one.last <= token <= one.last + SOON:
            sure = 0.75
        elif token - start < NEAR and not (one and one.first < token):
            one, sure = chosen.get(sentence - 1) or subjects.get(sentence - 1), 0.65
        else:
            continue
        if one and not any(one.first < at < token for at in named):
            chosen[sentence] = one
            yield token, one, sure


def _of_itself(token: int, one: Found | None, page: Page) -> Found | None:
    """ "The rebels said that they had left": the group, where nothing but "said" parts the two."""
    if one is None or WILL.isdisjoint(page.lower[token + 1 : token + 2]):
        return None
    between = page.lower[one.last : token]
    told = bool(SPEECH & {*between}) and {*between} <= SPEECH | BETWEEN
    return one if told and _is_many(one, page) else None


def _is_many(one: Found, page: Page) -> bool:
    actor = page.registry.by_id.get(one.actor_id or "")
    head = page.lower[one.last - 1]
    plural = one.kind == "organisation" and (head.endswith("s") or head == "police")
    return actor is not None and (actor.kind in MANY or (plural and one.form == "nominal"))


def _subjects(page: Page, found: list[Found]) -> dict[int, Found]:
    """The first name of each sentence, where it is no person's and stands as a subject does."""
    first: dict[int, Found] = {}
    for one in found:
        first.setdefault(page.sentence_at[one.first], one)
    return {at: one for at, one in first.items() if at >= 0 and _is_subject(one, page)}


def _is_subject(one: Found, page: Page) -> bool:
    before = page.lower[one.first - 1] if one.first else ""
    return (
        one.kind in WHOLES
        and one.form not in ("demonym", "pronoun")
        and before not in PREPOSITIONS | {","}
        and page.keys[one.last : one.last + 1] != ["'s"]
        and not page.modifies(one)
    )


def _start(token: int, page: Page) -> int:
    while token > 0 and page.sentence_at[token - 1] == page.sentence_at[token]:
        token -= 1
    return token


def _acts(token: int, page: Page) -> bool:
    """ "it said", "it has denied", "it would not accept", "says that it will raise"."""
    after = page.lower[token + 1 : token + 4]
    before = page.lower[max(0, token - 2) : token]
    told = before[-1] if before and before[-1] != "that" else before[0] if before else ""
    if told in SPEECH and after and after[0] in WILL:
        return True
    while after and after[0] in WILL | {"also", "not", "never"}:
        after = after[1:]
    return bool(after) and after[0] in DOES

"""Sources: the mentions that can speak, and the class of source that each is.

A class is read from the registry's sector where the actor is known, else from the nouns of the
phrase: the head of "a senior US official" is an official, of "residents of a town" a resident.
"""

import re
from dataclasses import dataclass
from itertools import takewhile

# The nouns of each class. Those of institutions come last: "a government official" is an official.
_CLASS_WORDS = {
    "unnamed official": (
        "officials? diplomats? spokes(?:man|men|woman|women|person|people|persons) ministers? "
        "aides? envoys? ambassadors? lawmakers? legislators? senators? congress(?:man|men|woman) "
        "commanders? generals? officers? negotiators? prosecutors? judges? mayors? governors? "
        "advis[eo]rs? leaders? chiefs? heads? secretar(?:y|ies) presidents? chancellors? sources? "
        "representatives? troops soldiers? investigators? regulators? deput(?:y|ies) directors? "
        "chair(?:man|woman|person)?s? chairmen staffers? staff.members? "
        "council(?:man|woman|l?ors?) commissioners? sheriffs? justices? administrators? premiers? "
        "delegates?"
    ),
    "expert": (
        "experts? analysts? professors? researchers? economists? scholars? historians? scientists? "
        "strategists? lecturers? specialists? academics? pollsters? fellows? epidemiologists? "
        "consultants? doctors? physicians? biologists? sociologists? psychologists?"
    ),
    "witness": (
        "witness(?:es)? eyewitness(?:es)? residents? survivors? neighbou?rs? protest[eo]rs? "
        "villagers? bystanders? refugees? demonstrators? locals"
    ),
    "document": (
        "reports? statements? documents? data figures stud(?:y|ies) surveys? polls? estimates? "
        "memos? letters? records? files? filings? complaints? indictments? briefs? lawsuits? "
        "transcripts? communiqu[eé]s? recordings? e-?mails? books? audits? affidavits? rulings? "
        "resolutions? bills? laws?"
    ),
    "media": (
        "(?<!social.)media newspapers? broadcasters? news.agenc(?:y|ies) reporters? journalists? "
        "channels? correspondents? columnists? editors? outlets? magazines? press commentators? "
        "pundits? bloggers? anchors? hosts? websites? articles?"
    ),
    "institution": (
        "ministry ministries government governments administration military army police "
        "authorities parliament court embassy committee commission council campaign office "
        "department departments organi[sz]ations? party parties kremlin compan(?:y|ies) "
        "union firms? agenc(?:y|ies) banks? associations? institutes? foundations? "
        "universit(?:y|ies) bureau coalition cabinet senate legislature congress"
    ),
}
_NOUNS = {
    name: re.compile(rf"\b(?:{'|'.join(nouns.split())})\b", re.IGNORECASE)
    for name, nouns in _CLASS_WORDS.items()
}
NOUN = "|".join(" ".join(_CLASS_WORDS.values()).split())  # of any class, as a pattern
_OFFICIAL_SECTORS = (
    "executive",
    "legislature",
    "military",
    "intelligence",
    "judiciary",
    "international",
)
# Kinds of actor that speak as such; a people, or what nobody knows, is "other".
_INSTITUTIONS = ("state", "territory", "organisation", "bloc", "party", "armed_group", "body")
_HEAD_ENDS = re.compile(
    r",|\s(?:of|from|in|at|for|who|which|that|with|on|to|by|close|familiar|inside|near|under)\b",
    re.IGNORECASE,
)
# "a group of", "dozens of": how many, and not who.
_HOW_MANY = re.compile(
    r"(?:(?:an?|the)\s+)?(?:[a-z]+\s+)?(?:group|number|majority|handful|pair|couple|team|series|"
    r"panel|dozens|hundreds|thousands|scores|members?|one|some|many|most|several|two|three)\s+of\s+"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
# What introduces a name: the words of a title right before it, an apposition after it.
_TITLE_WORD = re.compile(
    rf"(?:[A-Z][\w’'\-]*|[A-Z]\w{{0,3}}\.|former|deputy|chief|then|state|senior|vice|{NOUN})"
)
_BEFORE = 60
_APPOSITION = re.compile(r",\s+(?:(?:an?|the|who\s+is)\s+|(?=[a-z]))[^,.;:“”\"]{3,90}")


@dataclass(frozen=True)
class Named:
    """A mention, as far as a speaker needs it. ``kind`` is the actor's, else the mention's."""

    start: int
    end: int
    actor_id: str | None
    form: str
    person: bool
    kind: str | None = None
    sector: str | None = None


def can_speak(name: Named) -> bool:
    """Whether it is a person or an institution, and no mere place."""
    return name.person or name.kind in (*_INSTITUTIONS, "company", "outlet", "group")


def is_described(words: str) -> bool:
    """Whether a noun of some class stands in the words."""
    return any(noun.search(words) for noun in _NOUNS.values())


def class_of_words(words: str) -> str:
    """The class of a source that is described and not named, by the head of the phrase.

    >>> class_of_words("a senior US official"), class_of_words("the poll")
    ('unnamed official', 'document')
    >>> class_of_words("residents of the ministry's town"), class_of_words("a group of experts")
    ('witness', 'expert')
    """
    many = _HOW_MANY.match(words)
    words = words[many.end() :] if many else words
    stop = _HEAD_ENDS.search(words)
    head = words[: stop.start()] if stop else words
    for part in (head, words):
        found = [(m.end(), name) for name, noun in _NOUNS.items() for m in noun.finditer(part)]
        if found:
            return max(found)[1] if part is head else min(found)[1]
    return "other"


def class_of(name: Named, words: str = "") -> str:
    """The class of a mention that speaks; ``words`` are the whole phrase.

    From the phrase is read what a person is whom the registry does not know ("Ann Lee, an analyst
    at ..."), and that "US lawmakers" are officials of the body that they name.
    """
    if name.kind == "outlet" or name.sector == "media":
        return "media"
    if name.person and name.actor_id:
        return "named official" if name.sector in _OFFICIAL_SECTORS else "other"
    described = class_of_words(words)
    if name.person:
        return _of_person(class_of_words(re.sub(r"^.*?,", "", words)), described)
    if described not in ("other", "document", "institution"):
        return described
    speaks = name.kind in (*_INSTITUTIONS, "company") or described == "institution"
    return "institution" if speaks else "other"


def _of_person(*described: str) -> str:
    """The first class that a named person can be of: an official is a named one."""
    nobody = ("other", "document", "institution")
    first = next((one for one in described if one not in nobody), "other")
    return "named official" if first == "unnamed official" else first


def introduced(name: Named, text: str) -> str:
    """The class of a person as the text introduces the name: by a title before, or an apposition.

    >>> text = "We met state senator Ann Lee, and Bo Holm, an economist at a bank."
    >>> [introduced(Named(text.index(n), text.index(n) + len(n), None, "name", True), text)
    ...  for n in ("Ann Lee", "Bo Holm")]
    ['named official', 'expert']
    """
    before = text[max(0, name.start - _BEFORE) : name.start].replace("\n\n", " . ").split()
    titles = list(takewhile(_TITLE_WORD.fullmatch, reversed(before)))
    after = _APPOSITION.match(text, name.end)
    described = after.group()[2:] if after else ""
    return _of_person(class_of_words(" ".join(reversed(titles))), class_of_words(described))

"""Cues: the verbs and phrases that introduce what somebody said, and their classes."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parley import paths

_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile(r"\s+")
# Forms that are as often a noun, and the words after which they are one: "the state", "a report".
_NOUN_FORM = re.compile(
    r"(?:state|report|call|claim|demand|order|comment|request|appeal|offer|estimate|charge|post|"
    r"tweet|command|note|pledge|promise|protest|counter|press|read|remark|answer|question|reply|"
    r"threat|hope|fear|worr(?:y|ie)|doubt|view|vow|address|object|fault|blame|signal|hint|find|"
    r"welcome|stress|rail|highlight|guarantee|bet|caution|praise|advise|support|view|show|plan|attack|"
    r"question|talk|back|name|list|challenge|champion|favou?r|issue|cast|brand|label|text|email|vote|"
    r"voice|quote|title|regret|decree|detail|debate|want|push|insult|address|taunt)(?:e?s)?|"
    r"(?:reading|finding|writing|posting|offering|warning|calling|ruling|backing|feeling|"
    r"showing|meaning)s?",
    re.IGNORECASE,
)
_BEFORE_NOUN = frozenset(
    """a an the this that these those his her its their our your my no any some each every all many
    several two three new in of on at by for from with into under over against between such other
    another first last swing united member key press american russian rogue welfare police news
    official public same latest recent more most""".split()
)


@dataclass(frozen=True)
class Cue:
    """A cue in a text: its span, its lemma and its class (`terms.CUE_CLASSES`)."""

    start: int
    end: int
    lemma: str
    cue_class: str


@cache
def lexicon(path: Path = paths.LEXICONS / "cues.csv") -> dict[str, tuple[str, str]]:
    """Form -> (lemma, class) of every cue in the shipped lexicon.

    >>> lexicon()["denied"], lexicon()["according to"]
    (('deny', 'assertive'), ('according to', 'neutral'))
    """
    rows = _rows(path)
    return {form: (row["lemma"], row["class"]) for row in rows for form in row["forms"].split("|")}


@cache
def _rows(path: Path = paths.LEXICONS / "cues.csv") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _taking(what: str) -> frozenset[str]:
    """The lemmas that take a ``clause``, ``words`` as they were said, or a ``thing``."""
    return frozenset(row["lemma"] for row in _rows() if row["takes"] == what)


@cache
def _by_first_word() -> dict[str, list[list[str]]]:
    """The forms' words by the first of them, the longest form first."""
    table: dict[str, list[list[str]]] = {}
    for form in sorted(lexicon(), key=len, reverse=True):
        words = form.split()
        table.setdefault(words[0], []).append(words)
    return table


def find_cues(text: str, start: int = 0, end: int | None = None) -> list[Cue]:
    """The cues in ``text[start:end]``, in order, their offsets in ``text``.

    >>> [(cue.lemma, cue.cue_class) for cue in find_cues("He claimed that; she said no.")]
    [('claim', 'distancing'), ('say', 'neutral')]
    """
    end = len(text) if end is None else end
    table = _by_first_word()
    found: list[Cue] = []
    for match in _WORD.finditer(text, start, end):
        forms = table.get(match.group().lower())
        if not forms or (found and match.start() < found[-1].end):
            continue
        for words in forms:
            last = _match(text, match, words, end)
            if last:
                found.append(Cue(match.start(), last, *lexicon()[" ".join(words)]))
                break
    return found


def _match(text: str, first: re.Match[str], words: list[str], end: int) -> int | None:
    """Where a form's words end, the first of them matched; None where the others do not follow."""
    at = first.end()
    for word in words[1:]:
        space = _SPACE.match(text, at, end)
        following = space and _WORD.match(text, space.end(), end)
        if not following or following.group().lower() != word:
            return None
        at = following.end()
    return at


def is_verb(cue: Cue, text: str) -> bool:
    """Whether a cue is a verb where it stands, and not a noun of the same form.

    >>> text = "The state said so, and a report states it."
    >>> [text[c.start:c.end] for c in find_cues(text) if is_verb(c, text)]
    ['said', 'states']
    """
    if "-" in (text[cue.start - 1 : cue.start], text[cue.end : cue.end + 1]):
        return False  # "so-called", "long-promised"
    if not _NOUN_FORM.fullmatch(text, cue.start, cue.end):
        return True
    before = text[max(0, cue.start - 24) : cue.start].rstrip().lower()
    last = re.search(r"[^\W\d_]*[’'´]?[^\W\d_]*$", before)
    word = last.group() if last else ""
    owned = word.endswith(("’s", "'s", "s’", "s'"))
    return bool(word) and not owned and word not in _BEFORE_NOUN


def says_a_clause(cue: Cue) -> bool:
    """Whether what a cue introduces is a clause, and so can stand before it (", he added").

    >>> [says_a_clause(cue) for cue in find_cues("He noted it and praised it.")]
    [True, False]
    """
    found = find_cues(cue.lemma)  # the encoder's cues hold more words than the verb
    clause = _taking("clause")
    return cue.lemma in clause or (bool(found) and found[-1].lemma in clause)


def takes_words(cue: Cue) -> bool:
    """Whether a cue can introduce words as they were said; "supports" and "knows" do not.

    >>> [takes_words(cue) for cue in find_cues("He called it so, and knew it.")]
    [True, False]
    """
    return cue.lemma not in _taking("thing")


def cue_class(words: str) -> str:
    """The class of a cue as the encoder marked it ("has repeatedly denied"): its last known verb's.

    >>> cue_class("has repeatedly denied"), cue_class("in a statement")
    ('assertive', 'neutral')
    >>> cue_class("is demanding guarantees")
    'directive'
    """
    found = find_cues(words)
    while len(found) > 1 and _is_object(found[-1], found[-2], words):
        found.pop()
    return found[-1].cue_class if found else "neutral"


def _is_object(cue: Cue, before: Cue, words: str) -> bool:
    """Whether the last of two cues is the noun that the first governs: "demanding guarantees"."""
    noun = _NOUN_FORM.fullmatch(words, cue.start, cue.end)
    return bool(noun) and words[before.end : cue.start].isspace()

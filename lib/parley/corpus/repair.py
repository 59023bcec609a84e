"""Spun and machine-translated text is mended by rule, each mend on record.

A spinner replaces words blindly, inside other words too, and a translator turns quotation marks
around. The rules look for what such a machine leaves behind and sound text never holds; every mend
is a row with its span in the mended text, so that a reader can see it and `undo` it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# A spinner's substitutions, and words that hold the word it replaced. "again" becomes "once more",
# and so "against" becomes "once morest". None of the results is a word.
_SPUN = {
    ("again", "once more"): "against",
    ("after", "following"): (
        "afternoon afternoons afterward afterwards aftermath aftershock aftershocks afterthought "
        "hereafter thereafter aftertaste afterlife"
    ),
    ("about", "regarding"): "roundabout roundabouts whereabouts thereabouts turnabout",
    ("may", "might"): "mayor mayors mayoral maybe dismay dismayed mayhem",
    ("but", "however"): (
        "button buttons butter contribute contributed contribution contributions distribute "
        "distributed distribution tribute tributes attribute attributed debut debuted rebuttal"
    ),
    ("help", "assist"): "helpful helpless",
    ("start", "begin"): "startup startups upstart startled",
    ("only", "solely"): "commonly uncommonly",
    ("man", "gentleman"): "manage management manager managers mandate mandates command commander",
    (
        "over",
        "more than",
    ): "overcome overnight overseas overview overwhelming overwhelmingly takeover",
    ("end", "finish"): "endorse endorsed agenda pending",
    ("under", "beneath"): "understand understanding understood undermine undermined underway",
    ("before", "earlier than"): "beforehand",
    ("while", "whereas"): "meanwhile worthwhile",
    ("get", "obtain"): "together budget budgets target targets",
}
# A first letter doubled by a drop capital: it stands before a word that begins sentences.
_STARTERS = (
    "A|After|Again|All|Although|An|And|As|At|Because|Before|Both|But|By|Despite|During|Even|Every|"
    "Few|For|From|He|Her|His|How|If|In|Is|It|Its|Just|Last|Many|More|Most|No|Not|Nothing|Now|Of|On|"
    "One|Only|Over|She|Since|So|Some|Such|That|The|Their|There|These|They|This|Those|Three|To|Two|"
    "Under|Until|We|What|When|Where|While|Who|Why|With|Without|You"
)


@dataclass(frozen=True)
class Repair:
    """One mend: ``was`` stood where ``now`` stands, at ``start:end`` of the mended text."""

    start: int
    end: int
    was: str
    now: str
    rule: str


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    now: str
    rule: str


def repair(text: str) -> tuple[str, list[Repair]]:
    """Mend a clean text; give it with every mend.

    >>> mended, repairs = repair("IThere is talk, even once morest allies, of a “broad front “.")
    >>> mended
    'There is talk, even against allies, of a “broad front”.'
    >>> [repair.rule for repair in repairs]
    ['stray first letter', 'spun word', 'mark turned around']
    """
    edits = sorted((e for rule in _RULES for e in rule(text)), key=lambda e: (e.start, e.end))
    parts, repairs, at, length = [], [], 0, 0
    for edit in edits:
        if edit.start < at:
            continue  # two rules saw the same flaw: the first one's mend stands
        parts += [text[at : edit.start], edit.now]
        start = length + edit.start - at
        length, at = start + len(edit.now), edit.end
        repairs.append(Repair(start, length, text[edit.start : edit.end], edit.now, edit.rule))
    return "".join([*parts, text[at:]]), repairs


def undo(text: str, repairs: list[Repair]) -> str:
    """The text as it stood before its repairs.

    >>> undo(*repair("A last line.\\n\\n."))
    'A last line.\\n\\n.'
    """
    for mend in sorted(repairs, key=lambda mend: mend.start, reverse=True):
        text = text[: mend.start] + mend.was + text[mend.end :]
    return text


def _spun_forms() -> dict[str, str]:
    return {
        word.replace(before, after): word
        for (before, after), words in _SPUN.items()
        for word in words.split()
    }


_FORMS = _spun_forms()
_SPUN_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, _FORMS), key=len, reverse=True))})\b", re.IGNORECASE
)


def _spun_words(text: str) -> Iterator[_Edit]:
    for match in _SPUN_WORD.finditer(text):
        word = _FORMS[match.group().lower()]
        now = word.capitalize() if match.group()[0].isupper() else word
        yield _Edit(match.start(), match.end(), now, "spun word")


_STRAY = re.compile(rf"[A-Z](?=(?:{_STARTERS})\b)")


def _stray_first_letter(text: str) -> Iterator[_Edit]:
    """At the head of the first two paragraphs: a title may stand before the body."""
    second = text.find("\n\n") + 2
    for at in {0, second if second > 1 else 0}:
        match = _STRAY.match(text, at)
        # "IIf", "IThere": the letter is doubled or stands for nothing; "AN" or "ATO" do not match.
        if (
            match
            and text[match.end() : match.end() + 2] != text[match.end() : match.end() + 2].upper()
        ):
            yield _Edit(match.start(), match.end(), "", "stray first letter")


_TURNED_CLOSE = re.compile(
    r"(?<=[\w.,!?…]) ?“(?=[.,;:!?)]|$|\n)|(?<=[\w.,!?…]) ”(?=[.,;:!?)]|$|\n)"
)
_TURNED_OPEN = re.compile(r"(?<=[\s(])”(?=\w)")


def _turned_marks(text: str) -> Iterator[_Edit]:
    for match in _TURNED_CLOSE.finditer(text):
        if _is_open(text, match.start()):
            yield _Edit(match.start(), match.end(), "”", "mark turned around")
    for match in _TURNED_OPEN.finditer(text):
        if not _is_open(text, match.start()):
            yield _Edit(match.start(), match.end(), "“", "mark turned around")


def _is_open(text: str, at: int) -> bool:
    """Whether a quotation is open at a place, or what follows ran on from one (`_run_on`)."""
    start = text.rfind("\n\n", 0, at) + 1
    return text.count("“", start, at) >= max(1, text.count("”", start, at))


_RUN_ON = re.compile(r"(?<=[.!?])”(?= [a-z](?P<rest>[^“”\"\n]{5,300}?) ?”)")


_SPEAKING = re.compile(
    r"\b(?:said|says?|told|tells|added|adds|asked|asks|wrote|writes|wondered|continued|according|"
    r"replied|tweeted|explained|noted|warned|insisted|argued|recalled|declared|complained)\b"
)


def _run_on(text: str) -> Iterator[_Edit]:
    """A quotation closed too early: words in lower case go on after it to a second closing mark."""
    for match in _RUN_ON.finditer(text):
        start = text.rfind("\n\n", 0, match.start()) + 1
        before = text[start : match.start()]
        if before.count("“") == before.count("”") + 1 and not _has_speaker(match["rest"]):
            yield _Edit(match.start(), match.end(), " …", "quotation runs on")


def _has_speaker(words: str) -> bool:
    """Whether the words between are the outlet's own ("he said"), so that the marks are sound."""
    return bool(_SPEAKING.search(words))


_LONE_STOP = re.compile(r"\n\n[.,;]\s*$")


def _lone_stop(text: str) -> Iterator[_Edit]:
    for match in _LONE_STOP.finditer(text):
        yield _Edit(match.start(), match.end(), "", "lone full stop")


_RULES: tuple[Callable[[str], Iterator[_Edit]], ...] = (
    _spun_words,
    _stray_first_letter,
    _run_on,
    _turned_marks,
    _lone_stop,
)

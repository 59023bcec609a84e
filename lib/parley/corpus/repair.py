"""Spun and machine-translated text is mended by rule, each mend on record.

A spinner replaces words blindly, inside other words too, and a translator turns quotation marks
around. The rules look for what such a machine leaves behind and sound text never holds; every mend
is a row with its span in the mended text, so that a reader can see it and `undo` it.
"""

import re
from collections.abc import Callable, Iterator

from parley.corpus.clean import clean_line, is_mojibake
from parley.corpus.debris import debris
from parley.corpus.mends import Edit, Repair, apply, difference

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


def repair(text: str) -> tuple[str, list[Repair]]:
    """Mend a clean text; give it with every mend.

    >>> mended, repairs = repair("IThere is talk, even once morest allies, of a “broad front “.")
    >>> mended
    'There is talk, even against allies, of a “broad front”.'
    >>> [repair.rule for repair in repairs]
    ['stray first letter', 'spun word', 'mark turned around']
    """
    sound, decoded = apply(text, _mojibake(text))
    return apply(sound, (edit for rule in _RULES for edit in rule(sound)), decoded)


def _mojibake(text: str) -> Iterator[Edit]:
    """Text that was read in a wrong encoding; `clean` leaves it, so that the mend is on record."""
    at = 0
    for paragraph in text.split("\n\n"):
        if is_mojibake(paragraph):
            yield from difference(paragraph, clean_line(paragraph), "mojibake", offset=at)
        at += len(paragraph) + 2


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


# The last words of the forms: a text without any of them, as nearly all are, is quickly passed.
_LAST_WORDS = {form.split()[-1] for form in _FORMS}
_LETTERS = re.compile(r"[a-z]+")


def _spun_words(text: str) -> Iterator[Edit]:
    if _LAST_WORDS.isdisjoint(_LETTERS.findall(text.lower())):
        return
    for match in _SPUN_WORD.finditer(text):
        word = _FORMS[match.group().lower()]
        now = word.capitalize() if match.group()[0].isupper() else word
        yield Edit(match.start(), match.end(), now, "spun word")


_STRAY = re.compile(rf"[A-Z](?=(?:{_STARTERS})\b)")


def _stray_first_letter(text: str) -> Iterator[Edit]:
    """At the head of the first two paragraphs: a title may stand before the body."""
    second = text.find("\n\n") + 2
    for at in {0, second if second > 1 else 0}:
        match = _STRAY.match(text, at)
        # "IIf", "IThere": the letter is doubled or stands for nothing; "AN" or "ATO" do not match.
        if (
            match
            and text[match.end() : match.end() + 2] != text[match.end() : match.end() + 2].upper()
        ):
            yield Edit(match.start(), match.end(), "", "stray first letter")


_TURNED_CLOSE = re.compile(
    r"(?<=[\w.,!?…]) ?“(?=[.,;:!?)]|$|\n)|(?<=[\w.,!?…]) ”(?=[.,;:!?)]|$|\n)"
)
_TURNED_OPEN = re.compile(r"(?<=[\s(])”(?=\w)")


def _turned_marks(text: str) -> Iterator[Edit]:
    for match in _TURNED_CLOSE.finditer(text):
        if _is_open(text, match.start()):
            yield Edit(match.start(), match.end(), "”", "mark turned around")
    for match in _TURNED_OPEN.finditer(text):
        if not _is_open(text, match.start()):
            yield Edit(match.start(), match.end(), "“", "mark turned around")


def _is_open(text: str, at: int) -> bool:
    """Whether a quotation is open at a place, or what follows ran on from one (`_run_on`)."""
    start = text.rfind("\n\n", 0, at) + 1
    return text.count("“", start, at) >= max(1, text.count("”", start, at))


_SAID = (
    r"\b(?:said|says?|told|tells|added|adds|asked|asks|wrote|writes|wondered|continued|according|"
    r"replied|tweeted|explained|noted|warned|insisted|argued|recalled|declared|complained)\b"
)
_SPEAKING = re.compile(_SAID)
_CLOSED_EARLY = re.compile(r"(?<=[.!?])”(?= [a-z](?P<rest>[^“”\"\n]{5,300}?) ?”)")
_CLOSED_LATE = re.compile(
    rf"“[^“”\"\n]{{5,400}}?,(?= (?:he|she|they) {_SAID})(?P<rest>[^“”\"\n]{{5,600}}?)"
    r" (?P<mark>”)(?=[.,;:]?(?:$|\n))"
)


def _run_on(text: str) -> Iterator[Edit]:
    """A quotation that runs into the next clause: it was closed too early, or too late."""
    rule = "quotation runs on"
    for match in _CLOSED_EARLY.finditer(text):  # words in lower case go on to a second mark
        start = text.rfind("\n\n", 0, match.start()) + 1
        before = text[start : match.start()]
        once_open = before.count("“") == before.count("”") + 1
        if once_open and not _SPEAKING.search(match["rest"]):
            yield Edit(match.start(), match.end(), " …", rule)
    for match in _CLOSED_LATE.finditer(text):  # “It is so, he told them. They left ”.
        yield Edit(match.start("rest"), match.start("rest"), "”", rule)
        yield Edit(match.end("rest"), match.end("mark"), "", rule)


_LONE_STOP = re.compile(r"\n\n[.,;]\s*$")


def _lone_stop(text: str) -> Iterator[Edit]:
    for match in _LONE_STOP.finditer(text):
        yield Edit(match.start(), match.end(), "", "lone full stop")


_RULES: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _spun_words,
    _stray_first_letter,
    _run_on,
    _turned_marks,
    _lone_stop,
    debris,
)

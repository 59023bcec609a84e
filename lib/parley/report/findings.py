"""The key findings of a report: each subject once, and what cannot be said in one breath."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parley import terms
from parley.report import markup


@dataclass
class Finding:
    """One finding: its text, and the notebooks (by stem) that make it, in order."""

    text: str
    stems: list[str] = field(default_factory=list)


@dataclass
class Findings:
    """What a report found, and what it has too few articles to say."""

    said: list[Finding]
    unsaid: list[Finding]


def gather(found: Iterable[tuple[str, Mapping]]) -> Findings:
    """Put the findings of all notebooks together: pairs of a notebook's stem and a payload.

    Of several findings about one subject (or with one text) the first stands, and the later
    notebooks are where more is said of it. A finding that there are too few articles stands without
    its first words.

    >>> made = [("00", {"text": "Russia leads.", "about": "naming"}),
    ...         ("02", {"text": "Russia leads by far.", "about": "naming"}),
    ...         ("06", {"text": "Too few articles to say who acts."})]
    >>> gather(made)
    Findings(said=[Finding(text='Russia leads.', stems=['00', '02'])],
             unsaid=[Finding(text='who acts', stems=['06'])])
    """
    said: dict[str, Finding] = {}
    unsaid: dict[str, Finding] = {}
    for stem, payload in found:
        text = markup.plain(payload.get("text", ""))
        what = text.removeprefix(terms.TOO_FEW_TO_SAY)
        if what != text:
            group, text = unsaid, what.removesuffix(".")
        else:
            group = said
        subject = str(payload.get("about") or text)
        group.setdefault(subject, Finding(text)).stems.append(stem)
    open_ = [finding for subject, finding in unsaid.items() if subject not in said]
    return Findings(list(said.values()), open_)

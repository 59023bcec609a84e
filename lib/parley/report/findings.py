"""The key findings of a report: each subject once, and what cannot be said in one breath."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parley import terms
from parley.report import markup

_NONE = (terms.NO_DIFFERENCE, terms.TOO_FEW_TO_SAY)


@dataclass
class Finding:
    """One finding: its text, and the notebooks (by stem) that make it, in order."""

    text: str
    stems: list[str] = field(default_factory=list)


@dataclass
class Findings:
    """What a report found, and by their first words what else it looked for."""

    said: list[Finding]
    unsaid: dict[str, list[Finding]]


def gather(found: Iterable[tuple[str, Mapping]]) -> Findings:
    """Put the findings of all notebooks together: pairs of a notebook's stem and a payload.

    Of several findings about one subject (or with one text) the first stands, and the later
    notebooks are where more is said of it. That there are too few articles, or no difference, is
    no finding: such answers are put together under the first words that they share.

    >>> made = [("00", {"text": "Russia leads.", "about": "naming"}),
    ...         ("02", {"text": "Russia leads by far.", "about": "naming"}),
    ...         ("06", {"text": "Too few articles to say who acts."})]
    >>> gather(made)
    Findings(said=[Finding(text='Russia leads.', stems=['00', '02'])],
             unsaid={'Too few articles to say ': [Finding(text='who acts', stems=['06'])]})
    """
    said: dict[str, Finding] = {}
    unsaid: dict[str, dict[str, Finding]] = {words: {} for words in _NONE}
    for stem, payload in found:
        text = markup.plain(payload.get("text", ""))
        words = next((words for words in _NONE if text.startswith(words)), None)
        if words:
            text = text.removeprefix(words).removesuffix(".")
        subject = str(payload.get("about") or text)
        group = unsaid[words] if words else said
        group.setdefault(subject, Finding(text)).stems.append(stem)
    rest = {
        words: [finding for subject, finding in group.items() if subject not in said]
        for words, group in unsaid.items()
    }
    return Findings(list(said.values()), {words: group for words, group in rest.items() if group})

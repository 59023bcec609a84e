"""Where a quotation ends whose closing mark was lost.

The outlet's own words show it: ", he said", "..., but added, “", or a sentence that begins with
somebody and a verb of saying.
"""

import re

from parley.annotate.quotes import cues
from parley.annotate.quotes.cues import Cue

# From a comma, or from a stop, to the cue stands a speaker of a few words, and nobody who is
# "I" or "we": these are the speaker's own.
_WORDS = r"(?:(?!(?:I|[Ww]e|[Yy]ou)\b)[^\s,.;:!?“”\"]+\.?\s+)"
_AFTER_COMMA = re.compile(rf",[’']?\s+{_WORDS}{{0,5}}$")
_AFTER_STOP = re.compile(rf"[.!?][’']?\s+(?=[A-Z]){_WORDS}{{1,4}}$")
_AND = re.compile(r",\s+(?:(?:and|but)\s+)?$")
_REACH = 90  # characters before a cue in which its clause begins


def end_of_lost(text: str, start: int, end: int) -> int:
    """Where the words of ``text[start:end]`` end that a lost mark leaves open: at a clause of the
    outlet's, else at ``end``.

    >>> text = "We are ready, Ann Lee said. She left."
    >>> text[:end_of_lost(text, 0, len(text))]
    'We are ready,'
    """
    for cue in cues.find_cues(text, start, end):
        at = _clause(cue, text, start, end) if _says(cue, text) else None
        if at is not None:
            return at
    return end


def _says(cue: Cue, text: str) -> bool:
    return cues.says_a_clause(cue) and cues.is_verb(cue, text)


def _clause(cue: Cue, text: str, start: int, end: int) -> int | None:
    """Where the clause begins that a cue ends, or the sentence that a cue begins."""
    before = text[max(start, cue.start - _REACH) : cue.start]
    after = text[cue.end : end].lstrip()
    stopped = not after or after[0] in ".,:;"
    found = stopped and (_AFTER_COMMA.search(before) or (not after and _AND.search(before)))
    if found:
        return cue.start - len(before) + found.start() + 1
    found = _AFTER_STOP.search(before)
    return cue.start - len(before) + found.start() + 1 if found else None

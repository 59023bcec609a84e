"""Names as they stand in a sentence: "the United States", "the European Union", but "NATO"."""

import re
from collections.abc import Sequence

import pandas as pd

_STARTS = "Council|European|Group|International|Office|Organi[sz]ation|World"
_ENDS = (
    "Agency|Army|Bank|Commission|Community|Congress|Council|Court|Emirates|Forces|Fund|government|"
    "Islands|Kingdom|League|Ministry|Nations|Netherlands|Organi[sz]ation|Parliament|Party|"
    "Philippines|Republic|Senate|States|Union"
)
_PROPER = frozenset({"Brexit"})  # issues whose name is a proper name
_WITH_ARTICLE = re.compile(rf"(?:{_STARTS})\b|(?!The ).*\b(?:{_ENDS})$")


def the(name: str) -> str:
    """Give a name as the middle of a sentence has it.

    >>> the("United States"), the("NATO"), the("International Court of Justice"), the("Ann Lee")
    ('the United States', 'NATO', 'the International Court of Justice', 'Ann Lee')
    """
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def opening(name: str) -> str:
    """Give a name as the start of a sentence has it.

    >>> opening("United States"), opening("Russia")
    ('The United States', 'Russia')
    """
    return f"The {name}" if _WITH_ARTICLE.match(name) else name


def together(names: Sequence[str]) -> str:
    """Join names, or other words, as a sentence does.

    >>> together(["Russia", "NATO"]), together(["Russia", "NATO", "Mali"])
    ('Russia and NATO', 'Russia, NATO and Mali')
    """
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def issue(name: str) -> str:
    """Give an issue's name as the middle of a sentence has it.

    >>> issue("Military action"), issue("NATO enlargement")
    ('military action', 'NATO enlargement')
    """
    first = name.partition(" ")[0]
    proper = first in _PROPER or first[1:2].isupper()
    return name if proper else name[:1].lower() + name[1:]


def paired(frame: pd.DataFrame, first: str = "holder", second: str = "target") -> pd.DataFrame:
    """Add ``pair``, who stands on or acts on whom: a label for lines and for sentences.

    Needs the two columns of names; ``target_kind`` where the second may be an issue.

    >>> rows = pd.DataFrame({"holder": ["Russia", "EU"], "target": ["Sanctions", "United States"],
    ...                      "target_kind": ["issue", "actor"]})
    >>> paired(rows)["pair"].tolist()
    ['Russia on sanctions', 'EU on the United States']
    """
    kinds = frame["target_kind"] if "target_kind" in frame else ["actor"] * len(frame)
    whom = [
        issue(name) if kind == "issue" else the(name)
        for name, kind in zip(frame[second], kinds, strict=True)
    ]
    pairs = [f"{who} on {name}" for who, name in zip(frame[first], whom, strict=True)]
    return frame.assign(pair=pd.Series(pairs, frame.index, dtype=object))

"""Names as they stand in a sentence: "the United States", "the European Union", but "NATO"."""

import re

_STARTS = "Council|European|Group|International|Office|Organi[sz]ation|World"
_ENDS = (
    "Agency|Army|Bank|Commission|Community|Congress|Council|Court|Emirates|Forces|Fund|government|"
    "Islands|Kingdom|League|Ministry|Nations|Netherlands|Organi[sz]ation|Parliament|Party|"
    "Philippines|Republic|Senate|States|Union"
)
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

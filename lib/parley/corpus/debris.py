"""What scraping leaves between paragraphs: advertisements, share bars, captions, calls to sign up.

Only whole paragraphs go, and only those that are a page's furniture by their words; a by-line or
"The Associated Press contributed to this report" stays, since it says who wrote.
"""

import re
from collections.abc import Iterator

from parley.corpus.mends import Edit

# Furniture is short; a long paragraph that begins so is the article's.
_MOST_WORDS = 60
_ALONE = r"""
    ad | advertisement | story\ continued\ below | photos? | videos? | close | watch | listen
    | read\ more | more(\ on\ this)? | related | \[pullquote\]
    | continue\ reading(\ the\ main\ story)? | image\ copyright\ ((?!caption).){1,40}
    | enlarge\ this\ image | toggle\ caption | slideshow\ \(\d+\ images\)
    | share\ this(\ (article|story|page))? | share\ tweet\ post\ email | click\ to\ expand
    | click\ here\ (to|for)\ .{1,60} | (please\ )?subscribe\ (now|today) | [_*=~-]{3,} | sign\ up
    | sign\ up\ for\ [^.]{0,60}newsletters?(\ manage\ newsletters)? | manage\ newsletters
    | follow\ (us|@\w+)(\ on\ \w+)?(\ @?\w+)? | [-–]\ follow\ the\ .{1,40}\ on\ twitter:?\ @\w+
    | (copyright\ )?©\ .{1,120} | all\ rights\ reserved | loading | skip\ to\ content
"""
_BEGINS = r"""
    advertisement\ continue\ reading | newsletter\ sign\ up | enlarge\ this\ image\ toggle\ caption
    | share\ this\ article\ share | get\ .{1,80}\ delivered\ (daily\ |straight\ )?to\ your\ inbox
    | \*{0,2}want\ .{1,40}\ in\ your\ inbox | sign\ up\ (here|now|today)\b
    | \(\ ?(also|see\ also|related|read\ also|read\ more|more)(\ (on|from|at)\ \w+)?:
"""
_DEBRIS = re.compile(rf"(?:{_ALONE})[.:…\ ]*\Z|(?:{_BEGINS})", re.IGNORECASE | re.VERBOSE)


def debris(text: str) -> Iterator[Edit]:
    """Edits that take the furniture out, each paragraph with the break before it.

    >>> [edit.start for edit in debris("A title\\n\\nADVERTISEMENT\\n\\nIt works, he said.")]
    [7]
    """
    at = 0
    for number, paragraph in enumerate(text.split("\n\n")):
        end = at + len(paragraph)
        if number and is_debris(paragraph):
            yield Edit(at - 2, end, "", "scraping debris")
        at = end + 2


def is_debris(paragraph: str) -> bool:
    """Whether a paragraph is a page's furniture."""
    short = len(paragraph) < 500 and len(paragraph.split()) <= _MOST_WORDS
    return short and _DEBRIS.match(paragraph) is not None

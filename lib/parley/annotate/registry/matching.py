"""Finding many names in a text at once: tokens, and the longest alias that begins at each.

A token is a word, an abbreviation with its full stops ("U.S."), a possessive ("'s") or one mark of
punctuation. Case counts, accents and the shape of an apostrophe do not.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

# A single capital with its full stop is taken with it only inside an abbreviation, so that the
# full stop of "plan B." stays outside. An inner apostrophe belongs to the word ("Sana'a"), a
# possessive does not ("Russia" + "'s").
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w.]))?"
    r"|['’][sS]\b"
    r"|[^\W_]+(?:['’](?![sS]\b)[^\W_]+)*"
    r"|[^\w\s]"
)
_END = ""  # the key of a node under which what ends there is kept


class Tokens(NamedTuple):
    """The tokens of a text: their keys (compared with an alias), and where they stand."""

    keys: list[str]
    starts: list[int]
    ends: list[int]


class Match(NamedTuple):
    """An alias found: the tokens ``first`` up to ``last`` (exclusive) and what it may mean."""

    first: int
    last: int
    values: tuple[Any, ...]


@lru_cache(maxsize=50_000)
def fold(token: str) -> str:
    """Give the token without accents and with a straight apostrophe.

    >>> fold("Élysée"), fold("’s"), fold("Türkiye")
    ('Elysee', "'s", 'Turkiye')
    """
    plain = (
        token.replace("’", "'")
        .replace("'S", "'s")
        .replace("ł", "l")
        .replace("Ł", "L")
        .replace("ø", "o")
    )
    plain = plain.replace("ı", "i").replace("đ", "d").replace("–", "-").replace("‑", "-")
    split = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in split if not unicodedata.combining(char)) or token


def tokenise(text: str) -> Tokens:
    """Split the text into tokens.

    >>> tokenise("Russia’s U.S.-led foes").keys
    ['Russia', "'s", 'U.S.', '-', 'led', 'foes']
    """
    keys, starts, ends = [], [], []
    for found in TOKEN.finditer(text):
        token = found.group()
        keys.append(token if token.isascii() and token != "'S" else fold(token))
        starts.append(found.start())
        ends.append(found.end())
    return Tokens(keys, starts, ends)


@dataclass(frozen=True, slots=True)
class Trie:
    """Sequences of token keys, and the values that each stands for."""

    root: dict[str, Any]

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, Any]], *, lower: bool = False) -> "Trie":
        """Build from pairs of a phrase and a value; a phrase may stand for several values.

        >>> trie = Trie.of([("New York", "city"), ("New York Times", "paper")])
        >>> [match.values for match in trie.matches(tokenise("the New York Times"))]
        [('paper',)]
        """
        root: dict[str, Any] = {}
        for phrase, value in phrases:
            node = root
            for key in tokenise(phrase.lower() if lower else phrase).keys:
                node = node.setdefault(key, {})
            node[_END] = (*node.get(_END, ()), value)
        root.pop(_END, None)  # an empty phrase stands for nothing
        return cls(root)

    def longest(self, keys: list[str], first: int) -> Match | None:
        """Give the longest phrase that begins at this token."""
        node, best = self.root, None
        for at in range(first, len(keys)):
            if keys[at] not in node:
                break
            node = node[keys[at]]
            if _END in node:
                best = Match(first, at + 1, node[_END])
        return best

    def matches(self, tokens: Tokens) -> Iterator[Match]:
        """Yield the phrases found, from left to right, the longest at each place, none overlapping.

        A word all in capitals is also looked up with one capital, as a headline has it.
        """
        keys, root, past = tokens.keys, self.root, 0
        for first, key in enumerate(keys):
            if first < past:
                continue
            found = self.longest(keys, first) if key in root else None
            if found is None and len(key) > 3 and key.isupper():
                found = self._shouted(keys, first)
            if found:
                past = found.last
                yield found

    def _shouted(self, keys: list[str], first: int) -> Match | None:
        window = [key.capitalize() if len(key) > 1 else key for key in keys[first : first + 8]]
        found = self.longest(window, 0) if window[0] in self.root else None
        if found is None or not all(key.isupper() for key in keys[first : first + found.last]):
            return None
        return Match(first, first + found.last, found.values)

"""How a position is composed along the words that govern a target.

A position is +1 (favor), -1 (against), 0 (said, but neither) or None (nothing said yet). Each class
of word turns the position of what governs it into that of what it governs: to reject (-) a call for
(+) an end of (-) something is to be for it. Negation and refusal are not a change of sign: who does
not condemn does not praise. The algebra follows work on compositional polarity (Polanyi & Zaenen
2006; Moilanen & Pulman 2007) and, for refuse, fail, deny and their like, on implicative signatures
(Nairn, Condoravdi & Karttunen 2006).
"""

from dataclasses import dataclass, replace

# What a class says of its object, when it stands alone.
_SIGN = {
    "support": 1,
    "praise": 1,
    "demand": 1,
    "want": 1,
    "promise": 1,
    "act": 1,
    "help": 1,
    "tolerate": 1,
    "oppose": -1,
    "condemn": -1,
    "accuse": -1,
    "end": -1,
    "harm": -1,
    "exclude": -1,
    "warn": -1,
    "fear": -1,
    "claim": -1,
    "threaten": -1,
    "good": 1,
    "bad": -1,
}
# What is left of it under negation ("did not", "no", "never"), and after a refusal.
_NEGATED = {
    "support": -1,
    "want": -1,
    "help": -1,
    "tolerate": -1,
    "act": -1,
    "good": -1,
    "oppose": 1,
    "end": 1,
    "bad": 1,
}
_REFUSED = {"support": -1, "help": -1, "tolerate": -1, "act": -1, "end": 1, "demand": 0}
# Classes that change nothing under another: a call to impose, a plan to send.
_CARRIES = {"demand", "want", "promise", "act", "tolerate"}
# Assertions, whose rejection says nothing of what they are about: "dismissed warnings of war".
ASSERTS = {"claim", "warn", "fear", "accuse", "threaten"}
# How sure each class is by itself; a deed says less than a word.
_SURE = {
    "support": 0.93,
    "oppose": 0.93,
    "praise": 0.93,
    "condemn": 0.93,
    "accuse": 0.92,
    "demand": 0.85,
    "want": 0.8,
    "promise": 0.75,
    "act": 0.72,
    "help": 0.9,
    "harm": 0.85,
    "end": 0.8,
    "exclude": 0.85,
    "warn": 0.75,
    "fear": 0.75,
    "claim": 0.7,
    "threaten": 0.85,
    "tolerate": 0.7,
    "good": 0.85,
    "bad": 0.85,
}
_LIGHT = {"light", "report", "judge"}


@dataclass(frozen=True, slots=True)
class Position:
    """What has been said so far, how sure that is, and by which words ("refuse+condemn")."""

    sign: int | None = None
    sure: float = 1.0
    words: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        """The word that governs closest; empty where none has been said."""
        return self.words[-1] if self.words else ""

    def after(
        self, lemma: str, cls: str, *, negated: bool = False, refused: str = ""
    ) -> "Position":
        """The position toward what a word of class ``cls`` governs.

        ``refused`` is "refuse" or "short" (stopped short of), where one of these governs it.

        >>> Position().after("oppose", "oppose").sign, Position().after("back", "support").sign
        (-1, 1)
        >>> Position().after("reject", "oppose").after("call", "demand").after("end", "end").sign
        1
        >>> Position().after("condemn", "condemn", refused="refuse").sign
        0
        """
        words = (*self.words, *(["not"] if negated else []), lemma)
        if cls == "hearsay":
            sign = 0 if self.sign == -1 else self.sign  # "dismissed reports of"
            return replace(self, sign=sign, words=words)
        if cls == "meet":
            return Position(0 if self.sign is None else self.sign, self.sure * 0.75, words)
        if cls == "judge" and refused:
            return replace(self, sign=0, words=words)  # "stopped short of calling them liars"
        if cls in _LIGHT:
            sign = -self.sign if negated and self.sign else self.sign
            return replace(self, sign=sign, words=words)
        own = _own(cls, negated, refused)
        carried = (
            cls in _CARRIES and self.sign is not None
        )  # "threatened to impose" is as sure as the threat
        sure = self.sure * (0.95 if carried else _SURE[cls]) * (0.85 if negated or refused else 1)
        return Position(_join(self.sign, own, cls), sure, words)

    def denied(self, lemma: str) -> "Position":
        """The position in what is denied: 0, until an opposition in it is found denied."""
        return Position(0, self.sure * 0.85, (*self.words, lemma))

    def turned(self, how: str, sure: float = 0.9) -> "Position":
        """The position toward the other side: against whom something good or bad is done.

        >>> Position(-1).turned("against").sign
        1
        """
        sign = None if self.sign is None else -self.sign
        return Position(sign, self.sure * sure, (*self.words, how))

    def weaker(self, sure: float) -> "Position":
        """The same, less sure."""
        return replace(self, sure=self.sure * sure)


def _own(cls: str, negated: bool, refused: str) -> int:
    if refused == "short":
        return 0
    if refused:
        return 0 if negated else _REFUSED.get(cls, 0)
    return _NEGATED.get(cls, 0) if negated else _SIGN[cls]


def _join(outer: int | None, own: int, cls: str) -> int | None:
    """What a word that says ``own`` says under an outer position."""
    if outer is None:
        return own
    if own == 0 or outer == 0:
        return 0
    if cls in ASSERTS and outer < 0:
        return 0
    if cls in _CARRIES:
        return outer * (1 if own > 0 else -1)
    return outer * own

"""Who is said to be for or against what, by the words of one sentence.

One pass from left to right, without a parser: it keeps the subjects of the clause it is in, and the
frame that the last governing word opened (its holders, and their position as composed so far, see
`polarity`), and writes a claim wherever an actor or an issue stands in reach of a frame.
"""

from dataclasses import replace

from parley import terms
from parley.annotate.stance import objects
from parley.annotate.stance import words as small
from parley.annotate.stance.claims import OWNED, word_set
from parley.annotate.stance.clauses import UNSAID, Clauses
from parley.annotate.stance.frames import Claim, Frame
from parley.annotate.stance.lexicon import PAST, Sense, roots
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.senses import (
    FINITE,
    INFINITIVE,
    PASSIVE,
    choose,
    form,
    is_adverb,
    judged_again,
)
from parley.annotate.stance.subjects import has_verb, is_people, owner, titles_start
from parley.annotate.stance.tokens import Target, Token, target_at

__all__ = ["Claim", "Target", "read"]

DESERVED = word_set("praise condemn")
PLAIN = word_set("support praise oppose condemn help")
VICES = word_set("condemn accuse judge")
SAYS = word_set("report warn condemn demand promise judge light accuse")
BREAKS = word_set(", ; that which who of for in with from by")


def read(tokens: list[Token]) -> list[Claim]:
    """Every claim of one sentence, in the order in which it is found.

    A position of 0 is a claim too: that what seems to be one is none, as in "if X condemned Y".
    """
    reader = Reader(tokens)
    opens = [t.word for t in tokens[:1]]
    reader.supposed = opens in (["had"], ["were"], ["should"]) and tokens[-1].word != "?"
    reader.asks = bool(tokens) and tokens[-1].word == "?" and tokens[0].word in small.FINITE_AFTER
    reader.run()
    return reader.claims


class Reader(Clauses):
    """Reads the governing words: verbs, nouns and judgements."""

    def run(self) -> None:
        busy = 0
        for at, token in enumerate(self.tokens):
            self._voice(at)
            if token.actor and not (at < busy and token.actor.form == "pronoun"):
                self._actor(at)  # but not "his" in "threw his weight behind"
            elif at < busy:
                self._topics(at)
            else:
                busy = self._word(at)

    def _word(self, at: int) -> int:
        token = self.tokens[at]
        judging = bool(self.frame and self.frame.judging)
        free = self.frame is None
        sense = choose(self.tokens, at, judging=judging, copula=self._just_now(at), free=free)
        if sense is None or sense.pos != "verb":
            self._topics(at)
        if sense is None:
            self._plain(at, token.word)
            return at + 1
        acts = {"noun": self._noun, "evaluation": self._judged}.get(sense.pos, self._verb)
        acts(at, sense)
        return at + token.length

    def _verb(self, at: int, sense: Sense) -> None:
        how = form(self.tokens, at, sense)
        if how == FINITE and sense.cls in SAYS and self._says_too(at):
            outer = self.outer.holders if self.outer else ()
            self.clause(None)
            self.main = outer
        if how == PASSIVE and not self.copula and self.frame and self.frame.stance:
            return  # "the accusations made by"
        if sense.pos == "adjective" and small.TURNED & {*self._lead(at)}:
            self.refused = "short"  # "once a critic of"
        if how == FINITE and self._reduced(at, sense):
            self.clause(None)  # "executed six men accused of"
            self.unknown = True
        if how == PASSIVE:
            self._passive(at, sense)
        elif self.frame and (how != FINITE or self._carries(at)) and self._governed(at):
            if self.tokens[at - 1].word == "as" and sense.cls == "report":
                self.frame.holders = tuple(t.name for t in self.subjects[-1:])
            if how == INFINITIVE:  # "to X and to Y": both hang on the same
                again = self.tokens[at - 2].word in ("and", "or")
                self.frame.position, self.frame.before = (
                    (self.frame.before,) * 2 if again else (self.frame.position,) * 2
                )
                words = self.frame.position.words
                if self.tokens[at - 2].word in small.POWERS or "rule out" in words:
                    self.frame.position = Position(0, 0.8, words)  # "ruled out the use of force to"
            if self.tokens[at - 1].word in ("and", "or", "but"):
                self.side = None
            if self.side:
                self._turn(self.side, at, sense, negated=self.negated)
            elif self.tokens[at - 1].word == "for" and self.frame.cls in DESERVED:
                self.side = self._deserving(at, sense)
            self._compose(self.frame, at, sense)
        elif not self._inverted(at, sense):
            self._open(at, sense)

    def _deserving(self, at: int, sense: Sense) -> Frame | None:
        """What is said of whom "praised X for opposing Y" praises: he does oppose."""
        whom = [t for t in self.frame.targets if t.kind == "actor"] if self.frame else []
        if not whom or sense.cls not in PLAIN:
            return None
        position = Position().after(sense.lemma, sense.cls)
        cue = (self.tokens[at].start, self._end(at))
        return Frame((whom[-1].name,), cue, position, cls=sense.cls)

    def _lead(self, at: int) -> list[str]:
        return [t.word for t in self.tokens[max(0, at - 3) : at]]

    def _reduced(self, at: int, sense: Sense) -> bool:
        """Whether a participle describes the noun before it, after a verb that nobody knows."""
        if sense.tag != PAST or self.frame or not self.pool:
            return False
        rest = self.tokens[self.pool[-1][-1] + 1 : at]
        while rest and is_adverb(rest[0].word):
            rest = rest[1:]
        known = [t.senses or t.word in small.FUNCTION | small.AGENTS for t in rest]
        if len(rest) < 2 or known[0] or known[-1] or rest[-1].capital or is_adverb(rest[-1].word):
            return False
        return rest[0].word.endswith(("s", "ed")) and rest[0].word.isalpha()

    def _says_too(self, at: int) -> bool:
        """Whether who said, warned or demanded before "and" is the one who says this as well."""
        before = [t.word for t in self.tokens[max(0, at - 2) : at]]
        joined = before[-1:] == ["and"] or (before[:1] == ["and"] and is_adverb(before[-1]))
        outer = self.outer.cls if self.outer else ""
        return joined and (outer in UNSAID or (outer in SAYS and not any(self.pool)))

    def _inverted(self, at: int, sense: Sense) -> bool:
        """Whether this is the end of what was said: ", warned Peskov"."""
        before = self.tokens[at - 1].word if at else ""
        if before not in (",", '"', "”", "’", "'") or sense.cls not in SAYS or self.resumed:
            return False
        if before == "," and not any(has_verb(self.tokens, i) for i in range(at)):
            return False  # "The minister, NAME, warned Mali"
        after = self.tokens[at + self.tokens[at].length :]
        ahead = next((i for i, t in enumerate(after[:8]) if t.actor), None)
        if ahead is None or any(t.senses or t.word == "," for t in after[:ahead]):
            return False
        rest = after[ahead + 1].word if ahead + 1 < len(after) else "."
        if rest not in (".", ",", ";", ":", "on", "in", "at", "to", "after"):
            return False
        actor = after[ahead].actor
        self.clause(None)
        self.frame = Frame((actor.actor_id,) if actor else (), (self.tokens[at].start,) * 2)
        self.frame.spent = True
        return True

    def _governed(self, at: int) -> bool:
        """Whether a verb that is not finite hangs on the frame, and is no clause of its own."""
        before = [t.word for t in self.tokens[max(0, at - 2) : at]]
        joined = before[-1:] == ["and"] or (before[:1] == ["and"] and is_adverb(before[-1]))
        frame = self.frame
        far = before[-1:] == ["of"] and frame is not None and frame.aimed and frame.cls != "accuse"
        return before[-1:] != [","] and not joined and not far  # "pardoned him of aiding"

    def _passive(self, at: int, sense: Sense) -> None:
        """What is done to the subject, by whom is said later, if at all."""
        patients = [self._undergone(t) for t in self._patients()]
        speaker, wanted, negated = self._speaker(at), self.deontic, self.negated
        token = self.tokens[at]
        frame = Frame((), (token.start, self._end(at)), passive=True, targets=patients)
        frame.asserted = not (self.outer and self.outer.cls in UNSAID)
        frame.reduced = not self.copula
        if wanted and speaker:
            frame.position, frame.holders = Position(1, 0.85, ("must",)), speaker
        outer, subjects = self.outer, self.subjects
        self.clause(outer)
        self.frame, self.subjects, self.negated = frame, subjects, negated
        self._compose(frame, at, sense)
        judged = [t for t in patients if t.kind == "issue" or sense.cls in OWNED]
        for patient in judged if frame.holders else ():
            self._claim(frame, patient, frame.position)

    def _patients(self) -> list[Target]:
        if self.subjects and self.subjects[-1].kind == "issue":
            return self.subjects[-1:]
        group = self._names(self.pool[-1]) if self.pool else ()
        found = [t for t in self.subjects if t.name in group and not self._only_owns(t)]
        return found or [
            t for t in self.subjects[-1:] if not self.unknown and not self._only_owns(t)
        ]

    def _undergone(self, patient: Target) -> Target:
        """An issue as the subject has it: who condemns "the ban on girls' schooling" is for it."""
        noun = self.outer
        banned = noun is not None and noun.noun and noun.position.sign == -1
        if patient.kind == "issue" and banned and noun and patient in noun.targets:
            return replace(patient, opposite=not patient.opposite)
        return patient

    def _struck_in(self, sense: Sense) -> bool:
        """Whether a noun is the blow that somebody was killed in: "in Israeli airstrikes"."""
        frame = self.frame
        if not frame or not frame.passive or frame.holders or sense.event != "ASSAULT":
            return False
        inside = self.prep in ("in", "by", "from", "during")
        return inside and roots().get(frame.position.last) == "ASSAULT"

    def _only_owns(self, target: Target) -> bool:
        """Whether what is done is done to what an actor owns: "Mali's airport was occupied"."""
        at = objects.index(self.tokens, target.span[0])
        people = is_people(self.tokens, at) or objects.titled(self.tokens, at)
        listed = self.tokens[at + 1].word == ","  # "five Palestinians, two of them children,"
        return target.owns and not people and not listed

    def _noun(self, at: int, sense: Sense) -> None:
        """A noun turns what governs it, and says something of its own owner's."""
        token = self.tokens[at]
        self.prep = "" if token.length > 1 else self.prep  # "more than 500 drones at"
        mine = owner(self.tokens, at)
        if mine is not None and self._struck_in(sense):
            self._by(mine, target_at(self.tokens[mine]))
        frame = self.frame if self.frame and not self.frame.spent else None
        if mine is not None and frame and frame.holders == self._names([mine]):
            mine = None  # "dropped its opposition": no other's
        if sense.cls == "refuse" and mine is not None and not self.frame:
            self.frame = Frame(self._names([mine]), (token.start, token.end))
        if mine is not None and sense.cls in OWNED:
            actor = self.tokens[mine].actor
            assert actor is not None
            self.side = Frame((actor.actor_id,), (token.start, token.end))
            self._turn(self.side, at, sense, negated=self.negated and not self.frame)
        elif self.side:
            self._turn(self.side, at, sense, negated=self.negated)
        elif self.frame is None and sense.cls in OWNED:
            risk = sense.cls == "fear"  # "the risk of war is high", somebody said
            holders = self._speaker(at) if risk else ()
            self.frame = Frame(holders, (token.start, token.end))
            self.frame.position = Position(None, 0.85)
        if self.frame:
            self._turn(self.frame, at, sense, negated=self.negated)
            self.negated = False

    def _turn(self, frame: Frame, at: int, sense: Sense, *, negated: bool) -> None:
        if frame.judging or (sense.cls == frame.cls and self.tokens[at - 1].word == "and"):
            return  # "the costs and consequences of"
        if sense.cls in ("refuse", "short"):
            self.refused = sense.cls
            return
        frame.cue, frame.noun = (frame.cue[0], self.tokens[at].end), sense.pos == "noun"
        if sense.cls == "harm":
            frame.harm = sense.lemma
            return
        if sense.cls == "deny":  # "Iran's attempts to deny involvement"
            frame.position, frame.denied = frame.position.denied(sense.lemma), not negated
            return
        if frame.denied and sense.cls == "oppose":
            frame.position = Position(1, 0.62, (*frame.position.words, sense.lemma))
            return
        refused = self.refused if frame is self.frame else ""
        frame.stance = frame.stance or frame.position
        frame.position = frame.position.after(
            sense.lemma, sense.cls, negated=negated, refused=refused
        )
        frame.cls = sense.cls

    def _judged(self, at: int, sense: Sense) -> None:
        """A judgement of what a verb ("call", "regard") or the speaker's "is" points at."""
        if judged_again(self.tokens, at + self.tokens[at].length):
            return  # "a historic mistake": the last counts
        negated, self.negated = self.negated, False
        end = self._end(at)
        self._vice(at, sense)
        if self.frame and self.frame.judging:
            frame = self.frame
            position = frame.position.after(sense.lemma, sense.cls, negated=negated)
            before = [t for t in frame.targets if self._is_judged(t, at)]
            after = [t for t in before if t.span[0] >= frame.cue[1]]
            for target in (after or before)[-2:]:
                self._claim(replace(frame, cue=(frame.cue[0], end)), target, position)
        elif not self.frame and (self._just_now(at) or sense.lemma.endswith(" to")):
            self._is(at, Position(None, self.hedge).after(sense.lemma, sense.cls, negated=negated))

    def _is_judged(self, target: Target, at: int) -> bool:
        """Whether a judgement is of a target: "call them terrorists" is of no terrorism, nor is
        "called his French counterpart NAME a liar" of France."""
        to = self.tokens[at].start
        if target.kind == "issue":
            return target.span[1] + 1 < to
        place = objects.index(self.tokens, target.span[0])
        lead = self.tokens[titles_start(self.tokens, place) - 1].word if place else ""
        about = lead in small.PREPOSITIONS - {"of"}  # "called talks with Iran a mistake"
        return target.span[1] <= to and not about and not objects.title(self.tokens, place)

    def _vice(self, at: int, sense: Sense) -> None:
        """Who condemns "Russian arrogance" condemns Russia."""
        step = at - 1
        while step > 0 and self.tokens[step].word in '“”"‘’':
            step -= 1
        party, frame = self.tokens[step].actor, self.frame
        if sense.cls != "bad" or not party or not self.tokens[step].owns or not frame:
            return
        blames = frame.cls in VICES or frame.position.sign == -1
        if blames and not frame.denied and not self.refused and frame.position.sign != 0:
            target = Target(party.actor_id, "actor", party[:2])
            self._claim(frame, target, Position(-1, 0.85, (*frame.position.words, sense.lemma)))

    def _just_now(self, at: int) -> bool:
        """Whether a form of "be" stands before, with no more than an article and a word between."""
        words = [t.word for t in self.tokens[self.copula + 1 : at]] if self.copula else []
        left = [w for w in words if w not in small.DETERMINERS and not is_adverb(w)]
        return bool(self.copula) and len(left) < 3 and not set(words) & BREAKS

    def _judged_now(self) -> list[Target]:
        """What the subject of "is" is: actors that may be one, or an issue close before."""
        if self.pool:
            names = self._names(self.pool[-1])
            return [t for t in self.subjects if t.name in names][-len(names) :]
        near = self.tokens[max(0, self.copula - 5)].start
        return [t for t in self.subjects[-1:] if t.kind == "issue" and t.span[1] >= near]

    def _outlet(self, at: int) -> tuple[str, ...]:
        """The outlet, where nobody else is said to say so."""
        own = self.tokens[at].speech is None and self.outer is None
        return (terms.OUTLET_VOICE,) if own else ()

    def _is(self, at: int, position: Position) -> None:
        cue = (self.tokens[at].start, self._end(at))
        group = self._names(self.pool[-1]) if self.pool else ()
        if len(group) > 1 and position.last in small.MUTUAL:
            members = {t.name: t for t in self.subjects if t.name in group}
            for name in members:
                for other, target in members.items():
                    if other != name:
                        self._claim(Frame((name,), cue), target, position)
            return
        frame = Frame(self._speaker(at) or self._outlet(at), cue, position, asserted=True)
        if position.last.endswith(" to"):
            self.frame = frame
        for patient in self._judged_now() if self.copula else ():
            if patient.span[1] <= cue[0] or patient.span[0] >= cue[1]:
                self._claim(frame, patient, position)
        self.copula = 0

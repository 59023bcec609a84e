"""Who is said to be for or against what, by the words of one sentence.

One pass from left to right, without a parser: it keeps the subjects of the clause it is in, and the
frame that the last governing word opened (its holders, and their position as composed so far, see
`polarity`), and writes a claim wherever an actor or an issue stands in reach of a frame.
"""

from dataclasses import dataclass, field, replace

from parley.annotate import stance_words as small
from parley.annotate.polarity import Position
from parley.annotate.stance_lexicon import ING, Sense
from parley.annotate.stance_senses import (
    FINITE,
    INFINITIVE,
    PASSIVE,
    choose,
    eligible,
    form,
    has_verb,
    is_adverb,
    owner,
    subject_next,
)
from parley.annotate.stance_tokens import Token, Topic


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OWNED = _set("support praise oppose condemn demand claim fear help threaten harm")
# Through these a clause still says what the holder wants: "demanded that NATO will not accept".
_CARRY = frozenset(("demand", "want", "promise"))
_UNSAID = _set("deny warn fear claim demand want promise refuse short exclude")
_HARM_AIMS = _set("on against of to at upon toward towards over") | {""}
_BREAKS = _set(", ; that which who of for in with from by")
_SAYS = _set("report warn condemn demand promise judge light accuse")
_DEEDS = _set("harm act end help")
_ADDRESSED = frozenset(("demand", "want", "promise"))


@dataclass(frozen=True, slots=True)
class Target:
    """An actor or an issue at a place."""

    name: str
    kind: str
    span: tuple[int, int]
    owns: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A holder's position toward a target, with the span of the words that say so."""

    holder: str
    target: Target
    position: Position
    cue: tuple[int, int]


@dataclass(slots=True)
class Frame:
    """What a governing word opened; ``denied`` and ``asserted`` say whether it is claimed."""

    holders: tuple[str, ...]
    cue: tuple[int, int]
    position: Position = field(default_factory=Position)
    before: Position = field(default_factory=Position)  # its last infinitive
    cls: str = ""
    asserted: bool = True
    denied: bool = False
    harm: str = ""
    passive: bool = False
    judging: bool = False
    carries: bool = False
    spent: bool = False
    reduced: bool = False  # "sanctions demanded by": a fact even in what is supposed
    aimed: int = 0
    targets: list[Target] = field(default_factory=list)
    addressed: list[str] = field(default_factory=list)
    within: tuple[str, ...] = ()  # who reports it
    deeds: list[tuple[Target, Position]] = field(default_factory=list)  # issues that are its verb


def read(tokens: list[Token]) -> list[Claim]:
    """Every claim of one sentence, in the order in which it is found.

    A position of 0 is a claim too: that what seems to be one is none, as in "if X condemned Y".
    """
    reader = _Reader(tokens)
    reader.asks = bool(tokens) and tokens[-1].word == "?" and tokens[0].word in small.FINITE_AFTER
    reader.run()
    return reader.claims


class _Reader:
    """The state of the pass; `claims` is what it found."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.claims: list[Claim] = []
        self.main: tuple[str, ...] = ()
        self.held: tuple[str, ...] | None = None  # the main subject, while in a relative clause
        self.supposed = self.asks = False
        self.warned: Frame | None = None  # a warning of what would follow on what is supposed
        self.clause(None)

    def clause(self, outer: Frame | None) -> None:
        """Begin a clause: nobody is its subject yet, and nothing is governed but by ``outer``."""
        self.outer = outer
        self.frame: Frame | None = None
        self.side: Frame | None = None
        self.pool: list[list[int]] = []
        self.subjects: list[Target] = []
        self.unknown = self.we = self.same = self.agent = False
        self.ready()

    def ready(self) -> None:
        """Forget what the last governing word has taken up."""
        self.negated = self.deontic = False
        self.copula = self.slack = 0
        self.refused = self.prep = ""
        self.hedge = 1.0

    def run(self) -> None:
        busy = 0
        for at, token in enumerate(self.tokens):
            self._voice(at)
            if token.actor:
                self._actor(at)
            elif at < busy:
                self._topics(token)
            else:
                busy = self._word(at)

    def _word(self, at: int) -> int:
        token = self.tokens[at]
        judging = bool(self.frame and self.frame.judging)
        free = self.frame is None
        sense = choose(self.tokens, at, judging=judging, copula=self._just_now(at), free=free)
        if sense is None or sense.pos != "verb":
            self._topics(token)
        if sense is None:
            self._plain(at, token.word)
            return at + 1
        acts = {"noun": self._noun, "evaluation": self._judged}.get(sense.pos, self._verb)
        acts(at, sense)
        return at + token.length

    def _voice(self, at: int) -> None:
        """A clause ends where direct speech begins or ends."""
        here, before = self.tokens[at].speech, self.tokens[at - 1].speech if at else None
        if at and here is not before:
            lead = self.tokens[at - 1].word
            opens = lead in '"“‘' and self.tokens[at].capital
            opens = opens and (at < 2 or self.tokens[at - 2].word in ",:")
            closes = here is None and (lead in '"”’' or self.tokens[at].word in '"”’')
            if opens or closes:
                self.clause(None)
                self.supposed = False

    # --- names ---------------------------------------------------------------------------------

    def _actor(self, at: int) -> None:
        party = self.tokens[at].actor
        assert party is not None
        target = Target(party.actor_id, "actor", party[:2], self.tokens[at].owns)
        self._topics(self.tokens[at])
        if self.agent and self.frame:
            self._by(at, target)
        elif self.frame and subject_next(self.tokens, at) and not self._carries(at):
            self._embed(at, target)
        else:
            self._aim(target, inside=self.tokens[at].in_topic)
            if not self.frame and eligible(self.tokens, at):
                self._join(at)
        if not self.tokens[at].in_topic:
            self.subjects.append(target)

    def _carries(self, at: int) -> bool:
        """Whether a clause inside still says what the frame's holder wants, or denies."""
        before = self.tokens[at - 1].word
        return bool(self.frame and self.frame.carries) and before not in ("and", "but")

    def _embed(self, at: int, target: Target) -> None:
        """A clause inside what a frame governs, with a subject of its own."""
        frame = self.frame
        assert frame is not None
        if frame.cls in ("warn", "fear"):
            self._claim(frame, target, frame.position.weaker(0.75))
        joined = self.tokens[at - 1].word in ("and", ",")
        self.clause(None if joined else frame)
        self.pool = [[at]]

    def _join(self, at: int) -> None:
        """Add an actor to the possible subjects: to the last group, or as one of its own."""
        between = [t.word for t in self.tokens[self.pool[-1][-1] + 1 : at]] if self.pool else []
        follows = [t.word for t in self.tokens[at + 1 : at + 3]]
        listed = "and" in between or follows[:1] == ["and"] or follows == [",", "and"]
        if between and listed and set(between) <= {",", "and", "the", "or"}:
            self.pool[-1].append(at)
        else:
            self.pool.append([at])

    def _by(self, at: int, agent: Target) -> None:
        """The agent of a passive or of a noun: it holds what was said of the patients."""
        frame = self.frame
        assert frame is not None
        for patient in frame.targets:
            self._claim(replace(frame, holders=(agent.name,)), patient, frame.position)
        for deed, position in frame.deeds:
            self._claim(replace(frame, holders=(agent.name,)), deed, position)
        frame.holders = (*frame.holders, agent.name)
        self.main, frame.spent = frame.holders, True
        self.agent = [t.word for t in self.tokens[at + 1 : at + 2]] in (["and"], [","])

    def _topics(self, token: Token) -> None:
        for topic in token.topics:
            target = _target(topic)
            self._aim(target)
            self.subjects.append(target)
            if self.supposed and self.warned:  # "warned of a break if sanctions were imposed"
                self.supposed = False
                self._claim(self.warned, target, Position(-1, 0.7, ("warn", "if")))
                self.supposed = True

    # --- small words ---------------------------------------------------------------------------

    def _plain(self, at: int, word: str) -> None:
        if word in small.CONDITIONS or (word in ("event", "case") and self._in_case(at)):
            frame = self.frame
            self.clause(None)
            self.supposed = True
            self.warned = frame if frame and frame.cls in ("warn", "threaten") else None
        elif word in small.CLOSERS or word in small.SEQUELS:
            self.clause(None)
        elif word == ",":
            self._comma()
        elif word in small.RELATIVES or (word == "that" and self._describes(at)):
            self._relative(at)
        elif word in ("and", "or"):
            self.unknown = False
        elif word in small.PREPOSITIONS:
            frame = self.frame
            governs = (f.cue[1] for f in (frame, self.side) if f and f.cls in _OWNED)
            direct = word in ("at", "with") and self.tokens[at - 1].end in governs
            self.prep = "to" if direct else word
            bare = bool(frame and not frame.holders)  # "criticism of X by Y", "praise from Y"
            passive = bool(frame and frame.passive)
            origin = word == "from" and bare and not passive
            self.agent = origin or (word == "by" and (bare or passive))
        else:
            self._little(at, word)

    def _in_case(self, at: int) -> bool:
        return "in" in [t.word for t in self.tokens[max(0, at - 2) : at]]

    def _comma(self) -> None:
        if self.supposed:
            self.supposed = False
            self.clause(None)
        if self.held is not None:
            main = self.held
            self.clause(None)
            self.main, self.held = main, None

    def _describes(self, at: int) -> bool:
        """Whether "that" stands for the noun before it: a verb follows, and no subject."""
        step = at + 1
        while step < len(self.tokens) and is_adverb(self.tokens[step].word):
            step += 1
        before = choose(self.tokens, self.tokens[at - 1].head)
        said = before is not None and before.pos == "verb"
        return bool(at) and not said and has_verb(self.tokens, step)

    def _relative(self, at: int) -> None:
        back = at - 2 if at and self.tokens[at - 1].word == "," else at - 1
        group = next((g for g in self.pool if back in g), [back])
        actors = [i for i in group if i >= 0 and self.tokens[i].actor]
        held = self._names(group) if actors and not self.frame else self.main
        self.clause(None)
        self.held, self.pool, self.unknown = held, [actors] if actors else [], not actors

    def _little(self, at: int, word: str) -> None:
        """Auxiliaries, negation, pronouns; any other word may be a subject that nobody knows."""
        following = self.tokens[at + 1].word if at + 1 < len(self.tokens) else ""
        if word in small.FINITE_AFTER:
            self._finite()
            self.copula = at if word in small.BE else self.copula
            self.deontic = self.deontic or word in small.DEONTIC
        if word in small.NEGATORS and following != "only":
            self.negated, self.slack = True, int(word in ("no", "without"))
            self.refused = "short" if word == "nor" else self.refused
        if word in small.HEDGES:
            self.hedge = 0.75
        if word in small.FIRST:
            self.we = self.tokens[at].speech is not None
        elif word in small.SAME:
            self._same()
        elif word not in small.FUNCTION and not is_adverb(word):
            self._other(at, word)

    def _other(self, at: int, word: str) -> None:
        """A word that the lexicon lacks: what somebody must do, or a subject that nobody knows."""
        before = self.tokens[at - 1].word if at else ""
        if self.negated and word not in small.DETERMINERS:
            self.negated = self.slack > 0  # "never got them to" leaves what follows alone
            self.slack -= 1
        if before == "to" and self.frame and self.frame.carries:
            self.frame.position = Position()  # to do something that the lexicon does not know
        modal = before in small.DEONTIC or before in small.NEGATORS or is_adverb(before)
        if self.deontic and modal and self._speaker(at):
            self._open(at, Sense(word, "verb", "act", "base"))
        elif not self.pool:
            self.unknown = True

    def _same(self) -> None:
        """A pronoun that nobody resolved: in what somebody says or denies, the same as who says."""
        if self.frame and self.frame.denied:
            self.frame.carries = True
        elif self.frame and self.frame.cls == "report":
            self.clause(self.frame)
        self.same = True

    def _finite(self) -> None:
        """An auxiliary after what a frame governed begins a clause about the latter."""
        frame = self.frame or self.side
        if not frame or frame.passive or (self.frame and self.frame.carries):
            return
        bare = self.frame is not None and not frame.cls  # "Sanctions are ..."
        since = [t for t in self.subjects if bare or t.span[0] >= frame.cue[0]]
        same, hedge = self.same, self.hedge
        if since or same or self.side or not self.frame:
            self.clause(frame)
            self.subjects, self.same, self.hedge = since, same, hedge
            self.unknown = not same

    # --- governing words -----------------------------------------------------------------------

    def _verb(self, at: int, sense: Sense) -> None:
        how = form(self.tokens, at, sense)
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
            if self.side:
                self._turn(self.side, at, sense, negated=self.negated)
            self._compose(self.frame, at, sense)
        elif not self._inverted(at, sense):
            self._open(at, sense)

    def _inverted(self, at: int, sense: Sense) -> bool:
        """Whether this is the end of what was said: ", warned Peskov"."""
        before = self.tokens[at - 1].word if at else ""
        if before not in (",", '"', "”", "’", "'") or sense.cls not in _SAYS:
            return False
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
        return before[-1:] != [","] and not joined

    def _open(self, at: int, sense: Sense) -> None:
        """A finite verb opens a frame for its subject."""
        negated, refused, hedge = self.negated, self.refused, self.hedge
        holders, wanted = self._holders(at)
        hedge = 0.6 if hedge < 1 and sense.cls in _DEEDS else hedge  # what may be done is not done
        asserted = not (self.outer and (self.outer.cls in _UNSAID or self.outer.position.sign == 0))
        token = self.tokens[at]
        frame = Frame(holders, (token.start, self._end(at)), asserted=asserted)
        frame.within = self.outer.holders if self.outer else ()
        frame.position = Position(1, 0.85, ("must",)) if wanted else Position(None, hedge)
        frame.cls = "demand" if wanted else ""
        if holders and not wanted:
            self.main = holders
        outer, subjects = self.outer, self.subjects
        self.clause(outer)
        self.frame, self.subjects, self.negated, self.refused = frame, subjects, negated, refused
        self._compose(frame, at, sense)

    def _holders(self, at: int) -> tuple[tuple[str, ...], bool]:
        """Who holds what the verb at ``at`` says, and whether it is what a speaker says must be."""
        speaker = self._speaker(at)
        if self.deontic:
            return speaker, True
        if self.pool:
            last = self.tokens[self.pool[-1][-1]]
            bounded = self.tokens[max(0, at - 1)].word == "," and len(self.pool) > 1
            return self._names(self.pool[0] if bounded and last else self.pool[-1]), False
        if self.we:
            return speaker, False
        if self.same and self.outer:
            return self.outer.holders, False
        if self.unknown or self.same:
            return (), False
        return self.main, False

    def _names(self, group: list[int]) -> tuple[str, ...]:
        parties = (self.tokens[i].actor for i in group if i >= 0)
        return tuple(p.actor_id for p in parties if p)

    def _speaker(self, at: int) -> tuple[str, ...]:
        if self.outer and self.outer.cls == "report" and self.outer.holders:
            return self.outer.holders
        speech = self.tokens[at].speech
        return (speech.actor_id,) if speech and speech.actor_id else ()

    def _end(self, at: int) -> int:
        return self.tokens[min(at + self.tokens[at].length, len(self.tokens)) - 1].end

    def _passive(self, at: int, sense: Sense) -> None:
        """What is done to the subject, by whom is said later, if at all."""
        patients = self._patients()
        speaker, wanted, negated = self._speaker(at), self.deontic, self.negated
        token = self.tokens[at]
        frame = Frame((), (token.start, self._end(at)), passive=True, targets=patients)
        frame.asserted = not (self.outer and self.outer.cls in _UNSAID)
        frame.reduced = not self.copula
        if wanted and speaker:
            frame.position, frame.holders = Position(1, 0.85, ("must",)), speaker
        outer, subjects = self.outer, self.subjects
        self.clause(outer)
        self.frame, self.subjects, self.negated = frame, subjects, negated
        self._compose(frame, at, sense)
        for patient in patients if frame.holders else ():
            self._claim(frame, patient, frame.position)

    def _patients(self) -> list[Target]:
        if self.subjects and self.subjects[-1].kind == "issue":
            return self.subjects[-1:]
        group = self._names(self.pool[-1]) if self.pool else ()
        found = [t for t in self.subjects if t.name in group]
        return found or [t for t in self.subjects[-1:] if t.owns or not self.unknown]

    def _compose(self, frame: Frame, at: int, sense: Sense) -> None:
        """Turn the frame's position by one more word."""
        negated, refused, cls, lemma = self.negated, self.refused, sense.cls, sense.lemma
        self.ready()
        self.negated = negated and cls == "light" and frame.position.sign is None
        follows = at + self.tokens[at].length
        to = follows < len(self.tokens) and self.tokens[follows].word == "to"
        cls = "promise" if cls == "threaten" and to else cls
        if lemma == "avoid":  # to avoid saying something, or to avoid something
            cls = "short" if self._gerund(follows) else "end"
        for topic in self.tokens[at].topics if sense.pos == "verb" else ():
            done = frame.position.after(lemma, "act", negated=negated, refused=refused)
            self._claim(frame, _target(topic), done)
            frame.deeds.append((_target(topic), done))
        frame.cls, frame.judging, frame.spent = cls, cls == "judge", False
        frame.carries = cls in _CARRY
        frame.cue = (frame.cue[0], max(frame.cue[1], self._end(at)))
        if cls in ("refuse", "short"):
            self.refused = "short" if cls == "short" or negated else "refuse"
            frame.position = replace(frame.position, words=(*frame.position.words, lemma))
        elif cls == "deny":
            frame.position, frame.denied = frame.position.denied(lemma), not negated
        elif frame.denied and cls == "oppose" and not negated:
            frame.position = Position(1, 0.62, (*frame.position.words, lemma))
        else:
            frame.position = frame.position.after(lemma, cls, negated=negated, refused=refused)
        frame.harm = ""

    def _gerund(self, at: int) -> bool:
        senses = self.tokens[at].senses if at < len(self.tokens) else ()
        return any(sense.pos == "verb" and sense.tag == ING for sense in senses)

    def _noun(self, at: int, sense: Sense) -> None:
        """A noun turns what governs it, and says something of its own owner's."""
        token = self.tokens[at]
        mine = owner(self.tokens, at)
        if sense.cls == "refuse" and mine is not None and not self.frame:
            self.frame = Frame(self._names([mine]), (token.start, token.end))
        if mine is not None and sense.cls in _OWNED:
            actor = self.tokens[mine].actor
            assert actor is not None
            self.side = Frame((actor.actor_id,), (token.start, token.end))
            self._turn(self.side, at, sense, negated=self.negated and not self.frame)
        elif self.side:
            self._turn(self.side, at, sense, negated=self.negated)
        elif self.frame is None and sense.cls in _OWNED:
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
        if sense.cls == "refuse":
            self.refused = "refuse"
            return
        frame.cue = (frame.cue[0], self.tokens[at].end)
        if sense.cls == "harm":
            frame.harm = sense.lemma
            return
        if frame.denied and sense.cls == "oppose":
            frame.position = Position(1, 0.62, (*frame.position.words, sense.lemma))
            return
        refused = self.refused if frame is self.frame else ""
        frame.position = frame.position.after(
            sense.lemma, sense.cls, negated=negated, refused=refused
        )
        frame.cls = sense.cls

    def _judged(self, at: int, sense: Sense) -> None:
        """A judgement of what a verb ("call", "regard") or the speaker's "is" points at."""
        negated, self.negated = self.negated, False
        end = self._end(at)
        if self.frame and self.frame.judging:
            frame = self.frame
            position = frame.position.after(sense.lemma, sense.cls, negated=negated)
            for target in frame.targets[-2:]:
                self._claim(replace(frame, cue=(frame.cue[0], end)), target, position)
        elif not self.frame and (self._just_now(at) or sense.lemma.endswith(" to")):
            self._is(at, Position(None, self.hedge).after(sense.lemma, sense.cls, negated=negated))

    def _just_now(self, at: int) -> bool:
        """Whether a form of "be" stands before, with no more than an article and a word between."""
        words = [t.word for t in self.tokens[self.copula + 1 : at]] if self.copula else []
        left = [w for w in words if w not in small.DETERMINERS and not is_adverb(w)]
        return bool(self.copula) and len(left) < 3 and not set(words) & _BREAKS

    def _judged_now(self) -> list[Target]:
        """What the subject of "is" is: actors that may be one, or an issue close before."""
        if self.pool:
            names = self._names(self.pool[-1])
            return [t for t in self.subjects if t.name in names][-len(names) :]
        near = self.tokens[max(0, self.copula - 5)].start
        return [t for t in self.subjects[-1:] if t.kind == "issue" and t.span[1] >= near]

    def _is(self, at: int, position: Position) -> None:
        cue = (self.tokens[at].start, self._end(at))
        group = self._names(self.pool[-1]) if self.pool else ()
        if len(group) > 1 and position.words[-1] in small.MUTUAL:
            members = {t.name: t for t in self.subjects if t.name in group}
            for name in members:
                for other, target in members.items():
                    if other != name:
                        self._claim(Frame((name,), cue), target, position)
            return
        frame = Frame(self._speaker(at), cue, position, asserted=True)
        if position.words[-1].endswith(" to"):
            self.frame = frame
        for patient in self._judged_now() if self.copula else ():
            self._claim(frame, patient, position)
        self.copula = 0

    # --- claims --------------------------------------------------------------------------------

    def _aim(self, target: Target, *, inside: bool = False) -> None:
        """Write down what the open frames say of a target that comes into their reach."""
        for frame in (self.frame, self.side):
            if frame is None or inside or frame.spent:
                continue
            frame.targets.append(target)
            if self.supposed:  # "told Russia what would follow if it attacked Ukraine"
                main = Frame(self.main, frame.cue)
                self._claim(main, target, Position(0, 0.8, frame.position.words))
            if self.prep in small.ASIDE and not (frame.cls == "threaten" and self.prep == "with"):
                if self.prep in small.PLACES and target.kind == "actor":
                    self._claim(frame, target, Position(0, 0.8, ("in",)))
                continue
            position = self._toward(frame, target)
            if position and not frame.judging and position.sign is not None:
                frame.aimed += 1
                self._claim(frame, target, position.weaker(0.95**frame.aimed))
                for name in frame.addressed:
                    asked = replace(frame, holders=(name,))
                    self._claim(asked, target, Position(0, 0.75, (*position.words[:1], "asked")))

    def _toward(self, frame: Frame, target: Target) -> Position | None:
        position = frame.position
        if target.kind == "issue":
            if frame.cls == "threaten" and self.prep == "with":
                return Position(1, 0.7, position.words)
            return position.turned("against") if self.prep == "against" else position
        if frame.harm and self.prep in _HARM_AIMS and not target.owns:
            if position.sign is not None:
                return position.turned(frame.harm)
            does = (
                frame is self.side or frame.cls == "light"
            )  # "Russia's attack on", "made threats"
            return position.after(frame.harm, "harm") if does else None
        if self.prep == "against":
            return position.turned("against")
        if frame.cls in _ADDRESSED and not target.owns:
            frame.addressed.append(target.name)  # who is asked is not thereby judged
            return Position(0, 0.6, position.words)
        if frame.cls in ("act", "tolerate"):
            return None  # an actor is not what one sends or allows
        if frame.cls == "end" and position.words[-2:-1] == ("not",):
            return None  # not to stop somebody is not to be for them
        position = position.weaker(0.75) if frame.cls == "end" else position
        apart = target.owns or (self.prep == "of" and frame.cls not in _OWNED)
        return position.weaker(0.72) if apart else position

    def _claim(self, frame: Frame, target: Target, position: Position) -> None:
        apart = max(target.span[0] - frame.cue[1], frame.cue[0] - target.span[1])
        position = position.weaker(0.75 if apart > 90 else 0.9 if apart > 45 else 1.0)
        if position.sign is None:
            return
        unsaid = self.asks or not frame.asserted or (self.supposed and not frame.reduced)
        if unsaid:
            position = Position(0, 0.8, ("if" if self.supposed else "unsaid", *position.words))
        reporters = frame.within if position.sign == 0 else ()  # "said X had never threatened Y"
        for holder in (*frame.holders, *reporters):
            if holder != target.name:
                self.claims.append(Claim(holder, target, position, frame.cue))


def _target(topic: Topic) -> Target:
    return Target(topic.issue_id, "issue", (topic.start, topic.end))

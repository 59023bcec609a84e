"""Clauses: their subjects, their borders, and the small words that turn what comes after them."""

from dataclasses import replace

from parley.annotate.stance import words as small
from parley.annotate.stance.claims import CARRY, OWNED, Claims, word_set
from parley.annotate.stance.frames import Frame
from parley.annotate.stance.lexicon import Sense
from parley.annotate.stance.markers import (
    LISTS,
    counts,
    describes,
    goes_on,
    in_case,
    undergoes,
    unknown_deed,
)
from parley.annotate.stance.objects import modifies, prefix
from parley.annotate.stance.on_issues import doer
from parley.annotate.stance.polarity import Position
from parley.annotate.stance.senses import choose, is_adverb, mood
from parley.annotate.stance.subjects import (
    apposed,
    eligible,
    has_verb,
    owner,
    subject_next,
    titles_start,
)
from parley.annotate.stance.tokens import Target, target_of

NO_DEED = frozenset(("response", "due", "thanks", "according"))  # "in response to heavy"
UNSAID = word_set("deny warn fear claim demand want promise refuse short exclude")
DEEDS = word_set("harm act end help")
FEARED = word_set("warn fear threaten deny end")


class Clauses(Claims):
    """Follows who may be the subject, and what is negated, supposed or spoken."""

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

    def _actor(self, at: int) -> None:
        party = self.tokens[at].actor
        assert party is not None
        if party.form == "pronoun" and self.frame and party.actor_id in self.frame.holders:
            if not self.tokens[at].owns:
                self._same()  # "denied that it opposed"
            return
        tied = prefix(self.tokens, at)
        owns = self.tokens[at].owns or bool(tied)
        target = Target(party.actor_id, "actor", party[:2], owns, opposite=tied == "anti")
        self._topics(at)
        if self.author and self.frame and self.frame.stance:
            self._claim(self.frame, target, self.frame.stance.weaker(0.75))
        elif self.agent and self.frame:
            self._by(at, target)
        elif self._begins(at):
            self._embed(at, target)
        else:
            inside = self.tokens[at].in_topic or modifies(self.tokens, at)
            self._aim(target, inside=inside)
            if not self.frame and eligible(self.tokens, at):
                self._join(at)
        if not self.tokens[at].in_topic:
            self.subjects.append(target)

    def _begins(self, at: int) -> bool:
        """Whether the actor at ``at`` is the subject of a clause inside what a frame governs."""
        free = self.frame is not None and not self._carries(at)
        return free and subject_next(self.tokens, at) and eligible(self.tokens, at)

    def _carries(self, at: int) -> bool:
        """Whether a clause inside still says what the frame's holder wants, or denies."""
        before = self.tokens[titles_start(self.tokens, at) - 1].word
        return bool(self.frame and self.frame.carries) and before not in ("and", "but")

    def _embed(self, at: int, target: Target) -> None:
        """A clause inside what a frame governs, with a subject of its own."""
        frame = self.frame
        assert frame is not None
        if frame.cls in ("warn", "fear"):
            warned = frame.position.weaker(0.75)
            words = ("said", *warned.words)  # a warning of somebody is no threat to him
            sign = 0 if undergoes(self.tokens, at) else warned.sign
            self._claim(frame, target, replace(warned, sign=sign, words=words))
        joined = self.tokens[at - 1].word in ("and", ",")
        self.clause(None if joined else frame)
        self.pool = [[at]]
        if self.tokens[at - 1].word == "no":  # "that no Russian official has ever threatened"
            self.negated, self.slack = True, 1

    def _join(self, at: int) -> None:
        """Add an actor to the possible subjects: to the last group, or as one of its own."""
        between = [t.word for t in self.tokens[self.pool[-1][-1] + 1 : at]] if self.pool else []
        if between and set(between) <= LISTS and ("and" in between or goes_on(self.tokens, at)):
            self.pool[-1].append(at)
        else:
            self.pool.append([at])

    def _by(self, at: int, agent: Target) -> None:
        """The agent of a passive or of a noun: it holds what was said of the patients."""
        frame = self.frame
        assert frame is not None
        asked = [t for t in frame.targets if t.kind == "actor" and frame.cls in CARRY]
        frame.addressed += [target.name for target in asked]  # "was urged by X to do Y"
        thing = frame.cls in ("act", "tolerate") or frame.position.last in small.THINGS
        done = [t for t in frame.targets if t.kind == "issue" or not thing]
        for patient in done if not asked else ():
            self._claim(replace(frame, holders=(agent.name,)), patient, frame.position)
        for deed, position in frame.deeds:
            self._claim(replace(frame, holders=(agent.name,)), deed, position)
        frame.holders = (*frame.holders, agent.name)
        patients = tuple(t.name for t in frame.targets if t.kind == "actor")
        self.main = patients if frame.passive and (patients or not frame.reduced) else frame.holders
        frame.spent = True
        self.agent = [t.word for t in self.tokens[at + 1 : at + 2]] in (["and"], [","])

    def _topics(self, at: int) -> None:
        for topic in self.tokens[at].topics:
            target = target_of(topic)
            self._aim(target)
            feared = self.frame and self.frame.cls in FEARED
            name = None if feared else doer(self.tokens, at, topic)
            if name:
                self._claim(Frame((name,), topic[:2]), target, Position(1, 0.8, ("own",)))
            self.subjects.append(target)
            if self.supposed and self.warned:  # "warned of a break if sanctions were imposed"
                self.supposed = False
                self._claim(self.warned, target, Position(-1, 0.7, ("warn", "if")))
                self.supposed = True

    def _plain(self, at: int, word: str) -> None:
        if word in small.CONDITIONS or (word in ("event", "case") and in_case(self.tokens, at)):
            frame = self.frame
            self.clause(None)
            self.supposed = True
            self.warned = frame if frame and frame.cls in ("warn", "threaten") else None
        elif word in small.CLOSERS or word in small.SEQUELS:
            self.fronted = self.fronted or at == 0
            self.clause(None)
        elif word == ",":
            self._comma()
            self.prep = self.prep if at and self.tokens[at - 1].word != self.prep else ""
        elif word in small.RELATIVES or (word == "that" and describes(self.tokens, at)):
            self._relative(at)
        elif word in ("and", "or"):
            self._and(at)
        elif word in small.PREPOSITIONS and not counts(self.tokens, at, word):
            frame = self.frame
            governs = (f.cue[1] for f in (frame, self.side) if f and f.cls in OWNED)
            direct = word in ("at", "with") and self.tokens[at - 1].end in governs
            self.prep = "upon" if direct else word
            self.author = word in ("by", "from") and self._names_author(at)
            bare = bool(frame and not frame.holders)  # "criticism of X by Y", "praise from Y"
            passive, named = bool(frame and frame.passive), bool(frame and frame.noun)
            said = (
                frame is not None and frame.cls in OWNED and frame.position.words[:1] != ("must",)
            )
            origin = word == "from" and bare and not passive and said and named
            self.agent = origin or (word == "by" and (bare or passive))
        else:
            self._little(at, word)

    def _names_author(self, at: int) -> bool:
        """Whether "by" follows a noun that a frame governs: "rejected the plan put forward by"."""
        if not (self.frame and self.frame.stance and self.frame.holders):
            return False
        if self.frame.stance.last in small.THINGS:
            return False  # "sought support from"
        senses = (choose(self.tokens, self.tokens[i].head) for i in range(max(0, at - 3), at))
        return any(sense.pos == "noun" for sense in senses if sense)

    def _and(self, at: int) -> None:
        self.unknown = False
        if has_verb(self.tokens, at + 1):
            self.negated = False  # "regretted that nothing came of it and stood by"
        lead = self.tokens[at - 1].word if at else ""
        following = [t.word for t in self.tokens[at + 1 : at + 2]]
        if lead != "," or not self.frame:
            return
        if following in (["a"], ["an"]) or apposed(self.tokens, at):
            self.frame.spent = True  # ", and a quarrel about", ", and Lee, the leader of the"

    def _comma(self) -> None:
        if self.supposed or self.fronted:
            self.supposed = self.fronted = False
            self.clause(None)
        if self.held is not None:
            main = self.held
            self.clause(None)
            self.main, self.held, self.resumed = main, None, True

    def _relative(self, at: int) -> None:
        if self.frame and self._relays(at):
            self.frame.carries = True
            return
        back = at - 2 if at and self.tokens[at - 1].word == "," else at - 1
        if self.tokens[at].word == "which" and not (back >= 0 and eligible(self.tokens, back)):
            back = -1  # "massed on the border with Ukraine, which has": the whole clause
        group = next((g for g in self.pool if back in g), [back])
        actors = [i for i in group if i >= 0 and self.tokens[i].actor]
        held = self._names(group) if actors and not self.frame else self.main
        self.clause(None)
        self.held, self.pool, self.unknown = held, [actors] if actors else [], not actors

    def _relays(self, at: int) -> bool:
        """Whether what a document says is what somebody is for or against who votes on it: "vetoed
        a resolution that called for"."""
        frame = self.frame
        document = self.tokens[at - 1].word in small.DOCUMENTS
        return bool(frame and document and frame.position.sign and not frame.passive)

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
        if (word, following) in small.INSTEAD:
            self.refused = "short"
        if word in small.FIRST:
            self.we = self.tokens[at].speech is not None
        elif word in small.SAME:
            self._same()
        elif word not in small.FUNCTION and not is_adverb(word):
            self._other(at, word)

    def _other(self, at: int, word: str) -> None:
        """A word that the lexicon lacks: what somebody must do, or a subject that nobody knows."""
        before = self.tokens[at - 1].word if at else ""
        if before == "," and word in small.PROMPTS:
            self.clause(None)
            return
        if before == "," and word.endswith("ing") and self.frame:
            self.frame.spent = True  # ", deepening the crisis"
        if word in small.AGENTS and self._new_subject(at):
            self.pool, self.unknown = [], True
        if self.negated and word not in small.DETERMINERS:
            self.negated = self.slack > 0  # "never got them to" leaves what follows alone
            self.slack -= 1
        deed = before == "to" and self.tokens[at - 2].word not in NO_DEED
        unknown = deed and self.frame and (self.frame.carries or self.frame.aimed)
        if self.frame and (unknown or unknown_deed(self.tokens, at, word)):
            self.frame.position = Position()  # to do something that the lexicon does not know
        modal = before in small.DEONTIC or before in small.NEGATORS or is_adverb(before)
        if self.deontic and modal and self._speaker(at):
            self._open(at, Sense(word, "verb", "act", "base"))
        elif not self.pool:
            self.unknown = True

    def _new_subject(self, at: int) -> bool:
        """Whether an office that nobody resolved acts here: "as the administration increased"."""
        free = not self.frame and owner(self.tokens, at) is None
        return free and self.tokens[at - 1].actor is None and has_verb(self.tokens, at + 1)

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

    def _open(self, at: int, sense: Sense) -> None:
        """A finite verb opens a frame for its subject."""
        negated, refused, hedge = self.negated, self.refused, self.hedge
        holders, wanted = self._holders(at)
        hedge = 0.6 if hedge < 1 and sense.cls in DEEDS else hedge  # what may be done is not done
        asserted = not (self.outer and (self.outer.cls in UNSAID or self.outer.position.sign == 0))
        token = self.tokens[at]
        frame = Frame(holders, (token.start, self._end(at)), asserted=asserted)
        frame.within = self.outer.holders if self.outer else ()
        words = tuple(filter(None, [mood(self.tokens, at)]))
        frame.position = Position(1, 0.85, ("must",)) if wanted else Position(None, hedge, words)
        frame.cls = "demand" if wanted else ""
        if holders and not wanted:
            self.main = holders
        outer, subjects, unknown = self.outer, self.subjects, self.unknown
        self.clause(outer)
        self.frame, self.subjects, self.negated, self.refused = frame, subjects, negated, refused
        self.unknown = unknown and not holders  # "an official who has accused"
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

"""The state of the grammar of positions while it reads, and how a target becomes a claim."""

from dataclasses import replace

from parley.annotate.stance import objects
from parley.annotate.stance import words as small
from parley.annotate.stance.frames import Claim, Frame
from parley.annotate.stance.lexicon import Sense, roots
from parley.annotate.stance.on_issues import strikes, toward_issue
from parley.annotate.stance.polarity import ASSERTS, Position
from parley.annotate.stance.senses import gerund
from parley.annotate.stance.tokens import Target, Token, target_of


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


OWNED = word_set("support praise oppose condemn demand claim fear threaten harm")
# Through these a clause still says what the holder wants: "demanded that NATO will not accept".
CARRY = frozenset(("demand", "want", "promise"))
PACT = word_set("act promise")
FEELS = word_set("condemn oppose fear claim warn")
HARM_AIMS = word_set("on against of to at upon toward towards over") | {""}


class Claims:
    """The state of the pass; ``claims`` is what it has found."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.claims: list[Claim] = []
        self.main: tuple[str, ...] = ()
        self.held: tuple[str, ...] | None = None  # the main subject, while in a relative clause
        self.supposed = self.asks = self.fronted = False
        self.warned: Frame | None = None  # a warning of what would follow on what is supposed
        self.clause(None)

    def clause(self, outer: Frame | None) -> None:
        """Begin a clause: nobody is its subject yet, and nothing is governed but by ``outer``."""
        self.outer = outer
        self.frame: Frame | None = None
        self.side: Frame | None = None
        self.pool: list[list[int]] = []
        self.subjects: list[Target] = []
        self.unknown = self.we = self.same = self.agent = self.author = self.resumed = False
        self.ready()

    def ready(self) -> None:
        """Forget what the last governing word has taken up."""
        self.negated = self.deontic = False
        self.copula = self.slack = 0
        self.refused = self.prep = ""
        self.hedge = 1.0

    def _names(self, group: list[int]) -> tuple[str, ...]:
        parties = (self.tokens[i].actor for i in group if i >= 0)
        return tuple(p.actor_id for p in parties if p)

    def _speaker(self, at: int) -> tuple[str, ...]:
        outer = self.outer
        if outer and outer.cls == "report" and outer.holders:
            return outer.holders
        if outer and outer.holders and outer.cls in ASSERTS and outer.position.sign in (0, -1):
            return ()  # "rejected accusations that Russia was to blame"
        speech = self.tokens[at].speech
        return (speech.actor_id,) if speech and speech.actor_id else ()

    def _end(self, at: int) -> int:
        return self.tokens[min(at + self.tokens[at].length, len(self.tokens)) - 1].end

    def _compose(self, frame: Frame, at: int, sense: Sense) -> None:
        """Turn the frame's position by one more word."""
        negated, refused, cls, lemma = self.negated, self.refused, sense.cls, sense.lemma
        self.ready()
        self.negated = negated and cls == "light" and frame.position.sign is None
        follows = at + self.tokens[at].length
        to = follows < len(self.tokens) and self.tokens[follows].word == "to"
        cls = "promise" if cls == "threaten" and to else cls
        if lemma == "avoid":  # to avoid saying something, or to avoid something
            cls = "short" if gerund(self.tokens, follows) else "end"
        itself = sense.pos == "verb" and cls != "meet"  # "talks with" is no issue
        for topic in self.tokens[at].topics if itself else ():
            done = frame.position.after(lemma, "act", negated=negated, refused=refused)
            self._claim(frame, target_of(topic), done)
            frame.deeds.append((target_of(topic), done))
        frame.cls, frame.judging, frame.spent = cls, cls == "judge", False
        frame.noun = sense.pos != "verb"
        frame.carries = cls in CARRY
        frame.cue = (frame.cue[0], max(frame.cue[1], self._end(at)))
        if lemma == "hesitate" and negated:
            frame.position = replace(frame.position, words=(*frame.position.words, "not", lemma))
        elif cls in ("refuse", "short"):
            self.refused = "short" if cls == "short" or negated else "refuse"
            frame.position = replace(frame.position, words=(*frame.position.words, lemma))
        elif cls == "deny":
            frame.position, frame.denied = frame.position.denied(lemma), not negated
        elif frame.denied and cls == "oppose" and not negated:
            frame.position = Position(1, 0.62, (*frame.position.words, lemma))
        else:
            frame.position = frame.position.after(lemma, cls, negated=negated, refused=refused)
        frame.harm = ""

    def _aim(self, target: Target, *, inside: bool = False) -> None:
        """Write down what the open frames say of a target that comes into their reach."""
        for frame in (self.frame, self.side):
            if frame is None or inside or frame.spent:
                continue
            aside = self.prep in small.ASIDE and not (
                self.prep == "with" and frame.cls in ("threaten", "exclude")
            )  # "ruled out a coalition with"
            if target.kind == "actor" or not aside:
                frame.targets.append(target)
            if self.supposed:  # "told Russia what would follow if it attacked Ukraine"
                main = Frame(self.main, frame.cue)
                self._claim(main, target, Position(0, 0.8, frame.position.words))
            if self._pact(frame, target):
                words = (*frame.position.words, "agree")
                ended = frame.cls == "end" and "," not in self._between(frame.cue[1], target)
                agreed = frame.position.weaker(0.9) if ended else Position(0, 0.8, words)
                self._claim(frame, target, agreed)  # "suspended its deal with"
                self._partner(frame, target)
                continue
            if target.kind == "actor" and self._passes(frame, target):
                continue
            if strikes(frame.cls, frame.position, self.prep, target) and not frame.passive:
                self._claim(frame, target, replace(frame.position, sign=1))
                continue
            if aside:
                if self.prep in small.PLACES and target.kind == "actor":
                    self._claim(frame, target, self._there(frame, target))
                continue
            position = self._toward(frame, target)
            if position and not frame.judging and position.sign is not None:
                frame.aimed += 1
                self._claim(frame, target, position.weaker(0.95**frame.aimed))
                for name in frame.addressed:
                    asked = replace(frame, holders=(name,))
                    self._claim(asked, target, Position(0, 0.75, (*position.words[:1], "asked")))

    def _there(self, frame: Frame, target: Target) -> Position:
        """What is said of the place of a deed: a blow there strikes it, if it is a foreign one."""
        if roots().get(frame.harm) == "ASSAULT" and frame.position.sign == 1 and not target.owns:
            return frame.position.turned(frame.harm)  # "fired missiles at two bases in"
        first = sum(t.kind == "actor" and t.span[0] > frame.cue[0] for t in frame.targets) == 1
        struck = roots().get(frame.position.last) == "ASSAULT" and frame.position.sign == -1
        if first and struck and not target.owns:
            words = (*frame.position.words, "there")
            return replace(frame.position.weaker(0.85), words=words)
        return Position(0, 0.8, ("in",))

    def _passes(self, frame: Frame, target: Target) -> bool:
        """Whether a frame passes over an actor: too far on, or past an object that it has."""
        at = objects.index(self.tokens, target.span[0])
        taken = [t for t in frame.targets[:-1] if t.kind == "actor" and t.span[0] >= frame.cue[1]]
        places = (objects.index(self.tokens, t.span[0]) for t in taken)
        taken = [t for t, place in zip(taken, places, strict=True)
                 if not objects.title(self.tokens, place)]  # fmt: skip
        if taken and self.prep != "against":
            return not objects.joined(
                self.tokens, objects.index(self.tokens, taken[-1].span[0]), at
            )
        lead = max((i for i in range(at) if self.tokens[i].end <= frame.cue[1]), default=at)
        return objects.beyond(self.tokens, lead, at)

    def _toward(self, frame: Frame, target: Target) -> Position | None:
        position = frame.position
        if target.kind == "issue":
            return toward_issue(self.tokens, frame, target, self.prep)
        return self._toward_actor(frame, target, position)

    def _toward_actor(self, frame: Frame, target: Target, position: Position) -> Position | None:
        at = objects.index(self.tokens, target.span[0])
        struck = roots().get(position.last) == "ASSAULT"
        described = objects.title(self.tokens, at) or objects.private(self.tokens, at)
        if described and not struck:
            return Position(0, 0.8, ("in",))
        harms = frame.harm and not (frame.cls == "accuse" and self.prep == "on")
        done = {"on", "against", "at", "upon"} | ({"of"} if self._done_to(frame) else set())
        raised = frame is not self.side and position.sign != -1
        goods = raised and frame.harm == "tariffs"  # what strikes "American steel"
        if harms and target.owns and self.prep in done and not goods:
            again = self.tokens[at - 1].word == ","  # "measures on China, Chinese measures on"
            return (
                None if again else Position(0, 0.9, ("in",))
            )  # "the attack on Ukrainian websites"
        if harms and self.prep in HARM_AIMS and (goods or not target.owns):
            if position.sign is not None:
                return position.turned(frame.harm)
            does = frame is self.side or frame.cls == "light"  # "Russia's attack on"
            return position.after(frame.harm, "harm") if does else None
        if self.prep == "against":
            return position.turned("against")
        if frame.cls == "meet" and self.prep == "of":
            return Position(0, 0.8, ("in",))  # "met at the invitation of"
        menaced = self.prep == "" and objects.menaced(self.tokens, at)
        if position.last == "warn" and not menaced:
            return Position(0, 0.8, ("said", "warn"))  # who is warned of a danger is no enemy
        if frame.cls in CARRY and not self._gets(frame, target, at):
            return self._asked(frame, target, at)
        if self._misses(frame, target, at):
            return None
        if self._gets(frame, target, at):
            words = (*position.words, "aid")
            return Position(position.sign, position.sure * 0.95, words)
        if frame.cls == "act":
            return self._given(frame, target)
        position = position.weaker(0.75) if frame.cls == "end" else position
        if frame.cls == "accuse" and self.prep == "on":
            return Position(-1, 0.9, position.words)  # "blamed the violence on"
        apart = target.owns or (self.prep == "of" and frame.cls not in OWNED)
        return position.weaker(0.72) if apart else position

    def _done_to(self, frame: Frame) -> bool:
        """Whether what is "of" somebody was done to him, and not by him: "the bombing of"."""
        word = next((t.word for t in self.tokens if t.end == frame.cue[1]), "")
        return word.endswith("ing") or word in small.SUFFERED

    def _asked(self, frame: Frame, target: Target, at: int) -> Position | None:
        """Who is asked is not thereby judged, but who is told to stop what is wrong."""
        if target.owns and not objects.titled(self.tokens, at):
            return None  # "demanded Israel's withdrawal"
        if frame.position.last.endswith(" for") and not objects.told_to(self.tokens, at):
            return None  # "called for an inquiry into Mali"
        frame.addressed.append(target.name)
        if objects.told_to_stop(self.tokens, at):
            return Position(-1, 0.85, (*frame.position.words, "stop"))
        return Position(0, 0.6, frame.position.words)

    def _misses(self, frame: Frame, target: Target, at: int) -> bool:
        """Whether what the frame says is said of something else than the actor at ``at``."""
        position, last = frame.position, frame.position.last
        if last in small.THINGS or (last in small.WON and len(position.words) == 1):
            return True  # a plan is approved, not its author; a rival is defeated in a match
        if last == "recognise" and objects.breaks_away(self.tokens, frame.cue[1], at):
            return True  # "recognised two separatist regions of Ukraine"
        if not frame.noun and objects.aside(self.prep, last):
            return True
        if last == "help" and objects.helped_to(self.tokens, at):
            return True  # "helped Mali to sell its cotton" says of what, not of whom
        if frame.cls == "end" and (last not in small.STOPS or position.words[-2:-1] == ("not",)):
            return True  # "removed North Korea from the list"; not to stop is not to favor
        feels = frame.cls in FEELS and position.sign == -1 and self.prep == "of"
        if feels and objects.of_unknown(self.tokens, at):
            return True  # "condemned the treatment of prisoners"
        return frame.cls == "tolerate"  # an actor is not what one allows

    def _partner(self, frame: Frame, target: Target) -> None:
        """With whom a pact is signed is for what it is about as well."""
        partner = replace(frame, holders=(target.name,))
        signed = bool(small.SIGNED & {*frame.position.words[:1]})
        for issue in (t for t in frame.targets if signed and t.kind == "issue"):
            self._claim(partner, issue, frame.position)

    def _pact(self, frame: Frame, target: Target) -> bool:
        """Whether the target is with whom something is agreed: "signed a trade pact with"."""
        with_whom = self.prep == "with" and frame.cls in PACT | {"end"} and target.kind == "actor"
        return with_whom and bool(self._between(frame.cue[0], target) & small.PACTS)

    def _between(self, start: int, target: Target) -> set[str]:
        return {t.word for t in self.tokens if start <= t.start < target.span[0]}

    def _given(self, frame: Frame, target: Target) -> Position | None:
        """An actor is not what one sends, but may be whom one sends help to."""
        gifts = self._between(frame.cue[1], target) & small.GIFTS
        if self.prep != "to" or not gifts or frame.position.sign is None:
            return None
        words = (*frame.position.words, "aid")
        return replace(frame.position.weaker(0.95), words=words)

    def _gets(self, frame: Frame, target: Target, at: int) -> bool:
        """Whether an actor gets what helps him: "gave Mali two radars", "supplied Mali with"."""
        last, sign = frame.position.last, frame.position.sign
        if last not in small.HANDS or sign is None or self.prep or target.owns:
            return False
        start = max(i for i in range(at) if self.tokens[i].end <= frame.cue[1])
        if any(t.word not in small.ARTICLES for t in self.tokens[start + 1 : at]):
            return False
        gift = []
        for token in self.tokens[at + 1 : at + 8]:
            if token.actor or token.word in small.CLOSERS | small.NOUN_LINKS | {",", "to"}:
                break
            gift.append(token.word)
        return bool(small.GIFTS & {*gift})

    def _claim(self, frame: Frame, target: Target, position: Position) -> None:
        apart = max(target.span[0] - frame.cue[1], frame.cue[0] - target.span[1])
        position = position.weaker(0.75 if apart > 90 else 0.9 if apart > 45 else 1.0)
        if position.sign is None:
            return
        if target.opposite:
            position = replace(position, sign=-position.sign)
        unsaid = self.asks or not frame.asserted or (self.supposed and not frame.reduced)
        if unsaid:
            position = Position(0, 0.8, ("if" if self.supposed else "unsaid", *position.words))
        for holder in frame.holders:
            if holder != target.name:
                self.claims.append(Claim(holder, target, position, frame.cue))
        self._reported(frame, target, position)

    def _reported(self, frame: Frame, target: Target, position: Position) -> None:
        """Who reports somebody else's position takes none by that, on neither of the two."""
        if position.sign != 0 and frame.cls == "harm":
            return  # "said that Russia had attacked": the words accuse
        said = Position(0, 0.8, ("said", *position.words))
        both = [target, *(t for t in self.subjects if t.name in frame.holders)]
        for reporter in frame.within:
            for one in both if reporter not in frame.holders else ():
                if reporter != one.name:
                    self.claims.append(Claim(reporter, one, said, frame.cue))

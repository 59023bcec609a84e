"""Who stands where on whom and on what: holder, target, and favor, against or none.

Two judges. The grammar (`stance_grammar`) composes the position where the words say it, and names
them ("rule:refuse+condemn"); beside it, and for every other pair in a sentence, the encoder gives
calibrated probabilities. How much each weighs was settled on the development parts of
`tests/gold/stance.jsonl` and of DSE. Every pair that was looked at has a row, none included: they
are what a share is a share of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from parley import tables, terms
from parley.annotate.stance import apart, grammar, outlet
from parley.annotate.stance.frames import Claim
from parley.annotate.stance.kin import Kin
from parley.annotate.stance.pages import Place, Sentence, pages
from parley.annotate.stance.reactions import with_others
from parley.annotate.stance.tokens import Target, tokens_of

Shares = tuple[float, float, float]  # favor, against, none
Span = tuple[int, int]

# Chosen on half of the held sentences of ordinary news, and so that the hand-written cases stand
# (see the model card): what the encoder weighs where the grammar, which weighs 1, has spoken, ...
BESIDE = 0.65
# ... what favor, against and none weigh where the grammar is silent, ...
SILENT: Shares = (1.0, 1.0, 4.0)
LEAST = 0.55  # ... and what a position must reach that the encoder sees alone.
_OWN_SIDE: Shares = (1.0, 0.25, 1.0)  # an official is seldom against his own state
_ASIDE: Shares = (0.06, 0.06, 0.88)  # of one who is only a place in the sentence
# A pair is asked both ways round unless the first answer is none, and no event, by more than this:
# over 60 newswire articles that saves 624 of 2,602 questions and changes no position and no event.
SURE = 0.7
_NONE = 0.93  # how sure none is where the grammar says so, ...
_NONE_ASIDE = 0.8  # ... and where it only sees a place, or what another is reported to hold
_UNDECIDED = 0.6  # the probability of none where nobody has said anything


@dataclass(slots=True)
class Pair:
    """A holder and a target in one sentence, with what each judge says of them."""

    sentence: Sentence
    holder: str
    target: Place
    source: Place | None = None  # where the holder stands in the sentence; None for one outside
    rule: Shares | None = None
    words: str = ""
    cue: Span | None = None
    model: Shares | None = None
    event: np.ndarray | None = None  # the encoder's probabilities of `encoder.labels.EVENTS`
    claims: tuple[Claim, ...] = ()
    deeds: frozenset[str] = frozenset()  # the events that its words can report
    civil: bool = False  # neither is a state or under arms
    own_side: bool = False  # a state and one of its government


def judge(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    registry_actors: pd.DataFrame,
    issues: pd.DataFrame,
    *,
    encoder: Any = None,
) -> list[Pair]:
    """Give every pair of a holder and a target, judged: `stances_of` and `events_of` make tables.

    Needs article_id and text in ``articles``; the `sentences`, `mentions` and `quotes` tables; the
    registry's ``actors`` and ``issues``. Without an encoder what the grammar leaves open stays so.
    One call of it answers for positions and events. Raises ParleyError for an issue that cannot be
    used.
    """
    found = find_pairs(articles, sentences, mentions, quotes, registry_actors, issues)
    found = outlet.heard(found, sentences, mentions)
    asked = [pair for pair in found if _open(pair)]
    ruled = [pair for pair in asked if pair.rule is not None]
    names = dict(zip(registry_actors["actor_id"], registry_actors["name"], strict=True))
    if encoder is not None:
        _ask(encoder, ruled, names, sure=1.0)
        _share(ruled)
        _ask(encoder, [pair for pair in asked if pair.rule is None], names, sure=SURE)
    return found


def _ask(encoder: Any, pairs: list[Pair], names: dict[str, str], *, sure: float) -> None:
    """Set what the encoder says of each pair."""
    if not pairs:
        return
    texts, holders, targets = zip(*(question(pair, names) for pair in pairs), strict=True)
    answers = encoder.pairs(texts, holders, targets, sure=sure)
    for pair, stance, event in zip(pairs, answers.toward(), answers.event, strict=True):
        favor, against, none = stance.tolist()
        if pair.target.opposite:  # it has judged the words that stand there
            favor, against = against, favor
        pair.model, pair.event = (favor, against, none), event


def _share(ruled: list[Pair]) -> None:
    """Give those whom one clause gives one position on one actor the mean of what is said of them:
    "Kenya and Rwanda backed ..." is no less true of the second."""
    clauses: dict[tuple, list[Pair]] = {}
    for pair in ruled:
        if pair.source is not None and pair.target.kind == "actor":
            where = (pair.sentence.article_id, pair.sentence.number, pair.target.start)
            clauses.setdefault((*where, pair.cue, pair.words), []).append(pair)
    for pairs in clauses.values():
        shares = np.mean([pair.model for pair in pairs if pair.model], axis=0).tolist()
        for pair in pairs:
            pair.model = tuple(shares)


def _open(pair: Pair) -> bool:
    """Whether the encoder can add to what the grammar says."""
    return pair.holder != terms.OUTLET_VOICE and pair.words != "aside"


def stances_of(found: list[Pair]) -> pd.DataFrame:
    """Give the `stances` table of judged pairs.

    ``start:end`` is the target's span, ``cue_start:cue_end`` that of the words that decided, where
    the grammar did; what nothing decided is none ("undecided").
    """
    frame = pd.DataFrame([_row(pair) for pair in found]) if found else tables.empty(tables.STANCES)
    return tables.conform(frame, tables.STANCES)


def find_pairs(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    registry_actors: pd.DataFrame,
    issues: pd.DataFrame,
) -> list[Pair]:
    """Give every pair that is to be judged, with what the grammar says of it."""
    kin = Kin.of(registry_actors)
    made = pages(articles, sentences, mentions, quotes, issues)
    return [pair for sentence in made for pair in judged(sentence, kin)]


def judged(sentence: Sentence, kin: Kin) -> list[Pair]:
    """Give every pair of a sentence, with what the grammar says of it."""
    pairs: dict[tuple[str, str], Pair] = {}
    for pair in candidates(sentence, kin):
        pairs.setdefault((pair.holder, pair.target.name), pair)
    s = sentence
    tokens = tokens_of(s.text, s.start, s.end, s.parties, s.topics, s.speeches)
    idle, lists = apart.bystanders(tokens), apart.alike(tokens)
    for pair in pairs.values():
        listed = any({pair.holder, pair.target.name} <= names for names in lists)
        if pair.source is not None and (listed or pair.holder in idle):
            pair.rule, pair.words = _ASIDE, "aside"
    claims: dict[tuple[str, str], list[Claim]] = {}
    read = with_others(tokens, grammar.read(tokens))
    for claim in (kin.struck(claim) for claim in read):
        claims.setdefault((claim.holder, claim.target.name), []).append(claim)
    acting = {*pairs}  # who stands outside a quotation does nothing to whom it names
    standing = {place.name: place for place in reversed(sentence.places())}
    alleged, attributed = apart.alleged(tokens, read), apart.attributed(tokens)
    speakers = attributed.speakers if attributed else frozenset()
    for key, said in _for_their_state(claims, kin, speakers).items():
        place = _place(said[0].target)
        settle(pairs.setdefault(key, Pair(sentence, key[0], place, standing.get(key[0]))), said)
    spared = apart.spared(tokens, read)
    for key, pair in pairs.items():
        if pair.target.kind == "actor" and pair.source is not None:
            reported = attributed and attributed.empties(*key)
            silent = pair.rule is None and apart.sundered(tokens, *key)
            if reported or silent or (key in alleged | spared and not _favors(pair)):
                pair.rule, pair.words, pair.cue, pair.claims = _ASIDE, "aside", None, ()
            acts = key in acting and key not in spared
            pair.deeds = apart.deeds(tokens, *key) if acts else frozenset()
        pair.own_side, pair.civil = kin.own_side(*key), kin.civilians >= {*key}
    return list(pairs.values())


def _favors(pair: Pair) -> bool:
    return pair.rule is not None and pair.rule[0] == max(pair.rule)


def _for_their_state(
    claims: dict[tuple[str, str], list[Claim]], kin: Kin, speakers: frozenset[str]
) -> dict[tuple[str, str], list[Claim]]:
    """Give an official the position that he reports of his own state: he speaks for it.

    ``speakers`` are those of ", he said" at the end.
    """
    spoken = dict(claims)
    reported: dict[tuple[str, str], list[Claim]] = {
        (who, what): [] for who in speakers for _, what in claims if who != what
    }
    for (holder, target), said in (reported | claims).items():
        if any(claim.position.words[:1] != ("said",) for claim in said):
            continue
        mine = [c for (other, what), found in claims.items() for c in found
                if what == target and other != holder and kin.own_side(holder, other)
                and c.position.sign]  # fmt: skip
        if mine:
            spoken[holder, target] = [
                replace(c, holder=holder, position=c.position.weaker(0.9)) for c in mine
            ]
    return spoken


def candidates(sentence: Sentence, kin: Kin) -> Iterator[Pair]:
    """Yield the pairs to be judged: two actors, an actor and an issue, a speaker and who or what is
    in the words. Nobody outside a quotation, but its speaker, holds anything on what is inside."""
    places = sentence.places()
    actors = [place for place in places if place.kind == "actor"]
    for target in places:
        speech = sentence.speech(target.start)
        speakers = sentence.speakers(speech)
        for holder in actors:
            if holder.name == target.name or kin.title(holder, target):
                continue
            if holder.name in speakers or sentence.speech(holder.start) is speech:
                yield Pair(sentence, holder.name, target, holder)
        speaker = speech.actor_id if speech else None
        if speaker and speaker != target.name and all(speaker != h.name for h in actors):
            yield Pair(sentence, speaker, target)


def settle(pair: Pair, said: list[Claim]) -> None:
    """Join the grammar's claims on one pair; two that contradict each other leave it none."""
    best = {sign: max((c.position.sure for c in said if c.position.sign == sign), default=0.0)
            for sign in (1, -1)}  # fmt: skip
    sign = 0
    if abs(best[1] - best[-1]) > 0.1:
        sign = 1 if best[1] > best[-1] else -1
    aside = all(c.position.words[:1] in (("in",), ("said",)) for c in said)
    none = _NONE_ASIDE if aside else _NONE
    sure = min(0.97, best[sign]) if sign else none
    rest = 1 - sure
    shares = {sign: sure, -sign: rest * 0.2, 0: rest * 0.8} if sign else {0: sure}
    pair.rule = (shares.get(1, rest / 2), shares.get(-1, rest / 2), shares[0])
    deciding = [claim for claim in said if claim.position.sign == sign] or said
    claim = max(deciding, key=lambda c: c.position.sure)
    pair.claims = tuple(said)
    pair.words, pair.cue = "+".join(claim.position.words), claim.cue
    pair.target = _place(claim.target)


def _place(target: Target) -> Place:
    return Place(target.name, target.kind, *target.span, target.opposite)


def question(pair: Pair, names: dict[str, str]) -> tuple[str, Span, Span]:
    """Give the sentence with the spans of holder and target; an absent speaker is put before it.

    Where the speaker stands in another sentence the encoder reads "SPEAKER said: THE WORDS".
    """
    sentence, target = pair.sentence, pair.target
    low, high, lead = sentence.start, sentence.end, ""
    if pair.source is None:
        speech = sentence.speech(target.start)
        if speech:
            low, high = max(low, speech.start), min(high, max(speech.end, target.end))
        lead = f"{names.get(pair.holder, pair.holder)} said: "
    shift = len(lead) - low
    if pair.source is None:
        holder = (0, len(lead) - len(" said: "))
    else:
        holder = (pair.source.start + shift, pair.source.end + shift)
    return lead + sentence.text[low:high], holder, (target.start + shift, target.end + shift)


def decide(pair: Pair) -> tuple[str, float, str]:
    """Give the stance of a pair, its probability, and how it was decided."""
    shares = _shares(pair)
    if shares is None:
        return "none", _UNDECIDED, "undecided"
    best = max(range(3), key=shares.__getitem__)
    ruled = pair.rule is not None and pair.rule[best] == max(pair.rule)
    if not ruled and shares[best] < LEAST:
        best = terms.STANCES.index("none")
    return terms.STANCES[best], shares[best], f"rule:{pair.words}" if ruled else "model"


def _shares(pair: Pair) -> Shares | None:
    if pair.model is None:
        return pair.rule
    if pair.rule is not None:
        return _joined(pair.rule, [max(value, 1e-6) ** BESIDE for value in pair.model])
    silent = _joined(SILENT, pair.model)
    return _joined(_OWN_SIDE, silent) if pair.own_side else silent


def _joined(one: Sequence[float], other: Sequence[float]) -> Shares:
    """Two judgements as one: their product, adding up to 1."""
    favor, against, none = (a * b for a, b in zip(one, other, strict=True))
    total = favor + against + none
    return favor / total, against / total, none / total


def _row(pair: Pair) -> dict[str, Any]:
    stance, probability, how = decide(pair)
    cue = pair.cue if how.startswith("rule") else None
    return {
        "article_id": pair.sentence.article_id,
        "sentence": pair.sentence.number,
        "start": pair.target.start,
        "end": pair.target.end,
        "holder_id": pair.holder,
        "target_id": pair.target.name,
        "target_kind": pair.target.kind,
        "stance": stance,
        "probability": probability,
        "voice": pair.sentence.voice(pair.target.start),
        "cue_start": cue[0] if cue else None,
        "cue_end": cue[1] if cue else None,
        "how": how,
    }

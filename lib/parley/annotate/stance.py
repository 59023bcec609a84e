"""Who stands where on whom and on what: holder, target, and favor, against or none.

Two judges. The grammar (`stance_grammar`) composes the position exactly where the words say it, and
names them ("rule:refuse+condemn"); for every other pair in a sentence, and beside the grammar, the
encoder gives calibrated probabilities. How much each weighs was settled on the development part of
`tests/gold/stance.jsonl` and on the development part of DSE. Every pair that was looked at has a row, none
included: they are what a share is a share of.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from parley import tables, terms
from parley.annotate import stance_grammar
from parley.annotate.stance_grammar import Claim
from parley.annotate.stance_pages import Place, Sentence, pages
from parley.annotate.stance_tokens import tokens_of

# How much the grammar and the encoder weigh where both speak (weights of their log-probabilities).
RULE_WEIGHT, MODEL_WEIGHT = 1.0, 0.5
# The encoder alone is believed from here on; under it the pair is none.
ACTOR_LEAST, ISSUE_LEAST = 0.5, 0.5
_UNDECIDED = 0.6  # the probability of none where nobody has said anything
_NEAR = 26  # characters between a title's state and its holder: "Russian President Vladimir Putin"


@dataclass(slots=True)
class Pair:
    """A holder and a target in one sentence, with what each judge says of them."""

    sentence: Sentence
    holder: str
    target: Place
    source: Place | None = None  # where the holder stands in the sentence; None for one outside
    rule: tuple[float, float, float] | None = None  # favor, against, none
    words: str = ""
    cue: tuple[int, int] | None = None
    model: tuple[float, float, float] | None = None


def find_stances(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    quotes: pd.DataFrame,
    registry_actors: pd.DataFrame,
    issues: pd.DataFrame,
    *,
    encoder: Any = None,
) -> pd.DataFrame:
    """Give the `stances` table of the articles.

    Needs article_id and text in ``articles``; the `sentences`, `mentions` and `quotes` tables; the
    registry's ``actors`` and ``issues``. ``start:end`` is the target's span, ``cue_start:cue_end``
    that of the words that decided, where the grammar did. Without an encoder what the grammar
    leaves open is none ("undecided").
    """
    names = dict(zip(registry_actors["actor_id"], registry_actors["name"], strict=True))
    states = dict(
        zip(registry_actors["actor_id"], registry_actors["state"].fillna(""), strict=True)
    )
    found: list[Pair] = []
    for sentence in pages(articles, sentences, mentions, quotes, issues):
        found += judged(sentence, states)
    if encoder is not None:
        _ask(encoder, found, names)
    frame = pd.DataFrame([_row(pair) for pair in found]) if found else tables.empty(tables.STANCES)
    return tables.conform(frame, tables.STANCES)


def judged(sentence: Sentence, states: dict[str, str]) -> list[Pair]:
    """Every pair of a sentence, with what the grammar says of it."""
    pairs = {(pair.holder, pair.target.name): pair for pair in candidates(sentence, states)}
    tokens = tokens_of(
        sentence.text,
        sentence.start,
        sentence.end,
        sentence.parties,
        sentence.topics,
        sentence.speeches,
    )
    claims: dict[tuple[str, str], list[Claim]] = {}
    for claim in stance_grammar.read(tokens):
        claims.setdefault((claim.holder, claim.target.name), []).append(claim)
    for key, said in claims.items():
        first = said[0].target
        place = Place(first.name, first.kind, *first.span)
        _rule(pairs.setdefault(key, Pair(sentence, key[0], place)), said)
    return list(pairs.values())


def candidates(sentence: Sentence, states: dict[str, str]) -> Iterator[Pair]:
    """The pairs to be judged: two actors, an actor and an issue, a speaker and who or what is in
    their words. Nobody outside a direct quotation holds anything on what is inside it."""
    places = sentence.places()
    actors = [p for p in places if p.kind == "actor"]
    for target in places:
        speech = sentence.speech(target.start)
        for holder in actors:
            if holder.name == target.name or _title(holder, target, states):
                continue
            own = speech is not None and speech.actor_id == holder.name
            if sentence.speech(holder.start) is speech or own:
                yield Pair(sentence, holder.name, target, holder)
        if speech and speech.actor_id and speech.actor_id != target.name:
            if all(holder.name != speech.actor_id for holder in actors):
                yield Pair(sentence, speech.actor_id, target)


def _title(one: Place, other: Place, states: dict[str, str]) -> bool:
    """Whether one names the office of the other: "Russian President Vladimir Putin"."""
    apart = max(one.start - other.end, other.start - one.end)
    kin = states.get(one.name) == other.name or states.get(other.name) == one.name
    return kin and apart <= _NEAR


def _rule(pair: Pair, said: list[Claim]) -> None:
    """Join the grammar's claims on one pair; two that contradict each other leave it none."""
    best = {sign: max((c.position.sure for c in said if c.position.sign == sign), default=0.0)
            for sign in (1, -1, 0)}  # fmt: skip
    sign = 1 if best[1] >= best[-1] else -1
    clear = abs(best[1] - best[-1]) > 0.1 and best[sign] > 0
    sign = sign if clear else 0
    sure = min(0.97, max(best[sign], 0.5))
    left = 1 - sure
    share = (
        {sign: sure, 0: left * 0.8, -sign: left * 0.2}
        if sign
        else {0: sure, 1: left / 2, -1: left / 2}
    )
    pair.rule = (share[1], share[-1], share[0])
    claim = max(
        (c for c in said if c.position.sign == sign), key=lambda c: c.position.sure, default=said[0]
    )
    pair.words, pair.cue = "+".join(claim.position.words), claim.cue
    pair.target = Place(pair.target.name, pair.target.kind, *claim.target.span)


@dataclass(slots=True)
class _Questions:
    """What the encoder is asked, and for which pairs the answer holds."""

    texts: list[str] = field(default_factory=list)
    holders: list[tuple[int, int]] = field(default_factory=list)
    targets: list[tuple[int, int]] = field(default_factory=list)

    def add(self, text: str, holder: tuple[int, int], target: tuple[int, int]) -> None:
        self.texts.append(text)
        self.holders.append(holder)
        self.targets.append(target)


def question(pair: Pair, names: dict[str, str]) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The sentence with the spans of holder and target; a speaker outside it is put before it."""
    sentence = pair.sentence
    low, high = sentence.start, sentence.end
    lead = ""
    if pair.source is None:
        speech = sentence.speech(pair.target.start)
        if speech:
            low, high = max(low, speech.start), min(high, speech.end)
        lead = f"{names.get(pair.holder, pair.holder)} said: "
    shift = len(lead) - low
    target = (pair.target.start + shift, pair.target.end + shift)
    holder = (0, len(lead) - 7) if lead else (pair.source.start + shift, pair.source.end + shift)  # type: ignore[union-attr]
    return lead + sentence.text[low:high], holder, target


def _ask(encoder: Any, pairs: Iterable[Pair], names: dict[str, str]) -> None:
    """Ask the encoder for every pair at once."""
    asked = list(pairs)
    questions = _Questions()
    for pair in asked:
        questions.add(*question(pair, names))
    if not asked:
        return
    answers = encoder.pairs(questions.texts, questions.holders, questions.targets).toward()
    for pair, answer in zip(asked, answers, strict=True):
        pair.model = tuple(float(value) for value in answer)  # type: ignore[assignment]


def decide(pair: Pair) -> tuple[str, float, str]:
    """The stance of a pair, its probability, and how it was decided."""
    if pair.rule and pair.model:
        joined = [
            r**RULE_WEIGHT * m**MODEL_WEIGHT for r, m in zip(pair.rule, pair.model, strict=True)
        ]
        shares = [value / math.fsum(joined) for value in joined]
    elif pair.rule:
        shares = list(pair.rule)
    elif pair.model:
        return _by_model(pair)
    else:
        return "none", _UNDECIDED, "undecided"
    best = max(range(3), key=shares.__getitem__)
    ruled = max(range(3), key=pair.rule.__getitem__)
    return terms.STANCES[best], shares[best], f"rule:{pair.words}" if best == ruled else "model"


def _by_model(pair: Pair) -> tuple[str, float, str]:
    assert pair.model is not None
    least = ACTOR_LEAST if pair.target.kind == "actor" else ISSUE_LEAST
    best = 0 if pair.model[0] >= pair.model[1] else 1
    if pair.model[best] < least:
        return "none", 1 - pair.model[best], "model"
    return terms.STANCES[best], pair.model[best], "model"


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

"""The one learned reader: mentions, attributions, valence, sentiment, stance and event.

    encoder = load_encoder()
    encoder.read(["Ann Lee praised Oslo."])               -> mentions, attributions, valence
    encoder.sentiment(sentences, targets)                 -> negative, neutral, positive
    encoder.pairs(sentences, holders, targets)            -> stance and event from one to the other

Everything runs on onnxruntime; see ``data/models/encoder/CARD.md`` for how well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from parley.annotate.encoder import labels
from parley.annotate.encoder.batches import Lower, around, tag_scores
from parley.annotate.encoder.decode import decode
from parley.annotate.encoder.files import ModelFolder, open_folder
from parley.annotate.encoder.text import Pieces

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A span of a text, ``text[start:end]``, of a kind, with the model's probability for it."""

    start: int
    end: int
    kind: str
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder finds in one text.

    ``mentions`` have kinds person, organisation, location, norp (a nationality, or a religious or
    political group), facility, other; ``attributions`` have kinds source, cue, content;
    ``valence`` is how it sounds, from -1 to 1.
    """

    mentions: tuple[Found, ...] = ()
    attributions: tuple[Found, ...] = ()
    valence: float = 0.0


@dataclass(frozen=True, eq=False)
class Pairs:
    """Probabilities for pairs (p, q): a row each, columns as in ``stances`` and ``events``.

    ``favor`` and ``against`` are what p feels toward q; for q toward p ask for the pair (q, p).
    """

    stance: np.ndarray
    event: np.ndarray
    stances: tuple[str, ...] = labels.STANCES
    events: tuple[str, ...] = labels.EVENTS

    def toward(self) -> np.ndarray:
        """p's stance toward q: columns favor, against, none."""
        column = {name: self.stance[:, i] for i, name in enumerate(self.stances)}
        favor, against = column["p likes q"], column["p against q"]
        return np.stack([favor, against, 1 - favor - against], axis=1)


class Encoder:
    """A loaded model. The same text gives the same answer, whatever was asked before."""

    def __init__(self, model: ModelFolder) -> None:
        self._model = model
        self._lower = Lower(model)

    @property
    def version(self) -> str:
        """The first letters of the weights' digest: by which tables and reports name the model."""
        return str(self._model.facts["sha256"])[:12]

    @property
    def facts(self) -> dict:
        """What the labels file says: base, data, date, temperatures."""
        return dict(self._model.facts)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Mentions, attributions and valence of each text, in the texts' order.

        A text may be a sentence or a paragraph; what is longer than a window is read in
        overlapping windows. A text that occurs twice is read once. What is asked of these
        texts before others are read costs less: their lower layers are kept.
        """
        unique = list(dict.fromkeys(texts))
        self._lower.keep(unique)
        whole = self._lower.pieces(unique)
        scored = tag_scores(self._lower, whole)
        mentions = self._spans(whole, [s[0] for s in scored], "mentions")
        attributions = self._spans(whole, [s[1] for s in scored], "attributions")
        valences = [_valence(s[2]) if len(p.heads) else 0.0
                    for s, p in zip(scored, whole, strict=True)]  # fmt: skip
        made = map(Reading, mentions, attributions, valences)
        readings = dict(zip(unique, made, strict=True))
        return [readings[text] for text in texts]

    def sentiment(
        self, texts: Sequence[str], targets: Sequence[Span | None], *, picked: bool = False
    ) -> np.ndarray:
        """Each text's sentiment toward its target: columns negative, neutral, positive.

        A target is a span of characters; None asks for the same without any target (the model
        then says how the sentence sounds toward whoever is in it). In running news most targets
        are neutral; ``picked`` says that the texts were picked because they feel something, as
        those of NewsMTSC were.
        """
        marks = [{"target": span} for span in targets]
        return self._judged(texts, marks, ("picked" if picked else "sentiment",))[0]

    def pairs(
        self,
        texts: Sequence[str],
        p: Sequence[Span | None],
        q: Sequence[Span | None],
        *,
        sure: float = 1.0,
    ) -> Pairs:
        """Stance and event between two spans of each text; None is an actor that is not named.

        Every pair is asked both ways round and the mirrored stances are averaged, so that (q, p)
        says of the two what (p, q) says. Asking for both directions in one call costs no more.
        A pair whose first answer is nothing, stance and event alike, with a probability above
        ``sure`` is not asked the other way round: its answer is that nothing, mirrored.
        """
        asked = list(zip(texts, p, q, strict=True))
        ahead = [(text, *sorted(spans, key=lambda s: s or (-1, -1))) for text, *spans in asked]
        stance, event = self._pairs(ahead)
        nothing = (stance[:, 0] > sure) & (event[:, -1] > sure)
        doubt = np.flatnonzero(~nothing)
        back, back_event = self._pairs([(ahead[i][0], ahead[i][2], ahead[i][1]) for i in doubt])
        stance[doubt] = (stance[doubt] + back[:, labels.MIRROR]) / 2
        event_back = event.copy()
        event_back[doubt] = back_event
        turned = np.array([one != other for one, other in zip(asked, ahead, strict=True)], bool)
        stance[turned] = stance[turned][:, labels.MIRROR]
        event[turned] = event_back[turned]
        return Pairs(stance, event)

    def _pairs(self, asked: list[tuple]) -> list[np.ndarray]:
        marks = [{"p": first, "q": second} for _, first, second in asked]
        return self._judged([text for text, *_ in asked], marks, ("stance", "event"))

    def _spans(
        self, whole: list[Pieces], scores: list[np.ndarray], head: str
    ) -> list[tuple[Found, ...]]:
        chain, temperature = self._model.chains[head], self._model.temperature(head)
        return [
            tuple(Found(int(pieces.units[a, 0]), int(pieces.units[b - 1, 1]), kind, probability)
                  for a, b, kind, probability in found)
            for pieces, found in zip(
                whole, decode(scores, chain, temperature=temperature), strict=True)
        ]  # fmt: skip

    def _judged(self, texts: Sequence[str], marks: list[dict], heads: tuple) -> list[np.ndarray]:
        """Probabilities of the heads for each text with its marks; the same once."""
        asked = [(text, tuple(mark.items())) for text, mark in zip(texts, marks, strict=True)]
        unique = list(dict.fromkeys(asked))
        whole = self._lower.pieces([text for text, _ in unique])
        fitted = [around(p, [s for _, s in mark])
                  for p, (_, mark) in zip(whole, unique, strict=True)]  # fmt: skip
        roles = [p.roles({r: s for r, s in mark if s})
                 for p, (_, mark) in zip(fitted, unique, strict=True)]  # fmt: skip
        answers = self._marked(fitted, roles, heads)
        places = {key: at for at, key in enumerate(unique)}
        order = [places[key] for key in asked]
        return [answer[order] for answer in answers]

    def _marked(self, fitted: list[Pieces], roles: list[np.ndarray], heads: tuple) -> list:
        """The lower layers once for each stretch of text, the marked layers once for each mark."""
        out = [np.zeros((len(fitted), getattr(labels.Heads, head))) for head in heads]
        for batch, states in self._lower.states(fitted):
            feed = {"below": states, "roles": np.stack([roles[at] for at in batch])}
            found = self._model.run("marked", feed, heads)
            for answer, head, scores in zip(out, heads, found, strict=True):
                answer[batch] = _softmax(scores / self._model.temperature(head))
        return out


@cache
def load_encoder(path: str | Path | None = None, *, threads: int | None = None) -> Encoder:
    """The shipped model, or that in ``path``; loaded once a process.

    Raises ParleyError, with the cure, where the folder is missing or of another version.
    """
    return Encoder(open_folder(path, threads=threads))


def _valence(score: np.ndarray | float) -> float:
    return float(np.clip(float(score) * labels.VALENCE_SCALE / 2, -1, 1))


def _softmax(scores: np.ndarray) -> np.ndarray:
    top = np.exp(scores - scores.max(axis=1, keepdims=True))
    return top / top.sum(axis=1, keepdims=True)

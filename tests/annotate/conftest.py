"""A page made of a few lines, each line one sentence, and whom `mentions_of` finds on it."""

import re

import pandas as pd
from parley.annotate.mentions import RESOLVED, mentions_of
from parley.annotate.mentions.page import Page
from parley.annotate.registry import load_registry

REGISTRY = load_registry()


def frames(text: str, *, day: str | None = None, article_id: str = "a"):
    """The articles and sentences tables of one article."""
    spans = [match.span() for match in re.finditer(r"[^\n]+", text)]
    sentences = pd.DataFrame(
        [(article_id, n, start, end, "body") for n, (start, end) in enumerate(spans)],
        columns=["article_id", "sentence", "start", "end", "part"],
    )
    published = pd.Timestamp(day, tz="UTC") if day else pd.NaT
    return pd.DataFrame(
        {"article_id": [article_id], "text": [text], "published": [published]}
    ), sentences


def page(text: str, day: str | None = "2022-01-14", *, registry=REGISTRY) -> Page:
    """The page of a text."""
    _, sentences = frames(text)
    return Page.of(text, sentences, day, registry)


def found(text: str, day: str | None = "2022-01-14", *, registry=REGISTRY, pronouns: bool = False):
    """(surface, actor) of every mention; those of coreference only with ``pronouns``."""
    made = page(text, day, registry=registry)
    return [
        (text[slice(*made.span(one))], one.actor_id if one.probability >= RESOLVED else None)
        for one in mentions_of(made)
        if pronouns or "refers" not in one.why
    ]

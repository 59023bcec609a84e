"""A made-up corpus whose truth is known, as large and as clustered as a test asks for."""

import numpy as np
import pandas as pd
import pytest

ACTORS = pd.DataFrame(
    [
        ("nato", "NATO", "organisation", None, None, "international"),
        ("eu", "European Union", "bloc", None, None, "international"),
        ("russia", "Russia", "state", "russia", "csto", "executive"),
        ("poland", "Poland", "state", "poland", "nato@1999-03-12/|eu@2004-05-01/", "executive"),
        ("finland", "Finland", "state", "finland", "nato@2023-04-04/|eu@1995-01-01/", "executive"),
        ("uk", "United Kingdom", "state", "uk", "nato|eu@1973-01-01/2020-01-31", "executive"),
        ("sergey-lavrov", "Sergey Lavrov", "person", "russia", None, "executive"),
        ("zbigniew-rau", "Zbigniew Rau", "person", "poland", None, "executive"),
        ("russian-mfa", "Russian Foreign Ministry", "body", "russia", None, "executive"),
        ("csto", "CSTO", "organisation", None, None, "international"),
    ],
    columns=["actor_id", "name", "kind", "state", "blocs", "sector"],
)


def corpus(seed=0, *, stories=60, copies=2.0, actors=("nato", "russia", "poland"), outlets=3):
    """Articles, sentences and mentions in which copies of a story resemble one another."""
    random = np.random.default_rng(seed)
    article_rows, sentence_rows, mention_rows = [], [], []
    for story in range(stories):
        rates = random.gamma(1.0, 1.5, len(actors))
        tone = random.normal(0, 0.3)
        day = pd.Timestamp("2022-01-03", tz="UTC") + pd.Timedelta(days=int(random.integers(28)))
        for copy in range(1 + random.poisson(copies)):
            article = f"{seed}-{story:03d}-{copy}"
            words = int(random.integers(150, 400))
            outlet = f"Outlet {random.integers(outlets)}"
            published = day + pd.Timedelta(hours=copy)
            article_rows.append((article, outlet, published, words, f"s{story:03d}", copy == 0))
            at = 0
            for sentence in range(5):
                valence = float(np.clip(tone + random.normal(0, 0.2), -1, 1))
                sentence_rows.append((article, sentence, at, at + 90, "body", valence, valence))
                for actor, rate in zip(actors, rates, strict=True):
                    for _ in range(random.poisson(rate / 5)):
                        at += 10
                        mention_rows.append((article, sentence, at, at + 4, actor))
                at += 100
    articles = pd.DataFrame(
        article_rows,
        columns=["article_id", "outlet", "published", "n_words", "story_id", "is_first"],
    )
    sentences = pd.DataFrame(
        sentence_rows,
        columns=["article_id", "sentence", "start", "end", "part", "valence", "vader"],
    )
    mentions = pd.DataFrame(
        mention_rows, columns=["article_id", "sentence", "start", "end", "actor_id"]
    )
    mentions = mentions.assign(
        form="name", voice="outlet", positive=0.2, neutral=0.5, negative=0.3, probability=0.9
    )
    return articles, sentences, mentions


@pytest.fixture
def actors():
    return ACTORS.copy()


@pytest.fixture
def made():
    return corpus()


@pytest.fixture
def make():
    return corpus

"""A made-up corpus whose truth is known, as large and as clustered as a test asks for."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

# a loaded machine is no failure
settings.register_profile("unhurried")
settings.load_profile("unhurried")

ACTORS = pd.DataFrame(
    [
        ("nato", "NATO", "organisation", None, None, "international"),
        ("eu", "European Union", "bloc", None, None, "international"),
        ("russia", "Russia", "state", "russia", "csto", "executive"),
        ("poland", "Poland", "state", "poland", "nato@1999-03-12/|eu@2004-05-01/", "executive"),
        ("finland", "Finland", "state", "finland", "nato@2023-04-04/|eu@1995-01-01/", "executive"),
        ("uk", "United Kingdom", "state", "uk", "nato|eu@1973-01-01/2020-02-01", "executive"),
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


def stances(articles, seed=0, *, rows=300, favor=0.3, against=0.5):
    """Positions of three holders on an actor and an issue."""
    random = np.random.default_rng(seed)
    articles = articles.sort_values("article_id")
    article = random.choice(articles["article_id"].to_numpy(), rows)
    target = random.choice(["nato", "sanctions"], rows)
    return pd.DataFrame(
        {
            "article_id": article,
            "sentence": 0,
            "start": np.arange(rows),
            "end": np.arange(rows) + 9,
            "holder_id": random.choice(["russia", "sergey-lavrov", "poland"], rows),
            "target_id": target,
            "target_kind": np.where(target == "nato", "actor", "issue"),
            "stance": random.choice(
                ["favor", "against", "none"], rows, p=[favor, against, 1 - favor - against]
            ),
            "probability": 0.8,
            "voice": random.choice(["outlet", "1"], rows),
        }
    )


def quotes(articles, seed=0, *, rows=300):
    """Quotations by known, unnamed and unknown speakers; articles get a text."""
    random = np.random.default_rng(seed)
    articles = articles.assign(text="one two three four five " * 50)
    start = random.integers(0, 900, rows)
    source = random.choice(["named official", "unnamed official", "expert", None], rows)
    actor = random.choice(["sergey-lavrov", "zbigniew-rau", "nato", None], rows)
    return articles, pd.DataFrame(
        {
            "article_id": random.choice(np.sort(articles["article_id"].to_numpy()), rows),
            "quote": np.arange(rows),
            "start": start,
            "end": start + random.integers(5, 200, rows),
            "kind": random.choice(["direct", "indirect"], rows),
            "cue_class": random.choice(["neutral", "distancing", None], rows, p=[0.6, 0.3, 0.1]),
            "speaker_start": pd.array(random.choice([3, None], rows), dtype="Int64"),
            "actor_id": actor,
            "source_class": source,
        }
    )


def events(articles, seed=0, *, rows=200):
    """Events between two states, most of them words."""
    from parley.terms import EVENTS

    random = np.random.default_rng(seed)
    code = random.choice(list(EVENTS), rows)
    source = random.choice(["russia", "poland"], rows)
    return pd.DataFrame(
        {
            "article_id": random.choice(np.sort(articles["article_id"].to_numpy()), rows),
            "sentence": 0,
            "start": np.arange(rows),
            "end": np.arange(rows) + 5,
            "source_id": source,
            "target_id": np.where(source == "russia", "zbigniew-rau", "russia"),
            "event": code,
            "quad": [EVENTS[one] for one in code],
        }
    )


def texts(seed=0, *, articles=40, words=200, extra=None):
    """Articles of random words with Zipf's frequencies; ``extra`` words are added to each."""
    random = np.random.default_rng(seed)
    vocabulary = np.array(["".join(chr(97 + int(d)) for d in str(i)) for i in range(100, 400)])
    weight = 1 / np.arange(1, 301)
    day = pd.Timestamp("2022-01-03", tz="UTC")
    rows = []
    for number in range(articles):
        drawn = list(random.choice(vocabulary, words, p=weight / weight.sum()))
        text = " ".join(drawn + list(extra(random, number) if extra else [])) + "."
        rows.append((f"{seed}-{number:03d}", text, day + pd.Timedelta(days=number % 14)))
    frame = pd.DataFrame(rows, columns=["article_id", "text", "published"])
    return frame.assign(
        outlet="X", story_id="s" + frame["article_id"], is_first=True, n_words=words
    )

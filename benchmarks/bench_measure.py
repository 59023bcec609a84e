"""How long the measures take on a large corpus, and how much memory, beside a plain pandas loop.

    python benchmarks/bench_measure.py [--mentions 1000000] [--resamples 1000]

The corpus is made up: articles of copied stories, actors with Zipf's frequencies. The peer is the
bootstrap as one would write it first: draw stories, weigh the rows, group and sum, again and again.
Only some of its draws are run, and its time is scaled up; its figures must be ours. Seconds are of
the processor (other work on the machine does not count) and of the clock; libraries are loaded
before the first measure, and what that takes is said.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sized

import numpy as np
import pandas as pd
from parley import measure

PEER_DRAWS = 5
LIMIT_SECONDS, LIMIT_MEMORY = 10.0, 2.0


def made(mentions: int, seed: int = 0) -> dict[str, pd.DataFrame]:
    """Make articles (17 mentions each), sentences, mentions, stances and 500 actors."""
    random = np.random.default_rng(seed)
    size, people = max(mentions // 17, 10), 500
    articles = pd.DataFrame(
        {
            "article_id": pd.array([f"{n:016x}" for n in random.permutation(size)], "string"),
            "outlet": random.choice([f"Outlet {n}" for n in range(10)], size),
            "published": pd.Timestamp("2022-01-01", tz="UTC")
            + pd.to_timedelta(random.integers(0, 90, size), "D"),
            "story_id": [f"s{n}" for n in random.integers(0, size, size)],
            "n_words": random.integers(100, 900, size),
        }
    )
    articles["is_first"] = ~articles.duplicated("story_id")
    ids = np.array([f"actor-{n:03d}" for n in range(people)])
    weight = 1 / np.arange(1, people + 1)
    article = random.integers(0, size, mentions)
    rows = pd.DataFrame(
        {
            "article_id": articles["article_id"].array[article],
            "sentence": random.integers(0, 20, mentions),
            "start": random.integers(0, 5000, mentions),
            "actor_id": pd.array(random.choice(ids, mentions, p=weight / weight.sum()), "string"),
            "form": "name",
            "voice": "outlet",
            "positive": random.random(mentions),
            "negative": random.random(mentions),
        }
    )
    rows.loc[random.random(mentions) < 0.1, "actor_id"] = pd.NA
    sentences = pd.DataFrame(
        {
            "article_id": articles["article_id"].array[np.repeat(np.arange(size), 20)],
            "sentence": np.tile(np.arange(20), size),
            "valence": random.normal(0, 0.2, 20 * size).clip(-1, 1),
        }
    )
    held = rows[rows["actor_id"].notna()].head(mentions // 5)
    stances = held[["article_id", "sentence", "start", "voice"]].assign(
        holder_id=random.choice(ids[:40], len(held)),
        target_id=random.choice(ids[:40], len(held)),
        target_kind="actor",
        stance=random.choice(["favor", "against", "none"], len(held)),
    )
    actors = pd.DataFrame({"actor_id": ids, "name": ids, "kind": "state", "state": ids})
    actors["blocs"] = "nato|eu@/2022-02-01"
    tables = {"articles": articles, "mentions": rows, "sentences": sentences}
    return {**tables, "stances": stances, "actors": actors}


def tasks(made: dict[str, pd.DataFrame], options: dict) -> dict[str, Callable[[], pd.DataFrame]]:
    """Name every measure that is timed."""
    m, a, who = made["mentions"], made["articles"], made["actors"]
    every = {**options, "copies": True}
    return {
        "mention_share": lambda: measure.mention_share(m, a, who, **every),
        "mention_share, one a story": lambda: measure.mention_share(m, a, who, **options),
        "mention_share by outlet": lambda: measure.mention_share(m, a, who, by="outlet", **every),
        "mention_share by week, top 20": lambda: measure.mention_share(
            m, a, who, by="week", top=20, **every
        ),
        "mention_share, blocs": lambda: measure.mention_share(m, a, who, level="bloc", **every),
        "mention_difference, top 50": lambda: measure.mention_difference(
            m, a, who, top=50, **every
        ),
        "tone by outlet": lambda: measure.tone(m, made["sentences"], a, who, by="outlet", **every),
        "sentiment by outlet": lambda: measure.tone(
            m, made["sentences"], a, who, by="outlet", measure="sentiment", **every
        ),
        "dispersion, top 50": lambda: measure.dispersion(m, a, who, top=50, **every),
        "co_mentions, top 50": lambda: measure.co_mentions(m, a, who, **every),
        "change_points, top 10": lambda: measure.change_points(m, a, who, **every),
        "stance_matrix": lambda: measure.stance_matrix(made["stances"], a, who, **every),
    }


def plain_loop(made: dict[str, pd.DataFrame], draws: int, seed: int = 0) -> np.ndarray:
    """Bootstrap mentions per 1,000 words by outlet and actor with groupby, draw by draw."""
    rows = made["mentions"].dropna(subset="actor_id")
    rows = rows.merge(made["articles"], on="article_id")
    stories = np.sort(made["articles"]["story_id"].unique())
    random = np.random.default_rng(seed)
    figures = []
    for _ in range(draws):
        drawn = random.integers(len(stories), size=len(stories))
        times = pd.Series(np.bincount(drawn, minlength=len(stories)), stories)
        weight = rows["story_id"].map(times)
        words = made["articles"]["n_words"] * made["articles"]["story_id"].map(times)
        below = words.groupby(made["articles"]["outlet"]).sum()
        above = weight.groupby([rows["outlet"], rows["actor_id"]]).sum().unstack(fill_value=0)
        figures.append(1000 * above.div(below, axis=0))
    return np.stack(figures)


def checked(made: dict[str, pd.DataFrame]) -> float:
    """Give the largest difference between the peer's replicates and ours, over the same draws."""
    from parley.measure.bootstrap import Draws
    from parley.measure.share import mention_tally

    tally, _ = mention_tally(
        made["mentions"], made["articles"], made["actors"], by="outlet", copies=True
    )
    ours = tally.ratio.replicates(Draws(tally.ground.stories, 2))
    theirs = plain_loop(made, 2).reshape(2, -1).T
    return float(np.abs(ours - theirs).max())


def timed(task: Callable[[], Sized]) -> tuple[int, float, float]:
    """Give how many rows a task made, and its seconds of the processor and of the clock."""
    start = time.process_time(), time.perf_counter()
    rows = len(task())
    return rows, time.process_time() - start[0], time.perf_counter() - start[1]


def memory() -> float:
    """Give the most memory held so far, in GB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e9 if sys.platform == "darwin" else 1e6)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--resamples", type=int, default=1000)
    asked = parser.parse_args()
    tables = made(asked.mentions)
    print(f"{asked.mentions:,} mentions, {len(tables['articles']):,} articles, ", end="")
    small = tasks(made(500), {"resamples": 10}).values()
    loading = timed(lambda: [task() for task in small])[1]
    print(
        f"{asked.resamples:,} resamples; {memory():.2f} GB and {loading:.1f} s before the first\n"
    )
    print(f"{'measure':32}{'rows':>8}{'processor':>11}{'clock':>8}{'GB at most':>12}")
    seconds = {}
    for name, task in tasks(tables, {"resamples": asked.resamples}).items():
        rows, seconds[name], clock = timed(task)
        print(f"{name:32}{rows:8,}{seconds[name]:11.2f}{clock:8.2f}{memory():12.2f}", flush=True)
    peak = memory()
    peer = timed(lambda: plain_loop(tables, PEER_DRAWS))[1] * asked.resamples / PEER_DRAWS
    ours = seconds["mention_share by outlet"]
    print(f"\nplain pandas loop, by outlet: {peer:.0f} s ({PEER_DRAWS} draws, scaled up): ", end="")
    print(f"{peer / ours:.0f} times ours; largest difference {checked(tables):.1e}")
    slow = [name for name, took in seconds.items() if took > LIMIT_SECONDS]
    print(f"limits of {LIMIT_SECONDS:.0f} s and {LIMIT_MEMORY:.0f} GB: ", end="")
    print("kept" if not slow and peak < LIMIT_MEMORY else f"missed: {slow}, {peak:.2f} GB")


if __name__ == "__main__":
    main()

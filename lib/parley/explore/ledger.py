"""The sentences behind a number: from evidence keys to text, outlet, date and the marked span."""

import itertools
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import pandas as pd

from parley.corpus import Study

COLUMNS = ["label", "text", "outlet", "published", "title", "url", "article_id", "start",
           "mark_start", "mark_end"]  # fmt: skip
_LONGEST = 600  # characters shown of a quotation that runs over many sentences
_TABLES = ("mentions", "quotes", "stances", "events")


def sentences_behind(
    study: Study,
    frame: pd.DataFrame,
    *,
    n: int = 5,
    label: str | None = "name",
    rows: int | None = None,
    of: str = "mentions",
) -> pd.DataFrame:
    """Give ``n`` sentences behind the first ``rows`` rows of a measure, a first of each row first.

    Needs ``evidence`` (tuples of "ARTICLE_ID:START") and, where it is named, the column ``label``.
    Gives label, text, outlet, published, title, url, article_id, start, mark_start, mark_end: the
    last two mark the mention or quotation within ``text``, in characters. No sentence comes twice.
    ``of`` is the table that the keys are of: a quotation may begin where a mention does. A key that
    is not in it is looked up in the others.
    """
    head = frame if rows is None else frame.head(rows)
    found: dict[tuple[str, int], dict] = {}
    found_by = finder(study)
    for name, key in _in_turns(head, label):
        row = found_by.find(name, key, of)
        if row is not None:
            found.setdefault((row["article_id"], row["start"]), row)
        if len(found) >= n:
            break
    return pd.DataFrame(list(found.values()), columns=COLUMNS)


def _in_turns(frame: pd.DataFrame, label: str | None) -> Iterator[tuple[str, str]]:
    """One key of every row, then a second of every row, and so on."""
    names = frame[label].astype(str) if label and label in frame.columns else [""] * len(frame)
    pairs = [[(name, key) for key in keys] for name, keys in zip(names, frame.get("evidence", ()),
                                                                 strict=False)]  # fmt: skip
    for turn in itertools.zip_longest(*pairs):
        yield from (pair for pair in turn if pair is not None)


_finders: WeakKeyDictionary[Study, "_Finder"] = WeakKeyDictionary()


def finder(study: Study) -> "_Finder":
    """The study's own finder, made once: a click on a figure must not index every table again."""
    if study not in _finders:
        _finders[study] = _Finder(study)
    return _finders[study]


def _ends(spans: pd.DataFrame) -> dict[tuple[str, int], int]:
    """Where each span of a table ends, by article and start: the first, where two start alike."""
    first = spans.drop_duplicates(["article_id", "start"])
    return {
        (article_id, int(start)): int(end)
        for article_id, start, end in zip(
            first["article_id"], first["start"], first["end"], strict=True
        )
    }


class _Finder:
    """Looks evidence keys up in a study's tables, each table indexed once."""

    def __init__(self, study: Study) -> None:
        self.articles = study.articles.set_index("article_id")
        self.sentences = dict(iter(study.sentences.groupby("article_id")))
        self.ends = {name: _ends(getattr(study, name)) for name in _TABLES}

    def find(self, name: str, key: str, of: str) -> dict | None:
        article_id, _, at = str(key).rpartition(":")
        if article_id not in self.articles.index:
            return None  # the number comes from another window than this study's
        article = self.articles.loc[article_id]
        start = int(at)
        end = self._end(article_id, start, of)
        low, high = self._bounds(article_id, start, end, len(article["text"]))
        return {
            "label": name,
            "text": article["text"][low:high],
            **{column: article[column] for column in ("outlet", "published", "title", "url")},
            "article_id": article_id,
            "start": low,
            "mark_start": start - low,
            "mark_end": min(end, high) - low,
        }

    def _end(self, article_id: str, start: int, of: str) -> int:
        for table in (of, *_TABLES):
            if (article_id, start) in self.ends[table]:
                return self.ends[table][article_id, start]
        return start

    def _bounds(self, article_id: str, start: int, end: int, length: int) -> tuple[int, int]:
        """From where the sentence begins to where the last one that the span touches ends."""
        rows = self.sentences.get(article_id)
        if rows is None:
            return start, min(max(end, start + 200), length)
        touched = rows[(rows["end"] > start) & (rows["start"] < max(end, start + 1))]
        if touched.empty:
            return start, max(end, start)
        low = int(touched["start"].min())
        return low, min(int(touched["end"].max()), max(low + _LONGEST, int(touched["end"].iloc[0])))


def strongest(study: Study, frame: pd.DataFrame, sentiment: str, *, n: int = 5) -> pd.DataFrame:
    """Give the ``n`` sentences in which the actors of the frame are treated so most plainly.

    Needs ``actor_id`` and ``name``; ``sentiment`` is negative, neutral or positive. One sentence of
    each story at the most, so that a text that was copied is not shown five times. Gives the
    columns of ``sentences_behind``.
    """
    rows = study.mentions[study.mentions["actor_id"].isin(frame["actor_id"])]
    rows = rows.dropna(subset=[sentiment]).sort_values(
        [sentiment, "article_id", "start"], ascending=[False, True, True]
    )
    story = study.articles.set_index("article_id")["story_id"]
    rows = rows[~rows["article_id"].map(story).duplicated()].head(n)
    names = frame.set_index("actor_id")["name"]
    keys = rows["article_id"] + ":" + rows["start"].astype(str)
    behind = pd.DataFrame({"name": rows["actor_id"].map(names), "evidence": [(k,) for k in keys]})
    return sentences_behind(study, behind, n=n)


def some_sentences(study: Study, *, n: int = 5, seed: int = 0) -> pd.DataFrame:
    """Give ``n`` sentences of the body, drawn by lot, each of another story where that can be."""
    body = study.sentences[study.sentences["part"] == "body"]
    drawn = body.sample(frac=1, random_state=seed)
    story = study.articles.set_index("article_id")["story_id"]
    drawn = drawn.assign(again=drawn["article_id"].map(story).duplicated())
    drawn = drawn.sort_values("again", kind="stable").head(n)
    keys = drawn["article_id"] + ":" + drawn["start"].astype(str)
    return sentences_behind(
        study, pd.DataFrame({"evidence": [(key,) for key in keys]}), n=n
    ).assign(mark_start=None, mark_end=None)


def copied_stories(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the stories that more than one article tells, those told most often first.

    Needs story_id, outlet, title, published. Gives title (of the first), first, articles, outlets.
    """
    told = articles.sort_values("published", kind="stable").groupby("story_id", sort=False)
    stories = told.agg(
        title=("title", "first"),
        first=("published", "min"),
        articles=("article_id", "size"),
        outlets=("outlet", "nunique"),
    )
    stories = stories[stories["articles"] > 1].sort_values(
        "articles", ascending=False, kind="stable"
    )
    return stories.reset_index(drop=True)

"""The law of spans, for every test that makes some: ``text[start:end] == span``."""

import pandas as pd


def check_spans(frame: pd.DataFrame, articles: pd.DataFrame, *, surface: str | None = None) -> None:
    """Fail unless every span lies in its article's text (and equals ``surface``).

    Needs article_id, start, end in ``frame`` and article_id, text in ``articles``.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    spoken = frame[surface] if surface else [None] * len(frame)
    for article_id, start, end, expected in zip(
        frame["article_id"], frame["start"], frame["end"], spoken, strict=True
    ):
        span = texts[article_id][start:end]
        wrong = len(span) != end - start or (expected is not None and span != expected)
        assert not wrong, f"article {article_id}: {start}:{end} is {span!r}, not {expected!r}"

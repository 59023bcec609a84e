"""Which words that name an issue say nothing of it."""

import pytest
from parley.annotate.stance.on_issues import doer, names_another
from parley.annotate.stance.tokens import Party, Token, Topic, tokens_of


def read(text: str, issue: str, named: str = "Kenya") -> tuple[list[Token], int, Topic]:
    """The tokens of a sentence with one actor and one issue, and where the issue stands."""
    start = text.index(issue)
    topic = Topic(start, start + len(issue), "military-action")
    at = text.index(named)
    party = Party(at, at + len(named), "kenya", "demonym" if named == "Kenyan" else "name")
    tokens = tokens_of(text, 0, len(text), [party], [topic], [])
    return tokens, next(i for i, t in enumerate(tokens) if t.topics), topic


@pytest.mark.parametrize(
    ("text", "issue", "another"),
    [
        ("Kenya paid the election officials.", "election", True),
        ("Kenya joined the Refugee Arrivals Board.", "Refugee", True),
        ("Kenya backed the sanctions bill.", "sanctions", False),
        ("Kenya backed the sanctions on Monday.", "sanctions", False),
        ("Kenya backed sanctions imposed in May.", "sanctions", False),
    ],
)
def test_an_issue_that_describes_another_noun(text: str, issue: str, another: bool) -> None:
    tokens, _, topic = read(text, issue)
    assert names_another(tokens, topic.end) is another


@pytest.mark.parametrize(
    ("text", "named", "whose"),
    [
        ("Two died in Kenyan airstrikes.", "Kenyan", "kenya"),
        ("Two died in an airstrike by Kenya.", "Kenya", "kenya"),
        ("Two fled from possible Kenyan airstrikes.", "Kenyan", None),
        ("Kenya heard of airstrikes.", "Kenya", None),
    ],
)
def test_whose_deed_an_issue_is(text: str, named: str, whose: str | None) -> None:
    tokens, at, topic = read(text, "airstrike" if "airstrike by" in text else "airstrikes", named)
    assert doer(tokens, at, topic) == whose

"""Where a quotation ends whose closing mark was lost."""

import pytest
from parley.annotate.quotes.lost import end_of_lost


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("We are ready, Ann Lee said. She left.", "We are ready,"),
        ("We are ready, he added, and we wait.", "We are ready,"),
        ("We are ready, but added, ", "We are ready,"),
        ("We are ready. He added that it would rain.", "We are ready."),
        ("We are ready. Ann Lee said so.", "We are ready."),
        ("We are ready. I said so, and we told them.", None),
        ("We are ready. The state of the roads is bad.", None),
        ("We are ready.", None),
    ],
)
def test_the_outlets_own_words_show_it(text, said):
    assert text[: end_of_lost(text, 0, len(text))] == (said or text)

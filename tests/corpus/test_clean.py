"""Clean text: sound Unicode, one space, paragraphs by exactly one blank line."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from parley.corpus.clean import clean, with_title


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("It’s &lsquo;fine&rsquo; — naïve", "It’s ‘fine’ — naïve"),
        ("<p>One <b>two</b>.</p><p>Three.<br>Four.</p>", "One two.\n\nThree.\n\nFour."),
        ("Mojibake waits: Zelenskyâ€™s", "Mojibake waits: Zelenskyâ€™s"),
        ("One  two\tthree\u00a0four", "One two three four"),
        ("A line\r\nwrapped here\r\n\r\nNext one.", "A line wrapped here\n\nNext one."),
        ("First line.\nSecond line.\nThird.", "First line.\n\nSecond line.\n\nThird."),
        ("Head\n\n\n\nBody.", "Head\n\nBody."),
        ("soft\u00adhyphen\u200b and \x07bell", "softhyphen and bell"),
        ("", ""),
    ],
)
def test_what_is_unsound_is_mended(raw, expected):
    assert clean(raw) == expected


@given(st.text(max_size=300))
@example("a\x85b")
@example("Ã\xa0 â€œx\x9d\u2028\u2029x")
@example("\x00a\n\x01\nb&#10;c&nbsp;")
def test_clean_text_is_in_normal_form(raw):
    text = clean(raw)
    assert text == text.strip(" \n")
    assert not re.search(r"\n{3,}|(?<!\n)\n(?!\n)|[\x00-\x08]", text)
    assert all(paragraph == paragraph.strip(" \n") for paragraph in text.split("\n\n"))


def test_a_title_is_the_first_paragraph_and_stands_there_once():
    assert with_title("Body.", "A title") == "A title\n\nBody."
    assert with_title("A Title\n\nBody.", "A title") == "A Title\n\nBody."
    assert with_title("Body.", None) == "Body."

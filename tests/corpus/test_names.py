"""Outlet and date from the names of files and folders."""

from pathlib import PurePath

import pytest
from parley.corpus.names import from_name
from parley.errors import ParleyError


@pytest.mark.parametrize(
    ("path", "pattern", "expected"),
    [
        ("2022-01-12_the-post_talks.txt.gz", None, ("the-post", "2022-01-12")),
        ("The Post/2022-01-12.txt", None, ("The Post", "2022-01-12")),
        ("The Post/20220112 Talks begin.html", None, ("The Post", "20220112")),
        ("talks.txt", None, (None, None)),
        ("in/Post - 2022-01-12 - x.txt", "{outlet} - {date} - {title}", ("Post", "2022-01-12")),
        ("in/Post/x_2022-01-12.txt", "{outlet}/{title}_{date}", ("Post", "2022-01-12")),
    ],
)
def test_a_name_says_outlet_and_date(path, pattern, expected):
    found = from_name(PurePath(path), pattern=pattern)
    assert (found.get("outlet"), found.get("published")) == expected


def test_an_unknown_field_of_a_pattern_is_named():
    with pytest.raises(ParleyError, match=r"\{paper\}"):
        from_name(PurePath("a.txt"), pattern="{paper}_{date}")


def test_a_pattern_without_a_field_could_find_nothing():
    with pytest.raises(ParleyError, match="names no field"):
        from_name(PurePath("a.txt"), pattern="date_outlet")

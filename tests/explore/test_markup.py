"""Text from a corpus as HTML: shown as text, whatever lies across what."""

import html
import re
from html.parser import HTMLParser

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from parley.explore import markup
from parley.explore.markup import Span

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \"quoted\" 'single' & ]]>"


@st.composite
def marked(draw):
    words = draw(st.text(alphabet=st.sampled_from("ab <>&\"'\n\u00e9\u2019"), max_size=40))
    ends = st.integers(0, len(words))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=6))
    return words, [Span(min(p), max(p), f"k{n}", str(n), "", HOSTILE) for n, p in enumerate(pairs)]


@given(marked())
def test_without_its_tags_the_page_is_the_text(made):
    words, spans = made
    assert html.unescape(re.sub(r"<[^>]*>", "", markup.spanned(words, spans))) == words


class Pieces(HTMLParser):
    """The text of a page, piece by piece, each with the classes around it."""

    def __init__(self) -> None:
        super().__init__()
        self.classes: list[set[str]] = []
        self.found: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag, attrs):
        self.classes.append(set((dict(attrs).get("class") or "").split()))

    def handle_endtag(self, tag):
        self.classes.pop()

    def handle_data(self, data):
        self.found.append((data, set().union(*self.classes)))


@given(marked())
def test_every_character_carries_the_spans_that_cover_it(made):
    words, spans = made
    pieces = Pieces()
    pieces.feed(markup.spanned(words, spans))
    pieces.close()
    carried = [classes for data, classes in pieces.found for _ in data]
    assert carried == [
        {s.classes for s in spans if s.start <= at < s.end} for at in range(len(words))
    ]


def test_markup_in_a_sentence_is_shown_as_text():
    row = {"text": HOSTILE, "outlet": HOSTILE, "title": HOSTILE, "published": pd.NaT}
    made = markup.sentences(pd.DataFrame([row]), head=HOSTILE)
    assert "<script" not in made and "<img" not in made


def test_a_table_shows_figures_with_two_places_and_escapes_the_rest():
    frame = pd.DataFrame({"name": ["<b>"], "estimate": [0.123]})
    made = markup.table(frame, {"name": "<i>", "estimate": "share"})
    assert (
        "<td>0.12</td>" in made and "&lt;b&gt;" in made and "<b>" not in made and "<i>" not in made
    )

"""Saved feeds: an item is an article, and what is no feed is one sentence."""

import gzip
import re
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley import corpus, tables
from parley.corpus.feed import items_of_feed
from parley.corpus.read import read_file

RSS = """<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Вестник</title><link>https://vestnik.example/</link>
<item><title>Talks &amp; terms</title><link>https://vestnik.example/1</link>
<pubDate>Mon, 10 Jan 2022 08:30:00 EST</pubDate><author>A. Writer</author>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>The ministers&nbsp;met in <b>Oslo</b> on Monday.</p><p>They agreed
nothing.</p><script>x()</script>]]></content:encoded></item>
<item><title>Later</title><description>&lt;p&gt;The talks go on in Oslo&hellip;&lt;/p&gt;
</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>All the news</title>
<entry><title>Talks end</title><link href="https://post.example/9"/>
<updated>2022-01-11T09:00:00Z</updated><source><title>The Post</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They ended at 5 &lt; 6.</p>
</div></content></entry></feed>"""
# feedparser mends what looks like UTF-8 read as Latin-1, so nothing of Latin-1 is drawn.
LETTERS = st.characters(min_codepoint=0x100, exclude_categories=["C", "Z"])
WORDS = st.text(st.sampled_from("ab &;.'\"") | LETTERS).map(str.split).map(" ".join).filter(bool)


def read(path: Path, content: str, encoding: str = "utf-8") -> list:
    raw = content.encode(encoding)
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return list(read_file(path))


def test_an_item_has_its_whole_text_where_the_feed_has_one(tmp_path):
    whole, teaser = read(tmp_path / "a.rss", RSS, "windows-1251")
    assert whole.fields["text"].split("\n\n")[0] == "The ministers\xa0met in Oslo on Monday."
    assert "x()" not in whole.fields["text"] and "teaser" not in whole.fields["text"]
    known = {"title": "Talks & terms", "outlet": "Вестник", "url": "https://vestnik.example/1"}
    assert {**whole.fields, **known, "author": "A. Writer"} == whole.fields
    assert teaser.fields["text"].strip() == "The talks go on in Oslo…"
    assert (whole.number, whole.note, teaser.number) == (1, "", 2)
    assert "summary alone" in teaser.note


def test_an_item_of_atom_may_come_from_another_outlet(tmp_path):
    (record,) = read(tmp_path / "a.xml.gz", ATOM)
    assert record.fields["outlet"] == "The Post"
    assert record.fields["text"].strip() == "They ended at 5 < 6."
    assert record.fields["published"] == "2022-01-11T09:00:00Z"


def test_a_feed_is_taken_in_and_its_teasers_are_told(tmp_path):
    read(tmp_path / "a.rss", RSS, "windows-1251")
    report = corpus.ingest([tmp_path / "a.rss"], tmp_path / "c")
    assert (report.accepted, report.undated["no date"]) == (2, 1)
    assert "taken in: 1 of a feed that gives a summary alone" in str(report)
    articles = corpus.Store(tmp_path / "c").read(tables.ARTICLES)
    assert set(articles["outlet"]) == {"Вестник"}
    assert f"{articles['published'].min():%Y-%m-%d %H:%M}" == "2022-01-10 13:30"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (ATOM[:-20], r"malformed XML \(.*\): save the feed again"),
        ("<urlset><url><loc>https://post.example/</loc></url></urlset>", "no RSS or Atom feed"),
        ("https://post.example/feed", "malformed XML"),
        (ATOM.replace("entry>", "other>"), "a feed without items"),
        ("", "empty file"),
    ],
)
def test_what_is_no_feed_is_one_reject(tmp_path, content, said):
    (record,) = read(tmp_path / "a.xml", content)
    assert record.number == 0
    assert re.search(said, record.reason), record.reason


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_items_come_back_as_they_were(items):
    made = "".join(
        f"<entry><title>{escape(title)}</title><content>{escape(text)}</content></entry>"
        for title, text in items
    )
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>{made}</feed>'
    found = [(fields["title"], fields["text"]) for fields, _ in items_of_feed(feed.encode())]
    assert found == items


@given(st.binary(max_size=200))
def test_no_bytes_are_too_odd(tmp_path_factory, raw):
    path = tmp_path_factory.mktemp("feed") / "a.xml"
    path.write_bytes(b"<rss version='2.0'><channel>" + raw)
    assert all(record.reason or record.fields for record in read_file(path))

"""Attributions joined from marks and from what the encoder marked, and texts with broken marks."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parley.annotate import annotate
from parley.annotate.quotes.article import Article, Part, Sentence
from parley.annotate.quotes.attribution import attributions
from parley.annotate.quotes.marks import LONGEST
from parley.annotate.quotes.sources import Named
from parley.annotate.sentences import split_sentences

from tests.annotate.test_quotes import articles_of, quotes_of

PERSONS = {"Lavrov": "sergei-lavrov", "Blinken": "antony-blinken", "Scholz": "olaf-scholz"}


def article(text: str, *marked: str) -> Article:
    """An article with the encoder's parts, each written "role: its words"; names as above."""
    rows = split_sentences(articles_of(text))
    sentences = [Sentence(*row) for row in rows[["start", "end", "part"]].itertuples(index=False)]
    names = [
        Named(m.start(), m.end(), PERSONS[m.group()], "name", True, "person", "executive")
        for m in re.finditer("|".join(PERSONS), text)
    ]
    parts = [part(text, one) for one in marked]
    return Article(text, sentences, names, parts)


def part(text: str, marked: str) -> Part:
    role, words = marked.split(": ", 1)
    start = text.index(words)
    return Part(role, start, start + len(words), 0.9)


def told(text: str, *marked: str) -> list[tuple]:
    """(kind, speaker, content) of every attribution."""
    return [
        (a.kind, a.speaker and a.speaker.actor_id, text[a.start : a.end])
        for a in attributions(article(text, *marked))
    ]


def test_what_the_encoder_marks_is_joined_and_trimmed():
    text = "Lavrov said that the talks had failed, and he left."
    parts = "source: Lavrov", "cue: said", "content: that the talks had failed,"
    assert told(text, *parts) == [("indirect", "sergei-lavrov", "the talks had failed")]


def test_a_speaker_stands_before_the_clause_between_him_and_his_verb():
    text = "Lavrov, whom Blinken called a guest, replied that the talks had failed."
    parts = (
        "source: Lavrov",
        "source: Blinken",
        "cue: replied",
        "content: that the talks had failed",
    )
    assert told(text, *parts)[-1][1:] == ("sergei-lavrov", "the talks had failed")


def test_what_is_said_of_a_name_after_it_is_no_other_speaker():
    text = "Lavrov, Blinken’s guest, said that the talks had failed."
    parts = ("source: Blinken’s guest", "cue: said", "content: that the talks had failed")
    assert told(text, *parts) == [("indirect", "sergei-lavrov", "the talks had failed")]


def test_each_content_takes_the_cue_and_source_beside_it():
    text = "Lavrov said the offer was bad, but Blinken insisted it was good."
    parts = ("source: Lavrov", "cue: said", "content: the offer was bad", "source: Blinken",
             "cue: insisted", "content: it was good")  # fmt: skip
    assert [one[1:] for one in told(text, *parts)] == [
        ("sergei-lavrov", "the offer was bad"),
        ("antony-blinken", "it was good"),
    ]


def test_whom_somebody_told_is_not_who_spoke():
    text = "Lavrov called, telling Blinken that the talks had failed."
    parts = ("source: Lavrov", "cue: telling", "source: Blinken",
             "content: that the talks had failed")  # fmt: skip
    assert told(text, *parts) == [("indirect", "sergei-lavrov", "the talks had failed")]


def test_a_cue_in_two_pieces_is_one():
    text = "Lavrov has argued that the talks had failed."
    parts = "source: Lavrov", "cue: has", "cue: argued", "content: that the talks had failed"
    (one,) = attributions(article(text, *parts))
    assert text[one.cue.start : one.cue.end] == "has argued"


def test_a_content_in_two_sentences_of_one_passage_ends_where_its_marks_do():
    text = "“The talks failed. We shall not go back,” Lavrov said."
    parts = ("content: “The talks failed.", "content: We shall not go back,”", "source: Lavrov",
             "cue: said")  # fmt: skip
    assert told(text, *parts) == [
        ("direct", "sergei-lavrov", "The talks failed. We shall not go back")
    ]


def test_a_content_that_goes_on_outside_its_marks_is_mixed():
    text = "Lavrov condemned the plan as “sheer madness”."
    parts = "source: Lavrov", "cue: condemned", "content: the plan as “sheer madness"
    assert told(text, *parts) == [("mixed", "sergei-lavrov", "the plan as “sheer madness”")]


def test_a_sentence_wholly_content_is_carried_on():
    text = "Lavrov said the talks had failed. The other side had never wanted them."
    parts = ("source: Lavrov", "cue: said", "content: the talks had failed",
             "content: The other side had never wanted them")  # fmt: skip
    assert [one[1] for one in told(text, *parts)] == ["sergei-lavrov"] * 2


def test_words_beside_a_speaker_and_no_cue_are_nobodys():
    text = "Lavrov had led the talks on the tense situation."
    assert told(text, "source: Lavrov", "cue: had", "content: the tense situation") == []


def test_the_end_of_a_sentence_can_frame_all_of_it():
    text = "The embassy was closed and its staff sent home, Lavrov added."
    assert told(text, "source: Lavrov", "cue: added") == [
        ("indirect", "sergei-lavrov", "The embassy was closed and its staff sent home")
    ]


def test_a_quotation_in_a_subhead_is_his_who_says_it_below():
    text = (
        "The talks have failed once more today.\n\n“We cannot go back”\n\n"
        "“We cannot go back, and we shall not,” Scholz said."
    )
    assert [(speaker, words) for _, speaker, words in told(text)] == [
        ("olaf-scholz", "We cannot go back"),
        ("olaf-scholz", "We cannot go back, and we shall not"),
    ]


def test_a_quotation_of_several_paragraphs_is_one():
    text = "Scholz said: “We waited.\n\n“We saw nothing.\n\n“We act.” Then he left."
    said = "We waited.\n\n“We saw nothing.\n\n“We act."
    assert told(text) == [("direct", "olaf-scholz", said)]


def test_a_colon_leads_in_the_next_paragraph():
    text = "Scholz wrote:\n\n“We have waited for a long time, and we act now.”"
    assert told(text)[0][:2] == ("direct", "olaf-scholz")


def test_a_fragment_takes_the_clause_that_it_goes_on():
    text = "Lavrov said it was “not aware of any of this”."
    assert told(text) == [("mixed", "sergei-lavrov", "it was “not aware of any of this”")]


def test_the_clause_is_his_whose_that_begins_it():
    text = "Lavrov told us that the offer was “not worth a word of ours”, as Blinken met him."
    parts = "source: Blinken", "cue: met", "content: him"
    found = [one for one in told(text, *parts) if one[0] == "mixed"]
    assert found == [("mixed", "sergei-lavrov", "the offer was “not worth a word of ours”")]


def test_of_his_claim_he_is_the_speaker():
    text = "Lavrov left. His claim that the talks had failed was denied."
    (one,) = attributions(
        article(text, "source: His", "cue: claim", "content: the talks had failed")
    )
    assert text[one.speaker.start : one.speaker.end] == "His"


def test_those_who_are_called_something_did_not_say_it():
    text = "Scholz is called “a great friend of us all” in the streets."
    parts = "source: Scholz", "cue: is called", "content: a great friend of us all"
    assert [one[1] for one in told(text, *parts)] == [None]


def test_a_cue_beside_the_marks_counts_though_the_encoder_missed_it():
    text = "“We are ready to go,” Lavrov said, according to Blinken."
    parts = "cue: according to", "source: Blinken"
    assert told(text, *parts) == [("direct", "sergei-lavrov", "We are ready to go")]


def test_what_begins_with_that_has_its_cue_before_it():
    text = "Lavrov told the assembled deputies that all was well, explaining it to Blinken."
    (one,) = attributions(article(text, "source: Lavrov", "cue: told", "content: that all was well",
                                  "cue: explaining"))  # fmt: skip
    assert text[one.cue.start : one.cue.end] == "told"


def test_of_a_passive_he_speaks_by_whom_it_was_said():
    text = "Scholz was called “a great danger to us all” by Blinken."
    assert [one[1] for one in told(text)] == ["antony-blinken"]
    assert [one[1] for one in told("Scholz was told “to leave the hall at once”.")] == [None]


def test_the_subject_of_a_cue_is_not_its_content():
    text = "Scholz replied to what Blinken had said."
    assert told(text, "content: Scholz", "cue: replied to", "source: Blinken") == []


def test_how_somebody_looks_is_not_what_he_said():
    text = "Lavrov appeared to be tired."
    assert told(text, "source: Lavrov", "cue: appeared", "content: to be tired") == []


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("The hall was full.", "sergei-lavrov"),
        ("Scholz looked on.", None),
        ("Lavrov looked on.", "sergei-lavrov"),
        ("Scholz shot back.", "olaf-scholz"),
    ],
)
def test_a_quotation_is_carried_on_until_another_comes_in(between, speaker):
    text = f"“We are ready,” Lavrov said. {between} “We shall see what comes of it.”"
    assert [one[1] for one in told(text)] == ["sergei-lavrov", speaker]


def test_the_title_speaks_for_no_quotation_below():
    title = "Lavrov warns that winter is near"
    text = title + "\n\n“It is the little things that matter to us.” So he began."
    rows = split_sentences(articles_of(text).assign(title=title))
    sentences = [Sentence(*row) for row in rows[["start", "end", "part"]].itertuples(index=False)]
    name = Named(0, 6, "sergei-lavrov", "name", True, "person", "executive")
    parts = [
        part(text, p) for p in ("source: Lavrov", "cue: warns", "content: that winter is near")
    ]
    found = attributions(Article(text, sentences, [name], parts))
    assert [one.speaker and one.speaker.actor_id for one in found] == ["sergei-lavrov", None]


@pytest.mark.parametrize(
    "text",
    [
        "In her memoir, “The Long Way Home,” Blinken tells of it.",
        "Among the “great friends” there were those who said so.",
        "After years of so-called “prudence” and cuts, the answer was no.",
        "The novel “War and Peace” was sold.",
        "The so-called “reform” cost a lot.",
        "Anthony “Fat Tony” Salerno ran the club.",
    ],
)
def test_marks_that_quote_no_one_are_told_apart(text):
    assert told(text) == []


# Broken marks. Each paragraph has its own speaker, so that no speech is carried on into another.

PARAGRAPHS = (
    "“The talks have failed, and we knew it,” Sergei Lavrov said. He flew home in the evening.",
    "Antony Blinken said: “The door is open.” He added that it would not stay open for ever.",
    "The novel “War and Peace” was sold out. Olaf Scholz called the plan “a very grave mistake”.",
    "“No,” Viktor Orban said, “we shall never pay for that.” Hungary’s ministers’ plane was late.",
)
MARK = re.compile("[“”]")


@st.composite
def damaged(draw) -> str:
    """One of the paragraphs with marks deleted, doubled, reversed or of another kind."""
    text = draw(st.sampled_from(PARAGRAPHS))
    for match in reversed(list(MARK.finditer(text))):
        mark = match.group()
        turned = {"“": "”", "”": "“"}[mark]
        now = draw(st.sampled_from([mark, "", mark * 2, turned, '"', "«", "»", "'", "„", "''"]))
        text = text[: match.start()] + now + text[match.end() :]
    return text


def outside(frame, text: str, at: int, length: int) -> list[tuple]:
    """What rows say of the paragraphs outside ``at:at + length``, as words and not as offsets."""
    columns = [
        c for c in frame.columns if c.endswith("start") and c.replace("start", "end") in frame
    ]
    kept = frame[(frame["end"] <= at) | (frame["start"] >= at + length)]
    spans = [
        [None if start != start else text[int(start) : int(end)] for start, end in
         kept[[c, c.replace("start", "end")]].astype("float").itertuples(index=False)]
        for c in columns
    ]  # fmt: skip
    facts = [
        n for n in ("part", "kind", "cue_class", "actor_id", "source_class", "form") if n in kept
    ]
    return list(zip(*spans, *(kept[name].astype(str) for name in facts), strict=True))


def around(middle: str) -> tuple[str, int]:
    """A text with a paragraph among the sound ones, and where it begins."""
    before = "\n\n".join(PARAGRAPHS[:2])
    return "\n\n".join([before, middle, *PARAGRAPHS[2:]]), len(before) + 2


SOUND, AT = around("It rained.")


@cache
def sound() -> list[tuple]:
    return outside(quotes_of(SOUND, named=True), SOUND, AT, len("It rained."))


@given(damaged())
@settings(max_examples=40)
def test_broken_marks_leave_the_quotations_of_other_paragraphs_as_they_were(middle):
    text, at = around(middle)
    assert len(sound()) == 6
    assert outside(quotes_of(text, named=True), text, at, len(middle)) == sound()


@given(st.lists(damaged(), min_size=8, max_size=8))
@settings(max_examples=2)
def test_broken_marks_leave_every_other_sentence_annotated_as_before(middles):
    """The same through every annotator; and no article is lost."""
    made = [around(middle) for middle in ["It rained.", *middles]]
    found = annotate(articles_of(*(text for text, _ in made)))
    for table in ("sentences", "mentions", "quotes"):
        by_article = dict(tuple(found[table].groupby("article_id")))
        assert len(by_article) == len(made)
        said = [
            outside(by_article[f"a{n}"], text, at, len(middle))
            for n, ((text, at), middle) in enumerate(
                zip(made, ["It rained.", *middles], strict=True)
            )
        ]
        assert all(one == said[0] for one in said)


SENTENCES = (
    "Antony Blinken said that the door was open.",
    "“The talks have failed, and we knew it all along,” Sergei Lavrov said.",
    "Olaf Scholz called the plan “a very grave mistake of ours”.",
    "Viktor Orban said that Hungary would not pay for it.",
)
ONE = " ".join(SENTENCES)
TURNED = {"“": "”", "”": "“"}


@given(st.sampled_from([m.start() for m in MARK.finditer(ONE)]), st.sampled_from("dr2\"'«"))
@settings(max_examples=40)
def test_within_a_paragraph_too_a_broken_mark_damages_its_own_quotation_alone(at, how):
    """Every sentence but the damaged quotation's is annotated as before."""
    mark = ONE[at]
    now = {"d": "", "r": TURNED[mark], "2": mark * 2}.get(how, how)
    text = ONE[:at] + now + ONE[at + 1 :]
    sound, found = quotes_of(ONE, named=True), quotes_of(text, named=True)
    for sentence in SENTENCES:
        start = ONE.index(sentence)
        if start <= at < start + len(sentence):
            continue
        moved = start + (len(now) - 1) * (at < start)
        assert inside(found, text, moved, sentence) == inside(sound, ONE, start, sentence) != []


def inside(frame, text: str, at: int, sentence: str) -> list[tuple]:
    """What rows say of one sentence, as words."""
    rows = frame[(frame["start"] >= at) & (frame["end"] <= at + len(sentence))]
    return [
        (text[r.start : r.end], r.kind, r.cue_class, r.actor_id, r.source_class)
        for r in rows.itertuples()
    ]


class Counted(list):
    """A list that counts how many of its items were looked at."""

    looked = 0

    def __getitem__(self, at):
        found = super().__getitem__(at)
        Counted.looked += len(found) if isinstance(at, slice) else 1
        return found


def looked_at(text: str) -> int:
    """How many passages, cues and sentences are looked at for a text's attributions."""
    made = article(text)
    for spans in (made.quoted, made.verbs, made.sentences):
        spans.items = Counted(spans.items)
    Counted.looked = 0
    attributions(made)
    return Counted.looked


def test_ten_thousand_marks_cost_no_more_than_in_proportion():
    one = "“We are ready to go,” Lavrov said. "
    few, many = looked_at(one * 50), looked_at(one * 500)
    assert many <= 11 * few
    assert len(quotes_of(one * 5_000)) == 5_000


def test_ten_thousand_marks_in_ten_thousand_paragraphs():
    text = "\n\n".join(["“We are ready to go"] * 10_000)
    found = quotes_of(text)
    assert 0 < len(found) <= 10_000
    assert (found["end"] - found["start"]).max() <= LONGEST


def test_a_quotation_of_fifty_thousand_words_is_bounded():
    found = quotes_of("He said: “" + "We shall go on and on. " * 10_000 + "” It rained.")
    assert (found["end"] - found["start"]).max() <= LONGEST
    assert list(found["closed"]) == [False]


def test_a_quotation_of_fifty_thousand_words_in_paragraphs_is_bounded_and_flagged():
    long = "\n\n".join(["“" + "We shall go on and on. " * 20] * 500)
    found = quotes_of("He said: " + long + "” It rained.")
    assert (found["end"] - found["start"]).max() <= LONGEST
    assert not found["closed"].iloc[0]


def test_an_unclosed_mark_at_the_start_of_a_long_article_is_bounded_and_hides_nothing():
    rest = "\n\n".join(["Rain fell on the town.", "“We are ready to go,” Lavrov said."] * 500)
    found = quotes_of("“It began so.\n\n" + rest)
    assert len(found) == 501
    assert (found["end"] - found["start"]).max() < 100
    assert list(found.index[~found["closed"]]) == [0]

"""Words and where they stand."""

from hypothesis import given
from hypothesis import strategies as st
from parley.measure.frame import grounds
from parley.measure.words import FUNCTION_WORDS, tokens

from tests.measure.conftest import texts


def of(*written):
    return grounds(texts(1, articles=len(written)).assign(text=list(written)), (), copies=True)


@given(st.lists(st.text("aB é'’-.,1_\n", max_size=40), min_size=1, max_size=4))
def test_a_word_is_what_stands_at_its_start(written):
    ground = of(*written)
    for row in tokens(ground).itertuples():
        text = ground.articles["text"].iloc[row.article]
        assert text[row.start : row.start + len(row.word)].lower() == row.word


def test_hyphens_and_apostrophes_join_and_digits_are_no_words():
    found = tokens(of("Russia\u2019s state-run TASS, 100,000 troops; o'clock 2nd"))["word"].tolist()
    assert found == ["russia\u2019s", "state-run", "tass", "troops", "o'clock", "nd"]


def test_stop_words_go_but_places_stay():
    frame = tokens(of("the end of the road"), stop=FUNCTION_WORDS)
    assert frame[["word", "place"]].values.tolist() == [["end", 1], ["road", 4]]

"""Sentences say what the numbers do, and no more."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley import explore
from parley.explore import answers


def shares(*rows: tuple) -> pd.DataFrame:
    """Rows of (name, estimate, low, high, stories)."""
    frame = pd.DataFrame(rows, columns=["name", "estimate", "low", "high", "stories"])
    return frame.assign(n=frame["stories"] * 3, enough=frame["stories"] >= 5)


class TestRanking:
    def test_names_the_first_and_the_second(self):
        said = explore.say_ranking(shares(("NATO", 5.0, 4, 6, 9), ("Russia", 12.0, 10, 14, 20)))
        assert said.startswith("Russia is named most often, 12.0 (10.0 to 14.0); NATO follows")
        assert "overlap" not in said

    def test_says_when_the_two_may_be_alike(self):
        said = explore.say_ranking(shares(("Russia", 12.0, 8, 16, 20), ("NATO", 9.0, 7, 11, 9)))
        assert said.endswith("and their intervals overlap.")

    def test_leaves_out_whom_there_is_too_little_about(self):
        said = explore.say_ranking(shares(("Chad", 30.0, 1, 60, 1), ("Russia", 12.0, 8, 16, 20)))
        assert said.startswith("Russia") and said.endswith(
            "about nobody else is there enough to say."
        )

    def test_one_who_was_asked_for_comes_first_among_nobody(self):
        said = explore.say_ranking(shares(("Russia", 12.0, 8, 16, 20)), unit="times")
        assert said == "Russia is named 12.0 (8.00 to 16.0) times."

    @pytest.mark.parametrize("frame", [shares(), shares(("Chad", 3.0, 0, 6, 2))])
    def test_too_few_is_an_answer(self, frame):
        assert explore.say_ranking(frame) == "Too few articles to say who is named most often."
        assert explore.leading(frame) == {}


class TestTone:
    def test_a_tone_is_one_when_its_interval_leaves_nought_out(self):
        said = explore.say_tone(
            shares(
                ("Russia", -0.3, -0.4, -0.2, 9),
                ("NATO", 0.1, -0.1, 0.3, 9),
                ("EU", 0.2, 0.1, 0.3, 9),
            )
        )
        assert said.startswith("Of 3 actors, 1, Russia, is treated more negatively")
        assert "1, EU, is treated more positively than negatively, +0.20" in said
        assert "for one the interval includes 0" in said

    @pytest.mark.parametrize(
        ("low", "high", "said"),
        [
            (-0.4, -0.2, "is treated more negatively than positively, −0.30 (−0.40 to −0.20)."),
            (-0.4, 0.1, "is treated neither well nor badly beyond chance, −0.30 (−0.40 to +0.10)."),
        ],
    )
    def test_one_alone_is_not_counted(self, low, high, said):
        tones = shares(("United States", -0.3, low, high, 9))
        assert explore.say_tone(tones) == f"The United States {said}"

    def test_too_few(self):
        assert explore.say_tone(shares()).startswith("Too few articles")


class TestDifferences:
    def rows(self, q: float) -> pd.DataFrame:
        frame = shares(("NATO", 4.0, 2, 6, 9), ("Russia", -1.0, -2, 1, 9))
        return frame.assign(study="The Post", reference="(rest)", q=[q, 0.8])

    def test_only_what_survives_correction_is_a_difference(self):
        said = explore.say_differences(self.rows(0.01), unit="per 1,000 words")
        assert said == (
            "In how often they name each actor, 1 of 2 comparisons between outlets differs by more "
            "than chance; the largest: The Post names NATO more often: +4.00 (+2.00 to +6.00) "
            "per 1,000 words."
        )

    def test_a_name_stands_as_a_sentence_has_it(self):
        rows = self.rows(0.01).assign(name="United States")
        assert "names the United States more often" in explore.say_differences(rows)

    def test_none_is_said_as_what_it_is(self):
        assert explore.say_differences(self.rows(0.2)) == (
            "No difference beyond chance between outlets in how often they name each actor, in 2 "
            "comparisons."
        )

    def test_what_is_too_few_to_compare_is_counted_apart(self):
        rows = self.rows(0.2).assign(enough=[True, False])
        assert explore.say_differences(rows).endswith(
            "in 1 comparison (1 more has too few stories to say)."
        )


class TestCopies:
    def frame(self, copies: list[int], enough: bool | list[bool] = True) -> pd.DataFrame:
        names = ["Russia", "NATO", "EU"]
        ranks = {"rank_first": [1, 2, 3], "rank_copies": copies}
        return pd.DataFrame({"name": names, "estimate": 1.0, **ranks, "enough": enough})

    def test_order_kept(self):
        assert explore.say_copies(self.frame([1, 2, 3])) == (
            "With every copy counted, the first 3 with enough stories keep their order."
        )

    def test_one_alone(self):
        said = [explore.say_copies(self.frame(copies).tail(1)) for copies in ([1, 2, 3], [2, 3, 1])]
        assert said[0] == "With every copy counted, EU keeps place 3."
        assert said[1] == "With every copy counted, EU moves from place 3 to 1."

    def test_who_moves_most(self):
        said = explore.say_copies(self.frame([2, 3, 1]), top=3)
        assert "3 of the first 3 with enough stories change place; EU moves most" in said
        assert said.endswith("from place 3 to 1.")

    def test_who_has_too_few_stories_has_no_place(self):
        said = explore.say_copies(self.frame([2, 3, 1], enough=[True, False, False]), top=3)
        assert said == "With every copy counted, Russia moves from place 1 to 2."
        none = explore.say_copies(self.frame([2, 3, 1], enough=False), top=3)
        assert none == "Too few articles to say whether copies change the order."


def test_another_definition_may_bring_somebody_new():
    one, other = (
        shares(("A", 3, 2, 4, 9), ("B", 2, 1, 3, 9)),
        shares(("A", 3, 2, 4, 9), ("C", 2, 1, 3, 9)),
    )
    said = explore.say_same(one, other, by="name", how="By words", top=2)
    assert said == "By words, C would be among the first 2, not B."


def test_of_a_single_row_there_is_no_order_to_compare():
    one = pd.DataFrame({"name": ["NATO"], "estimate": [1.0]})
    assert explore.say_same(one, one, by="name", how="By words") == ""


def test_the_corpus_in_a_sentence(study):
    said = explore.say_corpus(study.articles)
    assert said.startswith(f"{len(study.articles)} articles of ")
    assert f"{int((~study.articles['is_first']).sum())} are copies" in said


def test_outlets_that_give_as_many_articles_are_named_together():
    def said(outlets: str) -> str:
        articles = pd.DataFrame({"outlet": list(outlets), "n_words": 100, "is_first": True})
        return explore.say_corpus(articles.assign(published=pd.Timestamp("2022-01-10", tz="UTC")))

    assert "; A gives 50% of the articles." in said("AABC")
    assert "; A and B give 40% of the articles each." in said("BAABC")
    assert "; no outlet gives more than 25% of the articles." in said("ABCD")


def test_unresolved(study):
    lost = int(study.mentions["actor_id"].isna().sum())
    assert explore.say_unresolved(study.mentions).startswith(f"{lost:,} of ")
    assert explore.say_unresolved(study.mentions.head(0)) == "No mention of anybody was found."


@given(st.floats(-1e6, 1e6), st.booleans())
def test_amounts_never_lose_their_sign_or_show_one_on_nothing(value, signed):
    written = answers.amount(value, signed=signed)
    number = float(written.replace("−", "-").replace("+", "").replace(",", ""))
    assert number == pytest.approx(value, abs=0.051)
    if number == 0:
        assert written == "0.00"

"""A cell holds its value and its n, or says that there is too little."""

import pandas as pd
import pytest
from parley import figure
from parley.errors import ParleyError

from .conftest import drawn, outside, overlaps, words


@pytest.fixture
def positions() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("Russia", "NATO enlargement", -0.8, 41, True),
            ("Russia", "Talks", 0.2, 18, True),
            ("United States", "NATO enlargement", 0.6, 22, True),
            ("United States", "Talks", 0.9, 3, False),
            ("Poland", "Talks", None, 1, False),
        ],
        columns=["holder", "target", "estimate", "n", "enough"],
    )


def test_every_sure_cell_writes_its_value_and_n(positions):
    picture = figure.matrix(positions)
    values = [text.get_text() for text in drawn(picture, "value")]
    assert values == ["−0.8", "+0.2", "+0.6", "too few", "too few"]
    assert {"n = 41", "n = 3"} <= set(words(picture))


def test_cells_stand_in_the_order_of_the_frame(positions):
    cells = drawn(figure.matrix(positions), "cell")
    places = [(round(cell.get_x() + 0.48), round(cell.get_y() + 0.46)) for cell in cells]
    assert places == [(0, 0), (1, 0), (0, 1), (1, 1), (1, 2)]


def test_against_and_favor_have_colours_of_their_own(positions):
    against, _, favor, few, _ = drawn(figure.matrix(positions), "cell")
    assert against.get_facecolor()[0] > against.get_facecolor()[2]  # red over blue
    assert favor.get_facecolor()[2] > favor.get_facecolor()[0]
    assert few.get_hatch()


def test_alt_text_leaves_out_what_is_too_few(positions):
    text = figure.matrix(positions, what="positions").alt_text
    assert "3 rows by 2 columns" in text
    assert "Largest: United States on NATO enlargement +0.6 (n = 22)" in text
    assert "Smallest: Russia on NATO enlargement −0.8 (n = 41)" in text
    assert "2 cells have too few" in text


def test_what_rounds_to_nothing_has_no_sign(positions):
    picture = figure.matrix(positions.assign(estimate=-0.001))
    assert {text.get_text() for text in drawn(picture, "value")} == {"0.0", "too few"}


def test_counts_can_be_drawn_as_well():
    counts = pd.DataFrame(
        [("for", "for", 30), ("for", "against", 4), ("against", "against", 21)],
        columns=["coder", "model", "n"],
    )
    picture = figure.matrix(
        counts, row="coder", column="model", value="n", n=None, limits=None, digits=".0f", ends=None
    )
    assert [text.get_text() for text in drawn(picture, "value")] == ["30", "4", "21"]


def test_many_long_names_do_not_cover_one_another():
    holders = [f"Ministry number {i} of foreign affairs" for i in range(12)]
    targets = [f"A long target name {i}" for i in range(10)]
    frame = pd.DataFrame(
        [(h, t, 0.5, 99) for h in holders for t in targets],
        columns=["holder", "target", "estimate", "n"],
    )
    picture = figure.matrix(frame)
    inside = [*drawn(picture, "value"), *drawn(picture, "n")]
    assert not overlaps(inside)
    assert not outside(picture, picture.axes[0].get_yticklabels())


def test_the_same_cell_twice_is_refused(positions):
    with pytest.raises(ParleyError, match="two rows for holder 'Russia', target 'Talks'"):
        figure.matrix(pd.concat([positions, positions.iloc[[1]]]))

"""A figure shows itself, describes itself, and leaves nothing behind."""

import itertools
import subprocess
import sys

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from parley import figure
from parley.figure import canvas, labels, theme, wording


def test_a_picture_shows_itself_with_its_description(ranking):
    picture = figure.interval_dots(ranking)
    bundle, metadata = picture._repr_mimebundle_()
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"]["alt"] == picture.alt_text == bundle["text/plain"]


def test_the_same_numbers_give_the_same_file(ranking):
    assert figure.interval_dots(ranking).to_bytes("svg") == figure.interval_dots(ranking).to_bytes(
        "svg"
    )


def test_a_dollar_in_a_name_is_a_dollar(ranking):
    frame = ranking.assign(name=[f"$5 and $6 {name}" for name in ranking["name"]])
    assert figure.interval_dots(frame).to_bytes()


def test_matplotlib_is_left_as_it_was(ranking):
    before = dict(matplotlib.rcParams)
    figure.interval_dots(ranking)
    assert dict(matplotlib.rcParams) == before


def test_pyplot_is_never_loaded():
    code = (
        "import sys, pandas as pd\n"
        "from parley import figure\n"
        "figure.bars(pd.DataFrame({'outlet': ['A'], 'articles': [1]})).to_bytes()\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_name_of_the_room_is_there():
    for name in figure.__all__:
        assert callable(getattr(figure, name)), name
    with pytest.raises(AttributeError):
        figure.pie  # noqa: B018


def test_colours_go_grey_after_the_seventh():
    colours = theme.colours(list("abcdefghi"))
    assert len({colours[name] for name in "abcdefg"}) == 7
    assert colours["h"] == colours["i"] == theme.REST


@pytest.mark.parametrize("colour", [*theme.CYCLE, theme.MUTED])
def test_every_colour_of_text_can_be_read_on_white(colour):
    """Contrast after WCAG 2: 3 to 1 for large marks, and small print in MUTED at 4.5 to 1."""

    def light(hexed: str) -> float:
        parts = [int(hexed[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert 1.05 / (light(colour) + 0.05) >= (4.5 if colour == theme.MUTED else 3)


places = st.lists(st.floats(0, 100), min_size=1, max_size=30)


@given(places, st.floats(0.1, 5))
def test_spread_keeps_order_distance_and_bounds(wanted, gap):
    settled = labels.spread(wanted, gap, 0, 100)
    room = min(gap, 100 / max(len(wanted) - 1, 1))
    ordered = sorted(settled)
    assert all(b - a >= room - 1e-6 for a, b in itertools.pairwise(ordered))
    assert ordered[0] >= -1e-6 and ordered[-1] <= 100 + 1e-6
    pairs = sorted(zip(wanted, settled, strict=True))
    assert [s for _, s in pairs] == sorted(s for _, s in pairs) or len(set(wanted)) < len(wanted)


@given(places)
def test_spread_leaves_alone_what_is_apart(wanted):
    apart = sorted({round(place) for place in wanted})
    assert labels.spread(apart, 1.0, 0, 100).tolist() == pytest.approx(apart)


def test_labels_are_cut_at_a_word():
    assert canvas.short("Organization for Security and Co-operation", width=34) == (
        "Organization for Security and…"
    )
    assert canvas.short("x" * 50, width=10) == "x" * 9 + "…"
    assert canvas.short("short") == "short"


def test_numbers_are_written_for_people():
    assert wording.number(0.0) == "0"
    assert wording.number(-0.004, percent=True) == "−0.4%"
    assert wording.number(float("nan")) == "not known"
    assert wording.number(0.31, signed=True) == "+0.31"
    assert [wording.number(v, percent=True) for v in (0.0, 0.05, 0.052)] == ["0%", "5%", "5.2%"]


def test_no_module_hides_a_function():
    """A submodule that is imported becomes an attribute of the package: it must not be a name."""
    from parley import paths

    modules = {file.stem for file in (paths.HOME / "lib" / "parley" / "figure").glob("*.py")}
    assert not modules & set(figure.__all__)

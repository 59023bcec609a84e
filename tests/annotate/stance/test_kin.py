"""Who is on whose side by office."""

import pytest
from parley.annotate.registry import load_registry
from parley.annotate.stance.kin import Kin

KIN = Kin.of(load_registry().actors)


@pytest.mark.parametrize("one", ["vladimir-putin", "sergei-lavrov", "russia-foreign-ministry"])
def test_a_state_and_its_government_are_on_one_side(one: str) -> None:
    assert KIN.own_side(one, "russia")
    assert KIN.own_side("russia", one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vladimir-putin", "ukraine"),
        ("chuck-schumer", "donald-trump"),
        ("brazil-supreme-court", "jair-bolsonaro"),
        ("somalia-army", "al-shabaab"),
    ],
)
def test_others_of_one_state_may_be_against_one_another(one: str, other: str) -> None:
    assert not KIN.own_side(one, other)

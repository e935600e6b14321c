"""Recognising: what a glance makes out, and for whom somebody is taken."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.people.crowd import OTHER, SAME, SIMILAR
from simulation.saar.notes import Pair
from simulation.saar.recognise import Glance, assumes_man, taken_for
from simulation.scenario.model import Players, Suspect
from tests.saar.stages import stage_of

LOOKS = 4000


def glances(clear: float, **parameters: float) -> list[Glance]:
    """Let one observer look at the suspect many times."""
    stage, found = stage_of(parameters), []
    for look in range(LOOKS):
        pair = stage.pair(0, 0)
        found.append(Glance(stage, Pair(0, 0, pair.key, 1.0, [], looks=look), clear))
    return found


def close_to(share: float, expected: float) -> bool:
    return abs(share - expected) < 3.5 * np.sqrt(max(expected * (1.0 - expected), 1e-6) / LOOKS)


@pytest.mark.parametrize("shared", [0.0, 0.7, 1.0])
@pytest.mark.parametrize("clear", [0.2, 0.8])
def test_each_element_is_perceived_with_the_chance_that_he_is_clear(clear: float, shared: float) -> None:
    seen = [glance.perceives("upper") for glance in glances(clear, perception_shared=shared)]
    assert close_to(np.mean(seen), clear)


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_elements_that_go_with_the_look_as_a_whole_are_perceived_together(shared: float) -> None:
    # Both go with the look: then both or neither; else each has its own chance.
    clear = 0.4
    both = [glance.perceives("upper") and glance.perceives("lower") for glance in glances(clear, perception_shared=shared)]
    assert close_to(np.mean(both), shared**2 * clear + (1.0 - shared**2) * clear**2)


@pytest.mark.parametrize("likeness", [OTHER, SIMILAR, SAME])
@pytest.mark.parametrize("misperceived", [0.0, 1.0])
def test_what_is_not_perceived_right_may_be_taken_for_what_it_resembles(likeness: int, misperceived: float) -> None:
    clear = 0.7
    seen = [glance.matches("upper", likeness) for glance in glances(clear, p_misperceive=misperceived)]
    assert close_to(np.mean(seen), {OTHER: 0.0, SIMILAR: misperceived * (1.0 - clear), SAME: clear}[likeness])


TWO = (
    Suspect(name="Een", description={"sex": "vrouw", "upper": "rood", "lower": "blauw"}),
    Suspect(name="Twee", description={"sex": "man", "upper": "rood", "lower": "groen"}),
)


@pytest.mark.parametrize(
    ("known", "whom", "assumes", "taken"),
    [
        ({0: ("upper",)}, 0, 0.0, 0),
        ({0: ("upper",)}, 1, 0.0, 0),
        ({0: ("upper", "lower")}, 1, 0.0, None),
        ({0: ("upper",), 1: ("upper",)}, 1, 0.0, 1),
        ({}, 0, 0.0, None),
        ({0: ("upper",)}, 0, 1.0, None),
        ({0: ("upper",)}, 1, 1.0, 0),
        ({0: ("upper", "sex")}, 0, 1.0, 0),
        ({0: ("upper", "sex")}, 1, 1.0, None),
    ],
)
def test_whoever_matches_all_that_is_known_is_taken_for_the_suspect(
    known: dict[int, tuple[str, ...]], whom: int, assumes: float, taken: int | None
) -> None:
    stage = stage_of({"p_assume_man": assumes}, game={"suspects": TWO}, players=Players(share=1.0))
    for suspect, elements in known.items():
        stage.knowledge.describe(suspect, elements, np.full(9, -np.inf), "fact:players/know")
    pair = stage.pair(0, whom)
    assert taken_for(stage, pair, Glance(stage, pair, 1.0)) == taken
    assert taken_for(stage, pair, Glance(stage, pair, 0.0)) is None
    assert assumes_man(stage, 0, 0) == bool(assumes)

"""Where in its building a home looks out."""

from __future__ import annotations

import numpy as np

from simulation.maps.eyes import OUTSIDE_M
from simulation.maps.sight import with_sight
from tests.maps.small_worlds import box, sight_of, world

STREET = [(0.0, 0.0), (300.0, 0.0)]


def eyes(buildings: list, address: tuple[float, float], street: list[tuple[float, float]] = STREET) -> list[list[float]]:
    """Give the eyes of a home in the first building."""
    found: list[list[float]] = sight_of(with_sight(world([street], buildings, [(address, 0)]))).eye_xy[0].tolist()
    return found


def test_a_wide_front_is_preferred_to_a_small_bay_that_is_nearer() -> None:
    bay = [[(147, 10), (152, 10), (152, 9), (152.8, 9), (152.8, 10), (153, 10), (153, 20), (147, 20)]]
    assert eyes([bay], (150, 14))[0] == [150, 10 - OUTSIDE_M]


def test_a_wide_back_is_preferred_to_a_narrow_extension() -> None:
    back = [[(147, 10), (153, 10), (153, 22), (152, 22), (152, 20), (147, 20)]]
    assert eyes([back], (150, 14))[1] == [150, 20 + OUTSIDE_M]


def test_a_side_wall_is_no_opposite_facade() -> None:
    front, back = eyes([box(147, 10, 153, 20), box(140, 20, 160, 25)], (150, 14))
    assert front == [150, 10 - OUTSIDE_M]
    assert np.isnan(back).all()


def test_the_opposite_facade_is_behind_and_not_across_the_own_court() -> None:
    # A wing at the street turns a wall of four metres to the back; of the back wall itself a shed leaves one metre free.
    wing = [[(0, 10), (16, 10), (16, 4), (12, 4), (12, 0), (20, 0), (20, 16), (0, 16)]]
    front, back = eyes([wing, box(1, 16, 25, 20)], (3, 13), [(-100.0, -20.0), (100.0, -20.0)])
    assert front == [3, 10 - OUTSIDE_M]
    assert back == [0.5, 16 + OUTSIDE_M]


def test_in_a_passage_the_nearest_facade_is_taken() -> None:
    assert eyes([box(147, 10, 153, 20)], (150, 14), [(151.0, 0.0), (151.0, 40.0)])[0] == [153 + OUTSIDE_M, 14]


def test_a_long_block_is_looked_out_of_at_the_own_front_door() -> None:
    for east in (110, 140, 189):
        assert eyes([box(100, 10, 190, 20)], (east, 12)) == [[east, 10 - OUTSIDE_M], [east, 20 + OUTSIDE_M]]
    assert eyes([box(100, 10, 190, 20)], (189.9, 12))[0] == [189.5, 10 - OUTSIDE_M]

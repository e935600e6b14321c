"""What homes see of the street, in worlds small enough to solve by hand."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from simulation.errors import InternalError
from simulation.maps.eyes import OUTSIDE_M
from simulation.maps.sight import homes_seeing_no_street, sight_per_metre, with_sight
from tests.maps.small_worlds import box, seen_by, sight_of, world

STREET = [(0.0, 0.0), (300.0, 0.0)]
HOUSE = box(147, 10, 153, 20)
FRONT = 10 - OUTSIDE_M
BACK = 20 + OUTSIDE_M


def close(*stretches: tuple[float, float]) -> object:
    """Expect stretches to a billionth of a metre."""
    return [pytest.approx(stretch, abs=1e-9) for stretch in stretches]


def test_without_buildings_a_home_sees_the_whole_circle() -> None:
    found = with_sight(world([STREET], homes=[((150, 50), -1)]))
    half = sqrt(110**2 - 50**2)
    assert seen_by(found, 0, 0) == close((150 - half, 150 + half))
    assert sight_of(found).eye_xy[0, 0].tolist() == [150, 50]
    assert np.isnan(sight_of(found).eye_xy[0, 1]).all()


def test_a_house_sees_the_street_before_it_up_to_the_range() -> None:
    found = with_sight(world([STREET], [HOUSE], [((150, 14), 0)]), 50.0)
    half = sqrt(50**2 - FRONT**2)
    assert sight_of(found).eye_xy[0].tolist() == [[150, FRONT], [150, BACK]]
    assert seen_by(found, 0, 0) == close((150 - half, 150 + half))
    assert seen_by(found, 0, 1) == []


def test_the_two_eyes_share_a_street_that_passes_beside_the_house() -> None:
    beside = [(170.0, -100.0), (170.0, 140.0)]
    found = with_sight(world([STREET, beside], [HOUSE], [((150, 14), 0)]))
    assert seen_by(found, 0, 0, 1)[-1][1] == pytest.approx(100 + FRONT, abs=1e-9)
    assert seen_by(found, 0, 1, 1)[0] == pytest.approx((100 + FRONT, 100 + BACK + sqrt(110**2 - 20**2)), abs=1e-9)


def test_a_street_on_the_line_of_the_facade_belongs_to_the_front_eye() -> None:
    in_line = [(200.0, FRONT), (230.0, FRONT)]
    found = with_sight(world([STREET, in_line], [HOUSE], [((150, 14), 0)]))
    assert seen_by(found, 0, 0, 1) == close((0, 30))
    assert seen_by(found, 0, 1, 1) == []


def test_a_building_throws_its_shadow_by_similar_triangles() -> None:
    found = with_sight(world([STREET], [HOUSE, box(152, 2, 156, 4)], [((150, 14), 0)]), 50.0)
    half = sqrt(50**2 - FRONT**2)
    # Seen from the eye the corners (152, 2) and (156, 4) are outermost.
    left, right = 2 * FRONT / (FRONT - 2), 6 * FRONT / (FRONT - 4)
    assert seen_by(found, 0, 0) == close((150 - half, 150 + left), (150 + right, 150 + half))


def test_far_from_the_origin_the_shadow_is_as_exact_as_numbers_allow() -> None:
    east, north = 190_000.0, 507_000.0
    street = [(east, north), (east + 300, north)]
    blocks = [box(east + 152, north + 2, east + 156, north + 4)]
    found = with_sight(world([street], blocks, [((east + 150, north + 10), -1)]), 50.0)
    half = sqrt(50**2 - 10**2)
    expected = [(150 - half, 150 + 2 * 10 / 8), (150 + 6 * 10 / 6, 150 + half)]
    assert seen_by(found, 0, 0) == [pytest.approx(stretch, abs=1e-8) for stretch in expected]


def test_a_street_through_the_eye_is_seen_up_to_the_first_wall() -> None:
    through = [(150.0, 0.0), (150.0, -40.0)]
    found = with_sight(world([through], [HOUSE, box(149, -30, 151, -20)], [((150, 14), 0)]))
    assert seen_by(found, 0, 0) == close((0, 20))


def test_a_street_that_begins_at_the_eye_is_seen_up_to_the_first_wall() -> None:
    found = with_sight(world([[(0.0, 0.0), (10.0, 50.0)]], [box(0, 10, 20, 30)], [((0, 0), -1)]))
    assert seen_by(found, 0, 0) == close((0, sqrt(10**2 + 2**2)))


def test_a_home_in_a_terrace_looks_out_at_front_and_back_only() -> None:
    terrace = [box(141, 10, 147, 20), HOUSE, box(153, 8, 159, 18)]
    found = with_sight(world([STREET], terrace, [((144, 14), 0), ((150, 14), 1), ((156, 14), 2)]))
    assert sight_of(found).eye_xy[1].tolist() == [[150, FRONT], [150, BACK]]
    # The neighbour who stands forward hides the street to the right, from his corner (153, 8) on.
    half = sqrt(110**2 - FRONT**2)
    assert seen_by(found, 1, 0) == close((150 - half, 150 + 3 * FRONT / (FRONT - 8)))


def test_neighbours_drawn_with_a_slit_between_them_still_are_neighbours() -> None:
    gap = [box(140, 10, 146.8, 20), HOUSE, box(153.2, 10, 160, 20)]
    beside = [(170.0, 14.0), (170.0, -100.0)]
    alone, between = (
        sight_of(with_sight(world([beside], some, [((150, 14), 0)]))) for some in ([HOUSE], [HOUSE, gap[0], gap[2]])
    )
    assert alone.eye_xy[0].tolist() == [[153 + OUTSIDE_M, 14], [147 - OUTSIDE_M, 14]]
    assert between.eye_xy[0, 0, 1] in {FRONT, BACK}


def test_only_what_is_free_of_a_facade_counts() -> None:
    # A shed covers the left four metres of the front; the eye moves out of the way and stays clear of the corner.
    found = with_sight(world([STREET], [HOUSE, box(147, 7, 151, 10)], [((148, 14), 0)]))
    assert sight_of(found).eye_xy[0, 0].tolist() == [151.5, FRONT]


def test_a_house_built_in_on_all_sides_looks_from_its_address_and_sees_nothing() -> None:
    around = [[(140, 5), (160, 5), (160, 25), (140, 25)], [(147, 10), (147, 20), (153, 20), (153, 10)]]
    found = with_sight(world([STREET], [HOUSE, around], [((150, 14), 0)]))
    assert sight_of(found).eye_xy[0, 0].tolist() == [150, 14]
    assert homes_seeing_no_street(found) == 1


def test_the_own_building_never_blocks() -> None:
    # An L: the front eye is in the hook, and looks through the leg that comes forward.
    hook = [[(140, 10), (160, 10), (160, 3), (165, 3), (165, 20), (140, 20)]]
    found = with_sight(world([STREET], [hook], [((150, 14), 0)]), 50.0)
    half = sqrt(50**2 - FRONT**2)
    assert seen_by(found, 0, 0) == close((150 - half, 150 + half))


def test_a_house_drawn_twice_still_sees_the_street() -> None:
    once, twice = (with_sight(world([STREET], [HOUSE] * times, [((150, 14), 0)])) for times in (1, 2))
    assert sight_of(twice).eye_xy.tolist() == sight_of(once).eye_xy.tolist()
    assert seen_by(twice, 0, 0) == seen_by(once, 0, 0)


def test_a_building_whose_outline_crosses_itself_blocks_from_every_side() -> None:
    bow_tie = [[(100, 20), (120, 30), (120, 20), (100, 30)]]
    above, below = [(100.0, 40.0), (120.0, 40.0)], [(100.0, 10.0), (120.0, 10.0)]
    found = with_sight(world([above, below], [bow_tie], [((110, 0), -1), ((110, 50), -1)]), 60.0)
    assert seen_by(found, 0, 0, 1) == close((0, 20))
    assert seen_by(found, 1, 0, 0) == close((0, 20))
    # The crossing of the outline at (110, 25) is all that a straight look passes: no gap in the shadow.
    assert seen_by(found, 0, 0, 0) == []
    assert seen_by(found, 1, 0, 1) == []


def test_a_ring_may_run_either_way_round() -> None:
    blocks = [box(100, 3, 120, 6), box(170, 3, 171, 30)]
    reverse = [[ring[::-1] for ring in block] for block in blocks]
    home = [((150, 50), -1)]
    one, other = (with_sight(world([STREET], walls, home)) for walls in (blocks, reverse))
    assert len(seen_by(one, 0, 0)) == 3
    assert seen_by(one, 0, 0) == close(*seen_by(other, 0, 0))


def test_a_courtyard_is_open_and_its_walls_block() -> None:
    ring = [[(0, 0), (60, 0), (60, 60), (0, 60)], [(20, 20), (40, 20), (40, 40), (20, 40)]]
    streets = [[(21.0, 25.0), (39.0, 25.0)], [(-20.0, 25.0), (-1.0, 25.0)]]
    found = with_sight(world(streets, [ring], [((30, 35), -1), ((-10, 35), -1)]))
    assert seen_by(found, 0, 0, 0) == close((0, 18))
    assert seen_by(found, 0, 0, 1) == []
    assert seen_by(found, 1, 0, 0) == []
    assert seen_by(found, 1, 0, 1) == close((0, 19))


def test_a_passage_is_dark_from_outside_but_not_through_the_own_house() -> None:
    passage = [(150.0, 0.0), (150.0, 40.0)]
    homes = [((150, 14), 0), ((130, 30), -1)]
    found = with_sight(world([passage], [HOUSE], homes))
    # The eyes of the house share the passage at the line of the façade at the street point, which lies inside.
    own = sorted(seen_by(found, 0, 0) + seen_by(found, 0, 1))
    assert own[0][0] == 0
    assert own[-1][1] == 40
    assert sum(end - begin for begin, end in own) == pytest.approx(40)
    # From (130, 30) the corner (147, 20) hides what lies beyond 30 - 10 * 20 / 17, which is inside the passage: the wall
    # ends the sight there at y = 20; the corner (147, 10) frees nothing before 30 - 20 * 20 / 17.
    assert seen_by(found, 1, 0) == close((0, 30 - 20 * 20 / 17), (20, 40))


def test_shreds_are_left_out() -> None:
    gap = [box(100, 3, 149.99, 6), box(150.01, 3, 200, 6)]
    found = with_sight(world([[(120.0, 0.0), (180.0, 0.0)]], gap, [((150, 50), -1)]))
    assert seen_by(found, 0, 0) == []


def test_stretches_and_arrays_are_laid_out_as_documented() -> None:
    street = [(0.0, 0.0), (40.0, 0.0), (40.0, 30.0)]
    sight = sight_of(with_sight(world([street], homes=[((30, 20), -1), ((10, 20), -1)])))
    assert sight.range_m == 110
    assert sight.piece_stretch.tolist() == [0, 2, 4]
    assert sight.stretch_home.tolist() == [0, 1, 0, 1]
    assert sight.stretch_eye.tolist() == [0, 0, 0, 0]
    assert [sight.piece_stretch.dtype, sight.stretch_home.dtype, sight.seen.dtype] == [np.int32] * 3
    assert [sight.stretch_eye.dtype, sight.cell_seen.dtype] == [np.uint8, np.int64]


def test_the_measures_count_homes_and_metres() -> None:
    far = [((5000, 5000), -1), ((150, 50), -1)]
    found = with_sight(world([STREET], homes=far))
    assert homes_seeing_no_street(found) == 1
    assert sight_per_metre(found) == pytest.approx(2 * sqrt(110**2 - 50**2) / 300, abs=1e-12)


def test_the_measures_need_sight_lines() -> None:
    with pytest.raises(InternalError, match="with_sight"):
        homes_seeing_no_street(world([STREET]))


def test_a_map_without_homes_has_no_stretches() -> None:
    found = with_sight(world([STREET], [HOUSE]))
    assert len(sight_of(found).stretch_home) == 0
    assert sight_of(found).eye_xy.shape == (0, 2, 2)


def test_how_far_the_work_is_is_told() -> None:
    told: list[float] = []
    with_sight(world([STREET], [HOUSE], [((150, 14), 0)]), progress=told.append)
    assert (told[0], told == sorted(told), 0.5 <= told[-1] < 1) == (0.0, True, True)

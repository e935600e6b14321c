"""Which parts of the street see each other."""

from __future__ import annotations

import numpy as np

from simulation.maps.sight import with_sight
from tests.maps.small_worlds import box, cells_seen, sight_of, world


def test_edges_are_cut_in_equal_cells_of_at_most_five_metres() -> None:
    found = sight_of(with_sight(world([[(0.0, 0.0), (10.0, 0.0)], [(0.0, 9.0), (11.0, 9.0)], [(0.0, 20.0), (0.5, 20.0)]])))
    assert found.edge_cell.tolist() == [0, 2, 5, 6]


def test_on_an_open_street_cells_see_up_to_the_range() -> None:
    found = with_sight(world([[(0.0, 0.0), (100.0, 0.0)]]), 20.0)
    assert cells_seen(found, 0) == [0, 1, 2, 3, 4]
    assert cells_seen(found, 10) == [*range(6, 15)]


def test_round_a_corner_nobody_sees_anybody() -> None:
    street = [(0.0, 0.0), (50.0, 0.0), (50.0, 50.0)]
    found = with_sight(world([street], [box(0, 1, 49, 50)]))
    # Cells 0-9 lie along the first piece, 10-19 along the second; the corner (49, 1) leaves the bend itself open.
    assert cells_seen(found, 0) == [*range(10)]
    assert cells_seen(found, 19) == [*range(10, 20)]


def test_a_building_that_holds_one_end_does_not_block() -> None:
    passage = [(0.0, 0.0), (30.0, 0.0)]
    found = with_sight(world([passage], [box(10, -5, 20, 5)]))
    # Cells 2 and 3 are in the passage; from the street on one side nobody looks through to the other side.
    assert cells_seen(found, 2) == [*range(6)]
    assert cells_seen(found, 0) == [0, 1, 2, 3]


def test_a_line_between_two_houses_that_touch_is_blocked() -> None:
    houses = [box(-5, 5, 2.5, 10), box(2.5, 5, 10, 10)]
    found = with_sight(world([[(0.0, 0.0), (5.0, 0.0)], [(0.0, 15.0), (5.0, 15.0)]], houses))
    assert cells_seen(found, 0) == [0]


def test_sight_is_mutual_sorted_and_includes_oneself() -> None:
    streets = [[(0.0, 0.0), (80.0, 0.0), (80.0, 60.0)], [(0.0, 40.0), (70.0, 45.0)]]
    sight = sight_of(with_sight(world(streets, [box(10, 8, 30, 20), box(40, 10, 60, 30)])))
    cells = int(sight.edge_cell[-1])
    table = np.zeros((cells, cells), np.bool_)
    for cell in range(cells):
        row = sight.seen[sight.cell_seen[cell] : sight.cell_seen[cell + 1]]
        assert (np.diff(row) > 0).all()
        table[cell, row] = True
    assert (table == table.T).all()
    assert table.diagonal().all()
    assert not table.all()


def test_a_building_in_two_legs_blocks_nobody_who_stands_in_one_of_them() -> None:
    # The far street comes first, so that the cells under the building are not in the first block of work.
    streets = [[(0.0, 900.0), (700.0, 900.0)], [(0.0, 0.0), (50.0, 0.0)]]
    legs = [[(10, -5), (20, -5), (20, 5), (30, 5), (30, -5), (40, -5), (40, 8), (10, 8)]]
    found = with_sight(world(streets, [legs]))
    assert cells_seen(found, 140 + 2) == [*range(140, 150)]
    assert cells_seen(found, 140 + 4) == [*range(142, 148)]

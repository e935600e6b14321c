"""Streets out of OSM data: what is walkable, where edges begin and end, what is trimmed and what is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import MapError
from simulation.maps.area import read_area
from simulation.maps.osm import import_osm
from simulation.maps.walkable import lit_of, reason_not_walkable
from tests.maps.osm_text import Town, box, one_street

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap


def edges_of(street_map: StreetMap) -> list[tuple[int, int]]:
    return [tuple(pair) for pair in street_map.streets.node_osm[street_map.streets.edge_nodes].tolist()]


def names_of(street_map: StreetMap) -> list[str]:
    return [street_map.texts[number] for number in street_map.streets.edge_name]


def streets_report(street_map: StreetMap) -> dict[str, dict[str, int]]:
    report: dict[str, dict[str, int]] = street_map.about["report"]["streets"]
    return report


def test_one_street_is_one_edge_with_its_name_length_and_way() -> None:
    street_map = import_osm(one_street().text(), title="One street")
    assert edges_of(street_map) == [(1, 2)]
    assert names_of(street_map) == ["Dorpsstraat"]
    assert street_map.streets.piece_way.tolist() == [10]
    assert street_map.edge_lengths() == pytest.approx([200], abs=0.2)
    assert street_map.epsg == 28992
    assert street_map.about["title"] == "One street"


@pytest.mark.parametrize(
    ("tags", "walkable"),
    [
        ({"highway": "cycleway"}, True),
        ({"highway": "residential", "sidewalk": "separate"}, True),
        ({"highway": "path", "access": "private"}, False),
        ({"highway": "path", "access": "private", "foot": "yes"}, True),
        ({"highway": "secondary", "foot": "no"}, False),
        ({"highway": "secondary", "foot": "use_sidepath"}, True),
        ({"highway": "pedestrian", "area": "yes"}, False),
        ({"highway": "motorway"}, False),
        ({"highway": "construction"}, False),
    ],
)
def test_the_walkable_filter_is_for_dutch_streets(tags: dict[str, str], *, walkable: bool) -> None:
    assert (reason_not_walkable(tags) == "") is walkable


@pytest.mark.parametrize(("value", "lit"), [("yes", 1), ("24/7", 1), ("no", 0), ("maybe", 255), ("", 255)])
def test_lighting_is_yes_no_or_unknown(value: str, lit: int) -> None:
    assert lit_of({"lit": value}) == lit


def test_a_one_way_street_is_walked_both_ways_and_a_curve_is_kept() -> None:
    town = one_street().node(3, 100, -30).way(10, 1, 3, 2, highway="residential", oneway="yes")
    street_map = import_osm(town.text())
    assert edges_of(street_map) == [(1, 2)]
    assert street_map.streets.edge_piece.tolist() == [0, 2]
    assert street_map.streets.piece_at[1] == pytest.approx(np.hypot(100, 30), abs=0.2)


def test_an_edge_ends_where_name_kind_access_or_lighting_changes() -> None:
    town = one_street().node(3, 300, 0).node(4, 400, 0).node(5, 500, 0).node(6, 600, 0)
    town.way(11, 2, 3, highway="residential", name="Kerkstraat").way(12, 3, 4, highway="footway", name="Kerkstraat")
    town.way(13, 4, 5, highway="footway", name="Kerkstraat", lit="yes")
    town.way(14, 5, 6, highway="footway", name="Kerkstraat", lit="yes", access="permissive")
    street_map = import_osm(town.text(), area=read_area(box(-10, -10, 700, 30)))
    assert edges_of(street_map) == [(1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]
    assert street_map.streets.edge_lit.tolist() == [255, 255, 255, 1, 1]
    assert street_map.texts[street_map.streets.edge_access[4]] == "permissive"


def test_two_ways_of_the_same_nature_make_one_edge_of_two_ways() -> None:
    town = one_street().node(3, 300, 0).way(11, 2, 3, highway="residential", name="Dorpsstraat")
    street_map = import_osm(town.text())
    assert edges_of(street_map) == [(1, 3)]
    assert street_map.streets.piece_way.tolist() == [10, 11]


def test_parallel_streets_loops_and_rings_are_kept() -> None:
    town = one_street().node(3, 100, 40).node(4, 220, 20).node(5, 220, -20).address(201, 190, 10, "9")
    town.way(11, 1, 3, 2, highway="footway").way(12, 2, 4, 5, 2, highway="footway")
    assert edges_of(import_osm(town.text())) == [(1, 2), (1, 2), (2, 2)]


def test_a_ring_without_any_junction_is_one_loop_from_its_lowest_node() -> None:
    town = Town().node(4, 0, 0).node(1, 50, 0).node(3, 50, 50).node(2, 0, 50).address(9, 25, -5, "1")
    street_map = import_osm(town.way(10, 4, 1, 3, 2, 4, highway="residential").text())
    assert edges_of(street_map) == [(1, 1)]
    assert street_map.edge_lengths() == pytest.approx([200], abs=0.5)


def test_a_clipped_way_is_trimmed_and_counted() -> None:
    town = one_street().way(10, 77, 1, 2, 78, highway="residential").way(11, 79, 2, highway="footway")
    street_map = import_osm(town.text())
    assert edges_of(street_map) == [(1, 2)]
    assert streets_report(street_map)["remarks"] == {"clipped way trimmed": 1}
    assert streets_report(street_map)["left_out"] == {"clipped way without two nodes in a row": 1}


def test_segments_of_length_zero_are_dropped_without_parting_the_street() -> None:
    town = one_street().node(3, 200, 0).node(4, 300, 0).way(11, 2, 3, 3, 4, highway="residential", name="Dorpsstraat")
    street_map = import_osm(town.text())
    assert edges_of(street_map) == [(1, 4)]
    assert streets_report(street_map)["remarks"] == {"segment of length zero dropped": 2}


def test_a_segment_over_another_is_kept_once() -> None:
    street_map = import_osm(one_street().way(11, 2, 1, highway="footway").text())
    assert edges_of(street_map) == [(1, 2)]
    assert streets_report(street_map)["left_out"] == {"way of length zero or wholly over other ways": 1}


def test_a_misplaced_node_cuts_its_way() -> None:
    street_map = import_osm(one_street().node(3, 60_000, 0).way(10, 1, 2, 3, highway="residential").text())
    assert edges_of(street_map) == [(1, 2)]
    assert streets_report(street_map)["remarks"] == {"cut at a misplaced node": 1}


def test_islands_are_left_out_with_their_length_and_homes() -> None:
    town = one_street().node(3, 0, 60).node(4, 100, 60).way(11, 3, 4, highway="footway").address(201, 50, 55, "2")
    street_map = import_osm(town.text())
    assert edges_of(street_map) == [(1, 2)]
    islands = street_map.about["report"]["islands"]
    assert islands["parts"] == 1
    assert islands["street_m"] == pytest.approx(100, abs=0.2)
    assert islands["homes_nearer_to_them"] == 1
    assert streets_report(street_map)["left_out"] == {"not connected with the rest": 1}


def test_streets_that_touch_the_area_are_kept_whole_and_homes_inside_it() -> None:
    town = one_street().node(3, 500, 0).node(4, 900, 0).address(201, 300, 10, "2").address(202, 150, 10, "3")
    town.way(11, 2, 3, highway="footway").way(12, 3, 4, highway="path")
    street_map = import_osm(town.text(), area=read_area(box(-50, -50, 250, 50)))
    assert edges_of(street_map) == [(1, 2), (2, 3)]
    assert [street_map.texts[key] for key in street_map.homes.key] == ["n200", "n202"]
    assert streets_report(street_map)["left_out"] == {"outside the area": 1}
    assert street_map.about["report"]["addresses"]["left_out"] == {"outside the area": 1}


def test_the_order_of_the_objects_in_the_file_changes_nothing_but_the_hash_of_the_source() -> None:
    town = one_street().node(3, 300, 0).node(4, 100, 40).way(11, 2, 3, highway="path").way(12, 1, 4, 2, highway="footway")
    town.square(301, 30, (50, -20), 10, shop="bakery", name="Bakker").square(311, 40, (150, -30), 10, natural="water")
    town.address(201, 20, 8, "7")
    one, other = (import_osm(town.text(backwards=backwards)) for backwards in (False, True))
    assert one.texts == other.texts
    for part in ("streets", "homes", "buildings", "water", "places"):
        for name, array in vars(getattr(one, part)).items():
            np.testing.assert_array_equal(array, getattr(getattr(other, part), name), err_msg=f"{part}.{name}")
    assert one.about["report"] == other.about["report"]


def test_a_town_in_belgium_gets_the_utm_zone() -> None:
    text = one_street().text().replace(b'lat="52.5', b'lat="51.0').replace(b'lon="5.9', b'lon="3.7')
    street_map = import_osm(text)
    assert street_map.epsg == 32631
    assert street_map.edge_lengths()[0] == pytest.approx(207, abs=5)


@pytest.mark.parametrize(
    ("town", "message"),
    [
        (Town().node(1, 0, 0).address(200, 10, 10, "1"), "no street that one may walk"),
        (Town().node(1, 0, 0), "no street that one may walk"),
        (Town().node(1, 0, 0).node(2, 90, 0).way(10, 1, 2, highway="path"), "no address near a street"),
        (
            Town().node(1, 0, 0).node(2, 90, 0).way(10, 1, 2, highway="path").address(3, 45, 260, "1"),
            "no street that one may walk in the area",
        ),
    ],
)
def test_a_map_without_streets_or_addresses_is_refused(town: Town, message: str) -> None:
    with pytest.raises(MapError, match=message):
        import_osm(town.text())


@given(
    steps=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), min_size=1, max_size=25),
    names=st.lists(st.sampled_from(["Dorpsstraat", "Kerkstraat"]), min_size=25, max_size=25),
)
def test_on_any_grid_no_metre_is_lost_or_doubled(steps: list[tuple[int, int, bool]], names: list[str]) -> None:
    town = Town()
    segments: dict[tuple[int, int], int] = {}
    for way, ((column, row, upright), name) in enumerate(zip(steps, names, strict=False), start=1000):
        ends = [(column, row), (column, row + 1) if upright else (column + 1, row)]
        numbers = [10 * x + y for x, y in ends]
        for number, (x, y) in zip(numbers, ends, strict=True):
            town.node(number, 100 * x, 100 * y).address(5000 + number, 100 * x + 5, 100 * y + 5, str(number))
        segments.setdefault((min(numbers), max(numbers)), way)
        town.way(way, *numbers, highway="residential", name=name)
    street_map = import_osm(town.text(), area=read_area(box(-50, -50, 650, 650)))
    report = street_map.about["report"]
    total_m = report["street_m"] + report["islands"]["street_m"]
    assert total_m == pytest.approx(100 * len(segments), rel=0.005)
    assert street_map.edge_lengths().sum() == pytest.approx(report["street_m"], abs=0.1)
    assert set(street_map.streets.piece_way.tolist()) <= set(segments.values())
    assert report["streets"]["in_file"] == report["streets"]["kept"] + sum(report["streets"]["left_out"].values())

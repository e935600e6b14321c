"""Homes, buildings, water and places out of OSM data, each counted in and counted out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.maps.nearest import find_nearest
from simulation.maps.osm import import_osm
from simulation.maps.texts import clean_text
from tests.maps.osm_text import one_street

if TYPE_CHECKING:
    from simulation.maps.streetmap import Shapes, StreetMap


def homes_of(street_map: StreetMap) -> dict[str, tuple[str, str]]:
    homes, texts = street_map.homes, street_map.texts
    return {texts[k]: (texts[s], texts[n]) for k, s, n in zip(homes.key, homes.street, homes.number, strict=True)}


def ring_sizes(shapes: Shapes) -> list[list[int]]:
    """Give the number of corners of each ring of each shape."""
    sizes = np.diff(shapes.corners).tolist()
    return [sizes[start:end] for start, end in zip(shapes.rings, shapes.rings[1:], strict=False)]


def test_a_home_knows_its_building_and_its_nearest_street() -> None:
    street_map = import_osm(one_street().text())
    homes = street_map.homes
    assert homes_of(street_map) == {"n200": ("Dorpsstraat", "1")}
    assert homes.building.tolist() == [0]
    assert (homes.edge[0], homes.at[0], homes.away[0]) == (0, pytest.approx(99, abs=0.2), pytest.approx(10, abs=0.2))


def test_addresses_on_buildings_and_multipolygons_are_read_like_those_on_nodes() -> None:
    town = one_street().square(301, 21, (20, 6), 10, building="house", addr_housenumber="3", addr_street="Dorpsstraat")
    town.square(311, 22, (40, 6), 10).square(321, 23, (43, 9), 3)
    town.relation(
        5, [(22, "outer"), (23, "inner")], type="multipolygon", building="yes", addr_housenumber="5", addr_place="Brunnepe"
    )
    street_map = import_osm(town.text())
    assert homes_of(street_map) == {"n200": ("Dorpsstraat", "1"), "r5": ("Brunnepe", "5"), "w21": ("Dorpsstraat", "3")}
    assert [street_map.texts[street_map.buildings.osm[number]] for number in street_map.homes.building] == ["w20", "r5", "w21"]
    assert ring_sizes(street_map.buildings) == [[4, 4], [4], [4]]


def test_an_address_on_a_node_and_on_its_building_counts_once() -> None:
    town = one_street().square(101, 20, (95, 6), 8, building="house", addr_housenumber="1", addr_street="Dorpsstraat")
    town.address(201, 99, 11, " 1 ").address(202, 99, 12, "1A").address(203, 180, 10, "1")
    report = (street_map := import_osm(town.text())).about["report"]["addresses"]
    assert list(homes_of(street_map)) == ["n200", "n202", "n203"]
    assert (report["in_file"], report["kept"], report["left_out"]) == (5, 3, {"same address as a node kept": 2})


def test_a_unit_is_part_of_the_number() -> None:
    town = one_street().node(201, 99, 11, addr_housenumber="1", addr_street="Dorpsstraat", addr_unit="b")
    assert homes_of(import_osm(town.text()))["n201"] == ("Dorpsstraat", "1 b")


def test_a_home_far_from_every_street_is_left_out_with_the_reason() -> None:
    report = import_osm(one_street().address(201, 100, 260, "2").text()).about["report"]["addresses"]
    assert (report["in_file"], report["kept"], report["left_out"]) == (2, 1, {"no street within 250 m": 1})


def test_old_multipolygons_add_their_holes_to_the_tagged_outline() -> None:
    town = one_street().square(301, 21, (20, 6), 10, building="yes").square(311, 22, (23, 9), 3)
    town.relation(5, [(21, "outer"), (22, "inner")], type="multipolygon")
    assert ring_sizes(import_osm(town.text()).buildings) == [[4], [4, 4]]


def test_an_outline_in_two_halves_is_joined_and_an_incomplete_one_left_out() -> None:
    town = one_street().square(301, 21, (20, 6), 10).way(21, 301, 302, 303).way(22, 301, 304, 303)
    town.relation(5, [(21, "outer"), (22, "outer")], type="multipolygon", building="yes")
    town.relation(6, [(21, "outer")], type="multipolygon", building="yes")
    street_map = import_osm(town.text())
    assert ring_sizes(street_map.buildings) == [[4], [4]]
    report = street_map.about["report"]["buildings"]
    assert (report["in_file"], report["kept"], report["left_out"]) == (3, 2, {"multipolygon incomplete": 1})


def test_unsound_outlines_are_mended_or_left_out_with_a_reason() -> None:
    town = one_street().square(301, 21, (20, 6), 10).way(21, 301, 302, 304, 303, 301, building="yes")
    town.square(311, 22, (40, 6), 0.2, building="shed").square(321, 23, (60, 6), 5).way(23, 321, 322, 323, building="yes")
    town.way(24, 321, 322, 999, 321, building="yes")
    report = import_osm(town.text()).about["report"]["buildings"]
    assert report["in_file"] == 5
    assert report["left_out"] == {"clipped outline": 1, "outline not closed": 1, "outline without surface": 1}
    assert report["remarks"] == {"outline crosses itself, mended": 1}


def test_water_is_kept_as_areas_and_as_lines() -> None:
    town = one_street().square(301, 21, (20, -30), 10, natural="water").node(401, 0, -50).node(402, 90, -50)
    water = (street_map := import_osm(town.way(22, 401, 402, waterway="ditch").text())).water
    assert [street_map.texts[kind] for kind in water.kind] == ["water", "ditch"]
    assert ring_sizes(water) == [[4], [2]]


def test_shops_schools_care_homes_and_crossings_are_kept() -> None:
    town = one_street().node(301, 50, 5, shop="bakery", name="Bakker").node(302, 60, 5, amenity="school", shop="no")
    town.node(303, 70, 0, highway="crossing").node(304, 80, 5, amenity="bench")
    town.square(311, 21, (150, 6), 10, amenity="social_facility", social_facility="nursing_home")
    places = (street_map := import_osm(town.text())).places
    kinds = {street_map.texts[key]: street_map.texts[kind] for key, kind in zip(places.osm, places.kind, strict=True)}
    assert kinds == {"n301": "shop", "n302": "school", "n303": "crossing", "w21": "care"}
    assert street_map.texts[places.name[0]] == "Bakker"
    assert places.at[0] == pytest.approx(50, abs=0.2)


def test_names_lose_what_cannot_be_printed_and_what_turns_the_writing_round() -> None:
    assert clean_text("Dorps\u202estraat\x85 \t\n 2\u200b") == "Dorpsstraat 2"
    assert len(clean_text("a" * 1000)) == 255
    town = one_street().way(10, 1, 2, highway="residential", name="Dorps\u202estraat\u2028X")
    street_map = import_osm(town.text())
    assert street_map.texts[street_map.streets.edge_name[0]] == "Dorpsstraat X"
    assert street_map.about["report"]["objects"]["remarks"] == {"text cleaned": 1}


def test_a_repeated_object_counts_once_by_its_latest_version() -> None:
    town = one_street()
    town.ways[11] = '<way id="10" version="2"><nd ref="1"/><nd ref="2"/><tag k="highway" v="path"/></way>'
    street_map = import_osm(town.text())
    assert street_map.texts[street_map.streets.edge_kind[0]] == "path"
    assert street_map.about["report"]["objects"]["left_out"] == {"repeated object": 1}


def test_of_two_streets_equally_near_the_first_wins() -> None:
    pieces = np.array([[0.0, 0, 10, 0], [10, 0, 10, 10], [10, 0, 20, 0]])
    nearest = find_nearest(
        np.array([[12.0, -3], [9, 1], [30, 0]]), pieces, np.zeros(3), np.array([0, 1, 2, 3], dtype=np.int32)
    )
    assert nearest.edge.tolist() == [2, 0, 2]
    assert nearest.at.tolist() == [2, 9, 10]
    assert nearest.away.tolist() == [3, 1, 10]

"""Made neighbourhoods: the right number of homes, on sound ground, the same bytes everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import MultiPoint, Point, Polygon, STRtree

from simulation.errors import MapError
from simulation.maps.osm import import_osm
from simulation.maps.quality import judge_map
from simulation.maps.sight import with_sight
from simulation.maps.synthetic import LAYOUTS, make_neighbourhood
from simulation.maps.synthetic.names import ENDINGS, PREFIXES, THEMES, Names

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = tuple(LAYOUTS)
ROUNDING_M2 = 0.2  # coordinates are whole centimetres, so neighbours' walls overlap by a sliver
TO_METRES = Transformer.from_crs(4326, 28992, always_xy=True)


@cache
def parsed(kind: str, homes: int, seed: int) -> ET.Element:
    return ET.fromstring(make_neighbourhood(kind, homes, seed))


def tags_of(element: ET.Element) -> dict[str, str]:
    return {tag.attrib["k"]: tag.attrib["v"] for tag in element.findall("tag")}


def addresses(root: ET.Element) -> list[dict[str, str]]:
    return [tags for tags in map(tags_of, root.findall("node")) if "addr:housenumber" in tags]


def ways(root: ET.Element, key: str) -> Iterator[tuple[dict[str, str], list[str]]]:
    for way in root.findall("way"):
        tags = tags_of(way)
        if key in tags:
            yield tags, [nd.attrib["ref"] for nd in way.findall("nd")]


def positions(root: ET.Element) -> dict[str, tuple[float, float]]:
    nodes = root.findall("node")
    x, y = TO_METRES.transform([float(n.attrib["lon"]) for n in nodes], [float(n.attrib["lat"]) for n in nodes])
    return {node.attrib["id"]: spot for node, spot in zip(nodes, zip(x, y, strict=True), strict=True)}


def street_parts(root: ET.Element) -> int:
    graph = nx.Graph()
    for _, refs in ways(root, "highway"):
        nx.add_path(graph, refs)
    return len(list(nx.connected_components(graph)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("homes", [50, 51, 799])
def test_exactly_the_homes_asked_for(kind: str, homes: int) -> None:
    assert len(addresses(parsed(kind, homes, 1))) == homes


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(KINDS), st.integers(50, 900), st.integers(-5, 2**63))
def test_every_neighbourhood_is_whole(kind: str, homes: int, seed: int) -> None:
    root = ET.fromstring(make_neighbourhood(kind, homes, seed))
    found = addresses(root)
    assert len(found) == homes
    assert len({(tags["addr:street"], tags["addr:housenumber"]) for tags in found}) == homes
    assert street_parts(root) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_same_bytes_in_another_process_with_another_hash_seed(kind: str) -> None:
    here = make_neighbourhood(kind, 300, 5)
    code = (
        "import hashlib; from simulation.maps.synthetic import make_neighbourhood as make; "
        f"print(hashlib.sha256(make({kind!r}, 300, 5)).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4321"}
    there = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert make_neighbourhood(kind, 300, 5) == here
    assert there.stdout.strip() == sha256(here).hexdigest()
    assert make_neighbourhood(kind, 300, 6) != here


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [2, 9])
def test_buildings_stand_apart_and_off_the_streets(kind: str, seed: int) -> None:
    root = parsed(kind, 500, seed)
    spots = positions(root)
    outlines = [Polygon([spots[ref] for ref in refs]) for _, refs in ways(root, "building")]
    tree = STRtree(outlines)
    one, other = tree.query(outlines, predicate="intersects")
    overlaps = [outlines[a].intersection(outlines[b]).area for a, b in zip(one, other, strict=True) if a < b]
    assert len(outlines) > 300
    assert max(overlaps) < ROUNDING_M2
    streets = [Point(spots[ref]) for _, refs in ways(root, "highway") for ref in refs]
    assert not len(tree.query(streets, predicate="within")[0])


@pytest.mark.parametrize("kind", KINDS)
def test_every_address_lies_inside_a_building_and_crosses_the_importer(kind: str) -> None:
    street_map = import_osm(make_neighbourhood(kind, 600, 3))
    assert len(street_map.homes.key) == 600
    assert (street_map.homes.building >= 0).all()
    assert street_map.homes.away.max() < 80
    assert street_map.epsg == 28992
    assert street_map.about["synthetic"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_neighbourhood_has(kind: str) -> None:
    root = parsed(kind, 800, 3)
    values = {(key, value) for element in root.iter() for key, value in tags_of(element).items()}
    wanted = {("amenity", "school"), ("social_facility", "nursing_home"), ("natural", "water"), ("highway", "crossing")}
    wanted |= {("highway", "residential"), ("highway", "footway"), ("highway", "cycleway"), ("highway", "tertiary")}
    assert wanted | {("lit", "yes"), ("shop", "bakery"), ("building", "shed")} <= values
    assert root.attrib["note"] == "synthetic"
    bounds = root.find("bounds")
    assert bounds is not None
    assert 52.7 < float(bounds.attrib["minlat"]) < float(bounds.attrib["maxlat"]) < 52.85


def extent(root: ET.Element) -> tuple[float, float]:
    """Give the lengths of a neighbourhood along and across its longest direction, metres."""
    hull = MultiPoint(list(positions(root).values())).minimum_rotated_rectangle
    corners = [Point(corner) for corner in hull.exterior.coords]
    short, long = sorted((corners[0].distance(corners[1]), corners[1].distance(corners[2])))
    return long, short


def test_a_ribbon_village_is_long_and_has_farms_along_ditches() -> None:
    root = parsed("lint", 800, 3)
    kinds = Counter(tags["building"] for tags, _ in ways(root, "building"))
    assert kinds["barn"] > 20
    assert kinds["church"] == 1
    assert sum(tags["water"] == "ditch" for tags, _ in ways(root, "water")) > 20
    long, short = extent(root)
    assert long > 2 * short


def test_an_old_core_has_homes_upstairs_shops_below_and_one_name_for_both_quays() -> None:
    root = parsed("centrum", 1500, 3)
    houses = sum(tags["building"] == "house" for tags, _ in ways(root, "building"))
    assert 600 < houses < 1200
    assert sum("shop" in tags for tags in map(tags_of, root.findall("node"))) > 50
    quays = Counter(tags["name"] for tags, _ in ways(root, "highway") if tags.get("name", "").endswith(ENDINGS["canal"]))
    water = sum(tags["water"] == "canal" for tags, _ in ways(root, "water"))
    assert sum(quays.values()) >= 2 * water > 2
    names = set(quays)
    sides = {(tags["addr:street"], int(tags["addr:housenumber"]) % 2) for tags in addresses(root)}
    assert any({(name, 0), (name, 1)} <= sides for name in names)


@pytest.mark.parametrize("kind", ["lint", "centrum"])
def test_old_places_are_good_to_play_on(kind: str) -> None:
    assert judge_map(with_sight(import_osm(make_neighbourhood(kind, 300, 4)))).verdict == "good"


def test_numbers_are_odd_on_one_side_and_even_on_the_other_and_postcodes_do_not_exist() -> None:
    found = addresses(parsed("naoorlogs", 799, 1))
    numbers: dict[str, list[int]] = {}
    for tags in found:
        numbers.setdefault(tags["addr:street"], []).append(int(tags["addr:housenumber"]))
    for street in numbers.values():
        for first in (1, 2):
            side = sorted(number for number in street if number % 2 == first % 2)
            assert side == list(range(first, first + 2 * len(side), 2))
    postcodes = Counter(tags["addr:postcode"] for tags in found)
    assert all(postcode[0] == "0" and len(postcode) == 7 for postcode in postcodes)
    assert max(postcodes.values()) <= 20


def test_street_names_suffice_and_never_repeat() -> None:
    names = Names(1)
    for use, endings in ENDINGS.items():
        words = sum(len(theme.split()) for theme in THEMES.values())
        taken = [names.take(use) for _ in range(words * len(endings) * len(PREFIXES))]
        assert len(set(taken)) == len(taken) > 9000


@pytest.mark.parametrize(
    ("kind", "homes", "expected"),
    [
        ("vinex", 100, "'vinex': use one of naoorlogs, bloemkool, lint, centrum"),
        ("bloemkool", 49, "49 homes cannot be made: use a whole number from 50 to 50000"),
        ("naoorlogs", 50_001, "50001 homes"),
    ],
)
def test_wrong_arguments_are_refused_with_the_way_out(kind: str, homes: int, expected: str) -> None:
    with pytest.raises(MapError, match=expected):
        make_neighbourhood(kind, homes, 1)


def test_all_wrong_arguments_are_named_at_once() -> None:
    with pytest.raises(MapError) as caught:
        make_neighbourhood("vinex", 0, 1)
    assert len(caught.value.problems) == 2

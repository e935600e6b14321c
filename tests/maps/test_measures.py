"""What a map is like to play on, on streets small enough to measure by hand."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import pytest

from simulation.maps import quality
from simulation.maps.measures import (
    doubled_m,
    homes_overlooked,
    homes_unnamed,
    private_ways,
    seen_share,
    some_only_share,
    unnamed_share,
)
from simulation.maps.osm import import_osm
from simulation.maps.quality import judge_map
from simulation.maps.sight import with_sight
from tests.maps.osm_text import Town, one_street
from tests.maps.small_worlds import box, sight_of, world

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap

STREET = [(0.0, 0.0), (300.0, 0.0)]


def beside(*line: tuple[float, float], kind: str = "footway") -> StreetMap:
    """Give the street of 200 m with a path along some corners, tied to its end by a way across."""
    town = one_street()
    for number, corner in enumerate(line):
        town.node(50 + number, *corner)
    town.way(11, *range(50, 50 + len(line)), highway=kind)
    return import_osm(town.way(12, 1, 50, highway="service").text())


@pytest.mark.parametrize("kind", ["footway", "cycleway", "path"])
def test_a_path_along_a_street_doubles_it(kind: str) -> None:
    assert doubled_m(beside((50, 6), (150, 6), kind=kind)) == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize("kind", ["service", "residential", "pedestrian"])
def test_what_is_no_path_doubles_nothing(kind: str) -> None:
    assert doubled_m(beside((50, 6), (150, 6), kind=kind)) == 0


def test_only_the_part_beside_the_street_counts() -> None:
    assert doubled_m(beside((150, 6), (250, 6))) == pytest.approx(50, abs=2.5)
    assert doubled_m(beside((100, 6), (150, 6), (150, 60))) == pytest.approx(50, abs=0.2)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param([(50, 13), (150, 13)], id="too far away"),
        pytest.param([(50, -10), (75, 10)], id="across"),
        pytest.param([(201, 0), (260, 0)], id="straight on"),
    ],
)
def test_a_path_of_its_own_doubles_nothing(line: list[tuple[float, float]]) -> None:
    assert doubled_m(beside(*line)) == 0


def test_a_map_without_paths_has_no_doubles() -> None:
    assert doubled_m(import_osm(one_street().text())) == 0


def test_names_are_missed_on_streets_and_not_on_paths() -> None:
    town = one_street().node(3, 200, 100).node(4, 200, 300).address(201, 200, 300, "3")
    town.way(11, 2, 3, highway="residential").way(12, 3, 4, highway="footway")
    assert unnamed_share(import_osm(town.text())) == pytest.approx(1 / 3, abs=1e-3)
    assert unnamed_share(import_osm(Town.way(one_street(), 10, 1, 2, highway="footway").text())) == 0


def test_homes_without_a_street_are_counted() -> None:
    assert homes_unnamed(import_osm(one_street().address(201, 20, 5, "3", street="").text())) == 1


def test_private_ways_are_counted_and_ways_for_some_measured() -> None:
    town = one_street().node(3, 200, 50).node(4, 200, 300).address(201, 200, 50, "3")
    town.way(11, 2, 3, highway="service", access="customers")
    town.way(12, 3, 4, highway="service", access="private").way(13, 1, 4, highway="path", foot="private")
    town.way(14, 1, 3, highway="path", access="no")
    street_map = import_osm(town.text())
    assert private_ways(street_map) == (2, 5)
    assert some_only_share(street_map) == pytest.approx(50 / 250, abs=1e-3)
    assert private_ways(replace(street_map, about={})) == (0, 0)


def seen(homes: list[tuple[tuple[float, float], int]], walls: list[tuple[float, float, float, float]]) -> StreetMap:
    return with_sight(world([STREET], [box(*wall) for wall in walls], homes))


def test_a_metre_of_street_that_many_see_counts_once() -> None:
    for homes in (1, 3):
        street_map = seen([((150, 50), -1)] * homes, [])
        share = seen_share(street_map.streets, sight_of(street_map))
        assert share == pytest.approx(2 * sqrt(110**2 - 50**2) / 300, abs=1e-9)


def test_what_nobody_sees_counts_as_unseen() -> None:
    nobody = seen([], [])
    assert seen_share(nobody.streets, sight_of(nobody)) == 0
    blind = seen([((150, 50), -1)], [(0, 10, 300, 20)])
    assert seen_share(blind.streets, sight_of(blind)) == 0


def test_a_home_is_overlooked_by_another_and_never_by_itself() -> None:
    together = seen([((150, 10), -1), ((160, -10), -1)], [])
    assert homes_overlooked(together, sight_of(together)) == 2
    alone = seen([((150, 10), -1)], [])
    assert homes_overlooked(alone, sight_of(alone)) == 0
    apart = seen([((40, 10), -1), ((280, 10), -1)], [])
    assert homes_overlooked(apart, sight_of(apart)) == 0
    # The wall stands between the first home and the street, so that it sees nobody but is seen.
    one_way = seen([((150, 50), -1), ((160, -10), -1)], [(0, 20, 300, 30)])
    assert homes_overlooked(one_way, sight_of(one_way)) == 1


def test_a_door_at_the_end_of_a_street_or_at_a_bend_is_overlooked_too() -> None:
    bend = [(0.0, 0.0), (90.0, 0.0), (90.0, 80.0)]
    street_map = with_sight(world([bend], [], [((-10, -10), -1), ((100, -10), -1), ((95, 90), -1)]))
    assert homes_overlooked(street_map, sight_of(street_map)) == 3


@pytest.fixture(scope="module")
def good() -> quality.Quality:
    """Give the quality of a map that is good."""
    town = one_street().way(10, 1, 2, highway="residential", name="Dorpsstraat", lit="yes")
    for number in range(1, 12):
        town.address(300 + number, 15 * number, 5, str(2 * number + 1))
    return judge_map(with_sight(import_osm(town.text(), title="Good")))


@pytest.mark.parametrize(
    ("field", "within", "beyond", "words"),
    [
        ("doubled_m", 49, 51, "25.5 % of the street length is a path drawn beside a street"),
        ("unnamed_share", 0.1, 0.11, "11.0 % of the streets have no name"),
        ("homes_unnamed", 0, 1, "8.3 % of the homes have no street"),
        ("private_ways", 10, 11, "11.0 % of the ways are private"),
        ("some_only_share", 0.1, 0.11, "11.0 % of the streets are for some people only"),
        ("seen_share", 0.75, 0.74, "only 74.0 % of the streets are in sight of a home"),
        ("homes_overlooked", 11, 10, "only 83.3 % of the homes have their door in sight of another home"),
    ],
)
def test_beyond_its_limit_each_is_remarked_on(
    good: quality.Quality, field: str, within: float, beyond: float, words: str
) -> None:
    base = replace(good, street_m=200.0, ways=100)
    assert quality._judge(replace(base, **{field: within})) == ("good", ())
    verdict, reasons = quality._judge(replace(base, **{field: beyond}))
    assert verdict == "usable with remarks"
    assert [reason for reason in reasons if reason.startswith(words)] == list(reasons)


def test_the_measures_are_lines(good: quality.Quality) -> None:
    assert good.verdict == "good"
    text = "\n".join(good.lines())
    assert "\npavements 0.0 km of paths beside a street, 0.0 % of the length drawn twice\n" in text
    assert "\nnames     missing on 0.0 % of the streets; 0 homes have no street\n" in text
    assert "\naccess    0 of 1 ways left out as private; 0.0 % of the streets are for some only\n" in text
    assert "\nsight     100.0 % of the streets are in sight of a home; 100.0 % of the homes are in sight of another\n" in text
    assert "\nsight     sight lines are missing\n" in "\n".join(replace(good, seen_share=None).lines())

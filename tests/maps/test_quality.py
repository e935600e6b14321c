"""The judgement of `boef map check`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.errors import MapError
from simulation.maps.osm import import_osm
from simulation.maps.pinned import write_map
from simulation.maps.quality import Quality, check_map, judge_map
from simulation.maps.sight import with_sight
from tests.maps.osm_text import Town, one_street

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.maps.streetmap import StreetMap


def row_of_houses(*, lit: str = "yes") -> Town:
    """Give a street of 200 m with twelve houses along it."""
    town = one_street().way(10, 1, 2, highway="residential", name="Dorpsstraat", lit=lit)
    for number in range(11):
        x_m = 5 + 17 * number + 4 * (number > 4)
        town.square(1000 + 10 * number, 2000 + number, (x_m, 6), 6, building="house")
        town.address(3000 + number, x_m + 3, 9, str(2 * number + 3))
    return town


@pytest.fixture(scope="module")
def street_map() -> StreetMap:
    return with_sight(import_osm(row_of_houses().text(), title="A row"))


def test_a_sound_map_is_good(street_map: StreetMap, tmp_path: Path) -> None:
    digest = write_map(street_map, tmp_path / "row.map")
    quality = check_map(tmp_path / "row.map")
    assert (quality.verdict, quality.reasons) == ("good", ())
    assert (quality.digest, quality.homes, quality.edges, quality.dead_ends, quality.homes_blind) == (digest, 12, 1, 2, 0)
    assert quality.lit_known_share == 1
    assert quality.street_m == pytest.approx(200, abs=0.3)


def test_the_findings_are_lines_and_json(street_map: StreetMap) -> None:
    quality = judge_map(street_map)
    assert any(line.startswith("verdict   good") for line in quality.lines())
    assert quality.lines()[-1] == "© OpenStreetMap contributors, ODbL"
    assert json.loads(json.dumps(quality.as_dict()))["homes"] == 12


def with_reason(quality: Quality, words: str) -> bool:
    return any(words in reason for reason in quality.reasons)


def test_a_map_without_sight_lines_or_with_few_homes_is_not_usable(street_map: StreetMap) -> None:
    blind = judge_map(replace(street_map, sight=None))
    small = judge_map(with_sight(import_osm(one_street().text())))
    assert (blind.verdict, small.verdict) == ("not usable", "not usable")
    assert with_reason(blind, "without sight lines")
    assert with_reason(small, "1 homes are too few")


def test_unknown_lighting_far_homes_and_islands_are_remarked_on(street_map: StreetMap) -> None:
    dark = judge_map(with_sight(import_osm(row_of_houses(lit="").text())))
    assert (dark.verdict, dark.lit_known_share) == ("usable with remarks", 0)
    far = judge_map(replace(street_map, homes=replace(street_map.homes, away=np.full(12, 90.0))))
    assert with_reason(far, "100.0 % of the homes are further than 80 m")
    about = {**street_map.about, "report": {"islands": {"parts": 2, "street_m": 55.5, "homes_nearer_to_them": 3}}}
    cut_off = judge_map(replace(street_map, about=about))
    assert (cut_off.islands, cut_off.island_m, cut_off.homes_nearer_island) == (2, 55.5, 3)
    assert with_reason(cut_off, "25.0 % of the homes are nearer to a street that is not connected")


def test_homes_that_see_no_street_are_counted(street_map: StreetMap) -> None:
    assert street_map.sight is not None
    none = np.zeros(0, dtype=np.int32)
    sight = replace(
        street_map.sight,
        piece_stretch=np.zeros_like(street_map.sight.piece_stretch),
        stretch_home=none,
        stretch_eye=none.astype(np.uint8),
        stretch_from=none.astype(float),
        stretch_to=none.astype(float),
    )
    quality = judge_map(replace(street_map, sight=sight))
    assert (quality.homes_blind, quality.verdict) == (12, "not usable")


def test_a_map_whose_digest_does_not_fit_is_refused(street_map: StreetMap, tmp_path: Path) -> None:
    path = tmp_path / "row.map"
    write_map(street_map, path)
    content = path.read_bytes()
    path.write_bytes(content[:-70] + b"\x01" + content[-69:])
    with pytest.raises(MapError, match="is damaged"):
        check_map(path)

"""Made neighbourhoods are like real ones in what matters for an evening."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulation.errors import MapError
from simulation.maps.character import character
from simulation.maps.osm import import_osm
from simulation.maps.synthetic.compare import HOMES, made_character, real_character, table
from tests.maps.osm_text import EXTRACTS, one_street

REAL: dict[str, dict[str, float]] = {
    "naoorlogs": {
        "homes_per_km2": 2911,
        "street_m_per_home": 9.40,
        "dead_end_share": 0.153,
        "intersection_degree": 3.26,
        "address_to_street_median_m": 14.2,
        "address_to_street_p90_m": 26.1,
        "building_share": 0.177,
        "lit_share": 0.291,
        "homes_seeing_street": 62.6,
    },
    "bloemkool": {
        "homes_per_km2": 2241,
        "street_m_per_home": 11.6,
        "dead_end_share": 0.180,
        "intersection_degree": 3.08,
        "address_to_street_median_m": 13.3,
        "address_to_street_p90_m": 21.1,
        "building_share": 0.178,
        "lit_share": 0.186,
        "homes_seeing_street": 24.1,
    },
    "lint": {
        "homes_per_km2": 568,
        "street_m_per_home": 23.9,
        "dead_end_share": 0.175,
        "intersection_degree": 3.12,
        "address_to_street_median_m": 18.1,
        "address_to_street_p90_m": 25.1,
        "building_share": 0.0921,
        "homes_seeing_street": 13.3,
    },
    "centrum": {
        "homes_per_km2": 4872,
        "street_m_per_home": 7.73,
        "dead_end_share": 0.109,
        "intersection_degree": 3.28,
        "address_to_street_median_m": 8.31,
        "address_to_street_p90_m": 15.2,
        "building_share": 0.328,
        "lit_share": 0.505,
        "homes_seeing_street": 39.6,
    },
}
"""Statistics of the extracts, rounded to three digits; that of Wechelderzande says nothing of street lamps."""

WITHIN = 0.25


@pytest.mark.parametrize("kind", REAL)
def test_made_lies_within_a_quarter_of_real(kind: str) -> None:
    made = made_character(kind, HOMES[kind], seed=5).as_dict()
    deviations = {name: (made[name] or 0.0) / value - 1 for name, value in REAL[kind].items()}
    assert {name: round(share, 2) for name, share in deviations.items() if abs(share) > WITHIN} == {}


@pytest.mark.skipif(not EXTRACTS.is_dir(), reason="the extracts are not here")
@pytest.mark.parametrize("kind", REAL)
def test_the_real_figures_are_those_of_the_extracts(kind: str) -> None:
    real = real_character(kind, EXTRACTS).as_dict()
    assert {name: real[name] for name in REAL[kind]} == pytest.approx(REAL[kind], rel=0.01)


def test_character_of_one_street_by_hand() -> None:
    found = character(import_osm(one_street().text()))
    assert (found.homes, found.dead_end_share, found.intersection_degree) == (1, 0.0, 0.0)  # its ends lie too far away
    assert found.homes_per_km2 == pytest.approx(1e6 / (np.pi * 50**2), rel=0.03)
    assert found.street_m_per_home == pytest.approx(2 * np.sqrt(50**2 - 10**2), abs=10)
    assert found.address_to_street_median_m == found.address_to_street_p90_m == pytest.approx(10, abs=0.2)
    assert found.homes_seeing_street is None


def test_a_map_without_homes_has_no_character() -> None:
    street_map = import_osm(one_street().text())
    nobody = replace(street_map.homes, **{name: value[:0] for name, value in vars(street_map.homes).items()})
    with pytest.raises(MapError, match="without addresses"):
        character(replace(street_map, homes=nobody))


def test_the_table_shows_figures_and_deviations() -> None:
    one = character(import_osm(one_street().text()))
    text = table("bloemkool", one, {3: replace(one, homes=2)})
    assert "| homes | 1 | 2 (+100%) |" in text
    assert "| homes_seeing_street | - | - |" in text

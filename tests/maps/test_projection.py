"""Degrees to metres."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest

from simulation.maps.projection import choose_epsg, project


@pytest.mark.parametrize(
    ("lon", "lat", "x_m", "y_m"),
    [
        (5.387206, 52.155174, 155_000, 463_000),  # Amersfoort, the origin
        (4.824762, 53.160753, 117_380.12, 575_040.34),  # Texel, a test point of RDNAPTRANS
    ],
)
def test_rd_new_agrees_with_the_official_transformation(lon: float, lat: float, x_m: float, y_m: float) -> None:
    assert project(np.array([[lon, lat]]), 28992)[0] == pytest.approx([x_m, y_m], abs=0.3)


@pytest.mark.parametrize(("lon", "lat"), [(3.4, 51.3), (6.0, 50.8), (7.1, 53.1), (5.9, 52.55)])
def test_rd_new_agrees_with_what_other_programs_compute(lon: float, lat: float) -> None:
    other = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True).transform(lon, lat)
    assert project(np.array([[lon, lat]]), 28992)[0] == pytest.approx(other, abs=1.0)


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [
        (5.9, 52.55, 28992),  # Kampen
        (4.9, 52.37, 28992),  # Amsterdam
        (5.69, 50.85, 28992),  # Maastricht
        (6.56, 53.22, 28992),  # Groningen
        (3.6, 51.45, 28992),  # Vlissingen
        (4.79, 51.265, 32631),  # Wechelderzande
        (3.72, 51.05, 32631),  # Gent
        (6.78, 51.23, 32632),  # Düsseldorf
        (151.2, -33.87, 32756),  # Sydney
        (180, 0, 32660),
    ],
)
def test_the_netherlands_get_rd_new_and_the_rest_its_utm_zone(lon: float, lat: float, epsg: int) -> None:
    assert choose_epsg(lon, lat) == epsg


def test_metres_are_rounded_to_millimetres() -> None:
    xy = project(np.array([[5.9, 52.55], [5.901, 52.551]]), 28992)
    np.testing.assert_array_equal(xy, np.round(xy, 3))
    assert np.hypot(*(xy[1] - xy[0])) == pytest.approx(130.5, abs=0.5)

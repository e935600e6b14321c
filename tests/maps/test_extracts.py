"""The six real extracts: everything is counted in and out, and the networks have the known size."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from simulation.maps.layout import FIELDS, check_arrays
from simulation.maps.measures import doubled_m, private_ways, unnamed_share
from simulation.maps.osm import import_osm
from simulation.maps.pinned import read_map, write_map
from tests.maps.osm_text import EXTRACTS, NAMES

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap

pytestmark = pytest.mark.skipif(not EXTRACTS.is_dir(), reason=f"no extracts in {EXTRACTS}")

# Nodes, edges and dead ends of the whole walkable network without breaks for names, from the README of the extracts: the play
# area leaves away streets wholly outside it, and Amsterdam has private streets where walkers are expressly welcome.
KNOWN = {
    "amsterdam-centrum": (628, 924, 123),
    "kampen-binnenstad": (672, 992, 99),
    "kampen-bloemkoolwijk": (479, 637, 97),
    "kampen-naoorlogs": (540, 765, 101),
    "kampen-stad": (3441, 5000, 489),
    "wechelderzande": (307, 409, 65),
}


@cache
def imported(name: str) -> StreetMap:
    return import_osm(EXTRACTS / f"{name}.osm.bz2")


@pytest.mark.parametrize("name", NAMES)
def test_count_in_is_count_out(name: str) -> None:
    report = imported(name).about["report"]
    for subject in ("addresses", "buildings", "objects", "places", "streets", "water"):
        account = report[subject]
        assert account["in_file"] == account["kept"] + sum(account["left_out"].values()), subject
    assert report["addresses"]["kept"] == len(imported(name).homes.key)
    assert report["places"]["kept"] == len(imported(name).places.osm)
    assert report["buildings"]["kept"] == len(np.unique(imported(name).buildings.osm))
    assert report["streets"]["kept"] == len(np.unique(imported(name).streets.piece_way))


@pytest.mark.parametrize("name", NAMES)
def test_the_network_has_the_known_size_and_is_connected(name: str) -> None:
    streets = imported(name).streets
    ends = np.bincount(streets.edge_nodes.ravel())
    simple = nx.MultiGraph(streets.edge_nodes.tolist())
    through = [node for node, degree in simple.degree() if degree == 2 and not simple.has_edge(node, node)]
    nodes, edges, dead_ends = KNOWN[name]
    assert nx.is_connected(simple)
    assert len(ends) - len(through) == pytest.approx(nodes, rel=0.05)
    assert len(streets.edge_nodes) - len(through) == pytest.approx(edges, rel=0.05)
    assert (ends == 1).sum() == pytest.approx(dead_ends, abs=8)


@pytest.mark.parametrize("name", NAMES)
def test_homes_stand_near_their_street(name: str) -> None:
    homes = imported(name).homes
    keys = [imported(name).texts[key] for key in homes.key]
    assert keys == sorted(set(keys))
    assert 7 < np.median(homes.away) < 20
    assert np.percentile(homes.away, 99) < 80
    lengths = imported(name).edge_lengths()
    assert (homes.at <= lengths[homes.edge] + 1e-6).all()
    assert (homes.building >= 0).mean() > 0.99


@pytest.mark.parametrize("name", NAMES)
def test_an_extract_survives_pinning(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("pinned") / f"{name}.map"
    digest = write_map(imported(name), path)
    again = read_map(path)
    assert again.digest == digest
    assert again.texts == imported(name).texts
    arrays = {f.name: getattr(getattr(again, f.name.split(".")[0]), f.name.split(".")[1]) for f in FIELDS if "." in f.name}
    assert not list(check_arrays({**arrays, "area": again.area}, FIELDS, len(again.texts)))


def test_pieces_follow_each_other_along_their_edge() -> None:
    streets = imported("kampen-bloemkoolwijk").streets
    inner = np.setdiff1d(np.arange(len(streets.piece_at)), streets.edge_piece[:-1])
    np.testing.assert_array_equal(streets.piece_xy[inner, :2], streets.piece_xy[inner - 1, 2:])
    steps = np.hypot(*(streets.piece_xy[:, 2:] - streets.piece_xy[:, :2]).T)
    assert steps.min() > 0
    assert streets.piece_at[inner] == pytest.approx(streets.piece_at[inner - 1] + steps[inner - 1])
    np.testing.assert_array_equal(streets.piece_xy[streets.edge_piece[:-1], :2], streets.node_xy[streets.edge_nodes[:, 0]])
    np.testing.assert_array_equal(streets.piece_xy[streets.edge_piece[1:] - 1, 2:], streets.node_xy[streets.edge_nodes[:, 1]])


@pytest.mark.parametrize("name", NAMES)
def test_the_page_on_maps_has_the_measures_of_the_extracts(name: str) -> None:
    street_map = imported(name)
    page = (Path(__file__).parents[2] / "docs" / "maps.md").read_text(encoding="utf-8")
    (row,) = (line for line in page.splitlines() if re.fullmatch(rf"\| `{name}` (\|[^|]+){{5}}\|", line))
    ways = "{:,} of {:,}".format(*private_ways(street_map))
    doubled = 100 * doubled_m(street_map) / street_map.edge_lengths().sum()
    assert row.split(" | ")[1:4] == [f"{doubled:.1f}", f"{100 * unnamed_share(street_map):.1f}", ways]


def test_the_belgian_village_has_its_addresses_on_buildings_and_lies_in_the_utm_zone() -> None:
    village = imported("wechelderzande")
    assert village.epsg == 32631
    assert village.about["source_date"] == "2016-09-17"
    assert {village.texts[key][0] for key in village.homes.key} == {"w"}

"""The map as a NetworkX graph that OSMnx can work with."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import matplotlib as mpl
import networkx as nx
import osmnx
import pytest

from simulation.maps.osm import import_osm
from tests.maps.osm_text import EXTRACTS, one_street

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap


@pytest.fixture(scope="module")
def street_map() -> StreetMap:
    """Give two ways from 1 to 2, of which the northern is longer, a loop at 2, and a path on to 6."""
    town = one_street().node(3, 100, 40).node(4, 220, 20).node(5, 220, -20).node(6, 260, 0).address(9, 190, 10, "9")
    town.way(11, 1, 3, 2, highway="footway", lit="yes").way(12, 2, 4, 5, 2, highway="path")
    return import_osm(town.way(13, 2, 6, highway="path", access="permissive").text())


def test_every_street_is_there_both_ways_with_its_geometry(street_map: StreetMap) -> None:
    graph = street_map.to_networkx()
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.graph["crs"] == "epsg:28992"
    assert sorted(graph.nodes) == [1, 2, 6]
    assert sorted(graph.edges(keys=True)) == [
        (1, 2, 0),
        (1, 2, 1),
        (2, 1, 0),
        (2, 1, 1),
        (2, 2, 0),
        (2, 2, 1),
        (2, 6, 0),
        (6, 2, 0),
    ]
    assert dict(graph.nodes(data="street_count")) == {1: 2, 2: 5, 6: 1}
    for start, end, data in graph.edges(data=True):
        assert data["geometry"].coords[0] == (graph.nodes[start]["x"], graph.nodes[start]["y"])
        assert data["geometry"].coords[-1] == (graph.nodes[end]["x"], graph.nodes[end]["y"])
        assert data["length"] == pytest.approx(data["geometry"].length)
        assert data["oneway"] is False


def test_what_is_unknown_is_left_away(street_map: StreetMap) -> None:
    edges = {data["osmid"]: data for _, _, data in street_map.to_networkx().edges(data=True) if not data["reversed"]}
    assert {"name", "lit", "access"} & set(edges[12]) == set()
    assert (edges[10]["name"], edges[11]["lit"], edges[13]["access"]) == ("Dorpsstraat", "yes", "permissive")


def test_osmnx_routes_along_the_shorter_of_parallel_streets(street_map: StreetMap) -> None:
    graph = street_map.to_networkx()
    route = osmnx.routing.shortest_path(graph, 1, 6, weight="length")
    assert route == [1, 2, 6]
    gdf = osmnx.routing.route_to_gdf(graph, route, weight="length")
    assert gdf["length"].sum() == pytest.approx(260, abs=0.3)


@pytest.mark.skipif(not EXTRACTS.is_dir(), reason=f"no extracts in {EXTRACTS}")
def test_osmnx_routes_measures_and_plots_a_real_neighbourhood() -> None:
    mpl.use("Agg")
    graph = import_osm(EXTRACTS / "kampen-bloemkoolwijk.osm.bz2").to_networkx()
    nodes = sorted(graph)
    route = osmnx.routing.shortest_path(graph, nodes[0], nodes[-1], weight="length")
    assert nx.path_weight(graph, route, "length") > 100
    assert nx.is_strongly_connected(graph)
    assert osmnx.stats.edge_length_total(osmnx.convert.to_undirected(graph)) == pytest.approx(40_680, rel=0.001)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        figure, axes = osmnx.plot_graph(graph, show=False, close=False)
    assert len(axes.collections) == 2
    figure.clear()

"""A street map as a NetworkX graph in OSMnx's conventions, for researchers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import shapely

if TYPE_CHECKING:
    from simulation.maps.streetmap import StreetMap

_LIT = {0: "no", 1: "yes"}


def build_graph(street_map: StreetMap) -> nx.MultiDiGraph:
    """Build a directed multigraph on which OSMnx can route, measure and plot.

    Nodes bear the OpenStreetMap ids, with `x`, `y` in metres and `street_count`. Every street is there once in each direction,
    with `osmid` (a way id, or a list of them), `length` in metres, `geometry`, `oneway` False, `reversed`, `highway`, `street`
    (number of the edge in the map) and, where known, `name`, `lit` and `access`.
    """
    streets = street_map.streets
    graph = nx.MultiDiGraph(crs=f"epsg:{street_map.epsg}", simplified=True, created_with="boef-in-de-wijk")
    graph.graph["attribution"] = street_map.about.get("attribution", "")
    nodes = streets.node_osm.tolist()
    for node, (x, y) in zip(nodes, streets.node_xy.tolist(), strict=True):
        graph.add_node(node, x=x, y=y, street_count=0)
    for edge, (start, end) in enumerate(streets.edge_nodes.tolist()):
        onward = _attributes(street_map, edge)
        back = {**onward, "reversed": True, "geometry": shapely.reverse(onward["geometry"])}
        graph.add_edge(nodes[start], nodes[end], **onward)
        graph.add_edge(nodes[end], nodes[start], **back)
        for node in (start, end):
            graph.nodes[nodes[node]]["street_count"] += 1
    return graph


def _attributes(street_map: StreetMap, edge: int) -> dict[str, Any]:
    """Give the attributes of an edge in its own direction."""
    streets, texts = street_map.streets, street_map.texts
    pieces = slice(streets.edge_piece[edge], streets.edge_piece[edge + 1])
    ways = list(dict.fromkeys(streets.piece_way[pieces].tolist()))
    xy = streets.piece_xy[pieces]
    line = shapely.LineString([xy[0, :2], *xy[:, 2:]])
    known = {
        "name": texts[streets.edge_name[edge]],
        "access": texts[streets.edge_access[edge]],
        "lit": _LIT.get(int(streets.edge_lit[edge]), ""),
    }
    return {
        "osmid": ways[0] if len(ways) == 1 else ways,
        "highway": texts[streets.edge_kind[edge]],
        "length": line.length,
        "oneway": False,
        "reversed": False,
        "geometry": line,
        "street": edge,
        **{name: value for name, value in known.items() if value},
    }

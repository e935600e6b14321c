"""An alert structure as a NetworkX graph: who reads what, who may post where, and who passes on from which channel to which.

`simulation.engine.structure.alert_graph` makes it of the same wiring that an evening is played with. Its nodes, by their
attribute `kind`:

| kind | node | attributes |
| --- | --- | --- |
| `area` | `area-1`, … | `number` from 1; `homes`; `residents`; `shops`; `members` of its group; `xy`, its middle, metres |
| `group` | `group-1`, … | a residents' or the shopkeepers' group: `area`, whose it is; `readers` |
| `upper` | `steering-1`, … | a group above: `name` of its kind; `number`; `readers`; `roles`; `extent`, its members' areas |
| `page` | `public-page` | `readers` |
| `person` | `n0012/1`, … | `area`, where he lives, or None; `roles`; `player`; `muted`, whether he has groups muted |
| `organiser` | `organiser` | none |

Its edges, by their attribute `kind`:

| kind | from, to | attributes |
| --- | --- | --- |
| `reads` | area or person, channel | `number` of people |
| `may post` | area or organiser, channel | `number` of people, 1 for the organisers |
| `passes on` | channel, channel | `by`, the person who reads the one and may pass on to the other; his name is also the key |

Where a group is full and there is a next one, its members are an area of their own, without homes, that tells by `part_of` the
number of the area in which they live. The shopkeepers' group is an area of its own too, without homes or residents, that tells
by `shops` at how many shops somebody is present.

The graph itself has `structure`, `seed`, `map`, `map_title`, `outlet`, and `parameters`, the values that the measures use;
and `patrol`, None or a table that counts the patrol team: `members`, those `on_duty` and `by_bike` among them, `round_s`. Who
of them sees something calls the number himself, and nobody passes it on: so they are no nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Node = tuple[str, dict[str, Any]]
    Edge = tuple[str, str, str, dict[str, Any]]

AlertGraph: TypeAlias = "nx.MultiDiGraph"

ORGANISER = "organiser"
CHANNELS = ("group", "upper", "page")


def make_graph(about: Mapping[str, Any], nodes: Iterable[Node], edges: Iterable[Edge]) -> AlertGraph:
    """Make a graph of nodes with their attributes, and edges with their keys and attributes, in the order given."""
    graph = nx.MultiDiGraph(**about)
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph


def of_kind(graph: AlertGraph, *kinds: str) -> list[str]:
    """List the nodes of some kinds, in the order in which they were made."""
    return [node for node, kind in graph.nodes(data="kind") if kind in kinds]


def group_of(graph: AlertGraph) -> dict[str, str | None]:
    """Give the residents' group of each area; None where it has none."""
    own = {graph.nodes[group]["area"]: group for group in of_kind(graph, "group")}
    return {area: own.get(area) for area in of_kind(graph, "area")}


def outlets(graph: AlertGraph) -> list[str]:
    """List the channels in which the organisers post."""
    return list(graph.successors(ORGANISER))


def stewards(graph: AlertGraph) -> list[str]:
    """List who may pass messages on, in the order of their names in the graph."""
    passing = {by for _, _, by in graph.edges(data="by") if by is not None}
    return [person for person in of_kind(graph, "person") if person in passing]


def hops(graph: AlertGraph) -> dict[tuple[str, str], frozenset[str]]:
    """Give who can pass on from each channel to each other one, for those pairs where anybody can."""
    by: dict[tuple[str, str], set[str]] = {}
    for source, target, person in graph.edges(data="by"):
        if person is not None:
            by.setdefault((source, target), set()).add(person)
    return {pair: frozenset(people) for pair, people in by.items()}

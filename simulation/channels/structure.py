"""All that can be told of an alert structure without playing it, as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.channels.alertgraph import CHANNELS, ORGANISER, group_of, hops, of_kind, outlets, stewards
from simulation.channels.arrivals import Arrivals
from simulation.channels.connections import GOAL, awake_needed, cuts, distances
from simulation.scenario.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.channels.alertgraph import AlertGraph
    from simulation.channels.connections import Cut


def structure_measures(graph: AlertGraph) -> dict[str, Any]:
    """Measure an alert structure.

    Parameters
    ----------
    graph
        From `alert_graph`.

    Returns
    -------
    A document for JSON, areas by their numbers from 1, times in seconds. What is None does not exist: no way, or no closed
    form, for which `why` gives the reason; see `simulation.channels.connections` and `simulation.channels.arrivals`.
    """
    persons, roles = cuts(graph)
    awake, arrivals = awake_needed(graph), Arrivals(graph)
    return {
        **{name: graph.graph[name] for name in ("structure", "map", "map_title", "seed", "outlet")},
        **_parts(graph),
        "patrol": graph.graph.get("patrol"),
        **_rows(graph),
        "cuts": {"persons": [_cut(graph, cut) for cut in persons], "roles": [_cut(graph, cut) for cut in roles]},
        "awake": {
            "goal": GOAL,
            "stewards": awake.stewards,
            "available": round(sum(map(arrivals.takes_part, stewards(graph))), 6),
            "needed": awake.needed,
            "share": None if awake.share is None else round(awake.share, 6),
            "exact": awake.exact,
        },
        "relays": list(_relays(graph, arrivals)),
        "arrivals": list(_arrivals(graph, arrivals)),
        "assumptions": [
            {
                "name": name,
                "value": value,
                "low": REGISTRY[name].low,
                "high": REGISTRY[name].high,
                "grade": REGISTRY[name].grade,
            }
            for name, value in graph.graph["parameters"].items()
        ],
    }


def _parts(graph: AlertGraph) -> dict[str, Any]:
    """List the areas, the channels and the stewards."""
    areas, channels, people = [], [], []
    for area, group in group_of(graph).items():
        facts = graph.nodes[area]
        counts = {name: facts[name] for name in ("homes", "residents", "members")}
        areas.append(
            {"area": facts["number"], **counts, "shops": facts["shops"], "group": group, "part_of": facts.get("part_of")}
        )
    for channel in of_kind(graph, *CHANNELS):
        facts = graph.nodes[channel]
        channels.append({"channel": channel, "kind": facts["kind"], "readers": facts["readers"]})
    for who in stewards(graph):
        facts = graph.nodes[who]
        own = {name: facts[name] for name in ("roles", "player", "muted")}
        lives_in = None if facts["area"] is None else graph.nodes[facts["area"]]["number"]
        people.append({"who": who, "area": lives_in, **own})
    outside = [(who, graph.nodes[who]["roles"]) for who in of_kind(graph, "person") if graph.nodes[who]["area"] is None]
    return {
        "areas": areas,
        "channels": channels,
        "organisers_post_in": outlets(graph),
        "stewards": people,
        "officials": [{"who": who, "roles": roles} for who, roles in outside],
    }


def _rows(graph: AlertGraph) -> dict[str, Any]:
    """Give hops and judgements between areas, a row for each, and from the organisers."""
    groups = list(group_of(graph).values())
    hop_rows, judgement_rows = distances(graph, [ORGANISER, *(group for group in groups if group is not None)])
    counted: dict[str, Any] = {}
    for name, rows in (("hops", hop_rows), ("judgements", judgement_rows)):
        from_organisers, *others = rows
        left = iter(others)
        counted[name] = [[None] * len(groups) if group is None else next(left) for group in groups]
        counted[f"{name}_from_organisers"] = from_organisers
    return counted


def _cut(graph: AlertGraph, cut: Cut) -> dict[str, Any]:
    return {
        "who": cut.who,
        "roles": list(cut.roles),
        "areas_cut_off": [graph.nodes[area]["number"] for area in cut.areas],
        "pairs_lost": cut.pairs,
        "areas_without_organisers": [graph.nodes[area]["number"] for area in cut.unheard],
        "residents": cut.residents,
    }


def _relays(graph: AlertGraph, arrivals: Arrivals) -> Iterator[dict[str, Any]]:
    """Tell how surely and how soon each hop is taken."""
    for source, target in hops(graph):
        readers = arrivals.readers(source, target)
        yield {
            "from": source,
            "to": target,
            "stewards": len(readers),
            "chance": round(arrivals.relay.passed(readers), 6),
            "first_read_s": round(arrivals.relay.first_read_s(readers)),
        }


def _arrivals(graph: AlertGraph, arrivals: Arrivals) -> Iterator[dict[str, Any]]:
    """Tell how surely and how soon a message gets from each area, and from the organisers, to each other area."""
    numbers = graph.nodes(data="number")
    groups = [(numbers[area], group) for area, group in group_of(graph).items() if group is not None]
    for origin, source in [(ORGANISER, ORGANISER), *groups]:
        for area, target in groups:
            if source != target:
                found = arrivals.between(source, target)
                yield {
                    "from": origin,
                    "to": area,
                    "chance": None if found.chance is None else round(found.chance, 6),
                    "expected_s": None if found.expected_s is None else round(found.expected_s),
                    "median_s": None if found.median_s is None else round(found.median_s),
                    "why": found.why,
                }

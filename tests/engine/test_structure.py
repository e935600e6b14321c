"""The graph of a structure is that of the wiring with which the evening is played."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.channels.alertgraph import ORGANISER
from simulation.channels.structure import structure_measures
from simulation.engine import build_worlds, run_evening
from simulation.engine.structure import OF_OFFICIALS, USED, alert_graph
from simulation.engine.wiring import outlets_of, wire
from simulation.errors import ScenarioError
from simulation.people.network import Network
from simulation.reports.structures.svg import structure_svg
from simulation.reports.structures.words import key_lines, structure_lines
from simulation.scenario.model import Announced, Place, Players, Structure
from simulation.scenario.structures import LAYOUTS
from tests.worlds import LOOSE_ENDS, House, evening, made_neighbourhood, street_map, with_shops

if TYPE_CHECKING:
    from simulation.channels.alertgraph import AlertGraph

ALL = {**LOOSE_ENDS, "p_household_member": 1.0, "member_single_factor": 1.0, "admins_per_group": 1.0}
FOUR = street_map(
    {"Laan": [(0.0, 0.0), (100.0, 0.0)]}, [House((10.0 + 25.0 * number, 5.0), "Laan", str(number)) for number in range(4)]
)


AREA = {"kind": "area", "homes": 2, "residents": 2, "shops": 0, "members": 2}


def test_four_homes_and_two_administrators_whole() -> None:
    """Everybody lives alone and is a member: homes 1 and 2 make one area, 3 and 4 the other, one of each administrates."""
    structure = Structure(id="administrators-group", groups=2)
    scenario = evening(ALL, structure=structure, outlet="administrators", players=Players(count=0))
    graph = alert_graph(scenario, FOUR, 5)
    one, other, *officials = (node for node, kind in graph.nodes(data="kind") if kind == "person")
    assert {one, other} <= {f"n000{number}/1" for number in (1, 2, 3, 4)}
    assert officials == ["official/officer-1", "official/area-manager-1"]
    assert dict(graph.nodes(data=True)) == {
        ORGANISER: {"kind": "organiser"},
        "area-1": AREA | {"number": 1, "xy": graph.nodes["area-1"]["xy"]},
        "area-2": AREA | {"number": 2, "xy": graph.nodes["area-2"]["xy"]},
        "group-1": {"kind": "group", "area": "area-1", "readers": 2},
        "group-2": {"kind": "group", "area": "area-2", "readers": 2},
        "administrators-1": {
            "kind": "upper",
            "name": "administrators",
            "number": 1,
            "readers": 4,
            "roles": ["administrator", "officer", "area-manager"],
            "extent": ["area-1", "area-2"],
        },
        **{
            who: {
                "kind": "person",
                "area": graph.nodes[who]["area"],
                "roles": ["administrator"],
                "player": False,
                "muted": False,
            }
            for who in (one, other)
        },
        **{
            f"official/{role}-1": {"kind": "person", "area": None, "roles": [role], "player": False, "muted": False}
            for role in ("officer", "area-manager")
        },
    }
    assert sorted(graph.nodes[f"area-{number}"]["xy"] for number in (1, 2)) == [(22.5, 5.0), (72.5, 5.0)]
    own = {who: f"group-{graph.nodes[who]['area'][-1]}" for who in (one, other)}
    assert set(own.values()) == {"group-1", "group-2"}
    above = "administrators-1"
    assert sorted(graph.edges(keys=True)) == sorted(
        [
            (ORGANISER, above, "may post"),
            *((f"area-{n}", f"group-{n}", key) for n in (1, 2) for key in ("reads", "may post")),
            *((f"area-{n}", above, "reads") for n in (1, 2)),
            *((who, channel, "reads") for who in own for channel in (own[who], above)),
            *((who, above, "reads") for who in officials),
            *(ends for who in own for ends in ((own[who], above, who), (above, own[who], who))),
        ]
    )
    assert graph.graph == {
        "structure": "administrators-group",
        "seed": 5,
        "map": FOUR.digest,
        "map_title": graph.graph["map_title"],
        "outlet": "administrators",
        "parameters": {name: scenario.parameters[name] for name in (*USED, *OF_OFFICIALS)},
        "patrol": None,
    }


@pytest.mark.parametrize("structure", LAYOUTS)
@pytest.mark.parametrize("outlet", ["public-page", "groups"])
def test_the_graph_is_the_wiring_of_the_world_that_is_played(structure: str, outlet: str) -> None:
    street_map, layout = made_neighbourhood(), Structure(id="separate-groups", groups=4, groups_connected_share=0.8)
    players = Players(count=20, announced=Announced(others=0.5))
    scenario = evening(structure=layout, outlet=outlet, players=players).with_structure(structure)
    (world,) = build_worlds(scenario, Network(street_map), [3])
    wiring, graph = wire(world), alert_graph(scenario, street_map, 3, residents=True)
    outlets = outlets_of(world, wiring)
    channels = [*wiring.groups, *wiring.uppers, *(one for one in outlets if one.kind == "page")]
    assert {node for node, kind in graph.nodes(data="kind") if kind in {"group", "upper", "page"}} == {
        one.key for one in channels
    }
    assert list(graph.successors(ORGANISER)) == [one.key for one in outlets]
    for channel in channels:
        readers = [node for node in graph.predecessors(channel.key) if graph.nodes[node]["kind"] == "person"]
        counts = [number for _, _, kind, number in _into(graph, channel.key) if kind == "reads"]
        officials = sum(graph.nodes[who]["area"] is None for who in readers)
        assert len(readers) == sum(counts) + officials == graph.nodes[channel.key]["readers"] == len(channel.members)
    passing = {(source, target) for source, target, kind in graph.edges(data="kind") if kind == "passes on"}
    assert passing == {(source, link.target.key) for source, links in wiring.links.items() for link in links}
    few = alert_graph(scenario, street_map, 3)
    assert structure_measures(few) == structure_measures(graph)
    assert len(few) <= len(graph)


def _into(graph: AlertGraph, channel: str) -> list[tuple[str, str, str, int]]:
    return [
        (source, channel, facts["kind"], facts["number"])
        for source, _, facts in graph.in_edges(channel, data=True)
        if graph.nodes[source]["kind"] == "area"
    ]


@pytest.mark.parametrize(
    ("structure", "groups"),
    [("broadcast", "none"), ("broadcast-shared", "separate-groups"), ("zoomwijck+broadcast", "zoomwijck")],
)
def test_a_broadcast_is_no_group_and_connects_none(structure: str, groups: str) -> None:
    measures = [
        structure_measures(alert_graph(evening(structure=Structure(id=known, groups=4)), made_neighbourhood(), 3))
        for known in (structure, groups)
    ]
    for same in ("areas", "channels", "hops", "judgements", "cuts", "awake"):
        assert measures[0][same] == measures[1][same], same


def test_looking_needs_no_suspects_that_fit_the_map() -> None:
    scenario = evening(structure=Structure(id="zoomwijck", groups=4), suspect={"start": Place(street="Nergenslaan")})
    graph = alert_graph(scenario, made_neighbourhood())
    assert graph.graph["seed"] == scenario.seed
    assert sum(homes for _, homes in graph.nodes(data="homes") if homes) == len(made_neighbourhood().homes.key)


def test_a_map_with_fewer_homes_than_groups_is_refused() -> None:
    with pytest.raises(ScenarioError, match="9 groups on a map with 4 homes; write at most 4"):
        alert_graph(evening(structure=Structure(id="separate-groups", groups=9)), FOUR)
    nobody = replace(FOUR, homes=replace(FOUR.homes, key=np.zeros(0, np.int32)))
    with pytest.raises(ScenarioError, match="no homes"):
        alert_graph(evening(structure=Structure(id="none")), nobody)


def _without_page(graph: AlertGraph) -> list[object]:
    """List the nodes and edges but for the public page, which the team reads too."""
    nodes = [(node, data) for node, data in graph.nodes(data=True) if node != "public-page"]
    return [*nodes, *(edge for edge in graph.edges(keys=True, data=True) if "public-page" not in edge)]


def test_a_patrol_team_is_counted_as_it_goes_round_in_the_evening() -> None:
    scenario = evening(structure=Structure(id="zoomwijck+patrol-team", groups=4), players=Players(share=0.05))
    street_map = made_neighbourhood()
    plain = alert_graph(scenario.with_structure("zoomwijck"), street_map, 3)
    graph = alert_graph(scenario, street_map, 3)
    (roster,) = (record.data for record in run_evening(scenario, street_map, 3).records if record.kind == "roster")
    assert graph.graph["patrol"] == {
        "members": len(roster["members"]),
        "on_duty": len(roster["on_duty"]),
        "by_bike": sum(roster["by_bike"]),
        "round_s": 7200.0,
    }
    assert plain.graph["patrol"] is None
    assert _without_page(plain) == _without_page(graph)
    told = structure_measures(graph)
    assert told["patrol"] == graph.graph["patrol"]
    for language, words in (("nl", "buurtpreventieteam van 10 mensen"), ("en", "patrol team of 10 people")):
        assert words in " ".join(structure_lines(told, language))
        assert words in " ".join(key_lines(told, language))
        assert words not in " ".join(structure_lines(structure_measures(plain), language))


def test_shopkeepers_are_an_area_without_homes_or_residents() -> None:
    structure = Structure(id="administrators-group", groups=2, shopkeepers_until_s=600.0)
    scenario = evening(ALL | {"p_shop_staffed": 1.0}, structure=structure, players=Players(count=0))
    shops = with_shops(FOUR, (20.0, 3.0), (80.0, 3.0), (84.0, 3.0))
    graph = alert_graph(scenario, shops, 5, residents=True)
    where = {"number": 3, "xy": (pytest.approx(184.0 / 3.0), 3.0)}
    assert graph.nodes["area-3"] == AREA | {"homes": 0, "residents": 0, "shops": 3, "members": 3} | where
    assert graph.nodes["shopkeepers"] == {"kind": "group", "readers": 3, "area": "area-3"}
    keepers = [f"n900{number}/shopkeeper" for number in (1, 2, 3)]
    assert [graph.nodes[who]["area"] for who in keepers] == ["area-3"] * 3
    (steward,) = (who for who in keepers if graph.nodes[who]["roles"])
    above = "administrators-1"
    assert {(one, other) for one, other, by in graph.edges(data="by") if by == steward} == {
        ("shopkeepers", above),
        (above, "shopkeepers"),
    }
    assert sum(graph.nodes[f"area-{number}"]["residents"] for number in (1, 2)) == 4
    measures = structure_measures(graph)
    assert measures["hops"] == [[0, 2, 2], [2, 0, 2], [2, 2, 0]]
    told = list(structure_lines(measures, "nl"))
    assert any("2 gebieden, 4 woningen, 4 leden" in line for line in told)
    assert (
        "Gebied 3 is geen deel van de kaart: het is de winkeliersgroep, van de winkels waar iemand aanwezig is (3)."
        in " ".join(told)
    )
    assert ">3 winkels<" in structure_svg(graph, measures, shops, "nl")


def test_on_a_map_without_shops_there_is_no_group_of_shopkeepers() -> None:
    structure = Structure(id="administrators-group", groups=2, shopkeepers_until_s=600.0)
    graph = alert_graph(evening(ALL, structure=structure), FOUR)
    assert [graph.nodes[area]["shops"] for area in ("area-1", "area-2")] == [0, 0]
    assert "area-3" not in graph

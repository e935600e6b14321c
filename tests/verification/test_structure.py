"""What is told of a structure without playing it, against what happens when it is played."""

from __future__ import annotations

from functools import cache
from itertools import product
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.channels.alertgraph import ORGANISER, hops
from simulation.channels.arrivals import Arrivals
from simulation.engine import build_worlds, play
from simulation.engine.structure import alert_graph
from simulation.people.network import Network
from simulation.scenario.model import Announced, Players, Structure
from tests.worlds import House, evening, street_map

if TYPE_CHECKING:
    from simulation.channels.arrivals import Arrival
    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace

HOUSES = tuple(House((10.0 + 20.0 * number, 10.0), "Laan", str(number)) for number in range(60))
NETWORK = Network(street_map({"Laan": [(0.0, 0.0), (1210.0, 0.0)]}, HOUSES))
QUIET = {
    "p_household_member": 0.45,
    "p_watch": 1e-6,
    "alerted_watch_factor": 1.0,
    "chatter_narrow_per_hour": 0.0,
    "admin_relay_sigma": 0.4,
    "read_delay_ordinary_median_s": 180.0,
    "read_delay_ordinary_sigma": 0.6,
    "muted_delay_factor": 3.0,
    "p_mute": 0.4,
}
SEEDS = range(160)


def quiet(structure: str, outlet: str, parameters: dict[str, float], **layout: float) -> Scenario:
    """Let the organisers post the start message in a structure on one street; nothing else happens, for eleven hours."""
    return evening(
        QUIET | parameters,
        players=Players(count=0, announced=Announced(others=1.0)),
        structure=Structure(id=structure, **({"groups": 2} | layout)),
        outlet=outlet,
        start_s=0.0,
        game={"duration_s": 40_000.0, "stop": "time"},
    )


@cache
def started(
    structure: str, outlet: str, *layout: tuple[str, float], **parameters: float
) -> list[tuple[Arrival, float | None]]:
    """Give for each group in which the organisers do not post what is told, and when the message came, if it did."""
    scenario, found = quiet(structure, outlet, parameters, **dict(layout)), []
    for first in SEEDS[::40]:
        for world in build_worlds(scenario, NETWORK, range(first, first + 40)):
            graph, came = alert_graph(scenario, NETWORK.map, world.seed), first_posts(play(world))
            others = {"group-1", "group-2"}.difference(graph.successors(ORGANISER))
            found += [(Arrivals(graph).between(ORGANISER, group), came.get(group)) for group in sorted(others)]
    return found


def first_posts(trace: Trace) -> dict[str, float]:
    """Give when the start message first stood in each channel, seconds."""
    posts = [record for record in trace.records if record.kind == "post" and record.data["content"] == "start"]
    return {record.data["channel"]: record.time_s for record in reversed(posts)}


def assert_told(found: list[tuple[Arrival, float | None]], least: int) -> None:
    """Compare chances and mean times with what happened, within four standard errors, and the medians with halves."""
    told = [(arrival, came) for arrival, came in found if arrival.expected_s]
    assert len(told) >= least
    chances, came = np.array([one.chance for one, _ in told]), np.array([time is not None for _, time in told])
    error = sqrt(float((chances * (1.0 - chances)).sum()))
    assert abs(came.sum() - chances.sum()) <= 4.0 * max(error, 1.0)
    late = np.array([time - one.expected_s for one, time in told if time is not None and one.expected_s is not None])
    assert abs(late.mean()) <= 4.0 * late.std() / sqrt(len(late)), (late.mean(), late.std())
    sooner = np.array([time <= one.median_s for one, time in told if time is not None and one.median_s is not None])
    assert abs(sooner.mean() - 0.5) <= 2.0 / sqrt(len(sooner)) + 0.01


@pytest.mark.parametrize("stewards", [1, 2, 3])
@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_one_hop_takes_as_long_and_is_as_sure_as_told(stewards: int, shared: float) -> None:
    own = {"admins_per_group": float(stewards), "judgement_shared": shared, "p_admin_forward": 0.7}
    found = started("administrators-group", "administrators", **own)
    assert len({arrival.expected_s for arrival, _ in found}) == 1  # nobody can mute a group above
    assert_told(found, 2 * len(SEEDS))


def test_two_hops_from_one_group_to_the_other() -> None:
    assert_told(started("administrators-group", "groups", ("groups_taking_part", 0.5), admins_per_group=2.0), 60)


def test_over_a_person_who_stands_twice_the_chance_is_as_told() -> None:
    found = started("zoomwijck-municipal", "municipal", ("district", 1), p_admin_forward=0.7)
    assert {arrival.why for arrival, _ in found} == {"same-person"}
    chances = np.array([arrival.chance for arrival, _ in found])
    came = np.array([time is not None for _, time in found])
    assert abs(came.mean() - chances.mean()) <= 4.0 * sqrt(0.25 / len(came))


@pytest.mark.parametrize("structure", ["zoomwijck", "bridging-coordinators", "village-coordinators"])
def test_in_play_messages_take_the_hops_of_the_graph_and_no_others(structure: str) -> None:
    scenario = quiet(
        structure, "groups", {"p_admin_forward": 1.0, "p_steward_available": 1.0}, groups=4, groups_taking_part=0.4
    )
    seen = set()
    for world in build_worlds(scenario, NETWORK, range(6)):
        trace, ways = play(world), hops(alert_graph(scenario, NETWORK.map, world.seed))
        posts = {record.id: record.data["channel"] for record in trace.records if record.kind == "post"}
        judged = {
            (record.who, posts[record.data["post"]], record.data["target"])
            for record in trace.records
            if record.kind == "judgement"
        }
        assert judged <= {(who, *way) for way, people in ways.items() for who in people}
        came, posted = first_posts(trace), list(alert_graph(scenario, NETWORK.map, world.seed).successors(ORGANISER))
        reached = {target for source, target in product(posted, came) if leads(ways, source, target)}
        assert reached == set(came)
        seen |= judged
    assert len(seen) > 10


def leads(ways: dict[tuple[str, str], frozenset[str]], source: str, target: str) -> bool:
    """Tell whether hops lead from one channel to another."""
    known, ahead = {source}, [source]
    while ahead:
        here = ahead.pop()
        more = [other for one, other in ways if one == here and other not in known]
        known.update(more)
        ahead += more
    return target in known

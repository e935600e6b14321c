"""Passing messages on between groups: the chance over one hop and two, whose judgement counts, and how long it takes."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.people.network import Network
from simulation.scenario.model import Announced, Players, Structure
from tests.worlds import House, evening, street_map

if TYPE_CHECKING:
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

HOUSES = tuple(House((10.0 + 20.0 * number, 10.0), "Laan", str(number)) for number in range(60))
NETWORK = Network(street_map({"Laan": [(0.0, 0.0), (1210.0, 0.0)]}, HOUSES))
QUIET = {
    "p_household_member": 0.45,
    "p_watch": 1e-6,
    "alerted_watch_factor": 1.0,
    "p_steward_available": 1.0,
    "admin_relay_median_s": 30.0,
    "admin_relay_sigma": 0.4,
    "read_delay_ordinary_median_s": 180.0,
    "read_delay_ordinary_sigma": 1.3,
}
SEEDS = range(240)


@cache
def played(structure: str, outlet: str, **parameters: float) -> list[Trace]:
    """Let the organiser post the start message above two groups; nothing else happens, for eleven hours."""
    scenario = evening(
        QUIET | parameters,
        players=Players(count=0, announced=Announced(others=1.0)),
        structure=Structure(id=structure, groups=2, district=1),
        outlet=outlet,
        start_s=0.0,
        game={"duration_s": 40_000.0, "stop": "time"},
    )
    return [trace for first in SEEDS[::40] for trace in map(play, build_worlds(scenario, NETWORK, range(first, first + 40)))]


def posts(trace: Trace, kind: str) -> dict[str, list[Record]]:
    """Give what was posted of the start message in each channel of a kind, in order."""
    keys = [record.who for record in trace.records if record.kind == "channel" and record.who.startswith(f"{kind}-")]
    starts = [record for record in trace.records if record.kind == "post" and record.data["content"] == "start"]
    return {key: [start for start in starts if start.data["channel"] == key] for key in keys}


def reached(traces: list[Trace], kind: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([bool(there) for trace in traces for there in posts(trace, kind).values()])


def assert_share(flags: np.ndarray[tuple[int], np.dtype[np.bool_]], expected: float) -> None:
    assert len(flags) == 2 * len(SEEDS)
    assert abs(flags.mean() - expected) <= 4.0 * sqrt(expected * (1.0 - expected) / len(flags)), (flags.mean(), expected)


@pytest.mark.parametrize(("stewards", "chance"), [(1, 0.8), (2, 0.8), (3, 0.5)])
def test_one_hop_is_passed_if_any_of_the_stewards_passes_it(stewards: int, chance: float) -> None:
    own = {"admins_per_group": stewards, "p_admin_forward": chance, "judgement_shared": 0.0}
    assert_share(reached(played("administrators-group", "administrators", **own), "group"), 1.0 - (1.0 - chance) ** stewards)


@pytest.mark.parametrize(
    ("stewards", "chance", "one_hop", "two_hops"), [(1, 0.8, 0.8, 0.64), (2, 0.8, 0.96, 0.922), (3, 0.5, 0.875, 0.766)]
)
def test_check_values_of_hops(stewards: int, chance: float, one_hop: float, two_hops: float) -> None:
    hop = 1.0 - (1.0 - chance) ** stewards
    assert (round(hop, 3), round(hop * hop, 3)) == (one_hop, two_hops)


@pytest.mark.parametrize(("first", "second", "chance"), [(1, 1, 0.8), (2, 2, 0.8), (3, 3, 0.5), (1, 3, 0.5)])
def test_two_hops_are_the_product(first: int, second: int, chance: float) -> None:
    own = {"liaisons_per_group": first, "steering_members": second, "p_admin_forward": chance, "judgement_shared": 0.0}
    traces = played("zoomwijck-municipal", "municipal", **own)
    one, other = (1.0 - (1.0 - chance) ** count for count in (first, second))
    assert_share(reached(traces, "coordination"), one)
    assert_share(reached(traces, "group"), one * other)


def test_where_all_judge_alike_more_stewards_do_not_help() -> None:
    alike = {"p_admin_forward": 0.6, "judgement_shared": 1.0}
    one, four = (
        reached(played("administrators-group", "administrators", admins_per_group=count, **alike), "group") for count in (1, 4)
    )
    assert np.array_equal(one, four)
    assert_share(one, 0.6)
    both = one.reshape(-1, 2)
    assert (both[:, 0] == both[:, 1]).all()

"""Closed forms of passing on, against numbers worked out by hand and against sums over the shares of readers."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from simulation.channels.alertgraph import ORGANISER
from simulation.channels.arrivals import MUTED, NO_WAY, SAME_PERSON, SEVERAL_WAYS, Arrival, Arrivals
from simulation.channels.checks import CheckRhythm
from simulation.channels.relays import Reader, Relay
from tests.structures import both_ways, hub, structure

USUAL = {"p_steward_available": 0.8, "p_admin_forward": 0.8, "judgement_shared": 0.5}
NOBODY = Arrival(0.0, None, None, NO_WAY)
TWO = [("p1", "group-1", "top-1"), ("q1", "group-1", "top-1"), ("p2", "top-1", "group-2"), ("q2", "top-1", "group-2")]


def between(source: str, target: str, *arguments: object, **changes: object) -> Arrival:
    return Arrivals(structure(*arguments, **changes)).between(source, target)


@pytest.mark.parametrize(
    ("stewards", "changes", "chance"),
    [
        (1, {}, 0.5),
        (3, {}, 0.875),  # 1 - (1 - q)^s
        (3, {"judgement_shared": 1.0}, 0.5),  # all judge alike
        (2, {"p_steward_available": 0.6}, 1.0 - 0.7**2),
        (2, USUAL, 0.8 * (1.0 - 0.28**2) + 0.2 * (1.0 - 0.68**2)),  # each 0.8 × 0.9 given yes, 0.8 × 0.4 given no
    ],
)
def test_one_hop(stewards: int, changes: dict[str, float], chance: float) -> None:
    passing = [(f"{letter}1", "group-1", "group-2") for letter in "pqr"[:stewards]]
    graph = structure([5, 5], passing, **changes)
    assert Arrivals(graph).between("group-1", "group-2").chance == pytest.approx(chance)
    readers = [Reader(player=False, muted=False)] * stewards
    assert Relay(graph.graph["parameters"]).passed(readers) == pytest.approx(chance)


def test_two_hops_are_the_product_given_the_verdict() -> None:
    assert between("group-1", "group-2", [5, 5], TWO).chance == pytest.approx(0.75**2)
    usual = between("group-1", "group-2", [5, 5], TWO, **USUAL).chance
    assert usual == pytest.approx(0.8 * 0.9216**2 + 0.2 * 0.5376**2)
    assert usual > (0.8 * 0.9216 + 0.2 * 0.5376) ** 2


@pytest.mark.parametrize(("shared", "chance"), [(0.0, 0.8 * 0.25), (1.0, 0.8 * 0.5), (0.5, 0.8 * (0.5 * 0.5 + 0.5 * 0.25))])
def test_the_same_person_in_two_hops_takes_part_once(shared: float, chance: float) -> None:
    passing = [("p1", "group-1", "top-1"), ("p1", "top-1", "group-2")]
    found = between("group-1", "group-2", [5, 5], passing, p_steward_available=0.8, judgement_shared=shared)
    assert found == Arrival(pytest.approx(chance), None, None, SAME_PERSON)


def test_from_where_to_where() -> None:
    graph = structure([5, 5, 5], [("p1", "group-1", "group-2")], outlets=["group-1"])
    ways = Arrivals(graph)
    assert [ways.between(ORGANISER, f"group-{n}").chance for n in (1, 2, 3)] == [1.0, 0.5, 0.0]
    assert ways.between("group-2", "group-2") == ways.between(ORGANISER, "group-1") == Arrival(1.0, 0.0, 0.0)
    assert ways.between("group-2", "group-1") == ways.between(ORGANISER, "group-3") == NOBODY
    assert between("group-1", "group-2", [5, 5], TWO, p_admin_forward=0.0) == NOBODY


def test_ways_that_may_overtake_each_other_have_no_closed_form() -> None:
    passing = [
        ("p1", "group-1", "group-2"),
        ("p2", "group-2", "group-4"),
        ("p3", "group-1", "group-3"),
        ("q3", "group-3", "group-4"),
    ]
    assert between("group-1", "group-4", [5, 5, 5, 5], passing) == Arrival(None, None, None, SEVERAL_WAYS)
    assert between(ORGANISER, "group-3", [5, 5, 5], hub(3, "p"), outlets=["group-1", "group-2"]).why == SEVERAL_WAYS
    assert between(ORGANISER, "group-3", [5, 5, 5], hub(3, "p"), outlets=["top-1"]).chance == pytest.approx(0.5)


def test_ways_that_lead_back_or_cannot_be_sooner_are_left_out() -> None:
    """All three sit in three groups and in one above: whatever way a message takes, they have read it in the first."""
    passing = [(who, one, other) for who in ("p1", "p2", "p3") for one in GROUPS for other in GROUPS if one != other]
    alone = between("group-1", "group-2", [5, 5, 5], [(who, "group-1", "group-2") for who in ("p1", "p2", "p3")])
    assert between("group-1", "group-2", [5, 5, 5], passing) == alone
    # One who has muted the first reads the group above sooner, from which he may pass on as well.
    assert between("group-1", "group-2", [5, 5, 5], passing, muted=["p2"]) == Arrival(alone.chance, None, None, MUTED)
    assert between("group-1", "group-3", [5, 5, 5], hub(3, "p"), muted=["p1"]).why == ""


GROUPS = ["group-1", "group-2", "group-3", "top-1"]


def shares(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return (np.arange(count) + 0.5) / count


@pytest.mark.parametrize("stewards", [1, 2, 5])
@pytest.mark.parametrize("reader", [Reader(player=False, muted=False), Reader(player=True, muted=False)])
def test_the_first_reader(stewards: int, reader: Reader) -> None:
    parameters = {**structure([1], []).graph["parameters"], "read_delay_ordinary_sigma": 0.6}
    rhythm = CheckRhythm(60.0, 0.8) if reader.player else CheckRhythm(468.0, 0.6)
    expected = rhythm.delays(1.0 - (1.0 - shares(400_000)) ** (1.0 / stewards)).mean()  # the quantiles of the least of so many
    assert Relay(parameters).first_read_s([reader] * stewards) == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("reader", [Reader(player=False, muted=True), Reader(player=True, muted=True)])
@pytest.mark.parametrize("factor", [3.0, 10.0])
def test_who_muted_the_group_reads_at_the_later_of_two_looks(factor: float, reader: Reader) -> None:
    """All pairs of 2,000 quantiles of the one delay and of the other."""
    changes = {"read_delay_ordinary_sigma": 0.6, "muted_delay_factor": factor}
    median, sigma = (60.0, 0.8) if reader.player else (468.0, 0.6)
    one, other = (CheckRhythm(times * median, sigma).delays(shares(2000)) for times in (1.0, factor))
    later = np.maximum(one[:, np.newaxis], other)
    found = Relay({**structure([1], []).graph["parameters"], **changes}).first_read_s([reader])
    assert found == pytest.approx(later.mean(), rel=2e-3)
    assert found > other.mean()


def test_reading_and_passing_on_take_the_sum() -> None:
    changes = {"read_delay_ordinary_sigma": 0.6, "admin_relay_median_s": 90.0, "admin_relay_sigma": 0.7}
    found = between("group-1", "group-2", [5, 5], [("p1", "group-1", "group-2")], **changes)
    reading = CheckRhythm(468.0, 0.6).delays(shares(400_000)).mean()
    assert found.expected_s == pytest.approx(reading + 90.0 * exp(0.7**2 / 2.0), rel=1e-3)
    twice = between("group-1", "group-2", [5, 5], [("p1", "group-1", "top-1"), ("p2", "top-1", "group-2")], **changes)
    assert twice.expected_s == pytest.approx(2.0 * found.expected_s)
    assert found.median_s < found.expected_s < twice.median_s < twice.expected_s


def test_mean_and_median_of_two_stewards_against_many_draws() -> None:
    """Two stewards of whom each passes on with chance 1/2, then one, drawn 400,000 times."""
    changes = {"read_delay_ordinary_sigma": 0.6, "read_delay_player_sigma": 0.6, "admin_relay_sigma": 0.5}
    passing = [("p1", "group-1", "top-1"), ("q1", "group-1", "top-1"), ("p2", "top-1", "group-2")]
    found = between("group-1", "group-2", [5, 5], passing, players=["q1"], **changes)
    random = np.random.default_rng(7)
    delays = [CheckRhythm(median, 0.6).delays(random.random(400_000)) for median in (468.0, 60.0, 468.0)]
    ready = [delay + 90.0 * np.exp(0.5 * random.standard_normal(400_000)) for delay in delays]
    first = [np.where(random.random(400_000) < 0.5, one, np.inf) for one in ready[:2]]
    times = np.minimum(*first) + ready[2]
    passed = times[np.isfinite(times)]
    assert found.chance == pytest.approx(0.75 * 0.5)
    assert found.expected_s == pytest.approx(passed.mean(), rel=5e-3)
    assert found.median_s == pytest.approx(np.median(passed), rel=1e-2)


def test_one_more_steward_is_surer_and_sooner() -> None:
    found = [
        between(
            "group-1",
            "group-2",
            [5, 5],
            both_ways(*((f"{letter}1", "group-1", "group-2") for letter in "pqrs"[:count])),
            **USUAL,
        )
        for count in (1, 2, 3, 4)
    ]
    chances, means = [one.chance for one in found], [one.expected_s for one in found]
    assert chances == sorted(set(chances))
    assert means == sorted(set(means), reverse=True)

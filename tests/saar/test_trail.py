"""Walking behind a suspect: closed forms on a straight street, and what must hold on any street."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.people.legs import legs_of
from simulation.people.network import Network
from simulation.people.suspects import appear
from simulation.saar.trail import Manner, walk_behind
from simulation.scenario.model import Pauses, Place, Route
from tests.people.mazes import SEEDS, maze
from tests.worlds import evening, street_map

if TYPE_CHECKING:
    from simulation.people.suspects import Shadow
    from simulation.people.walks import Walks

BEGIN, UNTIL = 100.0, 400.0
MANNER = Manner(speed=1.8, behind_m=25.0, within_s=60.0)
LANE = {"West": [(0.0, 0.0), (200.0, 0.0)], "Midden": [(200.0, 0.0), (800.0, 0.0)], "Oost": [(800.0, 0.0), (1000.0, 0.0)]}
ALONG = {"start": Place(street="West"), "behaviour": Route(points=(Place(street="Oost"), Place(street="West")))}
"""He starts at x = 100, goes to x = 900 and comes back."""


@cache
def lane(side_x: float = 0.0) -> Network:
    """Give a long street, with a side street up from a corner where one is asked for."""
    if not side_x:
        return Network(street_map(LANE))
    corner = (side_x, 0.0)
    streets = {"West": [(0.0, 0.0), (200.0, 0.0)], "Oost": [(800.0, 0.0), (1000.0, 0.0)]}
    streets |= {"Een": [(200.0, 0.0), corner], "Twee": [corner, (800.0, 0.0)], "Zij": [corner, (side_x, 90.0)]}
    return Network(street_map(streets))


def walker(network: Network, speed: float = 1.0, pauses: Pauses | None = None, seed: int = 1) -> Shadow:
    suspect = ALONG | {"speed_mps": speed, "pauses": pauses or Pauses()}
    return appear(evening(suspect=suspect, game={"duration_s": 1000.0}), network, [seed])[0][0]


def x_of(network: Network, walks: Walks, times: np.ndarray) -> np.ndarray:
    """Give x of somebody at some moments."""
    return np.array([network.position(*walks.place_at(time, network.edge_length))[0] for time in times.tolist()])


TIMES = np.arange(BEGIN, UNTIL, 0.7)


def behind(network: Network, shadow: Shadow, at: tuple[float, float]) -> np.ndarray | None:
    """Give x at all times of somebody who sets out at a place, or None."""
    walks = walk_behind(network, shadow, network.nearest(*at), (BEGIN, UNTIL), MANNER)
    return None if walks is None else x_of(network, walks, TIMES)


def test_who_is_too_far_behind_hurries_until_he_is_near() -> None:
    # At t = 100 the suspect is at x = 200 and he at 147: 28 m too far. At 1.8 against 1 m/s that takes 35 s.
    network = lane()
    expected = np.minimum(147.0 + 1.8 * (TIMES - 100.0), TIMES + 100.0 - 25.0)
    assert behind(network, walker(network), (147.0, 0.0)) == pytest.approx(expected, abs=0.02)


def test_who_is_near_waits_until_he_is_far_enough() -> None:
    network = lane()
    expected = np.maximum(190.0, TIMES + 100.0 - 25.0)
    assert behind(network, walker(network), (190.0, 0.0)) == pytest.approx(expected, abs=0.02)


def test_who_comes_towards_him_lets_him_pass() -> None:
    network = lane()
    expected = np.maximum(230.0, TIMES + 100.0 - 25.0)
    # The suspect's way is known every few metres: so precisely one finds where it comes nearest.
    assert behind(network, walker(network), (230.0, 0.0)) == pytest.approx(expected, abs=5.0)


def test_who_stands_in_a_side_street_comes_out_of_it_behind_him() -> None:
    # He passes the corner at x = 230 at t = 130; from 20 m up the side street one sets out when he is 5 m further.
    network = lane(230.0)
    walks = walk_behind(network, walker(network), network.nearest(230.0, 20.0), (BEGIN, UNTIL), MANNER)
    assert walks is not None
    places = [network.position(*walks.place_at(time, network.edge_length)) for time in (134.0, 145.0, 155.0, 200.0, 399.0)]
    assert places == [pytest.approx(at, abs=0.02) for at in ((230, 20), (230, 10), (230, 0), (275, 0), (474, 0))]


@pytest.mark.parametrize(("x", "catches_up"), [(130.0, True), (126.0, False)])
def test_who_cannot_be_near_in_time_does_not_follow(x: float, catches_up: bool) -> None:  # noqa: FBT001
    # In a minute he gains 48 m: he may be 73 m behind.
    network = lane()
    assert (behind(network, walker(network), (x, 0.0)) is not None) == catches_up


@pytest.mark.parametrize(("speed", "follows"), [(1.75, True), (1.9, False)])
def test_who_is_slower_than_he_does_not_follow(speed: float, follows: bool) -> None:  # noqa: FBT001
    network = lane()
    shadow = walker(network, speed)
    x = shadow.position(BEGIN)[0] - 20.0
    assert (behind(network, shadow, (x, 0.0)) is not None) == follows


def test_who_follows_stands_still_when_he_does() -> None:
    network = lane()
    stopped = 0
    for seed in range(6):
        shadow = walker(network, pauses=Pauses(per_hour=40.0, duration_s=30.0), seed=seed)
        x = np.array([shadow.position(time)[0] for time in TIMES.tolist()])
        if (np.diff(x) < 0.0).any():
            continue
        followed = behind(network, shadow, (x[0] - 25.0, 0.0))
        assert followed == pytest.approx(x - 25.0, abs=0.1)
        stopped += int((np.diff(x) == 0.0).sum())
    assert stopped > 200


def lag(network: Network, shadow: Shadow, walks: Walks, time: float) -> float:
    """Give the distance along the streets between a suspect and who follows him."""
    return network.way(walks.place_at(time, network.edge_length), shadow.place_at(network, time))[1]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SEEDS), st.floats(0.0, 60.0), st.sampled_from([0.0, 20.0]))
def test_on_any_streets_one_goes_no_faster_than_one_can_and_comes_no_nearer_than_one_may(
    seed: int, back_s: float, per_hour: float
) -> None:
    network = maze(seed)
    suspect = {"speed_mps": 1.2, "pauses": Pauses(per_hour=per_hour, duration_s=45.0)}
    shadow = appear(evening(suspect=suspect, game={"duration_s": 1000.0}), network, [seed])[0][0]
    here = shadow.place_at(network, BEGIN - back_s)
    walks = walk_behind(network, shadow, here, (BEGIN, UNTIL), MANNER)
    if walks is None:
        assert back_s > 20.0
        return
    legs = legs_of(network, walks)
    pace = np.hypot(legs.vx, legs.vy)
    assert pace.max() <= MANNER.speed + 1e-6
    assert (walks.time[0], walks.until[-1]) == pytest.approx((BEGIN, UNTIL), abs=1e-3)
    np.testing.assert_allclose(legs.start[1:], legs.stop[:-1], atol=1e-5)
    ends = legs.x + (legs.stop - legs.start) * legs.vx, legs.y + (legs.stop - legs.start) * legs.vy
    np.testing.assert_allclose(np.stack(ends)[:, :-1], np.stack([legs.x, legs.y])[:, 1:], atol=1e-4)
    # Once he is behind him, the way between them is never longer than it should be; it is shorter where he turned round.
    assert max(lag(network, shadow, walks, time) for time in np.arange(BEGIN + 61.0, UNTIL, 9.0).tolist()) <= 25.01

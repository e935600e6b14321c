"""Messages are read in channels one is in, slower in a group one muted, and at the same checks in all of them."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.channels.groups import Channel
from simulation.channels.messages import Phones, Spot
from simulation.draws import text_keys
from simulation.scenario.model import Parameters

PEOPLE = 2000
KEYS = text_keys([f"n{number}/1" for number in range(PEOPLE)])
PLAYER = np.arange(PEOPLE) % 2 == 0
MUTED = np.arange(PEOPLE) % 5 == 0
SPAN = (0.0, 9000.0)
EVERYBODY = np.arange(PEOPLE)
GROUP, PAGE = Channel("group-1", "group", EVERYBODY), Channel("public-page", "page", EVERYBODY)


def phones(**overridden: float) -> Phones:
    return Phones(1, KEYS, PLAYER, MUTED, Parameters(overridden), SPAN)


def test_a_spot_knows_its_distance_and_its_data() -> None:
    here = Spot(3.0, 4.0, "Dorpsstraat")
    assert here.metres_to(Spot(0.0, 0.0, "")) == 5.0
    assert here.as_data() == {"x_m": 3.0, "y_m": 4.0, "street": "Dorpsstraat"}


def test_only_members_read_a_group() -> None:
    some = Channel("group-2", "group", np.array([3, 4, 100]))
    times = phones().read_times(some, 50.0)
    assert np.flatnonzero(np.isfinite(times)).tolist() == [3, 4, 100]
    assert (times > 50.0).all()


def test_nobody_mutes_a_page() -> None:
    page, group = phones().read_times(PAGE, 50.0), phones().read_times(GROUP, 50.0)
    assert np.array_equal(page[~MUTED], group[~MUTED])
    assert np.median(group[MUTED]) > 5.0 * np.median(page[MUTED])


@pytest.mark.parametrize("factor", [2.0, 10.0])
def test_a_muted_group_is_looked_at_in_a_slower_rhythm(factor: float) -> None:
    delays = phones(muted_delay_factor=factor).read_times(GROUP, 0.0)[MUTED & PLAYER]
    usual = Parameters()["read_delay_player_median_s"]
    assert abs((delays < factor * usual).mean() - 0.5) < 4.0 * 0.5 / np.sqrt(len(delays))


def test_players_look_sooner_than_others() -> None:
    times = phones().read_times(PAGE, 0.0)
    assert np.median(times[PLAYER]) < np.median(times[~PLAYER]) / 4.0


def test_asking_twice_gives_the_same() -> None:
    some = phones()
    first = some.read_times(GROUP, 700.0)
    first_again = some.read_times(GROUP, 700.0)
    assert np.array_equal(first, first_again)
    first_again[:] = 0.0
    assert np.array_equal(some.read_times(GROUP, 700.0), first)


def test_no_group_without_readers_trips() -> None:
    assert np.isinf(phones().read_times(Channel("group-9", "group", np.zeros(0, np.int64)), 10.0)).all()

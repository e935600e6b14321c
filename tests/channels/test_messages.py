"""Messages are read in channels one is in, at the same checks in all of them, and later in a group one muted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.channels.checks import CheckRhythm
from simulation.channels.groups import Channel
from simulation.channels.messages import Phones, Spot
from simulation.draws import text_keys
from simulation.scenario.model import Parameters

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

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


@given(st.floats(0.0, 8000.0), st.floats(3.0, 1000.0))
def test_nobody_reads_a_muted_group_sooner_than_unmuted(sent: float, factor: float) -> None:
    some = phones(muted_delay_factor=factor)
    unmuted, muted = some.read_times(PAGE, sent), some.read_times(GROUP, sent)
    assert (muted >= unmuted).all()
    assert (muted > unmuted).any()


@pytest.mark.parametrize("factor", [3.0, 10.0])
@pytest.mark.parametrize(("who", "name"), [(PLAYER, "read_delay_player"), (~PLAYER, "read_delay_ordinary")])
def test_a_muted_group_is_read_at_the_later_of_two_looks(factor: float, who: Flags, name: str) -> None:
    values, seconds = Parameters(), np.array([30.0, 100.0, 500.0, 2000.0, 6000.0])
    delays = phones(muted_delay_factor=factor).read_times(GROUP, 0.0)[MUTED & who]
    expected = np.ones(len(seconds))
    for times in (1.0, factor):
        expected *= CheckRhythm(times * values[f"{name}_median_s"], values[f"{name}_sigma"]).share_within(seconds)
    error = np.sqrt(expected * (1.0 - expected) / len(delays))
    assert (np.abs((delays[:, np.newaxis] <= seconds).mean(axis=0) - expected) <= 4.0 * error).all()


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

"""Reading: isolated messages have the measured delay at any time; many messages make no more readers."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pytest

from simulation.channels.checks import CheckRhythm
from simulation.channels.groups import Channel
from simulation.channels.messages import Phones
from simulation.draws import text_keys
from simulation.scenario.model import Parameters

PEOPLE = 6_000
PLAYERS = np.arange(PEOPLE) % 3 == 0
MUTED = np.arange(PEOPLE) % 4 == 0
GROUP = Channel("group-1", "group", np.arange(PEOPLE))
KEYS = text_keys([f"person-{number}" for number in range(PEOPLE)])
END_S = 6_000.0


def phones(seed: int = 1) -> Phones:
    return Phones(seed, KEYS, PLAYERS, MUTED, Parameters(), (0.0, END_S))


@pytest.fixture(scope="module")
def some_phones() -> Phones:
    return phones()


@pytest.mark.parametrize("sent", [0.0, 137.0, 1_800.0, 5_000.0])
@pytest.mark.parametrize(
    ("who", "median", "sigma"),
    [
        (~PLAYERS & ~MUTED, 468.0, 1.7),
        (PLAYERS & ~MUTED, 60.0, 0.8),
        (~PLAYERS & MUTED, 4680.0, 1.7),
        (PLAYERS & MUTED, 600.0, 0.8),
    ],
)
def test_an_isolated_message_is_read_with_the_measured_delay(
    some_phones: Phones, sent: float, who: np.ndarray[tuple[int], np.dtype[np.bool_]], median: float, sigma: float
) -> None:
    delays = some_phones.read_times(GROUP, sent)[who] - sent
    assert (delays > 0.0).all()
    for share in (0.2, 0.35, 0.5, 0.65, 0.8, 0.95):
        quantile = median * np.exp(sigma * NormalDist().inv_cdf(share))
        if quantile <= CheckRhythm(median, sigma).turn_s or sent + quantile > END_S:
            continue
        error = np.sqrt(share * (1.0 - share) / who.sum())
        assert abs((delays < quantile).mean() - share) < 4.0 * error


def test_where_the_measured_delay_begins() -> None:
    # Below the turn the density is even: about a minute of the delay, and an eighth to a half of the readers.
    ordinary, player = CheckRhythm(468.0, 1.7), CheckRhythm(60.0, 0.8)
    assert ordinary.turn_s == pytest.approx(59.31, abs=0.01)
    assert ordinary.share_below == pytest.approx(0.112, abs=0.001)
    assert player.turn_s == pytest.approx(59.84, abs=0.01)
    assert player.share_below == pytest.approx(0.499, abs=0.001)


def test_five_messages_in_ten_minutes_make_no_more_readers(some_phones: Phones) -> None:
    times = [some_phones.read_times(GROUP, 1000.0 + 120.0 * number) for number in range(5)]
    until = 1600.0
    one, any_of_five = times[0] <= until, (np.array(times) <= until).any(axis=0)
    assert np.array_equal(one, any_of_five)
    assert one.sum() > 1000
    # A check reads all that has come: whoever reads the first after the second was sent reads both at once.
    both = times[0] > 1120.0
    assert np.array_equal(times[0][both], times[1][both])


@pytest.mark.parametrize("readers", [2, 5, 10])
def test_first_of_many_readers(readers: int) -> None:
    # None of k readers has read by then with chance (1 - F)^k.
    waits = []
    for seed in range(12):
        times = phones(seed).read_times(GROUP, 300.0)[~PLAYERS & ~MUTED] - 300.0
        groups = len(times) // readers
        waits.append(times[: groups * readers].reshape(groups, readers).min(axis=1))
    first = np.concatenate(waits)
    for share in (0.15, 0.3, 0.5):
        quantile = 468.0 * np.exp(1.7 * NormalDist().inv_cdf(share))
        expected = 1.0 - (1.0 - share) ** readers
        error = np.sqrt(expected * (1.0 - expected) / len(first))
        assert abs((first < quantile).mean() - expected) < 4.0 * error


def test_two_groups_of_the_same_people_read_at_the_same_checks(some_phones: Phones) -> None:
    # The stream of checks does not depend on the structure.
    half = Channel("group-2", "group", np.arange(0, PEOPLE, 2))
    whole, part = some_phones.read_times(GROUP, 700.0), some_phones.read_times(half, 700.0)
    assert np.array_equal(part[half.members], whole[half.members])
    assert np.isinf(np.delete(part, half.members)).all()

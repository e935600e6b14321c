"""Reading: isolated messages have the measured delay at any time; many messages make no more readers."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.channels.checks import CheckRhythm
from simulation.channels.groups import Channel
from simulation.channels.messages import Phones
from simulation.draws import text_keys
from simulation.scenario.model import Announced, Parameters, Players, Structure
from tests.verification.pencil import phone_checks, resident
from tests.worlds import evening, made_neighbourhood, play_all

PEOPLE = 6_000
PLAYERS = np.arange(PEOPLE) % 3 == 0
MUTED = np.arange(PEOPLE) % 4 == 0
GROUP = Channel("group-1", "group", np.arange(PEOPLE))
KEYS = text_keys([f"person-{number}" for number in range(PEOPLE)])
END_S = 6_000.0
LASTING_S = 2_400.0


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


@pytest.mark.parametrize("sent", [0.0, 1_800.0])
@pytest.mark.parametrize(("who", "median", "sigma"), [(~PLAYERS & MUTED, 468.0, 1.7), (PLAYERS & MUTED, 60.0, 0.8)])
def test_an_isolated_message_in_a_muted_group_is_read_after_the_later_of_two_delays(
    some_phones: Phones, sent: float, who: np.ndarray[tuple[int], np.dtype[np.bool_]], median: float, sigma: float
) -> None:
    delays = some_phones.read_times(GROUP, sent)[who] - sent
    for seconds in (200.0, 600.0, 1200.0, 4000.0):
        scores = [np.log(seconds / (factor * median)) / sigma for factor in (1.0, 10.0)]
        if seconds > CheckRhythm(10.0 * median, sigma).turn_s:
            share = NormalDist().cdf(scores[0]) * NormalDist().cdf(scores[1])
            assert abs((delays < seconds).mean() - share) < 4.0 * np.sqrt(share * (1.0 - share) / who.sum())
    assert np.median(delays) > 5.0 * median


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
    # A check reads all that has come: whoever reads the first after the second was sent reads both at once, where not muted.
    both = (times[0] > 1120.0) & ~MUTED
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


ORDINARY, SINGLE = ~PLAYERS & ~MUTED, CheckRhythm(468.0, 1.7)


@pytest.mark.parametrize("apart_s", [0.5, 3.0, 12.0, 150.0])
@pytest.mark.parametrize("messages", [2, 5])
def test_many_messages_are_first_read_as_soon_as_the_first_alone(some_phones: Phones, messages: int, apart_s: float) -> None:
    # Of independent delays half the readers would be reached in the time in which one message reaches 1 - 0.5^(1 / k) of
    # them: of five, in 1.6 minutes instead of 7.8.
    times = [some_phones.read_times(GROUP, 900.0 + apart_s * number)[ORDINARY] for number in range(messages)]
    delay = np.min(times, axis=0) - 900.0
    for share in (0.2, 0.35, 0.5, 0.65, 0.8):
        quantile = 468.0 * np.exp(1.7 * NormalDist().inv_cdf(share))
        assert abs((delay < quantile).mean() - share) < 4.0 * np.sqrt(share * (1.0 - share) / len(delay))
    # The last of them has the delay of a single message too, from when it was sent.
    last = times[-1] - (900.0 + apart_s * (messages - 1))
    assert abs((last < 468.0).mean() - 0.5) < 4.0 * 0.5 / np.sqrt(len(last))


def test_one_look_reads_all_messages_of_the_last_ten_minutes_with_a_closed_chance(some_phones: Phones) -> None:
    # Whoever reads the first of five only after the last was sent reads all five at once: the chance that a single message
    # is not read within those eight minutes.
    times = np.array([some_phones.read_times(GROUP, 1000.0 + 120.0 * number)[ORDINARY] for number in range(5)])
    at_once = (times == times[0]).all(axis=0)
    expected = 1.0 - NormalDist().cdf(np.log(480.0 / SINGLE.median_s) / SINGLE.sigma)
    assert abs(at_once.mean() - expected) < 4.0 * np.sqrt(expected * (1.0 - expected) / ORDINARY.sum())
    # The number of looks that read any of the five: one more for each that falls between two of them.
    looks = 1 + (times[1:] != times[:-1]).sum(axis=0)
    between = NormalDist().cdf(np.log(120.0 / SINGLE.median_s) / SINGLE.sigma)
    assert abs(looks.mean() - (1.0 + 4.0 * between)) < 4.0 * looks.std() / np.sqrt(len(looks))


SOME = 30
CHANNELS = [
    Channel("public-page", "page", np.arange(SOME)),
    Channel("group-1", "group", np.arange(0, SOME, 2)),
    Channel("group-2", "group", np.arange(0, SOME, 3)),
]


@given(st.lists(st.tuples(st.floats(0.0, 3000.0), st.sampled_from(CHANNELS)), min_size=1, max_size=12))
def test_a_check_reads_all_that_has_come_in_all_channels(messages: list[tuple[float, Channel]]) -> None:
    # Solved with pencil: each person has one list of moments, whatever is sent where; those who muted wait for another too.
    some = Phones(3, KEYS, PLAYERS, MUTED, Parameters(), (0.0, END_S))
    for sent, channel in messages:
        times = some.read_times(channel, sent)
        members = set(channel.members.tolist())
        for person in range(SOME):
            due = min(moment for moment in checks_of(person, slow=False) if moment > sent)
            if MUTED[person] and channel.kind == "group":
                due = max(due, min(moment for moment in checks_of(person, slow=True) if moment > sent))
            expected = due if person in members and due <= END_S else np.inf
            assert times[person] == pytest.approx(expected, rel=0.0, abs=5e-6)


@cache
def checks_of(person: int, *, slow: bool) -> list[float]:
    median, sigma = (60.0, 0.8) if PLAYERS[person] else (468.0, 1.7)
    factor, purpose = (10.0, "check-muted") if slow else (1.0, "check")
    return phone_checks(3, int(KEYS[person]), factor * median, sigma, END_S, purpose)


@pytest.mark.parametrize(
    ("structure", "changed"),
    [
        (Structure(id="none"), {}),
        (Structure(id="single-group"), {}),
        (Structure(id="single-group"), {"p_post_member": 0.0, "p_post_player": 0.0}),
        (Structure(id="separate-groups", groups=4), {}),
        (Structure(id="separate-groups", groups=4, topics="broad"), {"chatter_broad_per_hour": 300.0}),
    ],
)
def test_a_whole_evening_is_read_at_the_same_checks_whatever_its_structure_and_its_messages(
    structure: Structure, changed: dict[str, float]
) -> None:
    # The same pencilled moments for all of these evenings; nobody gets to mute anything.
    values = {"p_household_member": 0.8, "p_report_member": 0.8, "mute_tolerance_median_per_hour": 1000.0} | changed
    players = Players(share=0.3, know=("upper",), announced=Announced(members=1.0, others=0.5))
    scenario = evening(values, game={"duration_s": LASTING_S, "stop": "time"}, players=players, structure=structure)
    reads = 0
    for seed, trace in enumerate(play_all(scenario, made_neighbourhood(), range(2))):
        people, channels = trace.records[1].data, {one.who: one.data for one in trace.records if one.kind == "channel"}
        for post in (record for record in trace.records if record.kind == "post"):
            silent = set(channels[post.data["channel"]]["muted"].tolist())
            for reader, moment in zip(post.data["readers"].tolist(), post.data["read_s"].tolist(), strict=True):
                who, plays = people["who"][reader], bool(people["player"][reader])
                if reader not in silent:
                    due = min(check for check in pencilled(seed, who, plays=plays) if check > post.time_s)
                    assert moment == pytest.approx(due, rel=0.0, abs=5e-6)
                    reads += 1
    assert reads >= 200


@cache
def pencilled(seed: int, who: str, *, plays: bool) -> list[float]:
    home, _, number = who.partition("/")
    return phone_checks(seed, resident(home, int(number)), *((60.0, 0.8) if plays else (468.0, 1.7)), LASTING_S + 900.0)

"""Overload: a member mutes a group at the first check that finds more messages of others within an hour than he bears."""

from __future__ import annotations

from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.channels.groups import Channel
from simulation.channels.messages import Phones
from simulation.channels.overload import Muted, Muting, Sent
from simulation.draws import text_keys
from simulation.scenario.model import Parameters

HOUR_S = 3600.0
KEYS = text_keys([f"n{number}/1" for number in range(400)])
NOBODY = np.zeros(400, bool)
GROUP = Channel("group-1", "group", np.arange(400))


def muting(people: int = 400, before: list[int] | None = None, **overridden: float) -> Muting:
    flags = np.isin(np.arange(people), before or [])
    return Muting(1, KEYS[:people], flags, Parameters(overridden))


def sent_to(some: Muting, group: Channel, times: list[float], delay_s: float) -> list[Muted | None]:
    """Send messages of the organiser that everybody reads after the same delay."""
    everybody = np.full(len(some.tolerance), delay_s)
    return [some.weigh(group, Sent(time, -1, f"post:{time}"), everybody + time) for time in times]


def test_tolerance_is_lognormal() -> None:
    values = muting(mute_tolerance_median_per_hour=30.0, mute_tolerance_sigma=0.5).tolerance
    for share in (0.1, 0.3, 0.5, 0.7, 0.9):
        quantile = 30.0 * np.exp(0.5 * NormalDist().inv_cdf(share))
        assert abs((values < quantile).mean() - share) < 4.0 * np.sqrt(share * (1.0 - share) / 400.0)


def test_tolerance_is_ones_own() -> None:
    assert muting(20).tolerance.tolist() == muting(400).tolerance[:20].tolist()


def test_the_message_beyond_what_all_bear_makes_all_mute() -> None:
    # Everybody bears three messages within an hour: the fourth within one is too many.
    some = muting(5, mute_tolerance_median_per_hour=3.0, mute_tolerance_sigma=0.0)
    group = Channel("group-1", "group", np.arange(5))
    first, second, third, late, last = sent_to(some, group, [0.0, 60.0, 120.0, 3590.0, 3600.0], 15.0)
    assert first is second is third is None
    assert late is None  # when it is read, the first is more than an hour old
    assert last is not None
    assert last.people.tolist() == [0, 1, 2, 3, 4]
    assert last.from_s.tolist() == [3615.0] * 5
    assert last.messages.tolist() == [4] * 5
    assert last.records == ("post:3600.0", "post:3590.0", "post:120.0", "post:60.0")
    assert some.since(group).tolist() == [3615.0] * 5
    assert sent_to(some, group, [3700.0, 3701.0], 15.0) == [None, None]


def test_ones_own_messages_are_no_load() -> None:
    some = muting(2, mute_tolerance_median_per_hour=2.0, mute_tolerance_sigma=0.0)
    group = Channel("group-1", "group", np.arange(2))
    for number in range(3):
        read_at = np.array([np.inf, 10.0 + number])
        found = some.weigh(group, Sent(float(number), 0, f"post:{number}"), read_at)
    assert found is not None
    assert found.people.tolist() == [1]


@pytest.mark.parametrize("before", [[], [1], [0, 1, 2]])
def test_who_had_muted_before_or_never_looks_again_does_not_mute(before: list[int]) -> None:
    some = muting(3, before, mute_tolerance_median_per_hour=1.0, mute_tolerance_sigma=0.0)
    group = Channel("group-1", "group", np.arange(3))
    read_at = np.array([20.0, 20.0, np.inf])
    some.weigh(group, Sent(0.0, -1, "post:1"), read_at)
    found = some.weigh(group, Sent(1.0, -1, "post:2"), read_at)
    assert (found.people.tolist() if found else []) == [person for person in (0, 1) if person not in before]
    since = some.since(group).tolist()
    assert [since[person] for person in before] == [-np.inf] * len(before)


def test_groups_are_muted_one_by_one() -> None:
    some = muting(2, mute_tolerance_median_per_hour=1.0, mute_tolerance_sigma=0.0)
    busy, calm = Channel("group-1", "group", np.arange(2)), Channel("group-2", "group", np.array([1]))
    sent_to(some, busy, [0.0, 1.0], 5.0)
    sent_to(some, calm, [0.0], 5.0)
    assert some.since(busy).tolist() == [6.0, 6.0]
    assert some.since(calm).tolist() == [np.inf, np.inf]


def muted_one_by_one(
    messages: list[tuple[float, int]], checks: list[float], person: int, bears: float
) -> tuple[float, int] | None:
    """Go through the checks of one person; give when he mutes and how many messages he then finds, if ever."""
    for check in checks:
        found = sum(check - HOUR_S < time < check and author != person for time, author in messages)
        if found > bears:
            return check, found
    return None


MOMENTS = st.lists(st.integers(0, 9000), min_size=1, max_size=25, unique=True)


@settings(max_examples=150)
@given(
    MOMENTS, st.lists(st.integers(-1, 3), min_size=25, max_size=25), st.lists(MOMENTS, min_size=4, max_size=4), st.floats(1, 8)
)
def test_what_is_settled_at_each_message_is_what_each_check_finds(
    moments: list[int], authors: list[int], looks: list[list[int]], median: float
) -> None:
    # Messages come at whole seconds, checks in between.
    messages = [(float(time), author) for time, author in zip(sorted(moments), authors, strict=False)]
    checks = [[check + 0.5 for check in sorted(one)] for one in looks]
    some = muting(4, mute_tolerance_median_per_hour=median, mute_tolerance_sigma=0.4)
    group = Channel("group-1", "group", np.arange(4))
    for number, (time, author) in enumerate(messages):
        read_at = np.array([min((check for check in one if check > time), default=np.inf) for one in checks])
        read_at[author if author >= 0 else []] = np.inf
        found = some.weigh(group, Sent(time, author, f"post:{number}"), read_at)
        if found is not None:
            assert found.records[0] == f"post:{number}"
            for person, moment, count in zip(*(column.tolist() for column in found[:3]), strict=True):
                assert muted_one_by_one(messages[: number + 1], [moment], person, 0.0) == (moment, count)
    expected = [muted_one_by_one(messages, checks[person], person, float(some.tolerance[person])) for person in range(4)]
    assert some.since(group).tolist() == [one[0] if one else np.inf for one in expected]


def test_from_the_check_at_which_one_mutes_one_reads_as_who_muted_before() -> None:
    nobody, everybody = NOBODY, ~NOBODY
    values = Parameters({"mute_tolerance_median_per_hour": 5.0, "mute_tolerance_sigma": 0.8})
    span = (0.0, 9000.0)
    busy, calm, silent = (Phones(1, KEYS, nobody, muted, values, span) for muted in (nobody, nobody, everybody))
    moments = [20.0 * number for number in range(300)]
    for number, sent in enumerate(moments):
        read_at = busy.read_times(GROUP, sent)
        since = busy.muting.since(GROUP)
        usual, slow = calm.read_times(GROUP, sent), silent.read_times(GROUP, sent)
        assert np.array_equal(read_at, np.where(since <= sent, slow, usual))
        busy.muting.weigh(GROUP, Sent(sent, -1, f"post:{number}"), read_at)
    assert np.isfinite(busy.muting.since(GROUP)).sum() > 100
    # What comes on the page is read at the usual checks all the same.
    page = Channel("public-page", "page", np.arange(400))
    assert np.array_equal(busy.read_times(page, moments[-1]), calm.read_times(page, moments[-1]))


@given(st.lists(st.floats(0.0, 7000.0), min_size=2, max_size=40))
def test_a_later_message_is_never_read_before_an_earlier_one_even_when_the_group_gets_muted(times: list[float]) -> None:
    values = Parameters({"mute_tolerance_median_per_hour": 5.0})
    some = Phones(1, KEYS[:60], NOBODY[:60], NOBODY[:60], values, (0.0, 9000.0))
    group, read = Channel("group-1", "group", np.arange(60)), []
    for number, sent in enumerate(sorted(times)):
        read.append(some.read_times(group, sent))
        some.muting.weigh(group, Sent(sent, -1, f"post:{number}"), read[-1])
    assert all((one <= other).all() for one, other in pairwise(read))

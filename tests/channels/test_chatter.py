"""Chatter: each member a Poisson process of his own, a group in proportion to its size."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simulation.channels.chatter import Chatter, chatter_times
from simulation.draws import stream_key, text_keys

PEOPLE = text_keys([f"n{number}/1" for number in range(4000)])
STREAM = stream_key(1, "chatter")
HOURS = 3.0
UNTIL = HOURS * 3600.0
SURE = 1e-6


def drawn(per_hour: float, members: int = 4000, until: float = UNTIL) -> Chatter:
    return chatter_times(STREAM, PEOPLE[:members], per_hour, until)


@pytest.mark.parametrize(("per_hour", "members"), [(3.0, 4000), (30.0, 4000), (300.0, 400)])
def test_a_group_chats_in_proportion_to_its_size(per_hour: float, members: int) -> None:
    # Counts of a Poisson process: mean and variance are the rate times the hours, of the group and of each member.
    chatter = drawn(per_hour, members)
    expected = per_hour * members / 100.0 * HOURS
    assert abs(len(chatter.time) - expected) < 4.0 * np.sqrt(expected)
    each = np.bincount(chatter.member, minlength=members)
    mean = per_hour / 100.0 * HOURS
    assert abs(each.var(ddof=1) - mean) < 4.0 * np.sqrt((mean + 2.0 * mean**2) / members)


def test_chatter_comes_at_any_moment_and_from_anybody_alike() -> None:
    chatter = drawn(30.0)
    assert stats.kstest(chatter.time / UNTIL, "uniform").pvalue > SURE
    assert stats.kstest(chatter.member / 4000.0, "uniform").pvalue > SURE


def test_the_gaps_of_a_member_are_exponential() -> None:
    chatter = drawn(1000.0, 200)
    gaps = np.concatenate([np.diff(np.sort(chatter.time[chatter.member == member])) for member in range(200)])
    assert stats.kstest(gaps / 360.0, "expon").pvalue > SURE


def test_each_message_is_the_next_of_its_author() -> None:
    chatter = drawn(300.0, 300)
    for member in range(300):
        mine = chatter.member == member
        order = np.argsort(chatter.nth[mine])
        assert chatter.nth[mine][order].tolist() == list(range(mine.sum()))
        assert (np.diff(chatter.time[mine][order]) > 0.0).all()
    assert (chatter.time >= 0.0).all()
    assert (chatter.time < UNTIL).all()


def test_somebody_chats_at_the_same_moments_whoever_else_is_in_his_group() -> None:
    together, alone = drawn(100.0), chatter_times(STREAM, PEOPLE[7:8], 100.0, UNTIL)
    assert len(alone.time) > 0
    assert alone.time.tolist() == together.time[together.member == 7].tolist()


def test_a_longer_evening_has_the_same_chatter_and_more() -> None:
    short, long = drawn(30.0, 500, 1800.0), drawn(30.0, 500)
    early = long.time < 1800.0
    assert sorted(zip(short.member, short.nth, short.time, strict=True)) == sorted(
        zip(long.member[early], long.nth[early], long.time[early], strict=True)
    )


@pytest.mark.parametrize(("per_hour", "members"), [(0.0, 4000), (5.0, 0)])
def test_no_rate_and_no_members_make_no_chatter(per_hour: float, members: int) -> None:
    assert [len(column) for column in drawn(per_hour, members)] == [0, 0, 0]

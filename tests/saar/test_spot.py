"""Spotting: the hazard in closed form against numbers, and one look at a time against many at once, to the last bit."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from simulation.draws import combine, combine_one, stream_key, text_keys
from simulation.people.watching import watch_switches
from simulation.saar.attention import Attention, next_look
from simulation.saar.prospects import Prospect
from simulation.saar.spot import (
    Chance,
    Chances,
    Part,
    chances,
    distance_factor,
    first_looks,
    noticing_rate,
    pair_keys,
    split_by_looking,
)
from simulation.saar.views import Views
from simulation.scenario.model import Parameters

HALF_M, RATE = 40.0, 16.0
PARAMETERS = Parameters()
MOMENTS = st.floats(0.0, 1.0)
STRETCHES = st.builds(
    lambda start, lasting, closest, pace, scale, rate, looking, in_act: chance(
        (start, start + lasting), closest, (pace, scale, rate), looking=looking, in_act=in_act
    ),
    st.floats(0.0, 500.0),
    st.floats(0.1, 120.0),
    st.floats(-100.0, 700.0),
    st.one_of(st.just(0.0), st.floats(0.05, 8.0)),
    st.floats(5.0, 150.0),
    st.floats(0.5, 100.0),
    st.booleans(),
    st.booleans(),
)


def chance(
    span: tuple[float, float],
    closest: float,
    motion: tuple[float, float, float],
    *,
    looking: bool = True,
    in_act: bool = False,
) -> Chance:
    """Make a stretch of hazard whose total is right."""
    blank = Chance(*span, closest, *motion, math.nan, looking, in_act)
    return blank._replace(total=blank.hazard(math.nextafter(span[0], -1.0), span[1]))


def rate_at(stretch: Chance, time: float) -> float:
    """Give the hazard at a moment, from its definition: the inverse square of a distance that changes evenly."""
    along = stretch.pace * (time - stretch.closest)
    return stretch.rate / (stretch.scale**2 + along**2)


def random_table(seed: int, pairs: int = 60) -> Chances:
    """Make a table of pairs with up to eight stretches each: at rest and moving, looking or not, with and without acts."""
    chance_of = np.random.default_rng(seed)
    per_pair = chance_of.integers(1, 9, pairs)
    count = int(per_pair.sum())
    observer = np.repeat(np.arange(pairs) // 2, per_pair)
    suspect = np.repeat(np.arange(pairs) % 2, per_pair)
    start = np.concatenate([np.sort(chance_of.uniform(0.0, 5000.0, size)) for size in per_pair])
    pace = np.where(chance_of.random(count) < 0.3, 0.0, chance_of.uniform(0.1, 6.0, count))
    views = Views(
        observer,
        np.arange(count),
        start,
        start + chance_of.uniform(0.01, 80.0, count),
        chance_of.uniform(0.0, 9000.0, count),
        pace,
        start + chance_of.uniform(-60.0, 100.0, count),
    )
    factor = np.where(chance_of.random(count) < 0.6, -1.0, chance_of.uniform(0.0, 20.0, count))
    return chances(views, chance_of.random(count) < 0.4, suspect, (factor, chance_of.choice([1.0, 0.5], count)), PARAMETERS)


@settings(max_examples=60)
@given(st.floats(0.01, 0.99), st.floats(5.0, 80.0), st.floats(80.0, 200.0))
def test_the_standard_pass_gives_the_chance_back(p: float, half_m: float, most_m: float) -> None:
    rate = noticing_rate({"p_notice_walker": p, "d_half_m": half_m, "d_max_m": most_m})
    far = math.sqrt(most_m**2 - 4.0) / 1.34
    total, _ = integrate.quad(lambda t: rate * distance_factor(math.hypot(2.0, 1.34 * t), half_m), -far, far, points=[0.0])
    assert 1.0 - math.exp(-total) == pytest.approx(p, abs=1e-7)


def test_the_factor_of_distance() -> None:
    assert distance_factor(0.0, 40.0) == 1.0
    assert distance_factor(40.0, 40.0) == 0.5
    assert distance_factor(80.0, 40.0) == pytest.approx(0.2)


@settings(max_examples=200)
@given(STRETCHES, MOMENTS, MOMENTS)
def test_the_hazard_is_the_integral_of_its_rate(stretch: Chance, one: float, other: float) -> None:
    low, high = (stretch.start + share * (stretch.stop - stretch.start) for share in sorted((one, other)))
    expected, _ = integrate.quad(lambda t: rate_at(stretch, t), low, high)
    assert stretch.hazard(low, high) == pytest.approx(expected, rel=1e-7, abs=1e-9)


@settings(max_examples=200)
@given(STRETCHES, st.lists(MOMENTS, min_size=1, max_size=4))
def test_hazard_adds_up(stretch: Chance, shares: list[float]) -> None:
    cuts = [stretch.start + share * (stretch.stop - stretch.start) for share in sorted([0.0, *shares, 1.0])]
    parts = [stretch.hazard(low, high) for low, high in pairwise(cuts)]
    assert sum(parts) == pytest.approx(stretch.total, rel=1e-9, abs=1e-12)


@settings(max_examples=200)
@given(STRETCHES, MOMENTS, MOMENTS)
def test_the_moment_of_an_amount_is_when_the_hazard_reaches_it(stretch: Chance, begun: float, share: float) -> None:
    begin = stretch.start + begun * (stretch.stop - stretch.start)
    amount = share * stretch.hazard(begin, stretch.stop)
    moment = stretch.moment(begin, amount)
    assert begin - 1e-6 <= moment <= stretch.stop + 1e-6
    assert stretch.hazard(begin, moment) == pytest.approx(amount, rel=1e-7, abs=1e-10)


@given(st.floats(0.0, 100.0), st.floats(0.0, 5.0), st.floats(-50.0, 50.0))
def test_the_distance_comes_back_from_the_stretch(beside: float, pace: float, time: float) -> None:
    stretch = chance((-60.0, 60.0), 3.0, (pace, math.sqrt(HALF_M**2 + beside**2), RATE))
    assert stretch.distance(time, HALF_M) == pytest.approx(math.hypot(beside, pace * (time - 3.0)), abs=1e-5)


@settings(max_examples=300)
@given(
    STRETCHES,
    st.one_of(st.just(math.inf), st.floats(-50.0, 700.0)),
    st.lists(st.tuples(st.integers(0, 600), st.integers(1, 100)), max_size=5),
    st.floats(-50.0, 700.0),
)
def test_attention_is_cut_where_it_changes(
    stretch: Chance, described_from: float, alarms: list[tuple[int, int]], begin: float
) -> None:
    attention = Attention(described_from, 0.25)
    for moment, lasting in alarms:
        attention.alert(float(moment), float(moment + lasting))
    parts = attention.parts(stretch, begin)
    assert all(low < high for low, high, _ in parts)
    assert all(before[1] <= after[0] for before, after in pairwise(parts))
    for time in np.linspace(stretch.start, stretch.stop, 60)[1:-1].tolist():
        aware = time > begin and (stretch.in_act or time > described_from)
        alert = any(moment < time < moment + lasting for moment, lasting in alarms)
        expected = (1.0 if stretch.looking else 0.25 * alert) if aware else 0.0
        edges = [begin, described_from, *(edge for moment, lasting in alarms for edge in (moment, moment + lasting))]
        if min(abs(time - edge) for edge in edges) > 1e-9:
            assert sum(factor for low, high, factor in parts if low <= time < high) == expected


def test_an_alarm_within_another_changes_nothing() -> None:
    attention = Attention(0.0, 0.5)
    for span in ((10.0, 30.0), (15.0, 20.0), (30.0, 40.0), (50.0, 60.0)):
        attention.alert(*span)
    assert attention.alerted == [(10.0, 40.0), (50.0, 60.0)]


def attentions(seed: int, pairs: int, kind: str) -> tuple[list[Attention], np.ndarray[Any, Any], tuple[Any, Any, Any]]:
    """Draw what each observer knows and when he is alert, for one look at a time and for many at once."""
    chance_of = np.random.default_rng(seed + 1000)
    described = np.where(chance_of.random(pairs) < 0.2, np.inf, chance_of.uniform(-100.0, 5000.0, pairs))
    begin = np.where(chance_of.random(pairs) < 0.3, np.inf, chance_of.uniform(0.0, 5000.0, pairs))
    if kind == "all known":
        described[:] = -np.inf
    if kind == "never alert":
        begin[:] = np.inf
    end = np.where(np.isfinite(begin), begin + 600.0, -np.inf)
    share = chance_of.choice([0.3478260869565218, 1.0], pairs)
    singly = [Attention(since, part) for since, part in zip(described.tolist(), share.tolist(), strict=True)]
    for attention, low, high in zip(singly, begin.tolist(), end.tolist(), strict=True):
        if low < math.inf:
            attention.alert(low, high)
    return singly, described, (begin, end, share)


@pytest.mark.parametrize("kind", ["anything", "all known", "never alert"])
@pytest.mark.parametrize("seed", range(25))
def test_one_look_at_a_time_and_many_at_once_are_the_same_to_the_last_bit(seed: int, kind: str) -> None:
    table = random_table(seed)
    pairs = np.random.default_rng(seed).permutation(len(table.observer))[:50]
    thresholds = np.random.default_rng(seed + 1).exponential(0.2, len(pairs))
    singly, described, alerted = attentions(seed, len(pairs), kind)
    together = first_looks(table, pairs, thresholds, described, alerted)
    alone = [
        next_look(table.of(pair), attention, -math.inf, threshold)
        for pair, attention, threshold in zip(pairs.tolist(), singly, thresholds.tolist(), strict=True)
    ]
    assert np.array(alone).tobytes() == together.tobytes()
    assert kind == "never alert" or np.isfinite(together).sum() > 5


def test_no_pairs_have_no_looks() -> None:
    none = np.zeros(0)
    assert len(first_looks(random_table(1), np.zeros(0, np.int64), none, none, (none, none, none))) == 0


@settings(max_examples=100)
@given(st.lists(STRETCHES, min_size=1, max_size=5), st.floats(1e-3, 3.0), st.floats(0.0, 600.0))
def test_a_look_comes_when_the_hazard_since_then_is_used_up(stretches: list[Chance], threshold: float, since: float) -> None:
    stretches = sorted(stretches)
    attention = Attention(100.0, 0.4)
    attention.alert(150.0, 400.0)
    moment = next_look(stretches, attention, since, threshold)
    used = 0.0
    for stretch in stretches:
        for low, high, factor in attention.parts(stretch, since):
            used += factor * stretch.hazard(low, high)
            if used > threshold:
                spare = factor * stretch.hazard(moment, high)
                assert low - 1e-6 <= moment <= high + 1e-6
                assert used - spare == pytest.approx(threshold, rel=1e-6, abs=1e-9)
                return
    assert moment == math.inf


def test_chances_are_sorted_by_pair_and_time() -> None:
    observer, suspect = np.array([4, 1, 4, 1, 4]), np.array([1, 0, 0, 0, 1])
    start = np.array([50.0, 90.0, 30.0, 10.0, 20.0])
    views = Views(observer, np.arange(5), start, start + 5.0, np.full(5, 900.0), np.array([0.0, 1, 1, 1, 0]), start)
    table = chances(views, start > 25.0, suspect, (np.array([-1.0, -1, 7, -1, 2]), np.ones(5)), PARAMETERS)
    assert (table.observer.tolist(), table.suspect.tolist()) == ([1, 4, 4], [0, 0, 1])
    assert table.of_pair.tolist() == [0, 2, 3, 5]
    assert table.start.tolist() == [10.0, 90.0, 30.0, 20.0, 50.0]
    assert table.looking.tolist() == [False, True, True, False, True]
    assert table.in_act.tolist() == [False, False, True, True, False]
    plain = noticing_rate(PARAMETERS) * PARAMETERS["d_half_m"] ** 2
    assert table.rate.tolist() == pytest.approx([plain, plain, 7 * plain, 2 * plain, plain])
    assert table.scale.tolist() == pytest.approx([50.0] * 5)
    for number, people, rows in ((0, [1, 2, 4], [0, -1, 1]), (1, [1, 4], [-1, 2]), (5, [1, 4], [-1, -1])):
        prospect = Prospect(table, np.ones(3), number, 6, acts=False)
        assert prospect.rows[prospect.places(np.array(people))].tolist() == rows
        assert [prospect.rows.item(prospect.place(person)) for person in people] == rows
        assert prospect.concerns(prospect.places(np.array(people))) == (max(rows) >= 0)
        nobody = prospect.places(np.array([0]))
        assert not prospect.concerns(nobody)
        prospect.go_elsewhere(0)  # who walks another way may meet anybody
        assert prospect.concerns(nobody)


def test_the_total_of_a_stretch_is_its_hazard() -> None:
    table = random_table(3)
    for pair in range(len(table.observer)):
        for stretch in table.of(pair):
            middle = (stretch.start + stretch.stop) / 2.0
            halves = stretch.hazard(stretch.start, middle) + stretch.hazard(middle, stretch.stop)
            assert stretch.total == stretch.hazard(stretch.start, stretch.stop) == pytest.approx(halves, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_views_are_tiled_by_looking_and_not_looking(seed: int) -> None:
    chance_of = np.random.default_rng(seed)
    people, count = 40, 300
    stream = np.array([stream_key(seed, "watch")], np.uint64)
    looking, switches = watch_switches(
        stream, text_keys([str(who) for who in range(people)]), np.full(people, 0.3), 40.0, (0.0, np.full(people, 1000.0))
    )
    row = chance_of.integers(0, people, count)
    start = chance_of.uniform(0.0, 950.0, count)
    start[::10] = switches[row[::10], 1]
    start = np.minimum(start, 990.0)
    stop = np.minimum(start + chance_of.uniform(0.001, 200.0, count), 1000.0)
    views = Views(row + 7, np.arange(count), start, stop, start * 2.0, start * 3.0, start * 4.0)
    parts, awake = split_by_looking(views, row, looking, switches)
    assert (parts.stop > parts.start).all()
    for number in range(count):
        mine = np.flatnonzero(parts.leg == number)
        assert parts.start[mine[0]] == start[number]
        assert parts.stop[mine[-1]] == stop[number]
        assert np.array_equal(parts.start[mine[1:]], parts.stop[mine[:-1]])
        assert (np.diff(awake[mine].astype(int)) != 0).all()
        middle = (parts.start[mine] + parts.stop[mine]) / 2.0
        flips = (switches[row[number]][np.newaxis, :] <= middle[:, np.newaxis]).sum(axis=1)
        assert np.array_equal(awake[mine], looking[row[number]] ^ (flips % 2 == 1))
        for name in ("observer", "nearest2", "pace", "closest"):
            assert (getattr(parts, name)[mine] == getattr(views, name)[number]).all()


def test_the_key_of_a_pair_is_the_same_alone_and_among_many() -> None:
    who, suspects = text_keys(["n1/1", "n2/1"]), text_keys(["suspect-1", "suspect-2"])
    assert pair_keys(who, suspects).tolist() == [
        combine_one(int(one), int(other)) for one, other in zip(who, suspects, strict=True)
    ]
    assert np.array_equal(pair_keys(who, suspects), combine(who, suspects))


@settings(max_examples=60)
@given(st.integers(0, 100), st.floats(-50.0, 6000.0), st.floats(0.0, 3000.0), st.sampled_from([0, 1]))
def test_no_part_of_a_pair_has_more_hazard_than_is_said_at_most(seed: int, begin: float, lasting: float, alerted: int) -> None:
    table = random_table(seed)
    table = replace(table, stop=np.minimum(table.stop, np.append(table.start[1:], np.inf)).clip(table.start))
    span = (begin, begin + lasting)
    for pair in range(len(table.observer)):
        there = [one for one in Part(table, pair, *span).stretches(-math.inf) if one.looking or alerted]
        most = table.most(pair, span, alerted=alerted > 0)
        assert sum(one.hazard(one.start, one.stop) for one in there) <= most + 1e-9
        overlapping = [one for one in table.of(pair, *span) if one.looking or alerted]
        assert most == pytest.approx(sum(one.total for one in overlapping), abs=1e-9)
        everything = [one for one in table.of(pair) if one.looking or alerted]
        summed = sum(one.total for one in everything)
        assert table.most(pair, (-math.inf, math.inf), alerted=alerted > 0) == pytest.approx(summed)


def test_part_of_a_pair_is_cut_and_may_be_what_is_seen_from_home_only() -> None:
    table = random_table(3, pairs=1)
    table = replace(table, start=np.arange(len(table.start)) * 100.0, stop=np.arange(len(table.start)) * 100.0 + 50.0)
    table = replace(table, indoors=np.arange(len(table.start)) % 2 == 0)
    assert len(table.start) >= 4
    spans = [(one.start, one.stop) for one in Part(table, 0, 120.0, 320.0).stretches(-math.inf)]
    assert spans == [(120.0, 150.0), (200.0, 250.0), (300.0, 320.0)]
    assert [(one.start, one.stop) for one in Part(table, 0, 120.0, 320.0, indoors=True).stretches(0.0)] == [(200.0, 250.0)]
    assert [one.start for one in Part(table, 0, 0.0, 320.0).stretches(150.0)] == [200.0, 300.0]

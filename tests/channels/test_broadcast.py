"""The broadcast: who is reached how, and after how long."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.channels.broadcast import WAYS, Broadcast
from simulation.draws import text_key, text_keys
from simulation.scenario.parameters import Parameters

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEOPLE = 40_000
WHO = text_keys([f"n{number}" for number in range(PEOPLE)])
EVERYBODY = np.arange(PEOPLE)
NOBODY = EVERYBODY[:0]
ALL = np.ones(PEOPLE, bool)
ABOUT = text_key("suspect-1")


def broadcast(members: NDArray[np.int64] = EVERYBODY, apps: NDArray[np.int64] = NOBODY, seed: int = 1) -> Broadcast:
    return Broadcast(seed, WHO, members, apps, Parameters(), 1e9)


def test_each_way_has_its_share() -> None:
    counts = np.bincount(broadcast().ways, minlength=3) / PEOPLE
    for share, expected in zip(counts.tolist(), (0.15, 0.5, 0.35), strict=True):
        assert abs(share - expected) <= 4.0 * sqrt(expected * (1.0 - expected) / PEOPLE)


@pytest.mark.parametrize(("way", "median_s"), [("voice", 270.0), ("text", 180.0), ("app", 126.0)])
def test_each_way_has_its_lognormal_delay(way: str, median_s: float) -> None:
    some = broadcast()
    delays = some.heard_at(ALL, 500.0, ABOUT, 0)[some.ways == WAYS.index(way)] - 500.0
    scores = np.log(delays / median_s) / 0.8
    assert abs(scores.mean()) <= 4.0 / sqrt(len(scores))
    assert abs(scores.std() - 1.0) <= 4.0 / sqrt(2.0 * len(scores))
    assert np.array_equal(delays + 500.0, np.round((delays + 500.0) * 1e6) / 1e6)


def test_who_is_reached_and_when_hangs_on_himself_alone() -> None:
    whole, part = broadcast(), broadcast(EVERYBODY[::7])
    assert np.array_equal(whole.ways[::7], part.ways)
    reads = whole.heard_at(ALL, 0.0, ABOUT, 0)
    assert np.array_equal(reads[::7], part.heard_at(ALL[::7], 0.0, ABOUT, 0)[::7])
    inside = EVERYBODY % 3 == 0
    fewer = whole.heard_at(inside, 0.0, ABOUT, 0)
    assert np.array_equal(fewer[inside], reads[inside])
    assert np.isinf(fewer[~inside]).all()
    assert np.isinf(part.heard_at(ALL[::7], 0.0, ABOUT, 0)[1:7]).all()


def test_another_matter_another_message_and_another_world_are_drawn_anew() -> None:
    one = broadcast()
    reads = [one.heard_at(ALL, 0.0, ABOUT, 0), one.heard_at(ALL, 0.0, ABOUT, 1), one.heard_at(ALL, 0.0, text_key("x"), 0)]
    reads.append(broadcast(seed=2).heard_at(ALL, 0.0, ABOUT, 0))
    for number, first in enumerate(reads):
        assert all(abs(np.corrcoef(np.log(first), np.log(other))[0, 1]) < 0.3 for other in reads[number + 1 :])


def test_who_must_have_the_app_has_it() -> None:
    some = broadcast(apps=EVERYBODY[:100])
    assert (some.ways[:100] == WAYS.index("app")).all()
    assert np.array_equal(some.ways[100:], broadcast().ways[100:])


def test_what_comes_too_late_is_not_followed_and_nobody_can_be_reached() -> None:
    late = Broadcast(1, WHO, EVERYBODY, NOBODY, Parameters(), 180.0).heard_at(ALL, 0.0, ABOUT, 0)
    assert np.array_equal(np.isinf(late), broadcast().heard_at(ALL, 0.0, ABOUT, 0) > 180.0)
    assert np.isinf(broadcast(NOBODY).heard_at(ALL[:0], 0.0, ABOUT, 0)).all()

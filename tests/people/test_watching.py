"""Eyes on the street: an on-and-off process in equilibrium."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.draws import stream_key, text_keys
from simulation.people.watching import watch_switches

PEOPLE = text_keys([f"n{number}/1" for number in range(6000)])
STREAM = np.array([stream_key(1, "watch")], np.uint64)
END_S = 5400.0


def switching(share: float, spell_s: float, people: slice = slice(None), end_s: float = END_S) -> tuple[Any, Any]:
    who = PEOPLE[people]
    return watch_switches(STREAM, who, np.full(len(who), share), spell_s, (0.0, np.full(len(who), end_s)))


def looks(share: float, spell_s: float, moment: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    looking, switches = switching(share, spell_s)
    return looking ^ ((switches <= moment).sum(axis=1) % 2 == 1)


@pytest.mark.parametrize(("share", "spell_s"), [(0.08, 120.0), (0.5, 30.0), (0.9, 300.0)])
@pytest.mark.parametrize("moment", [0.0, 61.0, 2000.0, 5399.0])
def test_the_same_share_looks_out_at_every_moment(share: float, spell_s: float, moment: float) -> None:
    error = np.sqrt(share * (1.0 - share) / len(PEOPLE))
    assert abs(looks(share, spell_s, moment).mean() - share) < 4.0 * error


@pytest.mark.parametrize(("share", "spell_s"), [(0.08, 120.0), (0.4, 30.0)])
def test_spells_have_their_mean_length(share: float, spell_s: float) -> None:
    looking, switches = switching(share, spell_s, end_s=10.0 * END_S)
    first_on, first_off = switches[~looking], switches[looking]
    on = first_on[:, 1] - first_on[:, 0]
    off = first_off[:, 1] - first_off[:, 0]
    for spells, mean in ((on, spell_s), (off, spell_s * (1.0 - share) / share)):
        assert abs(spells.mean() - mean) < 4.0 * mean / np.sqrt(len(spells))
        assert abs((spells > mean).mean() - np.exp(-1.0)) < 4.0 * 0.5 / np.sqrt(len(spells))


@pytest.mark.parametrize("always", [False, True])
def test_who_always_looks_out_or_never_does_does_not_switch(always: bool) -> None:  # noqa: FBT001
    looking, switches = switching(float(always), 120.0)
    assert (looking == always).all()
    assert np.isinf(switches[:, 0]).all()


def test_switches_rise_and_reach_beyond_the_end() -> None:
    _, switches = switching(0.08, 120.0)
    assert (switches[:, 1:] >= switches[:, :-1]).all()
    assert (switches[:, -1] > END_S).all()
    assert (switches >= 0.0).all()
    assert np.array_equal(switches, np.rint(switches * 1e6) / 1e6)


def test_who_need_be_known_for_less_long_switches_alike_until_then() -> None:
    _, switches = switching(0.08, 120.0)
    until = np.linspace(0.0, END_S, len(PEOPLE))
    _, fewer = watch_switches(STREAM, PEOPLE, np.full(len(PEOPLE), 0.08), 120.0, (0.0, until))
    known = switches[:, : fewer.shape[1]]
    assert np.array_equal(fewer[fewer < np.inf], known[fewer < np.inf])
    assert (known[fewer == np.inf] > np.broadcast_to(until[:, np.newaxis], fewer.shape)[fewer == np.inf]).all()


def test_nobody_depends_on_who_else_is_there() -> None:
    looking, switches = switching(0.08, 120.0)
    for number in (0, 17, 5999):
        one, alone = switching(0.08, 120.0, slice(number, number + 1))
        assert one[0] == looking[number]
        assert np.array_equal(alone[0], switches[number, : alone.shape[1]])

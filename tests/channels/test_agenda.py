"""The agenda: whole microseconds, in order, and nothing lost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
import simpy
from hypothesis import given
from hypothesis import strategies as st

from simulation.channels.agenda import Agenda

if TYPE_CHECKING:
    from collections.abc import Generator


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=30))
def test_entries_come_due_in_order_of_time_then_of_entry(moments: list[int]) -> None:
    agenda = Agenda()
    log: list[tuple[int, int]] = []
    for number, moment in enumerate(moments):
        agenda.at(moment / 1e6, lambda number: log.append((int(agenda.now), number)), number)
    agenda.run()
    assert log == sorted((moment, number) for number, moment in enumerate(moments))
    assert agenda.entries == len(moments)


def test_an_entry_for_the_past_comes_due_at_once() -> None:
    agenda = Agenda()
    log: list[float] = []
    agenda.at(5.0, lambda: agenda.at(2.0, lambda: log.append(agenda.time_s)))
    agenda.run()
    assert log == [5.0]


def test_many_short_waits_add_up_exactly() -> None:
    agenda = Agenda()

    def process() -> Generator[simpy.Event, Any, None]:
        for _ in range(100_000 // 10):
            yield agenda.wait(0.1)

    agenda.start(process())
    agenda.run()
    assert agenda.now == 1_000_000_000
    assert agenda.time_s == 1000.0
    assert agenda.entries == 10_001


@given(st.integers(0, 10**12))
def test_a_moment_in_seconds_is_the_microsecond_it_came_from(moment: int) -> None:
    agenda = Agenda()
    seen: list[int] = []
    agenda.at(moment / 1e6, lambda: seen.append(int(agenda.now)))
    agenda.run()
    assert seen == [moment]
    assert round(agenda.time_s * 1e6) == moment


def test_a_negative_wait_takes_no_time() -> None:
    agenda = Agenda()
    agenda.run(until=agenda.wait(-3.0))
    assert agenda.time_s == 0.0


def test_handlers_get_their_arguments() -> None:
    agenda = Agenda()
    calls: list[tuple[object, ...]] = []
    agenda.at(1.0, lambda *arguments: calls.append(arguments), "a", 2, None)
    agenda.run()
    assert calls == [("a", 2, None)]


def test_what_a_handler_raises_is_not_swallowed() -> None:
    agenda = Agenda()
    agenda.at(1.0, lambda: math.sqrt(-1.0))
    with pytest.raises(ValueError, match=r"math domain|nonnegative"):
        agenda.run()


def test_call_takers_work_in_whole_microseconds() -> None:
    # Three callers of 0.1 s each for one call-taker: the last is done after 0.3 s exactly, which floats would miss.
    agenda = Agenda()
    lines, done = simpy.Resource(agenda, 1), []

    def caller() -> Generator[simpy.Event, Any, None]:
        with lines.request() as line:
            yield line
            yield agenda.wait(0.1)
        done.append(agenda.now)

    for _ in range(3):
        agenda.start(caller())
    agenda.run()
    assert done == [100_000, 200_000, 300_000]

"""How an evening went on: the curves pass through the measures, and say no more than there is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scoring import score
from simulation.scoring.curves import MOST_ROWS, delivered, distribution, knowing, queueing
from simulation.scoring.facts import Facts
from simulation.scoring.reach import WINDOW_S
from simulation.trace.log import Trace
from tests.fixtures.by_hand import HEADER, Story, evening


def test_who_knew_by_when() -> None:
    # Residents from twelve who saw nothing: n2, n4, n6. One member, n6, reads nothing before 4000 s. Two of five saw him.
    rows = knowing(Facts(evening()))
    assert rows == [(0.0, 0.0, 0.0, 0.0), (360.0, 0.0, 0.0, 0.2), (660.0, 0.0, 0.0, 0.4), (3600.0, 0.0, 0.0, 0.4)]


def test_the_curve_passes_through_the_measures_of_reach() -> None:
    story = Story(records=list(evening().records))
    story.post("n1/1", 500, ("sighting:n1/1:1",), {1: 700.0, 3: 1210.0, 5: 1211.0})
    facts, measures = Facts(story.trace()), score(story.trace())
    at = {row[0]: row[1:3] for row in knowing(facts)}[measures["first_sighting_s"] + WINDOW_S]
    assert at == (measures["reach_share"], measures["reach_members_share"])
    assert at[0] == pytest.approx(2 / 3, abs=1e-6)


def test_the_curve_goes_on_until_a_long_evening_ends() -> None:
    story = Story(records=list(evening().records))
    story.add("close", "organiser", 7230, ())
    story.post("n1/1", 500, ("sighting:n1/1:1",), {1: 7225.0})
    rows = knowing(Facts(story.trace()))
    assert rows[-1][0] == 7230.0
    assert rows[-1][1] > rows[-2][1]


def calls(*spans: tuple[float, float | None, float | None]) -> Facts:
    """Tell an evening of calls: dialled, answered (if ever), reported or hung up (if ever)."""
    story = Story()
    for index, (dialled, answered, ended) in enumerate(spans):
        call = story.call(f"n{index}", dialled, "fact:x")
        if answered is not None:
            story.add("answer", "desk", answered, (call,), call=call, waited_s=0.0)
            if ended is not None:
                story.add("report", "desk", ended, (call,), call=call, elements={}, duplicate=False)
        elif ended is not None:
            story.add("abandoned", f"n{index}", ended, (call,), call=call, waited_s=0.0)
    story.add("game_end", "organiser", 1200, game="Spel", reason="time")
    return Facts(story.trace())


def test_how_busy_the_number_was() -> None:
    facts = calls((65, 90, 130), (70, 130, 300), (80, None, 100), (600, None, None))
    assert queueing(facts) == [
        (0.0, 0, 0),
        (60.0, 3, 1),
        (120.0, 1, 1),
        (180.0, 0, 1),
        (360.0, 0, 0),
        (600.0, 1, 0),
        (1200.0, 0, 0),
    ]


def test_other_numbers_are_not_in_the_queue() -> None:
    story = Story()
    story.call("n1", 10, "fact:x", number="emergency")
    assert queueing(Facts(story.trace())) == []


def test_messages_add_up_to_the_mean() -> None:
    facts = Facts(evening())
    got, read = delivered(facts)
    assert got.mean() == pytest.approx(score(evening())["messages_per_member_mean"])
    assert (read <= got).all()
    bars = distribution(got, read)
    assert [sum(row[index] for row in bars) for index in (2, 3)] == [3, 3]


@given(st.lists(st.integers(0, 500), max_size=60))
def test_a_distribution_counts_everybody_once(counts: list[int]) -> None:
    values = np.array(counts, dtype=np.int64)
    bars = distribution(values, values)
    assert sum(row[2] for row in bars) == len(counts)
    assert len(bars) <= 25
    assert [high + 1 for _, high, *_ in bars[:-1]] == [low for low, *_ in bars[1:]]


def test_curves_are_short_however_long_an_evening_is() -> None:
    long = {**HEADER, "duration_s": 86_400.0}
    trace = Trace(long, evening().records)
    assert len(knowing(Facts(trace))) <= MOST_ROWS + 2
    assert knowing(Facts(Trace(HEADER, ()))) == []

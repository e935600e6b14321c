"""Alarms: the tables for everybody at once against a plain list of spans for each person."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.saar.alarms import Alarms
from simulation.saar.attention import Attention

PEOPLE, LASTING_S, END_S = 4, 600.0, 5000.0
DELAYS = st.one_of(st.just(math.inf), st.integers(0, 3000).map(float))
MESSAGES = st.lists(st.tuples(st.integers(0, 900).map(float), st.lists(DELAYS, min_size=PEOPLE, max_size=PEOPLE)), max_size=7)


def read_times(messages: list[tuple[float, list[float]]]) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Give when everybody reads each message: a later one is never read before an earlier one."""
    latest, sent, times = np.full(PEOPLE, -np.inf), 0.0, []
    for gap, delays in messages:
        sent += gap
        read = np.array([sent + delay for delay in delays])
        latest = np.where(np.isfinite(read), np.maximum(latest, read), latest)
        times.append(np.where(np.isfinite(read), latest, read))
    return times


def spans(read: list[float]) -> list[tuple[float, float]]:
    """Join the spans of somebody's alarms by hand."""
    joined: list[tuple[float, float]] = []
    for begin in sorted(moment for moment in read if moment < END_S):
        end = min(begin + LASTING_S, END_S)
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


@settings(max_examples=300)
@given(MESSAGES)
def test_the_newest_span_and_the_end_of_those_before(messages: list[tuple[float, list[float]]]) -> None:
    alarms, read = Alarms(PEOPLE, LASTING_S, END_S), read_times(messages)
    for number, read_at in enumerate(read):
        alarms.add(read_at)
        for person in range(PEOPLE):
            own = spans([times[person] for times in read[: number + 1]])
            assert alarms.before[person] == (own[-2][1] if len(own) > 1 else -math.inf)
            newest = own[-1] if own else (math.inf, -math.inf)
            assert (alarms.begin[person], alarms.end[person]) == newest


@settings(max_examples=300)
@given(MESSAGES)
def test_news_is_told_to_those_whose_spans_it_changes(messages: list[tuple[float, list[float]]]) -> None:
    alarms, read = Alarms(PEOPLE, LASTING_S, END_S), read_times(messages)
    for number, read_at in enumerate(read):
        news, changed = alarms.add(read_at)
        for person in range(PEOPLE):
            before, after = (spans([times[person] for times in read[:last]]) for last in (number, number + 1))
            assert (person in news.tolist()) == (before != after)
        for person, moment in zip(news.tolist(), changed.tolist(), strict=True):
            before = spans([times[person] for times in read[:number]])
            touching = before and before[-1][1] >= read_at[person]
            assert moment == (before[-1][1] if touching else read_at[person])


@settings(max_examples=300)
@given(MESSAGES, st.lists(st.booleans(), min_size=7, max_size=7))
def test_attention_brought_up_to_date_now_and_then_knows_all(
    messages: list[tuple[float, list[float]]], asked: list[bool]
) -> None:
    alarms, read = Alarms(PEOPLE, LASTING_S, END_S), read_times(messages)
    attentions = [Attention(math.inf, 0.3) for _ in range(PEOPLE)]
    for read_at, now in zip(read, asked, strict=False):
        alarms.add(read_at)
        for person in range(PEOPLE) if now else ():
            alarms.update(attentions[person], person)
    for person, attention in enumerate(attentions):
        alarms.update(attention, person)
        alarms.update(attention, person)
        assert attention.alerted == spans([times[person] for times in read])


def test_who_reads_after_the_end_is_not_alarmed() -> None:
    alarms = Alarms(2, LASTING_S, END_S)
    news, changed = alarms.add(np.array([END_S - 10.0, END_S]))
    assert (news.tolist(), changed.tolist()) == ([0], [END_S - 10.0])
    assert alarms.end.tolist() == [END_S, -math.inf]

"""How an evening went on: who knew by when, how busy the number was, how many messages each member got.

Each list of rows is exact where it says so, and short: what stays the same from one row to the next is told once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from simulation.scoring.facts import DECIMALS
from simulation.scoring.messages import PEOPLE_FROM_AGE
from simulation.scoring.reach import WINDOW_S, told
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulation.maps.streetmap import Floats, Ints
    from simulation.scoring.facts import Facts

    Row = tuple[float, ...]
    Span = tuple[float, float]

MOST_ROWS = 100
"""Most rows of a curve, one more or less."""

MOST_BARS = 24
"""Most bars of a distribution, one more or less."""

MINUTE_S = 60.0


def step_s(end_s: float) -> float:
    """Give the time between two rows of a curve: whole minutes, one where the evening is not long."""
    return MINUTE_S * max(math.ceil(end_s / MINUTE_S / MOST_ROWS), 1)


def knowing(facts: Facts) -> list[Row]:
    """Tell who knew of a suspect by when.

    Returns
    -------
    Rows of time, seconds, and three shares: of the residents from twelve who noticed no suspect themselves, those who had
    read a right message; the same of those among them who are members of a group; and of all residents from twelve, those
    who had noticed a suspect. A row per minute until the evening ends, and one where the measures of reach are taken, which
    may be later: reads still due count. Nothing where nobody counts.
    """
    news = told(facts)
    grown = facts.ages >= PEOPLE_FROM_AGE
    if not grown.any():
        return []
    window_s = 0.0 if news.first_s is None else news.first_s + WINDOW_S
    closed_s = max((record.time_s for record in facts.every("close")), default=float(facts.header["duration_s"]))
    end_s = max(closed_s, window_s)
    times = np.unique([*np.arange(0.0, end_s, step_s(end_s)), end_s, *([window_s] if window_s else [])])
    members = news.people & (facts.members == 1)
    columns = (news.read_s[news.people], news.read_s[members], _first_seen(facts)[grown])
    return _changes(list(zip(times.tolist(), *(_share_by(column, times) for column in columns), strict=True)))


def _first_seen(facts: Facts) -> Floats:
    """Give when every resident first noticed a suspect, seconds; infinity for never."""
    first = np.full(len(facts.ages), np.inf)
    for record in facts.of("sighting"):
        if facts.is_true(record) and record.who in facts.index:
            index = facts.index[record.who]
            first[index] = min(first[index], record.time_us / MICROSECONDS)
    return first


def _share_by(moments: Floats, times: Floats) -> list[float]:
    """Give the share of some people whose moment had come, at each time; nought of nobody."""
    counts = np.searchsorted(np.sort(moments), times, side="right")
    return [round(count / max(len(moments), 1), DECIMALS) for count in counts.tolist()]


def _changes(rows: Sequence[Row]) -> list[Row]:
    """Leave out rows that say the same as the one before; the last row stays, to tell until when."""
    kept = [row for before, row in zip([(), *rows], rows, strict=False) if row[1:] != before[1:]]
    return kept if kept[-1:] == list(rows[-1:]) else [*kept, rows[-1]]


def queueing(facts: Facts) -> list[Row]:
    """Tell how busy the temporary number was, until the end of the last game.

    Returns
    -------
    Rows of time, seconds, the most callers in that minute who had dialled and were not answered yet, and the most who were
    talking. Nothing where nobody called.
    """
    calls = {record.id: record for record in facts.of("call") if record.data["number"] == "temporary"}
    if not calls:
        return []
    end_s = facts.end_us / MICROSECONDS
    ended = {record.data["call"]: record.time_s for kind in ("answer", "abandoned") for record in facts.of(kind)}
    reported = {record.data["call"]: record.time_s for record in facts.of("report")}
    answered = {record.data["call"]: record.time_s for record in facts.of("answer")}
    waiting = [(record.time_s, ended.get(key, end_s)) for key, record in calls.items()]
    talking = [(time_s, reported.get(key, end_s)) for key, time_s in answered.items()]
    times = np.arange(0.0, max(end_s, MINUTE_S), step_s(end_s)).tolist()
    rows = zip(times, _peaks(waiting, times), _peaks(talking, times), strict=True)
    return _changes([*rows, (max(end_s, MINUTE_S), 0, 0)])


def _peaks(spans: Iterable[Span], times: Sequence[float]) -> list[int]:
    """Give the most spans at once between each time and the next; one that ends when another begins makes room for it."""
    changes = sorted(change for begin, end in spans for change in ((begin, 1), (end, -1)))
    peaks, now, done = [], 0, 0
    for until in [*times[1:], math.inf]:
        most = now
        while done < len(changes) and changes[done][0] < until:
            now += changes[done][1]
            most = max(most, now)
            done += 1
        peaks.append(most)
    return peaks


def delivered(facts: Facts) -> tuple[Ints, Ints]:
    """Give how many messages of others each member of a group got in his groups, and how many of them he had read.

    Until the end of the last game; chatter counts. The first adds up to the measure `messages_per_member_mean`.
    """
    inside = {key: np.asarray(record.data["members"], dtype=np.int64) for key, record in facts.groups.items()}
    people = np.unique(np.concatenate(list(inside.values()))) if inside else np.zeros(0, dtype=np.int64)
    got, read = (np.zeros(int(people.max(initial=-1)) + 1, dtype=np.int64) for _ in range(2))
    for post in facts.of("post"):
        if post.data["channel"] not in inside:
            continue
        members = inside[post.data["channel"]]
        got[members[members != facts.index.get(post.who, -1)]] += 1
        in_time = np.asarray(post.data["read_s"], dtype=np.float64) <= facts.end_us / MICROSECONDS
        readers = np.asarray(post.data["readers"], dtype=np.int64)[in_time]
        read[readers[np.isin(readers, members)]] += 1
    return got[people], read[people]


def distribution(got: Ints, read: Ints) -> list[tuple[int, int, int, int]]:
    """Count members by messages: rows of least, most, how many members got so many, and how many had read so many."""
    highest = int(got.max(initial=0))
    width = highest // MOST_BARS + 1
    bars = [(low, low + width - 1) for low in range(0, highest + 1, width)]
    return [(low, high, _between(got, low, high), _between(read, low, high)) for low, high in bars]


def _between(values: Ints, low: int, high: int) -> int:
    return int(((low <= values) & (values <= high)).sum())

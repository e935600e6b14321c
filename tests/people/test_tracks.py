"""Tracks: who passes whom along a street."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.people.tracks import Tracks, joined_tracks, passings

LINES = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 50), st.integers(1, 50), st.integers(0, 100), st.integers(0, 100)), max_size=5
)


def tracks(lines: list[tuple[int, int, int, int, int]]) -> Tracks:
    """Make tracks of (edge, start, how long, from, to)."""
    edge, start, lasting, begin, end = (np.array([line[part] for line in lines], np.int64) for part in range(5))
    times = (start.astype(float), (start + lasting).astype(float))
    return Tracks(np.arange(len(lines)), edge, *times, begin.astype(float), end.astype(float))


@settings(max_examples=200)
@given(LINES, LINES)
def test_two_pass_where_the_order_along_the_street_changes(some: list[tuple[int, ...]], others: list[tuple[int, ...]]) -> None:
    one, two = tracks(some), tracks(others)  # type: ignore[arg-type]
    found = {
        (mine, his): moment for mine, his, moment in zip(*(column.tolist() for column in passings(one, two)), strict=True)
    }
    for mine in range(len(some)):
        for his in range(len(others)):
            start, stop = max(one.start[mine], two.start[his]), min(one.stop[mine], two.stop[his])
            meet = some[mine][0] == others[his][0] and start <= stop
            if not meet:
                assert (mine, his) not in found
                continue

            def apart(moment: float, mine: int = mine, his: int = his) -> float:
                along = [
                    line.begin[n] + (moment - line.start[n]) / (line.stop[n] - line.start[n]) * (line.end[n] - line.begin[n])
                    for line, n in ((one, mine), (two, his))
                ]
                return float(along[0] - along[1])

            assert ((mine, his) in found) == (round(apart(start), 9) * round(apart(stop), 9) <= 0.0)
            if (mine, his) in found:
                assert start <= found[mine, his] <= stop
                assert abs(apart(found[mine, his])) < 1e-6


def test_tracks_are_put_behind_each_other_and_selected() -> None:
    both = joined_tracks([tracks([(0, 0, 10, 0, 5)]), tracks([(1, 5, 10, 3, 9), (2, 0, 1, 0, 0)])])
    assert both.edge.tolist() == [0, 1, 2]
    assert both.take(both.edge > 0).start.tolist() == [5.0, 0.0]

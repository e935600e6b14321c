"""Rows of tables, against plain lists and the sorts of numpy."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulation.people.rows import expand, in_order, in_order_of_time, ranges


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), max_size=20))
def test_ranges_are_listed_one_after_the_other(spans: list[tuple[int, int]]) -> None:
    first, counts = np.array(spans, np.int64).reshape(-1, 2).T
    rows, numbers = ranges(first, first + counts)
    listed = [(row, begin + nth) for row, (begin, count) in enumerate(spans) for nth in range(count)]
    assert list(zip(rows.tolist(), numbers.tolist(), strict=True)) == listed
    rows, nth = expand(counts)
    assert list(zip(rows.tolist(), (first[rows] + nth).tolist(), strict=True)) == listed


@given(st.lists(st.integers(0, 200_000), max_size=300))
def test_numbers_are_put_in_order_and_equal_ones_stay_as_they_come(numbers: list[int]) -> None:
    array = np.array([*numbers, *numbers], np.int64)
    assert np.array_equal(in_order(array), np.argsort(array, kind="stable"))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=60))
def test_rows_out_of_order_are_put_in_order_of_group_and_time(rows: list[tuple[int, int]]) -> None:
    group, time = np.array(rows, np.int64).reshape(-1, 2).T
    assert np.array_equal(in_order_of_time(group, time * 1.0), np.lexsort((time, group)))

"""Rows of tables: repeating them, and putting them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Values = TypeVar("Values", Floats, Indices)

_DIGITS = 16
"""Binary digits that numpy can sort by in linear time."""


def expand(counts: Indices) -> tuple[Indices, Indices]:
    """Repeat each row `counts` times: give the row of each copy and its number within the row."""
    return ranges(np.zeros_like(counts), counts)


def ranges(first: Indices, after: Indices) -> tuple[Indices, Indices]:
    """List the numbers from `first` up to `after` of each row: give the row of each number, and the numbers."""
    counts = after - first
    rows = np.arange(len(counts)).repeat(counts)
    return rows, np.arange(len(rows)) + (first - (counts.cumsum() - counts))[rows]


def distinct(values: Values) -> Values:
    """Give each value once, rising.

    As numpy's `unique` does, which first loads its masked arrays: that takes longer than many an evening.
    """
    rising = values if (values[1:] >= values[:-1]).all() else np.sort(values)
    first = np.concatenate([[True], rising[1:] != rising[:-1]])[: len(rising)]
    return np.asarray(rising[first])


def in_order(numbers: Indices) -> Indices:
    """Give the order of numbers from 0 on, equal ones as they come; 16 digits at a time, which numpy sorts in linear time."""
    order = np.argsort((numbers & (1 << _DIGITS) - 1).astype(np.uint16), kind="stable")
    high = numbers >> _DIGITS
    return order[np.argsort(high[order], kind="stable")] if high.any() else order


def in_order_of_time(group: Indices, time: Floats) -> Indices:
    """Give the order of rows by group, numbered from 0 on, and then by time.

    By group alone first: where rows come from walks, nearly all of a group are in order of time already.
    """
    order = in_order(group)
    groups, times = group[order], time[order]
    astray = np.zeros(int(group.max(initial=0)) + 1, bool)
    astray[groups[1:][(groups[1:] == groups[:-1]) & (times[1:] < times[:-1])]] = True
    rows = np.flatnonzero(astray[groups])
    order[rows] = order[rows][np.lexsort((times[rows], groups[rows]))]
    return order

"""Intervals and ragged lists as plain arrays, the small tools under the sight lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Numbers = NDArray[np.int64]


class Spans(NamedTuple):
    """Intervals, each belonging to an owner: a wall, a stretch of street.

    Parameters
    ----------
    owner
        Number of the owner.
    begin, end
        Ends of the interval, metres.
    """

    owner: Numbers
    begin: Floats
    end: Floats


def count_off(counts: Numbers) -> tuple[Numbers, Numbers]:
    """Give owner and rank of every item of a ragged list.

    Parameters
    ----------
    counts
        How many items each owner has.

    Returns
    -------
    Owner of each item, and its rank among the items of its owner, counted from 0.
    """
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)


def starts_of(owner: Numbers, owners: int) -> Numbers:
    """Give where each owner's items start in a list sorted by owner; one entry more than there are owners."""
    return np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=owners))])


def subtract(begin: Floats, end: Floats, holes: Spans, shortest_m: float) -> Spans:
    """Take holes out of intervals.

    Parameters
    ----------
    begin, end
        The intervals, metres; interval i is owner i.
    holes
        What is taken out. Holes may overlap, and may stick out of their owner.
    shortest_m
        Remainders shorter than this are left out, metres.

    Returns
    -------
    What remains, sorted by owner and begin.
    """
    owners = np.arange(len(begin))
    everywhere = np.full(len(begin), np.inf)
    # Two holes that reach from both ends of the interval to infinity make every remainder a gap between two holes.
    owner = np.concatenate([owners, holes.owner, owners])
    hole_begin = np.concatenate([-everywhere, holes.begin, end])
    hole_end = np.concatenate([begin, holes.end, everywhere])
    order = np.lexsort((hole_end, hole_begin, owner))
    owner, hole_begin = owner[order], hole_begin[order]
    reach = _running_maximum(owner, hole_end[order])
    gap = (owner[1:] == owner[:-1]) & (np.minimum(hole_begin[1:], end[owner[1:]]) - reach[:-1] >= shortest_m)
    begins, ends = reach[:-1][gap], np.minimum(hole_begin[1:], end[owner[1:]])[gap]
    return Spans(owner[1:][gap], begins, ends)


def _running_maximum(owner: Numbers, values: Floats) -> Floats:
    """Give the largest value so far among those of the same owner; owners are sorted."""
    # Ranks instead of values: whole numbers can be lifted above the owner before without losing digits.
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(values), np.int64)
    rank[order] = np.arange(len(values))
    lift = owner * len(values)
    return values[order][np.maximum.accumulate(rank + lift) - lift]

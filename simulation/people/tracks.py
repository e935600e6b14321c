"""Tracks: who is where along which street when, to find who passes whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.people.rows import ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.legs import Legs
    from simulation.people.network import Network
    from simulation.people.walks import Walks

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]


class Tracks(NamedTuple):
    """Straight lines in time and along an edge; T of them.

    Parameters
    ----------
    owner, edge
        (T,) who moves, and along which edge.
    start, stop
        (T,) seconds.
    begin, end
        (T,) distances along the edge at the start and the stop, metres.
    """

    owner: Indices
    edge: Indices
    start: Floats
    stop: Floats
    begin: Floats
    end: Floats

    def take(self, which: Indices | NDArray[np.bool_]) -> Tracks:
        """Select tracks by index or mask."""
        return Tracks._make(column[which] for column in self)


def joined_tracks(parts: Sequence[Tracks]) -> Tracks:
    """Put tracks behind each other."""
    return Tracks._make(np.concatenate(columns) for columns in zip(*parts, strict=True))


def tracks_of_walks(network: Network, walks: Walks) -> Tracks:
    """Give the tracks of people who walk about."""
    edge, back = walks.dart >> 1, walks.dart & 1 == 1
    length = network.edge_length[edge]
    begin, end = (np.where(back, length - along, along) for along in (walks.begin, walks.end))
    return Tracks(walks.owner, edge, walks.time, walks.until, begin, end)


def tracks_of_legs(network: Network, legs: Legs) -> Tracks:
    """Give the tracks of somebody whose every leg is known."""
    edge = network.edge_of_piece[legs.piece]
    begin = network.map.streets.piece_at[legs.piece] + legs.at
    return Tracks(legs.owner, edge, legs.start, legs.stop, begin, begin + legs.along * (legs.stop - legs.start))


def passings(some: Tracks, others: Tracks) -> tuple[Indices, Indices, Floats]:
    """Find who of some passes whom of others on the same edge, or is passed: the owners of each, and the moment, seconds.

    Who walks beside another all along passes him at the beginning.

    Examples
    --------
    >>> import numpy as np
    >>> def track(*line):
    ...     return Tracks(np.zeros(1, int), np.zeros(1, int), *(np.array([part]) for part in line))
    >>> passings(track(0.0, 60.0, 0.0, 60.0), track(0.0, 60.0, 60.0, 0.0))[2].tolist()
    [30.0]
    """
    order = np.argsort(others.edge, kind="stable")
    edge = others.edge[order]
    row, number = ranges(np.searchsorted(edge, some.edge), np.searchsorted(edge, some.edge, side="right"))
    other = order[number]
    start, stop = np.maximum(some.start[row], others.start[other]), np.minimum(some.stop[row], others.stop[other])
    at_start, at_stop = (_along(some, row, time) - _along(others, other, time) for time in (start, stop))
    passed = np.flatnonzero((start <= stop) & (at_start * at_stop <= 0.0))
    row, other, at_start, at_stop = row[passed], other[passed], at_start[passed], at_stop[passed]
    apart = at_start - at_stop
    share = np.where(apart == 0.0, 0.0, at_start / np.where(apart == 0.0, 1.0, apart))
    return some.owner[row], others.owner[other], start[passed] + share * (stop - start)[passed]


def _along(tracks: Tracks, which: Indices, time: Floats) -> Floats:
    """Give the distances along the edge at moments, metres."""
    lasting = tracks.stop[which] - tracks.start[which]
    share = (time - tracks.start[which]) / np.where(lasting > 0.0, lasting, 1.0)
    return tracks.begin[which] + share * (tracks.end[which] - tracks.begin[which])

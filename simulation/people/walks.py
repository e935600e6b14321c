"""Walking: who is on which street when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from simulation.draws import combine, uniforms
from simulation.people.rows import ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Keys = NDArray[np.uint64]
    Values = TypeVar("Values", Floats, Indices)

_STEPS = 32
"""How many streets are chosen at a time."""


@dataclass(frozen=True, eq=False)
class Walks:
    """Stretches of darts walked at constant speed; K of them, in order of time for each owner.

    Parameters
    ----------
    of_owner
        (O + 1,) the stretches of owner o are `of_owner[o]:of_owner[o + 1]`.
    dart
        (K,) the dart walked.
    begin, end
        (K,) distances along the dart, metres.
    time
        (K,) seconds at which the owner is at `begin`.
    speed
        (K,) metres per second.
    """

    of_owner: Indices
    dart: Indices
    begin: Floats
    end: Floats
    time: Floats
    speed: Floats

    @property
    def owner(self) -> Indices:
        """(K,) the owner of each stretch."""
        return np.repeat(np.arange(len(self.of_owner) - 1), np.diff(self.of_owner))

    @property
    def until(self) -> Floats:
        """(K,) seconds at which the owner is at `end`."""
        return self.time + (self.end - self.begin) / self.speed

    def place_at(self, time: float, edge_length: Floats) -> tuple[int, float]:
        """Give the edge, and the distance along it in metres, at which a single owner is at a moment, seconds."""
        row = max(int(self.time.searchsorted(time, side="right")) - 1, 0)
        dart, walked = self.dart.item(row), max(time - self.time.item(row), 0.0) * self.speed.item(row)
        offset = min(self.begin.item(row) + walked, self.end.item(row))
        return dart // 2, offset if dart % 2 == 0 else edge_length.item(dart // 2) - offset

    def until_time(self, time: float) -> Walks:
        """Give the part of a single owner's walk before a moment, seconds."""
        rows = int(np.searchsorted(self.time, time, side="left"))
        reached = self.begin[:rows] + (time - self.time[:rows]) * self.speed[:rows]
        end = np.minimum(self.end[:rows], reached)
        return Walks(np.array([0, rows]), self.dart[:rows], self.begin[:rows], end, self.time[:rows], self.speed[:rows])

    def of(self, owner: int) -> Walks:
        """Give the walk of one owner alone."""
        return self.of_some(slice(owner, owner + 1))

    def of_some(self, owners: slice) -> Walks:
        """Give the walks of consecutive owners alone."""
        bounds = self.of_owner[owners.start : owners.stop + 1]
        part = slice(bounds.item(0), bounds.item(-1))
        return Walks(bounds - part.start, self.dart[part], self.begin[part], self.end[part], self.time[part], self.speed[part])

    def of_these(self, owners: Indices) -> Walks:
        """Give the walks of some owners alone."""
        owner, row = ranges(self.of_owner[owners], self.of_owner[owners + 1])
        bounds = np.searchsorted(owner, np.arange(len(owners) + 1))
        return Walks(bounds, self.dart[row], self.begin[row], self.end[row], self.time[row], self.speed[row])


def wander(
    network: Network,
    keys: tuple[Keys, Keys],
    place: tuple[Indices, Floats],
    span: tuple[Floats, Floats],
    speed: Floats,
    liking: Floats | None = None,
) -> Walks:
    """Walk at random without turning back, except at dead ends, until the time is up.

    Parameters
    ----------
    network
        Where to walk.
    keys
        (O,) and (O,) keys of the draws: of the stream of the purpose in the world of each walker, and of himself.
    place
        (O,) edges and (O,) distances along them, metres, where the walkers set out.
    span
        (O,) and (O,) seconds between which they walk.
    speed
        (O,) metres per second.
    liking
        (O, E) how gladly each walker turns into each edge, against the others; where all are 0, or left out, all alike.
    """
    (edge, at), (begin, until) = place, span
    key = combine(*keys)
    dart = 2 * edge + (uniforms(key, 0) * 2.0).astype(np.int64)
    offset = np.where(dart % 2 == 0, at, network.edge_length[edge] - at)
    walking = np.flatnonzero(begin < until)
    chunks: list[tuple[Indices, Indices, Floats]] = []
    dart, before, time = dart[walking], offset[walking], begin[walking]
    while len(walking):
        mine = None if liking is None else liking[walking]
        darts, dart = _turns(network, (key[walking], mine), dart, len(chunks) * _STEPS)
        metres = network.dart_length[darts]
        metres[0] -= before
        arrival = time + np.cumsum(metres / speed[walking], axis=0)
        start = np.concatenate([time[np.newaxis], arrival[:-1]])
        chunks.append((walking, darts, start))
        on = arrival[-1] < until[walking]
        walking, dart, before, time = walking[on], dart[on], 0.0 * before[on], arrival[-1][on]
    of_owner, dart, time = _by_owner(chunks, until)
    return _measured(network, (of_owner, dart, time), offset, until, speed)


def _turns(network: Network, walkers: tuple[Keys, Floats | None], dart: Indices, step: int) -> tuple[Indices, Indices]:
    """Choose the next few darts of walkers; give them row by row, and the dart after the last row."""
    key, liking = walkers
    share = uniforms(key, np.arange(step + 1, step + 1 + _STEPS, dtype=np.uint64)[:, np.newaxis])
    darts, onward, most = np.empty(share.shape, np.int64), network.onward.ravel(), network.onward.shape[1]
    count = network.onward_count.astype(np.float64)
    for row in range(_STEPS):
        darts[row] = dart
        nth = (share[row] * count[dart]).astype(np.int64) if liking is None else _liked(network, dart, liking, share[row])
        dart = onward[dart * most + nth]
    return darts, dart


def _liked(network: Network, dart: Indices, liking: Floats, share: Floats) -> Indices:
    """Choose which way each walker goes on after a dart, by how gladly he turns into each street."""
    onward, count = network.onward[dart], network.onward_count[dart]
    there = np.arange(onward.shape[1]) < count[:, np.newaxis]
    gladly = np.where(there, liking[np.arange(len(dart))[:, np.newaxis], onward >> 1], 0.0)
    gladly = np.where(there & ~gladly.any(axis=1, keepdims=True), 1.0, gladly)
    ends = np.cumsum(gladly, axis=1)
    nth = (share[:, np.newaxis] * ends[:, -1:] >= ends).sum(axis=1)
    return np.asarray(np.minimum(nth, count - 1))


def _by_owner(chunks: list[tuple[Indices, Indices, Floats]], until: Floats) -> tuple[Indices, Indices, Floats]:
    """Put chunks `(owners, darts, times)`, row by row, in order of owner, up to the time at which each ends."""
    shape = (len(until), len(chunks) * _STEPS)
    dart, time = np.empty(shape, np.int64), np.full(shape, np.inf)
    for number, (walking, darts, start) in enumerate(chunks):
        part = slice(number * _STEPS, (number + 1) * _STEPS)
        dart[walking, part], time[walking, part] = darts.T, start.T
    taken = time < until[:, np.newaxis]
    rows = np.flatnonzero(taken)
    of_owner = np.concatenate([[0], np.cumsum(np.count_nonzero(taken, axis=1))])
    return of_owner, dart.ravel()[rows], time.ravel()[rows]


def _measured(network: Network, ways: tuple[Indices, Indices, Floats], offset: Floats, until: Floats, speed: Floats) -> Walks:
    """Let each walker begin his first dart at an offset, and break off his last one when his time is up."""
    of_owner, dart, time = ways
    some = np.flatnonzero(np.diff(of_owner))
    begin, end = np.zeros(len(dart)), network.dart_length[dart]
    begin[of_owner[some]] = offset[some]
    last = of_owner[some + 1] - 1
    end[last] = begin[last] + (until[some] - time[last]) * speed[some]
    return Walks(of_owner, dart, begin, end, time, np.repeat(speed, np.diff(of_owner)))


def there_and_back(walks: Walks, turned: Floats, edge_length: Floats, span: tuple[float, float]) -> Walks:
    """Let each walker return along the way he came, from the moment he turned; keep what is walked in a span of time.

    Parameters
    ----------
    walks
        The ways out.
    turned
        (O,) seconds at which each walker turns.
    edge_length
        (E,) lengths of the edges, metres.
    span
        Stretches that end before the first or start after the second of these seconds are left out.
    """
    owner, until = walks.owner, walks.until
    twice = 2.0 * turned[owner]
    outward = (until > span[0]) & (walks.time < span[1])
    homeward = (twice - walks.time > span[0]) & (twice - until < span[1])
    outs, homes = (np.concatenate([[0], np.cumsum(kept)])[walks.of_owner] for kept in (outward, homeward))
    of_owner = outs + homes
    out, home = np.flatnonzero(outward), np.flatnonzero(homeward)
    forth = np.arange(len(out)) + homes[owner[out]]
    back = (of_owner[1:] + homes[:-1])[owner[home]] - 1 - np.arange(len(home))
    length = edge_length[walks.dart[home] >> 1]

    def both(outward: Values, homeward: Values) -> Values:
        """Put each stretch of the way out, and of the way home, where it comes."""
        column = np.empty(of_owner[-1], outward.dtype)
        column[forth], column[back] = outward, homeward
        return column

    return Walks(
        of_owner,
        dart=both(walks.dart[out], walks.dart[home] ^ 1),
        begin=both(walks.begin[out], length - walks.end[home]),
        end=both(walks.end[out], length - walks.begin[home]),
        time=both(walks.time[out], (twice - until)[home]),
        speed=both(walks.speed[out], walks.speed[home]),
    )


def along(steps: Sequence[tuple[int, float, float]], begin: float, speed: float) -> Walks:
    """Walk given steps `(dart, from, to)`, metres along each dart, at one speed from the time `begin`."""
    return along_each([steps], [begin], [speed])


def along_each(steps: Sequence[Sequence[tuple[int, float, float]]], begin: Sequence[float], speed: Sequence[float]) -> Walks:
    """Let each of several owners walk given steps, as `along` does."""
    every = [step for mine in steps for step in mine]
    darts, first, last = zip(*every, strict=True) if every else ((), (), ())
    counts, time = [len(mine) for mine in steps], list[float]()
    for mine, start, pace in zip(steps, begin, speed, strict=True):
        walked = accumulate((far - near for _, near, far in mine), initial=0.0)
        time += [start + metres / pace for metres in islice(walked, len(mine))]
    return Walks(
        of_owner=np.array([0, *accumulate(counts)]),
        dart=np.array(darts, np.int64),
        begin=np.array(first, np.float64),
        end=np.array(last, np.float64),
        time=np.array(time, np.float64),
        speed=np.repeat(np.array(speed, np.float64), counts),
    )


def after_each_other(parts: Sequence[Walks]) -> Walks:
    """Make one walk of each owner from consecutive ones."""
    if len(parts) == 1:
        return parts[0]
    names = ("dart", "begin", "end", "time", "speed")
    alone = len(parts[0].of_owner) == 2  # noqa: PLR2004 - bounds of one owner
    order = slice(None) if alone else np.argsort(np.concatenate([part.owner for part in parts]), kind="stable")
    bounds = sum((part.of_owner for part in parts[1:]), start=parts[0].of_owner)
    return Walks(bounds, *(np.concatenate([getattr(part, name) for part in parts])[order] for name in names))


def joined(parts: Sequence[Walks]) -> Walks:
    """Put the walks of several groups of owners behind each other, as one group."""
    shifts = np.cumsum([0, *(part.of_owner[-1] for part in parts)])
    bounds = [part.of_owner[1:] + shift for part, shift in zip(parts, shifts, strict=False)]
    if not parts:
        return Walks(np.zeros(1, np.int64), np.zeros(0, np.int64), *(np.zeros(0) for _ in range(4)))
    names = ("dart", "begin", "end", "time", "speed")
    return Walks(
        np.concatenate([np.zeros(1, np.int64), *bounds]),
        *(np.concatenate([getattr(part, name) for part in parts]) for name in names),
    )

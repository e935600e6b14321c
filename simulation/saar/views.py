"""Who has which suspect in view, when, and how near: encounters in closed form.

A *view* is a time span in which an observer and a suspect can see each other while both move straight on, so that the square
of their distance is `nearest² + pace² (t - closest)²`. Observers at home see exact stretches of street from a fixed eye;
observers in the street see the suspect when their sight cells see each other. Candidates are found with generous margins and
then cut exactly, so that the result for one world does not depend on which worlds are computed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulation.people.legs import LEG_COLUMNS, Legs, passages
from simulation.people.rows import expand, ranges
from simulation.saar.sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.maps.streetmap import Sight
    from simulation.people.legs import Passages
    from simulation.people.network import Network
    from simulation.people.shadows import Shadow
    from simulation.people.walks import Walks

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_MARGIN_S = 1e-3
_WALKERS = 256
"""Walkers searched at a time, so that what is known of their stretches stays in the processor's cache."""


@dataclass(frozen=True, eq=False)
class Views:
    """Views of suspects; V of them.

    Parameters
    ----------
    observer
        Index of the person.
    leg
        Index of the suspect's leg, among the legs handed in.
    start, stop
        Seconds.
    nearest2
        Square of the least distance, metres², were both to go on for ever.
    pace
        Relative speed, metres per second.
    closest
        Moment of the least distance, seconds.
    """

    observer: Indices
    leg: Indices
    start: Floats
    stop: Floats
    nearest2: Floats
    pace: Floats
    closest: Floats

    def take(self, which: Indices | Flags) -> Views:
        """Select views by index or mask."""
        return Views(*(getattr(self, name)[which] for name in _COLUMNS))


_COLUMNS = tuple(part.name for part in fields(Views))
_NO_VIEWS = Views(*(np.zeros(0, np.int64),) * 2, *(np.zeros(0),) * 5)


def together(parts: Sequence[Views]) -> Views:
    """Put views behind each other."""
    if len(parts) <= 1:
        return parts[0] if parts else _NO_VIEWS
    return Views(*(np.concatenate([getattr(part, name) for part in parts]) for name in _COLUMNS))


@dataclass(frozen=True, eq=False)
class Quarry:
    """The suspects of all worlds, side by side, prepared for searching.

    Parameters
    ----------
    network
        The streets and their sight lines.
    legs
        Their legs, by suspect and then by time; `owner` numbers the suspects over all worlds.
    mark
        (L,) the stop of each leg, or -1: legs with different marks are never merged.
    act_factor
        (L,) how conspicuous the act on each leg is; -1 where he does nothing special.
    light
        (L,) how well he is seen on each leg, against by day; legs in different light are never merged.
    world
        (S,) world of each suspect, rising.
    """

    network: Network
    legs: Legs
    mark: Indices
    act_factor: Floats
    light: Floats
    world: Indices
    sieves: dict[float, Sieve] = field(default_factory=dict)

    @cached_property
    def _ended(self) -> Indices:
        """How many legs have ended, counting suspect after suspect, before each second of each of them."""
        second = self.legs.owner * self._seconds + self._second(self.legs.stop)
        return np.concatenate([[0], np.cumsum(np.bincount(second, minlength=len(self.world) * self._seconds))])

    @cached_property
    def _seconds(self) -> int:
        return int(self.legs.stop.max()) + 1

    def _second(self, time: Floats) -> Indices:
        return np.clip(time, 0.0, self._seconds - 1.0).astype(np.int64)

    @cached_property
    def run(self) -> Indices:
        """(L,) number of the run of each leg: consecutive legs on one piece, at one velocity, in the same light."""
        legs = self.legs
        same = (
            (legs.owner[1:] == legs.owner[:-1])
            & (legs.piece[1:] == legs.piece[:-1])
            & (legs.along[1:] == legs.along[:-1])
            & (self.mark[1:] == self.mark[:-1])
            & (self.light[1:] == self.light[:-1])
            & (legs.start[1:] - legs.stop[:-1] < _MARGIN_S)
        )
        return np.concatenate([[0], np.cumsum(~same)])

    @cached_property
    def merged(self) -> tuple[Indices, Legs]:
        """The first leg of each run, and the runs as legs."""
        first = np.flatnonzero(np.diff(self.run, prepend=-1))
        last = np.append(first[1:], len(self.run)) - 1
        return first, replace(self.legs.take(first), stop=self.legs.stop[last])

    def legs_during(self, suspect: Indices, start: Floats, stop: Floats) -> tuple[Indices, Indices]:
        """Give the first leg of a suspect that may overlap each span of time, seconds, and the one after the last."""
        first = suspect * self._seconds
        after = self._ended[first + self._second(stop) + 1] + 1
        return self._ended[first + self._second(start)], np.minimum(after, len(self.legs))

    def sieve(self, reach_m: float) -> Sieve:
        """Give the sieve for who sees that far; made once for each reach and kept."""
        if reach_m not in self.sieves:
            near, edges = self.network.nearby(reach_m), len(self.network.edge_length)
            self.sieves[reach_m] = Sieve(self.legs, self.of_world, near, edges)
        return self.sieves[reach_m]

    @cached_property
    def of_world(self) -> Indices:
        """(W + 1,) the suspects of world w are `of_world[w]:of_world[w + 1]`."""
        return np.searchsorted(self.world, np.arange(int(self.world[-1]) + 2))


def hunted(network: Network, shadows: Sequence[Sequence[Shadow]]) -> Quarry:
    """Put the suspects of all worlds side by side."""
    everyone = [shadow for world in shadows for shadow in world]
    counts = [len(shadow.legs) for shadow in everyone]
    factors = [
        np.array([*(stop.conspicuousness if stop.act else -1.0 for stop in shadow.stops), -1.0])[shadow.stop_of_leg]
        for shadow in everyone
    ]
    return Quarry(
        network=network,
        legs=Legs(
            np.repeat(np.arange(len(everyone)), counts),
            *(np.concatenate([getattr(shadow.legs, name) for shadow in everyone]) for name in LEG_COLUMNS[1:]),
        ),
        mark=np.concatenate([shadow.stop_of_leg for shadow in everyone]),
        act_factor=np.concatenate(factors),
        light=np.concatenate([shadow.light for shadow in everyone]),
        world=np.repeat(np.arange(len(shadows)), [len(world) for world in shadows]),
    )


def home_views(quarry: Quarry, occupants: tuple[Indices, Indices], reach_m: float) -> Views:
    """Find the views from homes.

    Parameters
    ----------
    quarry
        The suspects.
    occupants
        CSR table `(bounds, people)`: the people at home in world w and home h are
        `people[bounds[w * H + h]:bounds[w * H + h + 1]]`.
    reach_m
        No view beyond this distance, metres.
    """
    sight = quarry.network.sight
    bounds, people = occupants
    homes = len(quarry.network.map.homes.key)
    first, legs = quarry.merged
    near = quarry.network.nearby(reach_m)
    row, number = expand(near.of_piece[legs.piece + 1] - near.of_piece[legs.piece])
    stretch = near.stretch[near.of_piece[legs.piece][row] + number]
    slot = quarry.world[legs.owner[row]] * homes + sight.stretch_home[stretch]
    low = np.minimum(legs.at, legs.at + legs.along * (legs.stop - legs.start))
    high = np.maximum(legs.at, legs.at + legs.along * (legs.stop - legs.start))
    kept = np.flatnonzero(
        (bounds[slot + 1] > bounds[slot])
        & (sight.stretch_from[stretch] <= high[row])
        & (sight.stretch_to[stretch] >= low[row])
    )
    row, stretch, slot = row[kept], stretch[kept], slot[kept]
    views = _from_eyes(legs.take(row), sight, stretch, reach_m)
    some = np.flatnonzero(views.stop > views.start)
    views, row, slot = views.take(some), row[some], slot[some]
    copy, number = expand(bounds[slot + 1] - bounds[slot])
    views = views.take(copy)
    return Views(people[bounds[slot[copy]] + number], first[row[copy]], *(getattr(views, name) for name in _COLUMNS[2:]))


def _from_eyes(legs: Legs, sight: Sight, stretch: Indices, reach_m: float) -> Views:
    """Cut each leg to the time on its stretch and within reach of the eye."""
    moving = legs.along != 0.0
    rate = np.where(moving, legs.along, 1.0)
    enter = legs.start + (sight.stretch_from[stretch] - legs.at) / rate
    leave = legs.start + (sight.stretch_to[stretch] - legs.at) / rate
    start = np.where(moving, np.maximum(legs.start, np.minimum(enter, leave)), legs.start)
    stop = np.where(moving, np.minimum(legs.stop, np.maximum(enter, leave)), legs.stop)
    eye = sight.eye_xy[sight.stretch_home[stretch], sight.stretch_eye[stretch]]
    whole = np.arange(len(legs.owner))
    return _approach(
        whole, whole, (start, stop), (legs.x - eye[:, 0], legs.y - eye[:, 1], legs.vx, legs.vy, legs.start), reach_m
    )


def _approach(
    observer: Indices,
    leg: Indices,
    span: tuple[Floats, Floats],
    motion: tuple[Floats, ...],
    reach_m: float,
) -> Views:
    """Solve the distance over time for a relative position (x, y) and velocity (vx, vy) at a moment; cut to within reach."""
    x, y, vx, vy, moment = motion
    square = vx * vx + vy * vy
    still = square == 0.0
    closest = np.where(still, moment, moment - (x * vx + y * vy) / np.where(still, 1.0, square))
    dx, dy = x + vx * (closest - moment), y + vy * (closest - moment)
    nearest2 = dx * dx + dy * dy
    pace = np.sqrt(square)
    room = reach_m * reach_m - nearest2
    half = np.sqrt(np.maximum(room, 0.0)) / np.where(still, 1.0, pace)
    start = np.where(still, span[0], np.maximum(span[0], closest - half))
    stop = np.where(still, span[1], np.minimum(span[1], closest + half))
    return Views(observer, leg, start, np.where(room > 0.0, stop, start), nearest2, pace, closest)


def street_views(
    quarry: Quarry, walks: Walks, whose: tuple[Indices, Indices], reach_m: float, among: Indices | None = None
) -> Views:
    """Find the views of people who walk about.

    Parameters
    ----------
    quarry, reach_m
        As in `home_views`.
    walks
        Their walks, in order of time for each owner.
    whose
        (O,) and (O,) person index and world of each owner.
    among
        Numbers of the suspects who count; by default all.
    """
    wanted = None if among is None else np.bincount(among, minlength=len(quarry.world)) > 0
    found, (person, world) = [], whose
    for first in range(0, len(person), _WALKERS):
        some = slice(first, first + _WALKERS)
        found.append(_views_of(quarry, walks.of_some(some), (person[some], world[some]), reach_m, wanted))
    return together(found)


def _views_of(quarry: Quarry, walks: Walks, whose: tuple[Indices, Indices], reach_m: float, wanted: Flags | None) -> Views:
    """Find the views of some walkers."""
    (person, world), owner = whose, walks.owner
    span = (walks.time, walks.until)
    stretch, suspect = quarry.sieve(reach_m).candidates(world[owner], walks.dart >> 1, span)
    if wanted is not None:
        some = np.flatnonzero(wanted[suspect])
        stretch, suspect = stretch[some], suspect[some]
    ways = passages(quarry.network, walks, stretch)
    return _meetings(quarry, walks, ways, (person[owner[ways.stretch]], suspect[ways.number]), reach_m)


def _meetings(quarry: Quarry, walks: Walks, ways: Passages, whose: tuple[Indices, Indices], reach_m: float) -> Views:
    """Pair passages of walkers with the legs of a suspect that overlap in time, within reach and in sight.

    `whose` gives the person and the suspect of each passage.
    """
    person, target = whose
    row, other = ranges(*quarry.legs_during(target, ways.start, ways.stop))
    cell = quarry.network.atoms.cell[ways.atom]
    seen = np.flatnonzero(quarry.network.nearby(reach_m).cells.hold(cell[row], quarry.legs.cell[other]))
    if not len(seen):
        return _NO_VIEWS
    row, other = row[seen], other[seen]
    start = np.maximum(ways.start[row], quarry.legs.start[other])
    stop = np.minimum(ways.stop[row], quarry.legs.stop[other])
    kept = np.flatnonzero((stop > start) & (quarry.legs.owner[other] == target[row]))
    start, stop, other, row = start[kept], stop[kept], other[kept], row[kept]
    first, last = _runs(quarry, ways, (row, other), (start, stop))
    start, stop, other, row = start[first], stop[last], other[first], row[first]
    legs = ways.legs(quarry.network, walks, person[row], row)
    mine, his = _motion(legs, slice(None), start), _motion(quarry.legs, other, start)
    apart = tuple(theirs - ours for theirs, ours in zip(his, mine, strict=True))
    views = _approach(legs.owner, other, (start, stop), (*apart, start), reach_m)
    return views.take(np.flatnonzero(views.stop > views.start))


def _runs(
    quarry: Quarry, ways: Passages, both: tuple[Indices, Indices], span: tuple[Floats, Floats]
) -> tuple[Indices, Indices]:
    """Find what follows without a gap while both go straight on: give the first and the last row of each run.

    `both` gives the passage and the leg of each row, in order of time for each stretch of the walks.
    """
    row, other = both
    stretch, piece, run = ways.number[row], quarry.network.atoms.piece[ways.atom[row]], quarry.run[other]
    goes_on = (
        (stretch[1:] == stretch[:-1])
        & (piece[1:] == piece[:-1])
        & (run[1:] == run[:-1])
        & (span[0][1:] - span[1][:-1] < _MARGIN_S)
    )
    first = np.flatnonzero(np.concatenate([[True], ~goes_on])[: len(row)])
    return first, np.append(first[1:], len(row))[: len(first)] - 1


def _motion(legs: Legs, which: Indices | slice, moment: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Give positions at moments, and velocities."""
    passed, vx, vy = moment - legs.start[which], legs.vx[which], legs.vy[which]
    return legs.x[which] + passed * vx, legs.y[which] + passed * vy, vx, vy

"""Who has which suspect in view, when, and how near: encounters in closed form.

A *view* is a time span in which an observer and a suspect can see each other while both move straight on, so that the square of
their distance is `nearest² + pace² (t - closest)²`. Observers at home see exact stretches of street from a fixed eye; observers in
the street see the suspect when their sight cells see each other. Candidates are found with generous margins and then cut exactly,
so that the result for one world does not depend on which worlds are computed beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulation.people.walks import Legs, expand, legs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.maps.streetmap import Sight
    from simulation.people.network import Network
    from simulation.people.suspects import Shadow
    from simulation.people.walks import Walks

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_MARGIN_S = 1e-3
_SLOT_S = 60.0
_WORLD_S = 1e6
"""Spacing of worlds on the common time axis that is used for searching only; longer than any evening, seconds."""


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
        return Views(*(getattr(self, part.name)[which] for part in fields(self)))


def together(parts: Sequence[Views]) -> Views:
    """Put views behind each other."""
    return Views(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Views)))


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
    world
        (S,) world of each suspect.
    """

    network: Network
    legs: Legs
    mark: Indices
    act_factor: Floats
    world: Indices

    @cached_property
    def boxes(self) -> _Boxes:
        """Where each suspect is in each slot of time."""
        return _Boxes(self)

    @cached_property
    def of_suspect(self) -> Indices:
        """(S + 1,) the legs of each suspect."""
        return np.searchsorted(self.legs.owner, np.arange(len(self.world) + 1))


def hunted(network: Network, shadows: Sequence[Sequence[Shadow]]) -> Quarry:
    """Put the suspects of all worlds side by side."""
    everyone = [shadow for world in shadows for shadow in world]
    names = [part.name for part in fields(Legs)][1:]
    counts = [len(shadow.legs) for shadow in everyone]
    factors = [np.array([*(stop.conspicuousness if stop.act else -1.0 for stop in shadow.stops), -1.0])[shadow.stop_of_leg] for shadow in everyone]
    return Quarry(
        network=network,
        legs=Legs(
            np.repeat(np.arange(len(everyone)), counts),
            *(np.concatenate([getattr(shadow.legs, name) for shadow in everyone]) for name in names),
        ),
        mark=np.concatenate([shadow.stop_of_leg for shadow in everyone]),
        act_factor=np.concatenate(factors),
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
    first, legs = _merged(quarry)
    stretches = np.diff(sight.piece_stretch)
    row, number = expand(stretches[legs.piece].astype(np.int64))
    stretch = sight.piece_stretch[legs.piece].astype(np.int64)[row] + number
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
    return Views(people[bounds[slot[copy]] + number], first[row[copy]], *(getattr(views, f.name) for f in fields(Views)[2:]))


def _merged(quarry: Quarry) -> tuple[Indices, Legs]:
    """Join consecutive legs on one piece at one velocity; give the first leg of each run, and the runs."""
    legs = quarry.legs
    same = (
        (legs.owner[1:] == legs.owner[:-1])
        & (legs.piece[1:] == legs.piece[:-1])
        & (legs.along[1:] == legs.along[:-1])
        & (quarry.mark[1:] == quarry.mark[:-1])
        & (legs.start[1:] - legs.stop[:-1] < _MARGIN_S)
    )
    first = np.flatnonzero(np.concatenate([[True], ~same]))
    last = np.concatenate([first[1:] - 1, [len(legs) - 1]])
    runs = legs.take(first)
    return first, Legs(*(legs.stop[last] if part.name == "stop" else getattr(runs, part.name) for part in fields(Legs)))


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
    return _approach(whole, whole, (start, stop), (legs.x - eye[:, 0], legs.y - eye[:, 1], legs.vx, legs.vy, legs.start), reach_m)


def _approach(
    observer: Indices, leg: Indices, span: tuple[Floats, Floats], motion: tuple[Floats, Floats, Floats, Floats, Floats], reach_m: float
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


def street_views(quarry: Quarry, walks: Walks, person: Indices, world: Indices, reach_m: float) -> Views:
    """Find the views of people who walk about.

    Parameters
    ----------
    quarry, reach_m
        As in `home_views`.
    walks
        Their walks, in order of time for each owner.
    person, world
        (O,) person index and world of each owner.
    """
    owner = walks.owner
    found = []
    order = np.argsort(quarry.world, kind="stable")
    worlds = quarry.world[order]
    most = int(np.bincount(worlds).max(initial=0))
    bounds = np.searchsorted(worlds, np.arange(int(max(worlds.max(initial=0), world.max(initial=0))) + 2))
    for nth in range(most):
        slot = bounds[world] + nth
        suspect = np.where(slot < bounds[world + 1], order[np.minimum(slot, len(order) - 1)], -1)
        near = np.flatnonzero((suspect[owner] >= 0) & quarry.boxes.near(walks, suspect[owner], reach_m))
        if len(near):
            legs = legs_of(quarry.network, walks, near, owner[near])
            found.append(_meetings(quarry, legs, suspect, reach_m))
    if not found:
        none = np.zeros(0)
        return Views(none.astype(np.int64), none.astype(np.int64), none, none, none, none, none)
    views = together(found)
    return Views(person[views.observer], *(getattr(views, part.name) for part in fields(Views)[1:]))


class _Boxes:
    """Where each suspect is in each slot of time, as boxes: a coarse sieve for whole streets walked."""

    def __init__(self, quarry: Quarry) -> None:
        legs = quarry.legs
        pieces, of_edge = quarry.network.map.streets.piece_xy, quarry.network.map.streets.edge_piece[:-1].astype(np.int64)
        self.edge = [
            np.minimum.reduceat(np.minimum(pieces[:, 0], pieces[:, 2]), of_edge),
            np.minimum.reduceat(np.minimum(pieces[:, 1], pieces[:, 3]), of_edge),
            np.maximum.reduceat(np.maximum(pieces[:, 0], pieces[:, 2]), of_edge),
            np.maximum.reduceat(np.maximum(pieces[:, 1], pieces[:, 3]), of_edge),
        ]
        self.slots = int(float(legs.stop.max(initial=0.0)) / _SLOT_S) + 3
        shape = (len(quarry.world) * self.slots,)
        self.box = [np.full(shape, np.inf), np.full(shape, np.inf), np.full(shape, -np.inf), np.full(shape, -np.inf)]
        self._cover(legs, legs.owner * self.slots + (np.maximum(legs.start, 0.0) / _SLOT_S).astype(np.int64), legs.start)
        self._cover_borders(quarry)
        for table, pick in zip(self.box, (np.minimum, np.minimum, np.maximum, np.maximum), strict=True):
            rows = table.reshape(-1, self.slots)
            rows[:, :-1] = pick(rows[:, :-1], rows[:, 1:])

    def _cover(self, legs: Legs, slot: Indices, moment: Floats) -> None:
        """Let the boxes of these slots cover the position on each leg at a moment."""
        passed = moment - legs.start
        for axis, place in enumerate((legs.x + passed * legs.vx, legs.y + passed * legs.vy)):
            np.minimum.at(self.box[axis], slot, place)
            np.maximum.at(self.box[axis + 2], slot, place)

    def _cover_borders(self, quarry: Quarry) -> None:
        """Cover the positions at the borders of the slots, on both sides; legs are straight, so that with the bends this is all."""
        legs, bounds = quarry.legs, quarry.of_suspect
        owner, border = np.divmod(np.arange(len(self.box[0])), self.slots)
        moment = np.clip(border * _SLOT_S, legs.start[bounds[owner]], legs.stop[bounds[owner + 1] - 1])
        leg = np.searchsorted(legs.start + legs.owner * _WORLD_S, moment + owner * _WORLD_S, side="right") - 1
        leg = np.clip(leg, bounds[owner], bounds[owner + 1] - 1)
        on_leg = np.clip(moment, legs.start[leg], legs.stop[leg])
        slots = np.arange(len(moment))
        self._cover(legs.take(leg), slots, on_leg)
        earlier = slots[border > 0]
        self._cover(legs.take(leg[earlier]), earlier - 1, on_leg[earlier])

    def near(self, walks: Walks, suspect: Indices, reach_m: float) -> Flags:
        """Tell which stretches of walks may come within reach of the suspect of their row."""
        edge = walks.dart // 2
        first = (np.maximum(walks.time, 0.0) / _SLOT_S).astype(np.int64)
        long = walks.until > (first + 2) * _SLOT_S
        slot = suspect * self.slots + np.minimum(first, self.slots - 1)
        reach = reach_m + 1.0
        near = (
            (self.edge[0][edge] <= self.box[2][slot] + reach)
            & (self.edge[2][edge] >= self.box[0][slot] - reach)
            & (self.edge[1][edge] <= self.box[3][slot] + reach)
            & (self.edge[3][edge] >= self.box[1][slot] - reach)
        )
        return near | long


def _meetings(quarry: Quarry, legs: Legs, suspect: Indices, reach_m: float) -> Views:
    """Pair the legs of walkers with those of the suspect of their owner that overlap in time, within reach and in sight."""
    target = suspect[legs.owner]
    axis = quarry.legs.owner * _WORLD_S
    first = np.searchsorted(quarry.legs.stop + axis, legs.start + target * _WORLD_S - _MARGIN_S)
    last = np.searchsorted(quarry.legs.start + axis, legs.stop + target * _WORLD_S + _MARGIN_S)
    row, number = expand(np.maximum(last - first, 0))
    other = first[row] + number
    mine, his = legs.take(row), quarry.legs.take(other)
    start, stop = np.maximum(mine.start, his.start), np.minimum(mine.stop, his.stop)
    motion = (
        his.x + (start - his.start) * his.vx - mine.x - (start - mine.start) * mine.vx,
        his.y + (start - his.start) * his.vy - mine.y - (start - mine.start) * mine.vy,
        his.vx - mine.vx,
        his.vy - mine.vy,
        start,
    )
    views = _approach(mine.owner, other, (start, stop), motion, reach_m)
    sound = np.flatnonzero((views.stop > views.start) & (his.owner == target[row]))
    sound = sound[_see_each_other(quarry.network, mine.cell[sound], his.cell[sound])]
    return views.take(sound)


def _see_each_other(network: Network, one: Indices, other: Indices) -> Flags:
    keys = network.seen_keys
    wanted = one * (len(network.sight.cell_seen) - 1) + other
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return keys[place] == wanted

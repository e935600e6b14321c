"""Legs: walks cut where they bend or reach another sight cell, so that each part is straight and sees the same."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.people.rows import ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.walks import Walks

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Legs:
    """Straight movements at constant velocity within one sight cell; a leg at rest has velocity zero.

    Parameters
    ----------
    owner
        Whose leg it is.
    start, stop
        Seconds.
    x, y
        Position at the start, metres.
    vx, vy
        Velocity, metres per second.
    piece, cell
        Street piece and sight cell of the leg.
    at
        Distance along the piece at the start, metres.
    along
        Speed along the piece, metres per second; negative towards its start.
    """

    owner: Indices
    start: Floats
    stop: Floats
    x: Floats
    y: Floats
    vx: Floats
    vy: Floats
    piece: Indices
    cell: Indices
    at: Floats
    along: Floats

    def __len__(self) -> int:
        """Count the legs."""
        return len(self.owner)

    def take(self, which: Indices | NDArray[np.bool_] | slice) -> Legs:
        """Select legs by index, mask or slice."""
        return Legs(*(getattr(self, name)[which] for name in LEG_COLUMNS))


LEG_COLUMNS = tuple(part.name for part in fields(Legs))


class Passages(NamedTuple):
    """Walks through atoms: as much of their legs as tells who is where when; M of them.

    Parameters
    ----------
    number
        (M,) which of the wanted stretches each is part of.
    stretch
        (M,) that stretch, as an index into the walks.
    atom
        (M,) the atom.
    near
        (M,) distance along the dart at the start, metres.
    start, stop
        (M,) seconds.
    """

    number: Indices
    stretch: Indices
    atom: Indices
    near: Floats
    start: Floats
    stop: Floats

    def legs(self, network: Network, walks: Walks, owner: Indices, which: Indices | slice) -> Legs:
        """Make some of them into legs; `owner` as the legs will carry it."""
        stretch, atom, near = self.stretch[which], self.atom[which], self.near[which]
        atoms, dart, speed = network.atoms, walks.dart[stretch], walks.speed[stretch]
        behind = dart % 2 == 1
        on_edge = np.where(behind, network.dart_length[dart] - near, near)
        into, along = on_edge - atoms.begin[atom], np.where(behind, -1.0, 1.0) * speed
        ux, uy, piece = atoms.ux[atom], atoms.uy[atom], atoms.piece[atom]
        return Legs(
            owner=owner,
            start=self.start[which],
            stop=self.stop[which],
            x=atoms.x[atom] + into * ux,
            y=atoms.y[atom] + into * uy,
            vx=along * ux,
            vy=along * uy,
            piece=piece,
            cell=atoms.cell[atom],
            at=on_edge - network.map.streets.piece_at[piece],
            along=along,
        )


def passages(network: Network, walks: Walks, which: Indices) -> Passages:
    """Cut some stretches of walks where they bend or reach another sight cell.

    Parameters
    ----------
    network
        Where they walk.
    walks
        All walks.
    which
        Indices of the stretches wanted; the same one may be wanted more than once.
    """
    paces, dart = network.paces, walks.dart[which]
    rows, pace = ranges(paces.of_dart[dart], paces.of_dart[dart + 1])
    stretch = which[rows]
    begin = walks.begin[stretch]
    near, far = np.maximum(paces.begin[pace], begin), np.minimum(paces.end[pace], walks.end[stretch])
    kept = np.flatnonzero(far > near)
    rows, stretch, near, begin = rows[kept], stretch[kept], near[kept], begin[kept]
    time, speed = walks.time[stretch], walks.speed[stretch]
    return Passages(
        rows, stretch, paces.atom[pace[kept]], near, time + (near - begin) / speed, time + (far[kept] - begin) / speed
    )


def legs_of(network: Network, walks: Walks) -> Legs:
    """Cut walks into straight legs."""
    parts = passages(network, walks, np.arange(len(walks.dart)))
    return parts.legs(network, walks, walks.owner[parts.stretch], slice(None))


def cut(legs: Legs, start: Floats, stop: Floats) -> Legs:
    """Give the part of the leg that begins at or before each start, from that start, until its end or the stop."""
    source = np.maximum(np.searchsorted(legs.start, start, side="right") - 1, 0)
    part = legs.take(source)
    into = start - part.start
    return replace(
        part,
        start=start,
        stop=np.minimum(stop, part.stop),
        x=part.x + into * part.vx,
        y=part.y + into * part.vy,
        at=part.at + into * part.along,
    )

"""Where words stand on a map: labels beside marks, names along streets, nothing over one another.

What is taken is kept as discs: a word, a line and a mark are rows of them, and two things collide where two discs do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulation.reports.document import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.maps.streetmap import Floats, StreetMap
    from simulation.reports.mapsvg import Frame

LABEL, NAME = 17.0, 12.0
"""Size of the letters of labels and of names of streets, thousandths of the drawing."""

LABEL_WIDE, NAME_WIDE = 0.66, 0.62
"""Width of a letter as a share of its size: of wide fonts, because which font a reader has is not known."""

ON_STREET, OFF_STREET = 0.7, 0.5
"""Least share of a name that lies on its street, and how far from it that may be, as a share of the size of its letters."""

ASIDE = 0.95
"""How far a name stands beside a street that it cannot stand on, as a share of the size of its letters."""

PARTS = 6
"""Most straight parts of a street, the longest first, on which room for its name is looked for."""

TURNS, RINGS = 16, 40
"""Directions and distances from its mark in which room for a label is looked for."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Words on the drawing.

    Parameters
    ----------
    words
        The words.
    xy
        Their middle, metres to the right and down.
    size
        Height of the letters, metres.
    width
        Estimated width, metres.
    turn
        Angle to the right, radians, clockwise.
    """

    words: str
    xy: tuple[float, float]
    size: float
    width: float
    turn: float = 0.0

    def discs(self) -> tuple[Floats, float]:
        """Give the room that the words take, as the middles and the radius of discs."""
        radius = 0.6 * self.size
        return self.spine(max(self.width - 2 * radius, 0.0), radius), radius

    def spine(self, length: float, step: float) -> Floats:
        """Give points at even distances along the middle of the words, as many metres from the first to the last, (K, 2)."""
        along = np.linspace(-length / 2, length / 2, 2 + int(length / step))
        return np.asarray(self.xy) + along[:, None] * [math.cos(self.turn), math.sin(self.turn)]

    def nearest(self, point: Floats) -> Floats:
        """Give the place in the box of unturned words that is nearest to a point, (2,)."""
        half = np.array([self.width / 2, self.size / 2])
        return np.clip(point, np.asarray(self.xy) - half, np.asarray(self.xy) + half)


@dataclass(slots=True)
class Room:
    """The room of a drawing.

    Parameters
    ----------
    width, height
        Size of the drawing, metres.
    xy, radius
        (K, 2) middles and (K,) radii of what is taken, metres.
    """

    width: float
    height: float
    xy: Floats = field(default_factory=lambda: np.empty((0, 2)))
    radius: Floats = field(default_factory=lambda: np.empty(0))

    def take(self, xy: Floats, radius: float) -> None:
        """Take discs."""
        self.xy = np.concatenate([self.xy, xy])
        self.radius = np.concatenate([self.radius, np.full(len(xy), radius)])

    def take_line(self, line: Floats, radius: float) -> None:
        """Take a line of (K, 2) points."""
        for start, end in pairwise(line):
            steps = np.linspace(0.0, 1.0, 2 + int(math.dist(start, end) / (2 * radius)))
            self.take(start + steps[:, None] * (end - start), radius)

    def holds(self, writing: Writing) -> bool:
        """Say whether words are inside the drawing."""
        xy, radius = writing.discs()
        return bool((xy > radius).all() and (xy < np.array([self.width, self.height]) - radius).all())

    def is_free(self, writing: Writing) -> bool:
        """Say whether words are inside the drawing and on nothing that is taken."""
        xy, radius = writing.discs()
        if not self.holds(writing):
            return False
        near = (np.abs(self.xy - writing.xy).max(axis=1) - self.radius) < writing.width / 2 + 2 * radius
        away = np.hypot(*(self.xy[near, None] - xy[None]).T)
        return not bool((away < self.radius[near] + radius).any())


def label_beside(words: str, mark: Floats, room: Room, unit: float) -> Writing:
    """Write a label as near to its mark as there is room, and take that room.

    Parameters
    ----------
    words
        The label.
    mark
        Where the mark stands, (2,), metres.
    room
        The room of the drawing.
    unit
        A thousandth of the drawing, metres.
    """
    size = min(LABEL * unit, room.width / (LABEL_WIDE * (len(words) + 1)))
    width = LABEL_WIDE * size * len(words)
    half = np.array([width, 1.2 * size]) / 2
    places = (np.clip(place, half, [room.width, room.height] - half) for place in _around(mark, width / 2, unit))
    tried = [Writing(words, (float(x), float(y)), size, width) for x, y in places]
    # A label is never left out: where everything is taken it stands over something.
    chosen = next((writing for writing in tried if room.is_free(writing)), tried[0])
    room.take(*chosen.discs())
    return chosen


def _around(mark: Floats, half: float, unit: float) -> Iterator[Floats]:
    """Give places for the middle of a label around a mark, (2,), metres, the nearest first; `half` its width is in metres."""
    for ring in range(RINGS):
        away = (20 + 10 * ring) * unit
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            yield mark + np.array([math.cos(angle) * (half + away), math.sin(angle) * (10 * unit + away)])


def street_names(street_map: StreetMap, frame: Frame, room: Room) -> list[Writing]:
    """Write the names of streets along them, the longest first, where there is room.

    A name stands on its street or, where a way or a mark is there, beside it; once, however long the street is.

    Parameters
    ----------
    street_map
        The map.
    frame
        The window of the drawing.
    room
        Its room.
    """
    written = []
    for name, pieces in _by_name(street_map, frame):
        tried = _along(name, pieces, frame.unit) if _width(name, frame.unit) < frame.width + frame.height else ()
        chosen = next((writing for writing in tried if room.is_free(writing)), None)
        if chosen:
            room.take(*chosen.discs())
            written.append(chosen)
    return written


def _by_name(street_map: StreetMap, frame: Frame) -> list[tuple[str, Floats]]:
    """Give the names of streets with the straight parts in the window, (K, 4), the longest first of streets and of parts."""
    streets = street_map.streets
    ends = np.concatenate([frame.points(streets.piece_xy[:, :2]), frame.points(streets.piece_xy[:, 2:])], axis=1)
    middles, lengths = (ends[:, :2] + ends[:, 2:]) / 2, np.hypot(*(ends[:, 2:] - ends[:, :2]).T)
    shown = ((middles > 0) & (middles < [frame.width, frame.height])).all(axis=1)
    numbers = np.where(shown, np.repeat(streets.edge_name, np.diff(streets.edge_piece)), 0)
    found = []
    for number in np.unique(numbers[numbers > 0]):
        own = np.flatnonzero(numbers == number)
        name = " ".join(str(clean(street_map.texts[int(number)])).split())
        found.append((float(lengths[own].sum()), name, ends[own[np.argsort(-lengths[own], kind="stable")]]))
    return [(name, pieces) for _, name, pieces in sorted(found, key=lambda row: (-row[0], row[1])) if name]


def _width(name: str, unit: float) -> float:
    """Estimate how wide the name of a street is, metres; `unit` is a thousandth of the drawing, metres."""
    return NAME_WIDE * NAME * unit * len(name)


def _along(name: str, pieces: Floats, unit: float) -> Iterator[Writing]:
    """Give the places of a name on its street, where least of it sticks out first; then those beside it. Never upside down."""
    size, width = NAME * unit, _width(name, unit)
    places = []
    for piece in pieces[:PARTS]:
        right, down = piece[2:] - piece[:2]
        turn = math.atan(down / right) if right else math.pi / 2
        for share in (0.5, 0.25, 0.75, 0.0, 1.0):
            x, y = piece[:2] + share * (piece[2:] - piece[:2])
            places.append(Writing(name, (float(x), float(y)), size, width, turn))
    rated = [(_on_street(writing, pieces), writing) for writing in places]
    straight = sorted((row for row in rated if row[0] >= ON_STREET), key=lambda row: -row[0])
    for aside in (0.0, -ASIDE, ASIDE):
        for _, writing in straight:
            (x, y), turn = writing.xy, writing.turn
            yield replace(writing, xy=(x - aside * size * math.sin(turn), y + aside * size * math.cos(turn)))


def _on_street(writing: Writing, pieces: Floats) -> float:
    """Give the share of words that lies on their street."""
    xy = writing.spine(writing.width, writing.size)
    start, along = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    part = ((xy[:, None] - start) * along).sum(axis=2) / np.maximum((along * along).sum(axis=1), 1e-9)
    off = start + np.clip(part, 0.0, 1.0)[:, :, None] * along - xy[:, None]
    away = np.hypot(off[:, :, 0], off[:, :, 1]).min(axis=1)
    return float((away < OFF_STREET * writing.size).mean())

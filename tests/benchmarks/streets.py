"""The streets as the writer of a ticking model holds them: lists, tuples and sets, and what is seen looked up per cell."""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.benchmarks import rules

if TYPE_CHECKING:
    from random import Random

    from simulation.maps.streetmap import StreetMap

Point = tuple[float, float]


class Street(NamedTuple):
    """One edge: its ends, length, corners with their distances from the start, and cells."""

    ends: tuple[int, int]
    length: float
    at: list[float]
    corners: list[Point]
    first_cell: int
    cell_m: float


class Neighbourhood:
    """A map, and who sees what on it."""

    def __init__(self, street_map: StreetMap) -> None:
        streets, sight = street_map.streets, street_map.sight
        if sight is None:
            raise ValueError("the peers need sight lines")
        nodes = streets.node_xy.tolist()
        cells = sight.edge_cell.tolist()
        self.streets: list[Street] = []
        self.onward: list[list[tuple[int, bool]]] = [[] for _ in nodes]
        for edge, (tail, head) in enumerate(streets.edge_nodes.tolist()):
            pieces = slice(*streets.edge_piece[edge : edge + 2].tolist())
            corners = [(x, y) for x, y, _, _ in streets.piece_xy[pieces].tolist()] + [tuple(nodes[head])]
            at, last = streets.piece_at[pieces].tolist(), math.dist(corners[-2], corners[-1])
            length, count = at[-1] + last, cells[edge + 1] - cells[edge]
            self.streets.append(Street((tail, head), length, at, corners, cells[edge], length / count))
            self.onward[tail].append((edge, True))
            self.onward[head].append((edge, False))
        bounds, seen = sight.cell_seen.tolist(), sight.seen.tolist()
        self.cells_seen = [set(seen[bounds[cell] : bounds[cell + 1]]) for cell in range(len(bounds) - 1)]
        homes = street_map.homes
        self.homes = [(int(edge), float(at)) for edge, at in zip(homes.edge, homes.at, strict=True)]
        windows = np.where(np.isfinite(sight.eye_xy[:, 0]), sight.eye_xy[:, 0], homes.xy)
        self.home_xy: list[Point] = [tuple(xy) for xy in windows.tolist()]
        self.seen_from_home = self._seen_from_homes(street_map)

    def anywhere(self, chance: Random) -> tuple[int, float]:
        """Draw an edge and a distance along it, every metre of street alike."""
        edge = chance.choices(range(len(self.streets)), [street.length for street in self.streets])[0]
        return edge, chance.random() * self.streets[edge].length

    def _seen_from_homes(self, street_map: StreetMap) -> list[set[int]]:
        streets, sight = street_map.streets, street_map.sight
        assert sight is not None
        seen: list[set[int]] = [set() for _ in self.homes]
        bounds = sight.piece_stretch.tolist()
        rows = list(zip(sight.stretch_home.tolist(), sight.stretch_from.tolist(), sight.stretch_to.tolist(), strict=True))
        for edge, street in enumerate(self.streets):
            for piece in range(*streets.edge_piece[edge : edge + 2].tolist()):
                base = float(streets.piece_at[piece])
                for home, begin, end in rows[bounds[piece] : bounds[piece + 1]]:
                    seen[home].update(range(_cell(street, base + begin), _cell(street, base + end) + 1))
        return seen


def _cell(street: Street, at: float) -> int:
    return street.first_cell + int(min(at, street.length - 1e-6) / street.cell_m)


class Walker:
    """Somebody who walks about at random and does not turn back, except at dead ends."""

    place: Neighbourhood
    chance: Random
    edge: int
    forth: bool
    walked: float
    speed: float
    xy: Point
    cell: int

    def set_out(self, edge: int, at: float, speed: float) -> None:
        """Begin to walk from a point of the streets, in either direction."""
        self.edge, self.forth, self.speed = edge, self.chance.random() < 0.5, speed
        self.walked = at if self.forth else self.place.streets[edge].length - at
        self._stand()

    def walk(self, seconds: float) -> None:
        """Walk on for some time."""
        self.walked += self.speed * seconds
        street = self.place.streets[self.edge]
        while self.walked >= street.length:
            self.walked -= street.length
            node = street.ends[1] if self.forth else street.ends[0]
            came = (self.edge, not self.forth)
            ways = [way for way in self.place.onward[node] if way != came] or [came]
            self.edge, self.forth = self.chance.choice(ways)
            street = self.place.streets[self.edge]
        self._stand()

    def _stand(self) -> None:
        street = self.place.streets[self.edge]
        at = self.walked if self.forth else street.length - self.walked
        piece = max(bisect_right(street.at, at) - 1, 0)
        (x, y), (to_x, to_y) = street.corners[piece], street.corners[piece + 1]
        end = street.at[piece + 1] if piece + 1 < len(street.at) else street.length
        share = (at - street.at[piece]) / (end - street.at[piece])
        self.xy = (x + share * (to_x - x), y + share * (to_y - y))
        self.cell = _cell(street, at)


def notices(walker: Walker, seen: set[int], xy: Point, rate: float, chance: Random) -> bool:
    """Tell whether an observer notices and recognises somebody in a tick of one second."""
    if walker.cell not in seen:
        return False
    share = rules.seen_share(math.dist(xy, walker.xy))
    return chance.random() < 1.0 - math.exp(-rate * share) and chance.random() < share

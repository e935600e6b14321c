"""Sight lines of random small worlds, judged one by one by a slow referee that shares no code with them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.maps import cells as cells_module
from simulation.maps import stretches as stretches_module
from simulation.maps.eyes import find_eyes, street_points
from simulation.maps.sight import with_sight
from simulation.maps.stretches import SHORTEST_M
from simulation.maps.walls import walls_of
from tests.maps.small_worlds import Referee, cells_seen, seen_by, sight_of, world

if TYPE_CHECKING:
    import pytest
    from numpy.typing import NDArray

    from simulation.maps.eyes import Eyes
    from simulation.maps.streetmap import StreetMap

Corner = tuple[float, float]
Drawn = tuple[list[list[Corner]], list[list[list[Corner]]], list[tuple[Corner, int]]]

RANGE_M = 60.0
NEAR_M = 1e-5

coordinate = st.integers(0, 100).map(float)
point = st.tuples(coordinate, coordinate)
size = st.integers(2, 25).map(float)


@st.composite
def blocks(draw: st.DrawFn) -> list[list[Corner]]:
    """Draw a rectangle, a triangle or a rectangle with a courtyard, turned by any angle."""
    (x, y), width, depth, angle = draw(point), draw(size), draw(size), draw(st.floats(0, 6.28))
    kind = draw(st.sampled_from(["rectangle", "triangle", "courtyard"]))
    outline = [(0.0, 0.0), (width, 0.0), (width, depth), (0.0, depth)][: 3 if kind == "triangle" else 4]
    yard = [(width * a, depth * b) for a, b in ((0.3, 0.3), (0.3, 0.7), (0.7, 0.7), (0.7, 0.3))]
    cos, sin = np.cos(angle), np.sin(angle)
    rings = [outline, yard] if kind == "courtyard" else [outline]
    return [[(x + cos * u - sin * v, y + sin * u + cos * v) for u, v in ring] for ring in rings]


@st.composite
def worlds(draw: st.DrawFn) -> Drawn:
    """Draw streets, buildings and homes, of which some stand in a building."""
    streets = [draw(st.lists(point, min_size=2, max_size=3, unique=True)) for _ in range(draw(st.integers(1, 3)))]
    buildings = draw(st.lists(blocks(), max_size=7))
    homes = [(draw(point), -1) for _ in range(draw(st.integers(0, 2)))]
    homes += [(tuple(np.mean(building[0], axis=0).tolist()), number) for number, building in enumerate(buildings[:2])]
    return streets, buildings, homes


@dataclass(frozen=True)
class View:
    """One eye and one piece of street, judged by the referee."""

    referee: Referee
    eyes: Eyes
    row: int
    ignored: set[int]
    piece: NDArray[np.float64]

    @property
    def length(self) -> float:
        """Length of the piece, metres."""
        return float(np.hypot(*(self.piece[2:] - self.piece[:2])))

    def sees(self, at: float) -> bool | None:
        """Tell whether the eye sees the place at some metres along the piece; None where both answers are right."""
        start, normal = self.eyes.xy[self.row], self.eyes.normal[self.row]
        end = self.piece[:2] + (self.piece[2:] - self.piece[:2]) * at / self.length
        before = (end - self.eyes.line_xy[self.row]) @ normal if normal.any() else np.inf
        margins = [before, RANGE_M - np.hypot(*(end - start)), at, self.length - at]
        if min(margins) < -NEAR_M:
            return False
        free = self.referee.sees(tuple(start), tuple(end), self.ignored)
        return None if free and min(margins) < NEAR_M else free


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_every_sampled_point_is_seen_as_the_referee_says(drawn: Drawn) -> None:
    _, buildings, homes = drawn
    plain = world(*drawn)
    found, referee = with_sight(plain, RANGE_M), Referee.of(buildings)
    eyes = find_eyes(plain.homes, street_points(plain.streets, plain.homes.edge, plain.homes.at), walls_of(plain.buildings))
    for row, (home, eye) in enumerate(zip(eyes.home, eyes.eye, strict=True)):
        ignored = referee.holding(tuple(eyes.xy[row])) | ({homes[home][1]} - {-1})
        for number, piece in enumerate(plain.streets.piece_xy):
            check_piece(View(referee, eyes, row, ignored, piece), seen_by(found, int(home), int(eye), number))


def check_piece(view: View, stretches: list[tuple[float, float]]) -> None:
    """Check the stretches that one eye sees of one piece."""
    assert all(begin >= 0 and end - begin >= SHORTEST_M and end <= view.length + NEAR_M for begin, end in stretches)
    assert all(end <= begin for (_, end), (begin, _) in pairwise(stretches))
    for at in np.arange(0.37, view.length, 4.1):
        near_an_end = any(abs(at - limit) < NEAR_M for stretch in stretches for limit in stretch)
        expected = view.sees(at)
        if near_an_end or expected is None:
            continue
        seen = any(begin <= at <= end for begin, end in stretches)
        # What is seen between two hidden places close by is a shred, which is left out.
        shred = expected and not view.sees(at - SHORTEST_M) and not view.sees(at + SHORTEST_M)
        assert seen == expected or (shred and not seen)


@settings(max_examples=40, deadline=None)
@given(worlds())
def test_every_pair_of_cells_is_judged_as_the_referee_says(drawn: Drawn) -> None:
    streets, buildings, _ = drawn
    found, referee = with_sight(world(streets, buildings), RANGE_M), Referee.of(buildings)
    middles = _middles(found)
    for one in range(0, len(middles), 3):
        seen = set(cells_seen(found, one))
        for other in range(0, len(middles), 2):
            away = np.hypot(*(np.array(middles[one]) - middles[other]))
            ends = middles[one], middles[other]
            free = referee.sees(*ends, referee.holding(ends[0]) | referee.holding(ends[1]))
            if free is not None and abs(away - RANGE_M) > NEAR_M:
                assert (other in seen) == (one == other or (free and away <= RANGE_M))


def _middles(street_map: StreetMap) -> list[Corner]:
    """Walk along the streets and give the middle of each cell."""
    streets, sight = street_map.streets, sight_of(street_map)
    middles = []
    for edge in range(len(streets.edge_name)):
        pieces = streets.piece_xy[streets.edge_piece[edge] : streets.edge_piece[edge + 1]]
        lengths = np.hypot(pieces[:, 2] - pieces[:, 0], pieces[:, 3] - pieces[:, 1])
        cells = int(sight.edge_cell[edge + 1] - sight.edge_cell[edge])
        for cell in range(cells):
            at, number = (cell + 0.5) * lengths.sum() / cells, 0
            while at > lengths[number] and number < len(lengths) - 1:
                at -= lengths[number]
                number += 1
            share = at / lengths[number]
            middles.append(tuple(pieces[number, :2] * (1 - share) + pieces[number, 2:] * share))
    return middles


def test_neither_blocks_of_work_nor_a_second_run_change_a_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    streets = [[(0.0, 10.0 * row), (200.0, 10.0 * row + 3)] for row in range(0, 20, 4)]
    corners = rng.uniform(0, 190, (60, 2))
    buildings = [[[(x, y), (x + 6, y), (x + 6, y + 5), (x, y + 5)]] for x, y in corners.tolist()]
    homes = [((x + 3, y + 2), number) for number, (x, y) in enumerate(corners.tolist())]
    first = sight_of(with_sight(world(streets, buildings, homes)))
    again = sight_of(with_sight(world(streets, buildings, homes)))
    monkeypatch.setattr(stretches_module, "_BLOCK", 7)
    monkeypatch.setattr(cells_module, "_BLOCK", 11)
    in_bits = sight_of(with_sight(world(streets, buildings, homes)))
    for part in fields(first):
        bytes_of = [np.asarray(getattr(sight, part.name)).tobytes() for sight in (first, again, in_bits)]
        assert bytes_of[0] == bytes_of[1] == bytes_of[2]
    assert len(first.stretch_home) > 100

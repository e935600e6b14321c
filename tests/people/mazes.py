"""Small street networks drawn at random, with everything that real ones have: bends, loops, parallel streets, dead ends."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from simulation.people.network import Network
from tests.worlds import House, street_map

if TYPE_CHECKING:
    from tests.maps.small_worlds import Corner

SEEDS = range(6)
_CORNERS = 7


@cache
def maze(seed: int) -> Network:
    """Give a connected network of seven junctions, a dead end, a loop, two parallel streets and twelve homes."""
    chance = np.random.default_rng(seed)
    corners = [(round(float(x), 1), round(float(y), 1)) for x, y in chance.uniform(0.0, 300.0, (_CORNERS, 2))]
    ends = [(int(chance.integers(number)), number) for number in range(1, _CORNERS)]
    ends += [(int(one), int(other)) for one, other in chance.integers(_CORNERS, size=(4, 2)) if one != other]
    ends.append(ends[0])
    lines = {f"Straat {number}": _bent(chance, corners[one], corners[other]) for number, (one, other) in enumerate(ends)}
    x, y = corners[0]
    lines["Rondje"] = [(x, y), (x + 40.0, y + 3.0), (x + 35.0, y + 30.0), (x, y)]
    x, y = corners[-1]
    lines["Doodlopend"] = [(x, y), (x - 47.0, y - 61.0)]
    homes = [
        House((round(float(x), 1), round(float(y), 1)), "Straat 0", str(number))
        for number, (x, y) in enumerate(chance.uniform(0.0, 300.0, (12, 2)))
    ]
    return Network(street_map(lines, homes))


def _bent(chance: np.random.Generator, start: Corner, end: Corner) -> list[Corner]:
    """Go from start to end with up to two bends."""
    bends = sorted(chance.uniform(0.1, 0.9, int(chance.integers(3))).tolist())
    away = chance.uniform(-30.0, 30.0, (len(bends), 2)).tolist()
    along = [
        (round(start[0] + share * (end[0] - start[0]) + dx, 1), round(start[1] + share * (end[1] - start[1]) + dy, 1))
        for share, (dx, dy) in zip(bends, away, strict=True)
    ]
    return [start, *along, end]

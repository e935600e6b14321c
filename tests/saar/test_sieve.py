"""The sieve on its own, on streets that see nothing but themselves and the next."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from simulation.people.legs import Legs
from simulation.saar.sieve import Sieve

EDGES = 4
NEAR: Any = SimpleNamespace(of_cell=np.array([0, 2, 4, 6, 7]), edge=np.array([0, 1, 1, 2, 2, 3, 3]))
"""Edge n is cell n, and sees edges n and n + 1."""


def passing(
    cells: list[tuple[int, int, float, float]], rows: list[tuple[int, int, float, float]], worlds: int = 1
) -> list[tuple[int, int]]:
    """Sieve rows `(world, edge, begin, end)` for suspects `(suspect, cell, from, to)`, one in each world but the last."""
    owner, cell, start, stop = (np.array(column) for column in zip(*cells, strict=True))
    still = np.zeros(len(owner))
    legs = Legs(owner, start, stop, still, still, still, still, cell, cell, still, still)
    of_world = np.array([*range(worlds), int(owner.max()) + 1])
    world, edge, begin, end = (np.array(column) for column in zip(*rows, strict=True))
    row, suspect = Sieve(legs, of_world, NEAR, EDGES).candidates(world, edge, (begin, end))
    return list(zip(row.tolist(), suspect.tolist(), strict=True))


def test_who_walks_in_sight_of_the_suspect_may_see_him() -> None:
    there = [(0, 0, 120.0, 300.0), (0, 2, 300.0, 480.0)]
    assert passing(there, [(0, edge, 150.0, 160.0) for edge in range(EDGES)]) == [(0, 0), (1, 0)]
    assert passing(there, [(0, edge, 390.0, 400.0) for edge in range(EDGES)]) == [(2, 0), (3, 0)]
    assert passing(there, [(0, edge, 0.0, 1e4) for edge in range(EDGES)]) == [(edge, 0) for edge in range(EDGES)]


def test_who_comes_before_or_after_may_not() -> None:
    there = [(0, 1, 120.0, 300.0), (0, 0, 300.0, 310.0)]
    spans = [(-50.0, 70.0), (-50.0, 120.0), (200.0, 201.0), (300.0, 1e4), (370.0, 1e4)]
    assert passing(there, [(0, 2, *span) for span in spans]) == [(1, 0), (2, 0), (3, 0)]


def test_each_looks_out_for_the_suspects_of_his_own_world() -> None:
    there = [(0, 0, 100.0, 300.0), (1, 2, 100.0, 300.0), (2, 2, 100.0, 300.0)]
    rows = [(world, edge, 150.0, 250.0) for world in (0, 1) for edge in range(EDGES)]
    assert passing(there, rows, worlds=2) == [(0, 0), (1, 0), (6, 1), (6, 2), (7, 1), (7, 2)]

"""The sieve on its own, on streets that see nothing but themselves and the next."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from simulation.people.walks import Legs
from simulation.saar.sieve import Sieve

EDGES = 4
NEAR: Any = SimpleNamespace(of_cell=np.array([0, 2, 4, 6, 7]), edge=np.array([0, 1, 1, 2, 2, 3, 3]))
"""Edge n is cell n, and sees edges n and n + 1."""


def passing(cells: list[tuple[int, int, float, float]], rows: list[tuple[int, int, float, float]]) -> list[int]:
    """Sieve rows `(suspect, edge, begin, end)` for suspects who are `(suspect, cell, from, to)`."""
    owner, cell, start, stop = (np.array(column) for column in zip(*cells, strict=True))
    still = np.zeros(len(owner))
    legs = Legs(owner, start, stop, still, still, still, still, cell, cell, still, still)
    suspect, edge, begin, end = (np.array(column) for column in zip(*rows, strict=True))
    return Sieve(legs, NEAR, EDGES).passes(suspect, edge, (begin, end)).tolist()


def test_who_walks_in_sight_of_the_suspect_passes() -> None:
    there = [(0, 0, 100.0, 300.0), (0, 2, 300.0, 500.0)]
    assert passing(there, [(0, edge, 150.0, 160.0) for edge in range(EDGES)]) == [0, 1]
    assert passing(there, [(0, edge, 350.0, 360.0) for edge in range(EDGES)]) == [2, 3]
    assert passing(there, [(0, edge, 0.0, 1e4) for edge in range(EDGES)]) == [0, 1, 2, 3]


def test_who_comes_before_or_after_does_not_pass() -> None:
    there = [(0, 1, 100.0, 300.0), (0, 0, 300.0, 310.0)]
    spans = [(-50.0, 70.0), (-50.0, 100.0), (200.0, 201.0), (300.0, 1e4), (330.0, 1e4)]
    assert passing(there, [(0, 2, *span) for span in spans]) == [1, 2, 3]


def test_each_looks_out_for_his_own_suspect() -> None:
    there = [(0, 0, 100.0, 300.0), (1, 2, 100.0, 300.0)]
    rows = [(suspect, edge, 150.0, 250.0) for suspect in (0, 1) for edge in range(EDGES)]
    assert [rows[row][:2] for row in passing(there, rows)] == [(0, 0), (0, 1), (1, 2), (1, 3)]

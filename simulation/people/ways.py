"""Shortest ways along the streets, from everywhere to one place, or to the nearest of some."""

from __future__ import annotations

from functools import cached_property
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Ways:
    """Shortest ways from every node to the nearest goal, found by Dijkstra's method from there, as far as they are asked for.

    Ties go to the lower node number; how far the search has gone changes nothing of what it has found.

    Parameters
    ----------
    neighbours
        For each node the (neighbour, metres, dart from the neighbour to here).
    goals
        The nodes.
    """

    def __init__(self, neighbours: list[list[tuple[int, float, int]]], *goals: int) -> None:
        self.metres = [float("inf")] * len(neighbours)
        """Length of the way from each node."""
        self.dart = [-1] * len(neighbours)
        """First dart of the way from each node; -1 at the goals themselves and where there is no way."""
        self._neighbours, self._heap = neighbours, [(0.0, goal) for goal in sorted(goals)]
        for goal in goals:
            self.metres[goal] = 0.0

    @cached_property
    def all_metres(self) -> NDArray[np.float64]:
        """Lengths of the ways from all nodes, metres."""
        self.grow()
        return np.array(self.metres)

    def metres_from(self, node: int) -> float:
        """Give the length of the way from one node, metres."""
        if self._heap and self.metres[node] > self._heap[0][0]:
            self.grow(node)
        return self.metres[node]

    def grow(self, wanted: int = -1) -> None:
        """Search on until the way from one node is certain, or that from every node."""
        metres, darts, heap = self.metres, self.dart, self._heap
        while heap and (wanted < 0 or metres[wanted] > heap[0][0]):
            reached, node = heappop(heap)
            if reached > metres[node]:
                continue
            for neighbour, length, dart in self._neighbours[node]:
                total = reached + length
                if total < metres[neighbour]:
                    metres[neighbour] = total
                    darts[neighbour] = dart
                    heappush(heap, (total, neighbour))

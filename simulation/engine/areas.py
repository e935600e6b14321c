"""Areas for groups, cut from the map itself: neighbouring homes along the streets, the same number in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.network import Network

    Indices = NDArray[np.int64]


def areas(network: Network, count: int) -> Indices:
    """Divide the homes of a map among areas.

    A part is cut in two between the homes nearer to one of its far ends and those nearer to the other, walking along the
    streets, until there are enough parts.

    Parameters
    ----------
    network
        The streets.
    count
        How many areas.

    Returns
    -------
    (homes,) the area of each home, from 0.
    """
    homes = network.map.homes
    node = network.map.streets.edge_nodes[homes.edge, 0].astype(np.int64)
    area = np.zeros(len(node), np.int64)
    _divide(network, node, np.arange(len(node)), (0, count), area)
    return area


def _divide(network: Network, node: Indices, part: Indices, numbers: tuple[int, int], area: Indices) -> None:
    first, last = numbers
    if last - first <= 1 or not len(part):
        area[part] = first
        return
    one = _farthest(network, node, part, int(node[part[0]]))
    other = _farthest(network, node, part, one)
    nearer = _metres(network, node, part, one) - _metres(network, node, part, other)
    order = part[np.lexsort((part, nearer))]
    middle = (first + last) // 2
    cut = len(part) * (middle - first) // (last - first)
    _divide(network, node, np.sort(order[:cut]), (first, middle), area)
    _divide(network, node, np.sort(order[cut:]), (middle, last), area)


def _metres(network: Network, node: Indices, part: Indices, goal: int) -> NDArray[np.float64]:
    return np.array(network.ways_to(goal).metres)[node[part]]


def _farthest(network: Network, node: Indices, part: Indices, start: int) -> int:
    return int(node[part[int(np.argmax(_metres(network, node, part, start)))]])

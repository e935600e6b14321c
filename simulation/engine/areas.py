"""Areas for groups, cut from the map itself: neighbouring homes along the streets, the same number in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulation.people.network import Network

    Indices = NDArray[np.int64]

_MADE: WeakKeyDictionary[Network, dict[tuple[int, tuple[int, ...]], Areas]] = WeakKeyDictionary()


class Areas(NamedTuple):
    """The areas of a map.

    Parameters
    ----------
    of_home
        (homes,) the area of each home, from 0.
    around
        For each area itself and those next to it: streets lead from homes of the one to homes of the other without passing
        homes of a third.
    """

    of_home: Indices
    around: list[set[int]]


def areas(network: Network, count: int, steps: tuple[int, ...] = ()) -> Areas:
    """Divide the homes of a map among areas; made once and kept.

    A part is cut in two between the homes nearer to one of its far ends and those nearer to the other, walking along the
    streets, until there are enough parts.

    Parameters
    ----------
    network
        The streets.
    count
        How many areas.
    steps
        How many areas in a row belong together, from large to small: these are cut apart from others first.
    """
    made = _MADE.setdefault(network, {})
    if (count, steps) not in made:
        homes = network.map.homes
        node = network.map.streets.edge_nodes[homes.edge, 0].astype(np.int64)
        area = np.zeros(len(node), np.int64)
        _divide(network, node, np.arange(len(node)), (0, count, *steps), area)
        made[count, steps] = Areas(area, _around(network, node, area, count))
    return made[count, steps]


def _cut(first: int, last: int, steps: tuple[int, ...]) -> int:
    """Choose between which areas to cut: near the middle, where whole districts meet, or else whole clusters."""
    middle = (first + last) // 2
    for step in steps:
        ends = range(-(-(first + 1) // step) * step, last, step)
        if ends:
            return min(ends, key=lambda end: (abs(end - middle), end))
    return middle


def _around(network: Network, node: Indices, area: Indices, count: int) -> list[set[int]]:
    """Give every street corner to the area of the homes nearest to it, and find which areas then meet."""
    around, labels = [{one} for one in range(count)], dict[int, int]()
    for corner, label in sorted(set(zip(node.tolist(), area.tolist(), strict=True))):
        _meet(around, labels.setdefault(corner, label), label)
    ways = network.ways_to_nearest(labels)
    for corner, dart in enumerate(ways.dart):
        passed, here, onward = [], corner, dart
        while here not in labels and onward >= 0:
            passed.append(here)
            here = network.dart_head.item(onward)
            onward = ways.dart[here]
        labels.update(dict.fromkeys(passed, labels.get(here, -1)))
    for tail, head in zip(network.dart_tail.tolist(), network.dart_head.tolist(), strict=True):
        if tail in labels and head in labels:
            _meet(around, labels[tail], labels[head])
    return around


def _meet(around: list[set[int]], one: int, other: int) -> None:
    around[one].add(other)
    around[other].add(one)


def _divide(network: Network, node: Indices, part: Indices, numbers: tuple[int, ...], area: Indices) -> None:
    first, last, *steps = numbers
    if last - first <= 1 or not len(part):
        area[part] = first
        return
    one = _farthest(network, node, part, int(node[part[0]]))
    other = _farthest(network, node, part, one)
    nearer = _metres(network, node, part, one) - _metres(network, node, part, other)
    order = part[np.lexsort((part, nearer))]
    middle = _cut(first, last, tuple(steps))
    cut = len(part) * (middle - first) // (last - first)
    _divide(network, node, np.sort(order[:cut]), (first, middle, *steps), area)
    _divide(network, node, np.sort(order[cut:]), (middle, last, *steps), area)


def _metres(network: Network, node: Indices, part: Indices, goal: int) -> NDArray[np.float64]:
    return np.array(network.ways_to(goal).metres)[node[part]]


def _farthest(network: Network, node: Indices, part: Indices, start: int) -> int:
    return int(node[part[int(np.argmax(_metres(network, node, part, start)))]])

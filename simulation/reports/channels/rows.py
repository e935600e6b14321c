"""In which rows the parts of an alert structure stand in its picture, and how large; of many of a kind each is small."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING

from simulation.reports.channels.lanes import Row
from simulation.reports.channels.nodes import CONTROL_ROOM, DESK, ORGANISER, OTHERS, PATROL, node_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.reports.channels.nodes import Node

    Pair = tuple[str, str]

_FEW, _SOME, _MANY = 5, 15, 60
"""Up to how many groups of a kind stand in one row, in high boxes, and in boxes that hold a figure; above groups, `_SOME`."""

_COLUMNS = 10
"""How many small boxes stand side by side, with room for a number of three figures."""


def rows_of(nodes: Mapping[str, Node], shared: Mapping[Pair, int], language: str) -> Iterator[Row]:
    """Set the parts in rows: whom messages come from above, groups of groups below them, residents' groups at the foot."""
    beside = [[key for key in keys if key in nodes] for keys in ((ORGANISER, DESK, CONTROL_ROOM), (OTHERS, PATROL))]
    outlets = [key for key, node in nodes.items() if node.kind in {"page", "broadcast"}]
    for keys, height in ((beside[0], 58.0), (outlets, 44.0)):
        if keys:
            yield Row(keys, len(keys), height, 10.0)
    for keys in (*_levels(nodes, shared), *_of_kinds(nodes, "group", "shops")):
        most = _SOME if nodes[keys[0]].kind == "upper" else _MANY
        yield from _grid(keys, node_words(language, nodes[keys[0]], len(keys)), small=len(keys) > most)
    if beside[1]:
        yield Row(beside[1], len(beside[1]), 44.0, 10.0)


def _of_kinds(nodes: Mapping[str, Node], *kinds: str) -> list[list[str]]:
    found = ([key for key, node in nodes.items() if node.kind == kind] for kind in kinds)
    return [keys for keys in found if keys]


def _grid(keys: list[str], caption: str, *, small: bool) -> Iterator[Row]:
    """Set all of a kind in as many rows as it takes, in small boxes where they are many."""
    count = len(keys)
    rows = -(-count // (_COLUMNS if small else _FEW))
    columns = -(-count // rows)
    height, gap = (20.0, 6.0) if small else (44.0 if count <= _SOME else 40.0, 9.0)
    for row in range(rows):
        part = keys[row * columns : (row + 1) * columns]
        yield Row(part, columns, height, gap, caption if row == 0 and count > 1 else "", continues=row > 0)


def _levels(nodes: Mapping[str, Node], shared: Mapping[Pair, int]) -> list[list[str]]:
    """Give the groups above the residents' groups by kind, those furthest from residents first.

    Near are kinds of which somebody is in a residents' group; of these, those that have to do with few groups.
    """
    groups = {key for key, node in nodes.items() if node.kind in {"group", "shops"}}
    kinds: dict[str, list[str]] = {}
    for key, node in nodes.items():
        if node.kind == "upper":
            kinds.setdefault(node.stem, []).append(key)

    def distance(keys: list[str]) -> tuple[bool, float]:
        touched = [sum(key in pair and not groups.isdisjoint(pair) for pair in shared) for key in keys]
        return not any(touched), fmean(touched)

    return sorted(kinds.values(), key=distance, reverse=True)

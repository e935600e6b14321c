"""Who is connected with whom in an alert structure, who breaks it by silence, and how many must be awake.

Everything here follows from the graph of `simulation.channels.alertgraph` by counting: no chance, no time.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from simulation.channels.alertgraph import CHANNELS, ORGANISER, group_of, hops, of_kind, outlets, stewards
from simulation.draws import stream_key, text_keys, uniforms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from simulation.channels.alertgraph import AlertGraph

    Counts = list[list[int | None]]

GOAL = 0.9
"""Share of the members of residents' groups whom a message is to reach."""

ALL_SETS = 6500
"""Most sets of awake people of one size that are all looked at; of more, `SAMPLE` are drawn."""

SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Cut:
    """What is lost when somebody, or everybody with a role, passes nothing on.

    Parameters
    ----------
    who
        Key of the person, or the role.
    roles
        His roles; of a role, itself.
    areas
        Areas that are cut off: they no longer hear from more than half of the areas that they heard from, or more than half of
        those that heard from them no longer do.
    pairs
        Ordered pairs of areas of which the one no longer reaches the other.
    unheard
        Areas that what the organisers post no longer reaches.
    residents
        People who live in the areas of either kind.
    """

    who: str
    roles: tuple[str, ...]
    areas: tuple[str, ...]
    pairs: int
    unheard: tuple[str, ...]
    residents: int


@dataclass(frozen=True, slots=True)
class Awake:
    """How many of those who may pass messages on must be awake.

    Parameters
    ----------
    stewards
        How many there are.
    needed
        The least number of them with which a message reaches `GOAL` on average; None where all of them are not enough.
    share
        The share that it reaches with that number; with all of them where that is not enough. None where nobody is in a group.
    exact
        Whether all sets of that many people were looked at; otherwise `SAMPLE` of them.
    """

    stewards: int
    needed: int | None
    share: float | None
    exact: bool


def distances(graph: AlertGraph, sources: Sequence[str]) -> tuple[Counts, Counts]:
    """Count the least hops and the least judgements from some channels, or the organisers, to the group of each area.

    A hop is one crossing into a channel: somebody posts there what he read elsewhere, or the organisers post. Each crossing by
    a steward takes one judgement, whether it matters there; what the organisers post themselves takes none.

    Returns
    -------
    Hops and judgements, each a row for each source with a number for each area; None where no way leads there.
    """
    crossings = nx.DiGraph()
    crossings.add_nodes_from([ORGANISER, *of_kind(graph, *CHANNELS)])
    crossings.add_edges_from(((ORGANISER, outlet) for outlet in outlets(graph)), judgements=0)
    crossings.add_edges_from(hops(graph), judgements=1)
    groups = group_of(graph).values()
    counted: tuple[Counts, Counts] = ([], [])
    for source in sources:
        for rows, weight in zip(counted, (None, "judgements"), strict=True):
            least = nx.single_source_dijkstra_path_length(crossings, source, weight=weight or (lambda *_: 1))
            rows.append([None if group is None else least.get(group) for group in groups])
    return counted


class Reach:
    """Which areas a message gets to from each area and from the organisers, if some of the stewards pass everything on.

    Areas are numbered as in the graph; sets of them are whole numbers with a bit for each.
    """

    def __init__(self, graph: AlertGraph) -> None:
        self._channels = of_kind(graph, *CHANNELS)
        place = {channel: number for number, channel in enumerate(self._channels)}
        self._by = [(place[source], place[target], people) for (source, target), people in hops(graph).items()]
        self._outlets = [place[outlet] for outlet in outlets(graph)]
        self._groups = [place[group] if group is not None else None for group in group_of(graph).values()]

    def without(self, silent: Collection[str]) -> tuple[list[int], int]:
        """Give the areas that each area reaches, itself included if it has a group, and those that the organisers reach."""
        return self._reached(lambda people: not people.issubset(silent))

    def only(self, awake: Collection[str]) -> tuple[list[int], int]:
        """Give the same where nobody passes anything on but these."""
        return self._reached(lambda people: not people.isdisjoint(awake))

    def breaking(self) -> set[str]:
        """Give the only people who can pass on from some channel to some other: the silence of others changes nothing."""
        return {person for _, _, people in self._by if len(people) == 1 for person in people}

    def _reached(self, is_open: Callable[[frozenset[str]], bool]) -> tuple[list[int], int]:
        links = [(source, target) for source, target, people in self._by if is_open(people)]
        reached = [0] * len(self._channels)
        for area, group in enumerate(self._groups):
            if group is not None:
                reached[group] |= 1 << area
        changed = True
        while changed:
            changed = False
            for source, target in links:
                more = reached[source] | reached[target]
                if more != reached[source]:
                    reached[source], changed = more, True
        told = 0
        for outlet in self._outlets:
            told |= reached[outlet]
        return [0 if group is None else reached[group] for group in self._groups], told


def cuts(graph: AlertGraph) -> tuple[list[Cut], list[Cut]]:
    """Find the people whose silence alone breaks the structure, and what is lost when all who have one role are silent.

    Returns
    -------
    Cuts by persons and by roles, those that cut most residents off first; who cuts nobody off is left out.
    """
    reach, persons = Reach(graph), graph.nodes
    holders: dict[str, set[str]] = {}
    for person in stewards(graph):
        for role in persons[person]["roles"]:
            holders.setdefault(role, set()).add(person)
    breaking = reach.breaking()
    alone = [(person, tuple(persons[person]["roles"]), {person}) for person in stewards(graph) if person in breaking]
    by_role = [(role, (role,), people) for role, people in holders.items()]
    return _worst(graph, reach, alone), _worst(graph, reach, by_role)


def _worst(graph: AlertGraph, reach: Reach, silences: Iterable[tuple[str, tuple[str, ...], set[str]]]) -> list[Cut]:
    before = reach.without(())
    found = (
        _cut(graph, who, before, reach.without(silent))
        for who, silent in (((one, roles), people) for one, roles, people in silences)
    )
    return sorted((cut for cut in found if cut.pairs or cut.unheard), key=lambda cut: (-cut.residents, -cut.pairs, cut.who))


def _cut(
    graph: AlertGraph, who: tuple[str, tuple[str, ...]], before: tuple[list[int], int], after: tuple[list[int], int]
) -> Cut:
    areas = of_kind(graph, "area")
    (told, heard), (told_after, heard_after) = ((rows, _turned(rows)) for rows in (before[0], after[0]))
    lost = [
        area
        for number, area in enumerate(areas)
        if any(
            2 * _others(rows_after[number], number) < _others(rows[number], number)
            for rows, rows_after in ((told, told_after), (heard, heard_after))
        )
    ]
    pairs = sum(rows.bit_count() - rows_after.bit_count() for rows, rows_after in zip(told, told_after, strict=True))
    unheard = [area for number, area in enumerate(areas) if (before[1] & ~after[1]) >> number & 1]
    residents = sum(graph.nodes[area]["residents"] for area in areas if area in {*lost, *unheard})
    return Cut(who[0], who[1], tuple(lost), pairs, tuple(unheard), residents)


def _others(areas: int, own: int) -> int:
    """Count the areas of a set besides one's own."""
    return (areas & ~(1 << own)).bit_count()


def _turned(rows: Sequence[int]) -> list[int]:
    """Turn whom each reaches into by whom each is reached."""
    return [sum(1 << source for source, row in enumerate(rows) if row >> number & 1) for number in range(len(rows))]


def awake_needed(graph: AlertGraph) -> Awake:
    """Count how many of the stewards must be awake for a message to reach `GOAL` of the members of residents' groups.

    A message begins with a member of any residents' group, each as likely as the other; those awake are any of the stewards,
    each set of so many as likely as the other; all who are awake pass on everything that they read, others nothing. Reached is
    every member of a group in which it then stands. The share is an average over where it begins and who is awake; more people
    awake never reach less, so that the least number is found by halving.
    """
    reach, people = Reach(graph), stewards(graph)
    members = [graph.nodes[area]["members"] for area in of_kind(graph, "area")]
    if not sum(members):
        return Awake(len(people), None, None, exact=True)
    order = _orders(graph, people)
    low, high = 0, len(people)
    if _share(reach, members, [people]) < GOAL:
        return Awake(len(people), None, _share(reach, members, [people]), exact=True)
    while low < high:
        middle = (low + high) // 2
        if _share(reach, members, _sets(people, order, middle)) >= GOAL:
            high = middle
        else:
            low = middle + 1
    return Awake(len(people), low, _share(reach, members, _sets(people, order, low)), exact=comb(len(people), low) <= ALL_SETS)


def _orders(graph: AlertGraph, people: list[str]) -> list[list[int]]:
    """Draw orders in which people wake up."""
    if not people:
        return []
    ranks = uniforms(stream_key(graph.graph["seed"], "awake"), text_keys(people), np.arange(SAMPLE)[:, np.newaxis])
    return [row.tolist() for row in np.argsort(ranks, axis=1, kind="stable")]


def _sets(people: list[str], orders: list[list[int]], size: int) -> Iterable[Sequence[str]]:
    """Give all sets of a size, or the first so many of each order where there are too many."""
    if comb(len(people), size) <= ALL_SETS:
        return combinations(people, size)
    return ([people[number] for number in order[:size]] for order in orders)


def _share(reach: Reach, members: Sequence[int], awake: Iterable[Sequence[str]]) -> float:
    total, count = 0, 0
    for some in awake:
        count += 1
        for area, row in enumerate(reach.only(some)[0]):
            if members[area]:
                total += members[area] * sum(number for other, number in enumerate(members) if row >> other & 1)
    return total / (count * sum(members) ** 2)

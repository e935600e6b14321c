"""How surely and how soon a message gets from one channel to another over several hops, where a closed form exists.

It exists where only one way leads there: given the verdict that lies in the message, the chance is the product over the hops,
and the time the sum. Ways that cannot be sooner are left out first: those that lead back, and those of people who could have
passed the message on to the same channel from one where it stood earlier. Where ways remain that may overtake each other, no
number is given; where the same person stands in two hops no time, since he needs not read what he wrote himself. Then only
playing tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import pairwise, product
from math import prod
from typing import TYPE_CHECKING

import networkx as nx

from simulation.channels.alertgraph import CHANNELS, ORGANISER, hops, of_kind, outlets
from simulation.channels.relays import Reader, Relay, added, middle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.channels.alertgraph import AlertGraph
    from simulation.channels.relays import Passed

    Way = tuple[str, ...]

NO_WAY, SEVERAL_WAYS, SAME_PERSON, MUTED = "no-way", "several-ways", "same-person", "muted"
"""Why there is no number: nothing leads there; ways may overtake each other; the same person stands in two hops; and who can
pass on over two ways has muted the group of the one, so that he may read it sooner in the other."""

_MOST_SHARED = 6
"""Most people standing in several hops over whose judgements the chance is summed."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a message gets from one place to another.

    Parameters
    ----------
    chance
        Chance that it ever does; None where there is no closed form.
    expected_s
        Mean time until it does, if it does, seconds; None where there is no closed form, or it never does. Few late readers
        make it long.
    median_s
        Time within which it does in half of the cases in which it does, seconds, to one in a hundred; None likewise.
    why
        Why any of them is None: one of the reasons above; empty where there is none.
    """

    chance: float | None
    expected_s: float | None
    median_s: float | None
    why: str = ""


class Arrivals:
    """How a message gets from each channel, and from the organisers, to each other channel.

    Parameters
    ----------
    graph
        The structure.
    """

    def __init__(self, graph: AlertGraph) -> None:
        self._graph = graph
        self._hops = hops(graph)
        self._ways = nx.DiGraph(list(self._hops))
        self._ways.add_nodes_from(of_kind(graph, *CHANNELS))
        self._reduced: dict[str, tuple[nx.DiGraph, set[str]]] = {}
        self._known: dict[tuple[tuple[Reader, ...], ...], tuple[float, float]] = {}
        self._passed: dict[tuple[tuple[Reader, ...], float], Passed] = {}

    @cached_property
    def relay(self) -> Relay:
        """The numbers of passing on."""
        return Relay(self._graph.graph["parameters"])

    def between(self, source: str, target: str) -> Arrival:
        """Tell how a message gets from a channel in which it is posted, or from the organisers, to another channel."""
        posted = outlets(self._graph) if source == ORGANISER else [source]
        if target in posted:
            return Arrival(1.0, 0.0, 0.0)
        leading = [channel for channel in posted if target in self._ahead(channel)[0]]
        if not leading:
            return Arrival(0.0, None, None, NO_WAY)
        way = self._only_way(leading[0], target) if len(leading) == 1 else ()
        return self._along(way) if way else Arrival(None, None, None, SEVERAL_WAYS)

    def readers(self, source: str, target: str) -> tuple[Reader, ...]:
        """Tell how those who can pass on from a channel to another read the first, in a fixed order."""
        heeds = self._graph.nodes[source]["kind"] == "group"
        readers = (self._reader(person) for person in self._hops[source, target])
        return tuple(sorted(reader._replace(muted=heeds and reader.muted) for reader in readers))

    def takes_part(self, person: str) -> float:
        """Give the chance that somebody passes anything on this evening."""
        return self.relay.takes_part(self._reader(person))

    def _reader(self, person: str) -> Reader:
        facts = self._graph.nodes[person]
        return Reader(facts["player"], facts["muted"], facts["area"] is None)

    def _along(self, way: Way) -> Arrival:
        """Tell how a message gets along the only way."""
        twice = self._twice(way)
        if len(twice) > _MOST_SHARED:
            return Arrival(None, None, None, SAME_PERSON)
        chance = self._chance(way, twice)
        if not chance:
            return Arrival(0.0, None, None, NO_WAY)
        sooner = self._ahead(way[0])[1]
        why = SAME_PERSON if twice else MUTED if sooner.intersection(way) else ""
        return Arrival(chance, None, None, why) if why else Arrival(chance, *self._times(way))

    def _only_way(self, source: str, target: str) -> Way:
        """Give the channels of the only way that matters; empty where there are more."""
        ways, way = self._ahead(source)[0], [target]
        while way[-1] != source:
            before = list(ways.predecessors(way[-1]))
            if len(before) > 1:
                return ()
            way += before
        return tuple(way[::-1])

    def _ahead(self, source: str) -> tuple[nx.DiGraph, set[str]]:
        """Give the ways ahead of a channel that matter, and to where one that does not may yet be sooner because of a mute."""
        if source not in self._reduced:
            reached = self._ways.subgraph(nx.descendants(self._ways, source) | {source})
            ways, sooner, latest = nx.DiGraph(), set(), nx.immediate_dominators(reached, source)
            ways.add_node(source)
            for channel, onward in reached.edges:
                before = list(_all_before(latest, channel))
                if onward in {source, *before}:
                    continue
                stewards = self._hops[channel, onward]
                earlier = next((one for one in before if stewards <= self._hops.get((one, onward), frozenset())), None)
                if earlier is None:
                    ways.add_edge(channel, onward)
                elif self._reads_sooner(stewards, channel, earlier):
                    sooner.add(onward)
            self._reduced[source] = ways, sooner
        return self._reduced[source]

    def _reads_sooner(self, stewards: frozenset[str], later: str, earlier: str) -> bool:
        """Tell whether any steward has muted the channel in which a message stands earlier, and not the later one."""
        kinds = [self._graph.nodes[channel]["kind"] for channel in (earlier, later)]
        return kinds[0] == "group" != kinds[1] and any(self._graph.nodes[steward]["muted"] for steward in stewards)

    def _twice(self, way: Way) -> list[str]:
        """List who stands in several hops of a way."""
        everybody = [steward for hop in pairwise(way) for steward in self._hops[hop]]
        return sorted({steward for steward in everybody if everybody.count(steward) > 1})

    def _chance(self, way: Way, twice: list[str]) -> float:
        """Give the chance that a message is passed on over all hops of a way, on which some people stand twice."""
        total, relay = 0.0, self.relay
        for (verdict, judged), yes in zip(relay.verdicts, (1.0, 0.0), strict=True):
            for weight, passes in self._judges(twice, yes):
                all_hops = verdict * weight
                for hop in pairwise(way):
                    nobody = 1.0
                    for steward in self._hops[hop]:
                        each = passes[steward] if steward in passes else judged * self.takes_part(steward)
                        nobody *= 1.0 - each
                    all_hops *= 1.0 - nobody
                total += all_hops
        return total

    def _judges(self, people: list[str], yes: float) -> Iterator[tuple[float, dict[str, float]]]:
        """Give all that people may be disposed to, with its chance: to take no part, to judge alike, or by themselves."""
        for disposed in product(*(self._dispositions(person, yes) for person in people)):
            weight = 1.0
            for chance, _ in disposed:
                weight *= chance
            yield weight, dict(zip(people, (passes for _, passes in disposed), strict=True))

    def _dispositions(self, person: str, yes: float) -> tuple[tuple[float, float], ...]:
        """Give all that somebody may be disposed to, with its chance, and the chance that he then passes a message on."""
        relay, part = self.relay, self.takes_part(person)
        return (1.0 - part, 0.0), (part * relay.shared, yes), (part * (1.0 - relay.shared), relay.chance)

    def _times(self, way: Way) -> tuple[float, float]:
        """Give mean and median time until a message has passed all hops of a way on which nobody stands twice, seconds."""
        readers = tuple(self.readers(*hop) for hop in pairwise(way))
        if readers not in self._known:
            self._known[readers] = self._summed(readers)
        return self._known[readers]

    def _summed(self, way: tuple[tuple[Reader, ...], ...]) -> tuple[float, float]:
        """Give mean and median time of a way, given by those who can pass on over each hop, seconds."""
        weights, means, times = [], [], []
        for verdict, judged in self.relay.verdicts:
            if verdict * judged:
                passed = [self._hop(readers, judged) for readers in way]
                weights.append(verdict * prod(hop.chance for hop in passed))
                means.append(sum(hop.expected_s for hop in passed))
                times.append(reduce(added, (hop.times for hop in passed)))
        mean = sum(weight * mean for weight, mean in zip(weights, means, strict=True)) / sum(weights)
        return mean, middle(weights, times)

    def _hop(self, readers: tuple[Reader, ...], judged: float) -> Passed:
        if (readers, judged) not in self._passed:
            self._passed[readers, judged] = self.relay.passed_on(readers, judged)
        return self._passed[readers, judged]


def _all_before(before: dict[str, str | None], channel: str) -> Iterator[str]:
    """Give the channels that a message has passed before it stands in a channel, whatever its way, the latest first."""
    earlier = before.get(channel)
    while earlier is not None and earlier != channel:
        yield earlier
        channel, earlier = earlier, before.get(earlier)

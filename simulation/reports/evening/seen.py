"""Where suspects were noticed on their way, and where nobody noticed them.

A trace tells who noticed a suspect, not who looked and saw nothing. So a stretch of street, from one crossing to the next,
counts as noticed if anybody noticed a suspect while that suspect was there, at any time of the evening.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.reports.drawn import drawn, nearest_edge, street_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulation.maps.streetmap import Floats, StreetMap
    from simulation.reports.drawn import Way
    from simulation.trace.log import Trace

    Leg = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Line:
    """A part of the way of a suspect that was noticed all along, or not at all.

    Parameters
    ----------
    noticed
        Whether anybody noticed a suspect in its stretches.
    xy
        (K, 2) points, metres.
    """

    noticed: bool
    xy: Floats


@dataclass(slots=True)
class Street:
    """What happened in the streets of one name.

    Parameters
    ----------
    name
        The name; empty for streets without.
    time_s, length_m
        How long and how far suspects walked there.
    unnoticed_m
        How far of that in stretches where nobody noticed them.
    sightings
        How often they were noticed there.
    """

    name: str
    time_s: float = 0.0
    length_m: float = 0.0
    unnoticed_m: float = 0.0
    sightings: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """Where suspects walked and were noticed.

    Parameters
    ----------
    lines
        Their ways, cut where noticed and unnoticed stretches meet, each part once.
    streets
        The streets, by the time walked there, the longest first.
    sightings
        (K, 2) where suspects were when they were noticed, metres.
    starts, found
        (K, 2) where they began, and where they were when found, metres.
    """

    lines: tuple[Line, ...]
    streets: tuple[Street, ...]
    sightings: Floats
    starts: Floats
    found: Floats

    @property
    def unnoticed_share(self) -> float:
        """Share of the way in stretches where nobody noticed them; nought of no way."""
        return sum(street.unnoticed_m for street in self.streets) / max(sum(street.length_m for street in self.streets), 1e-9)


def seen(trace: Trace, street_map: StreetMap) -> Seen:
    """Find out where suspects were noticed on their way."""
    evening = drawn(trace, street_map)
    suspects = {key for record in trace.records if record.kind == "game" for key in record.data["suspects"]}
    ends = {way.who: float(way.t_s[-1]) for way in evening.ways if len(way.t_s)}
    sightings = _points(
        (record.data["x_m"], record.data["y_m"])
        for record in trace.records
        if record.kind == "sighting" and record.data["suspect"] in suspects & ends.keys()
        and record.time_s <= ends[record.data["suspect"]]
    )  # fmt: skip
    edges = [nearest_edge(point, street_map) for point in sightings]
    streets: dict[str, Street] = {}
    legs = [leg for way in evening.ways for leg in _walked(way, frozenset(edges), street_map, streets)]
    for edge in edges:
        name = street_name(edge, street_map)
        streets.setdefault(name, Street(name)).sightings += 1
    ordered = sorted(streets.values(), key=lambda street: (-street.time_s, street.name))
    found = _points(mark.xy for mark in evening.happenings if mark.kind == "found")
    return Seen(
        tuple(_lines(legs)), tuple(ordered), sightings, _points(way.xy[0] for way in evening.ways if len(way.xy)), found
    )


def _points(places: Iterable[tuple[float, float] | Floats]) -> Floats:
    """Give places as an array, (K, 2)."""
    return np.array(list(places), dtype=np.float64).reshape(-1, 2)


def _walked(way: Way, edges: frozenset[int], street_map: StreetMap, streets: dict[str, Street]) -> Iterator[tuple[bool, Leg]]:
    """Give the legs of a way and whether they were noticed, and add them to the streets that they are in."""
    for index, (start, end) in enumerate(zip(way.xy, way.xy[1:], strict=False)):
        edge = nearest_edge((start + end) / 2, street_map)
        name, length_m = street_name(edge, street_map), float(np.hypot(*(end - start)))
        street = streets.setdefault(name, Street(name))
        street.time_s += float(way.t_s[index + 1] - way.t_s[index])
        street.length_m += length_m
        street.unnoticed_m += 0.0 if edge in edges else length_m
        yield edge in edges, (start, end)


def _lines(legs: Iterable[tuple[bool, Leg]]) -> Iterator[Line]:
    """Join legs into lines; each is drawn once, however often it was walked, or dashes would fill each other's gaps."""
    drawn_before: set[frozenset[tuple[float, float]]] = set()
    points: list[Floats] = []
    state = False
    for noticed, (start, end) in legs:
        ends = frozenset((round(float(x), 1), round(float(y), 1)) for x, y in (start, end))
        if points and (noticed != state or ends in drawn_before or (points[-1] != start).any()):
            yield Line(state, np.array(points))
            points = []
        if ends not in drawn_before:
            drawn_before.add(ends)
            state, points = noticed, [*(points or [start]), end]
    if points:
        yield Line(state, np.array(points))

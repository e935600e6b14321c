"""Roaming: when players who walk the streets are out, in which part of the map, and the ways that they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.draws import stream_key
from simulation.elementary import whole_microseconds
from simulation.people.walks import Walks, after_each_other, along, joined, wander

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulation.people.network import Network
    from simulation.people.playareas import PlayArea
    from simulation.scenario.model import Game

    Floats = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Keys = NDArray[np.uint64]
    Point = tuple[int, float]
    Step = tuple[int, float, float]


class Span(NamedTuple):
    """A span of time that somebody walks about.

    Parameters
    ----------
    begin, end
        Seconds.
    area
        Where he walks about; None for anywhere.
    """

    begin: float
    end: float
    area: PlayArea | None


def spans_of(games: Sequence[Game], areas: Sequence[PlayArea | None], plays: Sequence[bool]) -> list[Span]:
    """Give when and where somebody roams who plays some of the games.

    He is out from the start of the first of them to the planned end of the last. In a game that has an area he goes there when
    it starts and stays until it ends; in between, and in a game without an area, he goes anywhere.
    """
    own = [(game, area) for game, area, mine in zip(games, areas, plays, strict=False) if mine]
    spans, moment = [], own[0][0].start_s
    for game, area in own:
        if area is not None:
            spans += [Span(moment, game.start_s, None), Span(game.start_s, game.end_s, area)]
            moment = game.end_s
    spans.append(Span(moment, own[-1][0].end_s, None))
    return [span for span in spans if span.begin < span.end]


def roam(
    network: Network,
    spans: Sequence[Span],
    keys: tuple[Sequence[int], Keys, Indices],
    places: tuple[tuple[Indices, Floats], tuple[Indices, Floats]],
    speed: Floats,
    end_s: float,
) -> tuple[Walks, Floats]:
    """Set out and walk about in some spans of time, and then go home, if that is before the evening ends.

    Parameters
    ----------
    network
        All streets.
    spans
        When and where, from `spans_of`.
    keys
        The seeds of all worlds, and of each walker the key (O,) and the world (O,).
    places
        From where the walkers set out, and where they live: each (O,) edges and (O,) distances along them, metres.
    speed
        (O,) metres per second.
    end_s
        Seconds at which the evening ends.

    Returns
    -------
    Their walks, and (O,) the seconds at which each is home; infinite for who stays out.
    """
    (seeds, who, world), (place, doors), parts = keys, places, list[Walks]()
    for number, span in enumerate(spans):
        begin, end = np.full(len(who), span.begin), np.full(len(who), span.end)
        if span.area is not None:
            way_in, place, begin = _ways_in(span, place, speed)
            parts.append(way_in)
        purpose = f"player-{number + 1}-turn" if number else "player-turn"
        stream = np.array([stream_key(seed, purpose) for seed in seeds], np.uint64)[world]
        streets = network if span.area is None else span.area.network
        parts.append(wander(streets, (stream, who), place, (begin, end), speed))
        place = reached(parts[-1], place, network.edge_length)
    until = np.full(len(who), np.inf)
    if spans[-1].end < end_s:
        home, until = _ways_home(network, (place, doors), spans[-1].end, speed)
        parts.append(home)
    return after_each_other(parts), until


def _points(place: tuple[Indices, Floats]) -> list[Point]:
    return list(zip(*(column.tolist() for column in place), strict=True))


def way_in(span: Span, moment: float, place: Point, speed: float) -> tuple[Walks, Point, float]:
    """Go from a place into the area of a span: give the way, where it leads, and when one is there or the span is over."""
    if span.area is None:
        return along([], moment, speed), place, moment
    steps, entry = span.area.way_in(place)
    there = moment + sum(end - begin for _, begin, end in steps) / speed
    way = along(steps, moment, speed).until_time(span.end)
    if there < span.end:
        return way, entry, there
    return way, way.place_at(span.end, span.area.everywhere.edge_length) if len(way.dart) else place, span.end


def _ways_in(span: Span, place: tuple[Indices, Floats], speed: Floats) -> tuple[Walks, tuple[Indices, Floats], Floats]:
    """Do the same for many walkers, from the begin of the span."""
    found = [way_in(span, span.begin, point, pace) for point, pace in zip(_points(place), speed.tolist(), strict=True)]
    ways, points, arrivals = zip(*found, strict=True)
    edge, at = zip(*points, strict=True)
    return joined(ways), (np.array(edge, np.int64), np.array(at, np.float64)), np.array(arrivals, np.float64)


def _ways_home(
    network: Network, ends: tuple[tuple[Indices, Floats], tuple[Indices, Floats]], begin: float, speed: Floats
) -> tuple[Walks, Floats]:
    """Walk from one place of each walker to the other: give the ways, and when each is there."""
    ways, metres = list[Walks](), list[float]()
    for here, door, pace in zip(_points(ends[0]), _points(ends[1]), speed.tolist(), strict=True):
        steps, far = network.way(here, door)
        ways.append(along(steps, begin, pace))
        metres.append(far)
    return joined(ways), whole_microseconds(begin + np.array(metres, np.float64) / speed)


def reached(walks: Walks, place: tuple[Indices, Floats], length: Floats) -> tuple[Indices, Floats]:
    """Give where each walker is at the end of a walk; without one, where he was."""
    edge, at = place[0].copy(), place[1].copy()
    some = np.flatnonzero(np.diff(walks.of_owner))
    last = walks.of_owner[some + 1] - 1
    dart, end = walks.dart[last], walks.end[last]
    edge[some], at[some] = dart >> 1, np.where(dart % 2 == 0, end, length[dart >> 1] - end)
    return edge, at

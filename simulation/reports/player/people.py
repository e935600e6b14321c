"""The people of the player: who there are, where they live, and every way that one of them goes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.document import clean
from simulation.reports.drawn import cut, streets_along
from simulation.reports.player.ground import steps_of
from simulation.trace.names import PASSER_BY, UNIT, Names
from simulation.trace.records import numbers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulation.maps.streetmap import StreetMap
    from simulation.reports.drawn import Way
    from simulation.reports.player.ground import Grid
    from simulation.trace.log import Trace

MS_PER_S = 1000
"""Milliseconds in a second: times in the player are whole milliseconds from the start of play."""

HOMES = {"residents": "home_", "shopkeepers": ""}
"""Kinds of records that tell where people are without a way, and how the names of those columns begin."""


def milliseconds(time_s: float) -> int:
    """Give seconds as whole milliseconds."""
    return round(time_s * MS_PER_S)


def numbered(trace: Trace) -> dict[str, int]:
    """Give everybody a number: those whom the trace lists as it does, then all others who go anywhere."""
    numbers = dict(numbers_of(trace.records))
    for record in trace.records:
        if record.kind == "route":
            numbers.setdefault(record.who, len(numbers))
    return numbers


def people(trace: Trace, street_map: StreetMap, grid: Grid, suspects: Sequence[Way], language: str) -> dict[str, Any]:
    """Give the people and their ways.

    Parameters
    ----------
    trace
        The evening.
    street_map
        The map it was played on.
    grid
        What is shown of it.
    suspects
        The ways of the suspects, each until he leaves the game.
    language
        `nl` or `en`.

    Returns
    -------
    `residents`, how many of the numbers are of residents; `homes`, the places of those who have one, `x` and `y` by number;
    `movers`, with number, name and kind, everybody who goes anywhere; `ways` in order of their start; `streets`, where the
    suspects are by name. Places are in the grid, times and places of ways first and then in steps; `stops`
    is when somebody gives up searching on his way, milliseconds, or later.
    """
    number = numbered(trace)
    return {
        "residents": sum(len(record.data["who"]) for record in trace.records if record.kind == "residents"),
        "homes": _homes(trace, grid),
        "movers": _movers(trace, number, language),
        "ways": _ways(trace, number, grid, suspects),
        "streets": [_streets(way, number, street_map) for way in suspects],
    }


def _ways(trace: Trace, number: dict[str, int], grid: Grid, suspects: Sequence[Way]) -> list[dict[str, Any]]:
    """Give the ways in order of their start; those of suspects until they leave the game."""
    until_s = {way.who: float(way.t_s[-1]) for way in suspects}
    gave_up = [(record.who, milliseconds(record.time_s)) for record in trace.records if record.kind == "gave_up"]
    rows = []
    for record in sorted(trace.records, key=lambda record: record.time_us):
        if record.kind != "route" or record.time_s > until_s.get(record.who, math.inf):
            continue
        way = cut(record.who, [record], until_s.get(record.who, math.inf))
        points, times = grid.points(way.xy), np.rint(way.t_s * MS_PER_S).astype(np.int64)
        columns = {"t": steps_of(times), "x": steps_of(points[:, 0]), "y": steps_of(points[:, 1])}
        given_up = [time_ms for who, time_ms in gave_up if who == record.who and time_ms >= times[0]]
        stops = {"stops": min(given_up)} if given_up else {}
        rows.append({"who": number[record.who], "reason": str(record.data["reason"]), **stops, **columns})
    return rows


def _homes(trace: Trace, grid: Grid) -> dict[str, list[int]]:
    """Give where those are who have a place of their own; residents come first, then shopkeepers."""
    x, y = [], []
    for kind, start in HOMES.items():
        for record in trace.records:
            if record.kind == kind:
                columns = [np.asarray(record.data[f"{start}{axis}_m"], dtype=np.float64) for axis in "xy"]
                points = grid.points(np.stack(columns, axis=1))
                x += [int(value) for value in points[:, 0]]
                y += [int(value) for value in points[:, 1]]
    return {"x": x, "y": y}


def _movers(trace: Trace, number: dict[str, int], language: str) -> list[dict[str, Any]]:
    """Give everybody who goes anywhere: suspects and units first, then by number."""
    names = Names(trace, language)
    walking = {record.who for record in trace.records if record.kind == "route"}
    rows = [{"who": number[key], "name": clean(names.who(key)), "kind": _kind(key, names)} for key in sorted(walking)]
    order = ("suspect", "unit", "resident", "passer-by")
    return sorted(rows, key=lambda row: (order.index(row["kind"]), row["who"]))


def _kind(key: str, names: Names) -> str:
    """Say what somebody is who goes anywhere."""
    if names.suspected(key):
        return "suspect"
    if key.startswith(UNIT):
        return "unit"
    return "passer-by" if key.startswith(PASSER_BY) else "resident"


def _streets(way: Way, number: dict[str, int], street_map: StreetMap) -> dict[str, Any]:
    """Tell in which street a suspect is, from when."""
    rows = streets_along(way, street_map)
    times = np.array([milliseconds(from_s) for from_s, _, _ in rows], dtype=np.int64)
    return {"who": number[way.who], "t": steps_of(times), "names": [clean(name) for _, _, name in rows]}

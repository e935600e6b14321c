"""What of an evening is drawn on the map, and told in the tables beside it: one list for both."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.scoring.position import place_on
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from simulation.maps.streetmap import Floats, StreetMap
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

LIMIT = 60
"""Most sightings, and most questions, that are drawn, so that the map stays readable."""

TRUE_SIGHTINGS = ("sighting", "sighting_called")
"""Marks of sightings of a suspect."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One mark on the map.

    Parameters
    ----------
    number
        Number of the mark, in order of time from 1.
    time_s
        Seconds from the start of play.
    kind
        `sighting`, `sighting_called`, `sighting_mistaken`, `question_yes`, `question_no` or `found`.
    who
        Key of who saw, asked or was found.
    xy
        Position, metres: of who was noticed, or of who asked.
    street
        Name of the street; may be empty.
    """

    number: int
    time_s: float
    kind: str
    who: str
    xy: tuple[float, float]
    street: str


@dataclass(frozen=True, slots=True)
class Way:
    """The way of a suspect until the end of play.

    Parameters
    ----------
    who
        Key of the suspect.
    t_s
        (K,) times, seconds from the start of play.
    xy
        (K, 2) points, metres.
    """

    who: str
    t_s: Floats
    xy: Floats


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything of an evening that the map shows.

    Parameters
    ----------
    happenings
        The marks, in order of time.
    ways
        The ways of the suspects.
    sightings
        Number of sightings, drawn or not.
    calls
        Number of sightings that led to a call, drawn or not.
    questions, found
        Number of questions and of findings, drawn or not.
    """

    happenings: tuple[Happening, ...]
    ways: tuple[Way, ...]
    sightings: int
    calls: int
    questions: int
    found: int


def drawn(trace: Trace, street_map: StreetMap) -> Drawn:
    """Choose what is drawn."""
    called = {record.data["sighting"] for record in trace.records if record.kind == "call"}
    suspects = {key for record in trace.records if record.kind == "game" for key in record.data["suspects"]}
    sightings, questions, found = (
        [record for record in trace.records if record.kind == kind] for kind in ("sighting", "question", "found")
    )
    first = next((record for record in sightings if record.data["suspect"] in suspects), None)
    shown = [record for index, record in enumerate(sightings) if index < LIMIT or record is first]
    places = places_of(trace)
    chosen = sorted([*shown, *questions[:LIMIT], *found], key=lambda record: record.time_us)
    placed = [(record, places[record.id]) for record in chosen if record.id in places]
    happenings = tuple(
        Happening(number, record.time_s, mark_of(record, called, suspects), record.who, xy, _street(record, xy, street_map))
        for number, (record, xy) in enumerate(placed, 1)
    )
    calls = sum(record.id in called for record in sightings)
    return Drawn(happenings, tuple(ways_of(trace)), len(sightings), calls, len(questions), len(found))


def labelled(evening: Drawn) -> list[tuple[int, str]]:
    """Give the marks that a reader looks for, as their index and the key of their label: first noticed, and found."""
    kinds = [happening.kind for happening in evening.happenings]
    first = [index for index, kind in enumerate(kinds) if kind in TRUE_SIGHTINGS][:1]
    return [*((index, "first") for index in first), *((index, "found") for index, kind in enumerate(kinds) if kind == "found")]


def mark_of(record: Record, called: set[str], suspects: set[str]) -> str:
    """Say what mark a record gets."""
    if record.kind == "sighting" and record.data["suspect"] not in suspects:
        return "sighting_mistaken"
    if record.kind == "sighting":
        return "sighting_called" if record.id in called else "sighting"
    return "found" if record.kind == "found" else f"question_{record.data['answer']}"


def places_of(trace: Trace) -> dict[str, tuple[float, float]]:
    """Give where somebody was noticed, or walked who asked and found him, by id of the record."""
    ways: dict[str, Record] = {}
    places: dict[str, tuple[float, float]] = {}
    for record in trace.records:
        if record.kind == "route":
            ways[record.who] = record
        elif record.kind == "sighting":
            places[record.id] = record.data["x_m"], record.data["y_m"]
        elif record.kind == "question" and record.who in ways:
            places[record.id] = place_on(ways[record.who], record.time_s)
        elif record.kind == "found":
            places.update((record.id, places[cause]) for cause in record.causes if cause in places)
    return places


def _street(record: Record, xy: tuple[float, float], street_map: StreetMap) -> str:
    """Name the street of a mark."""
    return str(record.data["street"]) if record.kind == "sighting" else nearest_street(np.asarray(xy), street_map)


def ways_of(trace: Trace) -> list[Way]:
    """Give the ways of all suspects, cut at the end of the last game or where a suspect left it."""
    ends = [record.time_us for record in trace.records if record.kind == "game_end"]
    end_s = max(ends) / MICROSECONDS if ends else float(trace.header["duration_s"])
    parts: dict[str, list[Record]] = {}
    for record in trace.records:
        if record.kind == "route" and record.data["reason"] == "suspect":
            parts.setdefault(record.who, []).append(record)
    return [cut(who, records, min(end_s, _left_s(trace, who))) for who, records in parts.items()]


def _left_s(trace: Trace, suspect: str) -> float:
    """Give when a suspect left: when he was found, if nothing was heard of him after; infinity if he walked on."""
    found = [record.time_us for record in trace.records if record.kind == "found" and record.who == suspect]
    heard = [
        record.time_us
        for record in trace.records
        if (record.kind == "sighting" and record.data["suspect"] == suspect)
        or (record.kind == "act" and record.who == suspect)
    ]
    return max(found) / MICROSECONDS if found and max(heard, default=0) <= max(found) else math.inf


def cut(who: str, records: list[Record], end_s: float) -> Way:
    """Join the parts of a way and cut it at a time."""
    t_s, x_m, y_m = (
        np.concatenate([np.asarray(record.data[name], dtype=np.float64) for record in records])
        for name in ("t_s", "x_m", "y_m")
    )
    kept = int(np.searchsorted(t_s, end_s, side="right"))
    if 0 < kept < len(t_s):
        last = [float(np.interp(end_s, t_s, values)) for values in (x_m, y_m)]
        t_s, x_m, y_m = (np.append(values[:kept], value) for values, value in ((t_s, end_s), (x_m, last[0]), (y_m, last[1])))
    return Way(who, t_s, np.stack([x_m, y_m], axis=1))


def streets_along(way: Way, street_map: StreetMap) -> list[tuple[float, float, str]]:
    """Tell a way as streets: from, until (seconds from the start of play) and name, in order of time."""
    rows: list[tuple[float, float, str]] = []
    names = [nearest_street((way.xy[index] + way.xy[index + 1]) / 2, street_map) for index in range(len(way.t_s) - 1)]
    for name, start_s, end_s in zip(names, way.t_s, way.t_s[1:], strict=False):
        if rows and rows[-1][2] == name:
            rows[-1] = (rows[-1][0], float(end_s), name)
        else:
            rows.append((float(start_s), float(end_s), name))
    return rows


def nearest_street(point: Floats, street_map: StreetMap) -> str:
    """Give the name of the street nearest to a point; empty where it has none."""
    return street_name(nearest_edge(point, street_map), street_map)


def street_name(edge: int, street_map: StreetMap) -> str:
    """Give the name of a street between two crossings; empty where it has none."""
    return street_map.texts[int(street_map.streets.edge_name[edge])]


def nearest_edge(point: Floats, street_map: StreetMap) -> int:
    """Give the street between two crossings that is nearest to a point."""
    streets = street_map.streets
    start, end = streets.piece_xy[:, :2], streets.piece_xy[:, 2:]
    along = end - start
    part = np.clip(((point - start) * along).sum(axis=1) / (along * along).sum(axis=1), 0, 1)
    off = start + along * part[:, None] - point
    piece = int(np.argmin((off * off).sum(axis=1)))
    return int(np.searchsorted(streets.edge_piece, piece, side="right")) - 1

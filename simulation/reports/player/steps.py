"""The events of the player in words, and the steps that lead to each: what a page needs to answer "why?" by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import text
from simulation.reports.document import clean
from simulation.reports.drawn import mark_of, places_of
from simulation.reports.player.news import CHATTER
from simulation.reports.player.people import milliseconds
from simulation.trace.names import Names
from simulation.trace.records import MICROSECONDS
from simulation.trace.why import Reasons
from simulation.trace.why_words import link_words, side_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.reports.player.ground import Grid
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

SETTING = {
    *("evening", "residents", "shopkeepers", "officials", "channel", "enrolment", "role", "roster"),
    *("route", "cover"),
}
"""Kinds that are no events: what was there from the start, ways, which are seen on the map, and sums afterwards."""

PLACES = {"act": "", "arrival": "", "report": "place", "dispatch": "to"}
"""Where in a record without a mark its place stands: under a key, or in the record itself."""


class Steps:
    """Every step of every chain of causes once, each after what triggered it.

    Parameters
    ----------
    trace
        The evening.
    language
        `nl` or `en`.
    """

    def __init__(self, trace: Trace, language: str) -> None:
        self._trace, self._language = trace, language
        self._reasons, self._names = Reasons(trace), Names(trace, language)
        self._number: dict[str, int] = {}
        self.rows: list[dict[str, Any]] = []

    def number(self, cause: str) -> int:
        """Give the number of the step that a cause names, after adding what it rests on."""
        chain = []
        trigger: str | None = cause
        while trigger is not None and trigger not in self._number:
            link, behind = self._reasons.explained(trigger)
            chain.append((trigger, link, behind))
            trigger = behind
        for name, link, behind in reversed(chain):
            self._number[name] = len(self.rows)
            row: dict[str, Any] = {"after": -1 if behind is None else self._number[behind]}
            if link.time_us is None:
                row["words"] = text(self._language, "why.begin", cause=self._names.cause(link.cause))
            else:
                row["t"] = milliseconds(link.time_us / MICROSECONDS)
                row["words"] = link_words(self._trace, link, self._names, self._language)
            if link.side:
                words = "; ".join(side_words(link.side, self._names, self._language))
                row["also"] = clean(text(self._language, "why.side", causes=words))
            self.rows.append({**row, "words": clean(row["words"])})
        return self._number[cause]


def events(trace: Trace, grid: Grid, number: Mapping[str, int], steps: Steps) -> list[dict[str, Any]]:
    """Give the events in order of time.

    Parameters
    ----------
    trace
        The evening.
    grid
        What is shown of the map.
    number
        Numbers of the people.
    steps
        Takes in the steps behind every event.

    Returns
    -------
    Per event `kind`; `step`, the number of its step; `who`, the number of who did it, and `at`, its place in the grid, where
    there are any; `mark` where it has a mark on the map.
    """
    marks = _marks(trace)
    shown = [record for record in trace.records if record.kind not in SETTING and record.data.get("content") != CHATTER]
    rows = []
    for record in sorted(shown, key=lambda record: record.time_us):
        mark, place = marks.get(record.id, ("", _place(record)))
        row: dict[str, Any] = {"kind": record.kind, "step": steps.number(record.id)}
        if record.who in number:
            row["who"] = number[record.who]
        if place:
            row["at"] = grid.point(*place)
        rows.append(row | ({"mark": mark} if mark else {}))
    return rows


def _marks(trace: Trace) -> dict[str, tuple[str, tuple[float, float]]]:
    """Give the marks of sightings, questions, findings and hints with a place, by id."""
    called = {record.data["sighting"] for record in trace.records if record.kind == "call"}
    suspects = {key for record in trace.records if record.kind == "game" for key in record.data["suspects"]}
    places = places_of(trace)
    marks: dict[str, tuple[str, tuple[float, float]]] = {}
    for record in trace.records:
        if record.kind == "hint" and record.data["where"]:
            marks[record.id] = ("hint", _xy(record.data["where"]))
        if record.id in places:
            marks[record.id] = (mark_of(record, called, suspects), places[record.id])
    return marks


def _place(record: Record) -> tuple[float, float] | None:
    """Give the place of an event; None where it has none."""
    if record.kind not in PLACES:
        return None
    place = record.data[PLACES[record.kind]] if PLACES[record.kind] else record.data
    return _xy(place) if place else None


def _xy(place: Mapping[str, Any]) -> tuple[float, float]:
    return float(place["x_m"]), float(place["y_m"])

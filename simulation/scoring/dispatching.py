"""Measures of the units that the desk sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.scoring.facts import mean
from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from simulation.scoring.facts import Facts
    from simulation.trace.records import Record


def dispatching(facts: Facts) -> dict[str, Any]:
    """Score dispatches, and how long units took to the place, as far as they got there before they were sent elsewhere."""
    dispatches = facts.of("dispatch")
    took = [arrival - dispatch.time_us for dispatch in dispatches if (arrival := _arrival_us(facts, dispatch)) is not None]
    return {"dispatches": len(dispatches), "dispatch_to_scene_s": mean([time_us / MICROSECONDS for time_us in took])}


def _arrival_us(facts: Facts, dispatch: Record) -> int | None:
    """Give when the unit of a dispatch arrived, unless it was sent elsewhere before."""
    unit = dispatch.data["unit"]
    later = [one.time_us for one in facts.of("dispatch") if one.data["unit"] == unit and one.time_us > dispatch.time_us]
    arrivals = [one.time_us for one in facts.of("arrival") if one.who == unit and one.time_us > dispatch.time_us]
    arrived = min(arrivals, default=None)
    return None if arrived is None or any(time_us < arrived for time_us in later) else arrived

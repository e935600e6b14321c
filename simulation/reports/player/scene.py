"""The data of the player: an evening and its map as plain JSON, from which the page shows every moment by itself.

Positions are whole decimetres to the right and down from the upper left corner of the map, times whole milliseconds from the
start of play. Nothing is thinned, so that everybody is where the trace has him; messages about other things than the exercise
are left out and counted.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from simulation.language.catalogue import catalogue
from simulation.reports.channels.scene import channel_scene
from simulation.reports.drawn import ways_of
from simulation.reports.player.ground import grid_of, ground
from simulation.reports.player.news import calls, left_out, messages, seen
from simulation.reports.player.people import MS_PER_S, numbered, people
from simulation.reports.player.steps import Steps, events
from simulation.units import parse_clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace

UNSAFE = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})
"""Characters that stand escaped in JSON inside a page, so that no text in it can end the element around it."""

LIVE = (
    *("play", "pause", "nobody", "before", "more", "why", "unnamed", "home", "gone"),
    *("does_suspect", "does_player", "does_round", "does_errand", "does_patrol", "does_search", "does_follow", "does_wait"),
)
"""Words that change while the player plays; their fields are filled in the page."""


def scene_of(trace: Trace, street_map: StreetMap, language: str) -> dict[str, Any]:
    """Give all that the player shows.

    Parameters
    ----------
    trace
        The evening.
    street_map
        The map it was played on.
    language
        `nl` or `en`.

    Returns
    -------
    Plain JSON: `language`; `start`, seconds after midnight; `end`; `ground`; `people`; `calls`; `messages`; `seen`; `events`
    and the `steps` that lead to them; `channels`, see `channel_scene`; `left_out`, the number of messages left out; `texts`.
    """
    grid, number, steps = grid_of(street_map), numbered(trace), Steps(trace, language)
    rows = events(trace, grid, number, steps)
    end_ms = _end_ms(trace)
    return {
        "language": language,
        "start": parse_clock(str(trace.header["start"])),
        "end": end_ms,
        "ground": ground(street_map, grid),
        "people": people(trace, street_map, grid, ways_of(trace), language),
        "calls": calls(trace, number, end_ms),
        "messages": messages(trace, number),
        "seen": seen(trace, number),
        "events": rows,
        "steps": steps.rows,
        "channels": channel_scene(trace, language),
        "left_out": left_out(trace),
        "texts": {name: catalogue(language)[f"player.live.{name}"] for name in LIVE},
    }


def _end_ms(trace: Trace) -> int:
    """Give the whole second in which the evening ends; what people had in mind to do after it was not played."""
    closed = [record.time_s for record in trace.records if record.kind == "close"]
    return MS_PER_S * math.ceil(max(closed, default=float(trace.header["duration_s"])))


def embedded(scene: Mapping[str, Any]) -> Markup:
    """Give a scene as JSON for a `script` element."""
    written = json.dumps(scene, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(written.translate(UNSAFE))  # noqa: S704 every character that HTML acts on is escaped

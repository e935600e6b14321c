"""The news of the player: calls, messages, who reads them when, and who knows anything of a suspect from when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.reports.player.ground import steps_of
from simulation.reports.player.people import MS_PER_S, milliseconds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.maps.streetmap import Ints
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

TELLING = ("sighting", "hint", "broadcast")
"""Contents of messages from which one learns something of a suspect, true or not."""

CHATTER = "chatter"
"""Content of messages about other things, which the player leaves out."""


def calls(trace: Trace, number: Mapping[str, int], end_ms: int) -> list[dict[str, Any]]:
    """Give the calls to the number of the exercise.

    Parameters
    ----------
    trace
        The evening.
    number
        Numbers of the people.
    end_ms
        When the evening ends; who waits then, waits until then.

    Returns
    -------
    Per call `who`, `t` when he dials, `picked` when he is answered or null, and `until` when he hangs up or has told all.
    """
    ends: dict[str, dict[str, int]] = {}
    for record in trace.records:
        if record.kind in {"answer", "abandoned", "report"}:
            ends.setdefault(str(record.data["call"]), {})[record.kind] = milliseconds(record.time_s)
    dialled = [record for record in trace.records if record.kind == "call" and record.data["number"] == "temporary"]
    return [_call(record, ends.get(record.id, {}), number, end_ms) for record in dialled]


def _call(record: Record, ends: Mapping[str, int], number: Mapping[str, int], end_ms: int) -> dict[str, Any]:
    """Give one call."""
    picked = ends.get("answer")
    until = ends.get("abandoned", ends.get("report", end_ms))
    return {"who": number.get(record.who, -1), "t": milliseconds(record.time_s), "picked": picked, "until": until}


def messages(trace: Trace, number: Mapping[str, int]) -> list[dict[str, Any]]:
    """Give the messages that are not about other things, in order: who sent it and when, and in steps who read it and when."""
    return [
        {
            "who": number.get(record.who, -1),
            "t": milliseconds(record.time_s),
            "telling": record.data["content"] in TELLING,
            **dict(zip(("readers", "reads"), map(steps_of, _reads(record)), strict=True)),
        }
        for record in trace.records
        if record.kind == "post" and record.data["content"] != CHATTER
    ]


def left_out(trace: Trace) -> int:
    """Count the messages about other things."""
    return sum(record.kind == "post" and record.data["content"] == CHATTER for record in trace.records)


def _reads(post: Record) -> tuple[Ints, Ints]:
    """Give who read a message and when, in order of time."""
    readers = np.asarray(post.data["readers"], dtype=np.int64)
    reads = np.rint(np.asarray(post.data["read_s"], dtype=np.float64) * MS_PER_S).astype(np.int64)
    order = np.argsort(reads, kind="stable")
    return readers[order], reads[order]


def seen(trace: Trace, number: Mapping[str, int]) -> list[list[int]]:
    """Give who noticed somebody and when, milliseconds."""
    sightings = (record for record in trace.records if record.kind == "sighting")
    return [[number[record.who], milliseconds(record.time_s)] for record in sightings if record.who in number]

"""One immutable record per happening, each with its causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

MICROSECONDS = 1_000_000


class Record(NamedTuple):
    """One thing that happened in an evening, simulated or real.

    Parameters
    ----------
    id
        `kind:who:n`, the n-th record of this kind by this actor, counted from 1. Never a line number.
    time_us
        Whole microseconds since the start of play; negative before it.
    kind
        One of the kinds documented in `simulation.trace.kinds`.
    who
        Key of the actor: a person such as `n2718/1`, `suspect-1`, `organiser` or `desk`.
    causes
        What made it happen: ids of earlier records, `id@who` for "who read that post", `fact:path` for a fact of the scenario
        and `draw:purpose:who:n` for a keyed draw.
    data
        Fields of this kind; JSON values, or numpy arrays of numbers that are written as lists.
    """

    id: str
    time_us: int
    kind: str
    who: str
    causes: tuple[str, ...]
    data: Mapping[str, Any]

    @property
    def time_s(self) -> float:
        """Seconds since the start of play."""
        return self.time_us / MICROSECONDS

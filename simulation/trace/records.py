"""One immutable record per happening, each with its causes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MICROSECONDS = 1_000_000

PEOPLE = ("residents", "shopkeepers", "officials")
"""Kinds of records that list people. *Resident i* elsewhere is an index into these lists, put one behind the other."""


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


def numbers_of(records: Iterable[Record]) -> Mapping[str, int]:
    """Give the index of everybody whom some records list, by key: residents first."""
    lists: dict[str, Record] = {}
    for record in records:
        if record.kind in PEOPLE:
            lists.setdefault(record.kind, record)
    everybody = (who for kind in PEOPLE if kind in lists for who in lists[kind].data["who"])
    return {who: index for index, who in enumerate(everybody)}

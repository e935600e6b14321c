"""The append-only log of an evening, and the finished trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulation.trace.records import MICROSECONDS, Record

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, eq=False)
class Trace:
    """All that happened in one evening.

    Parameters
    ----------
    header
        Where it came from: scenario, date, seed, map and versions, see `simulation.trace.kinds`.
    records
        What happened, in order of time; causes come before effects.
    """

    header: Mapping[str, Any]
    records: tuple[Record, ...]


class Log:
    """Collects records while an evening is played, and gives each its id."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, kind: str, who: str, time_s: float, causes: tuple[str, ...], data: Mapping[str, Any]) -> str:
        """Append a record and give its id.

        Parameters
        ----------
        kind, who, causes, data
            As in `Record`.
        time_s
            Seconds since the start of play.
        """
        number = self._counts.get((kind, who), 0) + 1
        self._counts[kind, who] = number
        identity = f"{kind}:{who}:{number}"
        self._records.append(Record(identity, round(time_s * MICROSECONDS), kind, who, causes, data))
        return identity

    def latest(self, kind: str, who: str) -> str:
        """Give the id of the last record of a kind by somebody, who must have one."""
        return f"{kind}:{who}:{self._counts[kind, who]}"

    def trace(self, header: Mapping[str, Any]) -> Trace:
        """Give the finished trace."""
        return Trace(header, tuple(self._records))

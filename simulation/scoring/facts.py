"""A trace, indexed once for all measures."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.trace.records import MICROSECONDS, PEOPLE, numbers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulation.maps.streetmap import Floats, Ints
    from simulation.trace.log import Trace
    from simulation.trace.records import Record

DECIMALS = 6
"""Decimals of derived values: microseconds, and millionths of shares."""


class Facts:
    """What the measures ask of a trace.

    Measures stop at the end of the last game (model.md section 8); `of` gives only what happened until then. What comes later,
    such as the closing message, is in `every`.

    Parameters
    ----------
    trace
        The evening.
    game
        Name of the one game to ask about; the whole evening where left out. `of` then gives only what happened while it was
        on, and nothing of the suspects of other games.
    """

    def __init__(self, trace: Trace, game: str | None = None) -> None:
        self.header = trace.header
        self.by_id: dict[str, Record] = {record.id: record for record in trace.records}
        self._kinds: dict[str, list[Record]] = {}
        for record in trace.records:
            self._kinds.setdefault(record.kind, []).append(record)
        self.game = game
        self.games = [record for record in self.every("game") if game is None or record.data["game"] == game]
        ends = {record.data["game"]: record.time_us for record in self.every("game_end")}
        self.evening_end_us = max(ends.values(), default=round(trace.header["duration_s"] * MICROSECONDS))
        self.end_us = self.evening_end_us if game is None else ends.get(game, self.evening_end_us)
        self.start_us = 0 if game is None else min((record.time_us for record in self.games), default=0)

    def every(self, kind: str) -> list[Record]:
        """Give all records of a kind, in the order of the trace."""
        return self._kinds.get(kind, [])

    def of(self, kind: str) -> list[Record]:
        """Give the records of a kind until the end of the last game, or of the game alone."""
        records = [record for record in self.every(kind) if record.time_us <= self.evening_end_us]
        return records if self.game is None else [record for record in records if self._belongs(record)]

    def _belongs(self, record: Record) -> bool:
        """Whether a record belongs to the game; a call to that in which was seen what it is about, and its end with it."""
        about = record.data.get("sighting") or record.data.get("call")
        if about in self.by_id:
            return self._belongs(self.by_id[about])
        named = {record.who, *(record.data.get(name) for name in ("suspect", "asked", "addressed"))}
        return self.start_us <= record.time_us <= self.end_us and not named & self._other_suspects

    @cached_property
    def _other_suspects(self) -> frozenset[str]:
        """Keys of the suspects of other games."""
        every = {who for game in self.every("game") for who in game.data["suspects"]}
        return frozenset(every - set(self.suspects))

    @cached_property
    def suspects(self) -> tuple[str, ...]:
        """Keys of all suspects of its games, in order."""
        return tuple(dict.fromkeys(who for game in self.games for who in game.data["suspects"]))

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Index of every resident by key."""
        return {who: index for index, who in enumerate(self._residents("who"))}

    @cached_property
    def everybody(self) -> Mapping[str, int]:
        """Index of everybody by key: residents first."""
        return numbers_of(record for kind in PEOPLE for record in self.every(kind))

    def residents_among(self, indices: Sequence[int] | Ints) -> Ints:
        """Give which of some indices, by their places, are of residents, and not of others."""
        return np.flatnonzero(np.asarray(indices, dtype=np.int64) < len(self.index))

    @cached_property
    def ages(self) -> Ints:
        """Age of every resident, years."""
        return np.asarray(self._residents("age"), dtype=np.int64)

    @cached_property
    def members(self) -> Ints:
        """1 for every resident who is a member of a group, or would be if there were any."""
        return np.asarray(self._residents("member"), dtype=np.int64)

    @cached_property
    def homes(self) -> Floats:
        """Home of every resident, (residents, 2), metres."""
        columns = [np.asarray(self._residents(name), dtype=np.float64) for name in ("home_x_m", "home_y_m")]
        return np.stack(columns, axis=1)

    @cached_property
    def groups(self) -> Mapping[str, Record]:
        """The closed groups by key."""
        return {record.who: record for record in self.every("channel") if record.data["kind"] == "group"}

    @cached_property
    def ways(self) -> Mapping[int, list[Record]]:
        """The ways of every resident who went anywhere, in order of their start."""
        result: dict[int, list[Record]] = {}
        for record in sorted(self.every("route"), key=lambda record: record.time_us):
            if record.who in self.index:
                result.setdefault(self.index[record.who], []).append(record)
        return result

    def is_true(self, sighting: Record) -> bool:
        """Whether a sighting was of a suspect; otherwise somebody was mistaken for one."""
        return sighting.data["suspect"] in self.suspects

    def _residents(self, column: str) -> Sequence[Any]:
        records = self.every("residents")
        values: Sequence[Any] = records[0].data[column] if records else ()
        return values


def seconds(time_us: float | None) -> float | None:
    """Give microseconds as seconds."""
    return None if time_us is None else round(time_us / MICROSECONDS, DECIMALS)


def first_s(records: list[Record]) -> float | None:
    """Give the time of the earliest record, seconds; None where there is none."""
    return seconds(min((record.time_us for record in records), default=None))


def share(part: float, whole: float) -> float | None:
    """Give part / whole, rounded; None of nothing."""
    return round(part / whole, DECIMALS) if whole else None


def mean(values: list[float]) -> float | None:
    """Give the mean, rounded; None of nothing."""
    return share(sum(values), len(values))


def percentile(values: list[float], percent: int) -> float | None:
    """Give a percentile by nearest rank: the smallest value that at least `percent` of a hundred values do not exceed.

    No interpolation, so the answer is always one of the values. None of nothing.
    """
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return round(ordered[max(rank, 1) - 1], DECIMALS) if ordered else None

"""The agenda of an evening: SimPy's clock in whole microseconds, and handlers that come due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

MICROSECONDS = 1_000_000


class Due(simpy.Event):
    """An entry of the agenda: calls its handler when its time comes, unless it was dropped."""

    __slots__ = ("arguments", "handler")

    def __init__(self, agenda: Agenda, delay_us: int, handler: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self.env = agenda
        self.callbacks = [_come_due]
        self._value = None
        self._ok = True
        self.handler = handler
        self.arguments = arguments
        agenda.schedule(self, delay=delay_us)


class Agenda(simpy.Environment):
    """A SimPy environment whose time is whole microseconds, so that sums of times are exact."""

    def __init__(self) -> None:
        super().__init__(initial_time=0)
        self.entries = 0

    @property
    def time_s(self) -> float:
        """Seconds since the start of play."""
        return self.now / MICROSECONDS

    def at(self, time_s: float, handler: Callable[..., None], *arguments: object) -> None:
        """Call `handler(*arguments)` at a moment, seconds; at once where that has passed."""
        self.entries += 1
        Due(self, max(round(time_s * MICROSECONDS) - int(self.now), 0), handler, arguments)

    def wait(self, seconds: float) -> simpy.Timeout:
        """Give an event to yield in a process, which lasts a number of seconds."""
        self.entries += 1
        return self.timeout(max(round(seconds * MICROSECONDS), 0))

    def start(self, process: Generator[simpy.Event, Any, None]) -> None:
        """Start a process."""
        self.entries += 1
        self.process(process)


def _come_due(event: simpy.Event) -> None:
    assert isinstance(event, Due)  # noqa: S101 - only Due registers this callback
    event.handler(*event.arguments)

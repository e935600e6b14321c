"""The agenda of an evening: SimPy's clock in whole microseconds, and handlers that come due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy
from simpy.events import NORMAL

from simulation.trace.records import MICROSECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator


class Due(simpy.Event):
    """An entry of the agenda: calls its handler when its time comes."""

    __slots__ = ("arguments", "handler")

    def __init__(self, agenda: Agenda, handler: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        self.env = agenda
        self.callbacks = _HANDLERS  # type: ignore[assignment] # SimPy only goes through them
        self._value = None
        self._ok = True
        self.handler = handler
        self.arguments = arguments


class Agenda(simpy.Environment):
    """A SimPy environment whose time is whole microseconds, so that sums of times are exact."""

    def __init__(self) -> None:
        super().__init__(initial_time=0)
        self.entries = 0

    @property
    def time_s(self) -> float:
        """Seconds since the start of play."""
        return self._now / MICROSECONDS

    def at(self, time_s: float, handler: Callable[..., None], *arguments: object) -> None:
        """Call `handler(*arguments)` at a moment, seconds; at once where that has passed."""
        self.entries += 1
        delay = round(time_s * MICROSECONDS) - self._now
        self.schedule(Due(self, handler, arguments), NORMAL, delay if delay > 0 else 0)  # noqa: FURB136 - max() is slow here

    def wait(self, seconds: float) -> simpy.Timeout:
        """Give an event to yield in a process, which lasts a number of seconds."""
        self.entries += 1
        return self.timeout(max(round(seconds * MICROSECONDS), 0))

    def start(self, process: Generator[simpy.Event, Any, None]) -> None:
        """Start a process."""
        self.entries += 1
        self.process(process)


def _come_due(event: Any) -> None:  # noqa: ANN401 - a Due, as only Due registers this
    event.handler(*event.arguments)


_HANDLERS = (_come_due,)

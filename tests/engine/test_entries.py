"""Messages cost no events (contract S3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.channels.agenda import Agenda
from simulation.engine import evening as engine_evening
from simulation.scenario.model import Announced, Hint, Players
from tests.test_contracts import BUSY, full_evening
from tests.worlds import NO_LOOKALIKES, made_neighbourhood, play_all

if TYPE_CHECKING:
    import pytest


class _CountingAgenda(Agenda):
    """Remembers the last one made."""

    last: Agenda

    def __init__(self) -> None:
        super().__init__()
        _CountingAgenda.last = self


def test_twenty_messages_to_everybody_schedule_at_most_one_event_per_resident(monkeypatch: pytest.MonkeyPatch) -> None:
    hints = tuple(Hint(at_s=60.0 * number, tell=("upper",)) for number in range(20))
    scenario = full_evening(
        parameters={**BUSY, **NO_LOOKALIKES},  # looks at others than the suspect are not of the messages' making
        game={"duration_s": 2400.0, "hints": hints, "stop": "time", "on_found": "keeps-walking"},
        players=Players(share=0.1, announced=Announced(members=1.0, others=1.0)),
    )
    monkeypatch.setattr(engine_evening, "Agenda", _CountingAgenda)
    trace = play_all(scenario, made_neighbourhood(homes=240), [1])[0]
    messages = [record for record in trace.records if record.kind == "post" and record.data["content"] == "hint"]
    residents = len(trace.records[1].data["who"])
    reads = sum(len(record.data["readers"]) for record in messages)
    assert (len(messages), residents > 400, reads > 15 * residents) == (20, True, True)
    assert _CountingAgenda.last.entries <= residents

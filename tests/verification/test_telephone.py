"""The temporary number against the formulas of Erlang: B (no patience), C (endless patience), A (in between)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import simpy

from simulation.channels.agenda import Agenda
from simulation.channels.messages import Spot
from simulation.draws import exponentials, stream_key
from simulation.saar import alert
from simulation.saar.notes import Sighting
from simulation.trace.log import Log

if TYPE_CHECKING:
    from collections.abc import Generator

CALLERS = 20_000
HOLD_S = 90.0
WARM = CALLERS // 20
BATCHES = 20


def erlang_b(servers: int, load: float) -> float:
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    blocked = erlang_b(servers, load)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def erlang_a(servers: int, load: float, patience: float) -> tuple[float, float]:
    """Give the share who wait and the share who hang up; `patience` in mean conversations, by the birth-death chain."""
    weights = [1.0]
    for callers in range(1, 2000):
        leave = min(callers, servers) + max(callers - servers, 0) / patience
        weights.append(weights[-1] * load / leave)
    chance = np.array(weights) / sum(weights)
    queue = np.maximum(np.arange(len(chance)) - servers, 0)
    return float(chance[servers:].sum()), float((chance * queue).sum() / patience / load)


def test_check_values_of_the_formulas() -> None:
    assert erlang_b(30, 25.0) == pytest.approx(0.0526, abs=5e-5)
    assert erlang_b(1, 6.0) == pytest.approx(0.857, abs=5e-4)
    assert erlang_c(3, 2.0) == pytest.approx(0.444, abs=5e-4)
    assert erlang_a(3, 2.0, 1e-9)[1] == pytest.approx(erlang_b(3, 2.0))
    assert erlang_a(3, 2.0, 1e9)[0] == pytest.approx(erlang_c(3, 2.0))


def ring(lines: int, load: float, patience_s: float, seed: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    """Let callers ring at random; give for each, in order of ringing, how long he waited and whether he hung up."""
    keys = np.arange(CALLERS, dtype=np.uint64)
    holds = exponentials(stream_key(seed, "test-hold"), keys) * HOLD_S
    gaps = exponentials(stream_key(seed, "test-gap"), keys) * HOLD_S / load
    waits, left = np.full(CALLERS, np.nan), np.zeros(CALLERS, bool)
    monkeypatch.setattr(alert, "_conversation_s", lambda _stage, sighting, _attempt: float(holds[sighting.person]))
    monkeypatch.setattr(alert, "_report", lambda *_: "report")
    stage = _bare_stage(lines, patience_s, seed)
    place = Spot(0.0, 0.0, "")

    def caller(person: int) -> Generator[simpy.Event, Any, None]:
        sighting = Sighting("sighting", str(person), person, person, 0, 0, 0.0, place, 0.0, True, ())  # noqa: FBT003 - recognised
        left[person] = (yield from alert._queue(stage, sighting, str(person), 1)) == ""

    for person, moment in enumerate(np.cumsum(gaps).tolist()):
        stage.agenda.at(moment, lambda person=person: stage.agenda.start(caller(person)))
    stage.agenda.run()
    for record in stage.log.trace({}).records:
        waits[int(record.data["call"])] = record.data["waited_s"]
    return waits[WARM:], left[WARM:]


def _bare_stage(lines: int, patience_s: float, seed: int) -> Any:
    """Give what the telephone needs of a stage, and nothing else."""

    class Stage(SimpleNamespace):
        @property
        def now(self) -> float:
            return float(self.agenda.time_s)

    agenda = Agenda()
    return Stage(
        agenda=agenda,
        log=Log(),
        lines=simpy.Resource(agenda, lines),
        people=SimpleNamespace(key=range(CALLERS)),
        parameters={"patience_mean_s": patience_s, "call_answer_s": 0.0},
        name=str,
        stream=lambda purpose: stream_key(seed, purpose),
        number_open=lambda: True,
        answered=[],
    )


def assert_share(happened: Any, expected: float) -> None:
    """Compare the share of callers with a formula, within 4 standard errors from batches of neighbouring callers."""
    means = [batch.mean() for batch in np.array_split(happened.astype(float), BATCHES)]
    error = np.std(means, ddof=1) / np.sqrt(BATCHES)
    assert error < 0.05 * max(expected, 0.2)
    assert abs(np.mean(means) - expected) < 4.0 * error


@pytest.mark.parametrize(("lines", "load"), [(30, 25.0), (1, 6.0), (3, 2.0)])
def test_without_patience_erlang_b(lines: int, load: float, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, left = ring(lines, load, 1e-6, 1, monkeypatch)
    assert_share(left, erlang_b(lines, load))
    assert waits.max() <= 2e-5


def test_with_endless_patience_erlang_c(monkeypatch: pytest.MonkeyPatch) -> None:
    waits, left = ring(3, 2.0, 1e9, 2, monkeypatch)
    assert not left.any()
    assert_share(waits > 0.0, erlang_c(3, 2.0))
    # Who waits, waits HOLD_S / (3 - 2) on average, exponentially: more than that with chance 1 / e.
    assert_share(waits[waits > 0.0] > HOLD_S, float(np.exp(-1.0)))


def test_with_some_patience_erlang_a(monkeypatch: pytest.MonkeyPatch) -> None:
    waits, left = ring(3, 3.5, 60.0, 3, monkeypatch)
    waiting, hung_up = erlang_a(3, 3.5, 60.0 / HOLD_S)
    assert_share(waits > 0.0, waiting)
    assert_share(left, hung_up)

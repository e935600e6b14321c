"""Lookalikes: watching only those innocents whom somebody may still take for a suspect changes nothing that happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.engine import build_worlds, play
from simulation.saar import lookalikes
from simulation.saar.stage import Stage
from simulation.scenario.model import Announced, Hint, Players, Structure
from simulation.trace.files import trace_digest
from tests.saar.lively import KEEN, NETWORK
from tests.worlds import evening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pytest
    from numpy.typing import NDArray

    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace

    Floats = NDArray[np.float64]

LADDER = (
    Hint(at_s=200.0, tell=("upper",)),
    Hint(at_s=500.0, tell=("lower",), where=True),
    Hint(at_s=800.0, tell=("sex", "hair"), where=True),
)


def told_in_steps() -> Scenario:
    """Give an evening in which some know one element and some another: hints, reports that are posted, and callbacks."""
    return evening(
        {**KEEN, "passersby_per_km": 6.0, "p_similar": 0.3, "p_ask_stranger": 0.2},
        players=Players(share=0.2, announced=Announced(members=1.0, others=0.4)),
        suspect={"description": {"sex": "man", "upper": "rood", "lower": "jeans", "hair": "pet"}},
        game={"duration_s": 1500.0, "hints": LADDER, "stop": "time", "on_found": "keeps-walking"},
        structure=Structure(id="single-group"),
    )


def watched(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Trace], int]:
    """Play some evenings, and count whom anybody watched for."""
    before, shadows = Stage.watch, []

    def watch(stage: Stage, shadow: Any, *rest: Any) -> None:
        shadows.append(shadow)
        before(stage, shadow, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(Stage, "watch", watch)
        traces = [play(world) for world in build_worlds(told_in_steps(), NETWORK, range(6))]
    return traces, len(shadows)


def unaware(_told: Mapping[str, Floats], _elements: Sequence[str], read_at: Floats) -> Floats:
    """Let nobody know what rules anybody out."""
    return read_at


def test_whom_nobody_can_take_for_a_suspect_is_left_out_without_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    traces, few = watched(monkeypatch)
    monkeypatch.setattr(lookalikes, "_while_unaware", unaware)
    same, many = watched(monkeypatch)
    assert [trace_digest(trace) for trace in traces] == [trace_digest(trace) for trace in same]
    assert few < 0.9 * many
    told = [record.data["suspect"] for trace in traces for record in trace.records if record.kind == "sighting"]
    assert sum(not suspect.startswith("suspect") for suspect in told) > 5

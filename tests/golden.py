"""The results of the shipped scenarios on their maps, as they are expected; `make golden` accepts the present ones."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.engine import run_evening
from simulation.maps.pinned import read_map
from simulation.runs import json_text
from simulation.scenario import load_scenario, shipped_scenarios
from simulation.scenario.shipped import DEFAULT_MAP, scenarios_folder
from simulation.scoring import score

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulation.maps.streetmap import StreetMap
    from simulation.trace.log import Trace

FOLDER = Path(__file__).parent / "golden"


def map_of(name: str) -> StreetMap:
    """Read the map on which a shipped scenario is played."""
    return read_map(load_scenario(name).map_path or scenarios_folder() / DEFAULT_MAP)


@cache
def trace_of(name: str) -> Trace:
    """Play a shipped scenario on its map."""
    scenario = load_scenario(name).scenario
    return run_evening(scenario, map_of(name), scenario.seed)


def result(name: str) -> Mapping[str, Any]:
    """Give what is expected of a shipped scenario: how many records of each kind there are, and the measures."""
    trace = trace_of(name)
    counts = Counter(record.kind for record in trace.records)
    # As the file gives it back: a tuple is a list, a numpy number is refused.
    return dict(json.loads(json_text({"records": dict(sorted(counts.items())), "score": score(trace)})))


def expected(name: str) -> Mapping[str, Any]:
    """Give the accepted result of a shipped scenario."""
    return dict(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def accept() -> None:
    """Write the present results of all shipped scenarios, and forget those that no longer ship."""
    texts = {shipped.name: json_text(result(shipped.name)) for shipped in shipped_scenarios()}
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.json"):
        path.unlink()
    for name, text in texts.items():
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    accept()

"""The JSON Schemas of a scenario and a sweep, by which an editor completes keys, shows what they mean and marks mistakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulation.scenario.model import Scenario
from simulation.scenario.shipped import scenarios_folder
from simulation.scenario.sweepfile import SweepFile

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.scenario.fields import Part

_TITLE = "Scenario of a Boef in de Wijk evening"
_TITLE_OF_SWEEP = "Sweep over a Boef in de Wijk scenario"


def scenario_schema() -> dict[str, Any]:
    """Make the JSON Schema of a scenario file."""
    return _schema_of(Scenario, _TITLE)


def sweep_schema() -> dict[str, Any]:
    """Make the JSON Schema of the file of a sweep."""
    return _schema_of(SweepFile, _TITLE_OF_SWEEP)


def schema_text(schema: dict[str, Any] | None = None) -> str:
    """Write a schema as it is shipped; that of a scenario file where none is handed in."""
    return json.dumps(schema or scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def schema_path() -> Path:
    """Give the file of the shipped schema of a scenario."""
    return scenarios_folder() / "scenario.schema.json"


def sweep_schema_path() -> Path:
    """Give the file of the shipped schema of a sweep."""
    return scenarios_folder() / "sweep.schema.json"


def _schema_of(whole: type[Part], title: str) -> dict[str, Any]:
    """Make the JSON Schema of a file."""
    schema = _tidied(whole.model_json_schema(by_alias=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


def _tidied(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Leave out titles made from attribute names, and defaults in seconds of keys that a file has as text."""
    if isinstance(schema, list):
        return [_tidied(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _tidied(value) for key, value in schema.items() if not (key == "title" and isinstance(value, str))}
    if not isinstance(kept.get("default"), str | bool | int | float) or (
        kept.get("type") == "string" and kept["default"] in ("", 0)
    ):
        kept.pop("default", None)
    if kept.get("type") == "string" and not isinstance(kept.get("default", ""), str):
        del kept["default"]
    return kept

"""Where the scenarios and maps that come along are; no scenario names a street or a coordinate, so each runs on any map."""

from __future__ import annotations

from pathlib import Path

import scenarios
from simulation.scenario.suggest import did_you_mean

DEFAULT_SCENARIO = "avond-in-de-wijk"
"""The scenario that is used where none is named."""

DEFAULT_MAP = "wijk.map"
"""The shipped map on which a scenario is played that names none."""


def scenarios_folder() -> Path:
    """Give the folder of the shipped scenarios."""
    return Path(scenarios.__file__).parent


def shipped_maps() -> tuple[str, ...]:
    """Give the file names of the shipped maps."""
    return tuple(sorted(path.name for path in scenarios_folder().glob("*.map")))


def shipped_path(name: str) -> Path:
    """Give the file of a shipped scenario."""
    return scenarios_folder() / f"{name}.yaml"


def shipped_names() -> tuple[str, ...]:
    """Give the names of the shipped scenarios, the default first."""
    names = sorted(path.stem for path in scenarios_folder().glob("*.yaml"))
    return tuple(sorted(names, key=lambda name: name != DEFAULT_SCENARIO))


def choice_of_shipped(name: str) -> str:
    """Say which shipped scenarios there are, and which one `name` was probably meant to be."""
    shipped = shipped_names()
    return f"{did_you_mean(name, shipped)} (shipped: {', '.join(shipped)})"

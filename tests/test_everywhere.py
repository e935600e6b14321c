"""Every structure and every scenario that comes along runs from the command line on two real extracts, too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from simulation.maps.osm import import_osm
from simulation.maps.pinned import write_map
from simulation.maps.sight import with_sight
from simulation.scenario import load_scenario
from simulation.scenario.joining import joined
from simulation.scenario.shipped import DEFAULT_SCENARIO, shipped_names
from simulation.structure_ids import CUSTOM, LAYERS
from simulation.trace.files import read_trace
from tests.command_line import boef
from tests.maps.osm_text import EXTRACTS

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.scenario.structures import Structure
    from simulation.trace.log import Trace

pytestmark = pytest.mark.skipif(not EXTRACTS.is_dir(), reason=f"no extracts in {EXTRACTS}")

PLACES = ("kampen-bloemkoolwijk", "wechelderzande")
"""An estate of winding streets, and a ribbon village with outlying lanes."""
IDS = (*(part for parts in LAYERS.values() for part in parts if part != CUSTOM), "zoomwijck+broadcast-shared")


@pytest.fixture(scope="session", params=PLACES)
def extract(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the pinned map of an extract."""
    path = tmp_path_factory.mktemp("extracts") / f"{request.param}.map"
    write_map(with_sight(import_osm(EXTRACTS / f"{request.param}.osm.bz2")), path)
    return path


def run(folder: Path, *arguments: object) -> tuple[Trace, dict[str, Any]]:
    """Run an evening, and give its trace, checked record by record as it is read, and its measures."""
    result = boef("run", *arguments, "--output", folder / "evening")
    assert result.exit_code == 0, result.stderr
    assert not result.stderr
    scored = json.loads((folder / "evening" / "score.json").read_text(encoding="utf-8"))
    return read_trace(folder / "evening" / "trace.jsonl"), scored


def groups_fit(trace: Trace, structure: Structure) -> bool:
    """Say whether an evening has the groups that its structure lays out, with somebody in each.

    A next group, such as group-2-2, is part of the area of the first.
    """
    channels = [record for record in trace.records if record.kind == "channel"]
    found = {kind: [record for record in channels if record.data["kind"] == kind] for kind in ("group", "upper")}
    first = [record for record in found["group"] if record.who.count("-") == 1]
    many = structure.groups if structure.split_over is None else len(first)
    expected = {"none": 0, "one": 1, "many": many}[structure.plan.areas]
    inhabited = all(len(record.data["members"]) for some in found.values() for record in some)
    above = {record.who.rpartition("-")[0] for record in found["upper"]}
    connected = above == {upper.name for upper in structure.plan.uppers} or len(found["group"]) == 1
    grown = structure.when_full == "next-group" or len(found["group"]) == len(first)
    return len(first) == expected and grown and inhabited and connected


@pytest.mark.parametrize("name", shipped_names())
def test_every_scenario(extract: Path, tmp_path: Path, name: str) -> None:
    trace, scored = run(tmp_path, name, "--map", extract)
    scenario = load_scenario(name).scenario
    assert groups_fit(trace, scenario.structure)
    for kind in ("game", "game_end"):
        assert sum(record.kind == kind for record in trace.records) == len(scenario.games)
    assert scored["sightings"] > 0
    assert scored["calls"] == scored["calls_answered"] + scored["calls_abandoned"] + scored["calls_unfinished"]


@pytest.mark.parametrize("structure", IDS)
def test_every_structure(extract: Path, tmp_path: Path, structure: str) -> None:
    trace, scored = run(tmp_path, "--structure", structure, "--map", extract)
    assert trace.header["structure"] == joined(structure)
    assert groups_fit(trace, load_scenario(DEFAULT_SCENARIO).scenario.with_structure(structure).structure)
    assert scored["sightings"] > 0

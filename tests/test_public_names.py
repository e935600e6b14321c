"""The public interface, pinned: a name that comes or goes is a decision, not an accident."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import simulation

NAMES = [
    "BoefError",
    "InputError",
    "InternalError",
    "MEASURES",
    "MapError",
    "REGISTRY",
    "Record",
    "RunError",
    "ScenarioError",
    "StreetMap",
    "Trace",
    "WorldError",
    "__version__",
    "alert_graph",
    "causal_chain",
    "check_map",
    "compare_structures",
    "compared_lines",
    "import_osm",
    "load_scenario",
    "load_sweep",
    "make_neighbourhood",
    "needed_lines",
    "parse_scenario",
    "read_map",
    "read_results",
    "report_html",
    "run_evening",
    "score",
    "show_evening",
    "structure_measures",
    "tornado",
    "why_lines",
    "with_sight",
    "write_map",
    "write_run",
]


def test_the_list_is_the_interface() -> None:
    assert sorted(simulation.__all__) == NAMES
    assert dir(simulation) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_there(name: str) -> None:
    assert getattr(simulation, name) is not None


def test_the_types_know_the_same_names() -> None:
    tree = ast.parse(Path(simulation.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    typed = {(alias.name, node.module) for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert typed == set(simulation._MODULE_OF.items())


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = simulation.nothing


def test_importing_costs_nothing() -> None:
    code = "import sys; before = set(sys.modules); import simulation; print(*sorted(set(sys.modules) - before))"
    added = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    )
    assert {name for name in added.stdout.split() if name.split(".")[0] not in sys.stdlib_module_names} == {"simulation"}

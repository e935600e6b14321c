"""What docs/sweeps.md prints is run."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from simulation.experiments.sweep import load_sweep
from simulation.scenario.factors import PARAMETERS
from simulation.scenario.outline import keys_of
from simulation.scenario.registry import REGISTRY
from simulation.scenario.sweepfile import SweepFile
from tests.command_line import ROOT, boef, environment

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(yaml|python)\n(.*?)```", PAGE, re.DOTALL)
DESIGNS = [block for kind, block in BLOCKS if kind == "yaml"]
SMALL = """\
scenario: zoomwijck-fase-2
replications: 2
method: one-at-a-time
factors:
  - {field: players.count, levels: [5]}
  - {field: parameters.p_burgernet_app, range: [0.4, 0.8]}
"""


@pytest.mark.parametrize(("design", "points"), list(zip(DESIGNS, (12, None), strict=True)))
def test_the_designs_are_read(design: str, points: int | None, tmp_path: Path) -> None:
    (tmp_path / "sweep.yaml").write_text(design, encoding="utf-8")
    sweep = load_sweep(tmp_path / "sweep.yaml")
    assert len(sweep.points) == (points or 1 + 2 * sum(known.grade == "D" for known in REGISTRY.values()))
    grade_d = {f"{PARAMETERS}.{known.name}" for known in REGISTRY.values() if known.grade == "D"}
    assert points or {factor.field for factor in sweep.design.factors} == grade_d


def test_the_lines_of_python_rank_factors(tmp_path: Path) -> None:
    (tmp_path / "sweep.yaml").write_text(SMALL, encoding="utf-8")
    (block,) = (block for kind, block in BLOCKS if kind == "python")
    assert boef("sweep", tmp_path / "sweep.yaml", "--output", tmp_path / "results", "--workers", 1).exit_code == 0
    run = [sys.executable, "-c", block]
    told = subprocess.run(run, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    assert told.stderr == ""
    # Nobody is enrolled in Burgernet here: how its messages come changes no evening.
    assert told.stdout.splitlines()[0].startswith("players.count  ")
    assert told.stdout.splitlines()[1].startswith("parameters.p_burgernet_app D 0.0 False")
    assert "SwingOfGrade(grade='D', factors=1, clear=0" in told.stdout.splitlines()[2]


def test_every_key_is_told() -> None:
    table = PAGE[PAGE.index("| Key |") : PAGE.index("A factor is one of these")]
    assert sorted(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == sorted(keys_of(SweepFile))

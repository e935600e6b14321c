"""Designs of sweeps for tests."""

from __future__ import annotations

from simulation.scenario.sweeps import SweepDesign, parse_design

FACTORS = """\
  - {field: structure.id, levels: [separate-groups, zoomwijck]}
  - {field: parameters.p_watch, range: [0.05, 0.25]}
  - {field: players.count, levels: [20, 50, 100]}
  - {field: "games[0].start", range: ["19:30", "20:00"]}
"""


def design_of(method: str, factors: str = FACTORS) -> SweepDesign:
    """Read a design over the proposal for Zoomwijck; `method` may go on with other keys."""
    return parse_design(f"scenario: zoomwijck-fase-2\nmethod: {method}\nfactors:\n{factors}", "sweep.yaml")

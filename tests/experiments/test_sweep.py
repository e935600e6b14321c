"""The points of a sweep, and the scenario at each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulation.errors import ScenarioError
from simulation.experiments.sweep import MOST_PROBLEMS, load_sweep, sweep_of
from simulation.scenario.factors import Span
from simulation.scenario.placing import placed
from simulation.scenario.positions import path_of
from simulation.scenario.registry import REGISTRY
from simulation.units import parse_clock
from tests.experiments.designs import design_of

if TYPE_CHECKING:
    from pathlib import Path


def refused(method: str, *factors: str) -> list[tuple[int, int, str]]:
    """Give line, column and message of the points that the scenario refuses."""
    with pytest.raises(ScenarioError) as caught:
        sweep_of(design_of(method, "".join(f"  - {factor}\n" for factor in factors)))
    assert {problem.file for problem in caught.value.problems} == {"sweep.yaml"}
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "method", ["one-at-a-time", "latin-hypercube\npoints: 20", "sobol\npoints: 16", "sobol-indices\npoints: 4"]
)
def test_every_value_of_a_point_is_in_its_scenario(method: str) -> None:
    sweep = sweep_of(design_of(method))
    for point in sweep.points:
        loaded = sweep.scenario_at(point)
        assert all(placed(loaded.data, path_of(field), value) == loaded.data for field, value in point)
        written, scenario, base = dict(point), loaded.scenario, sweep.design.base.scenario
        assert scenario.structure.id == written.get("structure.id", base.structure.id)
        assert scenario.parameters["p_watch"] == written.get("parameters.p_watch", base.parameters["p_watch"])
        assert scenario.players.count == written.get("players.count", base.players.count)
        start_s = parse_clock(str(written.get("games[0].start", "19:30"))) - parse_clock("19:30")
        assert scenario.games[0].start_s == pytest.approx(start_s, abs=1e-6)
        assert (scenario.seed, scenario.goals, scenario.date) == (base.seed, base.goals, base.date)


def test_the_empty_point_is_the_scenario_as_it_is() -> None:
    sweep = sweep_of(design_of("one-at-a-time"))
    assert sweep.scenario_at(sweep.points[0]) == sweep.design.base


def test_a_file_becomes_a_sweep(tmp_path: Path) -> None:
    text = "scenario: geen-groep\nmethod: factorial\nfactors:\n  - {field: players.count, levels: [20, 30]}\n"
    (tmp_path / "sweep.yaml").write_text(text, encoding="utf-8")
    sweep = load_sweep(tmp_path / "sweep.yaml")
    assert [sweep.scenario_at(point).scenario.players.count for point in sweep.points] == [20, 30]
    assert sweep.scenario_at(sweep.points[0]).map_path == sweep.design.base.map_path


def test_levels_that_the_scenario_refuses_are_pointed_at() -> None:
    found = refused("factorial", "{field: players.count, levels: [20, many, -3]}", "{field: language, levels: [nl, fr]}")
    assert [(line, column) for line, column, _ in found] == [(4, 41), (4, 47), (5, 36)]
    assert found[0][2] == "players.count: 'many' should be a whole number (at players.count: many, language: nl)"
    assert found[1][2].startswith("players.count: -3 should be at least 0")
    assert found[2][2].startswith("language: 'fr' is not one of nl, en")


def test_a_range_that_the_scenario_refuses_is_pointed_at_once() -> None:
    (found,) = refused("latin-hypercube\npoints: 50", "{field: structure.covered_streets_share, range: [0.5, 1.5]}")
    assert found[:2] == (5, 53)
    assert found[2].startswith("structure.covered_streets_share: 1.")
    assert found[2].endswith(" should be at most 1.0")


def test_values_that_do_not_go_together_are_told_with_their_point() -> None:
    (found,) = refused("factorial", "{field: structure.id, levels: [none, zoomwijck]}", "{field: outlet, levels: [groups]}")
    assert found[:2] == (5, 30)
    assert found[2].startswith("outlet: 'groups' reaches nobody while structure has id: none; ")
    assert found[2].endswith(" (at structure.id: none, outlet: groups)")


def test_what_concerns_no_factor_points_at_all_of_them() -> None:
    (found,) = refused("one-at-a-time", '{field: "games[0].end", levels: ["19:40"]}')
    assert found[:2] == (3, 1)
    assert found[2].startswith("goal")


def test_a_field_that_goes_with_another_is_told_at_the_factor() -> None:
    (found,) = refused("one-at-a-time", "{field: players.share, levels: [0.1]}")
    assert found == (4, 37, "players: say how many people play: either count or share")


def test_parameters_of_a_grade_that_contradict_the_others_are_named_with_the_way_out() -> None:
    found = refused("one-at-a-time", "{grade: D}")
    names = [message.split(":")[0].removeprefix("parameters.") for _, _, message in found]
    assert {(line, column) for line, column, _ in found} == {(4, 5)}
    assert found[0][2].endswith(
        f"; leave it out with except: [{names[0]}], or give it a factor of its own with a narrower range"
    )
    rest = sweep_of(design_of("one-at-a-time", f"  - {{grade: D, except: [{', '.join(names)}]}}\n"))
    grade_d = sum(known.grade == "D" for known in REGISTRY.values())
    assert len(rest.points) == 1 + 2 * (grade_d - len(names))
    assert {factor.span for factor in rest.design.factors} != {Span(0, 1)}


def test_looking_stops_after_many_problems() -> None:
    levels = ", ".join(str(-number) for number in range(1, 60))
    found = refused("factorial", f"{{field: players.count, levels: [{levels}]}}")
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1][2] == "and perhaps more: looking stopped at point 20 of 59"

"""How alert structures are compared: what an evening came to, intervals, the conditions, and the answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulation.engine import build_worlds, play
from simulation.scenario.registry import REGISTRY
from simulation.scoring import score
from simulation.structure_ids import CUSTOM, LAYERS
from tests.places import network_of
from tests.studies import burgernet, comparison_tables, structures
from tests.studies.cases import TO_CALIBRATE, UNTOUCHED
from tests.studies.compared import Came, Condition, came_of, difference_of, mean_of, median_of, played, share_of
from tests.studies.statements import CONDITIONS, STATEMENTS

if TYPE_CHECKING:
    from tests.studies.study import Array

RNG = np.random.default_rng(1)


def test_a_mean_stands_with_its_interval_over_the_evenings_that_have_a_value() -> None:
    found = mean_of(np.array([1.0, 2.0, 3.0, np.nan, np.inf]))
    assert found == pytest.approx((2.0, 1.96 / np.sqrt(3.0), 3))
    assert found.sure
    assert not mean_of(np.array([-1.0, 1.0])).sure
    assert mean_of(np.array([np.nan, 4.0])).count == 1


def test_differences_are_those_of_the_same_evenings() -> None:
    evening = RNG.normal(0.0, 100.0, 200)
    found = difference_of(evening + RNG.normal(1.0, 1.0, 200), evening)
    assert abs(found.middle - 1.0) < 0.3
    assert found.half_width < 0.2
    assert found.sure


def test_the_middle_knows_evenings_that_never_came_to_it() -> None:
    minutes = np.arange(1.0, 201.0)
    assert median_of(minutes) == (101.0, 87.0, 115.0)
    assert median_of(np.where(minutes > 90.0, np.inf, minutes)) == (np.inf, 87.0, np.inf)
    assert median_of(np.append(minutes, np.nan)) == median_of(minutes)
    covered = [low <= 0.0 <= high for _, low, high in (median_of(RNG.normal(size=200)) for _ in range(400))]
    assert 0.9 < np.mean(covered) < 0.99


def test_a_share_of_no_evening_at_all_has_an_interval_too() -> None:
    share, low, high = share_of(np.zeros(200))
    assert (share, low) == (0.0, 0.0)
    assert 0.01 < high < 0.03
    # Wilson's interval for 20 of 200, as published in tables: 0.0657 to 0.1494.
    assert share_of(np.arange(200) < 20) == pytest.approx((0.1, 0.0657, 0.1494), abs=1e-4)


def test_what_an_evening_came_to_is_what_its_measures_say() -> None:
    scenario = Condition("single-group").scenario()
    trace = play(build_worlds(scenario, network_of("naoorlogs"), [3])[0])
    came, measures = came_of(trace), score(trace)
    assert played(Condition("single-group"), range(3, 4)).tolist() == [pytest.approx(list(came), nan_ok=True)]
    assert came.reach_members == measures["reach_members_share"]
    assert came.calls == measures["calls"]
    assert came.sighted == pytest.approx(measures["first_sighting_s"] / 60.0)
    assert came.members >= structures.LEAST_MEMBERS
    assert came.reach_members < came.told < 1.0
    assert came.hint == 0.0
    assert np.isinf(came.hint_half)


def test_a_hint_reaches_members_the_way_it_is_told() -> None:
    page, groups, above = (
        Came(*played(Condition(structure, outlet=outlet), range(1, 2))[0])
        for structure, outlet in (("none", "public-page"), ("separate-groups", "groups"), ("zoomwijck", "coordination"))
    )
    assert page.hint > 0.3
    assert groups.hint > 0.3
    assert above.hint < groups.hint
    assert groups.hint_half < above.hint_half


def test_every_structure_takes_part_as_documented_and_at_equal_effort() -> None:
    conditions = structures.conditions()
    assert set(structures.IDS) >= {part for parts in LAYERS.values() for part in parts if part != CUSTOM}
    assert set(conditions) >= {*structures.IDS, *CONDITIONS}
    documented = Condition("zoomwijck").scenario()
    for name in structures.IDS:
        assert conditions[name] == Condition(name)
        scenario = conditions.get(f"{name}, equal effort", conditions[name]).scenario()
        numbers = {
            role.number: scenario.parameters[role.number] for role in scenario.structure.plan.roles if role.per == "area"
        }
        if numbers and name != "zoomwijck-municipal":
            assert set(numbers.values()) == {documented.parameters["steering_members"]}, name
        for same in ("games", "players", "residents", "date", "outlet"):
            assert getattr(scenario, same) == getattr(documented, same)
        assert scenario.structure.groups == documented.structure.groups


def made_up(more: float = 0.0) -> list[Array]:
    """Give results in which each condition has about so many more calls than the one before it."""
    base = RNG.uniform(0.1, 0.9, (structures.RUNS, len(Came._fields)))
    base[:, Came._fields.index("members")] = 300.0
    results = []
    for number in range(len(structures.conditions())):
        one = base.copy()
        one[:, Came._fields.index("calls")] += more * number * RNG.normal(1.0, 0.1, structures.RUNS)
        results += [one[first : first + structures.BLOCK] for first in range(0, structures.RUNS, structures.BLOCK)]
    return results


def test_the_tables_name_every_structure_and_mark_what_is_sure() -> None:
    same, other = ("\n".join(structures.told(made_up(more))) for more in (0.0, 1.0))
    for text in (same, other):
        assert {text.count(f"| `{name}` |") >= 4 for name in structures.IDS} == {True}
        (row,) = re.findall(r"^\| `zoomwijck` \|.*$", text.split("### ")[4], re.MULTILINE)
        assert ("**+" in row) == (text is other)
    assert "**+" not in same
    assert "**-" not in same


def test_too_few_members_are_no_comparison() -> None:
    results = made_up()
    for one in results:
        one[:, Came._fields.index("members")] = 249.0
    with pytest.raises(ValueError, match="249 members"):
        structures.told(results)


def test_every_statement_is_answered_twice_with_the_assumed_numbers_it_rests_on() -> None:
    assert len({one.words for one in STATEMENTS}) == 11
    conditions = {*structures.conditions(), *(f"{name}, equal effort" for name in structures.IDS)}
    for one in STATEMENTS:
        for answer in (one.documented, one.equal):
            assert answer.startswith(("emerges", "assumed", "not represented", "the same"))
        assert {REGISTRY[name].grade for name in one.numbers} <= {"D"}
        assert {name for pair in one.contrasts for name in pair[:2]} <= conditions
        assert {field for *_, fields in one.contrasts for field in fields} <= comparison_tables.LABELS.keys()


def test_broadcasts_stand_beside_the_evenings_that_were_held_with_one() -> None:
    assert [case.place for case in burgernet.HELD] == ["Wateringen", "Wijk bij Duurstede", "Leersum"]
    assert set(burgernet.HELD) <= {*TO_CALIBRATE, *UNTOUCHED}
    block = np.tile([20.0, 300.0, 1.0, 2.0, 40.0], (burgernet.BLOCK, 1))
    block[::5, 4] = np.inf
    silent = np.full_like(block, np.nan)
    (study,) = burgernet.studies()
    lines = burgernet.told([silent if part[1] == 1 else block for part in study.parts])
    assert any(
        line.startswith("| `burgernet` | 75 of 100 | 20.0 | 300 | 2 | 100.0") and line.endswith("| 0.22 |") for line in lines
    )
    (wateringen,) = [line for line in lines if "[Wateringen]" in line]
    assert wateringen.count("| 0.0 (0.0 to ") == 2
    (leersum,) = [line for line in lines if "[Leersum]" in line]
    assert leersum.count("| 80.0 (") == 2

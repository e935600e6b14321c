"""The file of a sweep: what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped] # ships no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.scenario.factors import Factor, Span, grade_of, span_of
from simulation.scenario.registry import REGISTRY
from simulation.scenario.schema import sweep_schema
from simulation.scenario.sweeps import load_design, parse_design
from simulation.scenario.yamlfile import read_yaml
from simulation.units import parse_clock, parse_duration

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HEAD = """\
scenario: zoomwijck-fase-2
method: factorial
factors:
"""
WHOLE = """\
title: Hoeveel spelers?
scenario: zoomwijck-fase-2
replications: 5
method: sobol
points: 64
seed: 9
factors:
  - {field: structure.id, levels: [separate-groups, zoomwijck]}
  - {field: parameters.p_watch, range: [0.05, 30 %], beyond_range: true}
  - {field: "games[0].start", range: ["19:30", "20:00"]}
  - {grade: B}
measures: [found, first_call_s]
"""


def test_a_whole_file_is_read() -> None:
    design = parse_design(WHOLE, "my.yaml")
    grade_b = [known for known in REGISTRY.values() if known.grade == "B"]
    assert (design.title, design.base.name, design.name) == ("Hoeveel spelers?", "zoomwijck-fase-2", "my.yaml")
    assert (design.method, design.points, design.seed, design.replications) == ("sobol", 64, 9, 5)
    assert design.measures == ("found", "first_call_s")
    assert list(design.seeds) == [5, 6, 7, 8, 9]  # the scenario has seed: 5
    assert [factor.field for factor in design.factors[:3]] == ["structure.id", "parameters.p_watch", "games[0].start"]
    assert [factor.levels for factor in design.factors[:2]] == [("separate-groups", "zoomwijck"), ()]
    assert design.factors[1].span == Span(0.05, 0.3)
    assert design.factors[2].ends == ("19:30", "20:00")
    assert [factor.parameter for factor in design.factors[3:]] == grade_b
    assert [factor.ends for factor in design.factors[3:]] == [(known.low, known.high) for known in grade_b]


def test_what_may_be_left_out() -> None:
    design = parse_design(HEAD + "  - {field: players.count, levels: [20]}")
    assert (design.title, design.points, design.seed, design.replications, design.measures) == ("", 0, 1, 20, ())


def test_a_scenario_file_is_seen_from_the_folder_of_the_design(
    tmp_path: Path, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "my.yaml").write_text(small + "map: my.map\n", encoding="utf-8")
    design_text = HEAD.replace("zoomwijck-fase-2", "my.yaml") + "  - {field: language, levels: [nl, en]}\n"
    (tmp_path / "inside" / "sweep.yaml").write_text(design_text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    design = load_design("inside/sweep.yaml")
    assert design.base.scenario.title == "Small"
    assert design.base.map_path is not None
    assert design.base.map_path.as_posix() == "inside/my.map"


def test_a_factor_of_its_own_is_left_out_of_its_grade() -> None:
    name = next(known.name for known in REGISTRY.values() if known.grade == "D")
    text = HEAD.replace("factorial", "one-at-a-time")
    design = parse_design(
        text + f"  - {{grade: D, except: [p_mute]}}\n  - {{field: parameters.{name}, levels: [{REGISTRY[name].low}]}}"
    )
    fields = [factor.field for factor in design.factors]
    assert fields[-1] == f"parameters.{name}"
    assert fields.count(f"parameters.{name}") == 1
    assert "parameters.p_mute" not in fields
    assert len(fields) == sum(known.grade == "D" for known in REGISTRY.values()) - 1


@given(st.floats(0, 1, exclude_max=True))
def test_a_share_of_a_range_lies_in_it(share: float) -> None:
    assert span_of("parameters.p_watch", 0.05, 0.25, beyond_range=False).at(share) == 0.05 + share * (0.25 - 0.05)
    assert 300 <= parse_duration(str(span_of("games[0].hints[0].at", "5 min", "20 min", beyond_range=False).at(share))) <= 1200
    assert 72_000 <= parse_clock(str(span_of("games[0].end", "20:00", "21:00", beyond_range=False).at(share))) <= 75_600


def test_each_whole_number_has_an_equal_part_of_a_range() -> None:
    for field in ("players.count", "parameters.lines"):
        span = span_of(field, 2, 5, beyond_range=False)
        assert [span.at(part / 8) for part in range(8)] == [2, 2, 3, 3, 4, 4, 5, 5]
        assert span.at(1 - 2**-53) == 5
        assert [type(end) for end in span.ends] == [int, int]


def test_each_level_has_an_equal_part() -> None:
    factor = Factor("structure.id", ("factors", 0), ("none", "zoomwijck", "single-group"))
    assert [factor.at(part / 6) for part in range(6)] == [
        "none",
        "none",
        "zoomwijck",
        "zoomwijck",
        "single-group",
        "single-group",
    ]
    assert factor.at(1 - 2**-53) == "single-group"


def test_a_value_beyond_the_plausible_range_says_that_it_is_meant() -> None:
    low, high = REGISTRY["p_watch"].low, REGISTRY["p_watch"].high
    beyond = Factor(
        "parameters.p_watch", ("factors", 0), (low, high, 1, "30 %", {"value": 0.9, "beyond_range": True}), beyond_range=True
    )
    assert beyond.ends == (
        low,
        high,
        {"value": 1, "beyond_range": True},
        {"value": "30 %", "beyond_range": True},
        {"value": 0.9, "beyond_range": True},
    )


def test_the_grade_of_a_field_is_that_of_its_number() -> None:
    assert grade_of("parameters.p_watch") == REGISTRY["p_watch"].grade
    assert grade_of("players.count") == ""
    assert grade_of("p_watch") == ""


def test_the_schema_accepts_what_is_read_and_refuses_what_is_not() -> None:
    validator = jsonschema.Draft202012Validator(sweep_schema())
    assert list(validator.iter_errors(read_yaml(WHOLE, "my.yaml")[0])) == []
    for wrong in ("method: all", "points: 0", "factors: []", "seeds: 3", "measures: found", "factors: [{grade: E}]"):
        data = {**read_yaml(WHOLE, "my.yaml")[0], **read_yaml(wrong, "my.yaml")[0]}
        assert list(validator.iter_errors(data)), wrong


def test_every_key_of_the_schema_helps_an_editor() -> None:
    schema = sweep_schema()
    for part in (schema, schema["$defs"]["FactorEntry"]):
        assert all("description" in value for value in part["properties"].values())

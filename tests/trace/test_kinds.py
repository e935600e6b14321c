"""The table of kinds, the schema and the handbook page agree, and the hand-written evening follows them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from simulation.trace.canonical import canonical
from simulation.trace.kinds import HEADER, KINDS, data_shape
from simulation.trace.schema import trace_page, trace_schema
from simulation.trace.shapes import faults
from tests.fixtures.by_hand import evening

ROOT = Path(__file__).parents[2]
SAMPLES = (
    "",
    "text",
    "x" * 20_001,
    "\ud800",
    0,
    1,
    -1,
    2.5,
    True,
    None,
    [],
    [1],
    [1.5],
    [True],
    ["a"],
    {},
    {"a": "b"},
    {"a": 1},
)


def test_the_page_is_the_one_that_the_table_makes() -> None:
    assert (ROOT / "docs" / "trace.md").read_text(encoding="utf-8") == trace_page()


def test_everything_is_explained() -> None:
    fields = [*HEADER, *(field for kind in KINDS.values() for field in kind.fields)]
    assert all(field.meaning for field in fields)
    assert all(field.unit for field in fields if field.name.endswith(("_s", "_m", "_rad")))
    assert all(kind.meaning.endswith((".", "?")) for kind in KINDS.values())


def test_the_schema_accepts_every_line_of_the_evening() -> None:
    schema = jsonschema.Draft202012Validator(trace_schema())
    lines = [evening().header, *(record._asdict() for record in evening().records)]
    assert [list(schema.iter_errors(json.loads(canonical(line)))) for line in lines] == [[] for _ in lines]


def test_the_schema_itself_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(trace_schema())
    kinds = {option["properties"]["kind"]["const"] for option in trace_schema()["anyOf"][1:]}
    assert kinds == KINDS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_our_checker_judges_as_json_schema_does(name: str) -> None:
    shape = data_shape(KINDS[name])
    judge = jsonschema.Draft202012Validator(shape)
    good = next((dict(record.data) for record in evening().records if record.kind == name), None)
    if good is None:
        assert list(faults({}, shape)) or not KINDS[name].fields
        return
    assert not list(faults(good, shape))
    for field in KINDS[name].fields:
        for sample in SAMPLES:
            bad = good | {field.name: sample}
            ours = not list(faults(bad, shape))
            assert ours == judge.is_valid(bad) or sample == "\ud800", (field.name, sample)
        assert list(faults({key: value for key, value in good.items() if key != field.name}, shape))
    assert list(faults(good | {"more": 1}, shape))

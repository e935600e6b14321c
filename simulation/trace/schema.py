"""JSON Schema and handbook page of the trace format, both derived from `simulation.trace.kinds`.

`python -m simulation.trace.schema docs/trace.md` writes the page again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.trace.kinds import FORMAT, HEADER, KINDS, data_shape
from simulation.trace.shapes import KEY, fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.trace.fields import Field, Kind

INTRODUCTION = """\
# The trace

<!-- Written by `python -m simulation.trace.schema docs/trace.md`; change `simulation/trace/kinds.py` instead. -->

Everything that happens in an evening, simulated or real, is one list of records. `trace.jsonl` holds it: line 1 is the header,
every further line one record, each a JSON object in UTF-8 without needless spaces, its fields in alphabetical order.
Records stand in the order in which they were made; a cause stands before what it caused.

A record has `id` (`kind:who:n`, the n-th of its kind by this actor, from 1), `kind`, `who`, `time_us` (whole microseconds from
the start of play), `causes` and `data`. A cause is the id of an earlier record, `id@person` for "this person read that
message", `fact:path` for a fact of the scenario, or `draw:purpose:who:n` for a draw.

Lengths are metres, times in `data` seconds from the start of play, positions map coordinates in the system that the
header names.
"""


def trace_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of one line of a trace file."""
    header = fields(**{field.name: field.shape for field in HEADER})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"One line of a Boef in de Wijk trace, format {FORMAT}",
        "anyOf": [header, *(_record_schema(kind) for kind in KINDS.values())],
    }


def _record_schema(kind: Kind) -> Mapping[str, Any]:
    """Give the schema of a record of one kind."""
    return fields(
        id={"type": "string", "pattern": f"^{kind.name}:.+:[1-9][0-9]*$"},
        kind={"const": kind.name},
        who=KEY,
        time_us={"type": "integer"},
        causes={"type": "array", "items": KEY, "minItems": 1},
        data=data_shape(kind),
    )


def trace_page() -> str:
    """Give the handbook page of the trace format in Markdown."""
    lines = [INTRODUCTION, "## Header", "", *_table(HEADER)]
    for kind in KINDS.values():
        lines += ["", f"## {kind.name}", "", f"{kind.meaning} By: {kind.who}.", ""]
        lines += _table(kind.fields) if kind.fields else ["No fields."]
    return "\n".join(lines) + "\n"


def _table(rows: tuple[Field, ...]) -> Iterator[str]:
    """Give a Markdown table of fields."""
    yield "| Field | Form | Meaning | Unit |"
    yield "|---|---|---|---|"
    for row in rows:
        yield f"| `{row.name}` | {_form(row.shape)} | {row.meaning} | {row.unit} |"


def _form(shape: Mapping[str, Any]) -> str:
    """Describe a shape in a few words."""
    if "anyOf" in shape:
        return " or ".join(_form(option) for option in shape["anyOf"])
    if "enum" in shape:
        return ", ".join(f"`{word}`" for word in shape["enum"])
    if shape["type"] == "array":
        return f"list of {_form(shape['items'])}"
    if shape["type"] == "object":
        parts = ", ".join(f"`{name}`" for name in shape.get("properties", ()))
        return f"{{{parts}}}" if parts else "texts by name"
    names = {"string": "text", "integer": "whole number", "boolean": "true or false", "number": "number", "null": "null"}
    return "0 or 1" if shape.get("maximum") == 1 else names[shape["type"]]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(trace_page(), encoding="utf-8")

"""The pages of the documentation that follow from the model and the registry, and the shipped JSON Schemas.

`python -m simulation.scenario.reference`, from the root of a checkout, writes all of them; a test checks that they are up to
date.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.scenario.description import filled
from simulation.scenario.english import texts
from simulation.scenario.fields import CLOCK_PATTERN, DURATION_PATTERN
from simulation.scenario.listing import shipped_scenarios
from simulation.scenario.model import Scenario
from simulation.scenario.outline import keys_of, parts_in
from simulation.scenario.registry import GRADES, REGISTRY
from simulation.scenario.registry.platform import RULES
from simulation.scenario.schema import scenario_schema, schema_path, schema_text, sweep_schema, sweep_schema_path
from simulation.scenario.shipped import DEFAULT_SCENARIO, shipped_path
from simulation.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

    from simulation.scenario.fields import Part
    from simulation.scenario.listing import ShippedScenario

_PARAMETERS_TOP = """# The numbers of the model

Every number of the model with its meaning, unit, plausible range, source and grade. [model.md](model.md) says
what it does. This page is written by `python -m simulation.scenario.reference` from `simulation/scenario/registry/`; change
the number there.

A scenario sets a number differently by name. Outside the plausible range it has to say that it means it:

```yaml
parameters:
  p_watch: 0.1
  call_dial_s: 20 s
  p_mute: {value: 0.9, beyond_range: true}
```

A plain number is in the unit of the table; text may carry a unit (`60 s`, `2 min`, `200 m`, `5 km/h`, `25 %`). The units
`log s` and `log per hour` are the standard deviation of the natural logarithm of a time in seconds and of a number per hour.

Grades say how firm the default is:

"""

_PLATFORM_TOP = """
## Numbers that follow the date

The messaging platform (WhatsApp) changed its rules. Where a scenario does not set one of these numbers, nor `cap` under
`structure`, its value on the date of the evening is:

| Name | From | Value | Source |
|---|---|---|---|
"""

_SCENARIO_TOP = """# The scenario file

A scenario says what an organiser decides about an evening. It is one YAML file; `boef new FILE` writes one with every key
explained, in Dutch or in English, and `boef check FILE` says what is wrong with it. This page is written by
`python -m simulation.scenario.reference` from the model in `simulation/scenario/`.

## How the file is read

- YAML 1.2: `19:30` and `no` are text. Indent with spaces. Anchors, aliases, merge keys and tags are refused, as are repeated
  and unknown keys, more than 32 levels of nesting and files over 1 MB.
- Times of day are written `19:30`, and lie between the start of the evening and `24:00`; dates `2026-09-16`.
- Durations and speeds carry their unit: `90 min`, `45 s`, `1 h 30 min`, `5 km/h`, `1.4 m/s`; `minuten`, `uur` and `km/u` are
  understood too. Decimals have a point.
- Everything that is wrong is reported at once, with line, column, the value and what is allowed.
- Games follow one another without overlap. A hint lies within its game, later than the hint above it, and tells only what
  some suspect's description holds.

An editor that knows JSON Schema completes keys and explains them: the first line of a new file names the schema of this
installation by a `file://` address, which needs no network (in VS Code: the extension "YAML" by Red Hat).

[scenarios.md](scenarios.md) lists the scenarios that come along.

"""

_LIBRARY_TOP = """# The scenarios that come along

`boef scenarios` lists them and `boef scenarios NAME` tells of one, in Dutch; `boef run NAME` plays one on its own map, and
`boef run NAME --map FILE` on another: they name no street and no coordinate. `boef new FILE --from NAME` makes a copy to
change.

Each tells what the documents say and what is invented. An evening that is played here tells what can happen under the
assumptions of the model; it does not repeat what happened there. The seeds were chosen so that the steps of an evening can be
followed; `--seed N` draws another one. This page is written by `python -m simulation.scenario.reference` from `scenarios/`.
"""

_HEADINGS = {
    "exercise": "Evenings to hold",
    "case": "Evenings that were held, after the documents",
    "structure": "Alert structures to try and to compare",
}


def parameters_page() -> str:
    """Write the table of the registry as Markdown."""
    grades = "".join(f"- **{grade}**: {meaning}\n" for grade, meaning in GRADES.items())
    rows = [
        f"| `{known.name}` | {known.meaning} | {known.default:g} | {known.low:g} - {known.high:g} | {known.unit} "
        f"| {known.grade} | {known.source} |"
        for known in REGISTRY.values()
    ]
    head = "| Name | Meaning | Default | Range | Unit | Grade | Source |\n|---|---|---|---|---|---|---|\n"
    return f"{_PARAMETERS_TOP}{grades}\n{head}" + "\n".join(rows) + f"\n{_PLATFORM_TOP}" + "\n".join(_platform_rows()) + "\n"


def _platform_rows() -> Iterator[str]:
    for rule in RULES:
        since = "the first groups" if rule.since == dt.date.min else rule.since.isoformat()
        yield f"| `{rule.name}` | {since} | {rule.value:g} | {rule.source} |"


def scenario_page() -> str:
    """Write the reference of the scenario file as Markdown."""
    example = shipped_path(DEFAULT_SCENARIO).read_text(encoding="utf-8").split("\n", 1)[1]
    sections = [_section(part, path) for part, path in _parts(Scenario, "")]
    return f"{_SCENARIO_TOP}## Example\n\n```yaml\n{example}```\n\n## Keys\n\n" + "\n".join(sections)


def library_page() -> str:
    """Write what there is to tell of the scenarios that come along as Markdown."""
    shipped, sections = shipped_scenarios(), [_LIBRARY_TOP]
    for category, heading in _HEADINGS.items():
        sections.append(f"\n## {heading}\n")
        sections += [_library_entry(one) for one in shipped if one.category == category]
    return "".join(sections)


def _library_entry(shipped: ShippedScenario) -> str:
    """Write one scenario."""
    scenario, told = shipped.scenario, texts()
    goals = ", ".join(f"`{goal.condition}`" + (f" ({told[goal.game]})" if goal.game else "") for goal in scenario.all_goals)
    facts = (
        f"Structure `{scenario.structure.id}`, outlet `{scenario.outlet}`, map `{shipped.map}`, {scenario.date.isoformat()}."
    )
    parts = [
        f"\n### `{shipped.name}`: {told[scenario.title]}\n",
        f"{told[scenario.purpose]} {facts}",
        f"*The documents*: {told[scenario.happened]}" if scenario.happened else "",
        f"*Source*: {told[scenario.source]}",
        f"*Goals*: {goals}" if goals else "",
    ]
    return "\n".join(f"{part}\n" for part in parts if part).replace("\n\n\n", "\n\n")


def write_references(docs: Path) -> None:
    """Write the pages and the numbers of the model description into the folder `docs`, and the schemas into their place."""
    (docs / "parameters.md").write_text(parameters_page(), encoding="utf-8")
    (docs / "scenarios.md").write_text(library_page(), encoding="utf-8")
    (docs / "scenario.md").write_text(scenario_page(), encoding="utf-8")
    schema_path().write_text(schema_text(), encoding="utf-8")
    sweep_schema_path().write_text(schema_text(sweep_schema()), encoding="utf-8")
    description = docs / "model.md"
    description.write_text(filled(description.read_text(encoding="utf-8")), encoding="utf-8")


def _parts(part: type[Part], path: str) -> list[tuple[type[Part], str]]:
    """Give every part of a scenario once, with the path at which it first occurs."""
    found = {part: path}
    for key, field in keys_of(part).items():
        for inner, listed in parts_in(field.annotation):
            for deeper, where in _parts(inner, f"{path}.{key}".removeprefix(".") + ("[]" if listed else "")):
                found.setdefault(deeper, where)
    return list(found.items())


def _section(part: type[Part], path: str) -> str:
    """Write one part: what it is, and its keys."""
    title = f"### `{path}`" if path else "### The whole file"
    meaning = (part.__doc__ or "").strip()
    if not part.model_fields:
        return f"{title} is `wander`\n\n{meaning}\n"
    rows = [_row(key, field, _properties(part)[key]) for key, field in keys_of(part).items()]
    return f"{title}\n\n{meaning}\n\n| Key | Default | Values | Meaning |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"


def _row(key: str, field: FieldInfo, schema: Mapping[str, Any]) -> str:
    """Write one key."""
    default = "required" if field.is_required() else _default(field.get_default(call_default_factory=True), schema)
    return f"| `{key}` | {default} | {_values(schema)} | {_cell(field.description)} |"


def _properties(part: type[Part]) -> Mapping[str, Any]:
    """Give what the JSON Schema says about the keys of a part."""
    schema = scenario_schema()
    holder = schema if part is Scenario else schema["$defs"][part.__name__]
    properties: Mapping[str, Any] = holder["properties"]
    return properties


def _default(value: object, schema: Mapping[str, Any]) -> str:
    """Show a default that says something, and a dash for one that is empty or follows from something else."""
    if schema.get("pattern") == DURATION_PATTERN:
        return f"`{format_duration(float(str(value)))}`"
    if schema.get("pattern") == CLOCK_PATTERN or value == "":
        return "-"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if isinstance(value, str) else f"`{value:g}`" if isinstance(value, int | float) else "-"


def _cell(text: str | None) -> str:
    """Write a text so that it stays in its cell of a table."""
    return (text or "").replace("|", "\\|")


def _values(schema: Mapping[str, Any]) -> str:
    """Say in a few words which values a key takes."""
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            return _values(choice)
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    if "pattern" in schema:
        return f"as `{schema['examples'][0]}`"
    kinds = {"string": "text", "boolean": "`true`, `false`", "array": "list", "object": "keys", "integer": "whole number"}
    kind = schema.get("type", "object")
    return kinds.get(kind, "number") if isinstance(kind, str) else "text or whole number"


if __name__ == "__main__":
    write_references(Path("docs"))

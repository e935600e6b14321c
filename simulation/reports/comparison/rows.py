"""The rows of the page of a comparison: measures under each structure, evenings to look at, what the model assumes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation.language.catalogue import text
from simulation.language.forms import number, sentence
from simulation.measures import MEASURES, UNITS
from simulation.reports.comparison.words import (
    MAIN,
    ComparedWords,
    bounds_words,
    line_words,
    short_name,
    structure_name,
    value_words,
)
from simulation.scenario.registry import REGISTRY
from simulation.scenario.registry.words import meaning_in, unit_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.experiments.comparison import Comparison, Line
    from simulation.experiments.estimates import Estimate
    from simulation.experiments.examples import Example

    Row = dict[str, Any]

BESIDE = ("found", "reach_share")
"""Measures that stand beside the picture of a structure."""


def beside(comparison: Comparison, condition: int, language: str) -> list[Row]:
    """Give the foremost measures under a structure as documented."""
    lines = [comparison.line(measure, condition) for measure in BESIDE]
    return [_row(comparison, line, language) for line in lines if not math.isnan(line.estimate.value)]


def measure_groups(comparison: Comparison, effort: str, language: str, *, main: bool) -> list[Row]:
    """Give the main measures, or all others, of a table by measure; those that have a value under any structure."""
    groups = []
    for measure in MEASURES:
        lines = [line for line in comparison.lines[effort] if line.measure == measure.key]
        if (measure.key in MAIN) == main and not all(math.isnan(line.estimate.value) for line in lines):
            rows = [_row(comparison, line, language) for line in lines]
            label, moment = measure.label(language), UNITS[measure.key] == "moment"
            name = text(language, "compare.within", label=label) if moment else label
            groups.append({"key": measure.key, "name": name, "meaning": measure.meaning(language), "rows": rows})
    return groups


def _row(comparison: Comparison, line: Line, language: str) -> Row:
    """Write a line of a table."""
    measure = line.measure
    return {
        "label": next(one for one in MEASURES if one.key == measure).label(language),
        "structure": short_name(comparison, line.condition, language),
        "value": value_words(measure, line.estimate.value, language),
        "interval": _interval(line.estimate, measure, language),
        "came": value_words("found", line.came.value, language) if line.came else "",
        "difference": line_words(line, language),
        "sure": line.sure,
        "first": line.difference is None,
        "evenings": number(language, line.estimate.count),
    }


def _interval(estimate: Estimate, measure: str, language: str) -> str:
    """Write the interval of an estimate; one that is too short for values as skewed as these is marked."""
    if math.isnan(estimate.low):
        return "–"
    return bounds_words(measure, estimate.low, estimate.high, language) + ("" if estimate.sound else " †")


def example_groups(comparison: Comparison, pages: Mapping[Example, str], language: str) -> list[Row]:
    """Give the evenings to look at, by structure."""
    groups: dict[int, Row] = {}
    for example, address in pages.items():
        name = sentence(structure_name(comparison, example.condition, language))
        group = groups.setdefault(example.condition, {"name": name, "rows": []})
        group["rows"].append(_example(comparison, example, language) | {"address": address})
    return list(groups.values())


def example_words(comparison: Comparison, example: Example, language: str) -> str:
    """Tell which evening of a comparison somebody looks at."""
    kind = text(language, f"comparison.example.{example.kind}")
    name = structure_name(comparison, example.condition, language)
    return text(language, "comparison.evening_of", kind=kind, structure=name, seed=example.seed)


def _example(comparison: Comparison, example: Example, language: str) -> Row:
    world = comparison.seeds.index(example.seed)
    found, reach = (comparison.values(measure, example.condition)[world].item() for measure in ("found_at_s", "reach_share"))
    return {
        "kind": text(language, f"comparison.example.{example.kind}"),
        "seed": example.seed,
        "found": text(language, "comparison.never") if math.isinf(found) else value_words("found_at_s", found, language),
        "reach": value_words("reach_share", reach, language),
    }


def assumption_rows(comparison: Comparison, language: str) -> Iterator[Row]:
    """Give the assumptions on which differences between the structures hang most, with their plausible ranges."""
    scenario = comparison.design.conditions[0].scenario
    for names in ComparedWords(comparison, language).assumptions().values():
        for name in names:
            known = REGISTRY[name]
            value, low, high = (_short(bound, language) for bound in (scenario.in_force(name), known.low, known.high))
            span = text(language, "comparison.range", low=low, high=high)
            yield {
                "name": name,
                "meaning": meaning_in(language, known.name, known.meaning),
                "value": value,
                "span": span,
                "unit": unit_in(language, known.unit),
                "grade": known.grade,
            }


def _short(value: float, language: str) -> str:
    """Write a number with as many decimals as it has, up to six."""
    return number(language, value, len(f"{value:.6f}".rstrip("0").partition(".")[2]))

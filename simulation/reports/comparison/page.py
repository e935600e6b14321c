"""The page of a comparison: one file that opens from disk, loads nothing, and runs our own script alone. Loads matplotlib."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from simulation import __version__
from simulation.experiments.reached import WORLDS
from simulation.experiments.structures import DOCUMENTED, EFFORT
from simulation.language.catalogue import text
from simulation.language.forms import number, sentence
from simulation.reports.comparison.charts import course_charts, difference_charts
from simulation.reports.comparison.courses import courses
from simulation.reports.comparison.pictures import drawing
from simulation.reports.comparison.rows import assumption_rows, beside, example_groups, measure_groups
from simulation.reports.comparison.words import MAIN, ComparedWords, condition_words, short_name, structure_name
from simulation.reports.document import credit, page_html
from simulation.reports.scripts import script_of
from simulation.scenario.registry import REGISTRY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulation.experiments.comparison import Comparison
    from simulation.experiments.examples import Example
    from simulation.experiments.times import Curve
    from simulation.maps.streetmap import StreetMap

    Row = dict[str, Any]

FILES = ("results.csv", "summary.json", "manifest.json", "design.json")
"""Files of the folder that the page leads to."""


def comparison_html(
    comparison: Comparison,
    street_map: StreetMap,
    reached: Mapping[int, Curve],
    pages: Mapping[Example, str],
    language: str,
) -> str:
    """Make the page of a comparison.

    Parameters
    ----------
    comparison
        The evenings.
    street_map
        The map they were played on.
    reached
        The share of the residents reached by when, under each structure.
    pages
        The evenings to look at, and where from this page the page of each is.
    language
        `nl` or `en`.

    Returns
    -------
    HTML in UTF-8. The same for the same arguments.
    """
    words, seeds = ComparedWords(comparison, language, plain=True), comparison.seeds
    scenario = comparison.design.conditions[0].scenario
    fields = {
        "version": __version__,
        "credit": credit(street_map, language),
        "scenario": scenario,
        "map_title": str(street_map.about["title"]),
        "synthetic": bool(street_map.about.get("synthetic")),
        "seeds": {"first": seeds[0], "last": seeds[-1], "count": number(language, len(seeds))},
        "answers": [words.answer("found"), words.answer("reach_share", briefly=True)],
        "failures": list(words.failures()),
        "sides": list(_sides(comparison, street_map, language)),
        "courses": list(_courses(comparison, reached, language)),
        "differences": list(difference_charts(comparison, MAIN, language)),
        "examples": example_groups(comparison, pages, language),
        "tables": list(_tables(comparison, language)),
        "first": short_name(comparison, comparison.documented[0], language),
        "tests": number(language, max(_tests(comparison, effort) for effort in comparison.efforts)),
        "assumptions": list(assumption_rows(comparison, language)),
        "grades": _grades(language),
        "provenance": _provenance(comparison, language),
        "files": FILES,
    }
    return page_html("comparison.html.j2", language, fields, script_of("comparison"))


def _sides(comparison: Comparison, street_map: StreetMap, language: str) -> Iterator[Row]:
    """Give each structure as documented, with its picture and its foremost measures."""
    for condition in comparison.documented:
        yield {
            "name": sentence(short_name(comparison, condition, language)),
            "long": sentence(structure_name(comparison, condition, language)),
            "drawing": drawing(comparison.design.conditions[condition].scenario, street_map, language),
            "rows": beside(comparison, condition, language),
        }


def _courses(comparison: Comparison, reached: Mapping[int, Curve], language: str) -> Iterator[Row]:
    """Give each course with its charts and its table."""
    for course in courses(comparison, reached):
        yield {
            "key": course.measure,
            "counted": course.counted,
            "worlds": WORLDS,
            "charts": list(course_charts(comparison, course, language)),
            "columns": [short_name(comparison, condition, language) for condition in course.curves],
            "rows": course.rows(language),
        }


def _tables(comparison: Comparison, language: str) -> Iterator[Row]:
    """Give the table of each effort: the main measures, and all others."""
    people = round(comparison.design.conditions[0].scenario.parameters[EFFORT[0]])
    for effort in comparison.efforts:
        documented = effort == DOCUMENTED
        key = "compare.documented" if documented else "compare.equal"
        yield {
            "key": "documented" if documented else "equal",
            "name": text(language, key, people=people),
            "main": measure_groups(comparison, effort, language, main=True),
            "others": measure_groups(comparison, effort, language, main=False),
        }


def _tests(comparison: Comparison, effort: str) -> int:
    """Count the comparisons of a table over which Holm's correction goes."""
    return sum(not math.isnan(line.p) for line in comparison.lines[effort])


def _grades(language: str) -> dict[str, str]:
    """Count the numbers of the model, and those that are assumptions."""
    assumed = sum(known.grade == "D" for known in REGISTRY.values())
    return {"assumed": number(language, assumed), "all": number(language, len(REGISTRY))}


def _provenance(comparison: Comparison, language: str) -> Row:
    """Give what made the evenings, and what they were played with."""
    design, failed = comparison.design, comparison.failures
    played = len(design.conditions) * len(comparison.seeds)
    conditions = [
        {
            "file": f"conditions/{place + 1:04d}.yaml",
            "name": condition_words(comparison, place, language),
            "failed": len(failed.get(place, ())),
        }
        for place in range(len(design.conditions))
    ]
    return {"digest": design.digest(), "map": design.map, "played": number(language, played), "conditions": conditions}

"""The charts of a comparison as files for documents, and the pictures of its structures. Loads matplotlib."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulation.experiments.reached import WORLDS
from simulation.experiments.structures import DOCUMENTED
from simulation.language.catalogue import text
from simulation.language.forms import sentence
from simulation.reports.charts import write_chart, write_words
from simulation.reports.comparison.charts import course_charts, difference_charts
from simulation.reports.comparison.courses import courses
from simulation.reports.comparison.pictures import drawing
from simulation.reports.comparison.rows import measure_groups
from simulation.reports.comparison.words import short_name, structure_name, structure_of
from simulation.reports.document import credit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from simulation.experiments.comparison import Comparison
    from simulation.experiments.times import Curve
    from simulation.maps.streetmap import StreetMap
    from simulation.reports.comparison.courses import Course


def write_figures(
    comparison: Comparison, street_map: StreetMap, reached: Mapping[int, Curve], language: str, folder: Path
) -> None:
    """Write `NAME.svg`, `NAME.png` and `NAME.txt` of every chart of a comparison, and `NAME.svg` and `NAME.txt` of structures.

    Parameters
    ----------
    comparison, street_map, reached, language
        As in `simulation.reports.comparison.page.comparison_html`.
    folder
        An empty folder.
    """
    _write_structures(comparison, street_map, language, folder)
    for course in courses(comparison, reached):
        meaning = text(language, f"comparison.course.{course.measure}.meaning", worlds=WORLDS)
        table = "\n".join(_course_lines(comparison, course, language))
        for chart in course_charts(comparison, course, language):
            write_chart(chart, [meaning, table], folder)
    first = short_name(comparison, comparison.documented[0], language)
    meaning = text(language, "comparison.differences_intro", first=first)
    for group in measure_groups(comparison, DOCUMENTED, language, main=True):
        table = "\n".join(_measure_lines(comparison, group, language))
        for chart in difference_charts(comparison, [group["key"]], language):
            title = text(language, "comparison.difference_title", label=chart.title, first=first)
            write_chart(replace(chart, title=title), [meaning, table], folder)


def _write_structures(comparison: Comparison, street_map: StreetMap, language: str, folder: Path) -> None:
    """Write the picture of each structure as documented, and in words who it hangs on and whose map it is drawn on."""
    source = text(language, "page.attribution", attribution=credit(street_map, language))
    for condition in comparison.documented:
        drawn = drawing(comparison.design.conditions[condition].scenario, street_map, language)
        if drawn is None:
            continue
        name = f"structure-{structure_of(comparison, condition)}"
        (folder / f"{name}.svg").write_text(drawn.large, encoding="utf-8")
        title = sentence(structure_name(comparison, condition, language))
        write_words(folder / f"{name}.txt", (title, drawn.alt, "\n".join(drawn.words), f"{source}."))


def _course_lines(comparison: Comparison, course: Course, language: str) -> Iterator[str]:
    """Give the table of a course: a line for each place, with every structure in it."""
    what = text(language, f"comparison.share_of.{course.counted}")
    axis = text(language, f"comparison.course.{course.measure}.axis")
    yield f"{sentence(axis)}: {text(language, 'comparison.with_interval', what=what)}"
    names = [short_name(comparison, condition, language) for condition in course.curves]
    for row in course.rows(language):
        cells = (f"{name} {cell['value']} ({cell['interval']})" for name, cell in zip(names, row["cells"], strict=True))
        yield f"{row['place']}: {'; '.join(cells)}"


def _measure_lines(comparison: Comparison, group: Mapping[str, Any], language: str) -> Iterator[str]:
    """Give the rows of a measure as they stand in the table of all measures: a line for each structure."""
    first = short_name(comparison, comparison.documented[0], language)
    differs = text(language, "comparison.difference", first=first)
    is_sure, evenings = text(language, "comparison.is_sure"), text(language, "comparison.evenings")
    yield f"{group['name']}: {group['meaning']}"
    for row in group["rows"]:
        told = [f"{row['value']} ({row['interval']})"]
        if row["came"]:
            told.append(text(language, "compare.came", share=row["came"]))
        if row["difference"]:
            sure = text(language, "comparison.sure_yes" if row["sure"] else "comparison.sure_no")
            told += [f"{differs}: {row['difference']}", f"{is_sure} {sure}"]
        told.append(f"{evenings}: {row['evenings']}")
        yield f"{row['structure']}: {'; '.join(told)}"
    if any("†" in row["interval"] for row in group["rows"]):
        yield text(language, "comparison.read.skewed")

"""The charts of a comparison: curves with bands, and differences with whiskers. Loads matplotlib."""

from __future__ import annotations

import math
from dataclasses import replace
from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.ticker import FuncFormatter, MaxNLocator

from simulation.experiments.structures import DOCUMENTED
from simulation.language.catalogue import text
from simulation.language.forms import number, percentage, sentence
from simulation.measures import UNITS
from simulation.reports.charts import LOOKS, Chart, in_style, new_figure
from simulation.reports.comparison.words import SCALES, label_words, line_words, short_name, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

    from simulation.experiments.comparison import Comparison, Line
    from simulation.reports.comparison.courses import Course

INK = "#1b1f24"
BAND = 0.4
"""How opaque the bands of a chart are together."""

MOST_DECIMALS = 6
"""Of a number at an axis."""

FINE = 240
"""Steps in which a curve is drawn, so that no number of evenings makes a picture large."""


WIDE_IN, PLOT_IN, KEY_IN = 7.0, 3.2, 0.24
"""Width of a chart of curves, height of its plot, and of a line of the key below it, inches."""
KEY_LETTERS = 75
"""Letters in a line of the key."""
ROW_LETTERS = 18
"""Letters in a line of the name of a row."""
NARROW_IN, FRAME_IN, ROW_IN, LINE_IN = 4.6, 0.75, 0.16, 0.18
"""Width of a chart of differences, height of what stands around its rows, of room between these, and of a line, inches."""


def plain(value: float, language: str) -> str:
    """Write a number at an axis, with as many decimals as it has."""
    value = round(value, MOST_DECIMALS) + 0.0
    decimals = next(some for some in range(MOST_DECIMALS + 1) if math.isclose(value, round(value, some), abs_tol=1e-9))
    return number(language, value, decimals).replace("-", "−")


def signed(value: float, language: str) -> str:
    """Write a difference at an axis, with its sign."""
    return f"+{plain(value, language)}" if value > 0.0 else plain(value, language)


def course_charts(comparison: Comparison, course: Course, language: str) -> Iterator[Chart]:
    """Draw the curves of all structures, no more in one chart than can be told apart; the first structure is in each.

    Parameters
    ----------
    comparison
        The evenings.
    course
        One of `courses(comparison)`.
    language
        `nl` or `en`.
    """
    first, *others = course.curves
    room = len(LOOKS) - 1
    for part, start in enumerate(range(0, max(len(others), 1), room), 1):
        chart = _course_chart(comparison, course, [first, *others[start : start + room]], language)
        yield replace(chart, name=f"{chart.name}-{part}") if part > 1 else chart


def _course_chart(comparison: Comparison, course: Course, conditions: Sequence[int], language: str) -> Chart:
    names = [short_name(comparison, condition, language) for condition in conditions]
    with in_style():
        told = [fill(name, KEY_LETTERS) for name in names]
        figure = new_figure(WIDE_IN, PLOT_IN + KEY_IN * sum(name.count("\n") + 1 for name in told))
        axes = figure.subplots()
        for place, condition in enumerate(conditions):
            _draw_course(axes, course, condition, (place, len(conditions)))
        _percent_axis(axes, course, language)
        scale = SCALES[course.unit]
        axes.set_xlim(0.0, course.rounds[-1] * scale)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: plain(value, language)))
        axes.set_xlabel(text(language, f"comparison.course.{course.measure}.axis"))
        axes.set_ylabel(text(language, f"comparison.share_of.{course.counted}"))
        figure.legend(axes.get_lines(), told, loc="outside lower left", frameon=False, handlelength=5.0)
    title = text(language, f"comparison.course.{course.measure}.title")
    return Chart(
        f"{course.measure}-curve", title, _course_alt(course, dict(zip(conditions, names, strict=True)), language), figure
    )


def _draw_course(axes: Axes, course: Course, condition: int, order: tuple[int, int]) -> None:
    """Draw one curve with its band; where several lie on the same spot each still shows, by its width and by its own marks."""
    place, count = order
    colour, dashes, mark = LOOKS[place]
    scale = SCALES[course.unit]
    places = np.union1d(np.linspace(0.0, course.rounds[-1], FINE + 1), course.rounds)
    share, low, high = (100.0 * column for column in course.at(condition, places))
    axes.fill_between(places * scale, low, high, step="post", color=colour, alpha=BAND / count, linewidth=0)
    marked = np.searchsorted(places, course.rounds[place :: min(count, len(course.rounds) - 1)]).tolist()
    look: dict[str, Any] = {"color": colour, "linestyle": dashes, "marker": mark, "linewidth": 3.2 - 0.35 * place}
    axes.plot(places * scale, share, drawstyle="steps-post", markevery=marked, **look)


def _percent_axis(axes: Axes, course: Course, language: str) -> None:
    """Show all evenings, and of the residents as many as were reached: they may be few."""
    if course.counted == "evenings":
        axes.set_ylim(0.0, 102.0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: percentage(language, value / 100.0)))
    else:
        axes.set_ylim(bottom=0.0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: value_words("found", value / 100.0, language)))


def _course_alt(course: Course, names: Mapping[int, str], language: str) -> str:
    """Tell the curves in words: where each stands half-way and at the end."""
    ends = course.rounds[[len(course.rounds) // 2, -1]]
    told = []
    for condition, name in names.items():
        half, end = (value_words("found", share, language) for share in course.at(condition, ends).share.tolist())
        told.append(text(language, "comparison.course_line", name=name, half=half, end=end))
    half, end = (course.place_words(place, language) for place in ends.tolist())
    title = text(language, f"comparison.course.{course.measure}.title")
    what = sentence(text(language, f"comparison.share_of.{course.counted}"))
    return text(language, "comparison.course_alt", title=title, what=what, lines="; ".join(told), half=half, end=end)


def difference_charts(comparison: Comparison, measures: Sequence[str], language: str) -> Iterator[Chart]:
    """Draw how each measure differs from the first structure in the same worlds, as documented: dots with whiskers.

    Parameters
    ----------
    comparison
        The evenings.
    measures
        Keys of the measures; one that differs nowhere, or of which nothing is known, has no chart.
    language
        `nl` or `en`.
    """
    for measure in measures:
        lines = [line for line in comparison.lines[DOCUMENTED] if line.measure == measure and line.difference]
        if any(_spread(line) for line in lines):
            yield _difference_chart(comparison, lines, language)


def _spread(line: Line) -> float:
    """Give how far a difference and its interval reach from nought; nought where nothing is known."""
    if line.difference is None or math.isnan(line.difference.value):
        return 0.0
    return max(abs(line.difference.value), abs(line.difference.low), abs(line.difference.high))


def _difference_chart(comparison: Comparison, lines: Sequence[Line], language: str) -> Chart:
    measure = lines[0].measure
    with in_style():
        names = [_row_name(comparison, line, language) for line in lines]
        row_in = ROW_IN + LINE_IN * max(name.count("\n") + 1 for name in names)
        figure = new_figure(NARROW_IN, FRAME_IN + row_in * len(lines))
        axes = figure.subplots()
        axes.axvline(0.0, color=INK, linewidth=1.2)
        for row, line in enumerate(lines):
            _draw_difference(axes, line, row)
        axes.set_ylim(len(lines) - 0.4, -0.6)
        axes.set_yticks(range(len(lines)), names)
        axes.grid(visible=False, axis="y")
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: signed(value, language)))
        axes.set_xlabel(text(language, f"comparison.unit.{UNITS[measure]}"))
    return Chart(f"difference-{measure}", label_words(measure, language), _difference_alt(comparison, lines, language), figure)


def _draw_difference(axes: Axes, line: Line, row: int) -> None:
    """Draw a difference with its interval: a filled dot where it is sure, an open one where it is not."""
    if line.difference is None or math.isnan(line.difference.value):
        return
    scale = SCALES.get(UNITS[line.measure], 1.0)
    colour = LOOKS[0][0]
    axes.plot([scale * line.difference.low, scale * line.difference.high], [row, row], color=colour)
    look: dict[str, Any] = {"markerfacecolor": colour if line.sure else "white", "markersize": 8, "markeredgewidth": 1.8}
    axes.plot([scale * line.difference.value], [row], "o", color=colour, **look)


def _row_name(comparison: Comparison, line: Line, language: str) -> str:
    """Name the structure of a row, in lines; what is sure has a star."""
    written = fill(short_name(comparison, line.condition, language), ROW_LETTERS)
    return f"{written} *" if line.sure else written


def _difference_alt(comparison: Comparison, lines: Sequence[Line], language: str) -> str:
    told = [
        f"{short_name(comparison, line.condition, language)} {differs}{' *' if line.sure else ''}"
        for line in lines
        if (differs := line_words(line, language))
    ]
    first = short_name(comparison, comparison.documented[0], language)
    label = label_words(lines[0].measure, language)
    return text(language, "comparison.difference_alt", label=label, first=first, lines="; ".join(told))

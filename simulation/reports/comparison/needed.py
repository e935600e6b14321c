"""How many evenings a difference between structures needs, in words."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from simulation.experiments.power import POWERS, needed, pilot
from simulation.language.catalogue import text
from simulation.language.forms import number
from simulation.measures import UNITS
from simulation.reports.comparison.words import WIDTH, difference_words, label_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.experiments.comparison import Comparison
    from simulation.experiments.power import Pilot

_SIZES = {
    "yes-no": (0.01, 0.02, 0.05, 0.1),
    "share": (0.01, 0.02, 0.05, 0.1),
    "moment": (60.0, 120.0, 300.0, 600.0),
    "s": (10.0, 30.0, 60.0, 120.0),
}
"""Differences, in the unit of the measure, for which numbers are given; of counts and means, see `_PARTS`."""

_PARTS = (0.05, 0.1, 0.2, 0.5)
"""Differences as parts of the mean of the first structure."""


def needed_lines(comparison: Comparison, measure: str, language: str) -> Iterator[str]:
    """Tell how many evenings find a difference in a measure, after what the evenings so far show of its spread.

    Parameters
    ----------
    comparison
        The evenings so far.
    measure
        Key of the measure.
    language
        `nl` or `en`.

    Yields
    ------
    Lines: for each other structure a small table of differences and evenings.
    """
    yield from wrap(text(language, "compare.power.title", label=label_words(measure, language)), WIDTH)
    first, *others = comparison.documented
    base = comparison.line(measure, first).estimate.value
    for condition in others:
        name = comparison.design.conditions[condition].name
        seen = pilot(*(comparison.comparable(measure, one) for one in (condition, first)))
        if seen.too_small:
            yield f"  {name}: {text(language, 'compare.power.small')}"
            continue
        sizes = _SIZES.get(UNITS[measure]) or tuple(part * base for part in _PARTS if base)
        rows = [(_size(measure, size, language), size) for size in sizes]
        size = abs(seen.difference.value)
        told = _size(measure, size, language)
        if not seen.may_be_nought:
            rows.append((text(language, "compare.power.seen", size=told), size))
        yield from _table(name, rows, seen, language)
        if seen.may_be_nought:
            yield f"    {text(language, 'compare.power.nought', size=told)}"


def _table(name: str, rows: list[tuple[str, float]], seen: Pilot, language: str) -> Iterator[str]:
    heads = [text(language, f"compare.power.{way}") for way in ("same", "own")]
    width = max(len(name), *(len(told) + 2 for told, _ in rows)) + 2
    yield f"  {name:{width}}{heads[0]:>24}{heads[1]:>28}"
    for told, size in rows:
        found = [needed(seen, size, power) for power in POWERS]
        counts = [_both([getattr(one, way) for one in found], language) for way in ("paired", "independent")]
        yield f"    {told:{width - 2}}{counts[0]:>24}{counts[1]:>28}"


def _both(counts: list[float], language: str) -> str:
    few, many = (number(language, count) for count in counts)
    return f"{few} ({many})"


def _size(measure: str, size: float, language: str) -> str:
    return difference_words(measure, size, language).lstrip("+")

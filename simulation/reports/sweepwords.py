"""A sweep in words: what decides, or what came of each point."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from simulation.experiments.estimates import mean_of
from simulation.experiments.sensitivity import swing_by_grade, variance_by_grade
from simulation.experiments.sweeping import plain_value
from simulation.language.catalogue import text
from simulation.language.forms import number
from simulation.reports.comparison.words import WIDTH, interval_words, label_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulation.experiments.estimates import Estimate
    from simulation.experiments.sweeping import Swept
    from simulation.experiments.tornado import Bar, End

MOST = 15
"""Most factors, or points, that the terminal shows of a measure."""
_D = "D"


def sweep_lines(swept: Swept, map_title: str, language: str) -> Iterator[str]:
    """Tell of a sweep.

    Parameters
    ----------
    swept
        The evenings.
    map_title
        What the map is called.
    language
        `nl` or `en`.

    Yields
    ------
    Lines: what was played, and for each measure by which factors are ranked what decides.
    """
    seeds = swept.outcomes.seeds
    asked = swept.sweep.design
    fields = {"evenings": number(language, len(seeds)), "points": number(language, len(swept.sweep.points))}
    title = asked.title or asked.base.scenario.title
    told = text(language, "sweep.setting", title=title, map_title=map_title, first=seeds[0], last=seeds[-1], **fields)
    yield from wrap(told, WIDTH)
    failed = [one for some in swept.outcomes.failures.values() for one in some]
    if failed:
        yield from wrap(text(language, "sweep.failed", count=len(failed), told=failed[0]), WIDTH)
    parts = {"one-at-a-time": _tornado, "sobol-indices": _indices}
    for measure in swept.measures:
        yield ""
        if math.isnan(mean_of(swept.grid(measure).ravel()).value):
            yield text(language, "sweep.nothing", label=label_words(measure, language))
        else:
            yield from parts.get(asked.method, _points)(swept, measure, language)


def _tornado(swept: Swept, measure: str, language: str) -> Iterator[str]:
    """Rank factors by their swing."""
    bars = swept.tornado(measure)
    base = value_words(measure, mean_of(swept.grid(measure)[0]).value, language)
    yield from wrap(text(language, "sweep.tornado", label=label_words(measure, language), base=base), WIDTH)
    moving = [bar for bar in bars if bar.swing]
    for bar in moving[:MOST]:
        yield f"  {_named(bar.field, bar.grade)}"
        yield from (f"    {_end(end, measure, language)}" for end in bar.ends)
    if len(moving) > MOST:
        yield f"  {text(language, 'sweep.more', count=len(moving) - MOST)}"
    ends = sum(len(bar.ends) for bar in bars)
    yield from wrap(text(language, "sweep.clear", ends=ends, unchanged=len(bars) - len(moving)), WIDTH)
    yield from wrap(_rests(bars, language), WIDTH)


def _end(end: End, measure: str, language: str) -> str:
    value = str(plain_value(end.value)) if isinstance(end.value, dict) else str(end.value)
    return f"{value:>12}  {interval_words(measure, end.difference, language)}{' *' if end.clear else ''}"


def _rests(bars: tuple[Bar, ...], language: str) -> str:
    """Tell how much of the swings rests on assumptions."""
    own = next((one for one in swing_by_grade(bars) if one.grade == _D), None)
    if own is None or math.isnan(own.share):
        return text(language, "sweep.unsure")
    return text(language, "sweep.grade", share=_share(own.share, language), factors=own.factors, clear=own.clear)


def _indices(swept: Swept, measure: str, language: str) -> Iterator[str]:
    """Rank factors by their Sobol indices."""
    found = swept.indices(measure)
    yield from wrap(text(language, "sweep.indices", label=label_words(measure, language)), WIDTH)
    shown = found.factors[:MOST]
    width = max(len(_named(one.field, one.grade)) for one in shown)
    heads = (text(language, f"sweep.{which}") for which in ("alone", "total"))
    yield f"  {'':{width}}{''.join(f'{head:>24}' for head in heads)}"
    for one in shown:
        told = "".join(f"{_index(index, language):>24}" for index in (one.first, one.total))
        yield f"  {_named(one.field, one.grade):{width}}{told}"
    for own in variance_by_grade(found):
        if own.grade == _D:
            shares = {"least": _share(own.least, language), "most": _share(own.most, language)}
            yield from wrap(text(language, "sweep.variance", **shares), WIDTH)
    yield from _chance(found.noise, language)


def _points(swept: Swept, measure: str, language: str) -> Iterator[str]:
    """Tell what came of each point."""
    yield text(language, "sweep.points", label=label_words(measure, language))
    for number_of, point in enumerate(swept.sweep.points[:MOST]):
        found = swept.outcomes.estimate(measure, number_of)
        low, high = (value_words(measure, value, language) for value in (found.low, found.high))
        at = ", ".join(f"{field}: {_short(value)}" for field, value in point)
        yield f"  {value_words(measure, found.value, language):>10}  ({low} – {high})  {at}"
    if len(swept.sweep.points) > MOST:
        yield f"  {text(language, 'sweep.more', count=len(swept.sweep.points) - MOST)}"
    yield from _chance(swept.noise(measure), language)


def _chance(noise: float, language: str) -> Iterator[str]:
    if not math.isnan(noise):
        yield from wrap(text(language, "sweep.noise", share=_share(noise, language)), WIDTH)


def _index(index: Estimate, language: str) -> str:
    value, low, high = (number(language, part, 2) for part in (index.value, index.low, index.high))
    return f"{value} ({low} – {high})"


def _named(field: str, grade: str) -> str:
    return f"{field.removeprefix('parameters.')}{f' ({grade})' if grade else ''}"


def _short(value: Any) -> str:  # noqa: ANN401 - whatever the field takes
    told = plain_value(value)
    return f"{told:.4g}" if isinstance(told, float) else told


def _share(share: float, language: str) -> str:
    return value_words("reach_share", share, language)

"""A comparison of structures in words: the answer in a sentence, and a table that fits a terminal."""

from __future__ import annotations

import math
from textwrap import wrap
from typing import TYPE_CHECKING

from simulation.experiments.structures import DOCUMENTED, EFFORT
from simulation.language.catalogue import has_text, text
from simulation.language.forms import number
from simulation.measures import MEASURES, UNITS
from simulation.reports.structures.words import listed
from simulation.scenario.registry import REGISTRY
from simulation.scoring.summary import structure_words
from simulation.structure_ids import PLUS, parts_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.experiments.comparison import Comparison, Line
    from simulation.experiments.estimates import Estimate
    from simulation.scenario.model import Structure

WIDTH = 100
"""Letters in a line."""

MAIN = (
    "found",
    "found_at_s",
    "first_call_s",
    "calls",
    "calls_duplicate",
    "reach_share",
    "reach_members_share",
    "reach_half_s",
    "messages_per_member_mean",
    "challenges_wrong",
    "bystander_emergency_calls",
)
"""Measures that the terminal shows."""

_LABELS = {measure.key: measure for measure in MEASURES}
_ASSUMPTIONS = {
    "passing": ("p_admin_forward", "p_steward_available", "judgement_shared"),
    "broadcast": ("p_report_enrolled", "p_press_share"),
    "people": ("p_watch", "p_report_member", "p_post_member"),
}
"""Numbers that much of a difference hangs on, where structures differ in that."""

SCALES = {"yes-no": 100.0, "share": 100.0, "moment": 1.0 / 60.0}
"""By units of measures: what a value is multiplied with for readers, who get percent and minutes."""

_FEW = 10.0
"""Numbers below this are told with two decimals."""


def compared_lines(comparison: Comparison, title: str, map_title: str, language: str) -> Iterator[str]:
    """Tell of a comparison.

    Parameters
    ----------
    comparison
        The evenings.
    title, map_title
        What the evening and the map are called.
    language
        `nl` or `en`.

    Yields
    ------
    Lines: what was played, the answer, and a table for each effort.
    """
    words = ComparedWords(comparison, language)
    seeds = comparison.seeds
    fields = {"evenings": number(language, len(seeds)), "first": seeds[0], "last": seeds[-1]}
    yield from wrap(text(language, "compare.setting", title=title, map_title=map_title, **fields), WIDTH)
    for told in words.failures():
        yield from wrap(told, WIDTH)
    yield ""
    yield from wrap(words.answer("found"), WIDTH)
    yield from wrap(words.answer("reach_share", briefly=True), WIDTH)
    for effort in comparison.efforts:
        yield ""
        yield from words.table(effort)


class ComparedWords:
    """Tells of one comparison in one language.

    Parameters
    ----------
    comparison
        The evenings.
    language
        `nl` or `en`.
    plain
        Whether for who types no commands: without the ids of structures and the names of numbers.
    """

    def __init__(self, comparison: Comparison, language: str, *, plain: bool = False) -> None:
        self._comparison, self._language, self._plain = comparison, language, plain

    def answer(self, measure: str, effort: str = DOCUMENTED, *, briefly: bool = False) -> str:
        """Give the answer in a sentence: what, how much, how sure, after how many evenings, resting on which assumptions.

        Parameters
        ----------
        measure
            Key of the measure that is asked for.
        effort
            In which table.
        briefly
            Whether the assumptions are left out, because they have been told.
        """
        lines = [line for line in self._comparison.lines[effort] if line.measure == measure]
        base, others = lines[0], [line for line in lines[1:] if line.difference and not math.isnan(line.difference.value)]
        if not others and not math.isnan(base.estimate.value):
            value = value_words(measure, base.estimate.value, self._language)
            return self._text("alone", label=label_words(measure, self._language), value=value, first=self._structure(base))
        if not others:
            return self._text("nothing", label=label_words(measure, self._language))
        largest = max(others, key=lambda line: line.standing)
        sure = [line for line in others if line.sure]
        fields = {
            "evenings": number(self._language, largest.difference.count if largest.difference else 0),
            "first": self._structure(base),
            "one": self._structure(largest),
            "rests": "" if briefly else self._text("rests", assumptions=self._assumptions()),
            "difference": _sized(largest, self._language),
            "interval": self._interval(largest),
        }
        if not any(_size(line) for line in others):
            return self._text("same", label=label_words(measure, self._language), **fields)
        if not sure:
            return self._text("unsure", what=self._phrase("whether", measure), **fields)
        what = self._phrase("more" if _size(largest) > 0.0 else "less", measure)
        values = {
            "value": value_words(measure, largest.estimate.value, self._language),
            "base": value_words(measure, base.estimate.value, self._language),
        }
        rest = [line for line in others if line is not largest]
        return " ".join([self._text("sure", what=what, **values, **fields), *self._rest(measure, rest)])

    def _interval(self, line: Line) -> str:
        """Tell between what a difference lies; nothing where too few evenings tell of it."""
        bounds = _bounds(line.measure, line.difference, self._language)
        return self._text("bracket", **bounds) if line.difference and not math.isnan(line.difference.low) else ""

    def _rest(self, measure: str, others: Sequence[Line]) -> Iterator[str]:
        """Tell of structures besides the one with the largest difference: what is sure, largest first, then what is not."""
        sure = sorted((line for line in others if line.sure), key=lambda line: -abs(_size(line)))
        for kind, higher in (("more", True), ("less", False)):
            told = [
                self._text("other", id=self._id(line), size=_sized(line, self._language))
                for line in sure
                if (_size(line) > 0.0) == higher
            ]
            if told:
                yield self._text("also", others=listed(self._language, told), what=self._phrase(kind, measure))
        unsure = [self._id(line) for line in others if not line.sure]
        if unsure:
            yield self._text("others", others=listed(self._language, unsure))

    def table(self, effort: str) -> Iterator[str]:
        """Tell the main measures under each structure, at some effort."""
        lines = self._comparison.lines[effort]
        conditions = self._comparison.efforts[effort]
        people = round(self._comparison.design.conditions[0].scenario.parameters[EFFORT[0]])
        yield self._text("documented") if effort == DOCUMENTED else self._text("equal", people=people)
        width = max(len(self._id(line)) for line in lines)
        for measure in MAIN:
            rows = [line for line in lines if line.measure == measure]
            if all(math.isnan(line.estimate.value) for line in rows):
                continue
            label = label_words(measure, self._language)
            yield f"  {self._text('within', label=label) if UNITS[measure] == 'moment' else label}"
            yield from (f"    {self._id(line):{width}}  {self._row(line)}".rstrip() for line in rows)
        tests = sum(not math.isnan(line.p) for line in lines)
        first = self._comparison.design.conditions[conditions[0]].factors["structure"]
        yield from wrap(self._text("legend", first=first, tests=tests), WIDTH)

    def failures(self) -> Iterator[str]:
        """Tell of evenings that could not be played, a sentence for each condition that has any."""
        for condition, told in self._comparison.failures.items():
            fields = {"count": len(told), "evenings": len(self._comparison.seeds), "told": told[0]}
            name = condition_words(self._comparison, condition, self._language)
            yield self._text("failed", condition=name, **fields)

    def _row(self, line: Line) -> str:
        value = value_words(line.measure, line.estimate.value, self._language)
        came = f"; {self._text('came', share=value_words('found', line.came.value, self._language))}" if line.came else ""
        if line.difference is None or math.isnan(line.difference.value):
            return value + came
        told = interval_words(line.measure, line.difference, self._language)
        return f"{value}  {told}{' *' if line.sure else ''}{came}"

    def assumptions(self) -> dict[str, list[str]]:
        """Give the assumptions on which differences between these structures hang most, by what they are about."""
        structures = [condition.scenario.structure for condition in self._comparison.design.conditions]
        kinds = [kind for kind, holds in _kinds(structures).items() if holds]
        return {kind: [name for name in _ASSUMPTIONS[kind] if REGISTRY[name].grade == "D"] for kind in kinds}

    def _assumptions(self) -> str:
        """Name the assumptions on which differences between these structures hang most."""
        told = []
        for kind, names in self.assumptions().items():
            named = self._text(f"assumptions.{'unnamed' if self._plain else 'named'}", names=", ".join(names))
            told.append(self._text(f"assumptions.{kind}", names=named))
        return listed(self._language, told)

    def _phrase(self, kind: str, measure: str) -> str:
        key = f"compare.{kind}.{measure}"
        if has_text(self._language, key):
            return text(self._language, key)
        return text(self._language, f"compare.{kind}.other", label=label_words(measure, self._language))

    def _structure(self, line: Line) -> str:
        name = short_name if self._plain else structure_name
        return name(self._comparison, line.condition, self._language)

    def _id(self, line: Line) -> str:
        return self._structure(line) if self._plain else structure_of(self._comparison, line.condition)

    def _text(self, key: str, **fields: object) -> str:
        return text(self._language, f"compare.{key}", **fields)


def structure_of(comparison: Comparison, condition: int) -> str:
    """Give the id of the structure under a condition."""
    return str(comparison.design.conditions[condition].factors["structure"])


def structure_name(comparison: Comparison, condition: int, language: str) -> str:
    """Name the structure under a condition, with its id."""
    written = structure_of(comparison, condition)
    return text(language, "compare.named", words=structure_words(written, language), id=written)


def short_name(comparison: Comparison, condition: int, language: str) -> str:
    """Name the structure under a condition as briefly as a table or a chart needs."""
    parts = parts_in(structure_of(comparison, condition))
    return f" {PLUS} ".join(text(language, f"short.{part}") for part in parts)


def label_words(measure: str, language: str) -> str:
    """Give what a measure is called."""
    return _LABELS[measure].label(language)


def value_words(measure: str, value: float, language: str) -> str:
    """Write a value of a measure: shares in percent, moments in minutes."""
    if math.isnan(value):
        return "–"
    unit = UNITS[measure]
    if unit in {"share", "yes-no"}:
        return f"{number(language, 100.0 * value, 1)}{text(language, 'form.percent')}"
    if unit == "moment":
        return text(language, "compare.minutes", number=number(language, value / 60.0, 1))
    if unit == "s":
        return text(language, "compare.seconds", number=number(language, value))
    return number(language, value, 2 if abs(value) < _FEW else 1)


def bounds_words(measure: str, low: float, high: float, language: str) -> str:
    """Write between which values of a measure something lies; minutes and seconds are named once."""
    first, last = (_without_sign_of_nought(value_words(measure, bound, language)) for bound in (low, high))
    if UNITS[measure] in {"moment", "s"}:
        first = first.partition(" ")[0]
    return text(language, "comparison.range", low=first, high=last)


def condition_words(comparison: Comparison, condition: int, language: str) -> str:
    """Name a condition: the id of its structure, and whether it is played at equal effort."""
    structure = structure_of(comparison, condition)
    documented = comparison.design.conditions[condition].factors["effort"] == DOCUMENTED
    return structure if documented else text(language, "comparison.equal", structure=structure)


def _without_sign_of_nought(words: str) -> str:
    return words.replace("-", "−") if any(digit in words for digit in "123456789") else words.replace("-", "")


def difference_words(measure: str, value: float, language: str) -> str:
    """Write a difference in a measure, with its sign: of shares in points of a percent."""
    bare, unit = _signed(measure, value, language), UNITS[measure]
    keys = {"yes-no": "points", "share": "points", "moment": "minutes", "s": "seconds"}
    return text(language, f"compare.{keys[unit]}", number=bare) if unit in keys else bare


def _signed(measure: str, value: float, language: str) -> str:
    """Write a difference without its unit."""
    if math.isnan(value):
        return "–"
    unit = UNITS[measure]
    scale = SCALES.get(unit, 1.0)
    size = abs(scale * value)
    decimals = {"yes-no": 1, "share": 1, "moment": 1, "s": 0}.get(unit, 2 if size < _FEW else 1)
    sign = "" if round(size, decimals) == 0.0 else "+" if value > 0.0 else "−"
    return sign + number(language, size, decimals)


def interval_words(measure: str, difference: Estimate, language: str, *, bare: bool = False) -> str:
    """Write a difference in a measure with its interval, with its unit or bare of it."""
    told = _bounds(measure, difference, language)
    if bare:
        told["difference"] = _signed(measure, difference.value, language)
    return text(language, "compare.interval", **told)


def line_words(line: Line, language: str) -> str:
    """Write the difference of a line, with its interval where that is known; nothing where there is no difference."""
    if line.difference is None or math.isnan(line.difference.value):
        return ""
    if math.isnan(line.difference.low):
        return difference_words(line.measure, line.difference.value, language)
    return interval_words(line.measure, line.difference, language)


def enough_words(measure: str, half_width: float, language: str, *, sure: bool) -> str:
    """Tell whether the answer is as sure as was asked."""
    half = difference_words(measure, half_width, language).lstrip("+")
    return text(language, "compare.enough" if sure else "compare.not_enough", label=label_words(measure, language), half=half)


def _bounds(measure: str, difference: Estimate | None, language: str) -> dict[str, str]:
    if difference is None:
        return {}
    bounds = {name: _signed(measure, value, language) for name, value in (("low", difference.low), ("high", difference.high))}
    return {"difference": difference_words(measure, difference.value, language), **bounds}


def _sized(line: Line, language: str) -> str:
    return difference_words(line.measure, _size(line), language)


def _size(line: Line) -> float:
    return line.difference.value if line.difference else 0.0


def _kinds(structures: list[Structure]) -> dict[str, bool]:
    """Tell in what of `_ASSUMPTIONS` some structures may differ."""
    found = {
        "passing": any(structure.plan.forwards for structure in structures),
        "broadcast": any(structure.parts.broadcast for structure in structures),
    }
    return {**found, "people": not any(found.values())}

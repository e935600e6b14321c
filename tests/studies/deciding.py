"""What decides: how far the times of evenings hang on the numbers of the model that rest on assumptions."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulation.scenario.parameters import Parameters
from simulation.scenario.registry import REGISTRY
from tests.studies.held import LONGEST_MIN, NAMES, Evening, came_to, evening_of, sample, settings_of
from tests.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.studies.study import Array

    Part = tuple[str, str, float, float]

PLACE, RUNS, TRIED, SHOWN = "wijk", 100, 20, 10
ASSUMED = tuple(name for name, known in REGISTRY.items() if known.grade == "D")
OUTCOMES = {"announced": "first_capture", "unannounced": "first_report"}
FIGURES = {"announced": "the first capture on an announced evening", "unannounced": "the first call on an unannounced evening"}
NARROWED = {
    "call_hold_median_s": (REGISTRY["call_hold_median_s"].low, REGISTRY["call_hold_mean_s"].default),
    "call_hold_mean_s": (REGISTRY["call_hold_median_s"].default, REGISTRY["call_hold_mean_s"].high),
}
"""Ranges of two numbers of which the first cannot exceed the second."""

QUESTION = f"""\
On which of the assumed numbers (grade D) do these times hang? Each is set to the lowest and to the highest value of its
range, and all others stay as they are: {RUNS} evenings each, with the same chance. A time counts as {LONGEST_MIN:g} minutes
where it does not come to it. A number that leaves the times of the first {TRIED} evenings as they are is not played further.
Two numbers that act on each other are not found in this way, and of so many, chance moves one or two by three standard
errors."""


class Effect(NamedTuple):
    """What becomes of the mean time when a number goes from its lowest to its highest value, minutes."""

    name: str
    low: float
    high: float
    error: float

    @property
    def difference(self) -> float:
        """How much later it is at the highest value, minutes."""
        return self.high - self.low


def studies() -> list[Study]:
    """Give the study of what decides."""
    return [
        Study(
            title="What decides",
            place=PLACE,
            question=QUESTION,
            settings={
                "runs": RUNS,
                "tried": TRIED,
                "evenings": {name: settings_of(name) for name in NAMES},
            },
            parts=[(evening, name, *_ends(name)) for evening in NAMES for name in ASSUMED],
            work=_effect,
            told=_told,
            sample=partial(sample, PLACE),
            keep=Path(__file__).parent / "deciding.json",
        )
    ]


def _ends(name: str) -> tuple[float, float]:
    return NARROWED.get(name, (REGISTRY[name].low, REGISTRY[name].high))


def _effect(part: Part) -> Effect:
    (evening, name, *ends), seeds = part, range(TRIED)
    low, high = (_minutes(evening, {name: value}, seeds) for value in ends)
    if not (np.array_equal(low, high) and np.array_equal(low, _minutes(evening, {}, seeds))):
        rest = range(TRIED, RUNS)
        low, high = (
            np.concatenate([part, _minutes(evening, {name: value}, rest)])
            for part, value in zip((low, high), ends, strict=True)
        )
    return Effect(name, float(low.mean()), float(high.mean()), float((high - low).std(ddof=1) / np.sqrt(len(low))))


def _minutes(evening: str, overridden: dict[str, float], seeds: range) -> Array:
    scenario = evening_of(evening).model_copy(update={"parameters": Parameters(overridden)})
    columns = Evening(*came_to(scenario, PLACE, seeds).T)
    return np.minimum(getattr(columns, OUTCOMES[evening]), LONGEST_MIN)


def _told(results: Sequence[Effect]) -> list[str]:
    lines = []
    for number, evening in enumerate(NAMES):
        effects = [Effect(*result) for result in results[number * len(ASSUMED) : (number + 1) * len(ASSUMED)]]
        ranked = sorted(effects, key=lambda effect: -abs(effect.difference))
        sure = sum(abs(effect.difference) > 3.0 * effect.error for effect in effects)
        nothing = sum(effect.difference == 0.0 for effect in effects)
        lines += [
            f"Minutes until {FIGURES[evening]}. {sure} of {len(effects)} numbers move it by more than three standard",
            f"errors, {nothing} leave the first {TRIED} evenings as they are. The {SHOWN} that move it most:\n",
            "| number | meaning | usual | range | at the lowest | at the highest | difference |",
            "|---|---|---:|---:|---:|---:|---:|",
            *(_line(effect) for effect in ranked[:SHOWN]),
            "",
        ]
    return lines[:-1]


def _line(effect: Effect) -> str:
    known, (low, high) = REGISTRY[effect.name], _ends(effect.name)
    change = f"{effect.low:.1f} | {effect.high:.1f} | {effect.difference:+.1f} ± {effect.error:.1f}"
    return f"| `{effect.name}` | {known.meaning} | {known.default:g} | {low:g} to {high:g} | {change} |"

"""Evenings that were held: how the model's own times lie beside those that were told of them."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.engine import build_worlds, play
from simulation.scenario.loader import load_scenario
from simulation.scoring import score
from tests.places import network_of
from tests.studies.cases import TO_CALIBRATE, UNANNOUNCED, UNTOUCHED
from tests.studies.curves import draw
from tests.studies.study import Study, mean, told_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.scenario.model import Scenario
    from tests.studies.cases import Case
    from tests.studies.study import Array

    Part = tuple[str, int]

EVENINGS = Path(__file__).parent / "evenings"
NAMES = ("announced", "unannounced")
RUNS, BLOCK, TOGETHER, SAMPLE = 1000, 100, 10, 20
"""Evenings in all, in one part of the work, built at once, and in a sample."""
LONGEST_MIN = 120.0
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)

QUESTION = f"""\
How do the times that the model gives lie beside those of evenings that were held? {RUNS} announced and {RUNS} unannounced
evenings of two hours, with the usual numbers of the model: `tests/studies/evenings/`."""


class Evening(NamedTuple):
    """What one evening came to: minutes until it happened, infinite for never, and counts."""

    first_capture: float
    last_capture: float
    first_report: float
    wrong_questions: float
    emergency_calls: float


def studies() -> list[Study]:
    """Give the studies of evenings that were held."""
    return [_study("On the shipped map", "wijk"), _study("In a part of Kampen", "naoorlogs-part")]


def _study(title: str, place: str) -> Study:
    return Study(
        title=title,
        place=place,
        question=QUESTION,
        settings={"runs": RUNS, "evenings": {name: settings_of(name) for name in NAMES}},
        parts=[(name, first) for name in NAMES for first in range(0, RUNS, BLOCK)],
        work=partial(_block, place),
        told=partial(_told, place),
        sample=partial(sample, place),
        draw=partial(_draw, place),
    )


@cache
def evening_of(name: str) -> Scenario:
    """Read the scenario of an evening."""
    return load_scenario(str(EVENINGS / f"{name}.yaml")).scenario


def settings_of(name: str) -> dict[str, Any]:
    """Give all that an evening was told; what the usual numbers of the model come to, shows in the sample."""
    return evening_of(name).model_dump(mode="json", exclude={"parameters"}, exclude_defaults=True)


def sample(place: str) -> dict[str, Any]:
    """Give what happens in a few evenings, and when."""
    return {
        name: [told_by(play(world)) for world in build_worlds(evening_of(name), network_of(place), range(SAMPLE))]
        for name in NAMES
    }


def came_to(scenario: Scenario, place: str, seeds: range) -> Array:
    """Play evenings; give what each came to, (runs, fields of `Evening`)."""
    return np.array([one for first in seeds[::TOGETHER] for one in _played(scenario, place, seeds, first)], float)


def _played(scenario: Scenario, place: str, seeds: range, first: int) -> Iterator[Evening]:
    for world in build_worlds(scenario, network_of(place), range(first, min(first + TOGETHER, seeds.stop))):
        trace = play(world)
        measures = score(trace)
        captures = [row["found_at_s"] for row in measures["suspects"]]
        reports = [record.time_s for record in trace.records if record.kind == "call"]
        yield Evening(
            min((moment for moment in captures if moment is not None), default=np.inf) / 60.0,
            np.inf if None in captures else max(captures) / 60.0,
            min(reports, default=np.inf) / 60.0,
            measures["challenges_wrong"],
            measures["bystander_emergency_calls"],
        )


def _block(place: str, part: Part) -> Array:
    name, first = part
    return came_to(evening_of(name), place, range(first, first + BLOCK))


def _by_evening(results: Sequence[Array]) -> dict[str, Evening]:
    """Put the results of all parts together: for each evening, a column of each field."""
    half = len(results) // 2
    halves = (np.concatenate(results[:half]), np.concatenate(results[half:]))
    return {name: Evening(*columns.T) for name, columns in zip(NAMES, halves, strict=True)}


def _told(place: str, results: Sequence[Array]) -> list[str]:
    announced, unannounced = (_by_evening(results)[name] for name in NAMES)
    return [
        "| minutes until | 10% | 25% | half of the evenings | 75% | 90% | not within two hours |",
        "|---|---:|---:|---:|---:|---:|---:|",
        _quantiles("first capture, announced", announced.first_capture),
        _quantiles("second capture, announced", announced.last_capture),
        _quantiles("first call, unannounced", unannounced.first_report),
        f"\n![Curves of the shares of evenings by minutes, with the evenings that were held]({picture_of(place).name})\n",
        "| evening that was held | what was told | model: sooner or at the same time |",
        "|---|---|---:|",
        *_beside("to calibrate", TO_CALIBRATE, announced.first_capture),
        *_beside("untouched", UNTOUCHED, announced.first_capture),
        *_beside("unannounced", UNANNOUNCED, unannounced.first_report),
        "",
        f"On an announced evening {mean(announced.wrong_questions)} people are asked who are not the suspect; in",
        f"{_share(announced.wrong_questions > 0)} of these evenings at least one. Somebody calls a real police number in",
        f"{_share(announced.emergency_calls > 0)} of the announced and {_share(unannounced.emergency_calls > 0)} of the",
        "unannounced evenings.",
    ]


def _quantiles(label: str, minutes: Array) -> str:
    """Write down how long it takes; the middle with its 95% interval, from the order of the evenings."""
    ranked, runs = np.sort(minutes), len(minutes)
    ends = [ranked[round(runs / 2 + side * 0.98 * np.sqrt(runs))] for side in (-1, 1)]
    columns = [_minutes(ranked[int(share * runs)]) for share in SHARES]
    columns[2] += f" ({_minutes(ends[0])} to {_minutes(ends[1])})"
    return f"| {label} | {' | '.join(columns)} | {_share(np.isinf(minutes))} |"


def _minutes(value: float) -> str:
    return "never" if np.isinf(value) else f"{value:.1f}"


def _share(flags: Array) -> str:
    share = float(flags.mean())
    return f"{100.0 * share:.1f} ± {100.0 * np.sqrt(share * (1.0 - share) / len(flags)):.1f}%"


def _beside(kind: str, cases: Sequence[Case], minutes: Array) -> Iterator[str]:
    for case in cases:
        times = " and ".join(f"{time:g} min" for time in case.minutes)
        told = "; ".join(part for part in (f"{case.bound} {times}".strip(), case.remark) if part)
        sooner = ", ".join(_share(minutes <= time) for time in case.minutes)
        yield f"| [{case.place}]({case.source}), {case.date} ({kind}) | {told} | {sooner} |"


def picture_of(place: str) -> Path:
    """Give where the picture of a study stands."""
    return Path(__file__).parents[2] / "docs" / f"real-evenings-{place}.png"


def _draw(place: str, results: Sequence[Array]) -> None:
    announced, unannounced = (_by_evening(results)[name] for name in NAMES)
    panels = [
        ("Announced: a suspect was found", announced.first_capture, (TO_CALIBRATE, UNTOUCHED)),
        ("Unannounced: somebody called", unannounced.first_report, ((), UNANNOUNCED)),
    ]
    draw(panels, LONGEST_MIN, picture_of(place))

"""Which structure does better: all of them in the same thousand worlds, as `boef compare` tells it."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import TYPE_CHECKING

from simulation.experiments.comparison import Comparison
from simulation.experiments.design import Design, Task
from simulation.experiments.playing import play_task
from simulation.experiments.structures import DOCUMENTED, structure_conditions
from simulation.experiments.tables import joined, table_of
from simulation.reports.comparison.words import ComparedWords, interval_words, label_words, value_words
from tests.places import digest_of, network_of
from tests.studies.structures import IDS, evening_under, sample
from tests.studies.study import Study

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulation.experiments.comparison import Line
    from simulation.experiments.playing import Row

FIRST, RUNS, BLOCK = 1, 1000, 10
"""First seed, worlds, and those in one part of the work."""
MEASURES = ("found", "reach_share", "first_call_s", "calls_duplicate", "messages_per_member_mean", "challenges_wrong")
PLACES = {"naoorlogs": "All structures on a shipped map", "naoorlogs-part": "All structures in Kampen"}

QUESTION = f"""\
Which structure does better, and are we sure? The evening of [comparison.md](comparison.md) in {RUNS:,} worlds (seeds {FIRST}
to {FIRST + RUNS - 1}) under every structure that comes along, and two that are joined; what `boef compare` tells of it."""


def studies() -> list[Study]:
    """Give the study on each map."""
    return [
        Study(
            title=title,
            place=place,
            question=QUESTION,
            settings={"runs": [FIRST, RUNS], "conditions": [condition.name for condition in design_on(place).conditions]},
            parts=list(range(FIRST, FIRST + RUNS, BLOCK)),
            work=partial(_work, place),
            told=partial(told, place),
            sample=sample,
        )
        for place, title in PLACES.items()
    ]


@cache
def design_on(place: str) -> Design:
    """Give what is played on a map."""
    return Design(structure_conditions([evening_under(name) for name in IDS]), FIRST, digest_of(place))


def _work(place: str, first: int) -> list[Row]:
    design = design_on(place)
    seeds = tuple(range(first, min(first + BLOCK, FIRST + RUNS)))
    task = Task(tuple(range(len(design.conditions))), seeds)
    return play_task(task, [condition.scenario for condition in design.conditions], network_of(place))


def told(place: str, results: Sequence[Sequence[Row]]) -> list[str]:
    """Write down what it came to."""
    comparison = Comparison(design_on(place), joined([table_of(rows) for rows in results]))
    lines: list[str] = []
    for language in ("en", "nl"):
        words = ComparedWords(comparison, language)
        lines += [f"> {words.answer('found')} {words.answer('reach_share', briefly=True)}\n"]
    for effort in comparison.efforts:
        lines += ["", f"{'As documented' if effort == DOCUMENTED else 'At equal effort'}:", "", *_table(comparison, effort)]
    tests = sum(line.p >= 0.0 for line in comparison.lines[DOCUMENTED])
    first = comparison.design.conditions[comparison.documented[0]].name
    lines += [
        "",
        f"Behind the semicolon the difference with `{first}` in the same worlds, of shares in percentage points, with its",
        f"95 % interval; * sure after Holm's correction for {tests} comparisons.",
    ]
    return lines


def _table(comparison: Comparison, effort: str) -> Iterator[str]:
    """Write a table of the main measures."""
    lines: dict[tuple[str, int], Line] = {(line.measure, line.condition): line for line in comparison.lines[effort]}
    yield f"| structure | {' | '.join(label_words(measure, 'en') for measure in MEASURES)} |"
    yield f"|---{'|---:' * len(MEASURES)}|"
    for condition in comparison.efforts[effort]:
        cells = [_cell(lines[measure, condition]) for measure in MEASURES]
        yield f"| `{comparison.design.conditions[condition].factors['structure']}` | {' | '.join(cells)} |"


def _cell(line: Line) -> str:
    value = value_words(line.measure, line.estimate.value, "en")
    if line.difference is None or math.isnan(line.difference.value):
        return value
    return f"{value}; {interval_words(line.measure, line.difference, 'en', bare=True)}{' *' if line.sure else ''}"

"""Outcomes: whether an evening comes to the same in the engine and in the ticking reference."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from simulation.engine import build_worlds, play
from tests.places import map_of, network_of
from tests.reference.agreement import scores, simulated
from tests.reference.steps import STEPS, scenario_of
from tests.reference.ticking import STATISTICS, reference
from tests.studies.study import LIMIT, Row, Study, compared, mean, told_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reference.agreement import Counts

    Results = tuple[Counts, Counts]

TICK_S, SEED = 0.5, 1
RUNS, ON_STREETS_RUNS = 2000, 4000
"""Evenings in the made neighbourhood, and on real streets, where less happens in one."""
RARE = 100.0
"""What happens less often than this, over all runs of one side, is too rare to judge."""
SAMPLE = 12
ON_STREETS = ("searching and following", "everything")
"""The evenings that are played on real streets too; for the others the small map will do."""

QUESTION = f"""\
Does an evening come to the same in the engine and in the ticking reference of `tests/reference`? {{runs}} evenings each of
20 minutes with 100 residents; the reference ticks every {TICK_S:g} s. The evenings: nobody but people at their windows;
nobody but walkers and cyclists; a telephone with one line and a group; the same with a group that talks so much about other
things that members mute it; people who go out, search and follow; people who mistake others for the suspect, and ask
strangers; a suspect who does something now and then and seems odd to some, with many who know of no exercise or no number;
units of the desk; calls back to case holders; four groups, and a group above them through which those who run them pass on
what matters; two games with three suspects and two areas, the second for children with adults; everything, with people who
also ask. On real streets only searching and following, and everything. But for the mistakes and the units nobody looks like
the suspect, and but for the calls back the desk calls nobody back."""

FIGURES = {
    "found": "suspects found",
    "first_sighting_s": "first sighting, s",
    "sightings": "noticings",
    "posts": "messages sent",
    "reads": "messages read",
    "reached": "people who read of a sighting in a group",
    "busiest": "messages in the busiest group",
    "judgements": "judgements of who runs a group",
    "forwards": "of these, messages passed on",
    "calls": "calls",
    "answers": "calls answered",
    "abandoned": "patience lost",
    "skips": "calls skipped",
    "departures": "departures",
    "chatter": "messages about other things",
    "mutings": "members who mute the group",
    "follows": "people followed",
    "mistaken": "noticings of people mistaken for the suspect",
    "neighbours": "of these, of residents",
    "wrong_questions": "questions to people who are not the suspect",
    "strangers": "questions to strangers, without recognising anybody",
    "acts_seen": "noticings of somebody at an act, without recognising him",
    "odd": "noticings of somebody who seems out of place",
    "addresses": "people spoken to by who knows of no exercise",
    "unsafe": "of these, with hands",
    "emergency_calls": "calls of a real number",
    "reports": "reports at the desk",
    "duplicates": "of these, duplicates",
    "dispatches": "units sent",
    "seen_by_unit": "noticings by units",
    "found_by_unit": "found by a unit",
    "callbacks": "calls back with news",
    "news_for_desk": "of these, with news for the desk",
    "news_for_group": "of these, with news for the group",
}


def studies() -> list[Study]:
    """Give the studies of outcomes."""
    return [
        _study("Outcomes in a made neighbourhood", "made", tuple(STEPS), RUNS),
        _study("Outcomes on the shipped map", "wijk", ON_STREETS, ON_STREETS_RUNS),
        _study("Outcomes in a part of Kampen", "bloemkool-part", ON_STREETS, ON_STREETS_RUNS),
    ]


def _study(title: str, place: str, steps: tuple[str, ...], runs: int) -> Study:
    return Study(
        title=title,
        place=place,
        question=QUESTION.format(runs=runs),
        settings={
            "runs": runs,
            "tick_s": TICK_S,
            "seed": SEED,
            "rare": RARE,
            "evenings": {step: _told(step) for step in steps},
        },
        parts=list(steps),
        work=partial(_both, place, runs),
        told=lambda results: compared(_rows(steps, results)),
        sample=partial(_sample, place, steps),
    )


def _told(step: str) -> dict[str, Any]:
    """Give all that an evening was told; what the usual numbers of the model come to, shows in the sample."""
    scenario = scenario_of(step)
    told = scenario.model_dump(mode="json", exclude={"parameters"}, exclude_defaults=True)
    return told | {"parameters": dict(scenario.parameters.overridden)}


def _both(place: str, runs: int, step: str) -> Results:
    scenario = scenario_of(step)
    return simulated(network_of(place), scenario, runs), reference(map_of(place), scenario, runs, SEED, TICK_S)


def _rows(steps: tuple[str, ...], results: Sequence[Results]) -> list[Row]:
    rows = []
    for step, (mine, his) in zip(steps, results, strict=True):
        judged = scores(mine, his, RARE)
        for name, figure in FIGURES.items():
            if not mine[name].any() and not his[name].any():
                continue
            z = judged.get(name)
            rows.append(Row(step, figure, mean(mine[name]), mean(his[name]), z, None if z is None else abs(z) < LIMIT))
    return rows


def _sample(place: str, steps: tuple[str, ...]) -> dict[str, Any]:
    found = {}
    for step in steps:
        worlds = build_worlds(scenario_of(step), network_of(place), range(SAMPLE))
        found[step] = {"engine": [told_by(play(world)) for world in worlds], "reference": _reference(step)}
    return found


@cache
def _reference(step: str) -> dict[str, float]:
    """Give what the reference counts in a few worlds on the small map, where it starts at once."""
    counts = reference(map_of("made"), scenario_of(step), SAMPLE, SEED, 1.0)
    return {name: round(float(counts[name].sum()), 3) for name in STATISTICS}

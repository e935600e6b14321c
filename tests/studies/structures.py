"""The alert structures side by side: on the same evenings, as documented and at equal effort."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.channels.alertgraph import of_kind
from simulation.channels.structure import structure_measures
from simulation.engine import build_worlds, play
from simulation.engine.structure import alert_graph
from simulation.scenario.registry import REGISTRY
from simulation.structure_ids import CUSTOM, LAYERS
from tests.places import map_of, network_of
from tests.studies.compared import PLACE, Came, Condition, mean_of, played
from tests.studies.comparison_tables import at_equal_effort, differences, evenings, looks, paragraph, routes, times
from tests.studies.statements import CONDITIONS, answers
from tests.studies.study import Study, told_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulation.scenario.model import Scenario
    from tests.studies.study import Array

    Part = tuple[str, int]

FIRST, RUNS, BLOCK, SAMPLE = 1, 200, 50, 2
"""First seed, evenings of each condition, those in one part of the work, and those in the sample."""
JOINED = ("separate-groups+broadcast", "zoomwijck+broadcast-shared")
IDS = (*(part for parts in LAYERS.values() for part in parts if part != CUSTOM), *JOINED)
"""All that come along, and two that are joined."""
STEWARDS = int(REGISTRY["steering_members"].default)
EQUAL_EFFORT = dict.fromkeys(("steering_members", "admins_per_group", "coordinators_per_group"), float(STEWARDS))
"""As many people of each group who pass messages on, under every structure that has such people."""
LEAST_MEMBERS = 250

QUESTION = f"""\
What does an alert structure make of an evening? {RUNS} evenings of an hour with the same people, members, players, phones and
suspect (seeds {FIRST} to {FIRST + RUNS - 1}; `tests/studies/evenings/structures.yaml`, which `boef run` plays), under each
structure that comes along, and two that are joined. The organisers tell nothing, so that what people know comes from each
other. Where a structure has groups by area these are five, and no group is full (cap 1,024) unless the table says so."""


def studies() -> list[Study]:
    """Give the study of the structures."""
    names = list(conditions())
    return [
        Study(
            title="The structures side by side",
            place=PLACE,
            question=QUESTION,
            settings={"runs": [FIRST, RUNS], "conditions": {name: _told_of(one) for name, one in conditions().items()}},
            parts=[(name, first) for name in names for first in range(FIRST, FIRST + RUNS, BLOCK)],
            work=_work,
            told=told,
            sample=sample,
        )
    ]


def conditions() -> dict[str, Condition]:
    """Give all conditions under which evenings are played, by name: a structure as documented goes by its id."""
    found = {name: Condition(name) for name in IDS}
    found |= {_equal(name): Condition(name, EQUAL_EFFORT) for name in IDS if effort_differs(name)}
    found |= {_route(name): Condition(name, outlet=outlet) for name, outlet in outlets().items()}
    return found | CONDITIONS


def evening_under(name: str) -> Scenario:
    """Give the evening under a structure, as documented."""
    return Condition(name).scenario()


def _equal(name: str) -> str:
    return f"{name}, equal effort"


def _route(name: str) -> str:
    return f"{name}, with a hint"


def effort_differs(name: str) -> bool:
    """Tell whether equal effort changes how many people of a structure pass messages on."""
    numbers = {role.number for role in Condition(name).scenario().structure.plan.roles}
    return any(REGISTRY[number].default != EQUAL_EFFORT[number] for number in numbers & EQUAL_EFFORT.keys())


def outlets() -> dict[str, str]:
    """Give where the organisers tell their news under each structure of residents: as high up as it goes."""
    found = {}
    for name in LAYERS["residents' groups"]:
        if name != CUSTOM:
            plan = Condition(name).scenario().structure.plan
            groups = "public-page" if plan.areas == "none" else "groups"
            found[name] = plan.uppers[-1].name if plan.uppers else groups
    return found


def _told_of(condition: Condition) -> dict[str, Any]:
    """Give all that an evening was told; what the usual numbers of the model come to, shows in the sample."""
    told = condition.scenario().model_dump(mode="json", exclude={"parameters"}, exclude_defaults=True)
    return told | {"parameters": dict(condition.parameters)}


def _work(part: Part) -> Array:
    name, first = part
    return played(conditions()[name], range(first, first + BLOCK))


@cache
def sample() -> dict[str, Any]:
    """Give what happens in a few evenings under each structure, and how each is wired."""
    found = {}
    for name in IDS:
        worlds = build_worlds(conditions()[name].scenario(), network_of(PLACE), range(FIRST, FIRST + SAMPLE))
        found[name] = [told_by(play(world)) for world in worlds]
    return {"played": found, "looked": {name: _wired(name) for name in IDS}}


def _wired(name: str) -> dict[str, Any]:
    look = looked_at(name)
    return {key: look[key] for key in ("hops", "judgements", "cuts", "awake", "roles")}


@cache
def looked_at(name: str) -> Mapping[str, Any]:
    """Look at a structure without playing it, as drawn with the first seed."""
    graph = alert_graph(conditions()[name].scenario(), map_of(PLACE), FIRST)
    return structure_measures(graph) | {"roles": len(of_kind(graph, "person"))}


def told(results: Sequence[Array]) -> list[str]:
    """Write down what it came to."""
    came = came_by(results)
    fewest = int(came[IDS[0]].members.min())
    if fewest < LEAST_MEMBERS:
        message = f"an evening with {fewest} members; structures are compared with {LEAST_MEMBERS} at least"
        raise ValueError(message)
    return [*_whole(came), *answers(came)]


def came_by(results: Sequence[Array]) -> dict[str, Came]:
    """Put the results of all parts together: for each condition, a column of each field."""
    blocks = RUNS // BLOCK
    joined = (np.concatenate(results[first : first + blocks]) for first in range(0, len(results), blocks))
    came = {name: Came(*np.asarray(one, float).T) for name, one in zip(conditions(), joined, strict=True)}
    return came | {_equal(name): came[name] for name in IDS if _equal(name) not in came}


def _whole(came: Mapping[str, Came]) -> Iterator[str]:
    members = mean_of(came[IDS[0]].members)
    seen = mean_of(came[IDS[0]].sighted)
    yield from paragraph(
        f"An evening has {members.middle:.0f} members on average and {int(came[IDS[0]].members.min())} at least. "
        f"Somebody sees the suspect in {seen.count} of the {RUNS} evenings, after {seen.middle:.1f} ± "
        f"{seen.half_width:.1f} minutes; reach, and the time it takes, are of these evenings."
    )
    yield from looks({name: looked_at(name) for name in IDS})
    yield from evenings({name: came[name] for name in (*IDS, *CONDITIONS) if "cap" in name or name in IDS})
    yield from times({name: came[name] for name in IDS})
    yield from differences(came, IDS)
    yield from at_equal_effort({name: (came[name], came[_equal(name)]) for name in IDS if looked_roles(name)}, STEWARDS)
    yield from routes({name: (came[_route(name)], outlet) for name, outlet in outlets().items()})


def looked_roles(name: str) -> bool:
    """Tell whether somebody passes messages on under a structure."""
    return bool(Condition(name).scenario().structure.plan.roles)

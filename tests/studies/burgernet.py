"""Burgernet: what the model makes of a broadcast, beside evenings that were held with one, and beside the national figure."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.engine import build_worlds, play
from simulation.scenario.loader import load_scenario
from simulation.scoring import score
from tests.places import network_of
from tests.studies.cases import TO_CALIBRATE, UNTOUCHED
from tests.studies.compared import PLACE, mean_of
from tests.studies.comparison_tables import PERCENT, around, middle, paragraph, percent
from tests.studies.study import Study, told_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.studies.study import Array

    Part = tuple[str, int]

NAMES = ("burgernet", "burgernet-en-whatsapp")
RUNS, BLOCK, SAMPLE = 100, 25, 2
HELD = [case for case in (*TO_CALIBRATE, *UNTOUCHED) if case.place in {"Wateringen", "Wijk bij Duurstede", "Leersum"}]
ANY_REACTION = 0.48
"""Share of the actions of Burgernet in a hurry that bring at least one reaction by telephone: national figure of 2017."""

QUESTION = f"""\
How do evenings with a broadcast lie beside those that were held with one, and beside the share of broadcasts to which anybody
reacts? {RUNS} evenings each of the scenarios `burgernet` and `burgernet-en-whatsapp`, in which residents look out and call and
only the police search. **Nothing is tuned to either**: nobody reacts with a chance that was put in. Who has had a broadcast
calls if he then meets the suspect and recognises him."""


class Sent(NamedTuple):
    """What an evening with a broadcast came to; minutes are infinite for never, and not a number without a broadcast.

    Parameters
    ----------
    sent
        Minutes until the first broadcast went out.
    reached
        To how many it went.
    reacted
        Whether anybody called because of a broadcast.
    calls
        How many calls came because of one.
    found
        Minutes from the first broadcast until somebody found a suspect.
    """

    sent: float
    reached: float
    reacted: float
    calls: float
    found: float


def studies() -> list[Study]:
    """Give the study of broadcasts."""
    return [
        Study(
            title="Burgernet beside evenings that were held",
            place=PLACE,
            question=QUESTION,
            settings={"runs": RUNS, "evenings": {name: _settings(name) for name in NAMES}},
            parts=[(name, first) for name in NAMES for first in range(1, RUNS + 1, BLOCK)],
            work=_work,
            told=told,
            sample=_sample,
        )
    ]


def _settings(name: str) -> dict[str, Any]:
    untold = {"parameters", "goals", "goal_set", "title", "purpose", "source", "happened"}
    return load_scenario(name).scenario.model_dump(mode="json", exclude=untold, exclude_defaults=True)


def _sample() -> dict[str, Any]:
    build = partial(build_worlds, network=network_of(PLACE), seeds=range(1, SAMPLE + 1))
    return {name: [told_by(play(world)) for world in build(load_scenario(name).scenario)] for name in NAMES}


def _work(part: Part) -> Array:
    name, first = part
    scenario, network = load_scenario(name).scenario, network_of(PLACE)
    found = []
    for seed in range(first, first + BLOCK):
        trace = play(build_worlds(scenario, network, [seed])[0])
        measures = score(trace)
        posts = [record for record in trace.records if record.kind == "post" and record.who == "desk"]
        sent = [record for record in posts if record.data["content"] == "broadcast"]
        if not sent:
            found.append(Sent(np.nan, np.nan, np.nan, np.nan, np.nan))
            continue
        first_s, calls = sent[0].time_s, float(measures["calls_prompted_by_broadcast"])
        after = [row["found_at_s"] for row in measures["suspects"] if (row["found_at_s"] or 0.0) > first_s]
        wait_s = min(after) - first_s if after else np.inf
        found.append(Sent(first_s / 60.0, len(sent[0].data["readers"]), float(calls > 0), calls, wait_s / 60.0))
    return np.array(found, float)


def told(results: Sequence[Array]) -> list[str]:
    """Write down what it came to."""
    half = len(results) // 2
    halves = np.concatenate(results[:half]), np.concatenate(results[half:])
    came = {name: Sent(*some[~np.isnan(some[:, 0])].T) for name, some in zip(NAMES, halves, strict=True)}
    return [*_broadcasts(came), *_beside(came)]


def _broadcasts(came: Mapping[str, Sent]) -> Iterator[str]:
    """Tell to how many broadcasts went, and how often anybody called because of one."""
    yield "| evening | with a broadcast | sent after, min | recipients | calls because of it | any such call, % | each, % |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, one in came.items():
        recipients = mean_of(one.reached)
        cells = [f"{len(one.sent)} of {RUNS}", middle(one.sent), around(recipients), around(mean_of(one.calls))]
        each = PERCENT * (1.0 - (1.0 - ANY_REACTION) ** (1.0 / recipients.middle))
        yield f"| `{name}` | {' | '.join(cells)} | {percent(one.reacted)} | {each:.2f} |"
    yield ""
    yield from paragraph(
        "In brackets are 95 % intervals. *Each*: nationally 48 % of the actions in a hurry bring at least one reaction by "
        "telephone; if all of so many recipients reacted with the same chance *p*, whatever the others do, that would be "
        "*1 − (1 − p)ⁿ*, and *p* this. It is arithmetic and used nowhere, for real incidents in which the suspect is mostly "
        "gone. In an exercise he is there, and what recipients do follows from whom they meet."
    )


def _beside(came: Mapping[str, Sent]) -> Iterator[str]:
    """Tell how soon the first suspect was found, beside evenings that were held."""
    yield f"| evening that was held | what was told | {' | '.join(f'`{name}`' for name in came)} |"
    yield "|---|---|---:|---:|"
    for case in HELD:
        told_min = " and ".join(f"{one:g} min" for one in case.minutes)
        sooner = [percent(one.found <= case.minutes[0]) for one in came.values()]
        what = "; ".join(part for part in (f"{case.bound} {told_min}".strip(), case.remark) if part)
        yield f"| [{case.place}]({case.source}), {case.date} | {what} | {' | '.join(sooner)} |"
    yield ""
    never = " and ".join(f"{percent(np.isinf(one.found))} % of `{name}`" for name, one in came.items())
    yield from paragraph(
        "Share in percent of the evenings with a broadcast in which the police found a suspect so soon after it went out, or "
        f"sooner; they found nobody after it in {never}, for which the end after two hours often came too soon: the later a "
        "broadcast goes out, the less time is left. The evenings that were held began with the broadcast, in Wateringen five "
        "residents helped, and the two others had a helicopter. In the model the control room sends one only after a resident "
        "has called with a description, units go where the desk heard of somebody and do not close off streets, and suspects "
        "walk on as if nothing was the matter. Nothing is tuned to these cases, and by two of them nothing may be."
    )

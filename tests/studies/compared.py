"""Evenings of one comparison: the same seeds under several conditions, what each came to, and intervals."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.engine import build_worlds, play
from simulation.scenario.games import Hint
from simulation.scenario.loader import load_scenario
from simulation.scenario.parameters import Parameters
from simulation.scoring import score
from simulation.scoring.facts import Facts
from simulation.scoring.lineage import content_of
from simulation.scoring.messages import PEOPLE_FROM_AGE
from tests.places import network_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from simulation.scenario.model import Scenario
    from simulation.trace.log import Trace
    from tests.studies.study import Array

PLACE = "naoorlogs"
EVENING = Path(__file__).parent / "evenings" / "structures.yaml"
HINT_MIN, SOON_MIN = 5.0, 15.0
"""When the organisers tell something, where they do, and after how long who has read it is counted, minutes."""
NORMAL_95 = 1.96


@dataclass(frozen=True)
class Condition:
    """What is changed of the evening.

    Parameters
    ----------
    structure
        Its alert structure.
    parameters
        Numbers of the model that differ.
    outlet
        Where the organisers tell a hint; empty where they tell nothing.
    cap
        Members that fit in a group.
    """

    structure: str
    parameters: Mapping[str, float] = field(default_factory=dict)
    outlet: str = ""
    cap: int = 1024

    def scenario(self) -> Scenario:
        """Give the evening."""
        whole = _evening().with_structure(self.structure)
        changes: dict[str, Any] = {
            "structure": whole.structure.model_copy(update={"cap": self.cap}),
            "parameters": Parameters(self.parameters),
        }
        if self.outlet:
            hint = Hint.model_validate({"at": 60.0 * HINT_MIN, "tell": ["sex", "upper"]})
            games = tuple(game.model_copy(update={"hints": (hint,)}) for game in whole.games)
            changes |= {"outlet": self.outlet, "games": games}
        return whole.model_copy(update=changes)


@cache
def _evening() -> Scenario:
    return load_scenario(str(EVENING)).scenario


class Came(NamedTuple):
    """What an evening came to; minutes are infinite for never, and shares not a number where nobody saw the suspect.

    Parameters
    ----------
    sighted
        Minutes until the first true sighting.
    reach, reach_members
        `reach_share` and `reach_members_share`.
    told
        Share of the members who by the end of play had read news that rests on a true sighting.
    half
        Minutes from the first true sighting until half of the members had.
    members
        How many there are, spotters among them.
    hint, hint_half
        Share of the members who had read the organisers' hint so many minutes after it, and minutes until half of them had.
    called, calls, duplicates, emergency
        Minutes until the first call, calls, those that told what the desk knew, and calls of a real number.
    found, found_at
        Whether and when the suspect was found, minutes.
    messages, forwards, wrong
        Messages delivered per member, what residents passed on, and questions to people who are not the suspect.
    """

    sighted: float
    reach: float
    reach_members: float
    told: float
    half: float
    members: float
    hint: float
    hint_half: float
    called: float
    calls: float
    duplicates: float
    emergency: float
    found: float
    found_at: float
    messages: float
    forwards: float
    wrong: float


def came_of(trace: Trace) -> Came:
    """Say what an evening came to."""
    measures, facts = score(trace), Facts(trace)
    members = (facts.members == 1) & (facts.ages >= PEOPLE_FROM_AGE)
    seen = [record for record in facts.of("sighting") if facts.is_true(record)]
    first_s = min((record.time_s for record in seen), default=np.nan)
    spotters = [facts.index[record.who] for record in seen if record.who in facts.index]
    others = members.copy()
    others[spotters] = False
    news_s, hint_s = _first_reads(facts, {"true"})[others], _first_reads(facts, {"official"})[members]
    return Came(
        sighted=first_s / 60.0,
        reach=_number(measures["reach_share"]),
        reach_members=_number(measures["reach_members_share"]),
        told=float(np.mean(news_s <= facts.end_us / 1e6)) if seen else np.nan,
        half=(float(np.median(news_s)) - first_s) / 60.0,
        members=float(members.sum()),
        hint=float(np.mean(hint_s <= 60.0 * (HINT_MIN + SOON_MIN))),
        hint_half=float(np.sort(hint_s)[len(hint_s) // 2]) / 60.0 - HINT_MIN,
        called=_number(measures["first_call_s"], np.inf) / 60.0,
        calls=measures["calls"],
        duplicates=measures["calls_duplicate"],
        emergency=measures["bystander_emergency_calls"],
        found=float(measures["found"]),
        found_at=_number(measures["found_at_s"], np.inf) / 60.0,
        messages=_number(measures["messages_per_member_mean"], 0.0),
        forwards=measures["forwards"],
        wrong=measures["challenges_wrong"],
    )


def _number(value: float | None, without: float = np.nan) -> float:
    return without if value is None else value


def _first_reads(facts: Facts, contents: Collection[str]) -> Array:
    """Give when every resident first read a message that rests on some of those, seconds; infinite for never."""
    first = np.full(len(facts.ages), np.inf)
    for post in facts.of("post"):
        if content_of(facts, post) in contents:
            residents = facts.residents_among(post.data["readers"])
            readers, read_s = np.asarray(post.data["readers"], np.int64), np.asarray(post.data["read_s"], float)
            np.minimum.at(first, readers[residents], read_s[residents])
    return first


def played(condition: Condition, seeds: range) -> Array:
    """Play evenings; give what each came to, (evenings, fields of `Came`)."""
    scenario, network = condition.scenario(), network_of(PLACE)
    worlds = (build_worlds(scenario, network, [seed])[0] for seed in seeds)
    return np.array([came_of(play(world)) for world in worlds], float)


class Estimate(NamedTuple):
    """A mean with half its 95 % interval, and of how many evenings."""

    middle: float
    half_width: float
    count: int

    @property
    def sure(self) -> bool:
        """Whether the interval leaves 0 out."""
        return abs(self.middle) > self.half_width


def mean_of(values: Array) -> Estimate:
    """Estimate a mean from the evenings in which there is a value."""
    some = values[np.isfinite(values)]
    if len(some) < 2:
        return Estimate(np.nan, np.nan, len(some))
    return Estimate(float(some.mean()), NORMAL_95 * float(some.std(ddof=1)) / np.sqrt(len(some)), len(some))


def share_of(flags: Array) -> tuple[float, float, float]:
    """Give the share of evenings in which something happened, with its 95 % interval after Wilson."""
    count, share = len(flags), float(flags.mean())
    square = NORMAL_95 * NORMAL_95
    middle = (share + square / (2.0 * count)) / (1.0 + square / count)
    half = NORMAL_95 * np.sqrt(share * (1.0 - share) / count + square / (4.0 * count * count)) / (1.0 + square / count)
    return share, max(middle - half, 0.0), min(middle + half, 1.0)


def difference_of(one: Array, other: Array) -> Estimate:
    """Estimate a mean difference between the same evenings under two conditions."""
    return mean_of(one - other)


def median_of(values: Array) -> tuple[float, float, float]:
    """Give the median over evenings, of which some never come to it, with its 95 % interval from the order of the evenings."""
    ranked = np.sort(values[~np.isnan(values)])
    count = len(ranked)
    reach = NORMAL_95 / 2.0 * np.sqrt(count)
    low, high = (min(max(round(count / 2.0 + side * reach), 0), count - 1) for side in (-1, 1))
    return float(ranked[count // 2]), float(ranked[low]), float(ranked[high])
